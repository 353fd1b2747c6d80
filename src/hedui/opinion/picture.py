"""A web of figures -> plates, knots and lines with their places, for whoever draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hedui.findings import Verdict
from hedui.opinion.layers import placed
from hedui.opinion.types import Figure, Web
from hedui.opinion.words import SIGNS
from hedui.places import whereabouts

__all__ = ["Knot", "Line", "Picture", "Plate", "pictures_of", "wide"]

WIDTH = 1040.0
PLATE, TALL, RADIUS, GAP, MARGIN = 176.0, 38.0, 12.0, 40.0, 8.0
BETWEEN = 9.0
# a formula shows so many of the figures that go into nothing else; the rest are one plate
ALONE = 5
# what the first picture holds, by height
FIRST = 380.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Plate:
    """A figure: left upper corner, its name and value, and what pointing at it tells; `at` is the offset of its first place in the
    text (None for a plate that stands for several figures), `odd` whether a formula that does not close states it."""

    x: float
    y: float
    name: str
    text: str
    said: str
    at: int | None
    odd: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Knot:
    """A formula: its middle, its sign, how it came out and its line."""

    x: float
    y: float
    sign: str
    verdict: Verdict
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line from (x0, y0) to (x1, y1), drawn as an S; `arrow` where it leads to what is stated."""

    x0: float
    y0: float
    x1: float
    y1: float
    verdict: Verdict
    arrow: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """All there is to draw, in units that are pixels at full size. `formulas` counts the knots."""

    width: float
    height: float
    plates: tuple[Plate, ...]
    knots: tuple[Knot, ...]
    lines: tuple[Line, ...]

    @property
    def formulas(self) -> int:
        return len(self.knots)


def wide(text: str, width: float) -> str:
    """`text`, cut to `width` in characters of Chinese (others count half).

    >>> wide("农村公路养护补助资金预算", 6), wide("94.17%", 6)
    ('农村公路养…', '94.17%')
    """
    room = width
    for i, char in enumerate(text):
        room -= 1 if ord(char) > 0x2E7F else 0.55
        if room < 0:
            return f"{text[:max(i - 1, 1)]}…"
    return text


