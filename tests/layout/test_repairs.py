"""Tables that came back damaged are put right by what such tables are, and it is told."""

from __future__ import annotations

import pytest

from hedui.document import Block, Box, Cell, Document, Line
from hedui.layout import arrange
from hedui.layout.headless import found_header

HEIGHT = 12.0
HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
ROWS = [
    ["产出指标", "数量指标", "新建蓄水池", "≥12座", "13座", "10", "10"],
    ["", "质量指标", "验收合格率", "100%", "98%", "15", "14.5"],
    ["效益指标", "社会效益指标", "受益农户", "≥800户", "812户", "20", "20"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93%", "10", "9"],
]


def printed(rows: list[list[list[tuple[str, float, int]]]]) -> Document:
    """A table whose cells hold lines of print, each with its height on its page."""
    text, cells, lines = "", [], []
    for i, row in enumerate(rows):
        for j, said in enumerate(row):
            start = len(text)
            for words, top, page in said:
                box = Box(page=page, x0=j * 60.0, y0=top, x1=j * 60.0 + 50, y1=top + HEIGHT)
                lines.append(Line(span=(len(text), len(text) + len(words)), box=box))
                text += words
            cells.append(Cell(row=i, col=j, span=(start, len(text))))
            text += "\t"
    return Document(name="a.pdf", sha256="0" * 64, media_type="application/pdf", text=text, pages=2, lines=tuple(lines),
                    blocks=(Block(kind="table", span=(0, len(text)), cells=tuple(cells)),))


def one(words: str, top: float = 0.0, page: int = 1) -> list[tuple[str, float, int]]:
    return [(words, top, page)] if words else []


def glue(first: list[str], second: list[str], top: float) -> list[list[tuple[str, float, int]]]:
    return [one(a, top) + one(b, top + 30) for a, b in zip(first, second, strict=True)]


def texts(document: Document) -> list[list[str]]:
    (grid,) = arrange(document).grids
    return [[cell.text for cell in row] for row in grid.rows[grid.header_rows:]]


def test_rows_that_lost_the_line_between_them_are_parted() -> None:
    whole = printed([[one(said) for said in HEADER], *([one(said, 20 + 30 * i) for said in row] for i, row in enumerate(ROWS))])
    glued = printed([[one(said) for said in HEADER], glue(ROWS[0], ROWS[1], 20), glue(ROWS[2], ROWS[3], 80)])
    assert texts(glued) == texts(whole)
    (grid,) = arrange(glued).grids
    assert [(repair.kind, repair.rows) for repair in grid.repairs] == [("labels", (2,)), ("row_split", (1, 2, 3, 4))]
    assert all(glued.text[slice(*cell.span)] == cell.text for row in grid.rows for cell in row if cell.origin)


@pytest.mark.parametrize("change", [
    # a wrapped target beside single figures · figures at other heights · one column of figures · no second name
    # figures broken in cells that have no room for them, beside one that has
    {3: [("≥12", 20, 1), ("座以上", 35, 1)], 5: one("10", 28), 6: one("10", 28)},
    {5: [("10", 20, 1), ("15", 50, 1)], 6: [("10", 60, 1), ("14", 90, 1)]},
    {5: [("10", 20, 1), ("15", 50, 1)], 6: one("10", 20)},
    {2: one("新建蓄水池", 20), 3: one("≥12座", 20), 4: one("13座", 20), 1: one("数量指标", 20), 0: one("产出指标", 20)},
    {5: [("108", 20, 1), ("01", 50, 1)], 6: [("44", 20, 1), ("5", 50, 1)]},
    {5: [("44.0", 20, 1), ("7%", 50, 1)], 6: [("98.6", 20, 1), ("2%", 50, 1)]},
    {4: one("4760.47", 35), 5: [("108", 20, 1), ("10", 50, 1)], 6: [("97", 20, 1), ("12", 50, 1)]},
])
def test_rows_that_are_one_stay_one(change: dict[int, list[tuple[str, float, int]]]) -> None:
    row = glue(ROWS[0], ROWS[1], 20)
    row = [change.get(j, cell) for j, cell in enumerate(row)]
    assert len(texts(printed([[one(said) for said in HEADER], row]))) == 1


def test_halves_of_a_row_are_joined_where_empty_cells_fill_them_up() -> None:
    halves = [[*ROWS[0][:2], "", "", "", "", ""], [*ROWS[0][2:], "", ""]]
    rows = [HEADER, *halves, *ROWS[1:]]
    assert texts(printed([[one(said, 30.0 * i) for said in row] for i, row in enumerate(rows)]))[0] == ROWS[0]


def test_a_label_with_nothing_behind_it_takes_no_other_row() -> None:
    rows = [HEADER, [*ROWS[0][:2], "", "", "", "", ""], *ROWS]
    assert len(texts(printed([[one(said, 30.0 * i) for said in row] for i, row in enumerate(rows)]))) == 5


def test_a_row_that_a_page_cut_is_joined() -> None:
    cut = [[one(said) for said in HEADER], [one(said, 700) for said in ROWS[0]],
           [one(""), one(""), one("一期", 40, 2), one("", 0), one("（含扩建）", 40, 2), one(""), one("")],
           *([one(said, 80, 2) for said in row] for row in ROWS[1:])]
    found = texts(printed(cut))
    assert len(found) == 4
    assert found[0][2] == "新建蓄水池一期" and found[0][4] == "13座（含扩建）"


def test_a_header_that_was_swallowed_is_told_by_the_columns() -> None:
    document = printed([[one(said, 30.0 * i) for said in row] for i, row in enumerate(ROWS)])
    (grid,) = arrange(document).grids
    assert [path[0] for path in grid.headers] == HEADER and grid.header_rows == 0
    assert grid.rows[1][0].text == "产出指标"
    assert {repair.kind for repair in grid.repairs} == {"labels", "header"}


@pytest.mark.parametrize("rows", [
    [["张三", "科长", "1370001", "10", "9"]] * 4,
    [["产出指标", "数量指标", "新建蓄水池", "10", "13"]] * 4,  # a score above its weight
    [["产出指标", "数量指标", "12", "10", "9"]] * 4,  # no names
    ROWS[:2],
])
def test_other_tables_are_given_no_header(rows: list[list[str]]) -> None:
    document = printed([[one(said, 30.0 * i) for said in row] for i, row in enumerate(rows)])
    (grid,) = arrange(document).grids
    assert found_header([list(row) for row in grid.rows]) == []
    assert not grid.repairs or {repair.kind for repair in grid.repairs} == {"labels"}
