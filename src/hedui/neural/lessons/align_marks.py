"""What was found of an annotation in a text: labelled spans, links between them, and how much of what was wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from hedui.document import Span
from hedui.neural.types import Relation, TagLabel

__all__ = ["Alignment", "Marks", "Wanted", "alignment_table"]

Wanted = Literal["ORG", "REGION", "TITLE", "amount", "scope", "name", "target", "actual", "completion",
                 "row name", "row target", "row actual", "row completion", "title", "issuer", "basis", "same"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment:
    """How many of each kind an annotation wants and how many of these stand in the text as it says; `missed` names some."""

    wanted: Counter[str] = field(default_factory=Counter)
    aligned: Counter[str] = field(default_factory=Counter)
    missed: tuple[str, ...] = ()

    def rate(self, *kinds: Wanted) -> float:
        """The share aligned of `kinds` together, 1 where none is wanted."""
        wanted = sum(self.wanted[kind] for kind in kinds)
        return sum(self.aligned[kind] for kind in kinds) / wanted if wanted else 1.0

    def __add__(self, other: Alignment) -> Alignment:
        return Alignment(wanted=self.wanted + other.wanted, aligned=self.aligned + other.aligned,
                         missed=(*self.missed, *other.missed))


def alignment_table(alignment: Alignment) -> str:
    """One line a kind: kind, aligned / wanted, share."""
    return "\n".join(f"{kind:<18}{alignment.aligned[kind]:>6} / {wanted:<6}{alignment.aligned[kind] / wanted:6.1%}"
                     for kind, wanted in alignment.wanted.items())


@dataclass(kw_only=True, slots=True)
class Marks:
    """Collects what is found. `tags` and `links` are of spans of the document, `unsure` what nobody vouches for."""

    tags: list[tuple[Span, TagLabel]] = field(default_factory=list)
    links: list[tuple[Relation, Span, Span]] = field(default_factory=list)
    unsure: list[Span] = field(default_factory=list)
    wanted: Counter[str] = field(default_factory=Counter)
    aligned: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def count(self, kind: Wanted, found: bool, shown: str = "") -> None:
        self.wanted[kind] += 1
        self.aligned[kind] += found
        if not found:
            self.missed.append(f"{kind}: {shown}")

    def link(self, relation: Relation, heads: Iterable[Span], tail: Span) -> None:
        self.links.extend((relation, head, tail) for head in heads)

    def alignment(self) -> Alignment:
        return Alignment(wanted=self.wanted, aligned=self.aligned, missed=tuple(self.missed))
