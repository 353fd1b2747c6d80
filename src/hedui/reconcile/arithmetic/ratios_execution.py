"""Rates of execution and arrival -> the money spent (or arrived) and the money planned, given or received that give them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal

from hedui.document import Layout, Span
from hedui.reconcile.arithmetic.figures import Figure, Passage, settled_sides
from hedui.reconcile.arithmetic.patterns import CARRIED_IN
from hedui.reconcile.arithmetic.ratios_find import OWN_RATE, planned, same_scope, spent, unnamed
from hedui.reconcile.arithmetic.ratios_pairs import Found, Pair, best, judged, told
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, judge
from hedui.reconcile.formulas.named import OVER_BOTH, SHARE
from hedui.reconcile.numerals import swapped

__all__ = ["acceptable", "execution", "told_since"]

NEAR, TOPS, PLANS, ONE = 24, 3, 8, Decimal(1)
# 资金总支出 · 投入总额 · 累计支出
ALL = re.compile(r"总|合计|共|累计|全部")
LARGE = Decimal(10) ** 7
# 下达|480万元 · 应到位: what arrived is a share of it, and not of what arrived beside it (其中中央资金到位36万元、省级资金到位15万元)
DUE = re.compile(r"预算|计划|下达|安排|分配|批复|概算|申请|应|总投资")


def told_since(passage: Passage, rate: Figure) -> int:
    """Where the words begin that one rate may be about: behind the rate before it, behind the semicolon before it."""
    last = max((f.end for f in passage.figures if f.label == "RATE" and f.start < rate.start), default=0)
    return max(last, passage.text.rfind(";", 0, rate.start))


def execution(layout: Layout, rate: Figure, before: Sequence[Figure], received: bool, since: int, partly: Collection[Span] = ()) -> Found:
    """Rates of execution and arrival: money spent (or arrived) over money planned, given or received. Only what was spent
    at `since` or behind it can be at odds with the rate, and not over what arrived only `partly`: its base may be all of it."""
    money = [f for f in before if f.label == "AMOUNT"]
    own = [f for f in money if f.passage == rate.passage]
    tops = [f for f in own if ("到位" in f.before or "下达" in f.before if received else spent(f))][:TOPS] or own[:1]
    bottoms = [f for f in money[:NEAR] if not spent(f)]
    pairs = [(t, b) for t in tops for b in bottoms if t is not b and acceptable(t, b, rate)]
    pair = best(pairs, rate)
    if pair is None and (carried := with_carried(layout, tops, money, rate)) is not None:
        return carried
    if pair is None:
        pair = beside(tops, own, [f for f in money if DUE.search(f.before[-24:])] if received else [f for f in money if f.span not in partly], rate)
        pair = pair if pair and pair[0].passage == rate.passage and pair[0].start >= since and not rated(pair[1], since) else None
    return told(layout, *pair, rate) if pair is not None else None


def rated(plan: Figure, since: int) -> bool:
    """Whether another rate of execution is already told of what would be the plan: a sibling of what was spent, not its base."""
    return plan.end <= since and OWN_RATE.match(plan.after) is not None


def with_carried(layout: Layout, tops: Sequence[Figure], money: Sequence[Figure], rate: Figure) -> Found:
    """Execution over the year's income and what was carried into it."""
    carried = next((f for f in money[:NEAR] if CARRIED_IN.search(f.name)), None)
    for income in (f for f in money[:NEAR] if carried is not None and f is not carried and not spent(f)):
        for top in tops:
            outcome = compute(OVER_BOTH if carried else SHARE, settled_sides([top, income, *([carried] if carried else [])]))
            if carried is not None and outcome is not None and judge(rate.stated, outcome) == "consistent":
                return check_of(layout, "ratio", [top, income, carried], rate, outcome, "consistent", "{} ÷ ({} + {})"), (top, income)
    return None


def acceptable(top: Figure, bottom: Figure, rate: Figure) -> bool:
    """Whether two figures may be the sides of a rate: a hundred per cent fits any two equal ones, so their words must too."""
    if rate.value != ONE:
        return True
    near = top.passage == bottom.passage
    return top.value == bottom.value and (same_scope(top, bottom) or (planned(bottom) and (near or top.value > LARGE)))


def beside(tops: Sequence[Figure], own: Sequence[Figure], money: Sequence[Figure], rate: Figure) -> Pair | None:
    """The one pair that stands in the sentence of a rate that does not come out of it, or the first whose rate is a slip of the pen away;
    `money` is what may have been planned."""
    sentence = [f for f in own if f.sentence == rate.sentence]
    spending = [f for f in tops if f in sentence]
    plans = [f for f in sentence if f in money and planned(f) and f not in spending and not spent(f)]
    if len(spending) == 1 and len(plans) == 1 and len(sentence) == 2:
        return spending[0], plans[0]
    for top in tops[:1]:
        near = [f for f in own if f is not top and f in money and planned(f) and not spent(f)][:PLANS]
        far = [f for f in money if f.value >= top.value and not spent(f) and f.passage != top.passage
               and (same_scope(top, f) or whole_of(top, f) or unnamed(top))]
        for plan in (*near, *{f.value: f for f in reversed(far[:PLANS])}.values()):
            found = judged(top, plan, rate)
            if found and (slipped(rate, found[1].point) or (rate.value == ONE and swapped(top.number, plan.number))):
                return top, plan
    return None


def slipped(rate: Figure, right: Decimal) -> bool:
    """Whether a rate is one slip of the pen away from what comes out, which no money spent of money given takes above a hundred per cent."""
    last = (rate.stated.step or Decimal("0.01")).normalize()
    return right <= ONE and mistyped(rate, right.quantize(last, ROUND_HALF_UP) - rate.value)


def whole_of(top: Figure, bottom: Figure) -> bool:
    """Whether both figures are told of all the money there is: 资金总支出 and 投入总额."""
    return all(ALL.search(f.name[-10:]) for f in (top, bottom))
