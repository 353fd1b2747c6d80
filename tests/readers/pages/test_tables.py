"""Pages to tables: text of cells, runs cut at rules, and the law that every run goes one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.readers.pages.cells import cut
from hedui.readers.pages.page import Page, Rule, Run
from hedui.readers.pages.tables import find_tables

Draw = Callable[..., Page]
Told = Callable[..., list[str]]
Line = Callable[..., Run]

# text, walls, pieces; each run stands at x 100 in letters of 10 points
CUTS = [
    ("一级指标二级指标", [140], ["一级指标", "二级指标"]),
    ("≥95%96.2%10", [125, 150], ["≥95%", "96.2%", "10"]),
    ("建成 三座", [121], ["建成", "三座"]),
    ("建成三座", [90, 150], ["建成三座"]),
    ("超出一点的字", [156], ["超出一点的字"]),
    ("超出两个的字", [145], ["超出两个", "的字"]),
]


@pytest.mark.parametrize(("text", "walls", "pieces"), CUTS)
def test_cut(line: Line, text: str, walls: list[float], pieces: list[str]) -> None:
    run = replace(line(text, 100, 100, 10), scores=bytes(range(40, 40 + len(text))))
    found = cut(run, walls)
    assert [part.text.strip() for part in found] == pieces
    assert b"".join(part.scores for part in found) == run.scores
    assert all(len(part.edges) == len(part.text) + 1 or part is run for part in found)


def test_a_run_without_edges_is_cut_by_usual_widths() -> None:
    run = Run(text="一级指标12", x0=100, x1=150, y0=0, y1=10, size=10)
    assert [part.text for part in cut(run, [140])] == ["一级指标", "12"]


def test_a_run_over_two_cells_is_cut_at_the_rule(draw: Draw, told: Told) -> None:
    page = draw(["指标|目标|完成", "甲|<|乙", "丙||"], [60, 60, 60])
    stretched = Run(text="丙≥90%95%", x0=104, x1=199, y0=140, y1=150, size=10,
                    edges=(104, 134, 144, 149, 154, 184, 189, 194, 199))
    one = [run for run in page.runs if run.text != "丙"] + [stretched]
    (table,), loose = find_tables(replace(page, runs=tuple(one)))
    assert told(table.cells)[2] == "丙|≥90%|95%" and not loose
    assert {cell.text: cell.lines[0].box.x0 for cell in table.cells if cell.row == 2} == {
        "丙": 104, "≥90%": 134, "95%": 184}


TEXTS = {
    "lines of Chinese": (["新建农村集中供", "水泵站"], "新建农村集中供水泵站"),
    "Latin words": (["Microsoft", "Windows"], "Microsoft Windows"),
    "items": (["目标1：新建三座。", "目标2：维修。"], "目标1：新建三座。\n目标2：维修。"),
    "a figure broken": (["≥120000.", "00万元"], "≥120000.00万元"),
    "an upright label": (["产", "出", "指", "标"], "产出指标"),
}


@pytest.mark.parametrize(("lines", "text"), TEXTS.values(), ids=TEXTS)
def test_lines_of_a_cell(draw: Draw, line: Line, lines: list[str], text: str) -> None:
    page = draw(["|", "|"], [120, 120], high=70)
    runs = tuple(line(one, 64, 104 + 12 * k, 10) for k, one in enumerate(lines))
    (table,), loose = find_tables(replace(page, runs=runs))
    cell = table.cells[0]
    assert cell.text == text and not loose
    assert [cell.text[part.start:part.end] for part in cell.lines] == lines
    assert [part.box.y0 for part in cell.lines] == [104 + 12 * k for k in range(len(lines))]
    assert all(len(part.edges) == part.end - part.start + 1 for part in cell.lines)


def test_boxes_of_cells_are_where_they_are_drawn(draw: Draw) -> None:
    (table,), _ = find_tables(draw(["甲|<", "乙|丙"], [100, 50], number=7))
    boxes = [(cell.box.page, cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1) for cell in table.cells if cell.box]
    assert boxes == [pytest.approx(box) for box in ((7, 60, 100, 210, 118), (7, 60, 118, 160, 136), (7, 160, 118, 210, 136))]
    assert table.box == pytest.approx((60, 100, 210, 136)) and table.xs == pytest.approx((60, 160, 210)) and table.ruled


def test_runs_beside_and_between_tables_stay(draw: Draw, line: Line) -> None:
    above, below = draw(["甲|乙", "丙|丁"], [80, 80], y=100), draw(["戊|己", "庚|辛"], [80, 80], y=300)
    text = [line("附表", 60, 80), line("说明", 60, 200), line("旁注", 300, 110), line("结束", 60, 400)]
    page = replace(above, runs=(*below.runs, *text, *above.runs), rules=(*below.rules, *above.rules))
    tables, loose = find_tables(page)
    assert [table.cells[0].text for table in tables] == ["甲", "戊"] and loose == text


def test_a_grid_without_words_is_no_table(draw: Draw) -> None:
    assert find_tables(draw(["|", "|"], [80, 80])) == ([], [])


POINTS = st.integers(0, 40).map(lambda step: step * 14.0)
RULES = st.builds(lambda level, at, start, long: Rule(x0=start, y0=at, x1=start + long, y1=at) if level
                  else Rule(x0=at, y0=start, x1=at, y1=start + long), st.booleans(), POINTS, POINTS, POINTS)
RUNS = st.builds(lambda text, x, y, size: Run(text=text, x0=x, y0=y, x1=x + len(text) * size, y1=y + size, size=size),
                 st.text("甲乙丙ab12 .%≥\n（）", min_size=1, max_size=12), st.floats(0, 500), st.floats(0, 600), st.sampled_from([7.0, 10.0, 12.0]))
TIDY = st.builds(lambda text, col, row: Run(text=text, x0=50 + col * 70, y0=50 + row * 15, x1=50 + col * 70 + len(text) * 6,
                                            y1=60 + row * 15, size=10),
                 st.text("甲乙12.%", min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 9))


@settings(max_examples=250, deadline=None)
@given(rules=st.lists(RULES, max_size=24), runs=st.lists(st.one_of(RUNS, TIDY), max_size=40))
def test_every_character_goes_one_way(rules: list[Rule], runs: list[Run]) -> None:
    tables, loose = find_tables(Page(number=1, width=595, height=842, runs=tuple(runs), rules=tuple(rules)))
    given_ones = Counter("".join("".join(run.text.split()) for run in runs))
    told = Counter("".join("".join(text.split()) for text in (
        *(run.text for run in loose), *(cell.text for table in tables for cell in table.cells))))
    assert told == given_ones
    for table in tables:
        places = Counter((row, col) for cell in table.cells for row in range(cell.row, cell.row + cell.rows)
                         for col in range(cell.col, cell.col + cell.cols))
        assert set(places.values()) == {1} and max(col for _, col in places) == len(table.xs) - 2
        assert len(places) == (max(row for row, _ in places) + 1) * (len(table.xs) - 1)
