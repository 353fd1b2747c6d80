"""A pool of made reports -> what a researcher would make of it, as read and as it truly is: a row a report with budget, spending and score, and
a row an indicator with its points."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.fuzz import ratio

__all__ = ["Frames", "Pair", "frames_of", "pairs_of"]

Fact = Mapping[str, Any]
ALIKE = 80.0
SCORE = "总分"


@dataclass(frozen=True, kw_only=True)
class Frames:
    """`read` and `true` have a row a fact and the column `report`; `read` has confidences (`<column>_p`) besides."""

    read: pd.DataFrame
    true: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two kinds of frames, and the readings of every value beside the truth (`read`, `true`, `confidence`, `report`) by column."""

    reports: Frames
    indicators: Frames
    known: Mapping[str, pd.DataFrame]


def number(told: object) -> float | None:
    try:
        return float(str(told))
    except ValueError:
        return None


def largest(facts: Iterable[Fact], measure: str) -> Fact | None:
    return max((one for one in facts if one["type"] == "fund" and one["measure"] == measure), key=lambda one: float(one["yuan"]), default=None)


def whole_score(facts: Iterable[Fact]) -> Fact | None:
    return next((one for one in facts if one["type"] == "score" and one["name"] == SCORE), None)


REPORT_FIGURES: Mapping[str, tuple[Callable[[Sequence[Fact]], Fact | None], str]] = {
    "budget": (lambda facts: largest(facts, "budget"), "yuan"), "executed": (lambda facts: largest(facts, "executed"), "yuan"),
    "score": (whole_score, "score")}


def report_row(facts: Sequence[Fact]) -> dict[str, float | None]:
    """What a report says on the whole: its largest budget, its largest spending, its score; the chance that each was read right."""
    row: dict[str, float | None] = {}
    for name, (found, field) in REPORT_FIGURES.items():
        one = found(facts)
        row[name] = number(one[field]) if one else None
        row[f"{name}_p"] = one.get("confidence") if one else None
    return row


def indicator_rows(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The indicators of which weight and points are told: the share of points got, and whether all were."""
    rows = []
    for one in facts:
        weight, score = (number(one.get(name)) for name in ("weight", "score"))
        if one["type"] == "indicator" and weight and score is not None:
            rows.append({"name": one["name"], "rate": score / weight, "full": float(score >= weight), "p": one.get("confidence")})
    return rows


def paired(read: Sequence[dict[str, Any]], true: Sequence[dict[str, Any]]) -> list[tuple[int | None, int | None]]:
    """Rows read beside those there are, the best alike names first."""
    alike = sorted(((ratio(a["name"], b["name"]), -i, -j) for i, a in enumerate(read) for j, b in enumerate(true)), reverse=True)
    found: dict[int, int] = {}
    for like, i, j in alike:
        if like >= ALIKE and -i not in found and -j not in found.values():
            found[-i] = -j
    return [(i, found.get(i)) for i in range(len(read))] + [(None, j) for j in range(len(true)) if j not in found.values()]


def frames_of(path: Path) -> Pair:
    """All that the pool at `path` holds."""
    sides: dict[tuple[str, str], list[dict[str, Any]]] = {(kind, side): [] for kind in ("report", "indicator") for side in ("read", "true")}
    known: dict[str, list[dict[str, Any]]] = {name: [] for name in (*REPORT_FIGURES, "rate", "full")}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        place = {"report": one["report"], "level": one["level"], "noise": one["noise"]}
        rows = {"read": report_row(one["read"]), "true": report_row(one["told"])}
        for side, row in rows.items():
            sides["report", side].append({**place, **row})
        for name in REPORT_FIGURES:
            known[name].append({"report": one["report"], "read": rows["read"][name], "true": rows["true"][name],
                                "confidence": rows["read"][f"{name}_p"]})
        listed = {"read": indicator_rows(one["read"]), "true": indicator_rows([x for x in one["told"] if x.get("origin") == "table"])}
        for side, items in listed.items():
            sides["indicator", side] += [{**place, **item} for item in items]
        for i, j in paired(listed["read"], listed["true"]):
            for name in ("rate", "full"):
                known[name].append({"report": one["report"], "read": None if i is None else listed["read"][i][name],
                                    "true": None if j is None else listed["true"][j][name], "confidence": None if i is None else listed["read"][i]["p"]})
    frames = {key: pd.DataFrame(rows).astype({"report": np.int64}) for key, rows in sides.items()}
    return Pair(reports=Frames(read=frames["report", "read"], true=frames["report", "true"]),
                indicators=Frames(read=frames["indicator", "read"], true=frames["indicator", "true"]),
                known={name: pd.DataFrame(rows).astype({"read": float, "true": float, "confidence": float}) for name, rows in known.items()})
