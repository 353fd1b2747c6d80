"""What queries find, by a table of cases, in passages made by hand."""

from pathlib import Path

import pytest

from hedui.errors import UsageError
from hedui.research.query import parse_query
from hedui.research.search.find import found_in

CASES = [line.split("\t") for line in (Path(__file__).parents[2] / "cases" / "search_finds.tsv").read_text(encoding="utf-8").splitlines()
         if line and not line.startswith("#")]


def found(path, query, **asked):
    return found_in(path, parse_query(query), **{"limit": 20, "after": None, "expand": True, **asked})


@pytest.mark.parametrize("query, text, wanted", CASES)
def test_a_query_finds_what_it_says(tmp_path, indexed, of, query, text, wanted):
    path = tmp_path / "index.sqlite"
    indexed(path, of(text.replace("⏎", "\n"), "另有其他事项。"))
    if wanted == "error":
        with pytest.raises(UsageError, match="words"):
            found(path, query)
        return
    hits = found(path, query)
    there = [hit for hit in hits if hit.text == text.replace("⏎", "\n")] if not hits.loose else []
    assert bool(there) == (wanted == "yes")


def test_other_names_are_told_and_can_be_left_out(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    indexed(path, of("医疗保险参保率97.2%。", "医保基金运行平稳。"))
    assert found(path, "医保").also == (("医保", ("医疗保险", "医疗保障")),) and len(found(path, "医保")) == 2
    exact = found(path, "医保", expand=False)
    assert [hit.text for hit in exact] == ["医保基金运行平稳。"] and exact.also == ()


def test_marks_are_where_the_words_stand(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    indexed(path, of("预算1,200.00万元，资金及时、足额到位，执行率９３.８％。"))
    for query, pieces in (
            ("1200万元", ["1,200.00万元"]), ('"及时足额"', ["及时、足额"]), ("执行率 93.8%", ["执行率９３.８％"]), ("资金 到位", ["资金", "到位"])):
        (hit,) = found(path, query)
        assert [hit.text[start:end] for start, end in hit.marks] == pieces


def test_words_in_the_head_of_the_report_count_behind_those_in_the_passage(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    indexed(path, of("执行率93.8%。", name="甲.txt", report_unit="青岗县农业农村局"), 
            of("农业项目执行率88%。", name="乙.txt", report_unit="罗溪县公安局"),
            of("执行率77%。", name="丙.txt", report_unit="罗溪县公安局"))
    assert [(hit.text, hit.near) for hit in found(path, "农业 执行率")] == [("农业项目执行率88%。", False), ("执行率93.8%。", True)]


def test_where_no_passage_holds_all_words_those_with_some_are_shown_and_it_is_said(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    indexed(path, of("执行率93.8%。", "满意度95%。"))
    hits = found(path, "执行率 满意度")
    assert hits.loose and {hit.text for hit in hits} == {"执行率93.8%。", "满意度95%。"}
    assert not found(path, "执行率").loose and len(found(path, "疫情 秸秆")) == 0


CLAIM = {"origin": "narrative", "status": None, "measure": None, "level1": None, "level2": None, "yuan": None, "value": None, "target": None,
         "completion": None, "score": None, "weight": None, "confidence": 0.9, "type": "indicator", "name": None}


def test_filters_hold_of_one_claim_of_the_passage(tmp_path, indexed, of):
    path = tmp_path / "index.sqlite"
    of_first = of("甲指标100%，乙资金5万元。", claims=[{**CLAIM, "id": "c-1", "passage": 0, "name": "甲率", "value": 1},
                                              {**CLAIM, "id": "c-2", "passage": 0, "type": "fund", "name": "乙资金", "yuan": 50000,
                                               "confidence": 0.4}],
                  checks=[{"id": "k-1", "passage": 0, "kind": "ratio", "verdict": "conflict", "tier": "numeric", "confidence": 0.8}],
                  province="新疆维吾尔自治区", report_year=2020)
    indexed(path, of_first, of("丙率40%。", name="乙.txt", report_year=2021, claims=[
        {**CLAIM, "id": "c-3", "passage": 0, "name": "丙率", "value": 0.4}]))
    wanted = {"type:fund": 1, "yuan>=5万": 1, "yuan>5万": 0, "甲率=100%": 1, "甲率<100%": 0, "丙率<50%": 1,
              "type:fund confidence>0.5": 0, "type:fund 甲率>0": 0,
              "confidence>0.5": 2, "conflict:yes": 1, "conflict:no": 1, "冲突:是 confidence>0.7": 1,
              "conflict:yes confidence>0.85": 0, "region:新疆": 1,
              "year:2020..2021": 2, "year:2021": 1, "-region:新疆": 1, "region:西藏": 0, "section:概况": 2, "section:问题": 0, "kind:ratio": 1,
              "verdict:conflict 乙资金": 1, "name:丙": 1, "name:%": 0, "label:RATE": 2}
    assert {query: len(found(path, query)) for query in wanted} == wanted
    (hit,) = found(path, "type:fund")
    assert hit.claims == ("c-2",) and hit.conflicts == ("k-1",)


def test_the_gravest_conflict_comes_first_among_passages_alike(tmp_path, indexed, of):
    def conflict(tier, sure):
        return [{"id": "k", "passage": 0, "kind": "ratio", "verdict": "conflict", "tier": tier, "confidence": sure}]
    path = tmp_path / "index.sqlite"
    indexed(path, of("执行率93%。", name="无"), of("执行率93%。", name="字", checks=conflict("wording", 0.99)),
            of("执行率93%。", name="数", checks=conflict("numeric", 0.6)), of("执行率93%。", name="值", checks=conflict("value", 0.9)))
    assert [hit.file for hit in found(path, "执行率")] == ["数", "值", "字", "无"]


@pytest.mark.parametrize("query", ["", "  ", "——", "-", "foo:1", "year:abc"])
def test_what_asks_for_nothing_is_told_in_a_line(tmp_path, indexed, of, query):
    path = tmp_path / "index.sqlite"
    indexed(path, of("资金到位。"))
    with pytest.raises(UsageError) as told:
        found(path, query)
    assert "\n" not in str(told.value)
