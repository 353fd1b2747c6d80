"""OFD that is damaged, hostile or beyond limits: one clear line, or an issue of the page and the rest."""

from __future__ import annotations

from typing import Any

import pytest

from hedui.errors import ReadError
from hedui.readers import read_bytes

CONTENT = "Doc_0/Pages/Page_0/Content.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as told:
        read_bytes(data, "坏.ofd")
    line = str(told.value)
    assert line.startswith("坏.ofd") and " / " in line and "\n" not in line
    return line


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_ofd_is_refused(make: Any, tenth: int) -> None:
    data = make.ofd(*(make.text(f"第{n}页。", 20, 20 + n) for n in range(5)))
    assert "truncated" in refusal(data[:len(data) * tenth // 10])


def body(root: str) -> str:
    return f"{HEAD}<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


@pytest.mark.parametrize(("raw", "told"), [
    ({"OFD.xml": "<ofd"}, "damaged part"),
    ({"OFD.xml": body("Doc_7/Document.xml")}, "no readable page"),
    ({"OFD.xml": body("../../etc/passwd")}, "no readable page"),
    ({"Doc_0/Document.xml": None}, "no readable page"),
    ({"Doc_0/Document.xml": f"{HEAD}<ofd:Document {NS}/>"}, "no readable page"),
    ({"Doc_0/Document.xml": f'{HEAD}<!DOCTYPE a [<!ENTITY b "c">]><ofd:Document {NS}/>'}, "DOCTYPE"),
    ({CONTENT: None}, "the content"),
    ({CONTENT: f'{HEAD}<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ofd:Page {NS}>&b;</ofd:Page>'}, "no words"),
    ({"Encryptions.xml": "<a/>"}, "password-protected"),
])
def test_packages_that_are_refused(make: Any, raw: dict[str, str | None], told: str) -> None:
    line = refusal(make.ofd(make.text("一", 20, 20), raw=raw))
    assert told in line or (told == "the content" and "内容缺失" in line)


@pytest.mark.parametrize("raw", [None, "<ofd:Page", f"{HEAD}<!DOCTYPE a><a/>"])
def test_a_page_that_is_lost_costs_only_itself(make: Any, raw: str | None) -> None:
    pages = [make.text("第一页。", 20, 20), make.text("第二页。", 20, 60), make.text("第三页。", 20, 90)]
    document = read_bytes(make.ofd(*pages, raw={"Doc_0/Pages/Page_1/Content.xml": raw}), "a.ofd")
    assert document.text == "第一页。\n第三页。" and document.pages == 3
    assert [issue.where.startswith("第 2 页 / page 2") for issue in document.issues] == [True]


def listing(pages: str) -> str:
    return f"{HEAD}<ofd:Document {NS}><ofd:CommonData/><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"


def test_a_hundred_thousand_pages_listed_are_refused(make: Any) -> None:
    pages = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 100_000
    assert "100000 pages" in refusal(make.ofd(make.text("一", 20, 20), raw={"Doc_0/Document.xml": listing(pages)}))


@pytest.mark.parametrize("location", ["../../../../etc/passwd", "/etc/passwd", "..\\..\\x", "file:///etc/passwd", "Pages", "\x7f"])
def test_a_location_outside_the_package_names_nothing(make: Any, location: str) -> None:
    pages = f'<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="2" BaseLoc="{location}"/>'
    document = read_bytes(make.ofd(make.text("一、项目", 20, 20), raw={"Doc_0/Document.xml": listing(pages)}), "a.ofd")
    assert document.text == "一、项目" and [issue.where for issue in document.issues] == ["第 2 页 / page 2"]


def unit(id_: int, *held: int) -> str:
    inside = "".join(f'<ofd:CompositeObject ResourceID="{one}" Boundary="0 0 9 9"/>' for one in held)
    return f'<ofd:CompositeGraphicUnit ID="{id_}"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit>'


@pytest.mark.parametrize("units", [
    unit(1, 1), unit(1, 2) + unit(2, 1), "".join(unit(n, *[n + 1] * 10) for n in range(1, 12)),
])
def test_composites_that_hold_themselves_or_swell_come_to_an_end(make: Any, units: str) -> None:
    objects = make.text("一、项目", 20, 20) + '<ofd:CompositeObject ResourceID="1" Boundary="0 0 9 9"/>'
    document = read_bytes(make.ofd(objects, resources=f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"), "a.ofd")
    assert document.text == "一、项目" and ["too many objects" in issue.what for issue in document.issues] == [True]


def test_blocks_nested_too_deeply_are_told(make: Any) -> None:
    deep = "<ofd:PageBlock>" * 100 + make.text("深", 20, 60) + "</ofd:PageBlock>" * 100
    document = read_bytes(make.ofd(make.text("一、项目", 20, 20) + deep), "a.ofd")
    assert document.text == "一、项目" and len(document.issues) == 1


@pytest.mark.parametrize("objects", [
    '<ofd:TextObject Size="x" Boundary="1 2"><ofd:TextCode>一</ofd:TextCode></ofd:TextObject>',
    '<ofd:TextObject Size="1e300" Boundary="0 0 1 1"><ofd:TextCode X="1e300">一</ofd:TextCode></ofd:TextObject>',
    '<ofd:TextObject Size="4" CTM="0 0 0 0 0 0" Boundary="0 0 1 1"><ofd:TextCode>一</ofd:TextCode></ofd:TextObject>',
    '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 L x B 1 2</ofd:AbbreviatedData></ofd:PathObject>',
    '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>C C C L 1 1 C</ofd:AbbreviatedData></ofd:PathObject>',
    "<ofd:PathObject/><ofd:ImageObject/><ofd:CompositeObject/><!-- --><?pi?>",
])
def test_objects_that_make_no_sense_are_passed_over(make: Any, objects: str) -> None:
    document = read_bytes(make.ofd(make.text("二、绩效", 20, 80) + objects), "a.ofd")
    assert document.text == "二、绩效"
