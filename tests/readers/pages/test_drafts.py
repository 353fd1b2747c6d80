"""Pages to drafts: nothing is lost and nothing told twice, whatever stands where; headings by number and letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.readers.assemble import Draft, assemble
from hedui.readers.pages import Page, Rule, Run, page_drafts

Line = Callable[..., Run]
LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.text(st.sampled_from("一指标（）%≥90.5万元 AB第3页-\u3000"), max_size=12)
PLACED = st.tuples(WORDS, st.integers(0, 560), st.sampled_from([*range(30, 800, 35), 41, 43, 100, 101]), st.sampled_from([9, 10.5, 12, 16]))
RULES = st.lists(st.builds(
    lambda x, y, length, level: Rule(x0=x, y0=y, x1=x + length * level, y1=y + length * (not level)),
    st.sampled_from([60, 160, 300, 500]), st.sampled_from([90, 130, 400, 700]), st.sampled_from([40, 100, 310, 440]), st.booleans()), max_size=12)
PAGE = st.tuples(st.lists(PLACED, max_size=14), RULES)


def squeezed(texts: Iterator[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


def texts_of(draft: Draft) -> list[str]:
    return [cell.text for cell in draft.cells] if draft.kind == "table" else [draft.text]


@LAW
@given(made=st.lists(PAGE, max_size=4))
def test_every_character_stands_in_one_draft(line: Line, made: list[tuple[list[tuple[str, float, float, float]], list[Rule]]]) -> None:
    pages = [Page(number=number, width=595, height=842, rules=tuple(rules), runs=tuple(line(*placed) for placed in runs if placed[0]))
             for number, (runs, rules) in enumerate(made, start=1)]
    drafts = page_drafts(pages)
    assert squeezed(text for draft in drafts for text in texts_of(draft)) == squeezed(run.text for page in pages for run in page.runs)
    text, blocks, lines = assemble(drafts)
    assert all(draft.text.strip() for draft in drafts if draft.kind != "table")
    assert [line.span for line in lines] == sorted(line.span for line in lines)
    assert squeezed(text[slice(*line.span)] for line in lines) == squeezed(text[slice(*block.span)] for block in blocks)


def test_no_pages_no_drafts() -> None:
    assert page_drafts([]) == []
    assert page_drafts([Page(number=1, width=595, height=842)]) == []


def test_pages_are_taken_one_by_one(line: Line) -> None:
    asked: list[int] = []

    def pages() -> Iterator[Page]:
        for number in (1, 2, 3):
            asked.append(number)
            yield Page(number=number, width=595, height=842, runs=(line(f"第{number}部分 概况", 75, 200),))

    assert [draft.page for draft in page_drafts(pages())] == asked == [1, 2, 3]


BODY = "县水务局会同县财政局对二〇二三年度农村供水保障项目资金的使用情况开展了自评。"
HEADINGS = [
    (("一、项目概况", 12, True), ("heading", 1)), (("（二）绩效目标", 14, False), ("heading", 2)), (("3.数量指标。", 12, True), ("heading", 3)),
    (("一、项目概况", 12, False), ("paragraph", None)), (("绩效自评报告", 16, True), ("paragraph", None)),
    (("1.数量指标，完成率100%", 12, True), ("paragraph", None)), (("3.5万元", 12, True), ("paragraph", None)),
]


@pytest.mark.parametrize(("heading", "told"), HEADINGS)
def test_headings(line: Line, heading: tuple[str, float, bool], told: tuple[str, int | None]) -> None:
    text, size, bold = heading
    runs = (line(text, 75, 100, size, bold=bold), line(BODY, 99, 130), line(BODY, 99, 150))
    first = page_drafts([Page(number=1, width=595, height=842, runs=runs)])[0]
    assert (first.text, first.kind, first.level) == (text, *told)


def test_a_table_stands_where_it_stood(line: Line) -> None:
    rules = tuple(Rule(x0=75, y0=y, x1=500, y1=y) for y in (150, 180, 210)) + tuple(Rule(x0=x, y0=150, x1=x, y1=210) for x in (75, 280, 500))
    runs = (line("表1 资金情况", 250, 120), *(line(text, x, y) for text, x, y in (
        ("资金", 80, 158), ("执行率", 290, 158), ("中央", 80, 188), ("98.2%", 290, 188))), line(BODY, 99, 230))
    drafts = page_drafts([Page(number=1, width=595, height=842, runs=runs, rules=rules)])
    assert [texts_of(draft) for draft in drafts] == [["表1 资金情况"], ["资金", "执行率", "中央", "98.2%"], [BODY]]
