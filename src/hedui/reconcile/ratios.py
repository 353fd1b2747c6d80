"""Passages -> checks of shares, rates of execution and completion, points by rate, and amounts a head.

The numerator stands just before its rate; the denominator is looked for by its name, in the list that the numerator is
part of, in the same sentence, and then backwards. The nearest that gives the stated rate is told. Where none does, it is
a conflict only if the words leave no choice: a share in a list, a rate beside both of its sides, points of points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from hedui.document import Layout
from hedui.findings import Check, Verdict
from hedui.reconcile.arithmetic_patterns import (
    BASE_CUE,
    CARRIED_IN,
    CHANGE,
    COMPLETED,
    COMPLETION,
    EXECUTION_NAME,
    FULL,
    GROWN,
    OF_BASE,
    OWN_SUBJECT,
    PART_OF,
    PER,
    RATE_NAME,
    SCORED,
    TARGET,
)
from hedui.reconcile.figures import Figure, Passage, alike, settled_sides, start_of
from hedui.reconcile.figures import before as own_before
from hedui.reconcile.formula import check_of
from hedui.reconcile.intervals import Interval, Outcome, compute, judge, quotient, total
from hedui.reconcile.ratios_find import Memory, earlier, planned, same_scope, spent
from hedui.reconcile.ratios_respective import respective_shares
from hedui.reconcile.sums import Listing
from hedui.reconcile.sums_words import mistyped

__all__ = ["Pair", "ratio_checks"]

Pair = tuple[Figure, Figure]
NEAR, TOPS = 24, 3
ONE = Decimal(1)
LARGE = Decimal(10) ** 7


def ratio_checks(layout: Layout, passages: Sequence[Passage], listings: Sequence[Listing]) -> tuple[list[Check], list[Pair]]:
    """The checks of all rates in the text, and the pairs of figures that a rate has shown to belong together."""
    wholes: dict[int, list[Figure]] = {}
    for one in listings:
        for part in one.parts:
            wholes.setdefault(part.span[0], []).append(one.total)
    memory, checks, pairs = Memory(), [], []
    for passage in passages:
        in_turn = respective_shares(passage)
        for figure in passage.figures:
            memory.see(figure)
            if figure.start in in_turn:
                found = share_in_turn(layout, memory, figure, *in_turn[figure.start], wholes)
            elif figure.label == "RATE" and figure.unit != "pp":
                found = rate_check(layout, memory, passage, figure, wholes)
            elif figure.label == "AMOUNT" and PER.search(figure.name):
                found = per_head(layout, memory, passage, figure)
            else:
                continue
            if found is not None:
                check, pair = found
                checks.append(check)
                executed = EXECUTION_NAME.search(figure.before[-8:]) or ("预算" in figure.before and spent(pair[0]))
                if check.verdict != "conflict" and executed and pair[0].label == "AMOUNT":
                    pairs.append(pair)
    return checks, pairs


Found = tuple[Check, Pair] | None


def rate_check(layout: Layout, memory: Memory, passage: Passage, rate: Figure, wholes: dict[int, list[Figure]]) -> Found:
    said = rate.before
    before = earlier(memory, passage, rate)
    if GROWN.search(said):
        return None
    if OF_BASE.match(said):
        return over_stated(layout, rate, before)
    share = PART_OF.search(said)
    if share is not None:
        return share_check(layout, memory, rate, before, share["whole"] or "", wholes)
    if COMPLETED.search(said) or COMPLETION.search(said):
        return completion(layout, rate, before, passage)
    named = RATE_NAME.search(said)
    if named is None:
        return None
    if "得分率" in named["name"]:
        return score_rate(layout, rate, before)
    if EXECUTION_NAME.search(named["name"]):
        return execution(layout, rate, before, "到位" in named["name"], told_since(passage, rate))
    return any_rate(layout, rate, before)


def judged(top: Figure, bottom: Figure, rate: Figure) -> tuple[Verdict, Outcome] | None:
    if not alike(top, bottom) or not bottom.value or top is bottom:
        return None
    outcome = compute(quotient, settled_sides([top, bottom]))
    return None if outcome is None else (judge(rate.stated, outcome), outcome)


def told(layout: Layout, top: Figure, bottom: Figure, rate: Figure) -> Found:
    """The check that `rate` is `top` over `bottom`, whatever its verdict."""
    found = judged(top, bottom, rate)
    if found is None:
        return None
    return check_of(layout, "ratio", [top, bottom], rate, found[1], found[0], "{} ÷ {}"), (top, bottom)


def best(pairs: Iterable[Pair], rate: Figure) -> Pair | None:
    """The first pair that gives the rate; failing that, the first that gives it but for rounding."""
    second = None
    for top, bottom in pairs:
        found = judged(top, bottom, rate)
        if found is not None and found[0] == "consistent":
            return top, bottom
        if found is not None and found[0] == "rounding" and second is None and (
                top.passage == bottom.passage or same_scope(top, bottom) or (spent(top) and planned(bottom))):
            second = (top, bottom)
    return second


def share_check(layout: Layout, memory: Memory, rate: Figure, before: Sequence[Figure], whole: str,
                wholes: dict[int, list[Figure]]) -> Found:
    """`基本支出324.07万元，占50.2%`: over the total of its list, or over what the words name."""
    if not before or before[0].passage != rate.passage or rate.sentence - before[0].sentence > 1:
        return None
    top = before[0]
    if not top.value and not rate.value:
        return None
    named = [f for f in memory.named(whole) if f.start != top.start or f.passage != top.passage] if whole else []
    listed = wholes.get(top.span[0], [])
    near = [f for f in before[1:NEAR] if alike(f, top) and f.value >= top.value]
    pair = best([(top, f) for f in [*named[:4], *listed, *near]], rate)
    if pair is not None:
        return told(layout, *pair, rate)
    certain = [] if OWN_SUBJECT.search(rate.before.partition("占")[0]) else named[:1] if whole else listed[:1]
    return told(layout, top, certain[0], rate) if certain and certain[0].passage == top.passage else None


def share_in_turn(layout: Layout, memory: Memory, rate: Figure, top: Figure, whole: str, wholes: dict[int, list[Figure]]) -> Found:
    """`甲30万元、乙10万元，分别占75%和25%`: each rate over the total of the list that its own figure stands in."""
    named = list(memory.named(whole))[:4] if whole else []
    totals = [f for f in (*named, *wholes.get(top.span[0], ())) if alike(f, top)]
    return told_by(layout, best([(top, f) for f in totals], rate) or next(((top, f) for f in totals[:1]), None), rate)


def over_stated(layout: Layout, rate: Figure, before: Sequence[Figure]) -> Found:
    """`累计拨付186万元，完成投资计划200万元的93%`: the base stands just before its rate."""
    if len(before) < 2 or before[0].sentence != rate.sentence or not BASE_CUE.search(before[0].before):
        return None
    top = next((f for f in before[1:] if alike(f, before[0]) and f.passage == rate.passage), None)
    found = judged(top, before[0], rate) if top is not None else None
    if top is None or found is None or (found[0] == "conflict" and top is not before[1]):
        return None
    return told(layout, top, before[0], rate)


def completion(layout: Layout, rate: Figure, before: Sequence[Figure], passage: Passage) -> Found:
    """`完成年度目标的101.71%`, `完成率108.50%`: over a target told just before, bounded (≥15000人) or not."""
    own = [f for f in before if f.passage == rate.passage and not CHANGE.search(f.before)]
    told = [f for f in own_before(passage, rate.start, NEAR) if f.label == "RATE" and f.sentence == rate.sentence]
    own = sorted([*own, *told], key=start_of, reverse=True)
    bounds = passage.bounds[:bisect_left(passage.bounds, rate.start, key=start_of)][-NEAR:]
    goals = [f for f in [*own, *bounds] if f.start < rate.start and TARGET.search(f.before[-16:])]
    tops = [f for f in own if f not in goals][:2]
    pairs = [(t, g) for t in tops for g in sorted(goals, key=start_of, reverse=True)[:4] if t.value]
    if rate.value == ONE:
        pairs = [(t, g) for t, g in pairs if t.value == g.value and t.label != "RATE"]
    pair = best(pairs, rate)
    if pair is None and rate.value != ONE and len(goals) == 1 and goals[0].op != "<=" and goals[0].sentence == rate.sentence:
        pair = next(((t, goals[0]) for t in tops[:1] if t.start > goals[0].start and t.sentence == rate.sentence), None)
    return told_by(layout, pair, rate)


def told_by(layout: Layout, pair: Pair | None, rate: Figure) -> Found:
    return None if pair is None else told(layout, *pair, rate)


def score_rate(layout: Layout, rate: Figure, before: Sequence[Figure]) -> Found:
    """`分值20分，实际得分16分，得分率80%`."""
    own = [f for f in before if f.passage == rate.passage and f.unit == "分"][:4]
    top = next((f for f in own if SCORED.search(f.before) and not FULL.search(f.before)), None)
    bottom = next((f for f in own if FULL.search(f.before)), None)
    return told(layout, top, bottom, rate) if top and bottom and top.sentence == rate.sentence else None


def told_since(passage: Passage, rate: Figure) -> int:
    """Where the words begin that one rate may be about: behind the rate before it, behind the semicolon before it."""
    last = max((f.end for f in passage.figures if f.label == "RATE" and f.start < rate.start), default=0)
    return max(last, passage.text.rfind(";", 0, rate.start))


def execution(layout: Layout, rate: Figure, before: Sequence[Figure], received: bool, since: int) -> Found:
    """Rates of execution and arrival: money spent (or arrived) over money planned, given or received. Only what was spent
    at `since` or behind it can be at odds with the rate."""
    money = [f for f in before if f.label == "AMOUNT"]
    own = [f for f in money if f.passage == rate.passage]
    tops = [f for f in own if ("到位" in f.before or "下达" in f.before if received else spent(f))][:TOPS] or own[:1]
    bottoms = [f for f in money[:NEAR] if not spent(f)]
    pairs = [(t, b) for t in tops for b in bottoms if t is not b and acceptable(t, b, rate)]
    pair = best(pairs, rate)
    if pair is None and (carried := with_carried(layout, tops, money, rate)) is not None:
        return carried
    if pair is None:
        pair = beside(tops, own, money, rate)
        pair = pair if pair and pair[0].passage == rate.passage and pair[0].start >= since else None
    return told(layout, *pair, rate) if pair is not None else None


def with_carried(layout: Layout, tops: Sequence[Figure], money: Sequence[Figure], rate: Figure) -> Found:
    """Execution over the year's income and what was carried into it."""
    carried = next((f for f in money[:NEAR] if CARRIED_IN.search(f.name)), None)
    for income in (f for f in money[:NEAR] if carried is not None and f is not carried and not spent(f)):
        for top in tops:
            outcome = compute(over_both, settled_sides([top, income, *([carried] if carried else [])]))
            if carried is not None and outcome is not None and judge(rate.stated, outcome) == "consistent":
                return check_of(layout, "ratio", [top, income, carried], rate, outcome, "consistent", "{} ÷ ({} + {})"), (top, income)
    return None


