"""What a file says: a Document of blocks as read, and the Layout that orders it into parts, sections and grids.

Every span is `(start, end)`, half-open, in characters of `Document.text`, which is the text as read and never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Block", "BlockKind", "Box", "Cell", "Document", "Grid", "GridCell", "Issue", "Layout", "Line", "Member", "Paragraph", "Part",
    "PartKind", "Repair", "RepairKind", "Role", "Section", "Span",
]

Span = tuple[int, int]
BlockKind = Literal["heading", "paragraph", "table"]
Role = Literal["body", "header", "footer", "note", "textbox", "comment"]
RepairKind = Literal["labels", "row_joined", "row_split", "shifted", "header"]
PartKind = Literal["self_evaluation", "indicator_table", "final_accounts", "department_evaluation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle on a page in points from its top left corner; `page` counts from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of print, in a paragraph or a cell: where its characters stand in the text and on the page.

    `edges` are the x of the left edge of each character and of the right edge of the last (one more than there are
    characters; empty where unknown), `scores` how certain a recognised character is, in percent, one byte each (empty
    where the file itself gives the characters).
    """

    span: Span
    box: Box
    edges: tuple[float, ...] = ()
    scores: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell of a table as drawn: its upper left corner, its extent and what it holds (`span` may be empty)."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1
    span: Span
    box: Box | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One heading, paragraph or table as read.

    `level` is the outline level that the file itself gives (1 = top), `number` an automatic list number that the file
    shows but does not hold as text, `cells` a table's cells in reading order. `role` sets page headers, footers, notes
    and text boxes apart from the body.
    """

    kind: BlockKind
    span: Span
    role: Role = "body"
    level: int | None = None
    number: str | None = None
    cells: tuple[Cell, ...] = ()
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """Something that could not be read or was mended while reading: `where` in the file, `what` and what to do."""

    where: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One file of several that were read as one document: a report and its tables, the members of an archive. `span` is
    what it gave to the text, `first_page` the page of the whole that is its first (None where it has no pages)."""

    name: str
    sha256: str
    media_type: str
    span: Span
    pages: int | None = None
    first_page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One file as read: its text, never changed afterwards, and the blocks that stand in it, in reading order. `lines`
    are in the order of their spans; `members` is empty for a file that holds no others."""

    name: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    lines: tuple[Line, ...] = ()
    issues: tuple[Issue, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A run of text that reads as one, over the line and page breaks inside it. `section` indexes `Layout.sections`."""

    span: Span
    section: int
    role: Role = "body"


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading and what stands under it, down to the next heading of its level.

    `title` is the heading without number and stop, `number` the number as written (`（一）`, `1.`), `level` 1 for the
    outermost numbering of its part; `parent` indexes `Layout.sections`, None at the top. `heading` is the span of the
    heading itself (number and title, without text that runs on behind it), empty for the unnamed section that opens a
    part.
    """

    span: Span
    heading: Span
    title: str
    number: str = ""
    level: int = 0
    parent: int | None = None
    part: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class GridCell:
    """One position of a grid. Positions that a merged cell covers share its span; `origin` is false on all but the
    first of them. `repair` is what put its text there where the file has it elsewhere or not at all."""

    row: int
    col: int
    span: Span
    text: str
    origin: bool = True
    repair: RepairKind | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """What was put right in a grid by knowing what such tables are: the kind, the rows it touched (indices of `Grid.rows`),
    and `what` was done, in words for the reader."""

    kind: RepairKind
    rows: tuple[int, ...]
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table as it is meant: merged cells spread, repeated header rows dropped, rows that a page cut in two rejoined.

    `rows[i][j]` is dense. The first `header_rows` rows are headers; `headers[j]` is the header path of column j from the
    top down without repeats. `unit` is the money unit a caption or corner gives (`万元`), `caption` the span of the line
    above that names the table. A cell that a page cut in two has the span of its first piece, and `GridCell.text` holds
    the whole.
    """

    span: Span
    rows: tuple[tuple[GridCell, ...], ...]
    header_rows: int
    headers: tuple[tuple[str, ...], ...]
    caption: Span | None = None
    unit: str | None = None
    section: int = 0
    part: int = 0
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One self-contained report of a file, with what its head says of it; None where it does not say."""

    span: Span
    title: str | None = None
    kind: PartKind = "self_evaluation"
    unit: str | None = None
    region: str | None = None
    year: int | None = None
    programme: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A Document in order: parts follow one another and cover all findings; sections nest; grids stand in sections."""

    document: Document
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    grids: tuple[Grid, ...] = field(default=())
