"""Names of bodies that can only be one body written in two ways, and those that may be two."""

from __future__ import annotations

import pytest

from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.bodies import body_checks, body_of, two_ways


@pytest.mark.parametrize(("one", "other", "same"), [
    ("县社会救助服务中心", "县社会救助中心", True),
    ("县退役军人服务中心", "县退役军人服务站", True),
    ("青岗县公安局", "青岗县公安分局", True),
    ("青岗县教育科技体育局", "青岗县教育和体育局", True),
    ("青岗旗文化旅游体育局", "青岗旗文体旅游广电局", True),
    ("县教育和体育局", "县教育体育局", False),
    ("县市场监督管理局", "县市场监管局", False),
    ("县交通运输局", "县交通局", False),
    ("市医疗保障局", "市医保局", False),
    ("市文化和旅游局", "市文旅局", False),
    ("县第一人民医院", "县第二人民医院", False),
    ("青岗市医疗保障信息中心", "青岗市医疗保障事务中心", False),
    ("青岗县公安局", "石桥县公安分局", False),
    ("省财政厅", "市财政局", False),
    ("县农业技术推广中心", "县林业技术推广中心", False),
])
def test_two_ways(one: str, other: str, same: bool) -> None:
    a, b = body_of(one), body_of(other)
    assert (a is not None and b is not None and two_ways(a, b)) == same


@pytest.mark.parametrize(("text", "wanted"), [
    ("县社会救助服务中心负责核对。县社会救助服务中心按月复核。县社会救助中心组织回访。", [("县社会救助服务中心", "县社会救助中心")]),
    ("县社会救助服务中心负责核对。县社会救助中心组织回访。县社会救助服务中心复核。县社会救助中心归档。", []),
    ("县财政局、县民政局、县审计局分别检查。", []),
])
def test_the_body_told_once_is_the_odd_one(text: str, wanted: list[tuple[str, str]]) -> None:
    layout = arrange(read_bytes(text.encode(), "report.txt"))
    assert [(c.inputs[0].text, c.stated.text) for c in body_checks(layout, find_mentions(layout))] == wanted
