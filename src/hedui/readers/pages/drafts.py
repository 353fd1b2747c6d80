"""Pages -> drafts of blocks in reading order: paragraphs and tables over all pages, then page headers, then footers."""

from __future__ import annotations

from collections.abc import Iterable

from hedui.document import Role
from hedui.readers.assemble import Draft
from hedui.readers.pages.joins import join_tables
from hedui.readers.pages.lines import draft_lines
from hedui.readers.pages.margins import Margin, PageFlow, set_apart
from hedui.readers.pages.order import page_flow
from hedui.readers.pages.page import Page
from hedui.readers.pages.paragraphs import Paragraph, paragraphs_of
from hedui.readers.pages.regions import Region
from hedui.readers.pages.tables import find_tables

__all__ = ["page_drafts"]

# what stands behind the body, and in which order
ORDER: dict[Role, int] = {"header": 1, "footer": 2}


def page_drafts(pages: Iterable[Page]) -> list[Draft]:
    """What the pages say, block by block. Every visible character of their runs stands in exactly one draft; page headers
    and footers come last, so that a paragraph or table that a page cut reads on."""
    flows: list[PageFlow] = []
    for page in pages:
        regions, runs = find_tables(page)
        flows.append(PageFlow(number=page.number, height=page.height, items=tuple(page_flow(page, regions, runs))))
    body, margins = set_apart(flows)
    items = [item for flow in body for item in flow.items]
    flow = [item if isinstance(item, Region) else paragraph_draft(item) for item in paragraphs_of(items)]
    drafts = [*join_tables(flow), *map(margin_draft, margins)]
    return sorted(drafts, key=lambda draft: ORDER.get(draft.role, 0))


def paragraph_draft(paragraph: Paragraph) -> Draft:
    text, lines = draft_lines([item.line for item in paragraph.lines], [item.page for item in paragraph.lines])
    return Draft(kind="paragraph", text=text, lines=lines, page=paragraph.lines[0].page)


def margin_draft(margin: Margin) -> Draft:
    text, lines = draft_lines([margin.placed.line], margin.placed.page)
    return Draft(kind="paragraph", text=text, lines=lines, page=margin.placed.page, role=margin.role)
