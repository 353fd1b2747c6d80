"""Targets and results of indicators -> targets missed, and whether the report owns up to it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hedui.claims import link_claims
from hedui.document import Layout
from hedui.findings import Check, Claim, Mention
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.checks import agreement_checks

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks

Read = tuple[Layout, Sequence[Mention], Sequence[Claim]]


def read(text: str) -> Read:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    return layout, mentions, link_claims(layout, mentions)


def of_targets(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Check]:
    return [c for c in agreement_checks(layout, mentions, claims) if c.kind in ("target", "unit")]


FILES = {"agreement_targets": of_targets}


def shown(checks: Sequence[Check]) -> list[str]:
    return [f"{c.kind} {c.verdict}: {', '.join(q.text for q in c.inputs)} => {c.stated.text}" for c in checks]


@pytest.mark.parametrize("case", case_blocks("agreement_targets"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert (shown(of_targets(*read(case.text))) or ["-"]) == case.expected


def test_notes_name_the_indicator_and_both_figures() -> None:
    text = "三级指标\t指标值\t完成值\t分值\t得分\n新建水窖\t≥60口\t58口\t10\t10\n维修泵站\t3座\t3座\t5\t5\n"
    (check,) = of_targets(*read(text))
    assert check.note == "新建水窖：完成值 58口 未达目标 ≥60口，却称 10"
    assert len(check.claims) == 1
