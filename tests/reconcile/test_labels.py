"""Names of indicators, levels, funds, bodies, titles and years -> those that one report writes two ways."""

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


def of_names(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Check]:
    return [c for c in agreement_checks(layout, mentions, claims) if c.kind == "label"]


FILES = {"labels_names": of_names}


def shown(checks: Sequence[Check]) -> list[str]:
    told = []
    for check in checks:
        assert (check.tier, check.verdict) == ("wording", "conflict")
        told.append(f"{', '.join(q.text for q in check.inputs)} => {check.stated.text}")
    return told


@pytest.mark.parametrize("case", case_blocks("labels_names"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert (shown(of_names(*read(case.text))) or ["-"]) == case.expected
