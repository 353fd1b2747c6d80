"""Tables whose cells single spaces part: told by their header alone."""

from __future__ import annotations

import pytest

from hedui.document import Block
from hedui.readers.plain import blocks_of

HEADER = "一级指标 二级指标 三级指标 年度指标值 全年完成值 偏差原因"


def grid(text: str, block: Block) -> list[list[str]]:
    height = max(cell.row for cell in block.cells) + 1
    width = max(cell.col for cell in block.cells) + 1
    table = [[""] * width for _ in range(height)]
    for cell in block.cells:
        table[cell.row][cell.col] = text[slice(*cell.span)]
    return table


@pytest.mark.parametrize(("rows", "expected"), [
    (["产出指标 数量指标 修复堤防 ≥3公里 3.2公里 无"], [["产出指标", "数量指标", "修复堤防", "≥3公里", "3.2公里", "无"]]),
    (["产出指标 数量指标 修复堤防 ≥3公里 3.2公里"], [["产出指标", "数量指标", "修复堤防", "≥3公里", "3.2公里", ""]]),
    (["产出指标 数量指标 修复堤防 ≥3公里 3.2公里", "", "清淤 ≥2公里 1.8公里"],
     [["产出指标", "数量指标", "修复堤防", "≥3公里", "3.2公里", ""], ["", "", "清淤", "≥2公里", "1.8公里", ""]]),
    (["清淤 ≥2公里 1.8公里 汛期停工"], [["", "", "清淤", "≥2公里", "1.8公里", "汛期停工"]]),
])
def test_rows_stand_under_their_headers(rows: list[str], expected: list[list[str]]) -> None:
    text = "\n".join([HEADER, *rows, "", "二、存在问题", "资金支付偏慢，需加快进度。"])
    tables = [block for block in blocks_of(text) if block.kind == "table"]
    assert len(tables) == 1
    assert grid(text, tables[0])[1:] == expected


@pytest.mark.parametrize("text", [
    "指标 目标\n满意度 90%",
    "一级指标 二级指标 三级指标\n产出指标 数量指标 修复堤防",
    "项目 预算 单位 说明 情况\n本年 预算 完成 情况 良好",
    HEADER + "\n全年完成堤防修复3.2公里，达到年初目标。",
    HEADER,
])
def test_what_is_no_table(text: str) -> None:
    assert all(block.kind == "paragraph" for block in blocks_of(text))
