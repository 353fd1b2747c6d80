"""Tables that pages cut, put together: rows, labels, headers, and the tables that stay apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hedui.readers.assemble import Draft
from hedui.readers.pages.joins import join_tables
from hedui.readers.pages.page import Page, Rule, Run
from hedui.readers.pages.regions import Region
from hedui.readers.pages.tables import find_tables

Draw = Callable[..., Page]
Told = Callable[..., list[str]]

WIDTHS = [60, 70, 110, 70, 70]
HEADER = "一级指标|二级指标|三级指标|指标值|完成值"
ROWS = ["产出指标|数量指标|新建泵站|≥3座|3座", "^|^|维修渠道|≥20公里|21公里", "^|质量指标|验收合格率|100%|100%",
        "^|时效指标|完工时间|2023年底|2023年底", "效益指标|社会效益指标|受益人口|≥1.2万人|1.3万人"]


def moved(page: Page, scale: float, dx: float, dy: float) -> Page:
    """The page as another scan of it lies."""
    def x(value: float) -> float:
        return value * scale + dx

    def y(value: float) -> float:
        return value * scale + dy

    runs = tuple(replace(run, x0=x(run.x0), x1=x(run.x1), y0=y(run.y0), y1=y(run.y1), edges=tuple(map(x, run.edges)))
                 for run in page.runs)
    rules = tuple(Rule(x0=x(rule.x0), y0=y(rule.y0), x1=x(rule.x1), y1=y(rule.y1)) for rule in page.rules)
    return replace(page, runs=runs, rules=rules)


def flow(*pages: Page) -> list[Region | Draft]:
    return [region for page in pages for region in find_tables(page)[0]]


def joined(told: Told, *pages: Page) -> list[list[str]]:
    return [told(draft.cells) for draft in join_tables(flow(*pages)) if draft.kind == "table"]


@pytest.mark.parametrize(("scale", "dx", "dy"), [(1, 0, 0), (1.015, -6, 3), (0.99, 5, -40)])
@pytest.mark.parametrize("header", ["", HEADER])
def test_three_pages_are_one_table(draw: Draw, told: Told, header: str, scale: float, dx: float, dy: float) -> None:
    again = [header] if header else []
    pages = [draw([HEADER, *ROWS[:2]], WIDTHS, number=1, y=600),
             moved(draw([*again, "|质量指标|验收合格率|100%|100%", ROWS[3]], WIDTHS, number=2), scale, dx, dy),
             draw([*again, ROWS[4]], WIDTHS, number=3)]
    drafts = join_tables(flow(*pages))
    assert [told(draft.cells) for draft in drafts if draft.kind == "table"] == [[HEADER, *ROWS]]
    assert [(draft.role, draft.page, draft.text) for draft in drafts if draft.kind != "table"] == [
        ("header", page, HEADER.replace("|", "\t")) for page in (2, 3) if header]


def test_a_header_of_two_rows_is_repeated_in_other_marks(draw: Draw, told: Told) -> None:
    header = ["序号|文件|资金类别||", "||1. 省级|2. 市县（区）级|小计"]
    again = ["序号|文件|资金类别||", "||1.省级|2.市县(区)级|小计"]
    first = draw([*header, "1|通知一|1,038.00|169.00|1,207.00"], WIDTHS, number=1)
    second = draw([*again, "2|通知二|601.00|105.00|706.00"], WIDTHS, number=2)
    assert joined(told, first, second) == [[*header, "1|通知一|1,038.00|169.00|1,207.00", "2|通知二|601.00|105.00|706.00"]]


def test_a_label_cut_by_the_page_goes_on(draw: Draw, told: Told) -> None:
    rows = [HEADER, *ROWS]
    first, second = draw(rows, WIDTHS, number=1, only=(0, 3)), draw(rows, WIDTHS, number=2, only=(3, 6))
    assert joined(told, first, second) == [rows]


def test_a_label_told_again_goes_on(draw: Draw, told: Told) -> None:
    first = draw([HEADER, *ROWS[:2]], WIDTHS, number=1)
    second = draw(["产出指标|质量指标|验收合格率|100%|100%", *ROWS[3:]], WIDTHS, number=2)
    drafts = join_tables(flow(first, second))
    assert told(drafts[0].cells) == [HEADER, *ROWS]
    assert [(draft.role, draft.text) for draft in drafts[1:]] == [("header", "产出指标")]


def test_a_label_printed_below_the_cut(draw: Draw, told: Told) -> None:
    first = draw([HEADER, *ROWS[:2], "|质量指标|验收合格率|100%|100%"], WIDTHS, number=1)
    second = draw(["效益指标|质量指标|故障率|≤1%|0.5%", ROWS[4]], WIDTHS, number=2)
    (table,) = joined(told, first, second)
    assert table[3:5] == ["效益指标|质量指标|验收合格率|100%|100%", "^|质量指标|故障率|≤1%|0.5%"]


def test_a_table_of_many_pages(draw: Draw, told: Told) -> None:
    pages = [draw([HEADER, *ROWS], WIDTHS, number=number) for number in range(1, 41)]
    drafts = join_tables(flow(*pages))
    assert told(drafts[0].cells) == [HEADER, *ROWS * 40] and len(drafts) == 40


CUT_ROWS = {
    "a name that goes on": (
        "产出指标|数量指标|新建和改造农村集中供|≥3座|3座", "||水泵站数量||",
        "产出指标|数量指标|新建和改造农村集中供水泵站数量|≥3座|3座"),
    "two columns that go on": (
        "产出指标|社会效益指|农村集中供水保证率显|明显|明显", "|标|著提高||", "产出指标|社会效益指标|农村集中供水保证率显著提高|明显|明显"),
    "figures that stand below the cut": (
        "产出指标|数量指标|新建和改造农村集中供||", "||水泵站数量|≥3座|3座",
        "产出指标|数量指标|新建和改造农村集中供水泵站数量|≥3座|3座"),
}


@pytest.mark.parametrize(("above", "below", "whole"), CUT_ROWS.values(), ids=CUT_ROWS)
def test_a_row_cut_by_the_page_is_one(draw: Draw, told: Told, above: str, below: str, whole: str) -> None:
    first = draw([HEADER, "效益指标|经济效益|节水|≥5万方|6万方", "效益指标|生态效益|节电|≥5千度|6千度", above], WIDTHS, number=4)
    second = draw([below, ROWS[4]], WIDTHS, number=5)
    (draft,) = join_tables(flow(first, second))
    assert told(draft.cells)[-2:] == [whole, ROWS[4]]
    name = next(cell for cell in draft.cells if cell.row == 3 and cell.col == 2)
    assert [line.box.page for line in name.lines] == [4, 5] and name.box is not None and name.box.page == 4
    assert "".join(name.text[line.start:line.end] for line in name.lines) == name.text


APART_AT_THE_CUT = {
    "the figure stands above the cut": ("|||≥3座|", "||新建泵站||3座", "||新建泵站|≥3座|3座"),
    "the label alone stands above": ("效益指标||||", "|生态效益|节水|≥5方|6方", "效益指标|生态效益|节水|≥5方|6方"),
    "the name alone stands below": ("|||≥3座|3座", "||新建泵站||", "||新建泵站|≥3座|3座"),
    "a header of two lines": ("一级指标|二级指标|三级指标||完成值", "|||指标值|", HEADER),
    "a bracket": ("产出指标（50||新建泵站||", "分）|数量指标||≥3座|3座", "产出指标（50分）|数量指标|新建泵站|≥3座|3座"),
    "nothing but a bracket": ("产出指标预算|||≥3座|3座", "（万元）||新建泵站||", "产出指标预算（万元）||新建泵站|≥3座|3座"),
}


@pytest.mark.parametrize(("above", "below", "whole"), APART_AT_THE_CUT.values(), ids=APART_AT_THE_CUT)
def test_each_half_of_a_row_has_what_the_other_lacks(draw: Draw, told: Told, above: str, below: str, whole: str) -> None:
    rows = [f"效益指标|社会效益|指标{number}|≥{number}人|{number}人" for number in range(1, 5)]
    first, second = draw([HEADER, *rows, above], WIDTHS, number=1), draw([below, ROWS[4]], WIDTHS, number=2)
    assert joined(told, first, second) == [[HEADER, *rows, whole, ROWS[4]]]


@pytest.mark.parametrize(("above", "below"), [
    ("主管部门|农业局|||", "项目资金|全年预算数|全年执行数|执行率|分值"),
    ("项目资金||全年预算数|执行率|", "|年度总额|500|98%|"),
    ("|质量指标|渠道的水量明显增大|明显|明显", "满意度||群众满意|≥90%|95%")], ids=str)
def test_rows_that_only_seem_to_be_halves(draw: Draw, told: Told, above: str, below: str) -> None:
    first, second = draw([*ROWS, above], WIDTHS, number=1), draw([below, ROWS[4]], WIDTHS, number=2)
    (table,) = joined(told, first, second)
    assert len(table) == 8
    assert table[5].split("|")[2:] == above.split("|")[2:] and table[6].split("|")[2:] == below.split("|")[2:]


@pytest.mark.parametrize("below", [
    "|数量指标|维修渠道|≥20公里|21公里", "||维修渠道||", "||水泵站验收|100%|100%", "||||"], ids=str)
def test_a_row_of_its_own_stays_one(draw: Draw, told: Told, below: str) -> None:
    first = draw([HEADER, "产出指标|数量指标|新建泵站|≥3座|3座"], WIDTHS, number=1)
    second = draw([below, ROWS[4]], WIDTHS, number=2)
    (table,) = joined(told, first, second)
    assert len(table) == 4 and table[1].split("|")[2:] == ["新建泵站", "≥3座", "3座"]


def test_a_header_is_not_glued_to_the_row_under_it(draw: Draw, told: Told) -> None:
    """The page ends with the header of the indicators, and the label beside it runs on."""
    first = draw(["项目名称|泵站改造|<|<|<", HEADER], WIDTHS, number=1)
    second = draw(["|数量指标|新建泵站|≥3座|3座", ROWS[4]], WIDTHS, number=2)
    (table,) = joined(told, first, second)
    assert table[1:3] == [HEADER, "|数量指标|新建泵站|≥3座|3座"]


def test_columns_hidden_by_merged_cells_are_found_by_their_edges(draw: Draw, told: Told) -> None:
    first = draw(["项目名称|<|泵站改造|<|<", "资金|<|预算数|执行数|执行率"], WIDTHS, number=1)
    second = draw([HEADER, *ROWS], WIDTHS, number=2)
    assert joined(told, first, second) == [["项目名称|<|泵站改造|<|<", "资金|<|预算数|执行数|执行率", HEADER, *ROWS]]


def test_one_long_cell_goes_on(draw: Draw, told: Told) -> None:
    widths = [60, 320]
    text = "全年新建泵站三座，维修渠道二十公里，受益一万三千人，群众的满意"
    first = draw(["项目名称|泵站改造", "年度目标|" + text], widths, number=1)
    second = draw(["|度不断提高，全部目标如期完成。", "总分|97"], widths, number=2)
    (table,) = joined(told, first, second)
    assert table == ["项目名称|泵站改造", "年度目标|" + text + "度不断提高，全部目标如期完成。", "总分|97"]


CAPTION = Draft(kind="paragraph", text="附表2 专项资金绩效自评表", page=2)


def test_a_caption_between_keeps_two_tables_apart(draw: Draw, told: Told) -> None:
    first, second = draw([HEADER, *ROWS], WIDTHS, number=1), draw([HEADER, *ROWS], WIDTHS, number=2)
    drafts = join_tables([*flow(first), CAPTION, *flow(second)])
    assert [draft.kind for draft in drafts] == ["table", "paragraph", "table"]
    assert [told(draft.cells) for draft in drafts if draft.kind == "table"] == [[HEADER, *ROWS]] * 2


@pytest.mark.parametrize("words", ["续表", "（续上表）", "接上页", "续表1"])
def test_words_that_the_table_goes_on(draw: Draw, told: Told, words: str) -> None:
    first, second = draw([HEADER, *ROWS[:2]], WIDTHS, number=1), draw(["|质量指标|验收合格率|100%|100%"], WIDTHS, number=2)
    drafts = join_tables([*flow(first), Draft(kind="paragraph", text=words, page=2), *flow(second)])
    assert [(draft.kind, draft.role) for draft in drafts] == [("table", "body"), ("paragraph", "header")]


def test_words_that_no_table_follows_stay(draw: Draw) -> None:
    drafts = join_tables([*flow(draw([HEADER, *ROWS], WIDTHS)), Draft(kind="paragraph", text="续表", page=2)])
    assert [(draft.kind, draft.role) for draft in drafts] == [("table", "body"), ("paragraph", "body")]


APART = {
    "a page lies between": (WIDTHS, 3, ROWS),
    "another width": ([60, 60, 60], 2, ["甲|乙|丙"]),
    "other columns": ([120, 40, 180, 40], 2, ["甲|乙|丙|丁", "戊|己|庚|辛"]),
}


@pytest.mark.parametrize(("widths", "number", "rows"), APART.values(), ids=APART)
def test_tables_apart(draw: Draw, told: Told, widths: list[float], number: int, rows: list[str]) -> None:
    first, second = draw([HEADER, *ROWS], WIDTHS, number=1), draw(rows, widths, number=number)
    assert len(joined(told, first, second)) == 2


def test_a_framed_text_is_paragraphs() -> None:
    rules = (Rule(x0=60, y0=100, x1=400, y1=100), Rule(x0=60, y0=160, x1=400, y1=160), Rule(x0=60, y0=100, x1=60, y1=160),
             Rule(x0=400, y0=100, x1=400, y1=160))
    runs = (Run(text="填报说明：", x0=64, y0=105, x1=114, y1=115, size=10),
            Run(text="1.金额以万元为单位。", x0=64, y0=125, x1=164, y1=135, size=10))
    drafts = join_tables(find_tables(Page(number=1, width=595, height=842, runs=runs, rules=rules))[0])
    assert [(draft.kind, draft.text) for draft in drafts] == [("paragraph", "填报说明："), ("paragraph", "1.金额以万元为单位。")]
    assert [(line.start, line.end) for draft in drafts for line in draft.lines] == [(0, 5), (0, 11)]


def test_a_framed_rest_of_a_table_is_part_of_it(draw: Draw, told: Told) -> None:
    first = draw(["项目名称|泵站改造", "年度目标|建成三座"], [80, 240], number=1)
    second = draw(["说明：无"], [320], number=2)
    assert joined(told, first, second) == [["项目名称|泵站改造", "年度目标|建成三座", "说明：无|<"]]
