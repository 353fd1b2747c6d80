"""Narratives -> the indicators they tell, with target, result, completion and score."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.claims import link_claims
from hedui.findings import Indicator
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def told(text: str) -> list[str]:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    found = [c.fields for c in link_claims(layout, find_mentions(layout)) if isinstance(c.fields, Indicator)]
    return [f"{f.level1 or '-'} / {f.level2 or '-'} | " + " | ".join(v or "-" for v in (f.name, f.target, f.actual, f.completion, f.score))
            for f in found]


@pytest.mark.parametrize("case", case_blocks("claims_indicators"), ids=lambda case: case.title)
def test_narrative(case: Case) -> None:
    assert told(case.text) == case.expected
