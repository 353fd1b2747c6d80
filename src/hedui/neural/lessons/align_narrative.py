"""Annotated indicators of running text in, their names and values where they stand out.

An annotation says the line, the name and the values of an indicator. The name stands there as it is, or in pieces around
its number; of several places of one name or value, those near one another and in the order of the annotation are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from hedui.document import Layout, Span
from hedui.findings import Indicator, Label
from hedui.gold import GoldClaim
from hedui.neural.lessons.align_marks import Marks
from hedui.neural.lessons.align_names import pieces
from hedui.neural.lessons.align_text import Placed, Stretch, key, stretch_of

__all__ = ["Told", "align_narrative"]

Range = tuple[int, int]
Field = Literal["target", "actual", "completion"]
FIGURES: tuple[Label, ...] = ("AMOUNT", "RATE", "QUANTITY", "DATE")
FIELDS: tuple[Field, ...] = ("target", "actual", "completion")
STOP = re.compile(r"[。;；!？?]")
COMPLETED = re.compile(r"(?:完成|达成|实现)[^。;,，]{0,14}$")
TARGET = re.compile(r"(?:指标值|目标值?|标准值|计划数?|预期|要求)[^。;,]{0,8}$")
# 参保人数(人): … · 参保人数指标,指标值为 …: the name stands as a label of its own
LABEL = re.compile(r"(?:\([^()]{1,8}\))?(?:指标)?(?::|[,;。]?(?:年度)?(?:指标值|目标值|标准值))")
# a label is held for the name of all that is said of it, as far as this
REACH = 130
# how far before and behind a value the pieces of its name are looked for
BEFORE, BEHIND = 110, 70
# costs, in characters: of a stop between name and value, of a comma, of a name behind its value, of a value that another
# indicator has, of each unit of the cost of pieces
STOPPED, PAUSED, BACKWARD, TAKEN, PIECED = 25.0, 4.0, 6.0, 300.0, 6.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An indicator of running text where it stands: the pieces of its name in order."""

    name: str
    pieces: tuple[Span, ...]


@dataclass(kw_only=True, slots=True)
class State:
    """What is known of a paragraph while its indicators are aligned one after the other."""

    stretch: Stretch
    figures: list[tuple[Range, Span]]
    taken: list[Range] = field(default_factory=list)
    last: int = 0


def align_narrative(layout: Layout, claims: Sequence[tuple[GoldClaim, Span]], mentions: Placed, marks: Marks) -> list[Told]:
    """Tags and links of the indicators `claims`, each with the span of its line."""
    told: list[Told] = []
    by_spans: dict[tuple[Span, ...], list[GoldClaim]] = {}
    homes = Homes(layout)
    for claim, line in claims:
        by_spans.setdefault(homes.of(line), []).append(claim)
    begins = sorted(spans[0][0] for spans in by_spans if spans)
    for spans, held in by_spans.items():
        state = state_of(layout.document.text, spans, mentions)
        after = homes.behind(spans, begins) if spans else ()
        behind = state_of(layout.document.text, after, mentions)
        for claim in held:
            assert isinstance(claim.fields, Indicator)
            found = align_one(claim.fields, state, behind, marks, last=False) or (
                align_one(claim.fields, state_of(layout.document.text, homes.around(spans), mentions), behind, marks))
            if found:
                told.append(found)
            elif spans:
                marks.unsure.extend(doubtful(claim.fields, state, spans))
    return told


