"""Cells that a sentence tells too, found by the name of their row."""

from __future__ import annotations

import pytest

from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.rows import row_agreements

FORM = ("\n\n一级指标\t二级指标\t三级指标\t年度指标值\t全年完成值\t分值\t得分\n"
        "产出指标\t数量指标\t门诊救助人次\t≥9000人次\t9862人次\t8\t8\n"
        "产出指标\t质量指标\t河道治理完成率\t≥95%\t98.7%\t6\t5.4\n")


@pytest.mark.parametrize(("told", "wanted"), [
    ("门诊救助计划9000人次，实际完成9862人次。", ["≥9000人次 = 9000人次", "9862人次 = 9862人次"]),
    ("发放宣传单9862份，接待来访9000人次。", []),
    ("走访群众9862人次。", []),
    ("（1）河道治理完成率（6分）。部分河段未完工，得5.4分。", ["6 = 6分", "5.4 = 5.4分"]),
    ("（1）工程验收合格率（6分）。全部合格，得6分。", []),
])
def test_rows_told_in_text(told: str, wanted: list[str]) -> None:
    layout = arrange(read_bytes(("一、产出指标完成情况\n\n" + told + FORM).encode(), "report.txt"))
    found = row_agreements(layout, find_mentions(layout), ())
    assert [f"{c.inputs[0].value} = {c.stated.value}" for c in found] == wanted
