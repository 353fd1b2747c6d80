"""Tables in every dialect of plain text, and merged as docx gives them -> the grids they mean."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.document import Block, Cell, Document, Layout
from hedui.layout import arrange
from hedui.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode(), "case.txt"))


def shown(layout: Layout) -> list[str]:
    """Each grid as an auditor reads it: caption and unit where told, header paths, rows with `^` before what is spread."""
    lines = []
    for grid in layout.grids:
        lines += [f"caption {layout.document.text[slice(*grid.caption)].strip()}"] if grid.caption else []
        lines += [f"unit {grid.unit}"] if grid.unit else []
        lines.append("columns " + " | ".join("/".join(path) or "." for path in grid.headers))
        lines += ["| " + " | ".join(("" if c.origin else "^") + (c.text or ".") for c in row) for row in grid.rows[grid.header_rows:]]
    return lines


@pytest.mark.parametrize("case", case_blocks("layout_grids"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert shown(laid_out(case.text)) == case.expected


def merged(rows: list[str], extents: dict[tuple[int, int], tuple[int, int]]) -> Document:
    """A table as docx gives it: cells parted by `|` in `rows`, those in `extents` over so many rows and columns."""
    text, cells = "", []
    for i, row in enumerate(rows):
        for place in row.split("|"):
            col, said = place.split(":")
            high, wide = extents.get((i, int(col)), (1, 1))
            cells.append(Cell(row=i, col=int(col), rows=high, cols=wide, span=(len(text), len(text) + len(said))))
            text += said + "\t"
    return Document(name="a.docx", sha256="0" * 64, media_type="application/vnd.openxmlformats", text=text,
                    blocks=(Block(kind="table", span=(0, len(text)), cells=tuple(cells)),))


def test_merged_cells_of_docx_are_spread_over_all_they_cover() -> None:
    rows = ["0:一级指标|1:三级指标|2:指标值|4:完成值", "2:符号|3:数值", "0:产出|1:新建水窖|2:≥|3:60口|4:62口",
            "1:维修泵站|2:≥|3:3座|4:3座"]
    document = merged(rows, {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1), (2, 0): (2, 1)})
    (grid,) = arrange(document).grids
    assert grid.headers == (("一级指标",), ("三级指标",), ("指标值", "符号"), ("指标值", "数值"), ("完成值",))
    assert [[c.text for c in row] for row in grid.rows[2:]] == [["产出", "新建水窖", "≥", "60口", "62口"], ["产出", "维修泵站", "≥", "3座", "3座"]]
    upper, lower = grid.rows[2][0], grid.rows[3][0]
    assert upper.span == lower.span and upper.origin and not lower.origin


def test_cells_keep_the_span_of_what_they_say() -> None:
    layout = laid_out("一级指标\t三级指标\t指标值\t完成值\n产出\t新建 水窖\t≥60口\t62口\n\t维修泵站\t3座\t3座\n")
    (grid,) = layout.grids
    text = layout.document.text
    assert [text[slice(*c.span)] for c in grid.rows[1]] == ["产出", "新建 水窖", "≥60口", "62口"]
    assert grid.rows[1][1].text == "新建水窖"
    assert grid.rows[2][0].span == grid.rows[1][0].span


def test_a_cell_cut_by_a_page_has_the_span_of_its_first_piece_and_the_text_of_both() -> None:
    head = "一级指标\t二级指标\t三级指标\t指标值\t完成值\n"
    layout = laid_out(head + "产出\t数量\t清扫保洁\t300公\t310公\n\n" + head + "\t\t\t里\t里\n\t\t路灯维修\t20盏\t21盏\n")
    (grid,) = layout.grids
    cell = grid.rows[1][3]
    assert (cell.text, layout.document.text[slice(*cell.span)]) == ("300公里", "300公")
