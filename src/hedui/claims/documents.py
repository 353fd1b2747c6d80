"""Mentions of document numbers -> one CitedDocument claim for each document that a part cites, at its first place.

A title belongs to the number behind it, else to the number before it, else (in a table) to the number in its row.
Numbers without a year that point back to one cited in full, and the number a report itself bears, are no citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hedui.claims.documents_issuers import issuers_in, told_issuers
from hedui.claims.documents_patterns import AFTER_NUMBER, BACK, BEFORE_NUMBER, RUNS_ON, UNMARKED
from hedui.claims.funds import fund_claims
from hedui.claims.passages import Passage, Placed, cell_passage, inside, passages
from hedui.document import Layout, Span
from hedui.findings import CitedDocument, Claim, Fund, Mention, Origin, content_id
from hedui.view import clean

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
        for i, row in enumerate(grid.rows):
            cells = [cell_passage(layout, cell, found, grid.part, grid.section) for cell in row
                     if cell.origin and (found := inside(mentions, starts, cell.span))]
            lone = [p for p in cells if p.of("TITLE") and not p.of("DOCNO")]
            for passage in cells:
                yield from cited_in(passage, passage.of("DOCNO"), index, i, lone)


def cited_in(passage: Passage, numbers: Sequence[Placed], grid: int | None = None, row: int | None = None,
             beside: Sequence[Passage] = ()) -> Iterator[Citation]:
    """The citations of a paragraph or cell; `beside` are cells of the row that hold a title without a number."""
    titles = passage.of("TITLE")
    taken: dict[int, Placed] = {}
    for number in numbers:
        before = next((t for t in reversed(titles) if t.end <= number.start), None)
        if before and BEFORE_NUMBER.fullmatch(passage.text, before.end, number.start):
            taken[number.start] = before
    free = [t for t in titles if t not in taken.values()]
    for number in numbers:
        behind = next((t for t in free if t.start >= number.end), None)
        if number.start not in taken and behind and AFTER_NUMBER.fullmatch(passage.text, number.end, behind.start):
            taken[number.start] = behind
            free.remove(behind)
    listed: tuple[str, ...] = ()
    last = 0
    for number in numbers:
        title = taken.get(number.start)
        home, beside_it = passage, False
        if title is None and len(numbers) == 1 and beside:
            home, beside_it = beside[0], True
            title = home.of("TITLE")[0]
        name = str(title.mention.value) if title else unmarked(passage, number)
        told = told_issuers(home, title if title else number) or told_issuers(passage, number)
        if not told and title and listed and RUNS_ON.fullmatch(passage.text, last, title.start):
            told = listed
        listed, last = (told, number.end) if title and not issuers_in(name or "") else ((), number.end)
        yield Citation(mention=number.mention, title=name, title_span=title.mention.span if title else None,
                       title_id=title.mention.id if title else None,
                       issuers=issuers_in(name or "") or (() if beside_it else told), part=passage.part,
                       section=passage.section, grid=grid, row=row)


def unmarked(passage: Passage, number: Placed) -> str | None:
    """The title right before a number in brackets that neither marks nor a mention set off."""
    found = UNMARKED.search(passage.plain, max(0, number.start - 150), number.start)
    if not found:
        return None
    name = re.sub(r"^(?:根据|按照|依据|\(?\d+[).、]|[和及])+", "", found["title"])
    start = found.end("title") - len(name)
    return passage.text[start:found.end("title")]


def amounts_of(funds: Sequence[Claim]) -> dict[tuple[int, str], tuple[Decimal, ...]]:
    """What each document of each part is said to have issued: the amounts that rest on it alone."""
    found: dict[tuple[int, str], tuple[Decimal, ...]] = {}
    for claim in funds:
        fund = claim.fields
        if isinstance(fund, Fund) and len(fund.documents) == 1 and fund.measure in ISSUING:
            key = claim.part, fund.documents[0]
            found[key] = (*found.get(key, ()), fund.yuan)
    return found


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
