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
from hedui.research.pictures.told import NONE, UNKNOWN, cut, interval, joined, percent, points, reports
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["BORDERS", "Box", "bins_of", "boxes_of", "score_bars", "score_boxes"]

# 优 90–100, 良 80–90, 中 60–80, 差 below 60: 财预〔2020〕10号, article 22
BORDERS = ((90, Words("优", "excellent")), (80, Words("良", "good")), (60, Words("中", "fair")))
FULL, LOWEST = 100, 60
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


def bin_name(at: int) -> str:
    return str(at) if at == FULL else f"{at}–{at + 1}"


def bar_notes(held: Mapping[int, Sequence[Item]], of: int) -> Iterator[Words]:
    n = sum(map(len, held.values()))
    full, high = share_range(len(held.get(FULL, ())), n), share_range(sum(len(some) for at, some in held.items() if at >= 90), n)
    yield Words(f"n = {n:,} 份写明自评得分（共 {of:,} 份）；满分不是 100 的折成百分。", f"n = {n:,} reports of {of:,} tell a self-score; those out of another "
                "total are brought to 100.")
    yield Words(f"满分 100：{percent(full.value)}（95% 区间 {interval(full, as_percent=True)}）；90 分以上“优”：{percent(high.value)}（{interval(high, as_percent=True)}）。",
                f"A full 100: {percent(full.value)} (95% interval {interval(full, as_percent=True)}); 90 and more, “excellent”: {percent(high.value)} "
                f"({interval(high, as_percent=True)}).")
    for border, grade in BORDERS:
        above, below = len(held.get(border, ())), len(held.get(border - 1, ()))
        if above + below >= 10:
            share = share_range(above, above + below)
            yield Words(f"“{grade.zh}”的边上：{border}–{border + 1} 分 {above} 份，{border - 1}–{border} 分 {below} 份，线上占 {percent(share.value)}"
                        f"（{interval(share, as_percent=True)}；没有扎堆应在一半左右）。",
                        f"At the border of “{grade.en}”: {above} reports at {border}–{border + 1}, {below} at {border - 1}–{border}: {percent(share.value)} "
                        f"above the line ({interval(share, as_percent=True)}; about half where nothing heaps).")


