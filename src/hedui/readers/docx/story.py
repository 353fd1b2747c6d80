"""A story of a docx (body, cell, note, header, text box) -> drafts of blocks in reading order.

Text boxes follow the paragraph they hang on; those of a cell, and tables inside a cell, follow the outer table as blocks
of their own, so that no text stands twice and blocks never overlap. A table of a single cell that holds a table is a
frame: what is in it is read as if the frame were not there. Empty paragraphs are left out. A paragraph whose mark is
deleted by a tracked change reads as one with the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hedui.document import Role
from hedui.readers.assemble import Draft
from hedui.readers.docx.numbering import NO_LISTS, Counting, Lists, level_of_style, next_number
from hedui.readers.docx.runs import Pieces, Seen, paragraph_text
from hedui.readers.docx.styles import NO_STYLES, Styles, outline_level, style_of
from hedui.readers.docx.tables import placed_cells
from hedui.readers.docx.xml import Element, W, inner, number, value
from hedui.readers.limits import MAX_NESTING

__all__ = ["Reading", "story"]


@dataclass(kw_only=True, slots=True)
class Reading:
    """What reading one document needs all along: its styles and lists, where the lists stand, what was seen."""

    styles: Styles = NO_STYLES
    lists: Lists = NO_LISTS
    counting: Counting = field(default_factory=Counting)
    seen: Seen = field(default_factory=Seen)


def mark_is_deleted(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def list_number(properties: Element | None, style_id: str | None, reading: Reading) -> str | None:
    """The automatic number of a paragraph; the paragraph's own list goes before that of its style."""
    style = style_of(reading.styles, style_id)
    own = value(properties, "numPr", "numId")
    num = style.num if own is None else own
    ilvl = number(value(properties, "numPr", "ilvl"))
    if ilvl is None:
        linked = level_of_style(reading.lists, num, style_id or reading.styles.default) if own is None else 0
        ilvl = style.ilvl if linked is None else linked
    return next_number(reading.lists, reading.counting, num, ilvl)


def paragraph_draft(element: Element, text: str, pieces: Pieces, reading: Reading, role: Role) -> Draft:
    properties = element.find(f"{W}pPr")
    style_id = value(properties, "pStyle")
    style = style_of(reading.styles, style_id)
    own = outline_level(properties)
    level = style.level if own is None else own or None
    return Draft(kind="heading" if level or style.title else "paragraph", text=text, role=role, level=level,
                 number=list_number(properties, style_id, reading),
                 page=reading.seen.page if pieces.page is None else pieces.page)


def table_drafts(table: Element, reading: Reading, *, role: Role, depth: int) -> Iterator[Draft]:
    """The table, then the tables and text boxes that stand in its cells."""
    page = reading.seen.page
    inside: list[Draft] = []

    def text_of(cell: Element) -> str:
        drafts = list(story(cell, reading, role=role, depth=depth + 1))
        inside.extend(draft for draft in drafts if draft.kind == "table" or draft.role != role)
        return "\n".join(draft.text for draft in drafts if draft.kind != "table" and draft.role == role)

    cells = placed_cells(table, reading.seen, text_of)
    if any(cell.text for cell in cells):
        yield Draft(kind="table", role=role, cells=cells, page=page)
    yield from inside


def framed(table: Element) -> Element | None:
    """The only cell of a table that is but a frame around another table."""
    rows = [row for row in inner(table) if row.tag == f"{W}tr"]
    cells = [cell for row in rows[:2] for cell in inner(row) if cell.tag == f"{W}tc"]
    only = cells[0] if len(rows) == 1 and len(cells) == 1 else None
    return only if only is not None and any(child.tag == f"{W}tbl" for child in inner(only)) else None


def loose(text: str, boxes: list[Element], reading: Reading, *, role: Role, depth: int) -> Iterator[Draft]:
    """What a paragraph leaves whose mark is deleted and that no paragraph follows, and any boxes that hang on it."""
    if text.strip():
        yield Draft(kind="paragraph", text=text, role=role, page=reading.seen.page)
    for box in boxes:
        yield from story(box, reading, role="textbox" if role == "body" else role, depth=depth + 1)


def table_or_frame(table: Element, reading: Reading, *, role: Role, depth: int) -> Iterator[Draft]:
    frame = framed(table)
    if frame is None:
        yield from table_drafts(table, reading, role=role, depth=depth)
    else:
        yield from story(frame, reading, role=role, depth=depth + 1)


def story(container: Element, reading: Reading, *, role: Role = "body", depth: int = 0) -> Iterator[Draft]:
    """The blocks of a story, in reading order. What lies deeper than MAX_NESTING is counted and left out."""
    if depth > MAX_NESTING:
        reading.seen.add("too_deep")
        return
    carried, boxes = "", list[Element]()
    for child in inner(container):
        if child.tag == f"{W}p":
            text, pieces = paragraph_text(child, reading.seen, styles=reading.styles,
                                          style_id=value(child, "pPr", "pStyle"))
            carried, boxes = carried + text, boxes + pieces.boxes
            if mark_is_deleted(child.find(f"{W}pPr")):
                continue
            draft = paragraph_draft(child, carried, pieces, reading, role)
            if draft.text.strip():
                yield draft
            yield from loose("", boxes, reading, role=role, depth=depth)
            carried, boxes = "", []
        elif child.tag == f"{W}tbl":
            yield from loose(carried, boxes, reading, role=role, depth=depth)
            carried, boxes = "", []
            yield from table_or_frame(child, reading, role=role, depth=depth)
        elif child.tag == f"{W}altChunk":
            reading.seen.add("chunk")
    yield from loose(carried, boxes, reading, role=role, depth=depth)
