"""Tables of indicators -> claims, one a row."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hedui.claims.indicators.table import table_indicators
from hedui.findings import Claim, Indicator
from hedui.layout import arrange
from hedui.readers import read_bytes
from hedui.view import clean

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks

FIELDS = ("target", "actual", "completion", "deviation", "weight", "score", "reason")


def claims_of(text: str) -> tuple[Claim, ...]:
    return table_indicators(arrange(read_bytes(text.encode(), "case.txt")), ())


def shown(claims: tuple[Claim, ...]) -> list[str]:
    lines = []
    for claim in claims:
        said = claim.fields
        assert isinstance(said, Indicator)
        fields = ", ".join(f"{name} {value}" for name in FIELDS if (value := getattr(said, name)))
        lines.append(f"{said.level1 or '.'} > {said.level2 or '.'} > {said.name}: {fields}")
    return lines


@pytest.mark.parametrize("case", case_blocks("indicators_table"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert (shown(claims_of(case.text)) or ["-"]) == case.expected


TABLE = "一级指标\t二级指标\t三级指标\t指标值\t完成值\n产出指标\t数量指标\t新建 水窖\t≥60口\t62口\n\t\t维修泵站\t3座\t3座\n"


def test_spans_hold_what_the_fields_say() -> None:
    for claim in claims_of(TABLE):
        for field, span in claim.spans.items():
            assert clean(TABLE, span) == getattr(claim.fields, field)
            assert claim.span[0] <= span[0] or field in ("level1", "level2")


def test_claims_know_their_row() -> None:
    assert [(c.origin, c.grid, c.row) for c in claims_of(TABLE)] == [("table", 0, 1), ("table", 0, 2)]
