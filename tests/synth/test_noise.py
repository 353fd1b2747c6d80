"""Noise: the text changes, no value does, and every quote stands where the gold says."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "annotations"))

from check_gold import faults

from hedui.synth.edits import Edit, edited
from hedui.synth.generate import make_report
from hedui.synth.marked.build import gold_of
from hedui.synth.marked.page import lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.noise import KINDS, noised

SOURCE = """@file a.txt
@dialect tabs
@orgs 县财政局
@part 报告 | self_evaluation | 某局 | 某县 | 2022 | 项目
报告
一、资金使用情况
截至年末，县财政局下达资金{#b|480.25万元}，支出资金{#e|458.44万元}，执行率为{#r|95.46%}，详见《某县专项资金管理办法》（{#d|某财〔2022〕3号}）。
@table t
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值
@rows level1,level2,name,target,actual
产出指标 | 质量指标 | 合格率 | ≥{90%} | {#x|96.5%}
@end
@funds
b | issued | 项目资金
@documents
d
@checks
ratio e / b = r | 执行率
"""
MEANT = [("480.25万元", "4802500"), ("458.44万元", "4584400"), ("95.46%", "0.9546"), ("90%", "0.9"), ("96.5%", "0.965")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_leaves_its_mark_and_no_value_changes(kind):
    page = lay_out(read_source(SOURCE))
    shown = [noised(page, 1.0 if kind != "lookalikes" else 0.4, random.Random(seed), kinds=(kind,)) for seed in range(40)]
    assert any(one.marked.text != page.marked.text for one in shown)
    for one in shown:
        found = gold_of(page, one)
        values = [m["value"] for m in found["mentions"] if m["label"] in {"AMOUNT", "RATE"}]
        assert values == [value for _, value in MEANT]
        assert faults(found, one.marked.text) == []
        assert found["checks"][0]["verdict"] == "consistent" and found["documents"][0]["title"] == "某县专项资金管理办法"


@pytest.mark.parametrize("kind, pattern", [
    ("blanks", r"480\.25 万元"), ("breaks", r"。?\S\n\S"), ("bookmarks", r"\[bookmark: _Toc\d{8}\]一、"), ("wide", "９５．４６％"),
    ("formulas", r"\$\\geq 90\\%\$"), ("lookalikes", "[曰已未士]|\\("), ("lost", "资金支|办法（|年末县|万元执"), ("margins", r"\n[^\n]*1[^\n]*\n截"),
])
def test_flaws_look_as_they_do_in_exports(kind, pattern):
    page = lay_out(read_source(SOURCE))
    assert any(re.search(pattern, noised(page, 1.0, random.Random(s), kinds=(kind,)).marked.text) for s in range(60))


def test_a_figure_broken_over_lines_is_quoted_in_part_and_whole():
    page = lay_out(read_source(SOURCE))
    at = page.marked.places["b"].start + 2
    shown = edited(page, [Edit(start=at, end=at, text="\n")])
    (money,) = [m for m in gold_of(page, shown)["mentions"] if m["value"] == "4802500"]
    assert (money["text"], money["full"]) == ("48", "480.25万元")


def test_edits_at_the_edges_of_a_mark_stay_outside():
    page = lay_out(read_source(SOURCE))
    place = page.marked.places["b"]
    shown = edited(page, [Edit(start=place.start, end=place.start, text="共"), Edit(start=place.end, end=place.end, text="整")])
    assert shown.text(shown.marked.places["b"]) == "480.25万元" and "共480.25万元整" in shown.marked.text


def test_digits_stay_unless_the_rate_is_high():
    figures = re.compile(r"\d")
    for number in range(1, 8):
        made = make_report(11, number, noise=0)
        low = noised(made.clean, 0.4, random.Random(number), kinds=("lookalikes",))
        assert figures.findall(low.marked.text) == figures.findall(made.clean.marked.text)
    high = noised(made.clean, 1.0, random.Random(1), kinds=("lookalikes",))
    assert figures.findall(high.marked.text) != figures.findall(made.clean.marked.text)


@pytest.mark.parametrize("number", range(1, 26))
def test_noise_never_breaks_a_quote(number):
    made = make_report(13, number, slips=0.5, noise=0.6)
    assert faults(json.loads(made.gold), made.page.marked.text) == []


def test_no_noise_gives_the_page_back():
    page = lay_out(read_source(SOURCE))
    assert noised(page, 0, random.Random(1)) is page
