"""One document number in two files: one title, issuer, amount and year."""

import sys
from pathlib import Path

import pytest

from hedui.across import across

sys.path.insert(0, str(Path(__file__).parent))
from made import output, told

CENTRAL, LOCAL, TITLE = "财社〔2022〕58号", "黔财社〔2022〕58号", "关于下达2022年学生资助补助经费的通知"
ONE, TWO = {"unit": "遵义市教育局", "region": "遵义市"}, {"unit": "毕节市教育局", "region": "毕节市"}


def pair(first, second, other=TWO):
    return [output("一.docx", **ONE, papers=[first]), output("二.docx", **other, papers=[second])]


@pytest.mark.parametrize("title", [
    TITLE, "财政部、教育部关于下达2022年学生资助补助经费预算的通知", "关于印发下达2022年学生资助补助经费的通知", "关于下达2022年学生资助补助经费（第二批）的通知",  # noqa: E501
    "《关于下达 2022 年学生资助补助经费的通知》",
])
def test_variants_of_a_title_are_one(title):
    assert told(across(pair((CENTRAL, TITLE, (), ()), (CENTRAL, title, (), ())))) == []


@pytest.mark.parametrize("title, tier", [
    ("关于下达2021年学生资助补助经费的通知", "value"), ("关于下达2022年医疗救助补助资金的通知", "value"), ("关于下达2022年学生资助补贴经费的通知", "wording"),  # noqa: E501
])
def test_two_titles_are_told(title, tier):
    found = across(pair((CENTRAL, TITLE, (), ()), (CENTRAL, title, (), ()))).checks
    assert [(one.kind, one.verdict, one.tier) for one in found if one.kind == "cited"] == [("cited", "conflict", tier)]
    assert {quote.file for quote in found[0].quotes} == {"一.docx", "二.docx"}


def test_a_local_sign_is_one_within_its_province():
    near = pair((LOCAL, TITLE, (), ()), (LOCAL, "关于下达2022年医疗救助补助资金的通知", (), ()))
    far = pair((LOCAL, TITLE, (), ()), (LOCAL, "关于下达2022年医疗救助补助资金的通知", (), ()), {"unit": "南通市教育局", "region": "南通市"})
    strangers = pair((LOCAL, TITLE, ("遵义市财政局",), ()), (LOCAL, "关于批复2022年部门预算的通知", ("毕节市财政局",), ()))
    assert told(across(near)) == [("cited", "conflict")]
    assert told(across(far)) == told(across(strangers)) == []


@pytest.mark.parametrize("issuers, found", [
    (("财政部",), 0), (("中华人民共和国财政部",), 0), (("财政部", "教育部"), 0), (("国家卫生健康委员会",), 1), ((), 0),
])
def test_two_issuers_are_told(issuers, found):
    made = pair((CENTRAL, TITLE, ("财政部",), ()), (CENTRAL, TITLE, issuers, ()))
    assert len(across(made).checks) == found


def test_two_years_of_a_number_are_told():
    made = pair((CENTRAL, TITLE, (), ()), ("财社〔2021〕58号", TITLE, (), ()))
    assert told(across(made)) == [("cited", "conflict")]
    assert told(across(pair((CENTRAL, TITLE, (), ()), ("财社〔2021〕59号", TITLE, (), ())))) == []


@pytest.mark.parametrize("first, second, other, found", [
    (("3690000",), ("3960000",), ONE, 1),
    (("3690000",), ("1840000", "1850000"), ONE, 0),  # the parts come to the whole
    (("3690000",), ("3690000", "120000"), ONE, 0),
    (("3690000",), ("3960000",), TWO, 0),  # every city has its own share
])
def test_two_amounts_of_one_place_are_told(first, second, other, found):
    made = [output("一.docx", **ONE, year=2022, papers=[(CENTRAL, TITLE, (), first)]),
            output("二.docx", **other, year=2023, papers=[(CENTRAL, TITLE, (), second)])]
    assert len(across(made).checks) == found


def test_one_file_with_two_titles_is_left_to_its_own_checks():
    made = output("一.docx", papers=[(CENTRAL, TITLE, (), ()), (CENTRAL, "关于下达2022年医疗救助补助资金的通知", (), ())])
    assert told(across([made])) == []


def test_one_title_among_hundreds_is_told():
    others = [output(f"{n:03}.docx", **ONE, title=f"第{n}份", papers=[(CENTRAL, TITLE if n != 290 else TITLE.replace("2022", "2021"), (), ())])
              for n in range(300)]
    found = [one for one in across(others).checks if one.kind == "cited"]
    assert [(one.verdict, one.quotes[1].file) for one in found] == [("conflict", "290.docx")]
