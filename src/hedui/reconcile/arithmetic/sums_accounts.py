"""Passages of final accounts (部门决算) -> the sums that their fixed form holds: classes of expenditure and their items, funds
and the year's total, carried money and the grand total, purchases and what is listed of them, degrees of completion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.document import Layout
from hedui.findings import Check
from hedui.reconcile.arithmetic.accounts_patterns import (
    CLASS_ITEM,
    COMPLETED_BUDGET,
    FUNDS,
    GRAND_TOTAL,
    LISTED_AMOUNT,
    PURCHASE,
    SIDES,
    YEAR_SPENT,
)
from hedui.reconcile.arithmetic.figures import Figure, Passage, settled
from hedui.reconcile.arithmetic.sums import Listing, fits
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, judge, total
from hedui.reconcile.formulas.named import budgets_behind

__all__ = ["account_listings", "completion_checks", "purchase_checks"]

ITEMS, ONE = 40, Decimal(1)


def account_listings(passages: Sequence[Passage]) -> Iterator[Listing]:
    """The lists that the form of final accounts makes, where they come to their totals."""
    by_part: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.figures:
            by_part.setdefault(passage.part, []).append(passage)
    for own in by_part.values():
        yield from class_listings(own)
        yield from whole_listings([f for p in own for f in p.figures if f.label == "AMOUNT"])


def class_listings(passages: Sequence[Passage]) -> Iterator[Listing]:
    """Items `社会保障和就业（类）…（款）…（项）` under the class told before them."""
    classes: dict[str, list[Figure]] = {}
    for passage in passages:
        item = CLASS_ITEM.match(passage.text)
        amount = next((f for f in passage.figures if f.label == "AMOUNT"), None)
        if item is not None and amount is not None:
            classes.setdefault(item["name"].removesuffix("支出"), []).append(amount)
    if not classes:
        return
    told: dict[str, Figure] = {}
    for passage in passages:
        for figure in passage.figures:
            if figure.label == "AMOUNT" and not CLASS_ITEM.match(passage.text) and len(figure.name) < 30:
                told.setdefault(figure.name.removesuffix("支出"), figure)
    for name, parts in classes.items():
        whole = told.get(name)
        if whole is not None and len(parts) > 1 and (verdict := fits(whole, parts)) is not None:
            yield Listing(total=whole, parts=tuple(parts), whole=True, verdict=verdict)


def whole_listings(figures: Sequence[Figure]) -> Iterator[Listing]:
    """The three funds under the year's expenditure, and income or expenditure with what was carried under the grand total."""
    spent = first(figures, YEAR_SPENT)
    funds = [f for pattern in FUNDS if (f := first(figures, pattern)) is not None]
    if spent is not None and len(funds) > 1 and spent not in funds and (verdict := fits(spent, funds)) is not None:
        yield Listing(total=spent, parts=tuple(funds), whole=True, verdict=verdict)
    grand = first(figures, GRAND_TOTAL)
    for names in SIDES if grand is not None else ():
        sides = [f for pattern in names if (f := first(figures, pattern)) is not None]
        if grand is not None and len(sides) == len(names) and (verdict := fits(grand, sides)) is not None:
            yield Listing(total=grand, parts=tuple(sides), whole=True, verdict=verdict)


def first(figures: Sequence[Figure], pattern: re.Pattern[str]) -> Figure | None:
    return next((f for f in figures if pattern.search(f.name)), None)


def completion_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`支出决算3.09万元，完成预算63.45%` against its items, each with its own degree: the budgets behind them add up."""
    told = [pair for p in passages for pair in degrees(p)]
    for n, (amount, rate) in enumerate(told):
        parts, added = [], Decimal(0)
        for part in told[n + 1:n + 1 + ITEMS]:
            if part[0].part != amount.part or part[0].passage == amount.passage or added > amount.value:
                break
            parts.append(part)
            added += part[0].value
            if len(parts) > 1 and added == amount.value:
                check = completion_check(layout, amount, rate, parts)
                if check is not None:
                    yield check
                break


def degrees(passage: Passage) -> Iterator[tuple[Figure, Figure]]:
    for amount, rate in zip(passage.figures, passage.figures[1:], strict=False):
        if amount.label == "AMOUNT" and rate.label == "RATE" and COMPLETED_BUDGET.search(rate.before):
            yield amount, rate


def completion_check(layout: Layout, amount: Figure, rate: Figure, parts: Sequence[tuple[Figure, Figure]]) -> Check | None:
    """The check of a whole's degree; None where an item of nought hides its budget and the whole could still be right."""
    known = [(a, r) for a, r in parts if a.value and r.value]
    if not known:
        return None
    amounts, degrees = settled([amount, *(a for a, _ in known)]), settled([r for _, r in known])
    outcome = compute(budgets_behind(len(known)), [amounts[0], *(s for pair in zip(amounts[1:], degrees, strict=True) for s in pair)])
    if outcome is None:
        return None
    verdict = judge(rate.stated, outcome)
    if verdict == "conflict" and (len(known) < len(parts) and rate.value < outcome.point):
        return None
    odd = [(a, r) for a, r in known if r.value != ONE]
    quoted = [f for pair in (odd or known) for f in pair]
    rest = sum((a.value for a, r in known if r.value == ONE), Decimal(0))
    terms = [f"{a.number} ÷ {r.number}{r.suffix}" for a, r in odd] + ([f"{rest / amount.scale:f}"] if rest else [])
    outcome = replace(outcome, written=budgets_behind(len(odd or known), rest if odd else Decimal(0)))
    return check_of(layout, "ratio", [amount, *quoted], rate, outcome, verdict, f"{amount.number} ÷ ({' + '.join(terms)})",
                    remark="由各分项的完成比例倒推预算")


def purchase_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`购置支出0万元。…更新购置0辆，其中：越野车0辆、金额32.89万元`: the amounts listed against the purchase."""
    for passage in passages:
        listed = [f for f in passage.figures if f.label == "AMOUNT" and LISTED_AMOUNT.search(f.before)]
        if len(listed) < 2:
            continue
        whole = next((f for f in reversed(passage.figures) if f.label == "AMOUNT" and f.start < listed[0].start
                      and PURCHASE.search(f.name)), None)
        outcome = compute(total, settled(listed))
        if whole is not None and outcome is not None:
            verdict = judge(settled([whole, *listed])[0], outcome)
            yield check_of(layout, "sum", listed, whole, outcome, verdict, " + ".join("{}" for _ in listed))
