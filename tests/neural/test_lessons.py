"""Lessons: what annotations say stands where it is told, what is not found is left open, and bad input gets one clear line."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hedui.errors import ReadError, UsageError
from hedui.gold import read_gold
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.neural.lessons import lesson_of, read_lessons
from hedui.neural.lessons.align import alignment_of
from hedui.neural.lessons.align_marks import Alignment, alignment_table
from hedui.neural.lessons.align_names import pieces
from hedui.neural.types import MEASURES, Lesson, Place
from hedui.readers import read

ANNOTATIONS = Path(__file__).parents[2] / "annotations"
HEAD = "一、绩效目标完成情况\n"


def indicator(name: str, line: int = 2, source: str = "narrative", **said: str) -> dict[str, Any]:
    told = dict.fromkeys(("level1", "level2", "target", "actual", "completion", "deviation", "weight", "score", "reason"))
    return {**told, "source": source, "line": line, "name": name, **said}


def fund(text: str, measure: str, scope: str | None = None, line: int = 2, documents: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"source": "narrative", "line": line, "text": text, "yuan": "1", "measure": measure, "scope": scope, "year": None,
            "level": None, "documents": list(documents), **more}


def mention(text: str, label: str, line: int = 2, value: str | None = None) -> dict[str, Any]:
    return {"line": line, "nth": 1, "text": text, "label": label, "value": value or text, "unit": "", "op": None}


def written(folder: Path, text: str, *, lines: tuple[int, int] | None = None, **sections: Any) -> tuple[Path, Path]:
    """A report and its annotation, in folders of their own."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    (folder / "reports").mkdir(exist_ok=True)
    (folder / "reports" / "r.txt").write_text(text, encoding="utf-8")
    empty: dict[str, Any] = {key: [] for key in ("reports", "mentions", "indicators", "funds", "documents", "scores", "checks")}
    gold = {"source": "r.txt", "lines": list(lines or (1, text.count("\n") + 1)), **empty, **sections}
    (folder / "gold" / "r.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder / "gold", folder / "reports"


def lesson(folder: Path, text: str, **said: Any) -> Lesson:
    return read_lessons(*written(folder, text, **said))[0]


def tagged(of: Lesson) -> str:
    """The text that the windows own, every tag in brackets."""
    shown = ""
    for window, tags in zip(of.windows, of.tags, strict=True):
        at = window.own[0]
        for tag in tags:
            if at <= tag.start < window.own[1]:
                shown += f"{window.text[at:tag.start]}[{tag.label} {window.text[tag.start:tag.end]}]"
                at = tag.end
        shown += window.text[at:max(at, window.own[1])] + "\n"
    return shown


def words(of: Lesson, place: Place) -> str:
    return of.windows[place.window].text[place.start:place.end]


def linked(of: Lesson) -> set[tuple[str, str, str]]:
    return {(link.relation, words(of, link.head), words(of, link.tail)) for link in of.links}


def opened(of: Lesson) -> list[str]:
    return [window.text[start:end] for window, ranges in zip(of.windows, of.unsure, strict=True) for start, end in ranges]


CASES = [
    ("开通170家药店直接结算。", [indicator("开通药店直接结算", actual="170家")], "[NAME 开通]170家[NAME 药店直接结算]。",
     {("actual", "开通", "170家"), ("actual", "药店直接结算", "170家")}),
    ("保障了11名在编教师、5名代课教师工资按时发放。",
     [indicator("在编教师工资按时发放", actual="11名"), indicator("代课教师工资按时发放", actual="5名")],
     "保障了11名[NAME 在编教师]、5名[NAME 代课教师][NAME 工资按时发放]。",
     {("actual", "在编教师", "11名"), ("actual", "工资按时发放", "11名"), ("actual", "代课教师", "5名"), ("actual", "工资按时发放", "5名")}),
    ("处理投诉2件,办理提案12件,回复建议2件。",
     [indicator("处理投诉", actual="2件"), indicator("办理提案", actual="12件"), indicator("回复建议", actual="2件")],
     "[NAME 处理投诉]2件,[NAME 办理提案]12件,[NAME 回复建议]2件。",
     {("actual", "处理投诉", "2件"), ("actual", "办理提案", "12件"), ("actual", "回复建议", "2件")}),
    ("a.设备验收合格率指标,指标值为90%。当年设备验收合格率为95%。完成率100%,偏差率0%。",
     [indicator("设备验收合格率", target="90%", actual="95%", completion="100%")],
     "a.[NAME 设备验收合格率]指标,指标值为90%。当年[NAME 设备验收合格率]为95%。完成率100%,偏差率0%。",
     {("target", "设备验收合格率", "90%"), ("actual", "设备验收合格率", "95%"), ("completion", "设备验收合格率", "100%")}),
    ("b.经办服务能力,指标值为有所提高。我县经办服务能力有所提高。完成率100%。",
     [indicator("经办服务能力", target="有所提高", actual="有所提高", completion="100%")],
     "b.[NAME 经办服务能力],指标值为[STATE 有所提高]。我县[NAME 经办服务能力][STATE 有所提高]。完成率100%。",
     {("target", "经办服务能力", "有所提高"), ("actual", "经办服务能力", "有所提高"), ("completion", "经办服务能力", "100%")}),
    ("“两病”用药保障12人。", [indicator("“两病”用药保障", actual="12人")], "[NAME “两病”用药保障]12人。", {("actual", "“两病”用药保障", "12人")}),
    ("水费收缴率达到98%以上,切实提高了群众节水意识。", [indicator("水费收缴率", actual="98%以上"), indicator("群众节水意识", actual="切实提高")],
     "[NAME 水费收缴率]达到98%以上,[STATE 切实提高]了[NAME 群众节水意识]。",
     {("actual", "水费收缴率", "98%"), ("actual", "群众节水意识", "切实提高")}),
]


@pytest.mark.parametrize(("sentence", "said", "shown", "links"), CASES)
def test_names_and_values_stand_where_they_are_told(tmp_path: Path, sentence: str, said: list[dict[str, Any]], shown: str,
                                                    links: set[tuple[str, str, str]]) -> None:
    found = lesson(tmp_path, HEAD + sentence, indicators=said)
    assert shown in tagged(found)
    assert linked(found) == links
    assert opened(found) == []


def test_of_equal_values_each_name_has_its_own(tmp_path: Path) -> None:
    found = lesson(tmp_path, HEAD + CASES[2][0], indicators=CASES[2][1])
    tails = [link.tail for link in found.links]
    assert len(set(tails)) == 3


def test_names_told_together_have_their_values_in_order(tmp_path: Path) -> None:
    found = lesson(tmp_path, HEAD + "家长满意度和政策知晓率分别达到90%、90%。",
                   indicators=[indicator("家长满意度", actual="90%"), indicator("政策知晓率", actual="90%")])
    places = {words(found, link.head): link.tail.start for link in found.links}
    assert places["家长满意度"] < places["政策知晓率"]


def test_a_name_that_is_not_told_leaves_its_sentence_open(tmp_path: Path) -> None:
    text = HEAD + "全年栽植行道树300株。完成道路硬化5公里,群众出行方便。"
    found = lesson(tmp_path, text, indicators=[indicator("农村公路建设里程", actual="5公里")])
    assert opened(found) == ["完成道路硬化5公里,群众出行方便。"]
    assert found.links == ()
    layout = arrange(read(tmp_path / "reports" / "r.txt"))
    gold = read_gold(tmp_path / "gold" / "r.json", text=text)
    counted = alignment_of(layout, [gold], find_mentions(layout))
    assert (counted.wanted["name"], counted.aligned["name"]) == (1, 0)
    assert counted.rate("name", "actual") == 0
    assert "0 / 1" in alignment_table(counted)


def test_funds_have_measure_scope_and_basis(tmp_path: Path) -> None:
    text = HEAD + "根据《关于下达林业补助资金的通知》(云财农〔2021〕8号)下达林业补助资金100万元,其中护林员补助60万元,实际支出90万元。"
    found = lesson(
        tmp_path, text, mentions=[mention("《关于下达林业补助资金的通知》", "TITLE", value="关于下达林业补助资金的通知"),
                                  mention("云财农〔2021〕8号", "DOCNO", value="云财农〔2021〕8号")],
        funds=[fund("100万元", "issued", "林业补助资金", documents=("云财农〔2021〕8号",)), fund("60万元", "issued", "护林员补助"),
               fund("90万元", "executed", "天然林保护")],
        documents=[{"line": 2, "number": "云财农〔2021〕8号", "title": "关于下达林业补助资金的通知", "issuers": [], "amounts": []}])
    assert "[TITLE 《关于下达林业补助资金的通知》](云财农〔2021〕8号)下达[SCOPE 林业补助资金][issued 100万元],其中" in tagged(found)
    assert "[SCOPE 护林员补助][issued 60万元],实际支出[executed 90万元]" in tagged(found)
    assert linked(found) == {("scope", "100万元", "林业补助资金"), ("scope", "60万元", "护林员补助"),
                             ("basis", "100万元", "云财农〔2021〕8号"), ("title", "云财农〔2021〕8号", "《关于下达林业补助资金的通知》")}


def test_equal_amounts_of_a_line_are_told_in_their_order(tmp_path: Path) -> None:
    found = lesson(tmp_path, HEAD + "预算50万元,支出50万元。", funds=[fund("50万元", "budget"), fund("50万元", "executed")])
    assert "预算[budget 50万元],支出[executed 50万元]" in tagged(found)


def test_a_place_within_a_name_gives_way_and_one_within_a_scope_stands(tmp_path: Path) -> None:
    found = lesson(tmp_path, HEAD + "云南省博物馆接待观众9万人次,云南省文物保护资金支出8万元。",
                   mentions=[mention("云南省", "REGION"), {**mention("云南省", "REGION"), "nth": 2}],
                   indicators=[indicator("云南省博物馆接待观众", actual="9万人次")], funds=[fund("8万元", "executed", "云南省文物保护资金")])
    assert "[NAME 云南省博物馆接待观众]9万人次,[REGION 云南省][SCOPE 文物保护资金]支出[executed 8万元]" in tagged(found)


TABLE = (HEAD + "培训合格率达到96%,管理制度健全。\n\n绩效目标自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\n"
         "产出指标\t数量指标\t培训人数（人）\t≥100\t120\n产出指标\t质量指标\t培训合格率\t≥90%\t96%\n效益指标\t社会效益\t管理制度\t健全\t基本健全\n")


def test_rows_have_names_and_words_and_are_the_same_as_what_prose_tells(tmp_path: Path) -> None:
    found = lesson(tmp_path, TABLE, indicators=[
        indicator("培训合格率", actual="96%"), indicator("培训人数", 6, "table", target="≥100", actual="120"),
        indicator("培训合格率", 7, "table", target="≥90%", actual="96%"), indicator("管理制度", 8, "table", target="健全", actual="基本健全")])
    shown = tagged(found)
    assert "[NAME 培训人数](人)|≥100|120" in shown
    assert "[NAME 管理制度]|[STATE 健全]|[STATE 基本健全]" in shown
    assert {("target", "培训合格率", "90%"), ("actual", "管理制度", "基本健全"), ("target", "培训人数", "100")} <= linked(found)
    (same,) = [link for link in found.links if link.relation == "same"]
    assert [found.windows[place.window].kind for place in (same.head, same.tail)] == ["prose", "row"]
    assert words(found, same.head) == words(found, same.tail) == "培训合格率"


def test_what_was_not_annotated_is_open(tmp_path: Path) -> None:
    found = lesson(tmp_path, HEAD + "植树300株。\n造林20亩。\n育苗8亩。", lines=(2, 3), indicators=[indicator("造林", 3, actual="20亩")])
    assert "".join(opened(found)) == (HEAD.strip() + "育苗8亩。")


@pytest.mark.parametrize(("name", "text", "number", "parts"), [
    ("省局抽查复查", "完成省局对31家、市局对21家机构的全覆盖抽查复查", "31家", ["省局", "抽查复查"]),
    ("市局抽查复查", "完成省局对31家、市局对21家机构的全覆盖抽查复查", "21家", ["市局", "抽查复查"]),
    ("困难户帮扶", "多次对16户困难户进行帮扶", "16户", ["困难户", "帮扶"]),
    ("农村公路建设里程", "完成道路硬化5公里", "5公里", None)])
def test_names_told_in_pieces(name: str, text: str, number: str, parts: list[str] | None) -> None:
    blocked = np.zeros(len(text), dtype=bool)
    at = text.index(number)
    blocked[at:at + len(number)] = True
    found = pieces(name, text, blocked, at)
    assert (found and [text[start:end] for start, end in found[1]]) == parts


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Lesson]]:
    folder = tmp_path_factory.mktemp("gold")
    for name in ("s02", "s04", "s08"):
        shutil.copy(ANNOTATIONS / "gold" / f"{name}.json", folder)
    return folder, read_lessons(folder, ANNOTATIONS / "samples")


