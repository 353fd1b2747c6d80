"""Layout and mentions -> passages: every paragraph as it reads, with its figures, their names and their units in order.

Rules of arithmetic look at passages alone. Figures with a bound or an approximation beside them (不低于, 约, 余) are kept
out: they are no operands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hedui.document import Layout, Span
from hedui.findings import Label, Mention, Op
from hedui.layout.paragraphs import SLACK, page_width, print_width
from hedui.reconcile.arithmetic.patterns import ITEM, NUMERAL, OUTSET
from hedui.reconcile.formulas.intervals import ROUGH, Stated
from hedui.reconcile.places import part_of
from hedui.view import View, view

__all__ = ["Figure", "Passage", "alike", "before", "following", "passages_of", "settled", "settled_sides", "start_of"]

COUNTED = ({"个", "名", "人", "位"}, {"个", "家", "所"}, {"个", "项"}, {"个", "辆", "台"})
WINDOW = 80
NUMERIC = {"AMOUNT", "RATE", "QUANTITY"}
STOPS = "。！？!?"
# behind these a sentence goes on
OPEN = "；;：:，,、"
# 社会保障和就业|（类）|支出
BRACKETED = re.compile(r"\([^()]*\)")
CLAUSE = re.compile(r"[,;:、。!?()“”]")
# 较控制价1607.2万元节约|72.4万元, 签约|35个: no 约 of "about"
NOT_ABOUT = re.compile(r"[节签违履预集契公条合]约$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure of the text as an operand.

    `stated` is in yuan, fractions or counts; one unit of `number`, the numeral as written, is worth `scale`; `suffix` is
    the unit as written. `start` and `end` are offsets in the passage's view; `before` is the text from the figure before
    it, or from the start of the sentence, and `name` the last clause of that without what is in brackets; `after` runs to the next figure or stop.
    """

    label: Label
    span: Span
    text: str
    stated: Stated
    unit: str
    number: str
    scale: Decimal
    suffix: str
    start: int
    end: int
    sentence: int
    depth: int
    before: str
    after: str
    passage: int
    part: int
    op: Op | None = None

    @property
    def value(self) -> Decimal:
        return self.stated.value

    @property
    def name(self) -> str:
        return CLAUSE.split(BRACKETED.sub("", self.before))[-1].strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph: its view, its figures in order, and apart from them its bounds (`≥15000人`) and percentage points; `item` is the style
    of the number it opens with (`1.`, `(1)`, `①`)."""

    index: int
    view: View
    figures: tuple[Figure, ...]
    bounds: tuple[Figure, ...]
    points: tuple[Figure, ...]
    section: int
    part: int
    item: str

    @property
    def text(self) -> str:
        return self.view.text


def start_of(figure: Figure) -> int:
    return figure.start


def before(passage: Passage, at: int, limit: int = WINDOW) -> Sequence[Figure]:
    """The last figures of a passage that start before `at`, in order."""
    stop = bisect_left(passage.figures, at, key=start_of)
    return passage.figures[max(0, stop - limit):stop]


def following(passage: Passage, at: int, limit: int = WINDOW) -> Sequence[Figure]:
    """The first figures of a passage that start at `at` or behind it, in order."""
    start = bisect_left(passage.figures, at, key=start_of)
    return passage.figures[start:start + limit]


def alike(a: Figure, b: Figure) -> bool:
    """Whether two figures can be added: of one kind, in one unit or in units that count the same (编制17个, 行政编制5名)."""
    if a.label != b.label:
        return False
    return a.unit == b.unit or (a.label == "QUANTITY" and any(a.unit in s and b.unit in s for s in COUNTED))


def settled(figures: Sequence[Figure]) -> list[Stated]:
    """The figures as stated, each with the finest step that any of them has in the same unit: beside 24.08万元, 20万元
    means 20.00."""
    finest: dict[str, Decimal] = {}
    for figure in figures:
        if figure.stated.step:
            finest[figure.suffix] = min(figure.stated.step, finest.get(figure.suffix, figure.stated.step))
    return [Stated(f.value, min(f.stated.step, finest.get(f.suffix, f.stated.step))) for f in figures]


def settled_sides(figures: Sequence[Figure]) -> list[Stated]:
    """The sides of a rate: as `settled`, but whole numbers of their unit (186万元, 20天) are taken at their word, for what
    they might have been rounded from would excuse any rate."""
    return [Stated(s.value) if "." not in f.number and not f.suffix.startswith(ROUGH) else s
            for f, s in zip(figures, settled(figures), strict=True)]


def passages_of(layout: Layout, mentions: Sequence[Mention]) -> tuple[Passage, ...]:
    """The body paragraphs of `layout` in order, each with the figures among `mentions` that stand in it."""
    numeric = sorted((m for m in mentions if m.label in NUMERIC and isinstance(m.value, Decimal)), key=by_span)
    starts = [m.span[0] for m in numeric]
    found: list[Passage] = []
    for span, section in stretches_of(layout):
        first, last = bisect_left(starts, span[0]), bisect_left(starts, span[1])
        seen = view(layout.document.text, span)
        part = part_of(layout, span[0])
        item = ITEM.match(seen.text)
        figures = list(figures_of(seen, numeric[first:last], len(found), part))
        found.append(Passage(index=len(found), view=seen, section=section, part=part,
                             item=(item.lastgroup or "") if item else "", figures=tuple(f for f in figures if not f.op and f.unit != "pp"),
                             bounds=tuple(f for f in figures if f.op in {">=", "<=", ">", "<"} and f.unit != "pp"),
                             points=tuple(f for f in figures if f.unit == "pp")))
    return tuple(found)


def stretches_of(layout: Layout) -> Iterator[tuple[Span, int]]:
    """The running text of `layout` with its sections, paragraphs that go on in the next one together: a line may as well end behind a
    semicolon or colon as anywhere."""
    text = layout.document.text
    width = page_width(layout.document) if layout.document.media_type == "text/plain" else None
    held: tuple[Span, int] | None = None
    for paragraph in layout.paragraphs:
        if paragraph.role not in {"body", "textbox"}:
            continue
        if held is not None and held[1] == paragraph.section and goes_on(text, held[0], paragraph.span, width):
            held = (held[0][0], paragraph.span[1]), held[1]
            continue
        if held is not None:
            yield held
        held = paragraph.span, paragraph.section
    if held is not None:
        yield held


def goes_on(text: str, head: Span, tail: Span, width: int | None) -> bool:
    """Whether a paragraph goes on in the one below it, which opens with no number: behind a semicolon or colon, with 其中, or, without an
    indent, behind a line as wide as the text was wrapped."""
    second = view(text, tail).text
    item = ITEM.match(second)
    if text[head[1]:tail[0]].strip(" \u3000") != "\n" or (item is not None and not item["circle"]):
        return False
    if text[head[1] - 1] in OPEN or OUTSET.match(second):
        return True
    if item is not None:
        return False
    wide = width is not None and print_width(text[text.rfind("\n", 0, head[1]) + 1:head[1]]) >= width - SLACK
    return wide and tail[0] == head[1] + 1


def by_span(mention: Mention) -> Span:
    return mention.span


def figures_of(seen: View, mentions: Sequence[Mention], passage: int, part: int) -> Iterator[Figure]:
    text = seen.text
    stops = [i for i, c in enumerate(text) if c in STOPS]
    places = [(m, bisect_left(seen.starts, m.span[0]), bisect_left(seen.starts, m.span[1])) for m in mentions]
    depths = depths_of(text)
    for n, (mention, start, end) in enumerate(places):
        sentence = bisect_left(stops, start)
        opened = max(stops[sentence - 1] + 1 if sentence else 0, places[n - 1][2] if n else 0)
        closed = min(stops[sentence] if sentence < len(stops) else len(text),
                     places[n + 1][1] if n + 1 < len(places) else len(text))
        if start >= end:
            continue
        number, scale, suffix, step = figure_of(mention, text[start:end])
        yield Figure(label=mention.label, span=mention.span, text=mention.text, unit=mention.unit, number=number, scale=scale,
                     suffix=suffix, stated=Stated(number_value(mention), step), start=start, end=end, sentence=sentence,
                     depth=depths[start], before=text[opened:start], after=text[end:closed], passage=passage, part=part,
                     op=None if mention.op == "~" and NOT_ABOUT.search(text, opened, start) else mention.op)


def number_value(mention: Mention) -> Decimal:
    assert isinstance(mention.value, Decimal)
    return mention.value


def figure_of(mention: Mention, text: str) -> tuple[str, Decimal, str, Decimal]:
    """The numeral as written, what one of it is worth, its unit as written, and the worth of its last digit (nought has
    none: 0万元 is nothing at all)."""
    value = number_value(mention)
    step = Decimal(0) if mention.low is None or mention.high is None or not value else mention.high - mention.low
    numeral = NUMERAL.search(text)
    if numeral is None:
        return plain(value), Decimal(1), text.lstrip("一二三四五六七八九十百千万亿零两〇"), step
    number = Decimal(numeral[0].replace(",", ""))
    if mention.unit == "分" and "." not in numeral[0]:
        step = Decimal(0)
    scale = abs(value / number) if number else Decimal(1)
    if not number:
        scale = Decimal(10000) if mention.label == "AMOUNT" and "万" in text else Decimal("0.01") if "%" in text else scale
    return numeral[0].replace(",", ""), scale, text[numeral.end():], step


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def depths_of(text: str) -> list[int]:
    """How many brackets are open before each character; a full stop closes those that were left open."""
    depths, depth = [], 0
    for char in text:
        depths.append(depth)
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == "。":
            depth = 0
    depths.append(depth)
    return depths