class Homes:
    """The paragraphs and cells of a layout, where lines of annotations lead to."""

    def __init__(self, layout: Layout) -> None:
        cells = {cell.span for grid in layout.grids for row in grid.rows for cell in row if cell.origin and cell.text}
        self.spans = sorted({p.span for p in layout.paragraphs if p.span[1] > p.span[0]} | cells)
        self.starts = [span[0] for span in self.spans]
        self.headings = {section.heading[0] for section in layout.sections}

    def of(self, line: Span) -> tuple[Span, ...]:
        """Those that share a character with `line`."""
        low = max(0, bisect_right(self.starts, line[0]) - 1)
        found = []
        for span in self.spans[low:]:
            if span[0] >= line[1]:
                break
            if span[1] > line[0]:
                found.append(span)
        return tuple(found)

    def around(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """`spans` with the one before and the one behind, as a line break may part what reads as one."""
        if not spans:
            return ()
        low, high = bisect_right(self.starts, spans[0][0]) - 1, bisect_right(self.starts, spans[-1][0])
        return tuple(self.spans[max(0, low - 1):high + 1])

    def behind(self, spans: tuple[Span, ...], others: Sequence[int]) -> tuple[Span, ...]:
        """Up to three that follow `spans`, before the next heading and the next line with indicators of its own."""
        at = bisect_right(self.starts, spans[-1][0])
        following: list[Span] = []
        for span in self.spans[at:at + 3]:
            if span[0] in self.headings or any(span[0] <= other < span[1] for other in others):
                break
            following.append(span)
        return tuple(following)


def state_of(text: str, spans: Sequence[Span], mentions: Placed) -> State:
    stretch = stretch_of(text, spans)
    figures = [(place, span) for home in spans for span, _, _ in mentions.within(home, *FIGURES)
               if (place := stretch.range(span)) and place[0] < place[1]]
    return State(stretch=stretch, figures=figures)


def align_one(fields: Indicator, state: State, behind: State, marks: Marks, *, last: bool = True) -> Told | None:
    """Tags and links of one indicator; None where its name is not found, which counts as missed at the `last` attempt."""
    name = key(fields.name)
    wanted = {kind: key(said) for kind in FIELDS if (said := getattr(fields, kind))}
    main = next((kind for kind in FIELDS[:2] if kind in wanted and any(state.stretch.places(wanted[kind]))), None)
    choice = best_choice(name, wanted[main] if main else "", state, main == "target")
    if choice is None and not last:
        return None
    marks.count("name", choice is not None, f"{fields.name} | {state.stretch.text[:60]}")
    if choice is None:
        for kind in wanted:
            marks.count(kind, False, f"{fields.name} {wanted[kind]} (no name)")
        return None
    parts, value = choice
    spans = tuple(state.stretch.span(*part) for part in parts)
    marks.tags.extend((span, "NAME") for span in spans)
    other_places(name, parts, state, marks)
    chosen: dict[Field, tuple[Range, State]] = {}
    if main and value:
        chosen[main] = (value, state)
    for kind in reversed(FIELDS):
        if kind in wanted and kind not in chosen:
            found = other_value(kind, wanted[kind], parts, [place for place, home in chosen.values() if home is state], state, behind)
            if found:
                chosen[kind] = found
    for kind in wanted:
        tail = chosen.get(kind)
        done = tail is not None and value_found(kind, *tail, heads_of(name, parts, tail[0], state) if tail[1] is state else spans, marks)
        marks.count(kind, done, f"{fields.name} {wanted[kind]} | {state.stretch.text[:60]}")
        if not done:
            doubtful_rest(parts, state, marks)
    state.taken.extend(place for place, home in chosen.values() if home is state)
    state.last = max(state.last, value[0] if value else parts[-1][1])
    return Told(name=name, pieces=spans)


def best_choice(name: str, value: str, state: State, label: bool) -> tuple[list[Range], Range | None] | None:
    """The pieces of a name and the place of its main value that fit best together; of a name without a value, its first
    place behind what was aligned before."""
    text = state.stretch.text
    whole = list(state.stretch.places(name))
    if not value:
        first = min(whole, key=lambda place: (place[0] < state.last, place[0]), default=None)
        return None if first is None else ([first], None)
    best: tuple[float, list[Range], Range] | None = None
    for place in state.stretch.places(value):
        base = TAKEN * any(meet(place, other) for other in state.taken)
        base += 10.0 * (label and not TARGET.search(text, max(0, place[0] - 16), place[0]))
        options = [(cost_of_name(text, part, place), [part]) for part in whole if not meet(part, place)]
        if not options or min(options)[0] > STOPPED:
            options.extend(pieced(name, state, place))
        for cost, parts in options:
            if best is None or base + cost < best[0]:
                best = (base + cost, parts, place)
    if best is None:
        return ([whole[0]], None) if whole else None
    return best[1], best[2]


def pieced(name: str, state: State, value: Range) -> Iterator[tuple[float, list[Range]]]:
    """The name in pieces around a value, with its cost."""
    text = state.stretch.text
    low, high = max(0, value[0] - BEFORE), min(len(text), value[1] + BEHIND)
    blocked = np.zeros(high - low, dtype=bool)
    for (start, end), _ in [*state.figures, (value, (0, 0))]:
        blocked[max(0, start - low):max(0, end - low)] = True
    found = pieces(name, text[low:high], blocked, value[0] - low)
    if found:
        parts = [(start + low, end + low) for start, end in found[1]]
        near = min(cost_between(text, part, value) for part in parts)
        yield near + PIECED * found[0], parts


def cost_between(text: str, name: Range, value: Range) -> float:
    """How little a name and a value that stand there look like one indicator."""
    start, end = (name[1], value[0]) if name[1] <= value[0] else (value[1], name[0])
    between = text[start:end]
    return (len(between) * 0.2 + STOPPED * len(STOP.findall(between)) + PAUSED * between.count(",")
            + BACKWARD * (name[0] >= value[1]))


def cost_of_name(text: str, name: Range, value: Range) -> float:
    """As `cost_between`; a label is near to all that follows it within its reach."""
    if LABEL.match(text, name[1]) and 0 <= value[0] - name[1] <= REACH:
        return 0.0
    return cost_between(text, name, value)


def meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def other_value(kind: Field, value: str, parts: Sequence[Range], chosen: Sequence[Range], state: State,
                behind: State) -> tuple[Range, State] | None:
    """The place of another value of an indicator whose name is known: behind what is known of it, where there is one."""
    text = state.stretch.text
    after = max([parts[-1][1], *(place[1] for place in chosen)])

    def cost(place: Range) -> float:
        cue = {"completion": COMPLETED, "target": TARGET}.get(kind)
        cued = cue is None or cue.search(text[max(0, place[0] - 18):place[0]]) is not None
        back = 80.0 * (place[0] < after) if kind != "target" else 0.0
        other = 15.0 * (kind == "actual" and COMPLETED.search(text[max(0, place[0] - 5):place[0]]) is not None)
        return (abs(place[0] - after) * 0.2 + back + other + 100.0 * (not cued)
                + TAKEN * any(meet(place, held) for held in state.taken))

    free = [place for place in state.stretch.places(value) if not any(meet(place, held) for held in (*parts, *chosen))]
    if free:
        return min(free, key=cost), state
    first = next(behind.stretch.places(value), None)
    return None if first is None else (first, behind)


def heads_of(name: str, parts: Sequence[Range], value: Range, state: State) -> tuple[Span, ...]:
    """The pieces that a value is linked with: those of the name as it was found, or another place of the whole name where
    that fits the value better."""
    text = state.stretch.text
    best = min((cost_of_name(text, part, value), part) for part in parts)[0]
    others = [(cost, place) for place in state.stretch.places(name)
              if not meet(place, value) and (cost := cost_of_name(text, place, value)) < best]
    chosen = [min(others)[1]] if others else parts
    return tuple(state.stretch.span(*part) for part in chosen)


def value_found(kind: Field, place: Range, state: State, heads: Sequence[Span], marks: Marks) -> bool:
    """Links a name with the figure at `place`, or with the words that stand there, which get a tag. A number that no
    rule reads is left open."""
    span = state.stretch.span(*place)
    tails = [figure for where, figure in state.figures if meet(where, place)]
    if not tails and any(char.isdecimal() for char in state.stretch.text[place[0]:place[1]]):
        marks.unsure.append(span)
        return False
    if not tails:
        marks.tags.append((span, "STATE"))
        tails = [span]
    for tail in tails:
        marks.link(kind, heads, tail)
    return True


def doubtful(fields: Indicator, state: State, spans: Sequence[Span]) -> Iterator[Span]:
    """Where an indicator may be told whose name was not found: the sentences that hold its result, else all of `spans`."""
    text = state.stretch.text
    places = list(state.stretch.places(key(fields.actual or fields.target or "")))
    if not places:
        yield from spans
    for start, end in places:
        begin = max((match.end() for match in STOP.finditer(text, 0, start)), default=0)
        stop = STOP.search(text, end)
        yield state.stretch.span(begin, stop.end() if stop else len(text))


def other_places(name: str, parts: Sequence[Range], state: State, marks: Marks) -> None:
    """Other places of the same name in the paragraph: of a label they are the name as well, else they may be."""
    places = list(state.stretch.places(name))
    label = any(LABEL.match(state.stretch.text, place[1]) for place in places)
    for place in places:
        if not any(meet(place, part) for part in parts):
            span = state.stretch.span(*place)
            if label:
                marks.tags.append((span, "NAME"))
            else:
                marks.unsure.append(span)


def doubtful_rest(parts: Sequence[Range], state: State, marks: Marks) -> None:
    """The sentences behind a name up to the second stop: a value that was not found is told somewhere in them."""
    stops = [match.end() for match in STOP.finditer(state.stretch.text, parts[-1][1])]
    end = stops[1] if len(stops) > 1 else len(state.stretch.text)
    if parts[-1][1] < end:
        marks.unsure.append(state.stretch.span(parts[-1][1], end))
