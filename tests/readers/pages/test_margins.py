"""Page headers, footers and page numbers set apart, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hedui.readers.assemble import Draft
from hedui.readers.pages import Page, Rule, Run, page_drafts
from hedui.readers.pages.margins import page_number

Line = Callable[..., Run]
TEXT = "县水务局会同县财政局对二〇二三年度农村供水保障项目资金的使用情况和绩效目标完成情况"
TOP, FOOT = 45.0, 785.0

NUMBERS = [
    ("- 3 -", 3), ("— 12 —", 12), ("－4－", 4), ("第3页 共20页", 3), ("第 3 页/共 20 页", 3), ("3/20", 3), ("17", 17), ("第十二页", 0),
    ("Page 3 of 20", 3), ("ii", 0), ("一3一", 3), ("·5·", 5), ("第6页", 6), ("~ 7 ~", 7),
    ("3.5", None), ("共20页", None), ("20230412", None), ("3万元", None), ("", None), ("一、", None), ("-" * 50, None), ("第三章", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_page_numbers(text: str, number: int | None) -> None:
    assert page_number(text) == number


def page(number: int, line: Line, *extra: Run, rows: int = 30, top: float = 100, rules: tuple[Rule, ...] = ()) -> Page:
    runs = [line(f"第{number}页第{row}行：{TEXT}"[:36] + "。", 75, top + 20 * row) for row in range(rows)]
    return Page(number=number, width=595, height=842, runs=(*runs, *extra), rules=rules)


def margins(pages: list[Page]) -> list[tuple[str, str, int | None]]:
    return [(draft.role, draft.text, draft.page) for draft in page_drafts(pages) if draft.role != "body"]


def test_header_footer_and_number_come_last(line: Line) -> None:
    pages = [page(n, line, line("项目支出绩效自评材料", 240, TOP, 9), line(f"第{n}页 共3页", 260, FOOT, 9)) for n in (1, 2, 3)]
    drafts = page_drafts(pages)
    assert margins(pages) == [*(("header", "项目支出绩效自评材料", n) for n in (1, 2, 3)), *(("footer", f"第{n}页 共3页", n) for n in (1, 2, 3))]
    assert [draft.role for draft in drafts] == sorted((draft.role for draft in drafts), key=["body", "header", "footer"].index)
    assert drafts[-1].lines[0].box.page == 3 and drafts[-1].lines[0].box.y0 == FOOT


def test_odd_and_even_pages_may_differ(line: Line) -> None:
    pages = [page(n, line, line(*(("云溪县水务局", 75) if n % 2 else ("绩效自评报告", 440)), TOP, 9), line(f"— {n} —", 280, FOOT))
             for n in (1, 2, 3)]
    assert [text for role, text, _ in margins(pages) if role == "header"] == ["云溪县水务局", "绩效自评报告", "云溪县水务局"]


def test_header_of_two_lines(line: Line) -> None:
    pages = [page(n, line, line("云溪县人民政府", 240, 40, 9), line("绩效自评材料汇编", 240, 52, 9)) for n in (1, 2)]
    assert margins(pages) == [("header", text, n) for n in (1, 2) for text in ("云溪县人民政府", "绩效自评材料汇编")]


def test_recognised_margins_differ_by_a_letter(line: Line) -> None:
    told = ["项目支出绩效自评材料", "项目支出绩效自评林料", "项日支出绩效自评材料"]
    pages = [Page(number=n, width=595, height=842, runs=page(n, line, line(text, 240, TOP + n, 9)).runs, scanned=True)
             for n, text in enumerate(told, start=1)]
    assert [text for _, text, _ in margins(pages)] == told


def test_a_paragraph_over_a_footer_and_a_header_reads_on(line: Line) -> None:
    ends = "全部办结。", "全面自评。"
    body = [[line(ends[n], 75, 100), line("　　" + TEXT[:-2], 75, 120), line(TEXT, 75, 140)] for n in (0, 1)]
    pages = [Page(number=n, width=595, height=842, runs=(
        line("自评材料", 280, TOP, 9), *body[n - 1], line(f"- {n} -", 285, FOOT))) for n in (1, 2)]
    assert (TEXT[:-2] + TEXT + "全面自评。") in [draft.text for draft in page_drafts(pages)]


NOT_MARGINS: dict[str, Callable[[Line], list[Page]]] = {
    "the one line of a title page": lambda line: [
        Page(number=1, width=595, height=842, runs=(line("云溪县绩效自评报告", 200, 90, 22),)), page(2, line), page(3, line)],
    "a body line that stands low": lambda line: [page(1, line, rows=33), page(2, line, rows=35)],
    "a lone year low on its page": lambda line: [page(1, line, line("2023", 75, 100 + 20 * 30)), page(2, line, rows=10)],
    "titles of forms, one a page, over their tables": lambda line: [
        Page(number=n, width=595, height=842, rules=box(75, 120, 520, 300),
             runs=(line("项目支出绩效自评表", 240, 90), *(line(f"第{n}格{k}", 80 + 220 * (k % 2), 130 + 90 * (k // 2)) for k in range(4))))
        for n in (1, 2, 3)],
    "a larger title that several pages open with": lambda line: [page(n, line, line("绩效自评报告", 240, 60, 18)) for n in (1, 2, 3)],
    "the first line of the text, the same on two pages": lambda line: [
        Page(number=n, width=595, height=842, runs=tuple(line(f"{TEXT}。", 75, 100 + 20 * row) for row in range(20))) for n in (1, 2)],
}


def box(x0: float, y0: float, x1: float, y1: float) -> tuple[Rule, ...]:
    """The lines of a table of two by two cells."""
    across = tuple(Rule(x0=x0, y0=y, x1=x1, y1=y) for y in (y0, (y0 + y1) / 2, y1))
    return (*across, *(Rule(x0=x, y0=y0, x1=x, y1=y1) for x in (x0, (x0 + x1) / 2, x1)))


@pytest.mark.parametrize("made", NOT_MARGINS.values(), ids=NOT_MARGINS)
def test_what_only_looks_like_a_margin(line: Line, made: Callable[[Line], list[Page]]) -> None:
    assert margins(made(line)) == []


def test_figures_at_the_top_and_foot_of_a_table_stay_in_it(line: Line) -> None:
    pages = [Page(number=n, width=595, height=842, rules=box(75, 60, 520, 800),
                  runs=tuple(line(text, 80 + 220 * k, 62) for k, text in enumerate((str(n), "指标值")))
                  + tuple(line(str(n), 80 + 220 * k, 785) for k in range(2))) for n in (1, 2)]
    drafts: list[Draft] = page_drafts(pages)
    assert {draft.kind for draft in drafts if draft.role == "body"} == {"table"}
    assert [draft.text for draft in drafts if draft.role == "footer"] == []