def over_both(parts: Sequence[Interval]) -> Interval | None:
    """The first over the sum of the others."""
    return quotient([parts[0], total(parts[1:])])


def acceptable(top: Figure, bottom: Figure, rate: Figure) -> bool:
    """Whether two figures may be the sides of a rate: a hundred per cent fits any two equal ones, so their words must too."""
    if rate.value != ONE:
        return True
    near = top.passage == bottom.passage
    return top.value == bottom.value and (same_scope(top, bottom) or (planned(bottom) and (near or top.value > LARGE)))


def beside(tops: Sequence[Figure], own: Sequence[Figure], money: Sequence[Figure], rate: Figure) -> Pair | None:
    """The one pair that stands in the sentence of a rate that does not come out of it."""
    sentence = [f for f in own if f.sentence == rate.sentence]
    spending = [f for f in tops if f in sentence]
    plans = [f for f in sentence if planned(f) and f not in spending and not spent(f)]
    if len(spending) == 1 and len(plans) == 1 and len(sentence) == 2:
        return spending[0], plans[0]
    for top in tops[:1]:
        near = [f for f in own if planned(f) and not spent(f)][:2]
        for plan in near or [f for f in money if not spent(f) and f.passage != top.passage and same_scope(top, f)][:1]:
            found = judged(top, plan, rate)
            if found and mistyped(rate, found[1].point.quantize((rate.stated.step or Decimal("0.01")).normalize(), ROUND_HALF_UP) - rate.value):
                return top, plan
    return None


