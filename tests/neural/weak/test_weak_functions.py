"""Labelling functions on one small report: what each of them says of which stretch of it, and what it keeps silent on."""

from __future__ import annotations

from functools import lru_cache

import pytest

from hedui.document import Block, Document
from hedui.layout import arrange
from hedui.neural.weak.amounts import cue_measure, header_measure
from hedui.neural.weak.functions import FUNCTIONS, ballots_of, functions_of, groups_of
from hedui.neural.weak.patterns import BODY_LABEL, CHANGED, LEVEL_ONLY, PRICE_AFTER, PRICE_BEFORE
from hedui.neural.weak.survey import survey_file, survey_of
from hedui.neural.weak.types import ABSTAIN, CLASSES, KINDS, Ballots, Kind, Survey
from hedui.view import clean

REPORT = """2022年度农村公路养护专项资金绩效自评报告

编制单位：云和县交通运输局

一、资金情况
（一）资金投入情况
根据《某省财政厅关于下达农村公路养护资金的通知》（某财建〔2022〕15号），省财政厅下达资金500万元。
全年预算安排800万元，实际支出600万元，预算执行率75%，结余200万元。
其中：路面养护支出400万元，桥梁养护支出200万元，共计支出600万元。
项目由云和县交通运输局负责实施，委托县财政局开展检查，报国家发展改革委备案，财政部门加强监督。
养护补助标准为每公里3万元，支出比上年增加50万元。
涉及青石县、白水县、红花县三个县。
二、绩效目标完成情况
（一）产出指标
1.数量指标：养护里程达到120公里。
2.质量指标：验收合格率：100%。
（二）满意度指标
群众满意度为95%，验收合格率100%。

| 项目 | 主管部门 | 全年预算数（万元） | 全年执行数（万元） |
|---|---|---|---|
| 农村公路养护 | 云和县交通运输局 | 800 | 600 |

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
|---|---|---|---|---|
| 产出指标 | 数量指标 | 养护里程 | ≥100公里 | 120公里 |
| 产出指标 | 质量指标 | 验收合格率 | 100% | 100% |
"""


@lru_cache(maxsize=1)
def survey() -> Survey:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.md"
        path.write_text(REPORT, encoding="utf-8")
        return survey_file(path)


@lru_cache(maxsize=3)
def ballots(kind: Kind) -> Ballots:
    return ballots_of(survey(), kind)


def cast(name: str) -> list[tuple[str, str]]:
    """What a function says, as (words, class); a name and its value as 养护里程|120公里."""
    function = next(f for f in FUNCTIONS if f.name == name)
    held, j = ballots(function.kind), [f.name for f in functions_of(function.kind)].index(name)
    text = survey().text
    return [("|".join(clean(text, span) for span in (item.span, item.value) if span), CLASSES[function.kind][votes[j]])
            for item, votes in zip(held.items, held.votes, strict=True) if votes[j] != ABSTAIN]


SAYS = [
    ("rules_spans", "云和县交通运输局", "ORG"),
    ("listed_institutions", "国家发展改革委", "ORG"),
    ("suffix_grammar", "县财政局", "ORG"),
    ("cue_context", "云和县交通运输局", "ORG"),
    ("body_cell", "云和县交通运输局", "ORG"),
    ("marked_title", "《某省财政厅关于下达农村公路养护资金的通知》", "TITLE"),
    ("place_list", "白水县", "REGION"),
    ("head_names", "云和县交通运输局", "ORG"),
    ("repeated_names", "云和县交通运输局", "ORG"),
    ("clause_cue", "800万元", "budget"),
    ("clause_cue", "500万元", "issued"),
    ("column_header", "800", "budget"),
    ("column_header", "600", "executed"),
    ("table_tells_text", "800万元", "budget"),
    ("text_tells_table", "800", "budget"),
    ("ratio_closes", "600万元", "executed"),
    ("ratio_closes", "800万元", "budget"),
    ("difference_closes", "200万元", "carried_out"),
    ("sum_closes", "400万元", "executed"),
    ("price", "3万元", "none"),
    ("change", "50万元", "none"),
    ("rules_told", "50万元", "none"),
    ("rules_cell", "600", "executed"),
    ("subject", "群众满意度|95%", "yes"),
    ("table_row", "养护里程|120公里", "yes"),
    ("table_row", "验收合格率|100%", "yes"),
    ("told_again", "验收合格率|100%", "yes"),
    ("joined", "养护里程|120公里", "yes"),
    ("rules_pairs", "养护里程|120公里", "yes"),
]


