"""Mentions of money -> one Fund claim for each fiscal amount and place, in the narrative and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hedui.claims.funds.excluded import BENEFITS
from hedui.claims.funds.patterns import heading_measure
from hedui.claims.funds.resting import Reading
from hedui.claims.funds.scope import level_of
from hedui.claims.funds.table import OF, TableReading, read_grid
from hedui.claims.funds.text import read_funds
from hedui.claims.passages import Passage, by_cell, cell_passage, inside, passages
from hedui.document import Grid, Layout, Span
from hedui.findings import Claim, Fund, Measure, Mention, Origin, content_id
from hedui.layout import is_value
from hedui.view import clean, fold

__all__ = ["fund_claims"]

OPENING = ("其中:", "其中", "如下:", "包括:", "分别为:", "分别是:", "用于:", "明细:", "构成:")


def fund_claims(layout: Layout, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    """A Fund claim for every amount of money that `layout` states as planned, given or spent, zeros and repeats included.

    `mentions` are those of the whole document in order. Per-head standards, prices, thresholds and changes against
    another year are no funds (annotation guidelines, Funds).
    """
    claims = [*text_claims(layout, mentions), *table_claims(layout, mentions)]
    return tuple(sorted(claims, key=lambda claim: (claim.span, claim.id)))


def text_claims(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Claim]:
    headings, results = section_measures(layout), sections_of_results(layout)
    carried: Measure | None = None
    for passage in passages(layout, mentions):
        readings, head = read_funds(passage, headings.get(passage.section), carried, results=passage.section in results)
        for reading in readings:
            yield claim_of_text(layout, passage, reading, passage.part)
        opens = passage.plain.endswith(OPENING)
        if opens:
            carried = head if readings else heading_measure(passage.plain.rpartition("。")[2])
        elif not readings:
            carried = None


def section_measures(layout: Layout) -> dict[int, Measure]:
    """The measure that each section's heading names, or the heading above it."""
    found: dict[int, Measure] = {}
    for index, section in enumerate(layout.sections):
        told = heading_measure(fold(section.title))
        if told is None and section.parent is not None:
            told = found.get(section.parent)
        if told:
            found[index] = told
    return found


def sections_of_results(layout: Layout) -> set[int]:
    """The sections that tell what the money brought about: 效益指标, 实施效果."""
    found: set[int] = set()
    for index, section in enumerate(layout.sections):
        if BENEFITS.search(fold(section.title)) or section.parent in found:
            found.add(index)
    return found


def claim_of_text(layout: Layout, passage: Passage, reading: Reading, part: int, origin: Origin = "narrative",
                  grid: int | None = None, row: int | None = None) -> Claim:
    scope, place = scope_text(layout, passage, reading.scope, part)
    mention = reading.placed.mention
    numbers = tuple(dict.fromkeys(str(d.mention.value) for d in reading.documents))
    fields = Fund(yuan=amount(mention), measure=reading.measure, scope=scope, year=reading.year or year_of(layout, part),
                  level=reading.level or given_by(numbers), documents=numbers)
    spans = {"yuan": mention.span}
    if place:
        spans["scope"] = place
    if reading.documents:
        spans["documents"] = (reading.documents[0].mention.span[0], reading.documents[-1].mention.span[1])
    return Claim(id=content_id("c", "fund", mention.span, reading.measure), type="fund", origin=origin, span=mention.span,
                 fields=fields, spans=spans, mentions=(mention.id, *(d.mention.id for d in reading.documents)), part=part,
                 section=passage.section, grid=grid, row=row)


def amount(mention: Mention) -> Decimal:
    return mention.value if isinstance(mention.value, Decimal) else Decimal(0)


def scope_text(layout: Layout, passage: Passage, scope: Span, part: int) -> tuple[str, Span | None]:
    """The scope in the document's words, else the programme of the part."""
    if scope[0] < scope[1]:
        span = passage.span(*scope)
        return clean(layout.document.text, span), span
    return (layout.parts[part].programme if layout.parts else None) or "资金", None


def year_of(layout: Layout, part: int) -> int | None:
    return layout.parts[part].year if layout.parts else None


def given_by(numbers: Sequence[str]) -> str | None:
    """Money that rests on a document of 财政部 (财社, 财教 …) is 中央 money."""
    return "中央" if numbers and all(n.startswith("财") for n in numbers) else None


def table_claims(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Claim]:
    starts = [m.span[0] for m in mentions]
    for index, grid in enumerate(layout.grids):
        found = by_cell(layout, grid, inside(mentions, starts, grid.span))
        for reading in read_grid(layout, grid, found):
            yield claim_of_cell(layout, grid, index, reading, found)
        yield from told_in_cells(layout, grid, index, found)


def told_in_cells(layout: Layout, grid: Grid, index: int, found: Mapping[int, Sequence[Mention]]) -> Iterator[Claim]:
    """Amounts inside cells that hold sentences."""
    for i, row in enumerate(grid.rows):
        for cell in row:
            here = found.get(cell.span[0], ()) if cell.origin else ()
            if any(m.label == "AMOUNT" for m in here) and not is_value(cell.text):
                passage = cell_passage(layout, cell, here, grid.part, grid.section)
                for reading in read_funds(passage, None)[0]:
                    yield claim_of_text(layout, passage, reading, grid.part, "table", index, i)


def claim_of_cell(layout: Layout, grid: Grid, index: int, reading: TableReading, found: Mapping[int, Sequence[Mention]]) -> Claim:
    docs = [m for c in grid.rows[reading.origin_row] if c.origin for m in found.get(c.span[0], ()) if m.label == "DOCNO"]
    numbers = tuple(dict.fromkeys(str(m.value) for m in docs))
    part = layout.parts[grid.part] if layout.parts else None
    scope = OF.sub("", clean(reading.scope.text)) if reading.scope else (part.programme if part else None) or "资金"
    fields = Fund(yuan=amount(reading.mention), measure=reading.measure, scope=scope, year=part.year if part else None,
                  level=level_of(reading.labels), documents=numbers)
    spans = {"yuan": reading.mention.span}
    if reading.scope:
        spans["scope"] = reading.scope.span
    if docs:
        spans["documents"] = (docs[0].span[0], docs[-1].span[1])
    return Claim(id=content_id("c", "fund", reading.mention.span, reading.measure), type="fund", origin="table",
                 span=reading.mention.span, fields=fields, spans=spans, mentions=(reading.mention.id, *(m.id for m in docs)),
                 part=grid.part, section=grid.section, grid=index, row=reading.origin_row)