def any_rate(layout: Layout, rate: Figure, before: Sequence[Figure]) -> Found:
    """A rate of any name over two figures of its sentence."""
    own = [f for f in before if f.passage == rate.passage and f.sentence == rate.sentence][:4]
    pairs = [(own[i], own[j]) for i in range(len(own)) for j in range(len(own)) if i != j and own[i].value <= own[j].value]
    if rate.value == ONE:
        pairs = [(a, b) for a, b in pairs if a.value == b.value and a.unit == b.unit and a.value > 1]
    pair = best(pairs, rate)
    return told(layout, *pair, rate) if pair is not None else None


def per_head(layout: Layout, memory: Memory, passage: Passage, amount: Figure) -> Found:
    """`亩均投资1800元/亩`, `人均5.39万元`: an amount of money over a count, both told shortly before."""
    before = earlier(memory, passage, amount)[:12]
    counts = [f for f in before if f.label == "QUANTITY" and (not amount.unit.partition("/")[2] or f.unit in amount.unit)][:3]
    money = [f for f in before if f.label == "AMOUNT" and f.unit == "CNY"][:6]
    for over, under in ((m, c) for m in money for c in counts if c.value):
        outcome = compute(quotient, [over.stated, under.stated])
        if outcome is not None and judge(amount.stated, outcome) == "consistent":
            return check_of(layout, "ratio", [over, under], amount, outcome, "consistent", "{} ÷ {}"), (over, under)
    near = [f for f in before if f.passage == passage.index and amount.sentence - f.sentence <= 1]
    top = next((f for f in near if f in money), None)
    bottom = next((f for f in near if f in counts and f.sentence == amount.sentence), None)
    if top is None or bottom is None or not bottom.value or not amount.name.endswith(top.name[-4:]) or "按" not in bottom.before:
        return None
    outcome = compute(quotient, [top.stated, bottom.stated])
    assert outcome is not None
    return check_of(layout, "ratio", [top, bottom], amount, outcome, judge(amount.stated, outcome), "{} ÷ {}"), (top, bottom)
