"""From a record to its sentences: every figure is lit where it stands, the text is that of the report."""

import json

import pytest

from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.research.pictures.evidence import findings_of

TEXT = """云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
根据云财建〔2022〕15号文，全年预算安排1200.50万元，实际支出1126.05万元，预算执行率92.80%。结余74.45万元。
二、绩效目标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t118公里\t10\t9.5
云岭县交通运输局负责实施。自评得分93.5分，等级为优。
"""


@pytest.fixture(scope="module")
def output():
    return json.loads(to_json(extract(read_bytes(TEXT.encode(), "云岭县.txt"))))


def all_of(output):
    report = output["reports"][0]
    return [one["id"] for one in (*report["records"], *report["checks"])]


def test_every_record_and_check_has_its_sentence(output):
    found = findings_of(output, output["reports"][0]["id"], all_of(output))
    assert len(found) == len(all_of(output)) > 5 and all(one.quotes for one in found)
    for quote in (quote for one in found for quote in one.quotes):
        whole, lit = "".join(quote.pieces), quote.pieces[1]
        assert whole in output["text"] and lit and output["text"][quote.start:].startswith(lit) and len(quote.pieces) % 2 == 1


def test_a_conflict_quotes_both_sides_in_one_sentence(output):
    check = next(one for one in output["reports"][0]["checks"] if one["verdict"] == "conflict")
    (found,) = findings_of(output, output["reports"][0]["id"], [check["id"]])
    assert found.kind == "conflict" and {"1200.50万元", "1126.05万元", "92.80%"} <= {lit for quote in found.quotes for lit in quote.pieces[1::2]}
    assert found.quotes[0].pieces[0] == "根据云财建〔2022〕15号文，全年预算安排" and "资金情况" in found.quotes[0].section


def test_a_cell_comes_with_its_row(output):
    record = next(one for one in output["reports"][0]["records"] if one["fields"].get("name") == "养护里程")
    (found,) = findings_of(output, output["reports"][0]["id"], [record["id"]])
    assert any("118公里" in quote.row for quote in found.quotes) and {"养护里程", "118公里"} <= {lit for quote in found.quotes for lit in quote.pieces[1::2]}


def test_what_is_not_there_is_left_out(output):
    assert findings_of(output, output["reports"][0]["id"], ["r-nothing"]) == () and findings_of(output, "p-nothing", all_of(output)) == ()
