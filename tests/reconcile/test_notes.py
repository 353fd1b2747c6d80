"""What the note of a sum says beyond its formula: the figure that it lacks, and facts that are told more precisely elsewhere. And what
every check keeps: a formula that gives what it computed when it is run again over its quotes."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from hedui.findings import Check, Quote
from hedui.reconcile.formulas.expressions import parse
from hedui.reconcile.formulas.intervals import Stated, compute

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from sentence_checks import checks_of, rows_of

FILES = ("reconcile_sums", "reconcile_ratios", "reconcile_growth", "reconcile_counts", "reconcile_tables", "reconcile_averages")
ARITHMETIC = {"sum", "difference", "ratio", "growth"}
UNITS = {"个百分点": Decimal("0.01"), "%": Decimal("0.01"), "％": Decimal("0.01"), "万": Decimal(10**4), "亿": Decimal(10**8)}


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in rows_of("reconcile_notes")])
def test_notes_name_what_a_sum_lacks_and_what_it_takes_from_elsewhere(text: str, wanted: str) -> None:
    sums = [c for c in checks_of(text) if c.kind == "sum"]
    said = [part for check in sums for part in check.note.split("；")[1:]]
    assert said == ([] if wanted == "-" else [wanted])


def worth(quote: Quote) -> Decimal | None:
    """The figure in a quote by the few shapes that the cases have."""
    read = re.fullmatch(r"(-?\d+(?:\.\d+)?)(个百分点|[%％万亿]?).*", quote.value or "", re.DOTALL)
    return Decimal(read[1]) * UNITS.get(read[2], Decimal(1)) if read else None


def reckoned() -> list[Check]:
    return [check for name in FILES for _, text, _ in rows_of(name) for check in checks_of(text) if check.kind in ARITHMETIC]


def test_every_check_keeps_the_formula_that_gives_what_it_computed() -> None:
    run = 0
    for check in reckoned():
        formula, figures = parse(check.formula), [worth(q) for q in check.inputs]
        known = [f for f in figures if f is not None]
        if check.formula.startswith("count") or len(known) < len(figures):
            continue
        outcome, unit = compute(formula, [Stated(f) for f in known]), worth(Quote(span=(0, 0), text="", value=f"1{suffix(check.stated)}"))
        assert outcome is not None and unit is not None, check.note
        assert check.low is not None and check.high is not None
        point = outcome.point / unit
        assert check.low <= point <= check.high, check.note
        assert abs(point - Decimal(re.match(r"-?[\d.]+", check.computed)[0])) < Decimal("0.01"), check.note  # type: ignore[index]
        run += 1
    assert run > 150


def suffix(quote: Quote) -> str:
    return re.sub(r"^-?[\d.]+", "", quote.value or "")


def test_bounds_are_in_the_unit_of_what_is_stated() -> None:
    ratio, whole = (next(c for c in checks_of(text) if c.kind == kind) for kind, text in (
        ("ratio", "全年预算10277.00万元，实际支出1885.40万元，执行率18.34%。"), ("sum", "收入合计31.5万元，其中：甲类20.2万元，乙类11.3万元。")))
    assert (ratio.low, ratio.high) == (Decimal("18.345763"), Decimal("18.345879"))
    assert (whole.formula, whole.low, whole.high) == ("#1 + #2", Decimal("31.4"), Decimal("31.6"))
