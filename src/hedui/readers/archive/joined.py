"""Documents in, one Document out that holds them one after another, every span, page and box moved to its new place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hedui.document import Block, Box, Cell, Document, Issue, Line, Member, Span

__all__ = ["BETWEEN", "joined"]

BETWEEN = "\n\n"


def moved_span(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def moved_box(box: Box | None, pages: int) -> Box | None:
    return box if box is None or not pages else replace(box, page=box.page + pages)


def moved_cell(cell: Cell, by: int, pages: int) -> Cell:
    return replace(cell, span=moved_span(cell.span, by), box=moved_box(cell.box, pages))


def moved_block(block: Block, by: int, pages: int) -> Block:
    return replace(block, span=moved_span(block.span, by), page=None if block.page is None else block.page + pages,
                   cells=tuple(moved_cell(cell, by, pages) for cell in block.cells))


def moved_line(line: Line, by: int, pages: int) -> Line:
    return replace(line, span=moved_span(line.span, by), box=replace(line.box, page=line.box.page + pages))


def members_of(document: Document, by: int, pages: int) -> tuple[Member, ...]:
    """The member that `document` becomes, or those it already holds, under its name."""
    if not document.members:
        return (Member(name=document.name, sha256=document.sha256, media_type=document.media_type,
                       span=(by, by + len(document.text)), pages=document.pages,
                       first_page=pages + 1 if document.pages else None),)
    return tuple(replace(one, span=moved_span(one.span, by),
                         first_page=None if one.first_page is None else one.first_page + pages)
                 for one in document.members)


def joined(documents: Sequence[Document], name: str, sha256: str, *, media_type: str = "multipart/mixed") -> Document:
    """One document of several, in their order: texts parted by a blank line, pages numbered through, each told as a member.

    The blank line is an empty paragraph, so that no sentence and no table runs on from one file into the next. Issues bear
    the name of the document they are from.

    >>> parts = [Document(name=n, sha256=n, media_type="text/plain", text=t, blocks=()) for n, t in [("a", "报告"), ("b", "表")]]
    >>> whole = joined(parts, "a.zip", "0")
    >>> whole.text, [member.span for member in whole.members]
    ('报告\\n\\n表', [(0, 2), (4, 5)])
    """
    blocks: list[Block] = []
    lines: list[Line] = []
    issues: list[Issue] = []
    members: list[Member] = []
    at = pages = 0
    for document in documents:
        if members:
            blocks.append(Block(kind="paragraph", span=(at - 1, at - 1)))
        blocks += (moved_block(block, at, pages) for block in document.blocks)
        lines += (moved_line(line, at, pages) for line in document.lines)
        issues += (replace(issue, where=f"{document.name} {issue.where}".strip()) for issue in document.issues)
        members += members_of(document, at, pages)
        at += len(document.text) + len(BETWEEN)
        pages += document.pages or 0
    return Document(name=name, sha256=sha256, media_type=media_type, text=BETWEEN.join(one.text for one in documents),
                    blocks=tuple(blocks), pages=pages or None, lines=tuple(lines), issues=tuple(issues),
                    members=tuple(members))
