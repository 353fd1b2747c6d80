"""Workbooks to read, built as code: by openpyxl, or from raw SpreadsheetML where openpyxl would put things right."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from hedui.document import Document

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill(sheet, rows, *, top: int = 1, left: int = 1, ruled: bool = False, merged: str = "") -> None:
    """Put `rows` of values on a sheet from that cell on."""
    for i, row in enumerate(rows, top):
        for j, value in enumerate(row, left):
            cell = sheet.cell(i, j, value)
            if ruled:
                cell.border = RULED
    for area in merged.split():
        sheet.merge_cells(area)


def raw(sheet: str, *, shared: str = "", styles: str = "", space: str = MAIN, extra: Mapping[str, bytes] | None = None,
        related: str = "") -> bytes:
    """An xlsx with one sheet whose XML inside `worksheet` is `sheet`."""
    relations = [("sheet", "worksheet", "worksheets/sheet1.xml")]
    parts = {"xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{RELATIONS}"><sheets>'
                                f'<sheet name="表" sheetId="1" r:id="sheet"/></sheets></workbook>',
             "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}">{sheet}</worksheet>'}
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{shared}</sst>'
        relations.append(("shared", "sharedStrings", "sharedStrings.xml"))
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{space}">{styles}</styleSheet>'
        relations.append(("styles", "styles", "styles.xml"))
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}">' + "".join(
        f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for id_, kind, target in relations
    ) + f"{related}</Relationships>"
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for path, content in {**parts, **(extra or {})}.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def told(document: Document) -> list[str]:
    """The blocks of a document, one a line: `h` and `p` with their text, `t` with cells by row, `@` where columns are not
    the next, `r×c` where cells are merged."""
    lines = []
    for block in document.blocks:
        if block.kind != "table":
            lines.append(f"{block.kind[0]} {document.text[slice(*block.span)]}")
            continue
        for row in sorted({cell.row for cell in block.cells}):
            cells = [cell for cell in block.cells if cell.row == row]
            lines.append("t " + "|".join(
                document.text[slice(*cell.span)].replace("\n", "⏎") +
                (f"[{cell.rows}×{cell.cols}]" if (cell.rows, cell.cols) != (1, 1) else "") for cell in cells))
    return lines
