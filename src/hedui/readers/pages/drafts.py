"""Pages -> drafts of blocks in reading order: paragraphs and tables over all pages, then page headers, then footers."""

from __future__ import annotations

from collections.abc import Iterable

from hedui.document import Role
from hedui.readers.assemble import Draft
from hedui.readers.pages import marks
from hedui.readers.pages.joins import join_tables
from hedui.readers.pages.lines import draft_lines
from hedui.readers.pages.margins import Margin, PageFlow, body_size, set_apart
from hedui.readers.pages.order import page_flow
from hedui.readers.pages.page import Page
from hedui.readers.pages.paragraphs import Paragraph, paragraphs_of
from hedui.readers.pages.regions import Region
from hedui.readers.pages.tables import find_tables

__all__ = ["page_drafts"]

# a heading's letters are larger than the body's by so much; its length at most
LARGER, LONGEST = 1.08, 45
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
    size = body_size(body)
    items = [item for flow in body for item in flow.items]
    flow = [item if isinstance(item, Region) else paragraph_draft(item, size) for item in paragraphs_of(items)]
    drafts = [*join_tables(flow), *map(margin_draft, margins)]
    return sorted(drafts, key=lambda draft: ORDER.get(draft.role, 0))


def paragraph_draft(paragraph: Paragraph, body: float) -> Draft:
    """The draft of a paragraph; a heading where it opens with a number, is short, and its letters tell it from the body's
    by size or weight. Titles without number stay paragraphs: what they are, their words tell."""
    text, lines = draft_lines([item.line for item in paragraph.lines], [item.page for item in paragraph.lines])
    page = paragraph.lines[0].page
    level = marks.heading_level(text)
    told = all(item.line.bold or item.line.size > LARGER * body for item in paragraph.lines) and not paragraph.lines[0].scanned
    if level is None or not told or len(text) > LONGEST or marks.STOPS.search(text.rstrip("。")):
        return Draft(kind="paragraph", text=text, lines=lines, page=page)
    return Draft(kind="heading", text=text, lines=lines, page=page, level=level)


def margin_draft(margin: Margin) -> Draft:
    text, lines = draft_lines([margin.placed.line], margin.placed.page)
    return Draft(kind="paragraph", text=text, lines=lines, page=margin.placed.page, role=margin.role)
