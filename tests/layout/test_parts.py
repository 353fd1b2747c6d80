"""Heads of files -> the reports in them, what each head says, and where each begins and ends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.document import Layout
from hedui.layout import arrange
from hedui.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode(), "case.txt"))


def heads(layout: Layout) -> list[str]:
    return [" | ".join(str(said) if said else "." for said in (p.kind, p.title, p.unit, p.region, p.year, p.programme)) for p in layout.parts]


def test_a_cover_and_its_contents_open_no_report_of_their_own() -> None:
    title = "青岚县2022年农村公路养护补助资金绩效自评报告"
    text = "\n\n".join([title, "青岚县交通运输局", "二〇二三年四月", "目 录", "一、项目基本情况......2", "（一）项目立项。……3", title,
                        "一、项目基本情况", "全年执行数98万元，执行率98%。", "（一）项目立项。", "依据充分，程序规范。"])
    layout = laid_out(text)
    assert [(part.title, part.span[0]) for part in layout.parts] == [(title, 0)]
    assert [section.title for section in layout.sections if section.title] == ["项目基本情况", "项目立项"]


@pytest.mark.parametrize("case", case_blocks("layout_parts"), ids=lambda case: case.title)
def test_heads(case: Case) -> None:
    assert heads(laid_out(case.text)) == case.expected
