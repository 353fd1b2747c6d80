"""Execution rate against self-score: reports in, points or squares of many out, with the mean by rate and how the two go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hedui.research.pictures.ranges import Range, correlation_range, mean_range
from hedui.research.pictures.svg import circle, drawing, line, linked, rect, steps, text, written
from hedui.research.pictures.told import interval, named, percent, points, reports, say
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["Band", "bands_of", "scatter"]

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
    """Where a rate and a score lie in the picture; what is beyond it stands at its rim."""

    least: float
    lowest: float

    def x(self, rate: float) -> float:
        return LEFT + (min(max(rate, self.least), MOST_RATE) - self.least) / (MOST_RATE - self.least) * (WIDE - LEFT - 20)

    def y(self, score: float) -> float:
        return TOP + (100 - max(score, self.lowest)) / (100 - self.lowest) * TALL


def plane_of(pairs: Sequence[tuple[float, float, ReportFacts]]) -> Plane:
    """A plane that leaves no more than one pair in a hundred beyond each of its lower sides."""
    rates, scores = (sorted(values) for values in list(zip(*pairs, strict=True))[:2]) if pairs else ([1.0], [100.0])
    at = len(rates) // 100
    return Plane(least=min(0.8, max(rates[at], 0.0) // 0.2 * 0.2), lowest=max(min(90.0, scores[at] // 5 * 5), 0.0))


def squares(pairs: Sequence[tuple[float, float, ReportFacts]], plane: Plane) -> dict[tuple[int, int], list[ReportFacts]]:
    held: dict[tuple[int, int], list[ReportFacts]] = defaultdict(list)
    for rate, score, one in pairs:
        across = int(min(max(rate, plane.least), MOST_RATE - 1e-6) / STEP_RATE + 1e-9)
        held[across, int(min(max(score, plane.lowest), 100 - 1e-6) / STEP_SCORE)].append(one)
    return held


def scatter(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """Every report that tells both as a point; squares where there are many."""
    pairs = pairs_of(facts)
    plane = plane_of(pairs)
    alone = len(pairs) <= MOST_POINTS
    marks = {mark.key: mark for mark in (point_marks(pairs) if alone else square_marks(pairs, plane))}
    bands, together = bands_of(pairs), correlation_range([rate for rate, _, _ in pairs], [score for _, score, _ in pairs])
    alt = say("scatter.alt")
    notes = tuple(notes_of(len(facts), len(pairs), together, alone, plane)) if pairs else (say("scatter.none", of=len(facts)),)
    body = [*axes(plane), *(dots(pairs, marks, plane, href) if alone else shaded(pairs, marks, plane, href)), *means(bands, plane)]
    return Picture(name="scatter", title=say("scatter.title"), alt=alt, notes=notes, marks=marks,
                   svg=drawing(WIDE, TOP + TALL + FOOT, alt, body, "scatter") if pairs else None,
                   head=(say("execution.what"), say("mean.score"), say("range"), say("n")),
                   rows=tuple(Row((band_name(one), points(one.found.value), interval(one.found), str(one.found.n))) for one in bands))


def band_name(one: Band) -> str:
    last = one.low + BAND >= MOST_RATE - 1e-9
    return f"≥{percent(one.low, 0)}" if last else f"{percent(one.low, 0)}–{percent(one.low + BAND, 0)}"


def notes_of(of: int, n: int, together: Range | None, alone: bool, plane: Plane) -> Iterator[Words]:
    yield say("scatter.points" if alone else "scatter.squares", n=reports(n), of=of)
    if together is None:
        yield say("scatter.few")
    else:
        yield say("scatter.together", r=f"{together.value:.2f}", low=f"{together.low:.2f}", high=f"{together.high:.2f}")
    yield say("scatter.rim", most=percent(MOST_RATE, 0), least=percent(plane.least, 0), lowest=points(plane.lowest))


def point_marks(pairs: Sequence[tuple[float, float, ReportFacts]]) -> Iterator[Mark]:
    for rate, score, one in pairs:
        yield Mark(key=f"{one.sha256}/{one.report}", items=(item_of(one),),
                   said=say("point", name=named(one), rate=percent(rate, 2), score=points(score)))


def square_marks(pairs: Sequence[tuple[float, float, ReportFacts]], plane: Plane) -> Iterator[Mark]:
    for (across, up), held in sorted(squares(pairs, plane).items()):
        yield Mark(key=f"{across}/{up}", items=tuple(map(item_of, held)), said=say(
            "square", low=percent(across * STEP_RATE, 0), high=percent((across + 1) * STEP_RATE, 0), score=up, above=up + 1, n=reports(len(held))))


def axes(plane: Plane) -> Iterator[Markup]:
    for rate in steps(round(plane.least * 100), MOST_RATE * 100, 7):
        x = plane.x(rate / 100)
        yield line(x, TOP, x, TOP + TALL, "grid")
        yield text(x, TOP + TALL + 16, f"{rate}%", "tick")
    for score in steps(plane.lowest, 100):
        yield line(LEFT, plane.y(score), WIDE - 20, plane.y(score), "grid")
        yield text(LEFT - 8, plane.y(score) + 4, f"{score}", "name")
    yield written((LEFT + WIDE) / 2, TOP + TALL + 40, say("rate.axis"), "axis")
    yield written(8, TOP - 18, say("score.head"), "unit")


def dots(pairs: Sequence[tuple[float, float, ReportFacts]], marks: Mapping[str, Mark], plane: Plane, href: Href) -> Iterator[Markup]:
    for n, (rate, score, one) in enumerate(sorted(pairs, key=lambda pair: pair[:2])):
        yield linked(marks[f"{one.sha256}/{one.report}"], circle(plane.x(rate), plane.y(score), 5, "dot"), href, at=(0, n))


def shaded(pairs: Sequence[tuple[float, float, ReportFacts]], marks: Mapping[str, Mark], plane: Plane, href: Href) -> Iterator[Markup]:
    for (across, up), held in sorted(squares(pairs, plane).items()):
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
