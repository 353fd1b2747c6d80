"""What holds of the layout of any text, sensible or not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.document import Layout
from hedui.layout import arrange
from hedui.readers import read_bytes
from hedui.view import clean

PIECES = ("一、", "（二）", "3.", "(4)", "①", "a.", "第一部分 ", "2022.12", "某县水利局", "绩效自评报告", "绩效自评表", "部门决算",
          "附件2", "（2022年度）", "《关于做好", "》", "（", "）", "项目概况", "新建水窖62口", "64", "80万元", "单位：万元", "。", "，", "：",
          "表1 ", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "≥90%", "数量指标(10分)", "项目名称", "\t", "\t\t", "|", " | ",
          "||", "    ", "　", "\n", "\n", "\n\n", "---", "**", "[bookmark: a]", "$\\ge 3$")
BLANK = "\ufeff \t\r\n\f\v\u3000\u00a0\x00"
WORDS = st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=("C",)), max_size=3)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map("".join).filter(lambda text: text.strip(BLANK))


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode("utf-8", "replace"), "case.txt"))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_laws(text: str) -> None:
    layout = laid_out(text)
    check_parts(layout)
    check_sections(layout)
    check_paragraphs(layout)
    check_grids(layout)
    assert layout == laid_out(text)


def check_parts(layout: Layout) -> None:
    """Parts cover the text and do not overlap."""
    spans = [part.span for part in layout.parts]
    assert spans[0][0] == 0 and spans[-1][1] == len(layout.document.text)
    assert all(a[1] == b[0] for a, b in pairwise(spans))


def check_sections(layout: Layout) -> None:
    for i, section in enumerate(layout.sections):
        low, high = layout.parts[section.part].span
        assert low <= section.span[0] <= section.heading[0] <= section.heading[1] <= section.span[1] <= high
        assert section.title or not section.level
        if section.parent is not None:
            parent = layout.sections[section.parent]
            assert section.parent < i and parent.part == section.part and parent.level < section.level
            assert parent.span[0] <= section.span[0] and section.span[1] <= parent.span[1]


def check_paragraphs(layout: Layout) -> None:
    spans = [p.span for p in layout.paragraphs]
    assert all(0 <= s < e <= len(layout.document.text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for paragraph in layout.paragraphs:
        section = layout.sections[paragraph.section]
        assert section.span[0] <= paragraph.span[0] < section.span[1]


def check_grids(layout: Layout) -> None:
    """Grids are rectangular; a cell says what stands at its span, and behind that what a page cut off."""
    text = layout.document.text
    for grid in layout.grids:
        assert 0 <= grid.span[0] <= grid.span[1] <= len(text)
        assert {len(row) for row in grid.rows} == {len(grid.headers)} and grid.header_rows <= len(grid.rows)
        assert layout.sections[grid.section].part <= grid.part < len(layout.parts)
        for i, row in enumerate(grid.rows):
            for j, cell in enumerate(row):
                assert 0 <= cell.span[0] <= cell.span[1] <= len(text)
                assert cell.text.startswith(clean(text, cell.span))
                assert (cell.col == j and cell.row == i) or not cell.origin


REPORT = """某县水利局2022年水窖建设项目绩效自评报告
一、项目概况
（一）立项依据
按照《某县农村饮水安全巩固提升工程建设与管理办
法》立项，总投资64
80万元。
一级指标\t二级指标\t三级指标\t指标值\t完成值
产出指标\t数量指标\t新建水窖\t60口\t62口
\t\t维修泵站\t3座\t3座
"""
UNITS = (REPORT, "一、甲\n", "《", "（\n", "a\tb\tc\n", "\ta\n", "|a|b|\n", "甲  乙  丙\n", "1.", "64\n", "指标\t\t\n\n", "绩效报告\n")


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_work_is_nearly_linear(unit: str, work: Callable[[Callable[[], object]], int]) -> None:
    """Four times the text takes far less than sixteen times the work."""
    def took(size: int) -> int:
        text = unit * (size // len(unit))
        return work(lambda: laid_out(text))
    assert took(24_000) < 7 * took(6_000) + 1000
