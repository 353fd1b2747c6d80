"""Marked sources: what a mark means, how tables are written, and that no verdict is taken on trust."""

from __future__ import annotations

import pytest

from hedui.synth.marked.build import gold_of
from hedui.synth.marked.marks import read_marks
from hedui.synth.marked.page import lay_out
from hedui.synth.marked.source import read_source
from hedui.synth.marked.tables import read_table, render_table

# marked text, label, value, unit, op
MARKS = [
    ("下达{10887万元}。", "AMOUNT", "108870000", "CNY", None),
    ("约{1.8亿元}。", "AMOUNT", "180000000", "CNY", "~"),
    ("结余{负1.25亿元}", "AMOUNT", "-125000000", "CNY", None),
    ("每人{150元/人}", "AMOUNT", "150", "CNY/人", None),
    ("\t{w|1,038.00}", "AMOUNT", "10380000", "CNY", None),
    ("支出{24\n01 万元}", "AMOUNT", "24010000", "CNY", None),
    ("执行率{19.24 %}", "RATE", "0.1924", "1", None),
    (r"$\geq {70\%}$", "RATE", "0.7", "1", ">="),
    ("提高{1.3个百分点}", "RATE", "0.013", "pp", None),
    ("达{98%}以上", "RATE", "0.98", "1", ">="),
    ("≤{60分钟}", "QUANTITY", "60", "分钟", "<="),
    ("派出{1.8万余人次}", "QUANTITY", "18000", "人次", ">"),
    ("{十二项}工作", "QUANTITY", "12", "项", None),
    ("{Q /人|300}", "QUANTITY", "300", "人", None),
    ("面积{３．６万亩}", "QUANTITY", "36000", "亩", None),
    ("{2021年3月底}前", "DATE", "2021-03", "date", "<="),
    ("{10月30日}", "DATE", "--10-30", "date", None),
    ("{2020年年底}", "DATE", "2020", "date", None),
    ("{D =2022-Q4|四季度}", "DATE", "2022-Q4", "date", None),
    ("（{宁财（社）指标（2021）500号}）", "DOCNO", "宁财（社）指标〔2021〕500号", "docno", None),
    ("{财监(2021) 2号}", "DOCNO", "财监〔2021〕2号", "docno", None),
    ("《关于印发〈办\n法〉的通知》", "TITLE", "关于印发〈办法〉的通知", "title", None),
    ("经财政部同意", "ORG", "财政部", "org", None),
]


@pytest.mark.parametrize(("tagged", "label", "value", "unit", "op"), MARKS)
def test_a_mark_means_what_stands_in_it(tagged: str, label: str, value: str, unit: str, op: str | None) -> None:
    (mark,) = read_marks(tagged, {"财政部": "O"}).mentions
    reading = mark.reading
    assert reading is not None
    assert (reading.label, reading.value, reading.unit, reading.op) == (label, value, unit, op)


@pytest.mark.parametrize(("tagged", "said"), [
    ("{10万元", "never closed"),
    ("{#a|1万元}{#a|2万元}", "two places named a"),
    ("{Z|1万元}", "unknown word"),
    ("共{若干}项", "no number"),
    ("{5{3万元}}", "overlap"),
])
def test_a_wrong_mark_is_refused(tagged: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_marks(tagged, {})


ROWS = ["一级 | 二级 | 三级 | 值", "@rows level1,level2,name,target", "产出 | 数量 | 次数 | 3次", "^ | ^ | 人↵数 | 很¶多"]


@pytest.mark.parametrize(("dialect", "lines"), [
    ("cells", ["\t一级", "\t二级", "\t三级", "\t值", "", "\t产出", "\t数量", "\t次数", "\t3次", "", "\t", "\t", "\t人", "数", "\t很多", ""]),
    ("tabs", ["一级\t二级\t三级\t值", "产出\t数量\t次数\t3次", "\t\t人数\t很", "", "一级\t二级\t三级\t值", "\t\t\t多"]),
    ("pipes", ["一级 | 二级 | 三级 | 值", "产出 | 数量 | 次数 | 3次", "|| 人数 | 很多"]),
    ("word", ["一级\t二级\t三级\t值", "产出\t数量\t次数\t3次", "人数\t很多"]),
])
def test_a_table_is_written_in_each_dialect(dialect: str, lines: list[str]) -> None:
    rows = [row.replace("¶", "") if dialect != "tabs" else row for row in ROWS]
    rows = [row.replace("↵", "") if dialect != "cells" else row for row in rows]
    marked = "\n".join(render_table(read_table("t1", rows), dialect))
    assert read_marks(marked, {}).text.split("\n") == lines


REPORT = """@file a.txt
@part 报告 | self_evaluation | 某局 | 某县 | 2022 | 项目
预算{#b|480万元}，支出{#e|458.4万元}，执行率{#r|95.5%}，另称{#s|95.4%}、{#t|90%}；成效{X #x|有所提高}，又称{X #y|明显提高}。
@checks
"""

# the line of a check, its verdict, or None where it must be refused
VERDICTS = [
    ("ratio e / b = r", "consistent"),
    ("ratio e / b = r !", None),
    ("ratio e / b = t !", "conflict"),
    ("ratio e / b = t", None),
    ("ratio e / b = s ~", "rounding"),
    ("ratio e / b = r ~", None),
    ("ratio e / b = t ~", None),
    ("restated x = y ! :v", "conflict"),
    ("restated x = y :v", None),
    ("restated x = x :v", "consistent"),
    ("sum b + nowhere = e", None),
    ("guess b = e", None),
]


@pytest.mark.parametrize(("line", "verdict"), VERDICTS)
def test_a_verdict_stands_only_where_the_figures_bear_it_out(line: str, verdict: str | None) -> None:
    page = lay_out(read_source(f"{REPORT}{line} | 说明\n"))
    if verdict is None:
        with pytest.raises(ValueError):
            gold_of(page)
    else:
        (check,) = gold_of(page)["checks"]
        assert (check["verdict"], check["note"]) == (verdict, "说明")
