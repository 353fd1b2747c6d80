"""Passages -> checks of shares, rates of execution and completion, points by rate, and amounts a head.

The numerator stands just before its rate; the denominator is looked for by its name, in the list that the numerator is
part of, in the same sentence, and then backwards. The nearest that gives the stated rate is told. Where none does, it is
a conflict only if the words leave no choice: a share in a list, a rate beside both of its sides, points of points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, following, start_of
from hedui.reconcile.arithmetic.figures import before as own_before
from hedui.reconcile.arithmetic.patterns import (
    BASE_CUE,
    CHANGE,
    COMPLETED,
    COMPLETION,
    DONE,
    EXECUTION_NAME,
    FULL,
    GROWN,
    OF_BASE,
    OF_BUDGET,
    OF_YEARS_BUDGET,
    OWN_SUBJECT,
    PART_OF,
    PER,
    RATE_NAME,
    SCORED,
    TARGET,
)
from hedui.reconcile.arithmetic.ratios_execution import acceptable, execution, told_since
from hedui.reconcile.arithmetic.ratios_find import Memory, earlier, spent
from hedui.reconcile.arithmetic.ratios_heads import per_head
from hedui.reconcile.arithmetic.ratios_pairs import Found, Pair, best, judged, told, told_by
from hedui.reconcile.arithmetic.ratios_respective import respective_rates, respective_shares
from hedui.reconcile.arithmetic.ratios_siblings import of_no_whole, sibling_shares
from hedui.reconcile.arithmetic.sums import Listing

__all__ = ["Pair", "ratio_checks"]

NEAR, TOPS, TOPS_LISTED = 24, 3, 8
ONE = Decimal(1)


def ratio_checks(layout: Layout, passages: Sequence[Passage], listings: Sequence[Listing]) -> tuple[list[Check], list[Pair]]:
    """The checks of all rates in the text, and the pairs of figures that a rate has shown to belong together."""
    wholes: dict[int, list[Figure]] = {}
    for one in listings:
        for part in one.parts:
            wholes.setdefault(part.span[0], []).append(one.total)
    memory, pairs = Memory(), list[Pair]()
    checks: list[Check] = []
    for passage in passages:
        in_turn, rated = respective_shares(passage), respective_rates(passage)
        closed: dict[int, Pair] = {}
        told_before = len(checks)
        for figure in passage.figures:
            memory.see(figure)
            if figure.start in in_turn:
                found = share_in_turn(layout, memory, figure, *in_turn[figure.start], wholes)
            elif figure.start in rated:
                found = rate_in_turn(layout, memory, passage, figure, *rated[figure.start])
            elif figure.label == "RATE" and figure.unit != "pp":
                found = rate_check(layout, memory, passage, figure, wholes)
            elif figure.label == "AMOUNT" and ("/" in figure.unit or PER.search(figure.name)):
                found = per_head(layout, memory, passage, figure)
            else:
                continue
            if found is not None:
                check, pair = found
                checks.append(check)
                if check.verdict == "consistent":
                    closed[figure.start] = pair
                executed = EXECUTION_NAME.search(figure.before[-8:]) or ("预算" in figure.before and spent(pair[0]))
                if check.verdict != "conflict" and executed and pair[0].label == "AMOUNT":
                    pairs.append(pair)
        siblings = list(sibling_shares(layout, passage, closed))
        odd = {check.stated.span for check in (*siblings, *of_no_whole(checks[told_before:]))}
        checks[told_before:] = [*(check for check in checks[told_before:] if check.stated.span not in odd), *siblings]
    return checks, pairs


def rate_check(layout: Layout, memory: Memory, passage: Passage, rate: Figure, wholes: dict[int, list[Figure]]) -> Found:
    said = rate.before
    before = earlier(memory, passage, rate)
    if GROWN.search(said):
        return None
    if OF_BASE.match(said):
        return over_stated(layout, rate, before)
    share = PART_OF.search(said)
    if share is not None and OF_YEARS_BUDGET.fullmatch(share["whole"] or "") and before and before[0].label == "AMOUNT" and spent(before[0]) \
            and (found := execution(layout, rate, before, False, told_since(passage, rate), memory.partly)) is not None:
        return found
    if share is not None:
        return share_check(layout, memory, rate, before, share["whole"] or "", wholes)
    if OF_BUDGET.search(said) and before and before[0].label == "AMOUNT":
        return execution(layout, rate, before, False, told_since(passage, rate), memory.partly)
    if (done := COMPLETED.search(said)) is not None or COMPLETION.search(said):
        if done is not None and "预算" in done["whole"] and before and before[0].label == "AMOUNT":
            return execution(layout, rate, before, False, told_since(passage, rate), memory.partly)
        return completion(layout, rate, before, passage)
    named = RATE_NAME.search(said)
    if named is None:
        return None
    if "得分率" in named["name"]:
        return score_rate(layout, rate, before)
    if EXECUTION_NAME.search(named["name"]):
        return execution(layout, rate, before, "到位" in named["name"], told_since(passage, rate), memory.partly)
    return any_rate(layout, passage, rate, before)


def share_check(layout: Layout, memory: Memory, rate: Figure, before: Sequence[Figure], whole: str,
                wholes: dict[int, list[Figure]]) -> Found:
    """`基本支出324.07万元，占50.2%`: over the total of its list, or over what the words name."""
    if not before or before[0].passage != rate.passage or rate.sentence - before[0].sentence > 1:
        return None
    top = next((f for f in before if f.depth <= rate.depth), before[0])
    if not top.value and not rate.value:
        return None
    named = [f for f in memory.named(whole) if f.start != top.start or f.passage != top.passage] if whole else []
    listed = wholes.get(top.span[0], [])
    near = [f for f in before[:NEAR] if f is not top and alike(f, top) and f.value >= top.value]
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


def rate_in_turn(layout: Layout, memory: Memory, passage: Passage, rate: Figure, top: Figure, goal: Figure | None) -> Found:
    """`执行率依次为95%、96%`: each rate over the plan that stands in its place, or over one told before that gives it."""
    if goal is not None and judged(top, goal, rate) is not None:
        found = told(layout, top, goal, rate)
        if found is not None and found[0].verdict != "conflict":
            return found
    plans = [f for f in earlier(memory, passage, rate) if f is not top and alike(f, top) and not spent(f)]
    return told_by(layout, best([(top, f) for f in plans[:NEAR] if acceptable(top, f, rate)], rate), rate)


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
    tops = [f for f in own if f not in goals][:TOPS_LISTED]
    pairs = [(t, g) for t in tops for g in sorted(goals, key=start_of, reverse=True)[:4] if t.value]
    if rate.value == ONE:
        pairs = [(t, g) for t, g in pairs if t.value == g.value and t.label != "RATE"]
    pair = best(pairs, rate)
    if pair is None and rate.value != ONE and len(goals) == 1 and goals[0].op != "<=" and goals[0].sentence == rate.sentence:
        pair = done_of(goals[0], [t for t in tops if t.start > goals[0].start and t.sentence == rate.sentence])
    return told_by(layout, pair, rate)


def done_of(goal: Figure, told: Sequence[Figure]) -> Pair | None:
    """What was done of a goal: the one figure told since, or the one that words say was done; parts of it are not."""
    alone = [f for f in told if f.depth == goal.depth and alike(f, goal)]
    done = [f for f in alone if DONE.search(f.name)] if len(alone) > 1 else alone
    return (done[0], goal) if len(done) == 1 else None


def score_rate(layout: Layout, rate: Figure, before: Sequence[Figure]) -> Found:
    """`分值20分，实际得分16分，得分率80%`."""
    own = [f for f in before if f.passage == rate.passage and f.unit == "分"][:4]
    top = next((f for f in own if SCORED.search(f.before) and not FULL.search(f.before)), None)
    bottom = next((f for f in own if FULL.search(f.before)), None)
    return told(layout, top, bottom, rate) if top and bottom and top.sentence == rate.sentence else None


def any_rate(layout: Layout, passage: Passage, rate: Figure, before: Sequence[Figure]) -> Found:
    """A rate of any name over two figures of its sentence, of the brackets behind it, or, where it is told to two decimals,
    of its paragraph."""
    own = [f for f in before if f.passage == rate.passage and f.sentence == rate.sentence][:6]
    inside = [f for f in following(passage, rate.end, TOPS) if f.depth > rate.depth] if rate.after.startswith("(") else []
    near = [f for f in before if f.passage == rate.passage and rate.sentence - f.sentence <= 2 and f.label == "QUANTITY"][:TOPS_LISTED]
    exact = len(rate.number.partition(".")[2]) > 1
    for figures in (inside, own, near if exact or rate.sentence - (near[-1].sentence if near else 0) <= 1 else []):
        pairs = [(a, b) for a in figures for b in figures if a is not b and a.value <= b.value]
        if rate.value == ONE:
            pairs = [(a, b) for a, b in pairs if a.value == b.value and a.unit == b.unit and a.value > 1]
        pair = best([(a, b) for a, b in pairs if figures is own or judged(a, b, rate)], rate)
        if pair is not None and (figures is not near or rate.value != ONE):
            return told(layout, *pair, rate)
    return None
