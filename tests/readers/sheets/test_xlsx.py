"""What cells of an xlsx hold and what of it is told; damage and attacks."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from books import MAIN, STRICT, fill, raw, saved, told
from openpyxl import Workbook
from openpyxl.comments import Comment

from hedui.errors import ReadError
from hedui.readers import kind_of, read_bytes
from hedui.readers.sheets import cells

STYLES = ('<numFmts><numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
          '<xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>')
CELLS = [
    ('<c r="A1"><v>1250.5</v></c>', "1250.5"),
    ('<c r="A1" s="1"><v>0.4407</v></c>', "44.07%"),
    ('<c r="A1" s="2"><f>1+1</f><v>2</v></c>', "2.00万元"),
    ('<c r="A1" t="s"><v>0</v></c>', "水库（座）"),
    ('<c r="A1" t="s"><v>1</v></c>', "富文本"),
    ('<c r="A1" t="s"><v>2</v></c>', "一\n二"),
    ('<c r="A1" t="s"><v>9</v></c>', "\ufffd"),
    ('<c r="A1" t="str"><f>A2</f><v>结果</v></c>', "结果"),
    ('<c r="A1" t="str"><f>A2</f><v></v></c>', ""),
    ('<c r="A1" t="inlineStr"><is><t>直接</t></is></c>', "直接"),
    ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
    ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ('<c r="A1" t="d" s="3"><v>2022-12-01T00:00:00</v></c>', "2022/12/1"),
    ('<c><v>7</v></c>', "7"),
    ('<c r="A1" t="n" s="99"><v>3</v></c>', "3"),
    ('<c r="A1"><v>不是数</v></c>', "不是数"),
]
SHARED = ('<si><t>水库（座）</t></si><si><r><rPr/><t>富</t></r><r><t xml:space="preserve">文本</t></r><rPh><t>fu</t></rPh></si>'
          "<si><t>一_x000D_\n二</t></si>")


@pytest.mark.parametrize(("cell", "expected"), CELLS)
@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_a_cell_shows(cell: str, expected: str, space: str) -> None:
    data = raw(f'<sheetData><row r="1">{cell}</row><row r="2"><c t="inlineStr"><is><t>末</t></is></c></row></sheetData>',
               shared=SHARED, styles=STYLES, space=space)
    assert read_bytes(data, "a.xlsx").text.removesuffix("末").rstrip("\n") == expected


def test_a_formula_without_its_value_is_told_with_its_cell() -> None:
    document = read_bytes(raw('<sheetData><row r="7"><c r="B7"><f>A1*2</f></c><c r="C7"><v>1</v></c></row></sheetData>'), "a.xlsx")
    assert [issue.where for issue in document.issues] == ["工作表 表!B7 / sheet 表!B7"]
    assert "no saved value" in document.issues[0].what


def test_texts_that_are_missing_are_told() -> None:
    document = read_bytes(raw('<sheetData><row><c t="s"><v>7</v></c><c><v>95</v></c></row></sheetData>'), "a.xlsx")
    assert "\ufffd" in document.text and "1 个单元格的文字在文件里缺失" in document.issues[0].what


def test_what_is_hidden_is_read_and_told() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "草稿"
    sheet["A1"], sheet["A2"] = "试算", "甲"
    sheet.sheet_state = "hidden"
    shown = book.create_sheet("资金明细")
    fill(shown, [["乡镇", "下达数", "备注"], ["东河镇", 300, "x"], ["西山镇", 200, "y"], ["北坡镇", 1, "z"]])
    for row in (2, 3):
        shown.row_dimensions[row].hidden = True
    shown.column_dimensions["C"].hidden = True
    shown.column_dimensions["F"].hidden = True
    document = read_bytes(saved(book), "a.xlsx")
    assert told(document) == ["h 资金明细", "t 乡镇|下达数|备注", "t 东河镇|300|x", "t 西山镇|200|y", "t 北坡镇|1|z",
                              "h 草稿", "p 试算", "p 甲"]
    assert [issue.what.partition(" / ")[2] for issue in document.issues] == [
        "hidden rows 2–3 are read", "hidden columns C are read", "a hidden sheet, read and put last"]


@pytest.mark.parametrize(("names", "headings"), [
    (("Sheet1", "Sheet2"), []), (("自评表", "Sheet2"), ["自评表"]), (("自评表",), []), (("工作表1", "表2 (2)"), [])])
def test_names_of_sheets_are_headings_where_they_say_something(names: tuple[str, ...], headings: list[str]) -> None:
    book = Workbook()
    book.remove(book.active)
    for name in names:
        fill(book.create_sheet(name), [["指标", "目标"], ["满意度", "90%"]])
    document = read_bytes(saved(book), "a.xlsx")
    assert [line[2:] for line in told(document) if line.startswith("h ")] == headings


def test_the_name_of_a_sheet_with_a_title_is_not_told_twice() -> None:
    book = Workbook()
    fill(book.active, [["项目支出绩效自评表", None], ["指标", "目标"], ["满意度", "90%"]], merged="A1:B1")
    book.active.title = "自评"
    fill(book.create_sheet("明细"), [["指标", "目标"], ["满意度", "90%"]])
    assert told(read_bytes(saved(book), "a.xlsx"))[0] == "p 项目支出绩效自评表"


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1:XFD1048576"/>'])
def test_a_dimension_that_lies_costs_nothing(dimension: str) -> None:
    data = raw(f'{dimension}<sheetData><row r="1048576"><c r="XFD1048576"><v>5</v></c></row></sheetData>'
               '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    document = read_bytes(data, "a.xlsx")
    assert document.text == "5" and "too large" in document.issues[0].what


def test_borders_down_a_whole_sheet_are_no_table() -> None:
    styles = '<borders><border/><border><left style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 5000))
    head = '<row r="1"><c s="1"><v>1</v></c><c s="1"><v>2</v></c></row><row r="2"><c s="1"><v>3</v></c><c s="1"><v>4</v></c></row>'
    assert told(read_bytes(raw(f"<sheetData>{head}{rows}</sheetData>", styles=styles), "a.xlsx")) == ["t 1|2", "t 3|4"]


def test_notes_pinned_to_cells_are_comments() -> None:
    book = Workbook()
    fill(book.active, [["指标", "目标"], ["满意度", "90%"]])
    book.active["B2"].comment = Comment("以问卷为准", "审核人")
    document = read_bytes(saved(book), "a.xlsx")
    assert [(block.role, document.text[slice(*block.span)]) for block in document.blocks][1:] == [("comment", "以问卷为准")]


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.xlsx")
    return str(caught.value)


def test_a_workbook_of_strings_that_unfold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_TEXT_BYTES", 5000)
    row = '<c t="s"><v>0</v></c>' * 10
    data = raw(f"<sheetData><row>{row}</row></sheetData>", shared=f"<si><t>{'甲' * 1000}</t></si>")
    assert "characters" in refused(data)


def test_a_workbook_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_CELLS", 5)
    assert "over 5 cells" in refused(raw(f"<sheetData><row>{'<c><v>1</v></c>' * 6}</row></sheetData>"))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_with_entities_is_not_read(part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><x>&a;&b;</x>'
    data = raw('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', shared="<si><t>甲</t></si>", extra={part: bomb})
    assert "DOCTYPE" in refused(data)


def test_a_part_out_of_proportion_is_refused() -> None:
    data = raw("<sheetData/>", extra={"xl/sharedStrings.xml": b" " * 20_000_000})
    assert "zip bomb" in refused(data)


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_workbook_ends_in_a_message(tenth: int) -> None:
    book = Workbook()
    fill(book.active, [["指标", "目标"], ["满意度", "90%"]])
    data = saved(book)
    assert "\n" not in refused(data[:len(data) * tenth // 10])


def test_a_damaged_sheet_is_told_and_the_others_are_read() -> None:
    book = Workbook()
    fill(book.active, [["指标", "目标"], ["满意度", "90%"]])
    fill(book.create_sheet("B"), [["甲", "乙"], [1, 2]])
    source, buffer = ZipFile(BytesIO(saved(book))), BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for info in source.infolist():
            content = source.read(info)
            archive.writestr(info.filename, content[:len(content) // 2] if info.filename.endswith("sheet2.xml") else content)
    document = read_bytes(buffer.getvalue(), "a.xlsx")
    assert told(document) == ["t 指标|目标", "t 满意度|90%"]
    assert [issue.where for issue in document.issues] == ["工作表 B / sheet B (xl/worksheets/sheet2.xml)"]


def test_what_is_outside_is_not_asked_for() -> None:
    link = ('<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
            'Target="http://192.0.2.1/a.xml" TargetMode="External"/>')
    document = read_bytes(raw("<sheetData><row><c><v>1</v></c></row></sheetData>", related=link), "a.xlsx")
    assert document.text == "1"


@pytest.mark.parametrize(("data", "what"), [
    (raw("<sheetData/>"), "no words"),
    (raw("", extra={"xl/worksheets/sheet1.xml": b""}), "damaged part"),
])
def test_a_workbook_without_words_is_refused(data: bytes, what: str) -> None:
    assert kind_of(data) == "xlsx"
    assert what in refused(data)
