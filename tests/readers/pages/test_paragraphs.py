"""Lines to paragraphs: what runs on, what begins anew, whatever way paragraphs are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.document import Box
from hedui.readers.assemble import Draft
from hedui.readers.pages import Page, Run, page_drafts

Pages = Callable[..., list[Page]]
Line = Callable[..., Run]
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

REPORT = [
    "一、项目概况",
    "2023年云溪县安排农村供水保障资金1,234.56万元，其中：中央资金800万元，县级配套434.56万元，用于新建集中供水点18处、更换老旧管网42公里，"
    "惠及12个乡镇的3.6万人（含脱贫人口4,215人）。资金于2023年3月底前全部下达。",
    "（一）绩效目标",
    "按照《云溪县财政局关于开展2023年度项目支出绩效自评工作的通知》（云财绩〔2024〕3号）要求，县水务局组织开展了自评。",
    "1.数量指标。新建集中供水点18处，完成率100%；更换老旧管网41.5公里，完成率98.81%。",
    "2.质量指标。工程验收合格率100%，水质达标率96.7%，比上年提高2.3个百分点，好于预期，主要原因是新建净化设备18套并按期投入使用。",
    "二、存在的问题",
    "部分偏远村组管网铺设难度大，个别标段进度滞后；管护经费来源单一，长效机制还不健全。",
]


def body(pages: Sequence[Page]) -> list[str]:
    return [draft.text for draft in page_drafts(pages) if draft.role == "body"]


@pytest.mark.parametrize("layout", [{"indent": 2}, {"indent": 0, "gap": 10}, {"indent": 2, "letters": 24}, {"indent": 2, "lines_a_page": 5},
                                    {"indent": 0}, {"indent": 0, "letters": 30}], ids=str)
def test_paragraphs_come_back(pages_of: Pages, layout: dict[str, float]) -> None:
    assert body(pages_of(REPORT * 2, **layout)) == REPORT * 2


SENTENCE = st.text(st.sampled_from("年度项目资金支出绩效目标完成率按照要求（《》）、，；：“”12.5%"), min_size=2, max_size=90)
PARAGRAPH = st.builds("{}{}。".format, st.sampled_from(["本项目", "经自评", "三是", "（一）", "2.", "水利"]), SENTENCE)


@LAW
@given(paragraphs=st.lists(PARAGRAPH, min_size=4, max_size=12), lines_a_page=st.integers(3, 30))
def test_indented_paragraphs_come_back_whatever_they_say(pages_of: Pages, paragraphs: list[str], lines_a_page: int) -> None:
    known = REPORT[1:2] * 2
    assert body(pages_of([*known, *paragraphs, *known], lines_a_page=lines_a_page)) == [*known, *paragraphs, *known]


# what is set, line by line: (text, x in letters from the left margin); a frame of 37 letters, told by the first paragraph
FILL = [("县水务局会同县财政局对二〇二三年度农村供水保障项目资金的使用情况和绩效目标完成", 0), ("情况开展了全面的绩效自评。", 0)]
SET: dict[str, tuple[list[tuple[str, float]], list[str]]] = {
    "a number that a line end cut": (
        [("项目总投资由中央财政资金和县级财政配套资金两部分组成，经审核确认后合计为1,234.", 0), ("56万元。", 0)],
        ["项目总投资由中央财政资金和县级财政配套资金两部分组成，经审核确认后合计为1,234.56万元。"]),
    "a centred title of two lines": (
        [("云溪县2023年农村供水保障项目", 11), ("支出绩效自评报告", 14.5)], ["云溪县2023年农村供水保障项目", "支出绩效自评报告"]),
    "a paragraph that stands farther in as a whole": (
        [("按照工程进度和合同约定及时足额拨付资金，严格执行国库集中支付制度和政府采", 2.5), ("购制度，确保专款专用。", 2.5)],
        ["按照工程进度和合同约定及时足额拨付资金，严格执行国库集中支付制度和政府采购制度，确保专款专用。"]),
    "unit and date on the right": (
        [("云溪县水务局", 30), ("2024年3月12日", 29.5)], ["云溪县水务局", "2024年3月12日"]),
    "labels on one line": (
        [("单位：万元", 0), ("编制单位：云溪县水务局", 0)], ["单位：万元", "编制单位：云溪县水务局"]),
    "contents": (
        [("一、项目概况" + "…" * 30 + "1", 0), ("二、绩效分析" + "…" * 30 + "4", 0)],
        ["一、项目概况" + "…" * 30 + "1", "二、绩效分析" + "…" * 30 + "4"]),
    "a hanging list item": (
        [("（1）按照工程进度和合同约定及时足额拨付资金，严格执行国库集中支付制度和政府采购", 0), ("制度，确保专款专用。", 2.5),
         ("（2）建立台账。", 0)],
        ["（1）按照工程进度和合同约定及时足额拨付资金，严格执行国库集中支付制度和政府采购制度，确保专款专用。", "（2）建立台账。"]),
    "a figure's caption behind a full line": (
        [("本年度资金收入和支出的结构与上年度相比没有明显的变化，详细情况可以参见下面的图。", 0), ("（图2：收入结构）", 0)],
        ["本年度资金收入和支出的结构与上年度相比没有明显的变化，详细情况可以参见下面的图。", "（图2：收入结构）"]),
    "numbers that count on within a paragraph": (
        [("为确保年度绩效目标如期实现，项目单位采取了以下三条措施：①按时完成工程招标工作。", 0), ("②足额落实配套资金。③开展培训。", 0)],
        ["为确保年度绩效目标如期实现，项目单位采取了以下三条措施：①按时完成工程招标工作。②足额落实配套资金。③开展培训。"]),
    "a heading of its own behind a full line": (
        [("本年度资金收入和支出的结构与上年度相比没有明显的变化，详细情况可以参见下面的图。", 0), ("三、下一步改进措施", 0)],
        ["本年度资金收入和支出的结构与上年度相比没有明显的变化，详细情况可以参见下面的图。", "三、下一步改进措施"]),
    "a quotation that the mark before it holds": (
        [("为加强专项资金管理，提升财政资金使用绩效，全面落实“花钱必问效、无效必问责”的", 0), ("“双问”机制。", 0)],
        ["为加强专项资金管理，提升财政资金使用绩效，全面落实“花钱必问效、无效必问责”的“双问”机制。"]),
}


@pytest.mark.parametrize(("lines", "paragraphs"), SET.values(), ids=SET)
def test_what_runs_on(line: Line, lines: list[tuple[str, float]], paragraphs: list[str]) -> None:
    runs = [line(text, 75 + 12 * x, 120 + 20 * row) for row, (text, x) in enumerate([*FILL * 2, *lines, *FILL])]
    filled = "".join(text for text, _ in FILL)
    page = Page(number=1, width=595, height=842, runs=tuple(runs))
    assert body([page]) == [filled, filled, *paragraphs, filled]


def test_rows_that_nothing_rules_stay_apart(line: Line) -> None:
    rows = [[("资金分配合理性", 0), ("符合预算管理和农村供水保障项目补助资金管理的各项要求", 7.5), ("合理", 34.5)],
            [("预算执行率", 0), ("98.2%", 8), ("及时", 34)]]
    page = Page(number=1, width=595, height=842, runs=tuple(
        line(text, 75 + 12 * x, 120 + 20 * at) for at, row in enumerate([*[[piece] for piece in FILL], *rows]) for text, x in row))
    assert body([page])[1:] == ["资金分配合理性 符合预算管理和农村供水保障项目补助资金管理的各项要求 合理", "预算执行率  98.2%  及时"]


def test_larger_letters_and_bold_numbers_begin_anew(line: Line) -> None:
    full = "县水务局会同县财政局对二〇二三年度农村供水保障项目资金的使用情况和绩效目标完成。"
    runs = [line(full, 75, 100), line("绩效自评", 75, 120, 14), line(full, 75, 140), line("2.质量", 75, 160, bold=True)]
    assert body([Page(number=1, width=595, height=842, runs=tuple(runs))]) == [full, "绩效自评", full, "2.质量"]


def test_two_columns_are_read_one_after_the_other(line: Line) -> None:
    texts = [f"第{row:02}行左边一栏的文字在这里写满" for row in range(12)], [f"第{row:02}行右边一栏的文字在这里写满" for row in range(12)]
    runs = [line("县水务局二〇二三年度绩效自评工作简报", 180, 40, 16), line("二〇二四年三月", 400, 70)]
    runs += [line(text, x, 110 + 20 * row + x / 60) for x, column in zip((75, 310), texts, strict=True) for row, text in enumerate(column)]
    said = "".join(body([Page(number=1, width=595, height=842, runs=tuple(runs))]))
    assert said == "县水务局二〇二三年度绩效自评工作简报二〇二四年三月" + "".join(texts[0]) + "".join(texts[1])


def test_rows_of_figures_are_no_columns(line: Line) -> None:
    runs = [line(text, x, 110 + 20 * row) for row in range(10) for x, text in ((75, f"指标{row}"), (330, f"{row}5.2%"))]
    said = " ".join(" ".join(cell.text for cell in draft.cells) or draft.text
                    for draft in page_drafts([Page(number=1, width=595, height=842, runs=tuple(runs))]))
    assert said.split() == [word for row in range(10) for word in (f"指标{row}", f"{row}5.2%")]


def test_the_lines_of_a_paragraph_over_two_pages(pages_of: Pages) -> None:
    first, *_ = page_drafts(pages_of(REPORT[1:2], lines_a_page=2))
    assert isinstance(first, Draft) and first.page == 1 and first.text == REPORT[1]
    assert [line.box.page for line in first.lines] == [1, 1, 2, 2][:len(first.lines)]
    assert "".join(first.text[line.start:line.end] for line in first.lines) == REPORT[1]
    assert isinstance(first.lines[0].box, Box) and first.lines[0].box.x0 == 99
    assert all(len(line.edges) == line.end - line.start + 1 for line in first.lines)
