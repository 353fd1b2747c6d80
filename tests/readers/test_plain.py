"""Plain text -> paragraphs and tables in four dialects; what holds of any text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.document import Block
from hedui.readers.plain import blocks_of

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def shown(text: str) -> list[str]:
    lines = []
    for block in blocks_of(text):
        lines.append("t" if block.kind == "table" else "p " + text[slice(*block.span)])
        for i in range(max((c.row + 1 for c in block.cells), default=0)):
            row = [c for c in block.cells if c.row == i]
            holes = [c.col for c in row] != list(range(len(row)))
            lines.append("  " + " | ".join(cell(text, c.span) + (f"@{c.col}" if holes else "") for c in row))
    return lines


def cell(text: str, span: tuple[int, int]) -> str:
    return "⏎".join(line.strip() for line in text[slice(*span)].split("\n") if line.strip()) or "."


@pytest.mark.parametrize("case", case_blocks("plain_blocks"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert shown(case.text) == case.expected


PIECES = ("指标", "新建水窖", "60口", "≥90%", "12", "项目已完成。", "，", "\t", "\t", "\t\t", "|", "|", " | ", "||", "|---|:--:|", "    ", "　", "  ",
          "\n", "\n", "\n\n", "\n\t", "-", "=", "甲", " ")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=60).map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_character_is_lost_but_marks_of_tables(text: str) -> None:
    blocks = blocks_of(text)
    held: set[int] = set()
    for block in blocks:
        for span in [c.span for c in block.cells] or [block.span]:
            held |= set(range(*span))
    lost = [text[i] for i in range(len(text)) if i not in held and not text[i].isspace()]
    assert set(lost) <= set("|-:=+—"), lost
    assert "|" in text or not lost


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_and_hold_their_cells(text: str) -> None:
    blocks = blocks_of(text)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(blocks))
    for block in blocks:
        assert 0 <= block.span[0] <= block.span[1] <= len(text)
        assert block.kind == "table" or text[slice(*block.span)].strip() == text[slice(*block.span)] != ""
        check_cells(text, block)


def check_cells(text: str, block: Block) -> None:
    """Cells follow one another inside their block, none twice in one place."""
    at = block.span[0]
    for one in block.cells:
        assert at <= one.span[0] <= one.span[1] <= block.span[1]
        assert text[slice(*one.span)] == text[slice(*one.span)].strip()
        at = one.span[1]
    places = [(c.row, c.col) for c in block.cells]
    assert places == sorted(set(places))


UNITS = ("\t甲\n", "\t甲\n\n", "\t项目已完成。\n\n", "\t项目已完成。\n\t好。\n\n", "\t甲\n\t项目已完成。\n\t好。\n\n", "\t\n乙\n", "甲\t乙\n",
         "甲|乙|丙\n", "|甲\n乙", "甲  乙  丙\n", "甲  乙  丙\n丁\n", "|-", "|", "\t", " ", "甲|乙|\n丙\n")


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_work_is_nearly_linear(unit: str, work: Callable[[Callable[[], object]], int]) -> None:
    """Four times the text takes far less than sixteen times the work."""
    def took(size: int) -> int:
        text = unit * (size // len(unit))
        return work(lambda: blocks_of(text))
    assert took(12_000) < 7 * took(3_000) + 100
