"""The rules of values, row by row of tests/cases/values_*.tsv."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hedui.values import find_figures, parse_number, read_value
from hedui.view import view

CASES = Path(__file__).parents[1] / "cases"


def table(name: str, width: int) -> list[tuple[str, ...]]:
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(*line.split("\t"), *[""] * width)[:width] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "value", "step", "op"), table("values_numbers", 4))
def test_number(text: str, value: str, step: str, op: str) -> None:
    number = parse_number(text)
    assert (number is None) == (value == "")
    if number is not None:
        assert (number.value, number.step, number.op or "") == (Decimal(value), Decimal(step), op)


@pytest.mark.parametrize(("text", "kind", "value", "unit", "op", "low", "high"), table("values_read", 7))
def test_read_value(text: str, kind: str, value: str, unit: str, op: str, low: str, high: str) -> None:
    found = read_value(text)
    assert (found.kind if found else "") == kind
    if found is not None:
        want = Decimal(value) if kind in {"AMOUNT", "RATE", "QUANTITY"} else value
        assert (found.value, found.unit, found.op or "") == (want, unit, op)
        assert (found.low, found.high) == (Decimal(low) if low else None, Decimal(high) if high else None)


@pytest.mark.parametrize(("text", "kind"), table("values_refused", 2))
def test_refused(text: str, kind: str) -> None:
    assert [f for f in find_figures(view(text).text) if f.value.kind == kind] == []
