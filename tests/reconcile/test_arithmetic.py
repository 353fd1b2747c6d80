"""The arithmetic of reports, sentence by sentence: every row of tests/cases/reconcile_*.tsv holds what is said and the checks
it must give, all of them and no other. Figures are read by the value rules alone, not by the mention stage."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from sentence_checks import checks_of, laid_out, rows_of, told

FILES = ("reconcile_sums", "reconcile_ratios", "reconcile_growth", "reconcile_counts", "reconcile_tables", "reconcile_averages", "reconcile_reached")
ROWS = [row for name in FILES for row in rows_of(name)]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_case(text: str, expected: str) -> None:
    wanted = [] if expected == "-" else expected.split(" | ")
    assert sorted(told(c) for c in checks_of(text)) == sorted(wanted)


def test_notes_say_the_formula_in_one_line() -> None:
    by_kind = {c.kind: c.note for c in checks_of(
        "全年预算10277万元，实际支出1885.4万元，执行率18.34%。收入合计31.5万元，其中：甲类20万元，乙类12.4万元，其他0.2万元。")}
    assert by_kind == {"ratio": "1885.4 ÷ 10277 = 18.3458% ≠ 18.34%（截位）", "sum": "20 + 12.4 + 0.2 = 32.6万元 ≠ 31.5万元"}


def test_quotes_are_verbatim_and_ids_depend_on_content_alone() -> None:
    text = "一、资金情况\n下达补助资金1200万元，其中：省级资金800万元，县级资金4\n00万元。\n"
    layout = laid_out(text)
    checks = checks_of(text)
    assert [told(c) for c in checks] == ["sum consistent: 800万元, 400万元 => 1200万元"]
    for check in checks:
        for quote in (*check.inputs, check.stated):
            assert layout.document.text[slice(*quote.span)] == quote.text
    assert [c.id for c in checks] == [c.id for c in checks_of(text)]


def test_bounds_are_those_of_what_was_reckoned_where_items_of_a_hundred_percent_are_told_as_their_sum() -> None:
    whole = next(c for c in checks_of("支出决算为92.6万元，完成预算95%。其中：\n1.行政运行支出决算为60.5万元，完成预算100%。\n"
                                      "2.机关服务支出决算为32.1万元，完成预算80%。") if c.kind == "ratio")
    assert whole.formula == "#1 / (#2 / #3 + 605000)" and whole.computed == "92.02%"
    assert (whole.low, whole.high) == (Decimal("91.3672"), Decimal("92.6844"))


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    one = "（一）项目情况。\n安排资金300万元，其中：省级资金200万元，市级资金100万元。全年支出270万元，执行率90%，结余30万元。\n"
    few, many = (len(checks_of(one * n)) for n in (10, 40))
    assert many == 4 * few


def test_checks_come_in_the_order_of_the_text() -> None:
    places = [c.stated.span[0] for c in checks_of("收入30万元，其中：甲10万元，乙20万元。支出27万元，执行率90%。")]
    assert places and all(a <= b for a, b in pairwise(places))
