"""Candidates in, those that stand out: the precedence of mentions that overlap.

A TITLE, a DOCNO and an ORG beat everything inside them; otherwise the longest wins, then the one that starts first.
Nothing is cut down to make room for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hedui.findings import Finder
from hedui.values import Kind, Op, Value

__all__ = ["Candidate", "Label", "settle"]

Label = Kind
RANK = {"TITLE": 0, "DOCNO": 1, "ORG": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """What may be a mention: `start` and `end` in the text it was found in, `value` as in the annotation guidelines.

    `weak` names what else must stand in the document for it to count (the full names a short place name may stand for). `found_by` and
    `model` as in `hedui.findings.Mention`.
    """

    label: Label
    start: int
    end: int
    value: Value
    weak: tuple[str, ...] = ()
    confidence: float = 1.0
    found_by: Finder = "rules"
    model: float | None = None

    @property
    def op(self) -> Op | None:
        return self.value.op


def settle(candidates: Iterable[Candidate], size: int) -> list[Candidate]:
    """The candidates that stand, in order of their place; `size` is the length of the text."""
    taken = bytearray(size)
    kept = []
    for candidate in sorted(candidates, key=precedence):
        span = slice(candidate.start, candidate.end)
        if not any(taken[span]):
            taken[span] = b"\1" * (candidate.end - candidate.start)
            kept.append(candidate)
    return sorted(kept, key=place)


def precedence(candidate: Candidate) -> tuple[bool, int, int, int]:
    rank = RANK.get(candidate.label, 3)
    return bool(candidate.weak), rank, candidate.start - candidate.end, candidate.start


def place(candidate: Candidate) -> int:
    return candidate.start
