"""Tables without lines, or with a few level ones; and what is laid out in columns and is no table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hedui.readers.pages.joins import join_tables
from hedui.readers.pages.page import Page, Run
from hedui.readers.pages.tables import find_tables

Draw = Callable[..., Page]
Told = Callable[..., list[str]]
Line = Callable[..., Run]

FUNDS = ["地区|全年预算数|全年执行数|执行率", "市本级|2,140.00|1,986.40|92.82%", "东湾区|2,360.00|2,201.75|93.29%",
         "西山县|1,180.00|1,180.00|100.00%", "合计|5,680.00|5,368.15|94.51%"]
GOALS = ["一级指标|二级指标|三级指标|年度指标值|实际完成值|得分", "产出指标|数量指标|新建和改造农村集中供水泵站数量|≥3座|3座|10",
         "|质量指标|验收合格率|100%|100%|10", "|时效指标|按期完工的工程占全部工程的比例|≥95%|96%|9.5",
         "效益指标|社会效益指标|受益人口|≥1.2万人|1.3万人|20"]
WIDTHS = {4: [100, 110, 110, 90], 6: [60, 70, 110, 80, 80, 50]}


@pytest.mark.parametrize("rows", [FUNDS, GOALS, FUNDS[1:], FUNDS[:2]], ids=["funds", "goals", "no header", "one row"])
def test_a_table_without_lines(draw: Draw, told: Told, rows: list[str]) -> None:
    tables, loose = find_tables(draw(rows, WIDTHS[rows[0].count("|") + 1], ruled="none", high=20))
    assert [told(table.cells) for table in tables] == [rows] and not loose and not tables[0].ruled


@pytest.mark.parametrize("rows", [FUNDS, GOALS, ["季度|支出金额", "一季度|486.20", "二季度|702.40", "合计|1188.60"]],
                         ids=["funds", "goals", "two columns"])
def test_a_table_of_three_lines(draw: Draw, told: Told, rows: list[str]) -> None:
    widths = WIDTHS.get(rows[0].count("|") + 1, [120, 120])
    tables, loose = find_tables(draw(rows, widths, ruled="three", high=20))
    assert [told(table.cells) for table in tables] == [rows] and not loose


def test_words_around_the_table_stay(draw: Draw, line: Line) -> None:
    page = draw(FUNDS, WIDTHS[4], ruled="none", high=20)
    around = [line("全年预算执行情况见下表，各县区均按进度拨付资金，支出合规，未发现挤占挪用。", 60, 60), line("单位：万元", 400, 82, 10),
              line("注：执行率为全年执行数与全年预算数之比，四舍五入。", 60, 205, 10), line("特此报告。", 60, 240)]
    tables, loose = find_tables(replace(page, runs=(*around, *page.runs)))
    assert len(tables) == 1 and sorted(run.text for run in loose) == sorted(run.text for run in around)


def test_a_title_over_several_columns_is_one_cell(draw: Draw, told: Told) -> None:
    rows = ["地区|全年预算数|<|执行率", "|中央资金|省级资金|", *FUNDS[1:]]
    page = draw(rows, WIDTHS[4], ruled="none", high=20)
    runs = tuple(replace(run, x0=220, x1=330, edges=()) if run.text == "全年预算数" else run for run in page.runs)
    tables, _ = find_tables(replace(page, runs=runs))
    assert [told(table.cells) for table in tables] == [rows]


def columns(line: Line, rows: list[list[str]], xs: list[float], pitch: float = 20, size: float = 10) -> Page:
    runs = [line(text, x, 100 + pitch * k, size) for k, row in enumerate(rows) for x, text in zip(xs, row, strict=False) if text]
    return Page(number=1, width=595, height=842, runs=tuple(runs))


PROSE = "本年度认真落实各项部署，资金使用规范，群"
NO_TABLES = {
    "prose in two columns": ([[PROSE, PROSE]] * 8, [60, 320]),
    "prose in three columns": ([[PROSE, PROSE, PROSE]] * 8, [30, 240, 450]),
    "a table of contents": ([[f"{k}", "项目概况", "........", f"{k * 3}"] for k in range(1, 9)], [60, 90, 200, 400]),
    "two rows of figures": ([["1", "2", "3"]] * 2, [60, 160, 260]),
    "labels of a cover": ([["项目名称：", "泵站改造"], ["主管部门：", "水利局"], ["填报日期：", "3月"]], [60, 160]),
    "names in three columns": ([["王一", "李二", "张三"], ["赵四", "孙五", "周六"], ["吴七", "郑八", "冯九"]], [60, 200, 340]),
    "one line of three": ([["单位：水利局", "年度：2023", "金额：万元"]], [60, 200, 340]),
}


@pytest.mark.parametrize(("rows", "xs"), NO_TABLES.values(), ids=NO_TABLES)
def test_no_table(line: Line, rows: list[list[str]], xs: list[float]) -> None:
    page = columns(line, rows, xs)
    tables, loose = find_tables(page)
    assert not tables and len(loose) == len(page.runs)


def test_a_table_without_lines_goes_on_overleaf(draw: Draw, told: Told) -> None:
    first = draw(FUNDS[:3], WIDTHS[4], ruled="none", high=20, number=1)
    second = draw([FUNDS[0], *FUNDS[3:]], WIDTHS[4], ruled="none", high=20, number=2)
    drafts = join_tables([*find_tables(first)[0], *find_tables(second)[0]])
    assert [told(draft.cells) for draft in drafts if draft.kind == "table"] == [FUNDS]
    assert [draft.role for draft in drafts[1:]] == ["header"]
