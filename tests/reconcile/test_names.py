"""Names and tellings of indicators that only look otherwise, and those that are otherwise."""

from __future__ import annotations

import pytest

from hedui.findings import Claim, Indicator
from hedui.layout import arrange
from hedui.readers import read_bytes
from hedui.reconcile.agreement.indicators import judged
from hedui.reconcile.agreement.labels import cut_short
from hedui.reconcile.agreement.misprints import misprinted
from hedui.reconcile.agreement.names import glued, likely_name
from hedui.reconcile.agreement.targets import little

GLUED = [
    ("A.停车位数量", "停车位数量", True), ("3）停车位数量", "停车位数量（个）", True), ("a、停车位数量", "停车位数量", True),
    ("护理补贴标准按", "护理补贴标准", True), ("使灌溉条件", "灌溉条件", True), ("度群众满意度", "群众满意度", True),
    ("来按期完工率", "按期完工率", True),
    ("灌溉条件", "溉条件", False), ("供水管网改建", "供水管网改造", False), ("新建水窖数", "新建水窖数量", False),
]
LIKELY = [
    ("水窖建设", ("水窖建设",), "水窖建设"),
    ("大塘镇重点路段巡护里程", ("重点路段巡护里程",), None), ("县水务局重点路段巡护里程", ("重点路段巡护里程",), None),
    ("农村重点路段养护", ("重点路段养护",), "重点路段养护"),
]
LITTLE = [("故障响应时间", True), ("单位供水成本", True), ("投诉处理时限", True), ("安全事故起数", True), ("投诉办结率", False),
          ("水土流失治理面积", False), ("场馆开放时间", False), ("预算控制率", False), ("事故隐患整改率", False)]
# row of the table, telling of the text, verdict (None: not to be held against each other)
ACTUALS = [("98%", "不少于95%", None), ("93%", "不少于95%", "conflict"), ("11%", "≤12%", None), ("98%", "89%", "conflict"),
           ("6000册", "2分", None), ("98分", "89分", "conflict"), ("6000册", "600册", "conflict")]


@pytest.mark.parametrize(("one", "other", "wanted"), GLUED)
def test_marks_units_and_letters_of_the_sentence_make_no_other_name(one: str, other: str, wanted: bool) -> None:
    assert glued(one, other) is wanted
    assert glued(other, one) is wanted


@pytest.mark.parametrize(("name", "known", "wanted"), LIKELY)
def test_what_one_place_did_is_not_what_all_did(name: str, known: tuple[str, ...], wanted: str | None) -> None:
    assert likely_name(name, known) == wanted


@pytest.mark.parametrize(("name", "wanted"), LITTLE)
def test_what_should_be_little(name: str, wanted: bool) -> None:
    assert little(name) is wanted


@pytest.mark.parametrize(("row", "text", "wanted"), ACTUALS)
def test_results_held_against_each_other(row: str, text: str, wanted: str | None) -> None:
    told = judged(row, text, "actual", "table")
    assert (told.verdict if told else None) == wanted


# other words of the file, one spelling, the other, whether the first is the misprint
MISPRINTS = [
    ("效益明显，社会效益", "郊益指标", "效益指标", True), ("效益明显，社会效益", "效益指标", "郊益指标", False),
    ("采购预算", "收人增长率", "收入增长率", True), ("供水", "管网改建", "管网改造", False),
    ("供水", "管网改造", "管网改建", False), ("护士、战士、人士", "测士配方", "测土配方", True), ("2022年、2022年", "2021年", "2022年", False),
    ("改造工程", "管网改建", "管网改造里程", False),
]
# text, where a name was found in it, another name, whether the name goes on as that
CUT = [("11.印制宣传折\n页达到6791份", "印制宣传折", "印制宣传折页", True), ("11.印制宣传折\n扇达到6791份", "印制宣传折", "印制宣传折页", False),
       ("B.城乡差距、学\n生资助机制成效明显", "生资助机制", "学生资助机制", True)]


@pytest.mark.parametrize(("words", "name", "other", "wanted"), MISPRINTS)
def test_the_misprint_is_what_stands_nowhere_else(words: str, name: str, other: str, wanted: bool) -> None:
    assert misprinted(f"{words}。{name}。{other}", name, other) is wanted


@pytest.mark.parametrize(("text", "name", "other", "wanted"), CUT)
def test_a_name_that_a_line_break_cuts_is_not_another(text: str, name: str, other: str, wanted: bool) -> None:
    at = text.index(name)
    claim = Claim(id="c-1", type="indicator", origin="narrative", span=(0, len(text)), fields=Indicator(name=name),
                  spans={"name": (at, at + len(name))})
    assert cut_short(arrange(read_bytes(text.encode(), "case.txt")), claim, other) is wanted
