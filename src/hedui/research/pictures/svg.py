"""The elements that pictures are drawn of: what reports say is escaped, colours are classes, and every mark is a link.

No element has a style of its own and none runs anything, so that a page may forbid both.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10

from markupsafe import Markup

from hedui.research.pictures.told import joined
from hedui.research.pictures.types import Href, Mark, Words

__all__ = ["circle", "drawing", "line", "linked", "number", "path", "rect", "stacked", "steps", "text", "written"]


def number(value: float) -> str:
    """
    >>> number(12.04), number(3.0), number(-0.01)
    ('12', '3', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(kind, *map(number, (x, y, max(width, 0.0), max(height, 0.0))))


def circle(x: float, y: float, r: float, kind: str) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(kind, *map(number, (x, y, r)))


def line(x0: float, y0: float, x1: float, y1: float, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, *map(number, (x0, y0, x1, y1)))


def path(points: Iterable[tuple[float, float]], kind: str) -> Markup:
    """One cubic Bézier curve through its start, its two handles and its end."""
    start, *rest = (f"{number(x)},{number(y)}" for x, y in points)
    return Markup('<path class="{}" d="M{} C{}"/>').format(kind, start, " ".join(rest))


def text(x: float, y: float, told: str, kind: str = "") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, number(x), number(y), told)


def written(x: float, y: float, told: Words, kind: str = "") -> Markup:
    """Words of which the page shows one language or both."""
    if told.zh == told.en:
        return text(x, y, told.zh, kind)
    return Markup('<text class="{}" x="{}" y="{}"><tspan lang="zh">{}</tspan> <tspan lang="en">{}</tspan></text>').format(
        kind, number(x), number(y), told.zh, told.en)


def stacked(x: float, y: float, told: Words, kind: str) -> Markup:
    """The same on two lines, for labels side by side."""
    return Markup('<text class="{0}" y="{2}"><tspan lang="zh" x="{1}">{3}</tspan><tspan lang="en" x="{1}" dy="{5}">{4}</tspan></text>').format(
        kind, number(x), number(y), told.zh, told.en, 14)


def linked(mark: Mark, drawn: Markup, href: Href, *, at: tuple[int, int] | None = None) -> Markup:
    """A mark that leads to what stands behind it; `at` is its row and column where keys walk over a grid."""
    where = href(mark.key)
    place = Markup("") if at is None else Markup(' data-row="{}" data-column="{}"').format(*at)
    if where is None:
        return Markup('<g class="mark"><title>{}</title>{}</g>').format(joined(mark.said), drawn)
    told = joined(mark.said)
    return Markup('<a class="mark" href="{}" aria-label="{}"{}><title>{}</title>{}</a>').format(where, told, place, told, drawn)


def drawing(width: float, height: float, alt: Words, body: Iterable[Markup], kind: str) -> Markup:
    """A whole picture; it is a group and not an image, so that the links in it are heard."""
    return Markup('<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>').format(
        kind, *map(number, (width, height, width, height)), joined(alt), Markup("").join(body))


def steps(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from `low` to `high`, about `most` of them (Heckbert 1990, Nice numbers for graph labels).

    >>> steps(0, 100), steps(83, 100), steps(0, 1.2)
    ([0, 20, 40, 60, 80, 100], [85, 90, 95, 100], [0.0, 0.5, 1.0])
    """
    rough = max(high - low, 1e-9) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * (1 - 1e-9))
    whole = step >= 1
    found = [n * step for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    return [round(one) if whole else round(one, 10) for one in found]