def test_tags_lie_in_their_windows_without_overlap_and_roles_on_amounts(samples: tuple[Path, list[Lesson]]) -> None:
    for one in samples[1]:
        for window, tags, anchors in zip(one.windows, one.tags, one.anchors, strict=True):
            assert all(window.context <= tag.start < tag.end <= len(window.text) for tag in tags)
            assert all(before.end <= after.start for before, after in pairwise(tags))
            amounts = {(anchor.start, anchor.end) for anchor in anchors if anchor.label == "AMOUNT"}
            assert all((tag.start, tag.end) in amounts for tag in tags if tag.label in MEASURES)


def test_ends_of_links_are_tags_or_anchors_of_one_window(samples: tuple[Path, list[Lesson]]) -> None:
    for one in samples[1]:
        ends = {Place(window=number, start=tag.start, end=tag.end) for number, tags in enumerate(one.tags) for tag in tags}
        ends |= {Place(window=number, start=held.start, end=held.end) for number, anchors in enumerate(one.anchors) for held in anchors}
        assert one.links
        for link in one.links:
            assert {link.head, link.tail} <= ends
            assert link.relation == "same" or link.head.window == link.tail.window


def test_what_annotators_say_is_found(samples: tuple[Path, list[Lesson]]) -> None:
    counted = Alignment()
    for path in sorted(samples[0].glob("*.json")):
        document = read(ANNOTATIONS / "samples" / read_gold(path).source)
        layout = arrange(document)
        counted += alignment_of(layout, [read_gold(path, text=document.text)], find_mentions(layout))
    assert counted.wanted["name"] > 20
    assert counted.rate("name", "actual", "target", "completion") >= 0.97
    assert counted.rate("ORG", "REGION", "TITLE", "amount") == 1
    assert counted.rate("row name", "row target", "row actual") >= 0.99


