"""Mentions of document numbers -> one CitedDocument claim for each document that a part cites, at its first place.

A title belongs to the number behind it, else to the number before it, else (in a table) to the number in its row.
Numbers without a year that point back to one cited in full, and the number a report itself bears, are no citations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from hedui.claims.documents_issuers import issuers_in, told_issuers
from hedui.claims.documents_patterns import AFTER_NUMBER, ALSO, BACK, BEFORE_NUMBER, DECREE, RUNS_ON, UNMARKED
from hedui.claims.funds.claims import fund_claims
from hedui.claims.passages import Passage, Placed, by_cell, cell_passage, inside, passages
from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import CitedDocument, Claim, Fund, Mention, Origin, content_id
from hedui.view import clean, fold, view

__all__ = ["document_claims"]

ISSUING = frozenset({"issued", "budget", "received"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A document number as cited once, with what stands beside it."""

    mention: Mention
    title: str | None
    title_span: Span | None
    title_id: str | None
    issuers: tuple[str, ...]
    part: int
    section: int
    grid: int | None = None
    row: int | None = None

    @property
    def number(self) -> str:
        return str(self.mention.value)


def document_claims(layout: Layout, mentions: Sequence[Mention], funds: Sequence[Claim] | None = None) -> tuple[Claim, ...]:
    """A CitedDocument claim for every document number that a part of `layout` cites, with the title, the issuers and
    the amounts in yuan that the text says it issued. `funds` are the fund claims of the same mentions, where the caller
    has them already."""
    issued = amounts_of(fund_claims(layout, mentions) if funds is None else funds)
    first: dict[tuple[int, str], Citation] = {}
    for citation in sorted(citations(layout, mentions), key=lambda c: c.mention.span):
        key = citation.part, citation.number
        if key not in first:
            if not points_back(citation, first):
                first[key] = citation
        else:
            first[key] = filled(first[key], citation)
    return tuple(claim_of(citation, issued.get(key, ())) for key, citation in first.items())


def filled(held: Citation, later: Citation) -> Citation:
    """The first citation of a document with what a later one says and it does not."""
    if held.title is None and later.title:
        held = replace(held, title=later.title, title_span=later.title_span, title_id=later.title_id)
    return replace(held, issuers=held.issuers or later.issuers)


def points_back(citation: Citation, known: dict[tuple[int, str], Citation]) -> bool:
    """Whether the number lacks a year and one cited in full before it in the part has its serial."""
    found = BACK.fullmatch(citation.number)
    if not found:
        return False
    serial = re.compile(rf"(?<!\d){found['serial']}号")
    return any(part == citation.part and serial.search(number) and citation.title in (None, held.title)
               for (part, number), held in known.items())


def citations(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Citation]:
    for passage in passages(layout, mentions):
        numbers = passage.of("DOCNO")
        if len(numbers) == 1 and numbers[0].end - numbers[0].start >= len(passage.text.strip("()")):
            continue
        yield from cited_in(passage, numbers)
    starts = [m.span[0] for m in mentions]
    for index, grid in enumerate(layout.grids):
        held = by_cell(layout, grid, inside(mentions, starts, grid.span))
        for i, row in enumerate(grid.rows):
            cells = [cell for cell in row if cell.origin and cell.span[0] in held]
            if any(m.label == "DOCNO" for cell in cells for m in held[cell.span[0]]):
                yield from cited_in_row(layout, grid, (index, i), cells, held)


def cited_in_row(layout: Layout, grid: Grid, place: Span, cells: Sequence[GridCell],
                 held: Mapping[int, Sequence[Mention]]) -> Iterator[Citation]:
    """The citations of a table row: a title may stand in a cell beside its number, a number on the next page."""
    read = [cell_passage(layout, cell, held[cell.span[0]], grid.part, grid.section) for cell in cells]
    lone = [p for p in read if p.of("TITLE") and not p.of("DOCNO")]
    for cell, passage in zip(cells, read, strict=True):
        yield from cited_in(passage, passage.of("DOCNO"), place, lone)
        titles = [m for m in held[cell.span[0]] if m.label == "TITLE"]
        for number in (m for m in held[cell.span[0]] if m.label == "DOCNO" and m.span[0] >= cell.span[1]):
            title = titles[0] if titles else None
            name = str(title.value) if title else unmarked(fold(cell.text), fold(cell.text).find(view(number.text).text))
            yield Citation(mention=number, title=name, title_span=title.span if title else None,
                           title_id=title.id if title else None, issuers=issuers_in(name or ""), part=grid.part,
                           section=grid.section, grid=place[0], row=place[1])


