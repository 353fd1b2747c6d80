"""Amounts a head, an acre, a kilometre -> the money and the count that give them."""

from __future__ import annotations

from hedui.document import Layout
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.ratios_find import Memory, earlier, same_scope
from hedui.reconcile.arithmetic.ratios_pairs import Found
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, judge
from hedui.reconcile.formulas.named import PER_HEAD

__all__ = ["per_head"]

COUNTS, PRECISE = 8, 4


def per_head(layout: Layout, memory: Memory, passage: Passage, amount: Figure) -> Found:
    """`亩均投资1800元/亩`, `人均5.39万元`: an amount of money over a count, both told shortly before."""
    before = earlier(memory, passage, amount)
    counts = [f for f in before if f.label == "QUANTITY" and (not amount.unit.partition("/")[2] or f.unit in amount.unit)][:COUNTS]
    money = [f for f in before if f.label == "AMOUNT" and f.unit == "CNY"]
    precise = len(amount.number.replace(".", "").strip("0")) >= PRECISE
    for over, under in ((m, c) for m in money for c in counts if c.value):
        beside = over.passage == amount.passage and under.passage == amount.passage
        if not (beside or (precise and under.passage == amount.passage) or (amount.suffix.partition("/")[2] and same_scope(over, amount))):
            continue
        outcome = compute(PER_HEAD, [over.stated, under.stated])
        if outcome is not None and judge(amount.stated, outcome) == "consistent":
            return check_of(layout, "ratio", [over, under], amount, outcome, "consistent", "{} ÷ {}"), (over, under)
    near = [f for f in before if f.passage == passage.index and amount.sentence - f.sentence <= 1]
    top = next((f for f in near if f in money), None)
    bottom = next((f for f in near if f in counts and f.sentence == amount.sentence), None)
    if top is None or bottom is None or not bottom.value or not amount.name.endswith(top.name[-4:]) or "按" not in bottom.before:
        return None
    outcome = compute(PER_HEAD, [top.stated, bottom.stated])
    assert outcome is not None
    return check_of(layout, "ratio", [top, bottom], amount, outcome, judge(amount.stated, outcome), "{} ÷ {}"), (top, bottom)
