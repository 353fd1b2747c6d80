"""A pool of made reports -> what a researcher would make of it, as read and as it truly is: a row a report with budget, spending and score, and
a row an indicator with its points. Every row read stands beside the true one of the same `key`, so that a draw of reports draws both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.fuzz import ratio

__all__ = ["facts_of", "worse"]

Fact = Mapping[str, Any]
Row = dict[str, Any]
ALIKE = 80.0
SCORE = "总分"
DIGIT, UNIT, OTHER, LOST = 0.5, 0.1, 0.25, 0.15


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


def indicator_rows(facts: Iterable[Fact]) -> list[Row]:
    """The indicators of which weight and points are told."""
    found = [(one, number(one.get("weight")), number(one.get("score"))) for one in facts if one["type"] == "indicator"]
    return [{"name": one["name"], "weight": weight, "points": points, "p": one.get("confidence")} for one, weight, points in found
            if weight and points is not None]


def paired(read: Sequence[Row], true: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Rows read beside those there are, the best alike names first."""
    alike = sorted(((ratio(a["name"], b["name"]), -i, -j) for i, a in enumerate(read) for j, b in enumerate(true)), reverse=True)
    found: dict[int, int] = {}
    for like, i, j in alike:
        if like >= ALIKE and -i not in found and -j not in found.values():
            found[-i] = -j
    return [(one, true[found[i]] if i in found else None) for i, one in enumerate(read)] + [
        (None, one) for j, one in enumerate(true) if j not in found.values()]


def facts_of(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reports and the indicators of the pool at `path`: of each figure `<name>` as read, `<name>_p` how surely, `<name>_true` as it is."""
    reports, indicators = list[Row](), list[Row]()
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        place = {"report": one["report"], "level": one["level"]}
        row = dict(place)
        for name, (found, field) in REPORT_FIGURES.items():
            read, true = found(one["read"]), found(one["told"])
            row |= {name: number(read[field]) if read else None, f"{name}_p": read["confidence"] if read else None,
                    f"{name}_true": number(true[field]) if true else None}
        reports.append(row)
        for read_row, true_row in paired(indicator_rows(one["read"]), indicator_rows(x for x in one["told"] if x.get("origin") == "table")):
            told, right = read_row or {}, true_row or {}
            indicators.append({**place, **{name: told.get(name) for name in ("weight", "points")}, "p": told.get("p"),
                               **{f"{name}_true": right.get(name) for name in ("weight", "points")}})
    return numbers(reports), numbers(indicators)


def numbers(rows: Sequence[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return frame.astype({name: np.float64 for name in frame.columns if name not in ("report", "level")})


def mistaken(value: float, rng: np.random.Generator) -> float:
    """A figure of which one digit was read as another."""
    digits = list(f"{value:.15g}")
    at = rng.choice([n for n, c in enumerate(digits) if c.isdigit()])
    digits[at] = str((int(digits[at]) + int(rng.integers(1, 10))) % 10)
    return float("".join(digits))


def worse(frame: pd.DataFrame, name: str, confidence: str, *, wrong: float, money: bool, rng: np.random.Generator) -> pd.Series:
    """Column `name` with a share `wrong` of it misread, the less sure the more often: a digit mistaken, the unit slipped (money), the value of
    another row, or nothing read."""
    found = frame[name].to_numpy(dtype=np.float64).copy()
    doubt = np.nan_to_num(1 - frame[confidence].to_numpy(dtype=np.float64))
    chance = np.clip(doubt * wrong / doubt[np.isfinite(found)].mean(), 0, 0.9)
    others = found[np.isfinite(found)]
    for at in np.flatnonzero(np.isfinite(found) & (rng.random(len(found)) < chance)):
        kind = rng.choice(4, p=(DIGIT + (0 if money else UNIT), UNIT if money else 0, OTHER, LOST))
        found[at] = (mistaken(found[at], rng), found[at] / 10_000, rng.choice(others), np.nan)[kind]
    return pd.Series(found, index=frame.index)
