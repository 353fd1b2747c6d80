"""Rows and Excel: every row there, every figure exact, nothing that runs as a formula."""

import zipfile

import openpyxl
import pytest

from hedui.export import to_output
from hedui.export.excel import ROWS, SHAPES, Sheet, number, write_excel
from hedui.export.tables import COLUMNS, FileLine, rows_of
from hedui.export.words import COLUMNS as TITLES
from hedui.export.words import SHEETS


@pytest.fixture
def outputs(made):
    return [to_output(made()), to_output(made("乙.docx", made().document.text + "附注。"))]


def lines(outputs):
    read = [FileLine(name=one["source"]["name"], state="read", sha256=one["source"]["sha256"]) for one in outputs]
    return [*read, FileLine(name="坏.docx", state="failed", cause="=不是 docx")]


def test_rows_have_no_column_that_is_not_named(outputs):
    for table, columns in COLUMNS.items():
        for row in rows_of(outputs[0], table):
            assert set(row) <= set(columns), table


def test_every_column_of_excel_has_a_title():
    assert {column for shape in SHAPES.values() for column in shape} <= set(TITLES)


def test_excel_sheets_and_rows(tmp_path, outputs):
    book = openpyxl.load_workbook(write_excel(outputs, tmp_path / "a.xlsx", lines=lines(outputs)))
    assert book.sheetnames == list(SHEETS.values())
    assert [book[name].max_row - 1 for name in book.sheetnames[1:]] == [2, 4, 4, 3]
    checks = book["核对 Checks"]
    assert checks.freeze_panes == "B2" and checks.auto_filter.ref == "A1:K5"
    assert checks["A1"].value == "文件\nfile" and checks.column_dimensions["A"].width > 20
    summary = {row[0].value: row[1].value for row in book["结论 Summary"].iter_rows(min_row=2)}
    assert summary["核对 checks · 不符 conflict"] == 2 and summary["文件 files · 未能读出 failed"] == 1
    assert summary["不符 conflicts · 目标 target"] == 2
    files = {row[0].value: [cell.value for cell in row] for row in book["文件 Files"].iter_rows(min_row=2)}
    assert files["云岭县.txt"][3:8] == [len(outputs[0]["text"]), 1, 4, 2, 1]
    assert files["坏.docx"][2] == "=不是 docx"


def test_excel_money_is_a_number(tmp_path, outputs):
    sheet = openpyxl.load_workbook(write_excel(outputs, tmp_path / "a.xlsx", lines=[]))["记录 Records"]
    heads = {cell.value.split("\n")[1]: cell.column for cell in sheet[1]}
    yuan = sheet.cell(2, heads["yuan"])
    assert (yuan.value, yuan.data_type) == (12005000, "n")
    assert sheet.cell(3, heads["name"]).value == '=HYPERLINK("x")养护里程'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "{=", "http://"])
def test_nothing_a_report_says_is_a_formula(tmp_path, made, start):
    output = to_output(made(start + "1+1.txt"))
    evil = start + "cmd|' /C calc'!A0"
    output["source"]["name"] = evil
    for check in output["reports"][0]["checks"]:
        check |= {"note": evil, "kind": evil, "verdict": "conflict", "stated": check["stated"] | {"text": evil}}
    for record in output["reports"][0]["records"]:
        record["fields"] = dict.fromkeys(record["fields"], evil)
    path = write_excel([output], tmp_path / "a.xlsx", lines=[FileLine(name=evil, state=evil, cause=evil)])
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"hyperlink" in sheet for sheet in sheets)
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum(cell.data_type == "s" or isinstance(cell.value, str) for cell in cells) > 20
    assert {"n"} >= {cell.data_type for cell in cells if not isinstance(cell.value, str)}


@pytest.mark.parametrize("value, shown", [
    ("93.80", 93.8), ("-3", -3), ("+3", None), ("１２", None), ("1e5", None), ("123456789012345", 123456789012345),
    ("1234567890123456", None), (0.5, 0.5), (None, None), ("=1", None),
])
def test_numbers_are_exact_or_text(value, shown):
    assert number(value) == shown


def test_long_text_and_full_sheets(tmp_path, outputs):
    outputs[0]["reports"][0]["checks"][0]["note"] = "长" * 40_000
    book = openpyxl.load_workbook(write_excel(outputs, tmp_path / "a.xlsx", lines=[]))
    assert book["核对 Checks"]["F2"].value == "长" * 32_767


def test_a_full_sheet_takes_no_more_and_says_so():
    class Recorder:
        def __getattr__(self, name):
            return lambda *_, **__: None

    sheet = Sheet(Recorder(), ("file",), {"head": None, "text": None})
    sheet.row = ROWS - 1
    sheet.add({"file": "a"})
    assert sheet.full and sheet.row == ROWS
    sheet.add({"file": "b"})
    assert sheet.row == ROWS
