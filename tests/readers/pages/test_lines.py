"""Runs to lines of print: rows, tilt, raised letters, gaps, and the white space that line ends stand for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.readers.pages.lines import draft_lines, joiner, print_units, runs_to_lines
from hedui.readers.pages.page import Run


def run(text: str, x: float, y: float, size: float = 12, *, edges: bool = True, scores: bytes = b"") -> Run:
    """Characters as they are set: a Chinese one as wide as high, others half as wide."""
    at = [x]
    for char in text:
        at.append(at[-1] + size * print_units(char))
    return Run(text=text, x0=x, x1=at[-1], y0=y, y1=y + size, size=size, edges=tuple(at) if edges else (), scores=scores)


ROWS = {
    "one line of two runs": ([run("项目资金", 60, 100), run("108万元", 108, 100)], ["项目资金108万元"]),
    "two lines, given from below": ([run("第二行", 60, 120), run("第一行", 60, 100)], ["第一行", "第二行"]),
    "a Latin word and the space before it": ([run("use", 60, 100), run("Windows", 82, 100)], ["use Windows"]),
    "labels that a wide gap parts": ([run("单位：万元", 60, 100), run("年度：2023", 260, 100)], ["单位：万元  年度：2023"]),
    "a single letter's gap": ([run("附件", 60, 100), run("一览", 96, 100)], ["附件 一览"]),
    "the sliver beside figures is none": ([run("共", 60, 100), run("36", 75, 100), run("个", 90, 100)], ["共36个"]),
    "a raised note mark": ([run("节约用水", 60, 100), run("②", 108, 97, 6), run("目标", 115, 100)], ["节约用水②目标"]),
    "a lowered figure": ([run("排放CO", 60, 100), run("2", 96, 108, 6), run("总量", 100, 100)], ["排放CO2总量"]),
    "a flat character": ([run("进", 60, 100), Run(text="一", x0=72, x1=84, y0=105, y1=106.2, size=12), run("步", 84, 100)], ["进一步"]),
    "white space at both ends": ([run("　　为贯彻　", 60, 100)], ["为贯彻"]),
    "white space alone": ([run("   ", 60, 100)], []),
    "close lines": ([run("上一行", 60, 100), run("下一行", 60, 112.5)], ["上一行", "下一行"]),
    "a line end within a run": ([run("甲\n乙", 60, 100)], ["甲 乙"]),
}


@pytest.mark.parametrize(("runs", "texts"), ROWS.values(), ids=ROWS)
def test_rows(runs: list[Run], texts: list[str]) -> None:
    assert [line.text for line in runs_to_lines(runs)] == texts


@pytest.mark.parametrize("degrees", [-0.3, 0.3])
def test_a_slight_tilt_parts_no_line(degrees: float) -> None:
    slope = math.tan(math.radians(degrees))
    runs = [run(f"第{row}行第{col}段文字", x, 100 + 16 * row + slope * x) for row in range(20) for col, x in enumerate((60, 200, 340, 480))]
    lines = runs_to_lines(runs)
    assert [line.text for line in lines] == ["  ".join(f"第{row}行第{col}段文字" for col in range(4)) for row in range(20)]


def test_edges_and_scores_go_with_the_characters() -> None:
    line, = runs_to_lines([run("金额", 60, 100, scores=b"\x50\x5a"), run("95%", 200, 100, scores=b"\x61\x62\x63")])
    assert line.text == "金额  95%"
    assert line.edges[0] == 60 and line.edges[4] == 200 and len(line.edges) == len(line.text) + 1
    assert line.scores == b"\x50\x5a\x64\x64\x61\x62\x63"
    assert line.gapped


def test_edges_that_one_run_lacks_are_unknown() -> None:
    line, = runs_to_lines([run("金额", 60, 100), run("95%", 84, 100, edges=False)])
    assert (line.text, line.edges) == ("金额95%", ())


def test_leading_white_space_moves_the_left_edge() -> None:
    for edges in (True, False):
        line, = runs_to_lines([run("　　为了", 60, 100, edges=edges)])
        assert line.x0 == pytest.approx(84) and line.x1 == pytest.approx(108)


JOINED = [
    ("支持项目资", "金到位", ""), ("使用 Windows", "server", " "), ("共1,234.", "56万元", ""), ("总投资64", "80万元", ""),
    ("PM", "2.5浓度", ""), ("well-", "known", ""), ("GB/", "T 2312", ""), ("as noted,", "the", " "), ("the (", "new", ""),
    ("累计", "12.5%", ""), ("report", "（2023）", ""), ("for the plan", "(draft)", " "),
    ("done in 2023", "the", " "), ("共建成2023", "m管网", ""), ("see version of Windows", "10 for", " "), ("", "首", ""),
]


@pytest.mark.parametrize(("above", "below", "between"), JOINED)
def test_what_a_line_end_stands_for(above: str, below: str, between: str) -> None:
    assert joiner(above, below) == between


def test_lines_of_one_text_know_their_place() -> None:
    lines = runs_to_lines([run("using the new", 60, 100), run("system for 3", 60, 120), run("个县", 60, 140)])
    text, drafts = draft_lines(lines, [4, 4, 5])
    assert text == "using the new system for 3个县"
    assert [text[line.start:line.end] for line in drafts] == ["using the new", "system for 3", "个县"]
    assert [line.box.page for line in drafts] == [4, 4, 5]


RUNS = st.builds(run, st.text(st.sampled_from("一二指标（）%≥90.5万元 AB\u3000"), max_size=8), st.floats(0, 500), st.floats(0, 700),
                 st.sampled_from([6.0, 10.5, 12.0, 22.0]), edges=st.booleans())


@given(st.lists(RUNS, max_size=12))
def test_every_visible_character_stands_in_one_line(runs: list[Run]) -> None:
    said = sorted("".join(line.text for line in runs_to_lines(runs)).replace(" ", "").replace("\u3000", ""))
    assert said == sorted("".join(run.text for run in runs).replace(" ", "").replace("\u3000", ""))
    for line in runs_to_lines(runs):
        assert line.text == line.text.strip() and len(line.edges) in (0, len(line.text) + 1)
