"""Boilerplate, carried text and contradictions: items decided by hand, cues with their examples, laws."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.errors import UsageError
from hedui.research import open_store
from hedui.research.mining.boilerplate import boilerplate, boilerplate_shares
from hedui.research.mining.carried import carried, carried_shares
from hedui.research.mining.carried_text import carried_type, edits_of
from hedui.research.mining.contradictions import CHECKS, CLAIMS, contradictions
from hedui.research.mining.contradictions_checks import THEMES, theme_of_check
from hedui.research.mining.corpora import CORPUS_THEMES
from hedui.research.mining.decided import agreement, kappa, of_carried, of_set_phrase, read_decided
from hedui.research.mining.masking import SLOT, frame_of
from hedui.research.mining.words import patterns, table_of
from hedui.view import fold

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from mining_many import authored_contradictions, tables_of

ITEMS = Path(__file__).parents[2] / "annotations" / "mining"


def items(name):
    return read_decided(ITEMS / name)


@pytest.fixture(scope="module")
def contradicted():
    return authored_contradictions([row for row in items("contradictions.jsonl") if "text" in row])


@pytest.mark.parametrize("name", ["boilerplate.tsv", "carried.tsv", "contradictions.jsonl"])
def test_enough_items_are_decided_each_once_and_some_twice(name):
    rows = items(name)
    told = [tuple(row.get(name) for name in ("text", "earlier", "later", "source", "first_line", "second")) for row in rows]
    assert len(rows) >= 200 and len({row["id"] for row in rows}) == len(rows)
    assert len(set(told)) >= len(told) - 5
    assert {row["split"] for row in rows} == {"dev", "test"} and sum(bool(row.get("again")) for row in rows) == 50
    assert sum(row["type"] == "none" for row in rows) >= 40


@pytest.mark.parametrize("name, judge, least", [("boilerplate.tsv", of_set_phrase, 0.90), ("carried.tsv", of_carried, 0.95)])
def test_sentences_are_judged_as_people_judged_them(name, judge, least):
    decided = [judge(row) for row in items(name)]
    fit = agreement([one for one in decided if one.split == "test"], rounds=20)
    assert fit.f1 >= least and fit.macro_f1 >= least - 0.03
    assert kappa(decided)[1] > 0.9


def test_contradictions_are_found_as_people_found_them(contradicted):
    fit = agreement([one for one in contradicted if one.split == "test"], rounds=20)
    assert fit.precision >= 0.92 and fit.f1 >= 0.83


def test_what_is_no_contradiction_is_let_pass(contradicted):
    none = [one for one in contradicted if one.wanted == "none"]
    assert len(none) >= 40 and sum(bool(one.found) for one in none) <= 2


@pytest.mark.parametrize("cue", patterns("boilerplate_cues", pattern=2), ids=lambda cue: f"{cue[0]}: {cue[2][3][:12]}")
def test_every_cue_matches_its_example(cue):
    _, pattern, row = cue
    assert pattern.search(fold(row[3])) and 0 < float(row[1]) <= 1


@pytest.mark.parametrize("row", table_of("contradictions_cues"), ids=lambda row: row[0])
def test_every_topic_matches_both_sides_of_its_example_and_not_the_other(row):
    affirmed, denied = map(fold, row[6].split(" / "))
    assert row[1] in THEMES
    assert re.search(row[4], affirmed) and re.search(row[5], denied)
    assert not re.search(row[4], denied)


@given(st.text(alphabet="建设资金管理提高水平，。、2022年0123456789.%", min_size=1, max_size=60))
def test_a_passage_carried_word_for_word_is_never_called_updated(text):
    found = carried_type(text, text, 2021, 2022)
    assert found is None or found.type in ("verbatim", "stale")


@given(st.text(alphabet="甲乙丙丁12，。", max_size=30), st.text(alphabet="甲乙丙丁12，。", max_size=30))
def test_edits_make_the_earlier_passage_the_later(earlier, later):
    made, at = [], 0
    for edit in edits_of(earlier, later):
        made += [earlier[at:edit.earlier[0]], later[slice(*edit.later)]]
        at = edit.earlier[1]
    assert "".join([*made, earlier[at:]]) == later


@given(st.integers(2000, 2030), st.integers(1, 9999), st.integers(1, 9999))
def test_a_frame_knows_no_figures(year, one, two):
    assert frame_of(f"{year}年支出{one}万元，惠及{two}人。") == f"{SLOT}支出{SLOT}元惠及{SLOT}人" == frame_of("2021年支出36.5万元，惠及320人。")


@pytest.mark.parametrize("check, theme", [
    ({"kind": "label", "note": "年度不一：2017年度 应为 2018年度", "stated": "2017年度"}, "period"),
    ({"kind": "label", "note": "机构名称不一：甲局 应为 乙局", "stated": "甲局"}, "name"),
    ({"kind": "target", "note": "正点率：完成值 93% 未达目标 95%，却称 5", "stated": "5"}, "score"),
    ({"kind": "target", "note": "正点率：完成值 93% 未达目标 95%，却称“达到目标”", "stated": "达到目标"}, "completion"),
    ({"kind": "table", "note": "群众满意度：完成值 94.1% ≠ 91.4%", "stated": "91.4%"}, "satisfaction"),
    ({"kind": "table", "note": "群众满意度：目标值 ≥90% ≠ ≥85%", "stated": "≥85%"}, "target"),
    ({"kind": "table", "note": "整治面积：完成值 12.6平方米 ≠ 12.6万平方米", "stated": "12.6平方米", "inputs": "12.6万平方米"}, "unit"),
    ({"kind": "sum", "note": "13.5 + 19.6 = 33.1分 ≠ 31.3分", "stated": "31.3分", "inputs": "13.5分；19.6分"}, "score"),
    ({"kind": "difference", "note": "105 − 101.37 = 3.63万元 ≠ 3.36万元", "stated": "3.36万元", "inputs": "105万元；101.37万元"}, "funds"),
    ({"kind": "ratio", "note": "372 ÷ 400 = 93% ≠ 95%", "stated": "95%", "inputs": "372万元；400万元"}, "rate"),
    ({"kind": "restated", "note": "接待读者：6.83万人次 ≠ 6.38万人次", "stated": "6.38万人次", "inputs": "6.83万人次"}, "result"),
])
def test_conflicts_of_checks_go_to_their_theme(check, theme):
    assert theme_of_check(check) == theme


@pytest.fixture(scope="module")
def family():
    """Three units' reports, one of them of two years."""
    def report(unit, year, programme, paid):
        return (f"{unit}{year}年{programme}绩效自评报告\n\n一、基本情况\n（一）资金使用。截至{year}年12月31日，支出{paid}万元，"
                "资金专款专用，无截留、挤占、挪用现象。\n"
                f"（二）实施效果。全年惠及困难群众3,128人，服务事项办结率96.37%，群众办事更方便。\n二、存在的问题\n绩效指标设置不够细化，绩效管理水平有待提高。\n")
    texts = {"a21": report("青禾县民政局", 2021, "养老服务补助资金", "86.4"), "a22": report("青禾县民政局", 2022, "养老服务补助资金", "91.7"),
             "b22": report("云岭县教育局", 2022, "学生资助补助经费", "32.5").replace("3,128", "4,410").replace("96.37", "91.2"),
             "c22": report("石泉县水利局", 2022, "水利发展资金", "77.1").replace("3,128", "515").replace("96.37", "99.1")}
    return tables_of(texts)["passages"]


