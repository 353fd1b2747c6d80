"""Legacy workbooks, built record by record ([MS-XLS]); a bare BIFF stream stands for the one inside a compound file."""

from __future__ import annotations

import struct

import pytest
from books import told

from hedui.errors import ReadError
from hedui.readers import ole
from hedui.readers.sheets import read_xls

BOF, END, BOUND, FORMAT, XF, FONT, NUMBER, LABEL, BOOLERR, ROW, MERGED, PASS = (
    0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x31, 0x203, 0x204, 0x205, 0x208, 0xE5, 0x2F)


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def wide(text: str, *, short: bool = False) -> bytes:
    return struct.pack("<BB" if short else "<HB", len(text), 1) + text.encode("utf-16-le")


def xf(number: int, *, ruled: bool = False) -> bytes:
    return record(XF, struct.pack("<HHHBBBBIIH", 0, number, 0, 0, 0, 0, 0, 0x1111 if ruled else 0, 0, 0))


def cell(row: int, column: int, value: str | float | bool, style: int = 0) -> bytes:
    head = struct.pack("<HHH", row, column, style)
    if isinstance(value, bool):
        return record(BOOLERR, head + bytes([value, 0]))
    if isinstance(value, str):
        error = {"#DIV/0!": 7}.get(value)
        return record(LABEL, head + wide(value)) if error is None else record(BOOLERR, head + bytes([error, 1]))
    return record(NUMBER, head + struct.pack("<d", value))


def workbook(cells: bytes, *, name: str = "自评表", state: int = 0, opening: bytes = b"") -> bytes:
    bof = record(BOF, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 1996, 0, 6))
    font = record(FONT, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + wide("宋体", short=True))
    styles = (record(FORMAT, struct.pack("<H", 164) + wide('0.00"万元"')) + xf(0) + xf(10) + xf(164) + xf(0, ruled=True) + xf(14))
    before = bof + opening + font + styles
    at = len(before) + 4 + 6 + len(wide(name, short=True)) + 4
    bound = record(BOUND, struct.pack("<IBB", at, state, 0) + wide(name, short=True))
    sheet = record(BOF, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 1996, 0, 6)) + cells + record(END, b"")
    return before + bound + record(END, b"") + sheet


def test_cells_show_as_they_do_in_the_program() -> None:
    cells = b"".join([
        record(MERGED, struct.pack("<HHHHH", 1, 0, 0, 0, 2)), cell(0, 0, "项目支出绩效自评表"),
        cell(1, 0, "指标"), cell(1, 1, "目标"), cell(1, 2, "得分"),
        cell(2, 0, "验收合格率"), cell(2, 1, 0.4407, 1), cell(2, 2, 2.0, 2),
        cell(3, 0, "按期"), cell(3, 1, 44896.0, 4), cell(3, 2, True),
        cell(4, 0, "单价"), cell(4, 1, "#DIV/0!"), cell(4, 2, 3.14)])
    assert told(read_xls(workbook(cells), "a.xls")) == [
        "p 项目支出绩效自评表", "t 指标|目标|得分", "t 验收合格率|44.07%|2.00万元", "t 按期|2022/12/1|TRUE", "t 单价|#DIV/0!|3.14"]


def test_what_is_hidden_is_told() -> None:
    hidden = record(ROW, struct.pack("<HHHHHHI", 1, 0, 2, 255, 0, 0, 0x20))
    cells = hidden + b"".join(cell(row, column, f"{row}{column}甲") for row in range(3) for column in range(2))
    document = read_xls(workbook(cells, state=1), "a.xls")
    assert [issue.what.partition(" / ")[2] for issue in document.issues] == [
        "a hidden sheet, read and put last", "hidden rows 2 are read"]


def test_a_protected_workbook_is_refused() -> None:
    with pytest.raises(ReadError, match="password"):
        read_xls(workbook(cell(0, 0, "甲"), opening=record(PASS, b"\x01\x00\x01\x00" + b"\x00" * 50)), "a.xls")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_workbook_never_ends_in_a_traceback(tenth: int) -> None:
    data = workbook(b"".join(cell(row, column, "甲乙丙") for row in range(20) for column in range(5)))
    try:
        assert read_xls(data[:len(data) * tenth // 10], "a.xls").text
    except ReadError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_compound_files_of_workbooks_come_here(stream: str) -> None:
    assert ole.READERS[stream] is read_xls
