"""A sheet drawn row by row -> its paragraphs and tables.

Cells are parted by `|`, a row a line. `X*3` is merged over three columns, `X_2` over two rows, `=` is covered by a merge,
`.` an empty cell with a border, nothing an empty cell without; a filled cell has a border unless it begins with `~`.
"""

from __future__ import annotations

import re

import pytest
from books import told

from hedui.document import Document
from hedui.readers.assemble import assemble
from hedui.readers.sheets import blocks
from hedui.readers.sheets.blocks import sheet_drafts
from hedui.readers.sheets.sheet import Area, Sheet

MERGE = re.compile(r"(?P<text>.*?)(?:\*(?P<across>\d+))?(?:_(?P<down>\d+))?$")


def sheet_of(drawn: str) -> Sheet:
    cells, ruled, merged = {}, set(), []
    for row, line in enumerate(drawn.strip("\n").split("\n")):
        for column, field in enumerate(line.strip().split("|")):
            field = field.strip()
            found = MERGE.match(field.removeprefix("~"))
            assert found
            if field and not field.startswith("~"):
                ruled.add((row, column))
            if field not in {"", ".", "=", "~", "~="}:
                cells[row, column] = found["text"].replace("⏎", "\n")
            if found["across"] or found["down"]:
                merged.append(Area(top=row, left=column, bottom=row + int(found["down"] or 1) - 1,
                                   right=column + int(found["across"] or 1) - 1))
    return Sheet(name="表", cells=cells, ruled=frozenset(ruled), merged=tuple(merged))


CASES = {
    "title, caption and notes stand apart": ("""
        ~项目支出绩效自评表*3|~=|~=
        ~|~|~单位：万元
        指标|目标|得分
        满意度|90%|10
        ~注：得分按执行率计算|~|~
        ~填表人：李某|~|~联系电话：0000-1234567""",
        ["p 项目支出绩效自评表", "p 单位：万元", "t 指标|目标|得分", "t 满意度|90%|10", "p 注：得分按执行率计算", "p 填表人：李某",
         "p 联系电话：0000-1234567"]),
    "the same without borders": ("""
        ~项目支出绩效自评表|~|~
        ~编制单位：青石县水利局|~|~单位：万元
        ~指标|~目标|~得分
        ~满意度|~90%|~10
        ~注：得分按执行率计算|~|~""",
        ["p 项目支出绩效自评表", "p 编制单位：青石县水利局", "p 单位：万元", "t 指标|目标|得分", "t 满意度|90%|10",
         "p 注：得分按执行率计算"]),
    "a title inside the borders, in two lines": ("""
        附件2⏎项目支出绩效自评表*2|=
        指标|目标
        满意度|90%""", ["p 附件2", "p 项目支出绩效自评表", "t 指标|目标", "t 满意度|90%"]),
    "blank rows part tables": ("""
        ~甲|~乙
        ~1|~2
        ~|~
        ~丙|~丁
        ~3|~4""", ["t 甲|乙", "t 1|2", "t 丙|丁", "t 3|4"]),
    "a blank row inside borders does not": ("""
        甲|乙
        .|.
        3|4""", ["t 甲|乙", "t |", "t 3|4"]),
    "blank columns part tables that have borders": ("""
        甲|乙||丙|丁
        1|2||3|4
        5|6||~|~""", ["t 甲|乙", "t 1|2", "t 5|6", "t 丙|丁", "t 3|4"]),
    "an empty column inside a table is kept": ("""
        甲|.|乙
        1|.|2""", ["t 甲||乙", "t 1||2"]),
    "an empty column beside a lone one without borders is kept": ("""
        ~甲|~|~乙
        ~1|~|~2""", ["t 甲||乙", "t 1||2"]),
    "merged cells once, clipped to the table": ("""
        一级指标_2|指标*2|=
        =|名称|目标
        产出_2|座数|12
        =|长度|3.5""",
        ["t 一级指标[2×1]|指标[1×2]", "t 名称|目标", "t 产出[2×1]|座数|12", "t 长度|3.5"]),
    "a title between two tables without a blank row": ("""
        甲|乙
        1|2
        资金情况表*2|=
        丙|丁
        3|4""", ["t 甲|乙", "t 1|2", "p 资金情况表", "t 丙|丁", "t 3|4"]),
    "a total over the width stays in its table": ("""
        甲|乙
        一、基本支出*2|=
        1|2""", ["t 甲|乙", "t 一、基本支出[1×2]", "t 1|2"]),
    "one column is text": ("""
        ~一、项目概况|~
        ~预算安排100万元。|~
        ~二、评价结论|~""", ["p 一、项目概况", "p 预算安排100万元。", "p 二、评价结论"]),
    "rows that end a form with two cells stay": ("""
        指标|目标|得分
        满意度|90%|10
        其他需要说明的问题|无*2|=""", ["t 指标|目标|得分", "t 满意度|90%|10", "t 其他需要说明的问题|无[1×2]"]),
    "empty columns and rows at the edges are left out": ("""
        |||
        |甲|乙|.
        |1|2|.
        |.|.|.""", ["t 甲|乙", "t 1|2"]),
}


def document_of(sheet: Sheet) -> Document:
    drafts, issues = sheet_drafts(sheet)
    text, blocks, _ = assemble(drafts)
    return Document(name="a", sha256="", media_type="", text=text, blocks=blocks, issues=tuple(issues))


@pytest.mark.parametrize(("drawn", "expected"), CASES.values(), ids=CASES)
def test_a_sheet_becomes_blocks(drawn: str, expected: list[str]) -> None:
    assert told(document_of(sheet_of(drawn))) == expected


def test_what_a_merge_covers_is_told() -> None:
    sheet = Sheet(name="表", cells={(0, 0): "甲", (0, 1): "乙", (1, 0): "1", (1, 1): "2", (2, 2): "3"},
                  merged=(Area(top=0, left=0, bottom=0, right=1), Area(top=0, left=1, bottom=1, right=2)))
    told_issues = [issue.what for issue in document_of(sheet).issues]
    assert "hold other text" in told_issues[0] and "overlap" in told_issues[1]


def test_a_staircase_of_cells_is_no_table_of_a_million_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MAX_AREA", 1000)
    sheet = Sheet(name="表", cells={(at, at + step): "甲" for at in range(50) for step in (0, 1)})
    found = document_of(sheet).blocks
    assert len(found) == 100 and {block.kind for block in found} == {"paragraph"}
