"""OFD read: text however its characters are placed, tables with their lines, templates, pages, places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hedui.document import Document
from hedui.readers import read_bytes

Objects = Callable[..., str]
TEXT = "一、项目基本情况\n全年预算数120.5万元，执行数98.25万元，预算执行率为81.54%，结转22.25万元。\n" \
       "指标\t年度指标值\t实际完成值\n培训场次\t30场\t28场\n满意度\t\t92.5%"
MM = 72 / 25.4


def flat(document: Document) -> str:
    return document.text.replace("，\n结转", "，结转")


@pytest.mark.parametrize("how", ["delta", "group", "ctm", "single", "bare"])
@pytest.mark.parametrize("filled", [False, True])
def test_text_and_table_however_they_are_drawn(make: Any, report: Objects, how: str, filled: bool) -> None:
    document = read_bytes(make.ofd(report(how, filled=filled)), "年报.ofd")
    assert flat(document) == TEXT
    table = next(block for block in document.blocks if block.kind == "table")
    assert [(cell.row, cell.col) for cell in table.cells] == [(row, col) for row in range(3) for col in range(3)]
    assert (document.media_type, document.pages, document.issues) == ("application/ofd", 1, ())


def test_every_character_has_its_place(make: Any) -> None:
    document = read_bytes(make.ofd(make.text("执行率81.54%", 30, 50)), "a.ofd")
    (line,) = document.lines
    assert document.text[slice(*line.span)] == "执行率81.54%"
    assert line.edges[:4] == pytest.approx([(30 + 4.2 * at) * MM for at in range(4)])
    assert line.box.page == 1 and line.box.y0 < 50 * MM < line.box.y1 and line.box.x0 == pytest.approx(30 * MM)


def test_the_corner_of_the_box_is_where_a_page_begins(make: Any) -> None:
    objects = make.text("一、项目情况", 130, 150)
    document = read_bytes(make.ofd(make.content(objects, box="100 100 210 297")), "a.ofd")
    assert document.lines[0].box.x0 == pytest.approx(30 * MM)


def test_pages_follow_and_documents_follow(make: Any) -> None:
    pages = [make.text("第一页的话。", 20, 80), make.text("第二页的话。", 20, 120)]
    document = read_bytes(make.ofd(*pages, bodies=2), "a.ofd")
    assert document.text == "第一页的话。\n第二页的话。\n第一页的话。\n第二页的话。"
    assert [block.page for block in document.blocks] == [1, 2, 3, 4] and document.pages == 4


def test_a_template_lies_under_its_pages(make: Any) -> None:
    rows = [["指标", "值"], ["", ""]]
    page = make.content(make.text("28场", 62, 56.5), template="7")
    document = read_bytes(make.ofd(page, templates={"7": make.table(rows)}), "a.ofd")
    assert document.text == "指标\t值\n\t28场"


def test_a_composite_is_drawn_where_it_is_put(make: Any) -> None:
    unit = ('<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5" Width="50" Height="20"><ofd:Content>'
            + make.text("合计98万元", 0, 5) + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>")
    used = '<ofd:CompositeObject ID="6" ResourceID="5" Boundary="40 60 50 20" CTM="2 0 0 2 0 0"/>'
    document = read_bytes(make.ofd(used, resources=unit), "a.ofd")
    assert document.text == "合计98万元"
    assert document.lines[0].box.x0 == pytest.approx(40 * MM) and document.lines[0].box.y1 > 70 * MM


BOLD = '<ofd:Fonts><ofd:Font ID="1" FontName="黑体" Bold="true"/></ofd:Fonts>'


@pytest.mark.parametrize(("objects", "text"), [
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="4">甲乙</ofd:TextCode>'
     '<ofd:TextCode X="8" DeltaX="4">丙丁</ofd:TextCode></ofd:TextObject>', "甲乙丙丁"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="4 40 4">左边右边</ofd:TextCode>'
     "</ofd:TextObject>", "左边  右边"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="g 9999999999 4">一二三</ofd:TextCode>'
     "</ofd:TextObject>", "一二三"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="g 2 nan 4 4">一二三</ofd:TextCode>'
     "</ofd:TextObject>", "一二三"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="3.6 1 3.2 2.2">Wiman</ofd:TextCode>'
     "</ofd:TextObject>", "Wiman"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="3.1 3.1 3.1">2024</ofd:TextCode>'
     "</ofd:TextObject>", "2024"),
    ('<ofd:TextObject Size="4" Boundary="20 20 90 6"><ofd:TextCode X="0" Y="4" DeltaX="g 2 2">win</ofd:TextCode>'
     '<ofd:TextCode X="8" DeltaX="g 2 2">ten</ofd:TextCode></ofd:TextObject>', "win ten"),
])
def test_forms_of_a_text_code(make: Any, objects: str, text: str) -> None:
    assert read_bytes(make.ofd(objects, resources=BOLD), "a.ofd").text == text


SEEN = "看得见"


@pytest.mark.parametrize("hidden", ['Visible="false"', 'Alpha="0"', 'Fill="false"', 'CTM="0.7 0.7 -0.7 0.7 0 0"'])
def test_what_is_not_seen_or_lies_aslant_is_left_out(make: Any, hidden: str) -> None:
    objects = make.text(SEEN, 20, 20) + make.text("看不见", 20, 60, attributes=hidden)
    assert read_bytes(make.ofd(objects), "a.ofd").text == SEEN


def test_print_drawn_twice_stands_once(make: Any) -> None:
    assert read_bytes(make.ofd(make.text(SEEN, 20, 20) + make.text(SEEN, 20.1, 20)), "a.ofd").text == SEEN


def test_characters_without_codes_are_told(make: Any) -> None:
    document = read_bytes(make.ofd(make.text("指标¤¤", 20, 20)), "a.ofd")
    assert [(issue.where, "2" in issue.what) for issue in document.issues] == [("第 1 页 / page 1", True)]


@pytest.mark.parametrize("attributes", ['Stroke="false"', 'Visible="false"', 'Alpha="0"'])
def test_lines_that_are_not_seen_make_no_table(make: Any, attributes: str) -> None:
    objects = make.text("指标", 22, 46) + "".join(
        make.line(*ends, attributes=attributes) for ends in ((20, 40, 60, 40), (20, 50, 60, 50), (20, 40, 20, 50), (60, 40, 60, 50)))
    assert [block.kind for block in read_bytes(make.ofd(objects), "a.ofd").blocks] == ["paragraph"]
