"""Pages in reading order -> the same without page headers, footers and page numbers, and those as lines of their own.

A line is set apart when it stands at the very top or bottom of its page, outside every table, apart from the text or in
smaller letters, and either is a page number or says the same (its digits aside) at the same height on another page, in
letters no larger than the text's. A line that stands over a table wherever it is said is the table's title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median
from typing import Literal

from hedui.readers.pages.order import Placed
from hedui.readers.pages.regions import Region

__all__ = ["Margin", "PageFlow", "body_size", "page_number", "set_apart"]

# the top and bottom of a page in which margins stand, as a share of its height, and how many lines of each at most
ZONE, DEEPEST = 0.14, 4
# how far the same margin wanders from page to page, in letters; how alike two tellings are when recognised letters differ
WANDER, ALIKE = 1.0, 0.8
LARGER = 1.12
# characters by which two margins are compared
LONGEST = 100
# a margin stands so many letters from the text, or is so much smaller; so near the edge of a page stands nothing else
GAP, SMALLER, RIM = 1.0, 0.95, 0.08
# how far a page number stands from the text, in letters, where nothing else tells
NUMBER_GAP = 1.5
DASH = r"[-—–―－─一~～·•.|丨]*"
# - 3 - · — 12 — · 3 · 3/20 · 第3页 共20页 · 第 3 页/共 20 页 · 第十二页 · Page 3 of 20 · ⅲ
NUMBER = re.compile(
    rf"{DASH}(?:(?P<bare>\d{{1,4}})|[ivxIVX]{{1,6}}|(?P<first>\d{{1,4}})[/／]\d{{1,4}}|第?(?P<said>\d{{1,4}})页(?:[,，、/／]?共?\d{{1,4}}页?)?"
    rf"|第[一二三四五六七八九十百]{{1,4}}页|[Pp](?:age)?\.?(?P<page>\d{{1,4}})(?:(?:of|/)\d{{1,4}})?){DASH}")
DIGITS = re.compile(r"\d+")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFlow:
    """The lines and tables of one page in reading order."""

    number: int
    height: float
    items: tuple[Placed | Region, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Margin:
    """A line of a page's head or foot."""

    role: Literal["header", "footer"]
    placed: Placed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line at the top or bottom edge: the `depth`-th from there, its text without digits and white space, its distance
    to what stands next to it towards the text, in letters, and whether that is a table."""

    page: int
    role: Literal["header", "footer"]
    depth: int
    placed: Placed
    height: float
    key: str
    gap: float
    by_table: bool


def page_number(text: str) -> int | None:
    """The number of the page that a line tells, 0 where it tells one in words; None where it is no page number.

    >>> page_number("- 3 -"), page_number("第 3 页 共 20 页"), page_number("3.5"), page_number("共20页")
    (3, 3, None, None)
    """
    found = NUMBER.fullmatch(SPACE.sub("", text)) if len(text) <= LONGEST else None
    if not found:
        return None
    told = next((found[name] for name in ("bare", "first", "said", "page") if found[name]), None)
    return int(told) if told else 0


def span_of(item: Placed | Region) -> tuple[float, float]:
    return (item.box[1], item.box[3]) if isinstance(item, Region) else (item.line.y0, item.line.y1)


def at_edge(flow: PageFlow, role: Literal["header", "footer"]) -> list[Candidate]:
    """The lines in the zone at one edge of a page, from the edge inwards, up to the first table."""
    top = role == "header"
    items = sorted(flow.items, key=lambda item: span_of(item)[0] if top else -span_of(item)[1])
    found: list[Candidate] = []
    for depth, item in enumerate(items[:DEEPEST]):
        if isinstance(item, Region):
            break
        y0, y1 = span_of(item)
        if not ((y0 + y1) / 2 <= ZONE * flow.height if top else (y0 + y1) / 2 >= (1 - ZONE) * flow.height):
            break
        room, by_table = min(((o[0] - y1 if top else y0 - o[1]), isinstance(other, Region))
                             for other in items[depth + 1:] for o in [span_of(other)]) if items[depth + 1:] else (0.0, False)
        found.append(Candidate(flow.number, role, depth, item, flow.height, DIGITS.sub("#", SPACE.sub("", item.line.text))[:LONGEST],
                               room / (item.line.size or 1), by_table))
    return found


def set_apart(flows: Sequence[PageFlow]) -> tuple[list[PageFlow], list[Margin]]:
    """The pages without their margins, and the margins: headers in the order of the pages, then footers."""
    body = body_size(flows)
    margins: list[Margin] = []
    gone: set[int] = set()
    for role in ("header", "footer"):
        edges = [at_edge(flow, role) for flow in flows]
        told = {id(c.placed) for c in repeated([c for edge in edges for c in edge], body)}
        told |= {id(c.placed) for c in numbers([c for edge in edges for c in edge], len(flows), told)}
        told |= {id(c.placed) for c in level_with([c for edge in edges for c in edge], told, body)}
        for edge in edges:
            taken = taken_from(edge, told, body)
            margins += [Margin(role=role, placed=c.placed) for c in sorted(taken, key=lambda c: (c.placed.line.middle, c.placed.line.x0))]
            gone |= {id(c.placed) for c in taken}
    return [PageFlow(number=flow.number, height=flow.height, items=tuple(i for i in flow.items if id(i) not in gone))
            for flow in flows], margins


def taken_from(edge: Sequence[Candidate], told: set[int], body: float) -> list[Candidate]:
    """What is told of one edge, as far as nothing else stands nearer to the edge of the page and the text is apart."""
    taken: list[Candidate] = []
    for count, candidate in enumerate(edge, start=1):
        if id(candidate.placed) not in told:
            break
        if stands_apart(candidate, body):
            taken = list(edge[:count])
    return taken


def stands_apart(candidate: Candidate, body: float) -> bool:
    return candidate.gap >= GAP or candidate.placed.line.size < SMALLER * body or offset(candidate) < RIM * candidate.height


def body_size(flows: Iterable[PageFlow]) -> float:
    """The size of most letters outside tables."""
    sizes: dict[float, int] = defaultdict(int)
    for flow in flows:
        for item in flow.items:
            if isinstance(item, Placed):
                sizes[round(item.line.size * 2) / 2] += len(item.line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def offset(candidate: Candidate) -> float:
    """The distance of a line from the edge of its page."""
    line = candidate.placed.line
    return line.middle if candidate.role == "header" else candidate.height - line.middle


def alike(first: Candidate, second: Candidate) -> bool:
    if first.placed.scanned and first.key and second.key:
        return SequenceMatcher(None, first.key, second.key, autojunk=False).ratio() >= ALIKE
    return first.key == second.key


def repeated(candidates: Sequence[Candidate], body: float) -> list[Candidate]:
    """Lines that stand at the same height on another page near by and say the same."""
    found: list[Candidate] = []
    small = [c for c in candidates if c.placed.line.size <= LARGER * body or page_number(c.placed.line.text) is not None]
    by_page: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in small:
        by_page[candidate.page].append(candidate)
    for one in small:
        near = [other for step in (-2, -1, 1, 2) for other in by_page.get(one.page + step, ())]
        wander = WANDER * one.placed.line.size
        same = [other for other in near if abs(offset(one) - offset(other)) <= wander and alike(one, other)]
        titles = all(c.by_table and c.placed.line.size >= SMALLER * body and offset(c) >= RIM * c.height for c in (one, *same))
        if same and not titles:
            found.append(one)
    return found


def level_with(candidates: Sequence[Candidate], told: set[int], body: float) -> list[Candidate]:
    """Lines that stand where the margins of other pages do, well apart from the text: titles of odd or of even pages, of
    a last chapter."""
    known = sorted(offset(c) for c in candidates if id(c.placed) in told)
    found = []
    for one in candidates:
        reach = WANDER * one.placed.line.size / 2
        level = bisect_right(known, offset(one) + reach) > bisect_left(known, offset(one) - reach)
        if level and one.gap >= NUMBER_GAP and one.placed.line.size <= LARGER * body:
            found.append(one)
    return found


def numbers(candidates: Sequence[Candidate], pages: int, told: set[int]) -> list[Candidate]:
    """Page numbers: those that count on with the pages, those in dashes or words, and a lone one well apart from the text."""
    numbered = [(c, n) for c in candidates if (n := page_number(c.placed.line.text)) is not None and id(c.placed) not in told]
    shifts = Counter(n - c.page for c, n in numbered)
    usual = median(shifts.elements()) if shifts else 0
    return [c for c, n in numbered
            if shifts[n - c.page] > 1 or c.key.strip("#") != "" or (c.gap >= NUMBER_GAP and abs(n - c.page - usual) <= pages)]
