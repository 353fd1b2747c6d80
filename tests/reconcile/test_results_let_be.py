"""Figures of running text that are not the result of the row they seem to be held against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hedui.claims import link_claims
from hedui.findings import Indicator
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.indicators import cut_off, of_one_body


@pytest.mark.parametrize(("text", "figure", "cut"), [
    ("指标值≥2\n7所，实际值27所", "2", True), ("全年开展了22\n7场科普进校园", "7场", True), ("得分为9.5\n6分", "6分", True),
    ("指标值≥27所\n2021年底", "27所", False), ("1.\n7场科普进校园", "7场", False), ("全年开展了\n227场", "227场", False),
    ("指标值≥27，\n实际27所", "27", False),
])
def test_half_of_a_figure(text: str, figure: str, cut: bool) -> None:
    start = text.index(figure)
    assert cut_off(text, (start, start + len(figure))) is cut


@pytest.mark.parametrize(("told", "name", "share"), [
    ("本年度县生产力促进中心66件、青石大学29件、县水务局16件发明专利授权任务均已完成。", "青石大学发明专利授权", True),
    ("本年度青石大学发明专利授权29件。", "青石大学发明专利授权", False),
    ("本年度县生产力促进中心66件、青石大学29件、县水务局16件发明专利授权任务均已完成。", "发明专利授权", False),
])
def test_share_of_one_body(told: str, name: str, share: bool) -> None:
    text = f"一、产出指标完成情况\n{told}\n附表\n三级指标\t年度指标值\t全年完成值\n发明专利授权\t40件\t40件\n"
    layout = arrange(read_bytes(text.encode(), "report.txt"))
    claims = link_claims(layout, find_mentions(layout))
    row = next(c for c in claims if c.origin == "table")
    claim = next(c for c in claims if c.origin == "narrative" and "29件" in text[slice(*c.spans["actual"])])
    assert isinstance(claim.fields, Indicator)
    assert of_one_body(layout, row, replace(claim, fields=replace(claim.fields, name=name))) is share
