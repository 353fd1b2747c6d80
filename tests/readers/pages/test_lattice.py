"""Ruled lines to lattices: pieces put together, cells merged, frames, underlines and inner tables left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.readers.limits import MAX_STROKES
from hedui.readers.pages.lattice import lattices
from hedui.readers.pages.page import Page, Rule, Run
from hedui.readers.pages.strokes import strokes
from hedui.readers.pages.tables import find_tables

Draw = Callable[..., Page]
Told = Callable[..., list[str]]

FORM = ["项目名称|农村饮水维护|<|<", "项目资金|预算数|执行数|执行率", "^|120|118|98.33%", "一级指标|二级指标|指标值|完成值",
        "产出指标|数量指标|≥40处|42处", "^|质量指标|100%|100%", "^|时效指标||", "总分|<|<|97"]
WIDTHS = [90, 90, 90, 90]


def level(y: float, x0: float = 60, x1: float = 420) -> Rule:
    return Rule(x0=x0, y0=y, x1=x1, y1=y)


def upright(x: float, y0: float = 100, y1: float = 200) -> Rule:
    return Rule(x0=x, y0=y0, x1=x, y1=y1)


def worn(page: Page, tremble: float, gap: float) -> Page:
    """The page as a poor scan has it: every line in pieces of 31 points, a little aside in turn, with gaps between, running
    past its corners, and drawn double now and then."""
    rules = []
    for rule in page.rules:
        start, end, at = (rule.x0, rule.x1, rule.y0) if rule.level else (rule.y0, rule.y1, rule.x0)
        start, end, number = start - 2, end + 2, 0
        while start < end:
            stop, aside = min(start + 31, end), tremble * (-1) ** number
            for place in (at + aside, at + aside + 1.4)[:1 + (number % 3 == 0)]:
                rules.append(Rule(x0=start, y0=place, x1=stop, y1=place) if rule.level
                             else Rule(x0=place, y0=start, x1=place, y1=stop))
            start, number = stop + gap, number + 1
    return replace(page, rules=tuple(rules))


@pytest.mark.parametrize(("tremble", "gap"), [(0, 0), (0.5, 1), (0.7, 4), (0.2, 5)])
def test_lines_of_a_scan(draw: Draw, told: Told, tremble: float, gap: float) -> None:
    tables, loose = find_tables(worn(draw(FORM, WIDTHS), tremble, gap))
    assert [told(table.cells) for table in tables] == [FORM] and not loose


@pytest.mark.parametrize("rows", [
    ["甲|乙", "丙|丁"], ["甲|<|乙", "丙|丁|^"], ["甲|乙|丙", "丁|<|^"], ["甲", "乙"], ["甲|乙"],
    ["|乙|", "丙||", "||己"], ["甲|<|<", "乙|丙|丁", "戊|^|己"]], ids=str)
def test_cells_come_back(draw: Draw, told: Told, rows: list[str]) -> None:
    tables, loose = find_tables(draw(rows, [80] * 3))
    assert [told(table.cells) for table in tables] == [rows] and not loose


@pytest.mark.parametrize("rows", [FORM, ["甲|乙|丙", "丁|戊|己", "庚|辛|壬"]])
def test_without_a_frame(draw: Draw, told: Told, rows: list[str]) -> None:
    tables, _ = find_tables(draw(rows, WIDTHS[:len(rows[0].split("|"))], ruled="inner"))
    assert [told(table.cells) for table in tables] == [rows]


def test_line_ends_that_hold_no_text_are_no_cells(draw: Draw, told: Told) -> None:
    page = draw(FORM, WIDTHS)
    longer = tuple(replace(rule, x0=rule.x0 - 15, x1=rule.x1 + 9) if rule.level and rule.x0 == 60 and rule.x1 == 420
                   else rule for rule in page.rules)
    assert told(find_tables(replace(page, rules=longer))[0][0].cells) == FORM


ROWS = ["甲|乙|丙|丁", "年度目标|新建泵站三座|<|<", "一级|二级|三级|指标值"]


@pytest.mark.parametrize(("scanned", "open_below", "last"), [
    (True, False, ROWS[-1]), (False, True, ROWS[-1]), (False, False, "一级|二级  三级  指标值|<|<")])
def test_lines_of_the_last_row_are_lost(draw: Draw, told: Told, scanned: bool, open_below: bool, last: str) -> None:
    """A scan loses short pieces of lines, and a row that the page cut open has no line below that holds them."""
    page = draw(ROWS, [90, 90, 90, 90])
    bottom = max(rule.y1 for rule in page.rules)
    left = tuple(rule for rule in page.rules if not (
        (rule.y1 == bottom and rule.x0 == rule.x1 and rule.x0 in (240, 330)) or (open_below and rule.y0 == bottom)))
    assert len(left) < len(page.rules)
    (table,), _ = find_tables(replace(page, rules=left, scanned=scanned))
    assert told(table.cells) == [*ROWS[:-1], last]


NO_TABLES = {
    "a frame around the page": [level(30), level(800), upright(60, 30, 800), upright(420, 30, 800)],
    "an underline": [level(131, 100, 140)],
    "a line under the page header": [level(60)],
    "level lines of a form to fill in": [level(200, 150), level(230, 150), level(260, 150)],
    "a cross": [level(300), upright(200, 250, 350)],
    "nothing": [],
}


@pytest.mark.parametrize("rules", NO_TABLES.values(), ids=NO_TABLES)
def test_no_table(rules: list[Rule]) -> None:
    run = Run(text="全年支出", x0=100, x1=140, y0=120, y1=130, size=10)
    found, _ = lattices(rules, [run])
    assert not any(len(lattice.extents) > 1 for lattice in found)


def test_a_page_frame_does_not_swallow_the_table(draw: Draw, told: Told) -> None:
    page = draw(FORM, WIDTHS)
    frame = (level(30, 30, 560), level(800, 30, 560), upright(30, 30, 800), upright(560, 30, 800))
    tables, loose = find_tables(replace(page, rules=(*page.rules, *frame)))
    assert [told(table.cells) for table in tables] == [FORM] and not loose


def test_an_underlined_cell_is_not_cut(draw: Draw, told: Told) -> None:
    page = draw(["甲|乙丙", "丁|戊"], [80, 80], high=40)
    run = next(run for run in page.runs if run.text == "乙丙")
    line = Rule(x0=run.x0, y0=run.y1 + 1, x1=run.x1, y1=run.y1 + 1)
    assert told(find_tables(replace(page, rules=(*page.rules, line)))[0][0].cells) == ["甲|乙丙", "丁|戊"]


def test_a_table_in_a_cell_is_its_text(draw: Draw, told: Told) -> None:
    outer, inner = draw(["甲|", "乙|丙"], [80, 260], high=100), draw(["1|2", "3|4"], [60, 60], x=160, y=120)
    page = replace(outer, runs=outer.runs + inner.runs, rules=outer.rules + inner.rules)
    (table,), loose = find_tables(page)
    assert [text.replace(" ", "") for text in told(table.cells)] == ["甲|1234", "乙|丙"] and not loose


def test_tables_one_close_above_the_other_stay_two(draw: Draw) -> None:
    above, below = draw(["甲|乙", "丙|丁"], [80, 80], y=100), draw(["戊|己", "庚|辛"], [80, 80], y=142)
    assert len(find_tables(replace(above, runs=above.runs + below.runs, rules=above.rules + below.rules))[0]) == 2


def test_a_drawing_is_no_table() -> None:
    rules = [level(y * 6.5, 0, 500) for y in range(MAX_STROKES)] + [upright(5, 0, 9000)]
    assert lattices(rules, []) == ([], [])


def test_pieces_far_apart_are_two_lines() -> None:
    assert len(strokes([level(100, 60, 120), level(100, 240, 300)], level=True)) == 2


@st.composite
def grids(draw_from: st.DrawFn) -> list[str]:
    """Rows of a table of which some cells are merged."""
    rows, cols = draw_from(st.integers(2, 6)), draw_from(st.integers(2, 5))
    grid = [[f"{r}行{c}" for c in range(cols)] for r in range(rows)]
    taken: set[tuple[int, int]] = set()
    for _ in range(draw_from(st.integers(0, 4))):
        r, c = draw_from(st.integers(0, rows - 1)), draw_from(st.integers(0, cols - 1))
        high, wide = draw_from(st.integers(1, rows - r)), draw_from(st.integers(1, cols - c))
        inside = [(i, k) for i in range(r, r + high) for k in range(c, c + wide)]
        if taken.isdisjoint(inside) and (wide, high) != (cols, rows):
            taken.update(inside)
            for i, k in inside[1:]:
                grid[i][k] = "<" if k > c else "^"
    # a row or column without a cell of its own cannot be seen on paper
    kept = [row for row in grid if any(cell not in "^<" for cell in row)]
    seen = [c for c in range(cols) if any(row[c] not in "^<" for row in kept)]
    return ["|".join(row[c] for c in seen) for row in kept]


@settings(max_examples=60, deadline=None)
@given(rows=grids(), gap=st.sampled_from([0.0, 3.0]))
def test_any_grid_comes_back(draw: Draw, told: Told, rows: list[str], gap: float) -> None:
    cols = len(rows[0].split("|"))
    tables, loose = find_tables(worn(draw(rows, [60] * cols), 0.4, gap))
    if len(rows) * cols > 1 and rows != ["|".join(rows[0])]:
        assert [told(table.cells) for table in tables] == [rows] and not loose
