"""What themes find: one type, and the frame of many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

__all__ = ["PLACE", "Finding", "Quoted", "findings_frame"]

PLACE = ("file", "sha256", "report", "report_unit", "report_year", "programme", "province")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """A verbatim piece of a report: span in the text of its file, and the passage (its `id`) it stands in."""

    sha256: str
    report: str | None
    start: int
    end: int
    text: str
    passage: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found: `theme`, its `type`, what it stands on (`at`), what it is held against (`other`), how surely (`score`, 0 to 1); `place`
    are the columns of `PLACE` of its report, `claim` and `check` ids of what it rests on, `more` columns of the theme's own."""

    theme: str
    type: str
    score: float
    at: Quoted
    place: Mapping[str, Any]
    other: Quoted | None = None
    note: str = ""
    claim: str | None = None
    check: str | None = None
    more: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """The same content and the same finding give the same id."""
        other = self.other
        told = (self.theme, self.type, self.at.sha256, self.at.start, self.at.end, other and (other.sha256, other.start, other.end), self.check)
        return "m-" + hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def findings_frame(findings: Iterable[Finding], more: Iterable[str] = ()) -> pd.DataFrame:
    """A row a finding: id, theme, type, score, the place, span and text, `other_*` of the other side, note, claim, check, columns in `more`."""
    rows = [{"id": one.id, "theme": one.theme, "type": one.type, "score": round(one.score, 4), **{name: one.place.get(name) for name in PLACE},
             **{name: getattr(one.at, name) for name in ("passage", "start", "end", "text")},
             **{f"other_{name}": value for name, value in (asdict(one.other) if one.other else NOBODY).items()},
             "note": one.note, "claim": one.claim, "check": one.check, **{name: (one.more or {}).get(name) for name in more}} for one in findings]
    columns = ["id", "theme", "type", "score", *PLACE, "passage", "start", "end", "text", *(f"other_{name}" for name in NOBODY), "note", "claim",
               "check", *more]
    return pd.DataFrame(rows, columns=columns)


NOBODY: dict[str, Any] = dict.fromkeys(("sha256", "report", "start", "end", "text", "passage"))
