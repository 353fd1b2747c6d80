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


def test_a_county_that_is_its_own_city_lies_in_its_province():
    """儋州市 stands twice under one code."""
    assert may_lie_in("儋州市", "海南省")


def test_several_units_of_one_place_each_tell_a_part():
    one, two = taken(("received", 3000, "资金总额")), taken(("received", 1500, "资金总额"), unit="遵义市第一中学")
    other = two | {"source": two["source"] | {"name": "一中.docx"}}
    assert told(across([given(), one])) == [("handed_down", "conflict")]
    assert told(across([given(), one, other])) == []


def test_what_the_whole_province_was_given_is_not_a_citys_own():
    def report(name, lead):
        made = output(name, **CITY, funds=[("budget", 4800, "学生资助补助经费")])
        shift = len(lead)
        claim = made["reports"][0]["claims"][0]
        start, end = claim["spans"]["yuan"]
        made["text"] = made["text"][:start] + lead + made["text"][start:]
        claim["spans"] = {"yuan": [start + shift, end + shift], "scope": [start, start + shift]}
        made["reports"][0]["span"][1] += shift
        return made

    table = output("表.xlsx", **CITY, kind="indicator_table", funds=[("budget", 252044, "学生资助补助经费")])
    assert told(across([report("报告.docx", "全市共安排"), table])) == [("told_twice", "conflict")]
    assert told(across([report("报告.docx", "全省共安排"), table])) == []


def test_a_report_whose_title_names_no_unit_is_that_of_its_place_and_programme():
    """What was taken for its unit may be a body that the text speaks of."""
    first = year(2021, ("carried_out", 345.6, "结转资金"))
    second = year(2022, ("carried_in", 300, "上年结转资金"), unit="清溪县审计局", title="清溪县2022年学生资助补助经费绩效自评报告")
    found = across([first, second]).checks
    assert [(one.kind, one.verdict) for one in found] == [("carried_over", "conflict")]
    signed = second | {"text": second["text"] + "填报单位：清溪县审计局\n"}
    signed["reports"] = [second["reports"][0] | {"span": [0, len(signed["text"])]}]
    assert told(across([first, signed])) == []


def test_a_unit_without_its_place_is_of_the_place_whose_bodies_it_names():
    first = year(2021, ("carried_out", 345.6, "结转资金"), unit="遵义市教育局", region="遵义市", names=("贵州省财政厅",))
    other = output("毕节.docx", unit="毕节市教育局", region="毕节市", names=("贵州省财政厅",), year=2019)
    bodies = ("遵义市财政局", "遵义市审计局", "贵州省财政厅", "毕节市财政局")
    second = {"unit": "市教育局", "region": None, "title": "学生资助补助经费2022年度绩效自评报告"}
    taken_in = ("carried_in", 300, "上年结转资金")
    assert told(across([first, other, year(2022, taken_in, **second, names=bodies)])) == [("carried_over", "conflict")]
    assert told(across([first, other, year(2022, taken_in, **second, names=(*bodies, "毕节市审计局"))])) == []


def test_one_of_many_tables_that_tells_otherwise_is_told_once():
    told_of = ["1490户"] * 37 + ["1409户"] + ["1490户"] * 2
    tables = [output(f"表{n:02}.xlsx", kind="indicator_table", title=f"第{n}张自评表", results=[("家访户数", actual, "≥1200户")])
              for n, actual in enumerate(told_of)]
    found = [one for one in across(tables).checks if one.verdict == "conflict"]
    assert [(one.kind, one.quotes[1].file) for one in found] == [("told_twice", "表37.xlsx")]
    assert sum(one.verdict == "consistent" for one in across(tables).checks) == 38


def test_a_name_that_many_units_share_is_told_and_not_compared():
    """市教育局 of nobody knows where, one report a year each."""
    made = [output(f"{n}-{number}.docx", unit="市教育局", region=None, year=number, title=f"{n}号{number}年绩效自评报告",
                   funds=[("carried_out" if number == 2021 else "carried_in", 100 + n, "结转资金")]) for n in range(21) for number in (2021, 2022)]
    found = across(made)
    assert "carried_over" not in {one.kind for one in found.checks}
    assert len(found.limits) == 4 and sum("21 × 21" in line for line in found.limits) == 1  # the others: editions of two years, figures


@pytest.mark.parametrize("others, found", [((), 1), (("遵义市",), 1), (("遵义市", "毕节市"), 0)])
def test_a_unit_of_an_unsaid_city_is_of_the_one_that_the_run_knows(others, found):
    unsaid = {"unit": "市教育局", "region": None, "title": "市教育局绩效自评报告"}
    files = [year(2021, ("carried_out", 345.6, "结转资金"), **unsaid), year(2022, ("carried_in", 300, "上年结转资金"), **unsaid)]
    files += [output(f"{place}.docx", unit=f"{place}教育局", region=place, names=("贵州省财政厅",), year=2019) for place in others]
    assert len(across(files).checks) == found


@pytest.mark.parametrize("spent, verdicts", [(9800, []), (9900, ["conflict"])])
def test_parts_of_what_was_spent_were_not_handed_down(spent, verdicts):
    """已拨付使用9800万元，其中：遵义市4200万元、贵阳市5600万元 says nothing of what they were given."""
    funds = [("budget", 12000, "学生资助补助经费"), ("executed", spent, "学生资助补助经费"), ("budget", 4200, "遵义市"), ("budget", 5600, "贵阳市")]
    found = across([given(funds=funds), taken(("received", 4800, "资金总额"))]).checks
    assert [one.verdict for one in found if one.kind == "handed_down"] == verdicts


def test_a_body_above_that_a_text_speaks_of_does_not_make_it_that_bodys():
    """自治区教育厅 is what was taken for the unit of a report whose title names none."""
    top = output("区.docx", unit="新疆维吾尔自治区教育厅", region="新疆维吾尔自治区", funds=[("executed", 812.5, "学生资助补助经费")])
    below = {"region": None, "funds": [("executed", 90.4, "学生资助补助经费")], "names": ("新疆维吾尔自治区财政厅",)}
    unsaid = output("州.docx", unit="自治区教育厅", title="学生资助补助经费转移支付2022年度绩效自评报告", **below)
    assert told(across([top, unsaid])) == []
    assert told(across([top, output("厅.docx", unit="自治区教育厅", **below)])) == [("told_twice", "conflict")]
