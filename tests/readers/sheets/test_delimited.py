"""Comma-separated text is read as a sheet, prose and other tables are not."""

from __future__ import annotations

import pytest
from books import told

from hedui.readers import read_bytes

SHEETS = {
    "quotes, titles and CRLF": (
        '项目支出绩效自评表,,,\r\n单位：万元,,,\r\n乡镇,"下达,数",支出数,备注\r\n东河镇,300,"1,280.5","一\r\n二"\r\n西山镇,200,199,\r\n',
        ["p 项目支出绩效自评表", "p 单位：万元", "t 乡镇|下达,数|支出数|备注", "t 东河镇|300|1,280.5|一⏎二", "t 西山镇|200|199|"]),
    "semicolons": ("乡镇;支出\n东河镇;1,5\n西山镇;2,5\n", ["t 乡镇|支出", "t 东河镇|1,5", "t 西山镇|2,5"]),
    "quoted tabs": ('"乡镇"\t"支出"\n"东\n河镇"\t1\n"西山镇"\t2\n', ["t 乡镇|支出", "t 东⏎河镇|1", "t 西山镇|2"]),
    "codes kept as text": ('代码,名称\n="0012",水利\n="0013",交通\n', ["t 代码|名称", "t 0012|水利", "t 0013|交通"]),
}
OTHERS = {
    "prose": "Hello, world.\nAnd so, on.\nThen, what.\n",
    "numbers with thousands": "1,234\n2,345\n3,456\n",
    "a report": "一、项目概况\n全年执行数1,234.5万元，执行率95.03%。\n二、结论\n",
    "two lines": "甲,乙\n1,2\n",
    "tabs": "指标\t目标\n满意度\t90%\n合格率\t95%\n",
    "pipes": "|指标,甲|目标|\n|---|---|\n|满意度,乙|90%|\n|合格率,丙|95%|\n",
    "rows of unequal length": "甲,乙,丙\n1,2\n3,4,5,6\n7\n",
    "a quote that never ends": '甲,乙\n"1,2\n3,4\n5,6\n',
}


@pytest.mark.parametrize(("text", "expected"), SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_separated_text_is_a_sheet(text: str, expected: list[str], encoding: str) -> None:
    document = read_bytes(text.encode(encoding), "a.txt")
    assert document.media_type == "text/csv" and told(document) == expected


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_text_stays_as_it_is(text: str) -> None:
    document = read_bytes(text.encode(), "a.csv")
    assert document.media_type == "text/plain" and document.text == text
