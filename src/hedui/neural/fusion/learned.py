"""What the network reads in a document, by spans of the document: nothing here knows windows or tensors."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hedui.document import Span
from hedui.neural.types import Relation, TagLabel

__all__ = ["Ask", "Learned", "Spans", "Tie", "Told", "meet", "numbered"]

Ask = tuple[Span, TagLabel]
# a link or a tag that is less likely than its absence is none
EVEN = 0.5


class Told(NamedTuple):
    """A span that the tagger labels, and how probable it holds that."""

    span: Span
    label: TagLabel
    probability: float


class Tie(NamedTuple):
    """Two spans that the linker holds together, and how probable it holds that."""

    relation: Relation
    head: Span
    tail: Span
    probability: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """`tags` in the order of the text, none overlapping; `asked` how probable a label is of a span that was asked about (a
    span that stands in no window is not there); `ties` every pair weighed, the improbable ones too."""

    tags: tuple[Told, ...] = ()
    asked: Mapping[Ask, float] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()

    def of(self, *labels: TagLabel) -> list[Told]:
        return [told for told in self.tags if told.label in labels]

    def tied(self, relation: Relation) -> dict[Span, list[Tie]]:
        """The likely ties of `relation` by head, the likeliest first."""
        found: dict[Span, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            if tie.relation == relation and tie.probability >= EVEN:
                found[tie.head].append(tie)
        return {head: sorted(ties, key=lambda tie: (-tie.probability, tie.tail)) for head, ties in found.items()}


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


class Spans:
    """Spans, each with a number, to be asked which of them meet another span."""

    def __init__(self, placed: Iterable[tuple[Span, int]]) -> None:
        self.placed = sorted(placed)
        self.longest = max((end - start for (start, end), _ in self.placed), default=0)

    def meeting(self, span: Span) -> Iterator[int]:
        """The numbers of the spans that share a character with `span`, in order of their place."""
        at = bisect_left(self.placed, ((span[0] - self.longest, -1), -1))
        while at < len(self.placed) and self.placed[at][0][0] < span[1]:
            if meet(self.placed[at][0], span):
                yield self.placed[at][1]
            at += 1


def numbered(spans: Sequence[Span]) -> Spans:
    """`spans` by their place in the list."""
    return Spans((span, number) for number, span in enumerate(spans))
