"""One slip of the pen -> one conflict: where it is told, not in every figure that reckons with it."""

from __future__ import annotations

import pytest

from hedui.extract import extract
from hedui.readers import read_bytes

HEAD = "甲县农田建设项目绩效自评报告\n一、资金情况\n"
TABLE = "单位：万元\n资金来源\t全年预算数\t全年执行数\n省级资金\t{}\t134.80\n市级资金\t300.00\t295.50\n"
ROWS = "三级指标\t指标值\t完成值\t完成率\n新建水窖\t≥60口\t{}口\t{}\n维修泵站\t3座\t3座\t100%\n"
# text, then each conflict: kind, what is stated
CASES = [
    (HEAD + "资金总额1700万元，其中：省级资金1200.5万元、其他资金519.5万元。支出1548万元，预算执行率90%。\n", ["sum 1700万元"]),
    (HEAD + "资金总额1720万元，其中：省级资金1200.5万元、其他资金519.5万元。支出1548万元，预算执行率90%。\n", []),
    (HEAD + "资金总额1720万元，其中：省级资金1200.5万元、其他资金519.5万元。全年预算数1720万元，支出1548万元，预算执行率95.00%。\n",
     ["ratio 95.00%"]),
    (HEAD + "安排省级资金143.80万元。\n" + TABLE.format("134.80"), ["table 143.80万元"]),
    (HEAD + "安排省级资金134.80万元。\n" + TABLE.format("134.80"), []),
    (HEAD + "安排省级资金250.00万元。\n" + TABLE.format("134.80"), []),
    (ROWS.format(66, "110%"), []), (ROWS.format(66, "100%"), []), (ROWS.format(66, "190%"), ["ratio 190%"]),
    (ROWS.format(66, "87%"), []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_conflicts(text: str, wanted: list[str]) -> None:
    found = extract(read_bytes(text.encode(), "case.txt"))
    assert [f"{c.kind} {c.stated.text}" for r in found.reports for c in r.checks if c.verdict == "conflict"] == wanted
