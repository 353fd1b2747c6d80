"""The output of a file (`hedui/1`) in, how much of what it holds out: counts small enough to be kept beside every result.

A hundred thousand reports are told and compared by their profiles; no output is opened again for that.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any

__all__ = ["AXES", "BINS", "FAMILIES", "GAPS", "Profile", "added", "nothing", "profile_of", "profile_text", "read_profile"]

VERSION = 1
BINS = 20
LABELS = ("AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION")
TYPES = ("indicator", "fund", "document", "score")
ORIGINS = ("narrative", "table")
VERDICTS = ("consistent", "rounding", "conflict")
TIERS = ("numeric", "value", "wording")
KINDS = ("sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label")
STATUSES = ("agree", "differ", "narrative_only", "table_only")
GAPS = ("unit", "region", "year", "programme", "budget", "executed", "rate", "score", "table")
BLANKS = ("target", "actual")
BIN_NAMES = tuple(f"{at / BINS:.2f}" for at in range(BINS))
RATE_WORD = re.compile(r"(?:执行|支出|支付|使用|拨付)(?:率|进度)")
BEFORE = 14
# in the order that they are written in; what is added here makes a new VERSION
AXES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "mentions": LABELS,
    "claims": tuple(map(".".join, product(TYPES, ORIGINS))),
    "checks": tuple(map(".".join, product(VERDICTS, TIERS, KINDS))),
    "records": tuple(map(".".join, product(TYPES, STATUSES))),
    "gaps": GAPS,
    "blanks": BLANKS,
    "sure_claims": BIN_NAMES,
    "sure_checks": BIN_NAMES,
    "sure_records": BIN_NAMES,
})
FAMILIES = tuple(AXES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Counts of one output, or the sums of many.

    `characters` of the text, `reports` in the file; `counts` one number for each key of each family of AXES, in its order: mentions by label,
    claims by type and origin, checks by verdict, tier and kind, records by type and status; `gaps` counts reports that do not say their
    unit, region, year or programme, or have no budgeted or spent amount, no execution rate, no score, nothing read from a table;
    `blanks` indicator records without target or result; `sure_…` are histograms of confidence, twentieths from 0 to 1.
    """

    characters: int
    reports: int
    counts: Mapping[str, tuple[int, ...]]

    def by(self, family: str) -> dict[str, int]:
        """The counts of a family that are not nought, by key."""
        return {key: count for key, count in zip(AXES[family], self.counts[family], strict=True) if count}


def nothing() -> Profile:
    """The profile of no file."""
    return Profile(characters=0, reports=0, counts={family: (0,) * len(keys) for family, keys in AXES.items()})


def bin_name(confidence: float) -> str:
    return BIN_NAMES[min(max(int(confidence * BINS), 0), BINS - 1)]


def states_rate(output: Mapping[str, Any], report: Mapping[str, Any]) -> bool:
    """Whether a report says how much of its money was spent: a rate shortly after the word, or in a table that has the word in it."""
    text = output["text"]
    rates = [mention["span"] for mention in report["mentions"] if mention["label"] == "RATE"]
    tables = [grid["span"] for grid in output.get("grids", ()) if RATE_WORD.search(text, *grid["span"])]
    return any(RATE_WORD.search(text, max(0, start - BEFORE), start) or any(low <= start and end <= high for low, high in tables)
               for start, end in rates)


def gaps_of(output: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[str]:
    claims = report["claims"]
    measures = {claim["fields"].get("measure") for claim in claims if claim["type"] == "fund"}
    yield from (name for name in ("unit", "region", "year", "programme") if report[name] is None)
    yield from (name for name in ("budget", "executed") if name not in measures)
    if not states_rate(output, report):
        yield "rate"
    if not any(claim["type"] == "score" for claim in claims):
        yield "score"
    if not any(claim["origin"] == "table" for claim in claims):
        yield "table"


def profile_of(output: Mapping[str, Any]) -> Profile:
    """The counts of one output of schema `hedui/1`."""
    found: dict[str, Counter[str]] = {family: Counter() for family in AXES}
    for report in output["reports"]:
        found["mentions"].update(one["label"] for one in report["mentions"])
        found["claims"].update(f"{one['type']}.{one['origin']}" for one in report["claims"])
        found["checks"].update(f"{one['verdict']}.{one['tier']}.{one['kind']}" for one in report["checks"])
        found["records"].update(f"{one['type']}.{one['status']}" for one in report["records"])
        found["gaps"].update(gaps_of(output, report))
        indicators = [record["fields"] for record in report["records"] if record["type"] == "indicator"]
        found["blanks"].update(name for fields in indicators for name in BLANKS if not fields.get(name))
        for kind in ("claims", "checks", "records"):
            found[f"sure_{kind}"].update(bin_name(one["confidence"]) for one in report[kind])
    return Profile(characters=len(output["text"]), reports=len(output["reports"]),
                   counts={family: tuple(found[family][key] for key in keys) for family, keys in AXES.items()})


def added(profiles: Iterable[Profile]) -> Profile:
    """The sum of profiles, count by count."""
    characters = reports = 0
    sums = {family: [0] * len(keys) for family, keys in AXES.items()}
    for profile in profiles:
        characters += profile.characters
        reports += profile.reports
        for family, total in sums.items():
            total[:] = map(int.__add__, total, profile.counts[family])
    return Profile(characters=characters, reports=reports, counts={family: tuple(total) for family, total in sums.items()})


def profile_text(profile: Profile) -> str:
    """A profile as JSON to keep: a string a family, its counts by place, noughts empty and those at the end left out."""
    told: dict[str, Any] = {"v": VERSION, "characters": profile.characters, "reports": profile.reports}
    for family, counts in profile.counts.items():
        if any(counts):
            told[family] = ",".join(str(count or "") for count in counts).rstrip(",")
    return json.dumps(told, separators=(",", ":"))


def read_profile(text: str | None) -> Profile | None:
    """What `profile_text` wrote; None where it is none of this version, so that it is made anew from the output."""
    try:
        told = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("v") != VERSION:
        return None
    return Profile(characters=told["characters"], reports=told["reports"],
                   counts={family: read_counts(told.get(family, ""), len(keys)) for family, keys in AXES.items()})


def read_counts(text: str, places: int) -> tuple[int, ...]:
    given = [int(piece or 0) for piece in text.split(",")]
    return (*given, *(0,) * (places - len(given)))
