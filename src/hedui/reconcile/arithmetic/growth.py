"""Passages -> checks of growth over a base that is derived (812.60 less 112.60) or stated, and of differences: change
against a stated base, and what is left of income after spending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, settled, settled_sides
from hedui.reconcile.arithmetic.figures import before as own_before
from hedui.reconcile.arithmetic.patterns import BASE, CARRIED_IN, CHANGE, DOWN, GROWN, LEFT, RISEN_FROM, RISEN_TO
from hedui.reconcile.arithmetic.ratios import Pair
from hedui.reconcile.arithmetic.ratios_find import OWN_RATE, same_scope, spent
from hedui.reconcile.arithmetic.sums_words import mistyped
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, difference, judge, quotient
from hedui.reconcile.formulas.named import CLIMBED, FALLEN, GROWN_BY, LEFT_WITH_CARRIED, SHRUNK_BY

__all__ = ["difference_checks", "growth_checks"]

NEAR, FIGURES = 40, 120
BACK, INCOMES, SPENDINGS, PASSAGES = 6, 12, 4, 6


def growth_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """Every `增加234.46万元，增长57.03%`, with the figure that it changed looked for before it."""
    for passage in passages:
        for n, rate in enumerate(passage.figures):
            change = passage.figures[n - 1] if n else None
            if rate.label == "RATE" and n > 1 and GROWN.search(rate.before) and RISEN_TO.search(passage.figures[n - 1].before):
                check = risen(layout, rate, passage.figures[n - 2], passage.figures[n - 1])
                if check is not None:
                    yield check
                continue
            if rate.label == "RATE" and (check := over_base(layout, passage, rate, n)) is not None:
                yield check
                continue
            if rate.label != "RATE" or change is None or not GROWN.search(rate.before) or not CHANGE.search(change.before):
                continue
            if change.label == "RATE" or change.sentence != rate.sentence or not change.value:
                continue
            before = [f for f in reversed(passage.figures[max(0, n - NEAR):n - 1]) if alike(f, change)][:BACK]
            check = growth_check(layout, rate, change, before)
            if check is not None:
                yield check


def over_base(layout: Layout, passage: Passage, rate: Figure, n: int) -> Check | None:
    """`达到286.4亿元，比2018年的261.3亿元增长9.6%`, `下降率8.31%（由1360起降至1247起）`: the new figure and the one it grew from."""
    inside = passage.figures[n + 1:n + 3]
    if GROWN.search(rate.before) and len(inside) == 2 and rate.after.startswith("(") and RISEN_FROM.search(inside[0].before) \
            and RISEN_TO.search(inside[1].before):
        return risen(layout, rate, inside[0], inside[1])
    if n < 2 or not GROWN.search(rate.before):
        return None
    new, base = passage.figures[n - 2:n]
    if not BASE.search(base.before) or CHANGE.search(base.before) or CHANGE.search(new.before) or not alike(new, base):
        return None
    if new.sentence != rate.sentence or base.sentence != rate.sentence or not base.value or new.label == "RATE":
        return None
    down = DOWN.search(rate.before[-8:]) is not None
    outcome = compute(FALLEN if down else CLIMBED, settled_sides([new, base]))
    if outcome is None:
        return None
    return check_of(layout, "growth", [new, base], rate, outcome, judge(rate.stated, outcome), "({1} − {0}) ÷ {1}" if down else "({0} − {1}) ÷ {1}")


def risen(layout: Layout, rate: Figure, old: Figure, new: Figure) -> Check | None:
    """`由500元提高到540元，增长8%`."""
    if not RISEN_FROM.search(old.before) or not alike(old, new) or old.sentence != rate.sentence or not old.value:
        return None
    down = new.value < old.value
    outcome = compute(FALLEN if down else CLIMBED, settled_sides([new, old]))
    if outcome is None:
        return None
    words = "({1} − {0}) ÷ {1}" if down else "({0} − {1}) ÷ {1}"
    return check_of(layout, "growth", [new, old], rate, outcome, judge(rate.stated, outcome), words)


def growth_check(layout: Layout, rate: Figure, change: Figure, before: Sequence[Figure]) -> Check | None:
    base = next((f for f in before if BASE.search(f.before) and f.sentence == change.sentence), None)
    if base is not None:
        outcome = compute(quotient, settled_sides([change, base]))
        if outcome is None:
            return None
        return check_of(layout, "growth", [change, base], rate, outcome, judge(rate.stated, outcome), "{} ÷ {}")
    down = DOWN.search(change.before[-8:]) is not None
    formula, words = (SHRUNK_BY, "{0} ÷ ({1} + {0})") if down else (GROWN_BY, "{0} ÷ ({1} − {0})")
    outcomes = [(f, compute(formula, settled_sides([change, f]))) for f in before]
    judged = [(f, o, judge(rate.stated, o)) for f, o in outcomes if o is not None]
    fitting = [found for verdict in ("consistent", "rounding") for found in judged if found[2] == verdict]
    chosen = fitting or [found for found in judged if of_one_thing(found[0], change)][:1]
    if not chosen:
        return None
    of, outcome, verdict = chosen[0]
    return check_of(layout, "growth", [change, of], rate, outcome, verdict, words)


def of_one_thing(figure: Figure, change: Figure) -> bool:
    """Whether a change can only be that of `figure`: both in one sentence, or of one name in two that follow each other."""
    if CHANGE.search(figure.before) or BASE.search(figure.before):
        return False
    words = change.name
    shared = any(words[i:i + 2] in figure.before for i in range(len(words) - 3))
    return figure.sentence == change.sentence or (figure.sentence == change.sentence - 1 and shared)


def difference_checks(layout: Layout, passages: Sequence[Passage], pairs: Sequence[Pair]) -> Iterator[Check]:
    """Changes against a stated base, and what is left over. `pairs` are spending and income that a rate has shown to belong
    together: what is left of them is certain."""
    paired = {top.span[0]: bottom for top, bottom in pairs}
    for n, passage in enumerate(passages):
        for figure in passage.figures:
            if figure.label != "RATE" and CHANGE.search(figure.before):
                check = change_check(layout, passage, figure)
            elif figure.label == "AMOUNT" and LEFT.search(figure.before) and not CARRIED_IN.search(figure.name):
                check = left_check(layout, passages[max(0, n - PASSAGES):n + 1], figure, paired)
            else:
                continue
            if check is not None:
                yield check


def change_check(layout: Layout, passage: Passage, change: Figure) -> Check | None:
    """`1256.8万元，比2021年的1096.4万元增加160.4万元`."""
    before = [f for f in own_before(passage, change.start, NEAR) if alike(f, change) and f.sentence == change.sentence]
    if len(before) < 2 or not BASE.search(before[-1].before):
        return None
    now, base = before[-2], before[-1]
    down = DOWN.search(change.before[-8:]) is not None
    sides = [base, now] if down else [now, base]
    outcome = compute(difference, settled(sides))
    assert outcome is not None
    verdict = judge(change.stated, outcome)
    if verdict == "conflict" and not mistyped(change, outcome.point - change.value):
        return None
    return check_of(layout, "difference", sides, change, outcome, verdict, "{} − {}")


def left_check(layout: Layout, passages: Sequence[Passage], left: Figure, paired: dict[int, Figure]) -> Check | None:
    """`总收入5120.45万元，实际支出3080.15万元，年末结余2040.30万元`."""
    told = [f for p in passages for f in own_before(p, left.start if p.index == left.passage else len(p.text), FIGURES)]
    before = [f for f in told if f.part == left.part and f.label == "AMOUNT" and f.unit == left.unit]
    spendings = [f for f in reversed(before) if spent(f)][:SPENDINGS]
    incomes = [f for f in reversed(before) if not spent(f) and (CARRIED_IN.search(f.name) or not LEFT.search(f.before))][:INCOMES]
    known = [[paired[f.span[0]], f] for f in reversed(before) if f.span[0] in paired][:SPENDINGS]
    most = most_spent(before)
    heads = [f for f in reversed(before) if f not in spendings and (f.span[0] in paired or (OWN_RATE.match(f.after) and whole(f, most)))]
    sides = [*known, *([i, s] for s in spendings for i in incomes if i.value >= s.value)]
    sides += [[i, s] for s in sorted(heads, key=largest)[:SPENDINGS]
              for i in [f for f in reversed(before) if f.value >= s.value and not spent(f)][:INCOMES]]
    carried = [f for f in incomes if CARRIED_IN.search(f.name)][:1]
    sides += [[i, c, s] for c in carried for s in spendings for i in incomes if i is not c]
    for operands in sides:
        gap = operands[0].value + sum(f.value for f in operands[1:-1]) - operands[-1].value - left.value
        if abs(gap) <= left.stated.step and (check := left_of(layout, operands, left)).verdict == "consistent":
            return check
    for operands in likely(sides, most, left, paired)[:INCOMES]:
        if left.value and mistyped(left, operands[0].value - operands[-1].value - left.value):
            return left_of(layout, operands, left)
    sure = [f for f in spendings if f.span[0] in paired and f.passage == left.passage]
    sure = sorted((f for f in sure if f.sentence == left.sentence), key=lambda f: -f.value)
    if sure and (len(sure) == 1 or not same_scope(sure[0], left)):
        return left_of(layout, [paired[sure[0].span[0]], sure[0]], left)
    return None


def most_spent(figures: Sequence[Figure]) -> dict[int, Decimal]:
    """The most that each paragraph says was spent, by the number of the paragraph."""
    most: dict[int, Decimal] = {}
    for figure in figures:
        if spent(figure):
            most[figure.passage] = max(figure.value, most.get(figure.passage, figure.value))
    return most


def largest(figure: Figure) -> Decimal:
    return -figure.value


def whole(figure: Figure, most: Mapping[int, Decimal]) -> bool:
    return spent(figure) and figure.value >= most.get(figure.passage, figure.value)


def likely(sides: Sequence[list[Figure]], most: Mapping[int, Decimal], left: Figure, paired: Mapping[int, Figure]) -> list[list[Figure]]:
    """Income and spending of which a remainder that is a slip of the pen away must be: told in one sentence with it, or the most that its
    paragraph says was spent, in the paragraph of the remainder or with a rate of its own."""
    found = []
    for operands in sides:
        last = operands[-1]
        borne = last.passage == left.passage or last.span[0] in paired or OWN_RATE.match(last.after)
        near = (last.passage, last.sentence) == (left.passage, left.sentence)
        if len(operands) == 2 and (near or (borne and last.value >= most.get(last.passage, last.value))):
            found.append(operands)
    return found


def left_of(layout: Layout, operands: Sequence[Figure], left: Figure) -> Check:
    if len(operands) == 3:
        outcome = compute(LEFT_WITH_CARRIED, settled(operands))
        words = "{} + {} − {}"
    else:
        outcome, words = compute(difference, settled(operands)), "{} − {}"
    assert outcome is not None
    stated = settled([left, *operands])[0]
    return check_of(layout, "difference", operands, left, outcome, judge(stated, outcome), words)