def test_what_is_left_as_it_was_is_told_from_what_was_brought_up_to_date(family):
    found = carried(family)
    assert set(found["report_year"]) == {2022} and set(found["earlier_year"]) == {2021}
    assert set(zip(found["type"], found["left"], strict=True)) == {("stale", "3128、96.37"), ("updated", ""), ("verbatim", "")}
    for row in found.itertuples():
        text = family[family["id"] == row.passage].iloc[0]
        assert (text["start"], text["text"]) == (row.start, row.text)
    shares = carried_shares(found, family).iloc[0]
    assert 0 < shares["stale"] < 1 and shares["stale"] + shares["updated"] + shares["verbatim"] <= 1


def test_reports_of_other_units_carry_nothing_over(family):
    assert carried(family[~family["file"].str.startswith("a")]).empty


def test_boilerplate_is_counted_by_unit_and_topic(family):
    found = boilerplate(family)
    problems = found[found["type"] == "problem"]
    assert len(problems) == 4 and set(problems["units"]) == {3} and set(problems["topics"]) == {3} and set(problems["first_seen"]) == {2021}
    assert not found["text"].str.contains("3,128|4,410").any()
    shares = boilerplate_shares(found, family, "report_year")
    assert list(shares["reports"]) == [1, 3] and shares["share"].between(0, 1).all()


def test_findings_of_empty_tables_are_empty(family):
    claims, checks = (pd.DataFrame(columns=columns) for columns in (CLAIMS, CHECKS))
    for found in (boilerplate(family.iloc[:0]), carried(family.iloc[:0]), contradictions(family.iloc[:0], claims, checks)):
        assert isinstance(found, pd.DataFrame) and found.empty and "score" in found


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    from hedui.export.json import to_json
    from hedui.extract import extract
    from hedui.readers import read

    folder = tmp_path_factory.mktemp("out")
    source = Path(__file__).parents[2] / "annotations" / "samples" / "s12.txt"
    (folder / "json").mkdir()
    (folder / "json" / "s12.json").write_text(to_json(extract(read(source))), encoding="utf-8")
    return open_store(folder / "json", home=folder / "home")


@pytest.mark.parametrize("theme", CORPUS_THEMES)
def test_a_theme_is_mined_once_and_found_again(store, theme):
    first = store.mine(theme)
    kept = list((store.home / "mining").glob(f"{theme}-*.parquet"))
    stamp = kept[0].stat().st_mtime_ns
    again = store.mine(theme)
    assert len(kept) == 1 and kept[0].stat().st_mtime_ns == stamp
    assert list(again["id"]) == list(first["id"])


def test_contradictions_of_a_store_lead_back_to_the_text(store):
    found = store.mine("contradictions")
    assert set(found["type"]) <= set(THEMES) and len(found) >= 5
    text = (Path(__file__).parents[2] / "annotations" / "samples" / "s12.txt").read_text(encoding="utf-8")
    told = found[found["topic"] == "check"]
    assert (told["text"] == [text[start:end] for start, end in zip(told["start"], told["end"], strict=True)]).all()


def test_another_theme_is_told(store):
    with pytest.raises(UsageError, match="boilerplate"):
        store.mine("天气")