def test_the_same_report_gives_the_same_lesson(samples: tuple[Path, list[Lesson]]) -> None:
    path = samples[0] / "s08.json"
    document = read(ANNOTATIONS / "samples" / "s08.txt")
    layout = arrange(document)
    again = lesson_of(layout, [read_gold(path, text=document.text)], find_mentions(layout), source="s08.txt")
    assert again == next(one for one in samples[1] if one.source == "s08.txt")


def test_no_annotations_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no annotations"):
        read_lessons(tmp_path, tmp_path)


def test_a_report_that_is_missing_is_named(tmp_path: Path) -> None:
    gold, reports = written(tmp_path, "正文")
    (reports / "r.txt").unlink()
    with pytest.raises(ReadError, match=r"r\.json.*r\.txt") as caught:
        read_lessons(gold, reports)
    assert "\n" not in str(caught.value)


def test_quotes_that_do_not_stand_are_counted(tmp_path: Path) -> None:
    gold, reports = written(tmp_path, HEAD + "江苏省、浙江省", mentions=[mention("江苏省", "REGION"), mention("福建省", "REGION")])
    with pytest.raises(ReadError, match="1 of 2 quotes"):
        read_lessons(gold, reports)


def test_a_few_quotes_that_do_not_stand_are_left_out(tmp_path: Path) -> None:
    names = ["江苏省", "浙江省", "安徽省", "江西省", "湖南省"]
    found = lesson(tmp_path, HEAD + "、".join(names), mentions=[mention(name, "REGION") for name in (*names, "福建省")])
    assert tagged(found).count("[REGION") == len(names)
