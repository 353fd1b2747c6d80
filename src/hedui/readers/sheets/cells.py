"""The part of one sheet of an xlsx -> a Sheet: every cell as shown, formulas by the values they were saved with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from hedui.document import Issue
from hedui.errors import ReadError
from hedui.readers.limits import MAX_CELLS, MAX_TEXT_BYTES
from hedui.readers.safe_xml import Element, elements_of, local
from hedui.readers.sheets.number_formats import shown, shown_text
from hedui.readers.sheets.shared import Styles, text_of, whole
from hedui.readers.sheets.sheet import Area, Sheet, address, area_of, place_of

__all__ = ["Book", "Taken", "numbered", "sheet_of"]

ON = {"1", "true"}
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
MAX_TOLD = 10
# a border below the last words that far down is the formatting of a whole column, not a table
FAR_BELOW = 1000
# what a text reads as that the file refers to and does not hold
LOST = "\ufffd"
LOST_TEXTS = (f"有 {{n}} 个单元格的文字在文件里缺失，读作“{LOST}”；请重新取得 / "
              f"the texts of {{n}} cells are missing from the file, read as “{LOST}”; fetch it again")
UNSAVED = "公式没有保存结果，读作空；请用 Excel 打开并保存一次再读 / the formula has no saved value; open and save it in Excel first"


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    name: str
    texts: Sequence[str]
    styles: Styles
    date1904: bool = False


@dataclass(kw_only=True, slots=True)
class Taken:
    """How many cells and characters the sheets of one workbook gave so far; over the limits it is no report."""

    name: str
    cells: int = 0
    characters: int = 0

    def add(self, text: str) -> None:
        """Raises ReadError over the limits."""
        self.cells += 1
        self.characters += len(text)
        if self.cells > MAX_CELLS or self.characters > MAX_TEXT_BYTES:
            raise ReadError(self.name, f"表格超过 {MAX_CELLS} 个单元格或 {MAX_TEXT_BYTES} 字，过大，不像报告；请只留报告所用的工作表 / "
                                       f"over {MAX_CELLS} cells or {MAX_TEXT_BYTES} characters; keep the sheets of the report only")


@dataclass(kw_only=True, slots=True)
class Reading:
    """A sheet while it is read; `waiting` are borders below the last words so far."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    ruled: set[tuple[int, int]] = field(default_factory=set)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unsaved: list[tuple[int, int]] = field(default_factory=list)


def numbered(said: str, code: str, *, date1904: bool) -> str:
    """A number as the file stores it, in its format; itself where it is none."""
    try:
        value = Decimal(said.strip())
    except InvalidOperation:
        return said
    return shown(value, code, date1904=date1904)


def dated(said: str, code: str, *, date1904: bool) -> str:
    """A date in ISO 8601, in the format of its cell."""
    try:
        at = datetime.fromisoformat(said.strip()).replace(tzinfo=None)
    except ValueError:
        return said
    seconds = Decimal((at - datetime(1904, 1, 1) if date1904 else at - datetime(1899, 12, 30)).total_seconds())
    return shown(seconds / 86_400, code, date1904=date1904)


def value_of(cell: Element, book: Book, style: int) -> str | None:
    """What a cell shows; None for a formula that was saved without its value."""
    kind = cell.get("t", "n")
    children = {local(child): child for child in cell}
    if kind == "inlineStr" and "is" in children:
        return shown_text(text_of(children["is"]), book.styles.code(style))
    said = (children["v"].text or "") if "v" in children else ""
    if not said:
        return None if "f" in children and kind != "str" else ""
    code = book.styles.code(style)
    if kind == "s":
        at = whole(said, -1)
        return shown_text(book.texts[at], code) if 0 <= at < len(book.texts) else LOST
    if kind in {"n", "d"}:
        return (numbered if kind == "n" else dated)(said, code, date1904=book.date1904)
    if kind == "b":
        return "TRUE" if said.strip() in ON else "FALSE"
    return shown_text(said, code) if kind == "str" else said


def read_row(row: Element, number: int, book: Book, reading: Reading, taken: Taken) -> None:
    column = -1
    for cell in row:
        if local(cell) != "c":
            continue
        place = place_of(cell.get("r") or "")
        column = place[1] if place else column + 1
        if column > LAST_COLUMN:
            continue
        style = whole(cell.get("s"))
        said = value_of(cell, book, style)
        if said is None:
            reading.unsaved.append((number, column))
        elif said.strip():
            taken.add(said)
            reading.cells[number, column] = said
            reading.ruled.update(reading.waiting)
            reading.waiting.clear()
        if book.styles.rules(style) and len(reading.waiting) < MAX_CELLS:
            reading.waiting.append((number, column))


def read_elements(elements: Iterator[Element], book: Book, reading: Reading, taken: Taken) -> None:
    number, last_said, rows_hidden = -1, -1, False
    for element in elements:
        name = local(element)
        if name == "row":
            number = whole(element.get("r"), number + 2) - 1
            if not 0 <= number <= LAST_ROW:
                continue
            before = len(reading.cells)
            read_row(element, number, book, reading, taken)
            if len(reading.cells) > before:
                last_said = number
                if element.get("hidden", "1" if rows_hidden else "0") in ON:
                    reading.hidden_rows.add(number)
            elif number - last_said > FAR_BELOW:
                reading.waiting.clear()
        elif name == "sheetFormatPr":
            rows_hidden = element.get("zeroHeight", "0") in ON
        elif name == "col" and element.get("hidden", "0") in ON:
            first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
            reading.hidden_columns.update(range(max(first, 1) - 1, min(last, LAST_COLUMN + 1)))
        elif name == "mergeCell" and len(reading.merged) < MAX_CELLS and (area := area_of(element.get("ref") or "")):
            reading.merged.append(area)


def unsaved_issues(sheet: str, places: Sequence[tuple[int, int]]) -> Iterator[Issue]:
    for row, column in places[:MAX_TOLD]:
        yield Issue(where=address(sheet, row, column), what=UNSAVED)
    if (more := len(places) - MAX_TOLD) > 0:
        yield Issue(where=f"工作表 {sheet} / sheet {sheet}",
                    what=f"另有 {more} 个公式没有保存结果 / {more} more formulas without a saved value")


def sheet_of(data: bytes, name: str, book: Book, taken: Taken, *, hidden: bool = False) -> Sheet:
    """The sheet called `name` in a worksheet part. Raises as `safe_xml.parse`, and ReadError over the limits."""
    reading = Reading()
    read_elements(elements_of(data, "sheetFormatPr", "col", "row", "mergeCell"), book, reading, taken)
    row = max((row for row, _ in reading.cells), default=-1)
    reading.ruled.update(place for place in reading.waiting if place[0] <= row)
    lost = sum(said == LOST for said in reading.cells.values())
    told = [Issue(where=f"工作表 {name} / sheet {name}", what=LOST_TEXTS.format(n=lost))] if lost else []
    return Sheet(name=name, cells=reading.cells, merged=tuple(reading.merged), ruled=frozenset(reading.ruled),
                 hidden=hidden, hidden_rows=frozenset(reading.hidden_rows),
                 hidden_columns=frozenset(reading.hidden_columns),
                 issues=(*told, *unsaved_issues(name, reading.unsaved)))
