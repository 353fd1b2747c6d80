"""Self-scores (自评得分): reports in, how they are spread out, with the heap at 100 and at the borders of grades, drawn as bars and as boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from hedui.research.pictures.chosen import in_order
from hedui.research.pictures.ranges import share_range
from hedui.research.pictures.svg import drawing, line, linked, rect, steps, text, written
from hedui.research.pictures.told import UNKNOWN, cut, interval, joined, percent, points, reports, say
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["BORDERS", "Box", "bins_of", "boxes_of", "score_bars", "score_boxes"]

# 优 90–100, 良 80–90, 中 60–80, 差 below 60: 财预〔2020〕10号, article 22
BORDERS = ((90, say("grade.90")), (80, say("grade.80")), (60, say("grade.60")))
FULL = 100
# the picture begins at the first of these that leaves no more than one report in a hundred below it, and these stand in one bar
FLOORS, LEFT_BELOW = (80, 60, 0), 0.01
LEFT, WIDE, TOP, TALL, FOOT = 56.0, 720.0, 34.0, 230.0, 46.0
NAMES, BAND = 150.0, 28.0
By = Literal["year", "province"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """Scores of a group: quartiles, the ends that leave a twentieth out on each side, and how many say 100."""

    name: str
    low: Decimal
    first: Decimal
    median: Decimal
    third: Decimal
    high: Decimal
    full: int
    items: tuple[Item, ...]


def item_of(one: ReportFacts) -> Item:
    return Item(report=one, told=points(one.score or 0), finding=one.score_record)


def bins_of(facts: Sequence[ReportFacts]) -> dict[int, tuple[Item, ...]]:
    """Reports by the whole points of their self-score, [n, n + 1); a full 100 stands alone."""
    held: dict[int, list[Item]] = defaultdict(list)
    for one in facts:
        if one.score is not None:
            held[int(one.score)].append(item_of(one))
    return {at: tuple(held[at]) for at in sorted(held)}


def floor_of(held: Mapping[int, Sequence[Item]]) -> int:
    n = sum(map(len, held.values()))
    return next(floor for floor in FLOORS if sum(len(items) for at, items in held.items() if at < floor) <= LEFT_BELOW * n)


def gathered(held: Mapping[int, tuple[Item, ...]], floor: int) -> dict[int, tuple[Item, ...]]:
    """The bins from `floor` on, those below it as one before it."""
    below = tuple(item for at, items in held.items() if at < floor for item in items)
    return {**({floor - 1: below} if below else {}), **{at: items for at, items in held.items() if at >= floor}}


def bin_name(at: int, floor: int) -> str:
    return str(at) if at == FULL else f"<{floor}" if at < floor else f"{at}–{at + 1}"


def bar_notes(held: Mapping[int, Sequence[Item]], of: int) -> Iterator[Words]:
    n = sum(map(len, held.values()))
    full, high = share_range(len(held.get(FULL, ())), n), share_range(sum(len(some) for at, some in held.items() if at >= 90), n)
    yield say("scores.n", n=n, of=of)
    yield say("scores.full", full=percent(full.value), full_range=interval(full, as_percent=True), high=percent(high.value),
              high_range=interval(high, as_percent=True))
    for border, grade in BORDERS:
        above, below = len(held.get(border, ())), len(held.get(border - 1, ()))
        if above + below >= 10:
            share = share_range(above, above + below)
            yield say("scores.border", grade=grade, at=border, after=border + 1, before=border - 1, above=above, below=below,
                      share=percent(share.value), between=interval(share, as_percent=True))


def score_bars(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """How many reports say which score, a bar a point."""
    every = bins_of(facts)
    n, floor = sum(map(len, every.values())), floor_of(every)
    held = gathered(every, floor)
    marks = {str(at): Mark(key=str(at), items=items, said=say("score", bin=bin_name(at, floor), n=reports(len(items)), share=percent(len(items) / n)))
             for at, items in held.items()}
    rows = tuple(Row((bin_name(at, floor), str(len(items)), percent(len(items) / n), interval(share_range(len(items), n), as_percent=True)), str(at))
                 for at, items in held.items())
    return Picture(name="scores", title=say("scores.title"), alt=say("scores.alt"), rows=rows, marks=marks,
                   svg=drawing(WIDE, TOP + TALL + FOOT, say("scores.alt"), bars(held, marks, floor, href), "bars") if held else None,
                   head=(say("score.head"), say("n"), say("share"), say("range")),
                   notes=tuple(bar_notes(every, len(facts))) if held else (say("scores.none", of=len(facts)),))


def bars(held: Mapping[int, Sequence[Item]], marks: Mapping[str, Mark], floor: int, href: Href) -> Iterator[Markup]:
    first = floor - 1 if min(held) < floor else max(min(min(held) // 10 * 10, 90), 0)
    wide, most = (WIDE - LEFT - 16) / (FULL + 1 - first), max(map(len, held.values()))

    def across(score: float) -> float:
        return LEFT + (score - first) * wide

    for tick in steps(0, most):
        if tick != int(tick):
            continue
        y = TOP + TALL * (1 - tick / most)
        yield line(LEFT, y, WIDE - 16, y, "grid")
        yield text(LEFT - 8, y + 4, f"{int(tick):,}", "name")
    for nth, (border, grade) in enumerate(BORDERS):
        if border > first:
            yield line(across(border), TOP - 26, across(border), TOP + TALL, "border")
            yield written(across(border) - 5, TOP - 18 + nth % 2 * 14, say("grade.edge", grade=grade, border=border), "edge")
    for column, (at, items) in enumerate(held.items()):
        tall = max(TALL * len(items) / most, 1.5)
        bar = rect(across(at) + 0.5, TOP + TALL - tall, max(wide - 1, 1), tall, "full bar" if at == FULL else "bar")
        yield linked(marks[str(at)], rect(across(at), TOP, wide, TALL, "reach") + bar, href, at=(0, column))
    for tick in steps(max(first, floor), FULL):
        yield text(across(tick) + wide / 2, TOP + TALL + 16, str(int(tick)), "tick")
    if first < floor:
        yield text(across(first) + wide / 2, TOP + TALL + 16, bin_name(first, floor), "tick")
    yield written(LEFT + (WIDE - LEFT) / 2, TOP + TALL + 38, say("score.axis"), "axis")


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """Linear between order statistics (type 7 of Hyndman and Fan 1996).

    >>> quantile([Decimal(1), Decimal(2), Decimal(4)], Decimal("0.75"))
    Decimal('3.00')
    """
    at = share * (len(ordered) - 1)
    low = int(at)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (at - low)


def boxes_of(facts: Sequence[ReportFacts], by: By) -> tuple[Box, ...]:
    """The scores of each year or province, in their order; those of no known one last."""
    held: dict[str, list[ReportFacts]] = defaultdict(list)
    for one in facts:
        if one.score is not None:
            held[str(one.year or "") if by == "year" else one.province or ""].append(one)
    known = [name for name in held if name]
    order = [*(sorted(known) if by == "year" else in_order(known)), *([""] if "" in held else [])]

    def box(name: str) -> Box:
        scores = sorted(one.score for one in held[name] if one.score is not None)
        low, first, median, third, high = (quantile(scores, Decimal(at)) for at in ("0.05", "0.25", "0.5", "0.75", "0.95"))
        return Box(name=name, low=low, first=first, median=median, third=third, high=high, full=scores.count(Decimal(FULL)),
                   items=tuple(map(item_of, held[name])))
    return tuple(map(box, order))


def score_boxes(facts: Sequence[ReportFacts], by: By, href: Href) -> Picture:
    """The scores of each year or province as a box: the middle half, the median, and lines to the outer twentieths."""
    boxes, title = boxes_of(facts, by), say(f"scores.by.{by}")
    marks = {box.name: Mark(key=box.name, said=box_said(box), items=box.items) for box in boxes}
    head = (say("group"), say("n"), say("median"), say("quarter"), say("three.quarters"), Words("5%", "5%"), Words("95%", "95%"), say("share.full"),
            say("range"))
    alt = say("boxes.alt", title=title)
    svg = drawing(WIDE, TOP + len(boxes) * BAND + FOOT, alt, boxed(boxes, marks, href), "boxes") if boxes else None
    return Picture(name=f"scores-by-{by}", title=title, alt=alt, svg=svg, head=head, rows=tuple(map(box_row, boxes)), marks=marks,
                   notes=(say("boxes.note"),) if boxes else (say("scores.none", of=len(facts)),))


def box_row(box: Box) -> Row:
    n = len(box.items)
    shown = (points(one) for one in (box.median, box.first, box.third, box.low, box.high))
    return Row((joined(box_name(box)), str(n), *shown, percent(box.full / n), interval(share_range(box.full, n), as_percent=True)), box.name)


def box_name(box: Box) -> Words:
    return Words(box.name, box.name) if box.name else UNKNOWN


def box_said(box: Box) -> Words:
    return say("box", name=box_name(box), median=points(box.median), first=points(box.first), third=points(box.third),
               full=percent(box.full / len(box.items)), n=reports(len(box.items)))


def boxed(boxes: Sequence[Box], marks: Mapping[str, Mark], href: Href) -> Iterator[Markup]:
    first = max(min(90, int(min(box.low for box in boxes)) // 5 * 5), 0)
    right, foot = WIDE - 130, TOP + len(boxes) * BAND

    def across(score: Decimal) -> float:
        return NAMES + (float(score) - first) / (FULL - first) * (right - NAMES)

    for tick in steps(first, FULL):
        yield line(across(Decimal(tick)), TOP, across(Decimal(tick)), foot, "grid")
        yield text(across(Decimal(tick)), foot + 16, str(tick), "tick")
    yield text(WIDE - 84, TOP - 8, "n", "number")
    yield text(WIDE - 14, TOP - 8, "100", "number")
    for row, box in enumerate(boxes):
        y = TOP + row * BAND
        name = box_name(box)
        yield written(NAMES - 10, y + 18, Words(cut(name.zh, 11), cut(name.en, 11)), "name")
        body = rect(NAMES, y, WIDE - NAMES, BAND, "reach") + line(across(box.low), y + 14, across(box.high), y + 14, "whisker")
        body += rect(across(box.first), y + 6, max(across(box.third) - across(box.first), 1.5), 16, "box")
        body += line(across(box.median), y + 4, across(box.median), y + 24, "median")
        yield linked(marks[box.name], body, href, at=(row, 0))
        yield text(WIDE - 84, y + 18, f"{len(box.items):,}", "number")
        yield text(WIDE - 14, y + 18, percent(box.full / len(box.items)), "number")
    yield written((NAMES + right) / 2, foot + 38, say("score.axis"), "axis")
