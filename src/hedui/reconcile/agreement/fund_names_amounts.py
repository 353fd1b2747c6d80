"""Two names of funds that differ in one word and tell one amount -> the one fund that they can only be.

试点村补助资金 and 示范村补助资金 may be two funds; where both are told beside 13.60万元, they are one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Mention
from hedui.reconcile.agreement.facts import common_end, common_start
from hedui.reconcile.agreement.fund_names import CUT, MIN_NAME, NAME, programme_of
from hedui.reconcile.agreement.names import set_apart
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.places import Place, bodies_of

__all__ = ["fund_amount_checks", "one_word_off"]

SIGNIFICANT, WORD, BEGIN, END = 2, 3, 2, 5
STUCK = frozenset("和与及对将把为")


class Named(NamedTuple):
    """A telling of a fund's name, and the amounts in yuan that its paragraph, or the form that it heads, tells."""

    name: str
    span: Span
    amounts: frozenset[Decimal]
    place: int


def fund_amount_checks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """One check for every name told in one place only that differs in a word from another and shares an amount with it."""
    told: dict[str, list[Named]] = defaultdict(list)
    amounts = sorted((m for m in mentions if m.label == "AMOUNT"), key=lambda m: m.span)
    for one in names_in(layout, amounts, places):
        told[one.name].append(one)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in told:
        alike[(name[:BEGIN], name[-END:])].append(name)
    for group in alike.values():
        for a, b in combinations(group, 2):
            usual, odd = (a, b) if (len(told[a]), -told[a][0].place) >= (len(told[b]), -told[b][0].place) else (b, a)
            apart = {n.place for n in told[a]}.isdisjoint(n.place for n in told[b])
            if apart and len({n.place for n in told[odd]}) == 1 and one_word_off(a, b) and told[odd][0].amounts & shared(told[usual]):
                yield wording(layout, told[usual][0].span, told[odd][0].span, "资金名称不一", behind="（金额相同）")


def shared(told: Sequence[Named]) -> frozenset[Decimal]:
    return frozenset().union(*(n.amounts for n in told))


def names_in(layout: Layout, amounts: Sequence[Mention], places: Sequence[Sequence[Place]]) -> Iterator[Named]:
    starts = [m.span[0] for m in amounts]
    for part, inside in enumerate(places):
        for seen in bodies_of(inside):
            for match in NAME.finditer(seen.text):
                cut = CUT.match(match["name"])
                start = match.start("name") + (cut.end() if cut else 0)
                start += seen.text[start] in STUCK
                span, whole = seen.span(start, match.end("name")), seen.span(0, len(seen.text))
                if match.end("name") - start >= MIN_NAME:
                    yield Named(seen.text[start:match.end("name")], span, within(amounts, starts, whole), whole[0])
        for head in programme_of(layout, part):
            if head.text.endswith("资金") and len(head.text) >= MIN_NAME:
                yield Named(head.text, head.span(0, len(head.text)), within(amounts, starts, layout.parts[part].span), -1 - part)


def within(amounts: Sequence[Mention], starts: Sequence[int], span: Span) -> frozenset[Decimal]:
    found = amounts[bisect_left(starts, span[0]):bisect_left(starts, span[1])]
    return frozenset(m.value for m in found if isinstance(m.value, Decimal)
                     and len(m.value.normalize().as_tuple().digits) >= SIGNIFICANT)


def one_word_off(a: str, b: str) -> bool:
    """Whether two names are one but for a word of two or three letters before what both end in.

    >>> one_word_off("乡村振兴试点村补助资金", "乡村振兴示范村补助资金"), one_word_off("小学营养改善补助资金", "中学营养改善补助资金")
    (True, False)
    """
    start, end = common_start(a, b), common_end(a, b)
    return (a != b and len(a) == len(b) and start >= BEGIN and end >= END and 1 < len(a) - start - end <= WORD and not set_apart(a, b))
