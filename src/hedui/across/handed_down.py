"""What one place says it handed to another against what the other says it was given: same programme, same year.

What the receiver was given is its amount under a document that both name, else its money from above (中央 and 省级) taken together,
else all its money where it has none of its own beside it. One level alone is a part, and proves nothing where it differs; so is
what one of several units of a place was given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.across.facts import FundRow, Head
from hedui.across.lands import codes_of, may_lie_in
from hedui.across.shelf import Shelf
from hedui.across.told import Amount, amounts_of, check, fund_quotes, money, settled, sums, verdict_of
from hedui.across.types import CrossCheck
from hedui.findings import SIGNS

__all__ = ["handed_down"]

GIVEN = ("issued", "budget", "received")
ABOVE, OWN = ("中央", "省级"), ("市县", "其他")
MOST = 12


def handed_down(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Each place that a report hands money to, beside that place's own report."""
    heads = shelf.heads
    receivers: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for n in reports:
        if heads[n].place and heads[n].year:
            receivers[heads[n].topic, heads[n].year, heads[n].place].append(n)
    for giver in reports:
        head = heads[giver]
        given: dict[tuple[str, int], list[FundRow]] = defaultdict(list)
        for row in handed(shelf.funds(giver)):
            if row.place and not row.subject and row.measure in GIVEN and (head.topic, row.year, row.place) in receivers:
                given[row.place, row.year].append(row)
        for (place, year), rows in given.items():
            amount = settled(rows)
            takers = [n for n in receivers[head.topic, year, place] if n != giver]
            if amount is None or not takers:
                continue
            if len(takers) > MOST:
                shelf.limit(f"{place}{year}年：自报 {len(takers)} 份，只与上级下达核对前 {MOST} 份 · "
                            f"only the first {MOST} reports are held against what was handed down")
            shared = {number for row in rows for number in row.documents.split()}
            meant = [taker for taker in takers[:MOST] if below(heads[taker], head, shared & numbers(shelf, taker))]
            found = [one for taker in meant for one in compared(head, amount, heads[taker], *given_to(shelf, taker, shared))]
            parted = len({heads[taker].owner for taker in meant}) > 1  # several units of one place: each may have had a part
            yield from (one for one in found if not parted or one.verdict != "conflict")


def handed(rows: Sequence[FundRow]) -> list[FundRow]:
    """The rows without amounts of places that together are what was spent, and not what was given: parts of the spending."""
    totals = {measure: {Decimal(r.yuan) for r in rows if r.measure == measure and not r.place} for measure in (*GIVEN, "executed")}
    spent = totals["executed"].difference(*(totals[measure] for measure in GIVEN))
    parts: dict[tuple[str, str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        if row.place and not row.subject:
            parts[row.measure, row.origin, row.year].setdefault(row.place, Decimal(row.yuan))
    mistaken = {key for key, told in parts.items() if len(told) > 1 and sum(told.values(), Decimal(0)) in spent}
    return [row for row in rows if (row.measure, row.origin, row.year) not in mistaken]


def numbers(shelf: Shelf, report: int) -> set[str]:
    return {paper.number for paper in shelf.papers(report)}


def below(taker: Head, giver: Head, shared: set[str]) -> bool:
    """Whether the taker's place is the one that the giver means: in the giver's province, under its place where the lexicon
    knows both; where the province of one is not told, only under a document that both name."""
    known = may_lie_in(taker.place, giver.place)
    if known is False or (taker.province and giver.province and taker.province != giver.province):
        return False
    if shared:
        return True
    if not (taker.province and giver.province):
        return False
    several = len([code for code in codes_of(taker.place) if code[:2] in {c[:2] for c in codes_of(giver.province)}]) > 1
    return not several or giver.place in taker.places or giver.place == giver.province


def given_to(shelf: Shelf, taker: int, shared: set[str]) -> tuple[list[Amount], list[Amount]]:
    """What a report says its place was given, the surest telling first; and what may be a part of it, which proves agreement alone."""
    head = shelf.heads[taker]
    every = [r for r in shelf.funds(taker) if not r.place and not r.subject and r.year == head.year]
    rows = [r for r in every if r.measure in GIVEN]
    firm = amounts_of(r for r in rows if shared & set(r.documents.split()) and r.level not in OWN)
    loose: list[Amount] = []
    for measure in GIVEN:
        parts = [settled([r for r in rows if r.measure == measure and r.level == level]) for level in ABOVE]
        told = [part for part in parts if part is not None]
        firm += [sums(told)] if len(told) > 1 else []
        loose += told
    wholes = amounts_of(r for r in rows if not r.level)
    if any(r.level in OWN for r in every):
        loose += wholes
    else:
        firm += wholes
    return firm, loose


def compared(giver: Head, amount: Amount, taker: Head, firm: Sequence[Amount], loose: Sequence[Amount]) -> Iterator[CrossCheck]:
    """The check of one place: it holds where any telling agrees."""
    told = [*firm, *loose]
    verdicts = [verdict_of(amount, one) for one in told]
    at = next((i for wanted in ("consistent", "rounding") for i, v in enumerate(verdicts) if v == wanted), 0)
    if not told or (verdicts[at] == "conflict" and not firm):
        return
    other, verdict = told[at], verdicts[at]
    sign = SIGNS[verdict]
    gap = f"，差 {money(abs(amount.yuan - other.yuan))}" if verdict == "conflict" else ""
    yield check("handed_down", verdict, [*fund_quotes(giver, amount), *fund_quotes(taker, other)],
                f"{giver.year}年{giver.programme or '资金'}：{giver.place or giver.unit}下达{taker.place} {money(amount.yuan)} {sign} "
                f"{taker.place}自报 {money(other.yuan)}{gap}",
                confidences=[row.confidence for row in (*amount.rows, *other.rows)])
