"""What is printed: list numbers as text, full tables, labels that run down."""

from dataclasses import replace

import pytest

from hedui.document import Block, Cell, Document
from hedui.readers import read_bytes
from hedui.synth.render import settled

LEVELS = "一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t培训人数\n\t\t培训场次\n\t质量指标\t合格率\n\t\t\n"


def table_of(rows: list[list[str]]) -> Document:
    text, cells = "", []
    for row, line in enumerate(rows):
        for col, cell in enumerate(line):
            text += ("" if not text and not cells else "\t" if col else "\n") + cell
            cells.append(Cell(row=row, col=col, span=(len(text) - len(cell), len(text))))
    return Document(name="t", sha256="", media_type="text/plain", text=text,
                    blocks=(Block(kind="table", span=(0, len(text)), cells=tuple(cells)),))


def cells_of(document: Document) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.rows, cell.cols, document.text[slice(*cell.span)])
            for block in document.blocks for cell in block.cells]


def test_a_short_row_is_filled():
    assert cells_of(settled(table_of([["甲", "乙"], ["丙"]]))) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "")]


def test_labels_run_down_to_the_next():
    rows = [line.split("\t") for line in LEVELS.rstrip("\n").split("\n")]
    merged = cells_of(settled(table_of(rows), merge_labels=True))
    assert [cell for cell in merged if cell[2] > 1] == [
        (1, 0, 4, 1, "产出指标"), (1, 1, 2, 1, "数量指标"), (3, 1, 2, 1, "质量指标"), (3, 2, 2, 1, "合格率")]
    assert len(cells_of(settled(table_of(rows)))) == 15


@pytest.mark.parametrize("rows", [
    [["一级指标", "得分"], ["", "1"], ["", "2"]],  # nothing to run down from
    [["项目", "金额"], ["甲", "1"], ["", "2"]],  # no level column
])
def test_what_does_not_run_down(rows):
    assert all(cell[2] == 1 for cell in cells_of(settled(table_of(rows), merge_labels=True)))


@pytest.mark.parametrize("rows, tables", [
    ([["序号", "金额"], ["3", "40"]], 1), ([["序号", "预算"], ["3", "40"]], 2), ([["序号", "金额", "备注"], ["3", "40", ""]], 2),
])
def test_a_table_told_again_under_its_header_goes_on(rows, tables):
    first, second = table_of([["序号", "金额"], ["1", "20"]]), table_of(rows)
    move = len(first.text) + 1
    block = second.blocks[0]
    moved = replace(block, span=(move, move + block.span[1]), cells=tuple(
        replace(cell, span=(cell.span[0] + move, cell.span[1] + move)) for cell in block.cells))
    both = replace(first, text=f"{first.text}\n{second.text}", blocks=(*first.blocks, moved))
    assert len(settled(both).blocks) == 2
    joined = settled(both, join_tables=True)
    assert len(joined.blocks) == tables
    if tables == 1:
        assert joined.text == "序号\t金额\n1\t20\n3\t40"
        assert [cell.row for cell in joined.blocks[0].cells] == [0, 0, 1, 1, 2, 2]


def test_settling_twice_changes_nothing():
    once = settled(read_bytes(LEVELS.encode(), "a.txt"), merge_labels=True)
    assert settled(once, merge_labels=True) == once


def test_a_number_that_the_file_shows_is_text():
    text = "概况一段"
    document = Document(name="n", sha256="", media_type="", text=text, blocks=(
        Block(kind="heading", span=(0, 2), number="一、", level=1), Block(kind="paragraph", span=(2, 4))))
    assert settled(document).text == "一、概况\n一段"
