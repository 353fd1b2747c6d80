"""Money between files: what a province handed down, what a year carried over, one figure told in two files."""

import sys
from pathlib import Path

import pytest

from hedui.across import across
from hedui.across.lands import may_lie_in
from hedui.lexicons import rows

sys.path.insert(0, str(Path(__file__).parent))
from made import output, told

NO = "黔财教〔2022〕5号"
PROVINCE = {"unit": "贵州省教育厅", "region": "贵州省", "names": ("贵州省财政厅",)}
CITY = {"unit": "遵义市教育局", "region": "遵义市", "names": ("贵州省财政厅",)}


def given(**changes):
    """A province that handed 遵义市 4800 万元."""
    return output("省.docx", **{**PROVINCE, "funds": [("budget", 12000, "学生资助补助经费"), ("issued", 4800, "遵义市"), ("issued", 7200, "贵阳市")],
                               "papers": [(NO, "关于下达2022年学生资助补助经费的通知", (), ())]} | changes)


def taken(*funds, **changes):
    return output("市.docx", **{**CITY, "funds": funds} | changes)


@pytest.mark.parametrize("funds, verdict", [
    ([("received", 4800, "学生资助补助经费")], "consistent"),
    ([("received", 4780, "学生资助补助经费")], "conflict"),
    ([("received", 3000, "中央资金", "中央"), ("received", 1800, "省级资金", "省级"), ("received", 200, "市级资金", "市县")], "consistent"),
    ([("received", 3000, "中央资金", "中央"), ("received", 1700, "省级资金", "省级"), ("received", 200, "市级资金", "市县")], "conflict"),
    ([("issued", 4700, "学生资助补助经费", "省级", (NO,)), ("received", 9000, "市级资金", "市县")], "conflict"),
    ([("budget", 4800, "学生资助补助经费"), ("received", 3600, "学生资助补助经费")], "consistent"),  # handed down, not all of it arrived
    ([("received", 3000, "中央资金", "中央")], None),  # one level is a part
    ([("received", 5000, "学生资助补助经费"), ("received", 200, "市级资金", "市县")], None),  # with money of its own
    ([("executed", 4100, "学生资助补助经费")], None),
])
def test_a_city_beside_its_province(funds, verdict):
    province = given(funds=[("issued", 4800, "遵义市", None, (NO,)), ("issued", 7200, "贵阳市")])
    found = [one.verdict for one in across([province, taken(*funds)]).checks if one.kind == "handed_down"]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize("changes", [
    {"programme": "公共文化服务体系建设补助资金"}, {"year": 2021}, {"unit": "毕节市教育局", "region": "毕节市"}, {"region": None, "unit": "市教育局"},
])
def test_another_programme_year_or_place_is_not_held_against_it(changes):
    assert told(across([given(), taken(("received", 4000, "资金总额"), **changes)])) == []


def test_a_place_of_the_same_name_in_another_province_is_another_place():
    """鼓楼区 lies in 福州, 南京, 徐州 and 开封."""
    city = output("市.docx", unit="南京市教育局", region="南京市", names=("江苏省财政厅",), funds=[("issued", 300, "鼓楼区")])
    own = output("区.docx", unit="鼓楼区教育局", region="鼓楼区", names=("江苏省财政厅", "南京市财政局"), funds=[("received", 200, "资金总额")])
    other = output("区.docx", unit="鼓楼区教育局", region="鼓楼区", names=("福建省财政厅", "福州市财政局"), funds=[("received", 200, "资金总额")])
    unsaid = output("区.docx", unit="鼓楼区教育局", region="鼓楼区", names=("江苏省财政厅", "徐州市财政局"), funds=[("received", 200, "资金总额")])
    assert told(across([city, own])) == [("handed_down", "conflict")]
    assert told(across([city, other])) == []
    assert told(across([city, unsaid])) == []


def year(number, *funds, **changes):
    return output(f"{number}.docx", **{"year": number, "funds": funds} | changes)


@pytest.mark.parametrize("before, after, verdict", [
    ([("carried_out", 345.6, "结转下年使用资金")], [("carried_in", 345.6, "上年结转资金")], "consistent"),
    ([("carried_out", 345.6, "学生资助补助经费")], [("carried_in", 354.6, "上年结转")], "conflict"),
    ([("carried_out", 345.6, "结转资金"), ("recovered", 45.6, "结转资金")], [("carried_in", 300, "上年结转资金")], "consistent"),
    ([("carried_out", 345.6, "结转资金")], [("carried_in", 12, "设备购置结转")], None),
    ([("carried_out", 345.6, "结转资金"), ("carried_out", 40, "结余资金")], [("carried_in", 12, "上年结转资金")], None),
])
def test_a_year_begins_with_what_the_one_before_left(before, after, verdict):
    found = [one.verdict for one in across([year(2021, *before), year(2022, *after)]).checks if one.kind == "carried_over"]
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize("changes", [
    {"programme": "校园安全防护能力提升项目"}, {"unit": "清溪县卫生健康局"}, {"year": 2023},
])
def test_money_is_carried_from_year_to_year_within_one_programme_of_one_unit(changes):
    first, second = year(2021, ("carried_out", 345.6, "结转资金")), year(2022, ("carried_in", 300, "上年结转资金"), **changes)
    assert told(across([first, second])) == []


def test_one_unit_written_two_ways_is_one():
    first = year(2021, ("carried_out", 345.6, "结转资金"), unit="县教育局")
    assert told(across([first, year(2022, ("carried_in", 300, "上年结转资金"))])) == [("carried_over", "conflict")]


REPORT = {"funds": [("budget", 900, "学生资助补助经费"), ("executed", 812.5, "学生资助补助经费")], "results": [("培训教师", "1011人次", "≥800人次")]}


@pytest.mark.parametrize("changes, verdicts", [
    ({"funds": [("executed", 812.5, "资金总额")]}, ["consistent"]),
    ({"funds": [("executed", 821.5, "资金总额")]}, ["conflict"]),
    ({"funds": [("executed", 821.5, "设备购置")]}, []),
    ({"funds": [("executed", 821.5, "中央资金", "中央")]}, []),
    ({"funds": [("executed", 821.5, "资金总额"), ("executed", 800, "资金总额")]}, []),  # undecided in itself
    ({"results": [("教师培训人次（人次）", "1019", "≥800")]}, ["conflict"]),
    ({"results": [("教师培训人次", "1011人次", "≥800")]}, ["consistent"]),
    ({"results": [("教师培训合格率", "98%", "≥95%")]}, []),
    ({"funds": [("executed", 821.5, "资金总额")], "year": 2021}, []),
    ({"funds": [("executed", 821.5, "资金总额")], "programme": "校园安全防护能力提升项目"}, []),
    ({"funds": [("executed", 821.5, "资金总额")], "unit": "白水县教育局", "region": "白水县"}, []),
    ({"funds": [("executed", 821.5, "学生资助补助经费")], "programme": None, "kind": "department_evaluation"}, ["conflict"]),
])
def test_one_unit_and_year_in_two_files(changes, verdicts):
    table = output("表.xlsx", **{"kind": "indicator_table", "title": "绩效目标自评表"} | changes)
    assert [one.verdict for one in across([output("报告.docx", **REPORT), table]).checks if one.kind == "told_twice"] == verdicts


def test_every_division_has_an_end_to_what_it_lies_in():
    """A division since abolished may bear the code of the one it lies in."""
    names = {row[1] for row in rows("regions")}
    assert all(may_lie_in(name, "贵州省") in (True, False) for name in names)
