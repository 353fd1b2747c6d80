"""Passages -> checks of how many months a balance pays for (累计结余 ÷ 当年支出 × 12), and of averages that are weighted.

What pays for what is seldom told in one sentence: the nearest balance and spending that give the months are taken. Those that
do not are a conflict only where a paragraph has no others and a slip of the pen explains them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hedui.document import Layout
from hedui.findings import Check, CheckKind
from hedui.reconcile.arithmetic.averages_patterns import BALANCE, MONTHLY, PAYS_FOR, WEIGHED, WEIGHT
from hedui.reconcile.arithmetic.exact import words_of
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, settled
from hedui.reconcile.arithmetic.figures import before as own_before
from hedui.reconcile.arithmetic.patterns import CHANGE
from hedui.reconcile.arithmetic.ratios_find import spent
from hedui.reconcile.arithmetic.slips import slipped_one
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.expressions import Expression
from hedui.reconcile.formulas.intervals import Stated, compute, judge
from hedui.reconcile.formulas.named import MONTHS_OF_BALANCE, SHARE, weighted_average

__all__ = ["average_checks", "month_checks"]

BACK, NEAR, MOST = 30, 3, 12


def month_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`基金累计结余8600万元，当年支出12000万元，可支付8.6个月`, and the same over a month's spending."""
    told: list[Figure] = []
    for passage in passages:
        for figure in passage.figures:
            if told and told[-1].part != figure.part:
                told = []
            if figure.unit == "个月" and PAYS_FOR.search(figure.before):
                yield from months(layout, figure, told[-BACK:])
            if figure.label == "AMOUNT" and figure.value and not CHANGE.search(figure.before):
                told.append(figure)


def months(layout: Layout, stated: Figure, told: Sequence[Figure]) -> Iterator[Check]:
    balances = [f for f in reversed(told) if BALANCE.search(f.before)][:NEAR]
    spendings = [f for f in reversed(told) if f not in balances and (spent(f) or MONTHLY.search(f.before))][:NEAR]
    pairs = [(b, s) for b, s in product(balances, spendings) if alike(b, s) and stated.passage in {b.passage, s.passage}]
    checks = [check for balance, spending in pairs
              if (check := reckoned(layout, "ratio", SHARE if MONTHLY.search(spending.before) else MONTHS_OF_BALANCE,
                                   [balance, spending], stated, settled([balance, spending]))) is not None]
    holding = [c for c in checks if c.verdict != "conflict"]
    yield from holding[:1] or (checks if len(pairs) == 1 else [])


def average_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`甲项目得分90分，权重60%；乙项目得分80分，权重40%，加权平均得分86分`, the weights before or behind what they weigh."""
    for passage in passages:
        for stated in passage.figures:
            if not WEIGHED.search(stated.before):
                continue
            near = [f for f in own_before(passage, stated.start, MOST) if stated.sentence - f.sentence <= 1]
            weights = [f for f in near if f.label == "RATE" and WEIGHT.search(f.before)]
            values = [f for f in near if f not in weights and alike(f, stated)]
            if len(values) != len(weights) or len(values) < 2 or not in_turn(values, weights):
                continue
            inputs = [f for pair in zip(values, weights, strict=True) for f in pair]
            operands = [Stated(f.value) if f in weights else f.stated for f in inputs]
            check = reckoned(layout, "ratio", weighted_average(len(values)), inputs, stated, operands)
            if check is not None:
                yield check


def in_turn(values: Sequence[Figure], weights: Sequence[Figure]) -> bool:
    """Whether every value stands beside its weight, all before or all behind it."""
    order = [f in weights for f in sorted((*values, *weights), key=lambda f: f.start)]
    return order[::2] == [order[0]] * len(values) and order[1::2] == [not order[0]] * len(values)


def reckoned(layout: Layout, kind: CheckKind, formula: Expression, inputs: Sequence[Figure], stated: Figure, operands: Sequence[Stated]
             ) -> Check | None:
    """The check of one formula; None where it does not close and no slip of the pen explains it."""
    outcome = compute(formula, operands)
    if outcome is None:
        return None
    verdict = judge(stated.stated, outcome)
    if verdict == "conflict" and not slipped_one(formula, inputs, stated):
        return None
    return check_of(layout, kind, inputs, stated, outcome, verdict, words_of(formula))