def plate(figure: Figure, x: float, y: float, odd: bool) -> Plate:
    place = figure.place
    told = f"，共 {figure.told} 处一致 told alike in {figure.told} places" if figure.told > 1 else ""
    more = f"；另有 {figure.hidden} 个相符的算式未画 closing formulas not drawn" if figure.hidden else ""
    mark = "".join((f" ×{figure.told}" if figure.told > 1 else "", f" +{figure.hidden}" if figure.hidden else ""))
    return Plate(x=x, y=y, name=wide(figure.name or "（未命名）", 13.2), text=f"{wide(figure.text, 11)}{mark}",
                 said=f"{figure.name} {figure.text} · {whereabouts(place.page, place.line)}{told}{more}".strip(), at=place.span[0], odd=odd)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One group laid out for itself, from (0, 0)."""

    width: float
    height: float
    plates: tuple[Plate, ...]
    knots: tuple[Knot, ...]
    lines: tuple[Line, ...]


def laid(web: Web, formulas: Sequence[int]) -> Group:
    """One group of the web: figures and formulas as nodes, figures first, many that go into one formula only as one."""
    used = Counter(one for index in formulas for one in {*web.formulas[index].inputs, web.formulas[index].stated})
    goes_in: dict[int, list[int]] = {}
    folded: dict[int, list[int]] = {}
    for index in formulas:
        inputs = web.formulas[index].inputs
        alone = [one for one in inputs if used[one] == 1]
        folded[index] = alone[ALONE - 1:] if len(alone) > ALONE else []
        goes_in[index] = [one for one in inputs if one not in folded[index]]
    count = len(web.figures)
    figures = sorted({one for index in formulas for one in (*goes_in[index], web.formulas[index].stated)})
    knots = {index: count + index for index in formulas}
    bundles = {index: count + len(web.formulas) + index for index in formulas if folded[index]}
    edges = [(one, knots[index]) for index in formulas for one in (*goes_in[index], *([bundles[index]] if index in bundles else []))]
    edges += [(knots[index], web.formulas[index].stated) for index in formulas]
    nodes = [*figures, *bundles.values(), *knots.values()]
    spots = placed(nodes, edges, {node: TALL + BETWEEN if node not in knots.values() else 2 * RADIUS + BETWEEN for node in nodes})
    is_knot = {node: index for index, node in knots.items()}
    plate_columns = {column for node, (column, _) in spots.items() if node not in is_knot}
    left: dict[int, float] = {}
    x = 0.0
    for column in range(max(column for column, _ in spots.values()) + 1):
        left[column] = x
        x += (PLATE if column in plate_columns else 2 * RADIUS) + GAP
    middles = {node: (left[column] + (PLATE if column in plate_columns else 2 * RADIUS) / 2, y) for node, (column, y) in spots.items()}
    odd = {web.formulas[index].stated for index in formulas if web.formulas[index].verdict == "conflict"}
    plates = [plate(web.figures[one], middles[one][0] - PLATE / 2, middles[one][1] - TALL / 2, one in odd) for one in figures]
    for index, node in bundles.items():
        held = [web.figures[one] for one in folded[index]]
        plates.append(Plate(x=middles[node][0] - PLATE / 2, y=middles[node][1] - TALL / 2, name=f"另 {len(held)} 项 more operands",
                            text=wide("、".join(figure.text for figure in held), 11), at=None, odd=False,
                            said="；".join(f"{figure.name} {figure.text}" for figure in held)))
    lines = []
    for source, target in edges:
        formula = web.formulas[is_knot[target] if target in is_knot else is_knot[source]]
        (x0, y0), (x1, y1) = middles[source], middles[target]
        half = {True: RADIUS, False: PLATE / 2}
        turn = 1 if x1 >= x0 else -1
        lines.append(Line(x0=x0 + turn * half[source in is_knot], y0=y0, x1=x1 - turn * half[target in is_knot], y1=y1,
                          verdict=formula.verdict, arrow=source in is_knot))
    drawn = tuple(Knot(x=middles[node][0], y=middles[node][1], sign=SIGNS[web.formulas[index].verdict], verdict=web.formulas[index].verdict,
                       said=" ".join(web.formulas[index].note.split())) for index, node in knots.items())
    return Group(width=x - GAP, height=max(p.y for p in plates) + TALL, plates=tuple(plates), knots=drawn, lines=tuple(lines))


def moved(group: Group, x: float, y: float) -> Group:
    return Group(
        width=group.width, height=group.height, plates=tuple(replace(p, x=p.x + x, y=p.y + y) for p in group.plates),
        knots=tuple(replace(k, x=k.x + x, y=k.y + y) for k in group.knots),
        lines=tuple(replace(one, x0=one.x0 + x, x1=one.x1 + x, y0=one.y0 + y, y1=one.y1 + y) for one in group.lines))


def packed(groups: Sequence[Group]) -> Picture:
    """The groups beside and below one another, in their order."""
    x = y = row = 0.0
    held: list[Group] = []
    for group in groups:
        if x and x + group.width > WIDTH - 2 * MARGIN:
            x, y, row = 0.0, y + row + 26, 0.0
        held.append(moved(group, x + MARGIN, y + MARGIN))
        x, row = x + group.width + 50, max(row, group.height)
    return Picture(width=max(p.x + PLATE + MARGIN for group in held for p in group.plates), height=y + row + 2 * MARGIN,
                   plates=tuple(p for group in held for p in group.plates), knots=tuple(k for group in held for k in group.knots),
                   lines=tuple(one for group in held for one in group.lines))


def pictures_of(web: Web) -> tuple[Picture, ...]:
    """No picture where all closes, else one with the gravest groups, and where they are many another with the rest."""
    groups = [laid(web, formulas) for formulas in web.groups]
    if not groups:
        return ()
    first = 1
    while first < len(groups) and packed(groups[:first + 1]).height <= FIRST:
        first += 1
    return (packed(groups[:first]), packed(groups[first:])) if first < len(groups) else (packed(groups),)
