"""Reports with one miswritten figure -> what is proposed in its place, and that nothing is proposed where two figures may be wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.claims import link_claims
from hedui.findings import Check, Repair
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile import reconcile, repairs_of

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks


def read(text: str) -> tuple[tuple[Check, ...], tuple[Repair, ...]]:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    checks, _ = reconcile(layout, mentions, link_claims(layout, mentions))
    return checks, repairs_of(layout, mentions, checks)


def shown(repair: Repair, checks: tuple[Check, ...]) -> str:
    touched = sum(c.verdict == "conflict" and repair.stated.span in {q.span for q in (*c.inputs, c.stated)} for c in checks)
    opened = f", opens {len(repair.opens)}" if repair.opens else ""
    return f"{repair.stated.value} → {repair.proposed} ({repair.change}): {len(repair.closes)}/{touched}{opened}"


@pytest.mark.parametrize("case", case_blocks("repairs"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    checks, repairs = read(case.text)
    assert ([shown(one, checks) for one in repairs] or ["-"]) == case.expected


CENTS = st.integers(1_000_00, 9_999_99)
NUMERAL = re.compile(r"\d+\.\d\d")


@st.composite
def slipped(draw: st.DrawFn) -> str:
    """A report whose figures agree, with two neighbouring digits of one figure exchanged, one digit other, or 元 for 万元."""
    staff, running, left = (Decimal(draw(CENTS)) / 100 for _ in range(3))
    spent = staff + running
    budget = spent + left
    rate = (spent / budget * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = (f"一、资金情况\n全年预算资金{budget}万元，实际支出{spent}万元，结余{left}万元，预算执行率{rate}%。\n"
            f"二、使用情况\n全年实际支出{spent}万元，其中：人员经费{staff}万元，公用经费{running}万元。\n")
    figure = draw(st.sampled_from(list(NUMERAL.finditer(text))))
    digits = figure[0]
    kind = draw(st.sampled_from(("swap", "digit", "unit")))
    if kind == "unit" and text.startswith("万元", figure.end()):
        return text[:figure.end()] + text[figure.end() + 1:]
    at = draw(st.integers(0, len(digits) - 4))
    wrong = digits[at + 1] + digits[at] if kind == "swap" else draw(st.sampled_from("123456789")) + digits[at + 1]
    return text[:figure.start()] + digits[:at] + wrong + digits[at + 2:] + text[figure.end():]


def places(check: Check, moved: int = 0, after: int = 0) -> tuple[str, frozenset[int]]:
    """Its kind and where its figures start, those behind `after` by `moved` characters further on."""
    return check.kind, frozenset(q.span[0] + (moved if q.span[0] > after else 0) for q in (*check.inputs, check.stated))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(slipped())
def test_a_repair_that_is_made_closes_the_checks_it_names(text: str) -> None:
    checks, repairs = read(text)
    for one in repairs:
        start, end = one.stated.span
        mended, _ = read(text[:start] + one.proposed + text[end:])
        moved = len(one.proposed) - (end - start)
        conflicts = {places(c) for c in mended if c.verdict == "conflict"}
        named = {places(c, moved, start) for c in checks if c.id in one.closes}
        assert named and conflicts.isdisjoint(named), one.note


def test_nothing_is_changed_and_what_is_quoted_stands_there() -> None:
    text = case_blocks("repairs")[0].text
    checks, repairs = read(text)
    assert [c.verdict for c in checks] == ["conflict"]
    assert [text[slice(*one.stated.span)] for one in repairs] == ["645.55元"]
    assert [one.note.split("（")[0] for one in repairs] == ["645.55元 → 645.55万元：1 项核对中 1 项相符"]
    assert all(one.odds > 1 and set(one.closes) <= {c.id for c in checks} for one in repairs)


def test_work_grows_with_the_conflicts_and_not_with_their_square(work: Callable[[Callable[[], object]], int]) -> None:
    def calls(count: int) -> int:
        paragraphs = (f"第{n}项预算资金{2386 + 7 * n}.40万元，实际支出{2241 + 7 * n}.72万元，预算执行率为73.49%。\n" for n in range(count))
        layout = arrange(read_bytes("".join(paragraphs).encode(), "case.txt"))
        mentions = find_mentions(layout)
        checks, _ = reconcile(layout, mentions, ())
        assert sum(c.verdict == "conflict" for c in checks) >= count
        return work(lambda: repairs_of(layout, mentions, checks))

    assert calls(24) < 6 * calls(6)
