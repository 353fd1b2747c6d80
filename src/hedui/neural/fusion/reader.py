"""A layout and what rules found in it -> what the network reads there, by spans of the document; each layout is read once.

Long documents are read in stretches, so that what is held in memory does not grow with them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from hedui.document import Layout, Span
from hedui.findings import Mention
from hedui.mentions import Candidate
from hedui.neural.decoding import FIGURES, ScoredTag, label_probability, tags_of
from hedui.neural.engine import Engine
from hedui.neural.fusion.learned import Ask, Learned, Tie, Told, meet
from hedui.neural.links import links_of
from hedui.neural.pairs import Typed
from hedui.neural.reading import Reading, read_windows
from hedui.neural.types import Anchor, AnchorLabel, TagLabel, Window
from hedui.neural.windows import WindowIndex, span_of, windows_of
from hedui.progress import step

__all__ = ["Reader"]

ANCHORED = frozenset(get_args(AnchorLabel))
# characters of windows that are read in one stretch
STRETCH = 250_000
HEADS: frozenset[str] = frozenset({"NAME", "AMOUNT", "DOCNO"})
End = tuple[Span, AnchorLabel | TagLabel]


Anchors = tuple[tuple[Anchor, ...], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Windows that are read together, where spans stand in them, and the network's reading of them; its tags by the anchors they were
    decoded with."""

    windows: tuple[Window, ...]
    places: WindowIndex
    reading: Reading
    tags: dict[Anchors, list[list[ScoredTag]]] = field(default_factory=dict)

    def tagged(self, anchors: Anchors) -> list[list[ScoredTag]]:
        """The tags of each window; tagger and linker mostly ask with the same anchors."""
        if anchors not in self.tags:
            self.tags[anchors] = tags_of(self.reading, anchors)
        return self.tags[anchors]


class Reader:
    """The network and what it read last: the tagger and the linker of one layout share one reading."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._layout: Layout | None = None
        self._read: tuple[Stretch, ...] = ()

    def stretches(self, layout: Layout) -> Iterator[Stretch]:
        """The reading of `layout`, kept until another is asked for where it is one stretch."""
        if self._layout is layout:
            yield from self._read
            return
        self._layout, self._read = None, ()
        parts = deque(parted(windows_of(layout)))
        many = len(parts)
        while parts:  # a stretch is let go before the next one is read
            windows = parts.popleft()
            stretch = Stretch(windows, WindowIndex(windows), read_windows(self.engine, windows))
            step("text", many - len(parts), many)
            if many == 1:
                self._layout, self._read = layout, (stretch,)
            yield stretch
            del windows, stretch

    def names(self, layout: Layout, candidates: Sequence[Candidate], asked: Sequence[Ask]) -> Learned:
        """The tags of `layout`, read with the rules' `candidates` as anchors, and how probable what is `asked` is."""
        ends: list[End] = [((c.start, c.end), c.label) for c in candidates if c.label in ANCHORED]
        return joined(list(map(partial(read_names, ends=ends, asked=asked), self.stretches(layout))))

    def claims(self, layout: Layout, mentions: Sequence[Mention], asked: Sequence[Ask], named: Sequence[End]) -> Learned:
        """The same with the ties between tags, `mentions` and the spans that rules `named`."""
        ends: list[End] = [(m.span, m.label) for m in mentions if m.label in ANCHORED]
        return joined(list(map(partial(self.tied, ends=ends, asked=asked, named=named), self.stretches(layout))))

    def tied(self, stretch: Stretch, *, ends: Sequence[End], asked: Sequence[Ask], named: Sequence[End]) -> Learned:
        """The names and ties of one stretch."""
        read = read_names(stretch, ends, asked)
        return Learned(tags=read.tags, asked=read.asked, ties=tuple(self.ties(stretch, read.tags, (*ends, *named))))

    def ties(self, stretch: Stretch, tags: Sequence[Told], ends: Sequence[End]) -> Iterator[Tie]:
        """Every pair that the linker weighs, as spans of the document."""
        wanted = dict.fromkeys([*((told.span, told.label) for told in tags if told.label in ("NAME", "STATE", "SCOPE")), *ends])
        placed: dict[Typed, Span] = {}
        for span, label in wanted:
            place = stretch.places.place(span)
            if place is not None:
                placed[Typed(place=place, label=label)] = span
        heads = [typed for typed in placed if typed.label in HEADS]
        for link in links_of(self.engine, stretch.reading, heads, list(placed)):
            yield Tie(link.relation, placed[link.head], placed[link.tail], link.probability)


def parted(windows: Sequence[Window]) -> Iterator[tuple[Window, ...]]:
    """`windows` in stretches of at most `STRETCH` characters."""
    held: list[Window] = []
    size = 0
    for window in windows:
        if held and size + len(window.text) > STRETCH:
            yield tuple(held)
            held, size = [], 0
        held.append(window)
        size += len(window.text)
    if held:
        yield tuple(held)


def read_names(stretch: Stretch, ends: Sequence[End], asked: Sequence[Ask]) -> Learned:
    anchors: list[list[Anchor]] = [[] for _ in stretch.windows]
    for span, label in sorted(ends):
        place = stretch.places.place(span) if label in FIGURES else None
        if place is not None:
            anchors[place.window].append(Anchor(start=place.start, end=place.end, label=label))  # type: ignore[arg-type]
    tags = settled(told for number, found in enumerate(stretch.tagged(tuple(map(tuple, anchors)))) for tag in found
                   if (told := told_of(stretch.windows[number], tag.start, tag.end, tag.label, tag.probability)) is not None)
    chances: dict[Ask, float] = {}
    for span, label in asked:
        place = stretch.places.place(span)
        if place is not None:
            chances[span, label] = label_probability(stretch.reading, place, label)
    return Learned(tags=tags, asked=chances)


def told_of(window: Window, start: int, end: int, label: TagLabel, probability: float) -> Told | None:
    """A tag by its span in the document; None where it runs from one cell into the next."""
    span = span_of(window, start, end)
    if span is None or any(at < 0 for at in window.starts[start:end]):
        return None
    return Told(span, label, probability)


def settled(found: Iterator[Told]) -> tuple[Told, ...]:
    """Of tags that two windows read of the same characters, the surer one."""
    kept: list[Told] = []
    for told in sorted(found, key=lambda told: (told.span, -told.probability)):
        if kept and meet(kept[-1].span, told.span):
            if told.probability > kept[-1].probability:
                kept[-1] = told
        else:
            kept.append(told)
    return tuple(kept)


def joined(parts: Sequence[Learned]) -> Learned:
    if len(parts) == 1:
        return parts[0]
    asked: dict[Ask, float] = {}
    for part in parts:
        asked |= part.asked
    return Learned(tags=tuple(told for part in parts for told in part.tags), asked=asked,
                   ties=tuple(tie for part in parts for tie in part.ties))
