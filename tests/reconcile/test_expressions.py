"""The laws of expressions: they are read back as written, hold what their figures may mean, and do not care for order or unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hedui.reconcile.formulas.expressions import (
    Constant,
    Count,
    Expression,
    Input,
    Operation,
    counting,
    expression_of,
    parse,
)
from hedui.reconcile.formulas.intervals import (
    Formula,
    Interval,
    Stated,
    compute,
    difference,
    judge,
    quotient,
    shared,
    times,
    total,
)
from hedui.reconcile.formulas.named import (
    CLIMBED,
    FALLEN,
    GROWN_BY,
    LEFT_WITH_CARRIED,
    MONTHS_OF_BALANCE,
    OVER_BOTH,
    PER_HEAD,
    SHARE,
    SHARE_OF_POINTS,
    SHRUNK_BY,
    budgets_behind,
    weighted_average,
)

FIGURES = 4
CENT = Decimal("0.01")
AMOUNTS = st.decimals(min_value=CENT, max_value=Decimal(10**6), places=2)
NAMED = (SHARE, PER_HEAD, CLIMBED, FALLEN, GROWN_BY, SHRUNK_BY, OVER_BOTH, LEFT_WITH_CARRIED, SHARE_OF_POINTS, MONTHS_OF_BALANCE,
         weighted_average(2), budgets_behind(1), budgets_behind(1, Decimal(40)))


def operations(terms: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    joined = st.builds(Operation, st.sampled_from("+-*"), st.lists(terms, min_size=2, max_size=4).map(tuple))
    divided = st.builds(Operation, st.just("/"), st.tuples(terms, terms))
    return joined | divided | st.builds(Count, st.lists(terms, min_size=1, max_size=4).map(tuple))


# a busy machine draws slowly: that is no failure
calmly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LEAVES: st.SearchStrategy[Expression] = st.builds(Input, st.integers(1, FIGURES)) | st.builds(
    Constant, st.decimals(min_value=-10**6, max_value=10**6, places=2))
EXPRESSIONS = st.recursive(LEAVES, operations, max_leaves=6)


def exact(expression: Expression, values: Sequence[Fraction]) -> Fraction:
    """What an expression comes to in whole fractions; ZeroDivisionError where it divides by nought."""
    if isinstance(expression, Input):
        return values[expression.number - 1]
    if isinstance(expression, Constant):
        return Fraction(expression.value)
    if isinstance(expression, Count):
        return Fraction(len(expression.terms))
    first, *others = [exact(term, values) for term in expression.terms]
    for value in others:
        first = {"+": first + value, "-": first - value, "*": first * value}[expression.sign] if expression.sign != "/" else first / value
    return first


@st.composite
def meant(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """What a figure may mean, with open ends and closed ones, and a number that it does mean."""
    low, high = sorted(draw(st.tuples(st.integers(-300, 300), st.integers(-300, 300))))
    ends = (draw(st.booleans()), draw(st.booleans())) if low < high else (True, True)
    share = Fraction(draw(st.integers(0, 12)), 12)
    assume((share > 0 or ends[0]) and (share < 1 or ends[1]))
    return Interval(Decimal(low), Decimal(high), *ends), low + (high - low) * share


def holds(interval: Interval, number: Fraction) -> bool:
    low, high = Fraction(interval.low), Fraction(interval.high)
    return low < number < high or (number == low and interval.low_closed) or (number == high and interval.high_closed)


@calmly
@given(EXPRESSIONS)
def test_what_is_written_is_read_back(expression: Expression) -> None:
    assert parse(str(expression)) == expression


@pytest.mark.parametrize(("text", "figures", "result"), [
    ("#1 / #2", "1 4", "0.25"), ("#1 + #2 - #3", "5 4 3", "6"), ("#1-#2-#3", "9 4 3", "2"), ("#1 - (#2 - #3)", "9 4 3", "8"),
    ("#1 / #2 * 12", "5 10", "6"), ("(#1 * #2 + #3 * #4) / (#2 + #4)", "90 1 60 2", "70"), ("count(#1, #2, #3)", "7 8 9", "3"),
    (" ( #1 ) ", "7", "7"), ("2.50 * #1", "4", "10"),
])
def test_formulas_are_read_and_run(text: str, figures: str, result: str) -> None:
    outcome = compute(parse(text), [Stated(Decimal(f)) for f in figures.split()])
    assert outcome is not None
    assert outcome.point == outcome.rounded.low == outcome.truncated.high == Decimal(result)


@pytest.mark.parametrize("text", ["", "#0", "#1 +", "#1 #2", "(#1", "#1)", "sum(#1)", "count()", "-#1", "#1 / ", "1e5", "(" * 99, "#1 ÷ #2"])
def test_what_is_no_formula_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]*·[^\n]*$"):
        parse(text)


@pytest.mark.parametrize(("sign", "number"), [("+", 1), ("/", 3)])
def test_an_operation_has_the_terms_that_its_sign_needs(sign: str, number: int) -> None:
    with pytest.raises(ValueError, match=r"项"):
        Operation(sign, tuple(map(Input, range(1, number + 1))))  # type: ignore[arg-type]


@pytest.mark.parametrize(("formula", "number", "text"), [
    (total, 3, "#1 + #2 + #3"), (total, 1, "#1"), (difference, 2, "#1 - #2"), (times, 2, "#1 * #2"), (quotient, 2, "#1 / #2"),
    (CLIMBED, 2, "(#1 - #2) / #2"), (counting(2), 2, "count(#1, #2)"),
])
def test_functions_over_any_number_of_figures_become_expressions(formula: Formula, number: int, text: str) -> None:
    assert str(expression_of(formula, number)) == text


@calmly
@given(EXPRESSIONS, st.lists(meant(), min_size=FIGURES, max_size=FIGURES))
def test_an_outcome_holds_all_that_its_figures_may_mean(expression: Expression, figures: list[tuple[Interval, Fraction]]) -> None:
    outcome = expression([interval for interval, _ in figures])
    if outcome is None:
        return
    result = exact(expression, [number for _, number in figures])
    assert holds(outcome, result)


def test_an_end_is_held_only_when_both_are() -> None:
    half_open = Interval(Decimal(2), Decimal(3), high_closed=False)
    whole = Interval(Decimal(1), Decimal(4))
    assert parse("#1 + #2")([half_open, whole]) == Interval(Decimal(3), Decimal(7), high_closed=False)
    assert parse("#1 - #2")([whole, half_open]) == Interval(Decimal(-2), Decimal(2), low_closed=False)
    assert parse("#1 * #2")([whole, half_open]) == Interval(Decimal(2), Decimal(12), high_closed=False)
    assert parse("#1 / #2")([whole, Interval(Decimal(2), Decimal(4), high_closed=False)]) == Interval(
        Decimal("0.25"), Decimal(2), low_closed=False)


def test_nought_that_is_held_makes_its_product_held() -> None:
    between = Interval(Decimal(2), Decimal(3), low_closed=False, high_closed=False)
    assert parse("#1 * #2")([Interval(Decimal(0), Decimal(1)), between]) == Interval(Decimal(0), Decimal(3), high_closed=False)
    assert parse("#1 / #2")([Interval(Decimal(0), Decimal(1)), between]) == Interval(Decimal(0), Decimal("0.5"), high_closed=False)


@calmly
@given(st.lists(AMOUNTS, min_size=2, max_size=7), AMOUNTS, st.randoms(use_true_random=False), st.sampled_from([total, times]))
def test_no_verdict_depends_on_the_order_of_terms(amounts: list[Decimal], stated: Decimal, random: object, formula: Formula) -> None:
    shuffled = list(amounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    outcomes = [compute(formula, [Stated(a, CENT) for a in order]) for order in (amounts, shuffled)]
    assert outcomes[0] is not None
    for told in (stated, outcomes[0].point, outcomes[0].point + CENT):
        assert len({judge(Stated(told, CENT), o) for o in outcomes if o is not None}) == 1


@calmly
@given(st.sampled_from([total, difference, LEFT_WITH_CARRIED]), st.lists(AMOUNTS, min_size=3, max_size=3),
       st.decimals(-5, 5, places=2), st.sampled_from([4, 8]))
def test_no_verdict_depends_on_the_unit_of_money(formula: Formula, amounts: list[Decimal], gap: Decimal, power: int) -> None:
    assert in_unit(formula, amounts, gap, 0) == in_unit(formula, amounts, gap, power)


def in_unit(formula: Formula, amounts: list[Decimal], gap: Decimal, power: int) -> str:
    """The verdict on `gap` more than what comes out, all figures at ten to the `power`."""
    outcome = compute(formula, [Stated(a.scaleb(power), CENT.scaleb(power)) for a in amounts])
    assert outcome is not None
    return judge(Stated(outcome.point + gap.scaleb(power), CENT.scaleb(power)), outcome)


@calmly
@given(st.sampled_from([SHARE, CLIMBED, GROWN_BY, OVER_BOTH, MONTHS_OF_BALANCE]), st.lists(AMOUNTS, min_size=3, max_size=3),
       st.decimals(0, 3, places=4), st.sampled_from([4, 8]))
def test_no_verdict_on_a_rate_depends_on_the_unit_of_money(formula: Formula, amounts: list[Decimal], rate: Decimal, power: int) -> None:
    outcomes = [compute(formula, [Stated(a.scaleb(p), CENT.scaleb(p)) for a in amounts]) for p in (0, power)]
    verdicts = {o and judge(Stated(rate, Decimal("0.0001")), o) for o in outcomes}
    assert len(verdicts) == 1


@calmly
@given(st.sampled_from(NAMED), st.lists(st.decimals(1, 10**6, places=4), min_size=4, max_size=4),
       st.decimals(0, 10**4, places=2), st.booleans(), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]))
def test_a_true_figure_holds_and_one_moved_beyond_its_interval_is_caught(
        expression: Expression, numbers: list[Decimal], more: Decimal, up: bool, reading: str) -> None:
    try:
        truth = exact(expression, [Fraction(n) for n in numbers])
    except ZeroDivisionError:
        return
    outcome = compute(expression, [Stated(n.quantize(CENT, reading), CENT) for n in numbers])
    if outcome is None:
        return
    both = (outcome.rounded, outcome.truncated)
    stated = (Decimal(truth.numerator) / truth.denominator).quantize(CENT, reading)
    # where a divisor may be nought the outcome is its point alone
    assume((outcome.rounded if reading == ROUND_HALF_UP else outcome.truncated).low != outcome.point)
    assert judge(Stated(stated, CENT), outcome) != "conflict"
    beyond = max(b.high for b in both) - min(b.low for b in both) + 3 * CENT + more
    assert judge(Stated(stated + (beyond if up else -beyond), CENT), outcome) == "conflict"


@calmly
@given(st.lists(meant(), min_size=1, max_size=4))
def test_a_fact_told_several_times_is_what_all_its_tellings_share(figures: list[tuple[Interval, Fraction]]) -> None:
    found = shared([interval for interval, _ in figures])
    for _, number in figures:
        assert all(holds(reading, number) for reading, _ in figures) == (found is not None and holds(found, number))

