"""The formulas of performance reports by name, as expressions; those over any number of figures are functions of how many."""

from __future__ import annotations

from decimal import Decimal

from hedui.reconcile.formulas.expressions import Constant, Expression, Input, Operation, parse

__all__ = ["CLIMBED", "FALLEN", "GROWN_BY", "LEFT_WITH_CARRIED", "MONTHS_OF_BALANCE", "OVER_BOTH", "PER_HEAD", "SHARE",
           "SHARE_OF_POINTS", "SHRUNK_BY", "budgets_behind", "weighted_average"]

# part, whole
SHARE = parse("#1 / #2")
# money, heads
PER_HEAD = SHARE
# new, base: growth over a base that is stated
CLIMBED = parse("(#1 - #2) / #2")
FALLEN = parse("(#2 - #1) / #2")
# change, new: growth over a base that follows from the change
GROWN_BY = parse("#1 / (#2 - #1)")
SHRUNK_BY = parse("#1 / (#2 + #1)")
# spent, income, carried in
OVER_BOTH = parse("#1 / (#2 + #3)")
# income, carried in, spent
LEFT_WITH_CARRIED = parse("#1 + #2 - #3")
# done, target, weight
SHARE_OF_POINTS = parse("#1 / #2 * #3")
# balance, spending of the year: how many months the balance pays for
MONTHS_OF_BALANCE = parse("#1 / #2 * 12")


def weighted_average(number: int) -> Expression:
    """`number` values, each before its weight: `(#1 * #2 + #3 * #4) / (#2 + #4)`."""
    pairs = [(Input(2 * n + 1), Input(2 * n + 2)) for n in range(number)]
    return Operation("/", (joined([Operation("*", pair) for pair in pairs]), joined([weight for _, weight in pairs])))


def budgets_behind(number: int, rest: Decimal = Decimal(0)) -> Expression:
    """The first figure over the budgets that `number` amounts, each before its degree of completion, come from, and `rest`:
    `#1 / (#2 / #3 + #4 / #5 + 200)`."""
    budgets: list[Expression] = [Operation("/", (Input(2 * n), Input(2 * n + 1))) for n in range(1, number + 1)]
    return Operation("/", (Input(1), joined([*budgets, *([Constant(rest)] if rest else [])])))


def joined(terms: list[Expression] | list[Operation] | list[Input]) -> Expression:
    return Operation("+", tuple(terms)) if len(terms) > 1 else terms[0]