def titles_beside(passage: Passage, numbers: Sequence[Placed]) -> dict[int, Placed]:
    """Where a number begins -> the title that belongs to it: the one right before it, else a free one right behind;
    numbers in one pair of brackets share a title."""
    titles = passage.of("TITLE")
    begins = [t.start for t in titles]
    taken: dict[int, Placed] = {}
    for number in numbers:
        at = bisect_left(begins, number.start) - 1
        if at >= 0 and BEFORE_NUMBER.fullmatch(passage.text, titles[at].end, number.start):
            taken[number.start] = titles[at]
    used = {t.start for t in taken.values()}
    for number in numbers:
        at = bisect_left(begins, number.end)
        if number.start not in taken and at < len(titles) and begins[at] not in used and \
                AFTER_NUMBER.fullmatch(passage.text, number.end, begins[at]):
            taken[number.start] = titles[at]
            used.add(begins[at])
    for first, second in pairwise(numbers):
        if first.start in taken and second.start not in taken and ALSO.fullmatch(passage.text, first.end, second.start):
            taken[second.start] = taken[first.start]
    return taken


def cited_in(passage: Passage, numbers: Sequence[Placed], place: Span | None = None,
             beside: Sequence[Passage] = ()) -> Iterator[Citation]:
    """The citations of a paragraph or cell; `place` is its grid and row, `beside` are cells of the row that hold a title
    without a number. Issuers told before a list of titles or numbers hold for all of it."""
    taken = titles_beside(passage, numbers)
    listed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    last = 0
    for number in numbers:
        title, home = taken.get(number.start), passage
        if title is None and len(numbers) == 1 and beside:
            title, home = beside[0].of("TITLE")[0], beside[0]
        name = str(title.mention.value) if title else unmarked(passage.plain, number.start)
        told = told_issuers(home, title or number) or told_issuers(passage, number) or decreed(str(number.mention.value))
        if not told and title and listed and home is passage and RUNS_ON.fullmatch(passage.text, last, title.start):
            told = listed
        if not told and not title and near and ALSO.fullmatch(passage.text, last, number.start):
            told = near
        near = told
        opens = issuers_in(name or "")
        listed, last = () if opens or not title else told, number.end
        yield Citation(mention=number.mention, title=name, title_span=title.mention.span if title else None,
                       title_id=title.mention.id if title else None, issuers=opens or told, part=passage.part,
                       section=passage.section, grid=place[0] if place else None, row=place[1] if place else None)


def decreed(number: str) -> tuple[str, ...]:
    """The body that a decree names itself: `财政部令第87号` -> 财政部."""
    found = DECREE.match(number)
    return (found["body"],) if found else ()


def unmarked(text: str, at: int) -> str | None:
    """The title right before a number in brackets at `at`, one that neither marks nor a mention set off.

    >>> unmarked("根据某省财政厅关于下达2023年造林补助资金的通知(某财资环〔2023〕15号)", 26)
    '某省财政厅关于下达2023年造林补助资金的通知'
    """
    found = UNMARKED.search(text, max(0, at - 150), at)
    return re.sub(r"^(?:根据|按照|依据|\d+[.、]|[和及])+", "", found["title"]) if found else None


def amounts_of(funds: Sequence[Claim]) -> dict[tuple[int, str], tuple[Decimal, ...]]:
    """What each document of each part is said to have issued: the amounts that rest on it alone."""
    found: dict[tuple[int, str], list[Decimal]] = {}
    for claim in funds:
        fund = claim.fields
        if isinstance(fund, Fund) and len(fund.documents) == 1 and fund.measure in ISSUING:
            found.setdefault((claim.part, fund.documents[0]), []).append(fund.yuan)
    return {key: tuple(amounts) for key, amounts in found.items()}


def claim_of(citation: Citation, amounts: tuple[Decimal, ...]) -> Claim:
    mention = citation.mention
    spans = {"number": mention.span}
    if citation.title_span:
        spans["title"] = citation.title_span
    span = (min(s[0] for s in spans.values()), max(s[1] for s in spans.values()))
    origin: Origin = "narrative" if citation.grid is None else "table"
    fields = CitedDocument(number=citation.number, title=clean_title(citation.title), issuers=citation.issuers, amounts=amounts)
    return Claim(id=content_id("c", "document", mention.span, citation.number), type="document", origin=origin, span=span,
                 fields=fields, spans=spans, mentions=(mention.id, *([citation.title_id] if citation.title_id else [])),
                 part=citation.part, section=citation.section, grid=citation.grid, row=citation.row)


def clean_title(title: str | None) -> str | None:
    return clean(title).strip("《》") if title and "\n" in title else title