@pytest.mark.parametrize(("name", "words", "label"), SAYS)
def test_a_function_says(name: str, words: str, label: str) -> None:
    assert (words, label) in cast(name)


SILENT_ON = [
    ("listed_institutions", "县财政局"), ("cue_context", "财政部门"), ("clause_cue", "3万元"),
    ("column_header", "800万元"), ("table_tells_text", "500万元"), ("table_tells_text", "600万元"), ("ratio_closes", "500万元"), ("price", "500万元"),
    ("change", "600万元"), ("table_row", "群众满意度|95%"), ("body_cell", "农村公路养护"), ("place_list", "云和县"), ("place_list", "涉及青石县"),
]


@pytest.mark.parametrize(("name", "words"), SILENT_ON)
def test_a_function_keeps_silent(name: str, words: str) -> None:
    assert words not in {said for said, _ in cast(name)}


def test_no_function_speaks_inside_a_title() -> None:
    start = survey().text.index("《")
    end = survey().text.index("》")
    inside = [item for item in ballots("span").items if start < item.span[0] and item.span[1] <= end]
    judged = [f.name for f in functions_of("span")].index("inside_title")
    held = dict(zip(ballots("span").items, ballots("span").votes[:, judged], strict=True))
    assert all(held[item] == CLASSES["span"].index("none") for item in inside)


@pytest.mark.parametrize(("words", "measure"), [
    ("实际支出", "executed"), ("省财政厅下达资金", "issued"), ("追回违规资金", "recovered"), ("该项目", None), ("预算绩效", None)])
def test_cues(words: str, measure: str | None) -> None:
    assert cue_measure(words) == measure


@pytest.mark.parametrize(("header", "measure"), [
    ("全年预算数（A）", "budget"), ("资金情况 到位数", "received"), ("分值", None), ("三级指标", None)])
def test_headers(header: str, measure: str | None) -> None:
    assert header_measure(header) == measure


@pytest.mark.parametrize(("pattern", "words", "fits"), [
    (BODY_LABEL, "项目实施单位", True), (BODY_LABEL, "单位:万元", False), (LEVEL_ONLY, "省局", True), (LEVEL_ONLY, "市委", False),
    (CHANGED, "支出比上年增加", True), (CHANGED, "实际支出", False), (PRICE_BEFORE, "每公里", True), (PRICE_BEFORE, "总投资", False),
    (PRICE_AFTER, "/人", True), (PRICE_AFTER, ",已支出", False)])
def test_patterns(pattern: object, words: str, fits: bool) -> None:
    search = pattern.fullmatch if pattern in (BODY_LABEL, LEVEL_ONLY) else pattern.search  # type: ignore[attr-defined]
    assert bool(search(words)) is fits


def test_every_function_has_a_name_a_purpose_and_a_place() -> None:
    names = [f.name for f in FUNCTIONS]
    assert len(names) == len(set(names))
    for function in FUNCTIONS:
        assert function.cast.__doc__ and function.cast.__name__ == function.name
        assert function.proposes or function.judges
        assert 0.5 < function.right < 1 and function.trust > 0


def test_groups_are_numbered_by_name() -> None:
    functions = functions_of("measure")
    numbers = dict(zip((f.name for f in functions), groups_of(functions), strict=True))
    assert numbers["rules_told"] == numbers["clause_cue"] != numbers["rules_cell"] == numbers["column_header"]
    assert len({numbers[name] for name in ("ratio_closes", "sum_closes", "told_twice", "price")}) == 4


def test_an_empty_report_has_no_items() -> None:
    text = "无\n"
    document = Document(name="x.txt", sha256="0", media_type="text/plain", text=text,
                        blocks=(Block(kind="paragraph", span=(0, 1)),))
    empty = survey_of(arrange(document))
    for kind in KINDS:
        held = ballots_of(empty, kind)
        assert held.items == () and held.votes.shape == (0, len(functions_of(kind)))
