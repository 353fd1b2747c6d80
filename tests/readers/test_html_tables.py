"""Tables of HTML inside text: cells between the tags, the text left as it is."""

from __future__ import annotations

import pytest

from hedui.document import Block
from hedui.extract import extract
from hedui.findings import Indicator
from hedui.readers import read_bytes


def shown(text: str, block: Block) -> str:
    if block.kind != "table":
        return f"{block.kind[0]} {text[slice(*block.span)]}"
    rows = sorted({cell.row for cell in block.cells})
    return "t " + " / ".join("|".join(
        f"{text[slice(*cell.span)]}{f'[{cell.rows}×{cell.cols}]' if (cell.rows, cell.cols) != (1, 1) else ''}"
        for cell in block.cells if cell.row == row) for row in rows)


CASES = {
    "as OCR programs wrap it": (
        "一、情况\n\n<html><body><table><tr><td rowspan=\"2\">产出</td><td>座数</td></tr>\n<tr><td> 12<br>座 </td></tr></table></body></html>\n完。",
        ["p 一、情况", "t 产出[2×1]|座数 / 12<br>座", "p 完。"]),
    "in a line of text": ("如下<table><tr><td>甲</td><td>1</td></tr></table>所示", ["p 如下", "t 甲|1", "p 所示"]),
    "cells and rows not closed": ("<table><tr><td>甲<td>1<tr><td>乙<td>2</table>", ["t 甲|1 / 乙|2"]),
    "never closed": ("<table><tr><td>甲</td><td>1</td></tr>\n后文<td>", ["t 甲|1", "p 后文<td>"]),
    "caption and title row": (
        "<table><caption>表1</caption><tr><th colspan=2>资金表</th></tr><tr><td>甲</td><td>1</td></tr></table>",
        ["p 表1", "p 资金表", "t 甲|1"]),
    "one column is text": ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", ["p 甲", "p 乙"]),
    "one inside another": ("<table><tr><td><table><tr><td>内</td></tr></table></td><td>外</td></tr></table>",
                           ["t <table><tr><td>内</td></tr></table>|外"]),
    "spans that lie": ("<table><tr><td rowspan=9999 colspan=9999>甲</td><td>1</td></tr><tr><td>乙</td></tr></table>",
                       ["t 甲[2×200]|1 / 乙"]),
    "only spoken of": ("标签<table>的写法。", ["p 标签<table>的写法。"]),
    "other dialects around it": ("指标\t目标\n满意度\t90%\n<table><tr><td>甲</td><td>1</td></tr></table>\n|乙|2|\n|---|---|\n|丙|3|\n",
                                 ["t 指标|目标 / 满意度|90%", "t 甲|1", "t 乙|2 / 丙|3"]),
    "headings of Markdown": ("# 自评报告\n## 一、情况\n#编号\n# \n", ["h 自评报告", "h 一、情况", "p #编号", "p #"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_case(text: str, expected: list[str]) -> None:
    document = read_bytes(text.encode(), "a.md")
    assert document.text == text
    assert [shown(text, block) for block in document.blocks] == expected


def test_signs_of_html_read_as_what_they_show() -> None:
    row = "<tr><td>产出指标</td><td>数量指标</td><td>维修<br/>水库</td><td>&ge;12座</td><td>$\\geq$ 13座</td></tr>"
    text = ("# 项目支出绩效自评表\n<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td></tr>"
            f"{row}</table>\n")
    claims = [claim.fields for report in extract(read_bytes(text.encode(), "a.md")).reports for claim in report.claims]
    assert [(f.name, f.level1, f.target, f.actual) for f in claims if isinstance(f, Indicator)] == [
        ("维修水库", "产出指标", "≥12座", "≥13座")]


@pytest.mark.parametrize("text", ["<table>" * 20_000, "<td>" * 20_000, "<table><tr><td>" * 5000, "<" * 50_000, "<table " * 5000])
def test_tags_without_end_stay_text(text: str) -> None:
    document = read_bytes(f"一、情况\n{text}".encode(), "a.md")
    assert document.text == f"一、情况\n{text}"
