"""Heads of files -> the reports in them, what each head says, and where each begins and ends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.document import Layout
from hedui.layout import arrange
from hedui.readers import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def laid_out(text: str) -> Layout:
    return arrange(read_bytes(text.encode(), "case.txt"))


def heads(layout: Layout) -> list[str]:
    return [" | ".join(str(said) if said else "." for said in (p.kind, p.title, p.unit, p.region, p.year, p.programme)) for p in layout.parts]


@pytest.mark.parametrize("case", case_blocks("layout_parts"), ids=lambda case: case.title)
def test_heads(case: Case) -> None:
    assert heads(laid_out(case.text)) == case.expected
