"""A Document -> a Word file that looks as offices write them: A4, Song type, a centred title, real tables, page numbers.

Every character of the document's text stands in the file; white space inside a paragraph stays as tabs, spaces and line
ends. Blocks of the role `header` or `footer` stand in the margins.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from hedui.document import Block, Cell, Document
from hedui.synth.settle import settled, size_of

__all__ = ["WordLook", "column_widths", "docx_of", "is_title"]

FONT = "Noto Serif CJK SC"
TITLE_LENGTH = 60
WIDE_TABLE = 6
CELL_PADDING = 11.5
# 168437.5 | ≥1100 | 97.40%
UNBROKEN = re.compile(r"[!-~≥≤]{1,16}")
BLANK = " \t\u3000\xa0"


@dataclass(frozen=True, kw_only=True, slots=True)
class WordLook:
    """How the file looks: `merge_labels` as in `settled`; `repeat_header` repeats the first row of a table on each page;
    `split_rows` lets a row run over a page; `header` is a line at the top of each page; `landscape` gives tables of six
    columns and more a page across; `ruled` draws the lines of tables; `size` is the type size of running text in points."""

    merge_labels: bool = False
    repeat_header: bool = False
    split_rows: bool = True
    page_numbers: bool = True
    header: str = ""
    landscape: bool = False
    ruled: bool = True
    size: float = 12


def is_title(index: int, text: str) -> bool:
    """Whether the block at `index` of the document is its title."""
    return index == 0 and 0 < len(text.strip()) <= TITLE_LENGTH and not text.rstrip().endswith(("。", "；"))


def needed(text: str, size: float) -> float:
    """The width in points that the longest figure or word in `text` needs to stand on one line, and three characters."""
    longest = max((len(word) for word in UNBROKEN.findall(text)), default=0)
    return max(3 * size, 0.62 * size * longest) + CELL_PADDING


def column_widths(cells: tuple[Cell, ...], text: str, total: float) -> list[float]:
    """Widths of the columns that share `total` points: what each needs at least, and more for longer texts."""
    _, cols = size_of(cells)
    weight, least = [1.0] * cols, [needed("", table_size(cols))] * cols
    for cell in cells:
        if cell.cols == 1:
            weight[cell.col] = max(weight[cell.col], min(cell.span[1] - cell.span[0], 40) ** 0.75)
            least[cell.col] = max(least[cell.col], needed(text[slice(*cell.span)], table_size(cols)))
    scale = min(1.0, 0.9 * total / sum(least))
    rest = total - scale * sum(least)
    return [scale * low + rest * one / sum(weight) for low, one in zip(least, weight, strict=True)]


def table_size(cols: int) -> float:
    return 10.5 if cols <= 5 else 9.5 if cols <= 7 else 9


def element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def fill(paragraph: Any, text: str, size: float, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = FONT
    run.font.bold = bold or None
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def add_paragraph(file: Any, text: str, block: Block, *, title: bool, look: WordLook) -> None:
    heading = block.kind == "heading"
    style = f"Heading {min(max(block.level or 1, 1), 9)}" if heading else "Normal"
    paragraph = file.add_paragraph(style=style)
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6 if title else 0), 1.4
    if title:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif text[:1] not in BLANK:
        shape.first_line_indent = Pt(2 * look.size)
    fill(paragraph, text, 16 if title else look.size, bold=title or heading)


def add_field(paragraph: Any, field: str) -> None:
    run = paragraph.add_run()
    for piece in (element("w:fldChar", fldCharType="begin"), element("w:instrText"), element("w:fldChar", fldCharType="end")):
        if piece.tag == qn("w:instrText"):
            piece.text = field
        run._r.append(piece)


def cell_element(text: str, *, cols: int, width: float, merge: str | None, size: float) -> Any:
    """A `w:tc`; `merge` is "restart" at the head of cells merged downwards, "continue" under it."""
    made = element("w:tc")
    shape = element("w:tcPr")
    shape.append(element("w:tcW", w=round(width * 20), type="dxa"))
    if cols > 1:
        shape.append(element("w:gridSpan", val=cols))
    if merge:
        shape.append(element("w:vMerge", val=merge))
    shape.append(element("w:vAlign", val="center"))
    made.append(shape)
    paragraph = Paragraph(made.add_p(), made)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element("w:spacing", before=0, after=0))
    if len(text) <= 12:
        properties.append(element("w:jc", val="center"))
    if text:
        fill(paragraph, text, size)
    return made


def row_elements(row: int, cols: int, cells: Iterable[Cell], text: str, widths: list[float]) -> Iterable[Any]:
    """The `w:tc` of one row, for cells that cover it."""
    size = table_size(cols)
    for cell in sorted(cells, key=lambda cell: cell.col):
        first = cell.row == row
        merge = None if cell.rows == 1 else "restart" if first else "continue"
        shown = text[slice(*cell.span)] if first else ""
        yield cell_element(shown, cols=cell.cols, width=sum(widths[cell.col:cell.col + cell.cols]), merge=merge, size=size)


def add_table(file: Any, text: str, block: Block, look: WordLook, total: float) -> None:
    rows, cols = size_of(block.cells)
    widths = column_widths(block.cells, text, total)
    covering: list[list[Cell]] = [[] for _ in range(rows)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.rows):
            covering[row].append(cell)
    table = file.add_table(rows=0, cols=cols, style="Table Grid" if look.ruled else "Normal Table")
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Pt(width)
    for row in range(rows):
        line = element("w:tr")
        shape = element("w:trPr")
        if not look.split_rows:
            shape.append(element("w:cantSplit"))
        if look.repeat_header and row == 0:
            shape.append(element("w:tblHeader"))
        line.append(shape)
        line.extend(row_elements(row, cols, covering[row], text, widths))
        table._tbl.append(line)


def set_page(section: Any, across: bool) -> float:
    """Make the section A4, upright or across; the width between its margins in points."""
    wide, high = (Cm(29.7), Cm(21)) if across else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = wide, high
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    return float(wide.pt - 2 * Cm(2.2).pt)


def add_margins(section: Any, header: list[str], footer: list[str], page_numbers: bool) -> None:
    top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
    top.alignment = bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    fill(top, "\n".join(header), 9)
    fill(bottom, "\n".join(footer), 9)
    if page_numbers:
        fill(bottom, ("\n" if footer else "") + "- ", 9)
        add_field(bottom, "PAGE")
        fill(bottom, " -", 9)


def docx_of(document: Document, *, look: WordLook | None = None) -> bytes:
    """The Word file of the document."""
    look = look or WordLook()
    document = settled(document, merge_labels=look.merge_labels)
    text = document.text
    file = docx.Document()
    section = file.sections[0]
    total = set_page(section, False)
    margin = {role: [text[slice(*block.span)] for block in document.blocks if block.role == role] for role in ("header", "footer")}
    add_margins(section, [*filter(None, [look.header]), *margin["header"]], margin["footer"], look.page_numbers)
    body = [block for block in document.blocks if block.role not in margin]
    across = False
    for index, block in enumerate(body):
        turn = look.landscape and block.kind == "table" and size_of(block.cells)[1] >= WIDE_TABLE
        if turn != across:
            total = set_page(file.add_section(WD_SECTION.NEW_PAGE), turn)
            across = turn
        if block.kind == "table":
            add_table(file, text, block, look, total)
            if (index + 1 < len(body) and body[index + 1].kind == "table") or index + 1 == len(body):
                file.add_paragraph()
        else:
            words = text[slice(*block.span)]
            add_paragraph(file, words, block, title=is_title(index, words), look=look)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
