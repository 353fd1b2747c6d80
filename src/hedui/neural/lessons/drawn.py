"""Windows and what was found in the document in, the same by place in the windows out: tags that do not overlap, anchors,
links within a window, and ranges that nobody vouches for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hedui.document import Span
from hedui.findings import Mention
from hedui.neural.lessons.align_marks import Marks
from hedui.neural.types import ANCHORS, MEASURES, Anchor, Link, Place, Relation, Tag, TagLabel, Window
from hedui.neural.windows import WindowIndex

__all__ = ["Drawn"]

# which of two tags that overlap stands; a SCOPE gives way and keeps the longer rest
RANK: dict[TagLabel, int] = {**dict.fromkeys(MEASURES, 0), "NAME": 1, "TITLE": 2, "ORG": 3, "REGION": 4, "STATE": 5, "SCOPE": 6}
SHORTEST = 2
FIGURES = ("RATE", "QUANTITY", "AMOUNT", "DATE", "STATE")
TAILS: Mapping[Relation, tuple[str, ...]] = {
    "target": FIGURES, "actual": FIGURES, "completion": FIGURES, "scope": ("SCOPE",), "basis": ("DOCNO",), "title": ("TITLE",),
    "issuer": ("ORG",), "same": ("NAME",)}


class Drawn:
    """The parts of a lesson that belong to its windows."""

    def __init__(self, windows: Sequence[Window], marks: Marks, mentions: Sequence[Mention]) -> None:
        self.windows, self.index = windows, WindowIndex(windows)
        self.unsure: list[list[tuple[int, int]]] = [[] for _ in windows]
        spans, self.parts, lost = settled(marks.tags)
        anchors = [((m.span[0], m.span[1]), m.label) for m in mentions if m.label in ANCHORS]
        self.ends = {*spans, *anchors}
        self.tags, self.anchors = self.placed(spans), self.placed(anchors)
        for span in (*marks.unsure, *lost):
            self.leave_open(span)
        self.links = tuple(dict.fromkeys(self.linked(marks.links)))

    def views(self, place: Place) -> Iterator[Place]:
        """The same characters in every window that shows them all."""
        yield place
        window = self.windows[place.window]
        for step in (-1, 1):
            number = place.window + step
            while 0 <= number < len(self.windows) and (near := self.windows[number]).kind == window.kind:
                at = position(near, window.starts[place.start])
                if at is None:
                    break
                if near.starts[at:at + place.end - place.start] != window.starts[place.start:place.end]:
                    self.unsure[number].append((at, len(near.text)))
                    break
                yield Place(window=number, start=at, end=at + place.end - place.start)
                number += step

    def placed(self, spans: Sequence[tuple[Span, str]]) -> list[list[tuple[int, int, str]]]:
        """For each window what stands in it whole; what no window shows whole is left open."""
        found: list[list[tuple[int, int, str]]] = [[] for _ in self.windows]
        for span, label in spans:
            place = self.index.place(span)
            if place is None:
                self.leave_open(span)
                continue
            for view in self.views(place):
                found[view.window].append((view.start, view.end, label))
        return [sorted(set(one)) for one in found]

    def leave_open(self, span: Span) -> None:
        """No loss for any character of `span`, in any window."""
        for number in self.index.showing(span):
            window = self.windows[number]
            held = [i for i in range(window.context, len(window.text)) if span[0] <= window.starts[i] < span[1]]
            if held:
                self.unsure[number].append((held[0], held[-1] + 1))

    def linked(self, links: Sequence[tuple[Relation, Span, Span]]) -> Iterator[Link]:
        """Links between pieces that stand in one window, those of the relation `same` between any."""
        for relation, head, tail in links:
            for first in self.parts.get(head, (head,)):
                for second in self.parts.get(tail, (tail,)):
                    if self.ends.isdisjoint((second, label) for label in TAILS[relation]):
                        continue
                    pair = self.together(first, second, anywhere=relation == "same")
                    if pair:
                        yield Link(relation=relation, head=pair[0], tail=pair[1])

    def together(self, head: Span, tail: Span, *, anywhere: bool) -> tuple[Place, Place] | None:
        first, second = self.index.place(head), self.index.place(tail)
        if first is None or second is None:
            return None
        if anywhere or first.window == second.window:
            return first, second
        seen = next((view for view in self.views(second) if view.window == first.window), None)
        if seen:
            return first, seen
        seen = next((view for view in self.views(first) if view.window == second.window), None)
        return (seen, second) if seen else None


def position(window: Window, start: int) -> int | None:
    """Where the character that begins at `start` of the document stands in a window."""
    try:
        return window.starts.index(start, window.context)
    except ValueError:
        return None


def settled(tags: Sequence[tuple[Span, TagLabel]]) -> tuple[list[tuple[Span, str]], dict[Span, tuple[Span, ...]], list[Span]]:
    """Tags none of which overlaps another, what became of each span that was cut, and what is left of those that gave way.

    Names that share a piece (11名在职行政人员、5名事业人员工资按时发放) are cut where the shared piece begins and ends.
    """
    atoms, parts = atoms_of(sorted({span for span, label in tags if label == "NAME"}))
    pieces: set[tuple[Span, TagLabel]] = {(span, "NAME") for span in atoms}
    ordered = sorted({*pieces, *((span, label) for span, label in tags if label != "NAME")},
                     key=lambda tag: (RANK[tag[1]], tag[0][0] - tag[0][1], tag[0]))
    kept: list[tuple[Span, str]] = []
    lost: list[Span] = []
    taken: dict[int, list[Span]] = defaultdict(list)
    for span, label in ordered:
        rest = free_part(span, [other for block in blocks(span) for other in taken[block]])
        if rest is None:
            continue
        if rest != span and (label != "SCOPE" or rest[1] - rest[0] < SHORTEST):
            lost.append(rest)
            continue
        if rest != span:
            parts[span] = (rest,)
        kept.append((rest, label))
        for block in blocks(rest):
            taken[block].append(rest)
    return kept, parts, lost


def atoms_of(names: Sequence[Span]) -> tuple[set[Span], dict[Span, tuple[Span, ...]]]:
    """The pieces of sorted `names` that overlap in none of their borders, and those of each name."""
    atoms: set[Span] = set()
    parts: dict[Span, tuple[Span, ...]] = {}
    for cluster in clusters(names):
        borders = sorted({at for span in cluster for at in span})
        for span in cluster:
            parts[span] = tuple(pair for pair in pairwise(borders) if span[0] <= pair[0] and pair[1] <= span[1])
            atoms.update(parts[span])
    return atoms, parts


def clusters(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of sorted `spans` in which each overlaps another."""
    run: list[Span] = []
    end = -1
    for span in spans:
        if run and span[0] >= end:
            yield run
            run, end = [], -1
        run.append(span)
        end = max(end, span[1])
    if run:
        yield run


def blocks(span: Span) -> range:
    return range(span[0] // 64, (span[1] - 1) // 64 + 1)


def free_part(span: Span, taken: Sequence[Span]) -> Span | None:
    """The longest stretch of `span` that none of `taken` covers."""
    at, free = span[0], list[Span]()
    for start, end in sorted(taken):
        if start > at:
            free.append((at, min(start, span[1])))
        at = max(at, end)
    free.append((at, span[1]))
    best = max(free, key=lambda part: part[1] - part[0])
    return best if best[1] > best[0] else None


def tags_of(found: Sequence[tuple[int, int, str]]) -> tuple[Tag, ...]:
    return tuple(Tag(start=start, end=end, label=label) for start, end, label in found)  # type: ignore[arg-type]


def anchors_of(found: Sequence[tuple[int, int, str]]) -> tuple[Anchor, ...]:
    return tuple(Anchor(start=start, end=end, label=label) for start, end, label in found)  # type: ignore[arg-type]
