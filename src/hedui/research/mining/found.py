"""What themes find: one type, and the frame of many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

__all__ = ["PLACE", "Finding", "Quoted", "findings_frame", "findings_rows"]

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


QUOTED = ("sha256", "report", "start", "end", "text", "passage")
OTHER = tuple(f"other_{name}" for name in QUOTED)


def findings_rows(findings: Iterable[Finding], more: Iterable[str] = ()) -> list[dict[str, Any]]:
    """A row a finding: id, theme, type, score, the place, span and text, `other_*` of the other side, note, claim, check, columns in `more`."""
    columns = tuple(more)
    return [{"id": one.id, "theme": one.theme, "type": one.type, "score": round(one.score, 4), **{name: one.place.get(name) for name in PLACE},
             "passage": one.at.passage, "start": one.at.start, "end": one.at.end, "text": one.at.text,
             **{name: getattr(one.other, own, None) for name, own in zip(OTHER, QUOTED, strict=True)},
             "note": one.note, "claim": one.claim, "check": one.check, **{name: (one.more or {}).get(name) for name in columns}} for one in findings]


def findings_frame(findings: Iterable[Finding], more: Iterable[str] = ()) -> pd.DataFrame:
    """`findings_rows` as a frame."""
    columns = tuple(more)
    return pd.DataFrame(findings_rows(findings, columns), columns=["id", "theme", "type", "score", *PLACE, "passage", "start", "end", "text", *OTHER,
                                                                   "note", "claim", "check", *columns])