def score_bars(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """How many reports say which score, a bar a point."""
    held, title = bins_of(facts), Words("自评得分的分布", "How self-scores are spread")
    n = sum(map(len, held.values()))
    marks = {str(at): Mark(key=str(at), items=items, said=Words(f"{bin_name(at)} 分：{reports(len(items)).zh}，占 {percent(len(items) / n)}",
                                                               f"{bin_name(at)} points: {reports(len(items)).en}, {percent(len(items) / n)}"))
             for at, items in held.items()}
    rows = tuple(Row((bin_name(at), str(len(items)), percent(len(items) / n), interval(share_range(len(items), n), as_percent=True)), str(at))
                 for at, items in held.items())
    alt = Words("每一分段有多少份报告，竖线是等级的界，数字见下表", "Reports by point of their score, lines at the borders of grades; the figures stand below")
    return Picture(name="scores", title=title, alt=alt, rows=rows, marks=marks,
                   svg=drawing(WIDE, TOP + TALL + FOOT, alt, bars(held, marks, href), "bars") if held else None,
                   head=(Words("得分", "score"), Words("报告数", "reports"), Words("占比", "share"), Words("95% 区间", "95% interval")),
                   notes=tuple(bar_notes(held, len(facts))) if held else (nothing(facts),))


def nothing(facts: Sequence[ReportFacts]) -> Words:
    return Words(f"所选的 {len(facts):,} 份报告里没有一份写明自评得分。", f"None of the {len(facts):,} reports chosen tells a self-score.")


def bars(held: Mapping[int, Sequence[Item]], marks: Mapping[str, Mark], href: Href) -> Iterator[Markup]:
    first = min(LOWEST, min(held) // 10 * 10) if min(held) < LOWEST else max(min(min(held) // 10 * 10, 90), 0)
    wide, most = (WIDE - LEFT - 16) / (FULL + 1 - first), max(map(len, held.values()))

    def across(score: float) -> float:
        return LEFT + (score - first) * wide

    for tick in steps(0, most):
        if tick != int(tick):
            continue
        y = TOP + TALL * (1 - tick / most)
        yield line(LEFT, y, WIDE - 16, y, "grid")
        yield text(LEFT - 8, y + 4, f"{int(tick):,}", "name")
    for border, grade in BORDERS:
        if border > first:
            yield line(across(border), TOP - 16, across(border), TOP + TALL, "border")
            yield written(across(border) + 4, TOP - 18, Words(f"{grade.zh} ≥{border}", f"{grade.en} ≥{border}"), "edge")
    for column, (at, items) in enumerate(held.items()):
        tall = max(TALL * len(items) / most, 1.5)
        body = rect(across(at), TOP, wide, TALL, "reach") + rect(across(at) + 0.5, TOP + TALL - tall, max(wide - 1, 1), tall, "full bar" if at == FULL else "bar")
        yield linked(marks[str(at)], body, href, at=(0, column))
    for tick in steps(first, FULL):
        yield text(across(tick) + wide / 2, TOP + TALL + 16, str(int(tick)), "tick")
    yield written(LEFT + (WIDE - LEFT) / 2, TOP + TALL + 38, Words("自评得分", "self-score"), "axis")


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
    boxes = boxes_of(facts, by)
    title = Words("各年度的自评得分", "Self-scores by year") if by == "year" else Words("各省的自评得分", "Self-scores by province")
    marks = {box.name: Mark(key=box.name, said=box_said(box), items=box.items) for box in boxes}
    rows = tuple(Row((joined(box_name(box)), str(len(box.items)), *(points(one) for one in (box.median, box.first, box.third, box.low, box.high)),
                      percent(box.full / len(box.items)), interval(share_range(box.full, len(box.items)), as_percent=True)), box.name) for box in boxes)
    head = (Words("组", "group"), Words("报告数 n", "reports n"), Words("中位", "median"), Words("四分之一", "quarter"), Words("四分之三", "three quarters"),
            Words("5%", "5%"), Words("95%", "95%"), Words("满分占比", "share at 100"), Words("95% 区间", "95% interval"))
    alt = Words(f"{title.zh}：盒是中间一半，竖线是中位，细线到两端各 5%", f"{title.en}: boxes hold the middle half, the line the median, whiskers reach the outer 5%")
    notes = [Words("盒是中间一半，粗线是中位，细线到 5% 和 95%；右边是 n 和满分 100 的占比。",
                   "Boxes hold the middle half, thick lines the median, thin ones reach from 5% to 95%; on the right n and the share at a full 100.")]
    svg = drawing(WIDE, TOP + len(boxes) * BAND + FOOT, alt, boxed(boxes, marks, href), "boxes") if boxes else None
    return Picture(name=f"scores-by-{by}", title=title, alt=alt, svg=svg, notes=tuple(notes) if boxes else (nothing(facts),), head=head, rows=rows,
                   marks=marks)


def box_name(box: Box) -> Words:
    return Words(box.name, box.name) if box.name else UNKNOWN


def box_said(box: Box) -> Words:
    name, n = box_name(box), reports(len(box.items))
    return Words(f"{name.zh}：中位 {points(box.median)} 分，中间一半 {points(box.first)}–{points(box.third)}，满分占 {percent(box.full / len(box.items))}，{n.zh}",
                 f"{name.en}: median {points(box.median)}, middle half {points(box.first)}–{points(box.third)}, {percent(box.full / len(box.items))} at 100, {n.en}")


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
        yield text(WIDE - 14, y + 18, percent(box.full / len(box.items)) if box.items else NONE, "number")
    yield written((NAMES + right) / 2, foot + 38, Words("自评得分", "self-score"), "axis")
