"""Execution rate against self-score: reports in, points or squares of many out, with the mean by rate and how the two go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hedui.research.pictures.ranges import Range, correlation_range, mean_range
from hedui.research.pictures.svg import circle, drawing, line, linked, rect, steps, text, written
from hedui.research.pictures.told import interval, named, percent, points, reports
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["Band", "bands_of", "scatter"]

TITLE = Words("执行率与自评得分", "Execution rate and self-score")
# beyond so many points squares tell how many lie in them
MOST_POINTS = 300
LEFT, WIDE, TOP, TALL, FOOT = 64.0, 720.0, 34.0, 330.0, 54.0
# rates above and scores below stand at the rim
MOST_RATE, STEP_RATE, STEP_SCORE, BAND = 1.2, 0.02, 1.0, 0.1
SHADES = (2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """Reports whose rate lies in [low, low + BAND), and the mean of their scores."""

    low: float
    found: Range


def pairs_of(facts: Sequence[ReportFacts]) -> list[tuple[float, float, ReportFacts]]:
    return [(float(one.rate), float(one.score), one) for one in facts if one.rate is not None and one.score is not None]


def bands_of(pairs: Sequence[tuple[float, float, ReportFacts]]) -> tuple[Band, ...]:
    held: dict[int, list[float]] = defaultdict(list)
    for rate, score, _ in pairs:
        held[min(int(rate / BAND + 1e-9), int(MOST_RATE / BAND + 1e-9) - 1)].append(score)
    return tuple(Band(low=round(at * BAND, 6), found=mean_range(held[at])) for at in sorted(held))


def item_of(one: ReportFacts) -> Item:
    return Item(report=one, told=f"{percent(one.rate or 0, 2)} → {points(one.score or 0)}", finding=one.rate_finding)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plane:
    """Where a rate and a score lie in the picture."""

    least: float
    lowest: float

    def x(self, rate: float) -> float:
        return LEFT + (min(rate, MOST_RATE) - self.least) / (MOST_RATE - self.least) * (WIDE - LEFT - 20)

    def y(self, score: float) -> float:
        return TOP + (100 - max(score, self.lowest)) / (100 - self.lowest) * TALL


def squares(pairs: Sequence[tuple[float, float, ReportFacts]]) -> dict[tuple[int, int], list[ReportFacts]]:
    held: dict[tuple[int, int], list[ReportFacts]] = defaultdict(list)
    for rate, score, one in pairs:
        held[int(min(rate, MOST_RATE - 1e-6) / STEP_RATE + 1e-9), int(min(score, 100 - 1e-6) / STEP_SCORE)].append(one)
    return held


def scatter(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """Every report that tells both as a point; squares where there are many."""
    pairs = pairs_of(facts)
    plane = Plane(least=min(0.8, min((rate for rate, _, _ in pairs), default=0.8) // 0.2 * 0.2),
                  lowest=max(min(90.0, min((score for _, score, _ in pairs), default=90.0) // 5 * 5), 40.0))
    alone = len(pairs) <= MOST_POINTS
    marks = {mark.key: mark for mark in (point_marks(pairs) if alone else square_marks(pairs))}
    bands, together = bands_of(pairs), correlation_range([rate for rate, _, _ in pairs], [score for _, score, _ in pairs])
    alt = Words("横轴执行率，纵轴自评得分；方块和竖线是每 10 个百分点的平均分和 95% 区间", "Execution rate across, self-score up; diamonds with lines are the mean score of "
                "every ten points of the rate with its 95% interval")
    notes = tuple(notes_of(facts, len(pairs), together, alone)) if pairs else (
        Words(f"所选的 {len(facts):,} 份报告里没有一份同时写明执行率和得分。", f"None of the {len(facts):,} reports chosen tells both rate and score."),)
    body = [*axes(plane), *(dots(pairs, marks, plane, href) if alone else shaded(pairs, marks, plane, href)), *means(bands, plane)]
    return Picture(name="scatter", title=TITLE, alt=alt, svg=drawing(WIDE, TOP + TALL + FOOT, alt, body, "scatter") if pairs else None, notes=notes,
                   head=(Words("执行率", "execution rate"), Words("平均得分", "mean score"), Words("95% 区间", "95% interval"), Words("报告数 n", "reports n")),
                   rows=tuple(Row((band_name(one), points(one.found.value), interval(one.found), str(one.found.n))) for one in bands), marks=marks)


def band_name(one: Band) -> str:
    last = one.low + BAND >= MOST_RATE - 1e-9
    return f"≥{percent(one.low, 0)}" if last else f"{percent(one.low, 0)}–{percent(one.low + BAND, 0)}"


def notes_of(facts: Sequence[ReportFacts], n: int, together: Range | None, alone: bool) -> Iterator[Words]:
    told = reports(n)
    yield Words(f"n = {told.zh}同时写明两者（共 {len(facts):,} 份）" + ("。" if alone else "；一格是 2 个百分点 × 1 分，越亮越多。"),
                f"n = {told.en} of {len(facts):,} tell both" + ("." if alone else "; a square is 2 points of the rate by 1 of the score, brighter for more."))
    if together is None:
        yield Words("报告太少，不算相关系数。", "Too few reports for a correlation.")
    else:
        yield Words(f"Pearson r = {together.value:.2f}（95% 区间 {together.low:.2f} 至 {together.high:.2f}，只含抽样误差）；相关不是因果：评分表里执行率本身就占分。",
                    f"Pearson r = {together.value:.2f} (95% interval {together.low:.2f} to {together.high:.2f}, sampling alone). It is no cause: the rate is itself "
                    "a part of most score sheets.")
    yield Words(f"高于 {percent(MOST_RATE, 0)} 的执行率画在右边上。", f"Rates above {percent(MOST_RATE, 0)} stand at the right rim.")


def point_marks(pairs: Sequence[tuple[float, float, ReportFacts]]) -> Iterator[Mark]:
    for rate, score, one in pairs:
        yield Mark(key=f"{one.sha256}/{one.report}", items=(item_of(one),),
                   said=Words(f"{named(one)}：执行率 {percent(rate, 2)}，得分 {points(score)}", f"execution {percent(rate, 2)}, score {points(score)}"))


def square_marks(pairs: Sequence[tuple[float, float, ReportFacts]]) -> Iterator[Mark]:
    for (across, up), held in sorted(squares(pairs).items()):
        rates, scores, n = f"{percent(across * STEP_RATE, 0)}–{percent((across + 1) * STEP_RATE, 0)}", f"{up}–{up + 1}", reports(len(held))
        yield Mark(key=f"{across}/{up}", items=tuple(map(item_of, held)),
                   said=Words(f"执行率 {rates}，得分 {scores}：{n.zh}", f"execution {rates}, score {scores}: {n.en}"))


def axes(plane: Plane) -> Iterator[Markup]:
    for rate in steps(round(plane.least * 100), MOST_RATE * 100, 7):
        x = plane.x(rate / 100)
        yield line(x, TOP, x, TOP + TALL, "grid")
        yield text(x, TOP + TALL + 16, f"{rate}%", "tick")
    for score in steps(plane.lowest, 100):
        yield line(LEFT, plane.y(score), WIDE - 20, plane.y(score), "grid")
        yield text(LEFT - 8, plane.y(score) + 4, f"{score}", "name")
    yield written((LEFT + WIDE) / 2, TOP + TALL + 40, Words("预算执行率", "execution rate"), "axis")
    yield written(8, TOP - 18, Words("得分", "score"), "unit")


def dots(pairs: Sequence[tuple[float, float, ReportFacts]], marks: Mapping[str, Mark], plane: Plane, href: Href) -> Iterator[Markup]:
    for n, (rate, score, one) in enumerate(sorted(pairs, key=lambda pair: pair[:2])):
        yield linked(marks[f"{one.sha256}/{one.report}"], circle(plane.x(rate), plane.y(score), 5, "dot"), href, at=(0, n))


def shaded(pairs: Sequence[tuple[float, float, ReportFacts]], marks: Mapping[str, Mark], plane: Plane, href: Href) -> Iterator[Markup]:
    for (across, up), held in sorted(squares(pairs).items()):
        if up + 1 <= plane.lowest:
            continue
        x, y = plane.x(across * STEP_RATE), plane.y(up + STEP_SCORE)
        shade = sum(len(held) >= edge for edge in SHADES)
        body = rect(x, y, plane.x((across + 1) * STEP_RATE) - x, plane.y(up) - y, f"s{shade}")
        yield linked(marks[f"{across}/{up}"], body, href, at=(-up, across))


def means(bands: Sequence[Band], plane: Plane) -> Iterator[Markup]:
    for one in bands:
        x = plane.x(max(one.low + BAND / 2, plane.least))
        if one.found.low is not None and one.found.high is not None:
            yield line(x, plane.y(min(one.found.high, 100)), x, plane.y(one.found.low), "between")
        yield Markup('<path class="mean" d="M{0:.1f},{1:.1f} l6,6 l-6,6 l-6,-6 z"><title>{2}</title></path>').format(
            x, plane.y(one.found.value) - 6, f"{band_name(one)}: {points(one.found.value)} ({interval(one.found)}), n={one.found.n}")
