"""Facts of two reports -> quotes, and whether their amounts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from math import prod

from hedui.across.facts import FundRow, Head
from hedui.across.types import CrossCheck, CrossKind, FileQuote
from hedui.findings import Tier, Verdict, content_id

__all__ = ["Amount", "amounts_of", "check", "fund_quotes", "money", "quote", "settled", "sums", "verdict_of"]

WAN = Decimal(10_000)


class Amount:
    """Yuan with the bounds that the stated digits allow, and the rows it was read from (several for a sum)."""

    __slots__ = ("high", "low", "rows", "yuan")

    def __init__(self, yuan: Decimal, low: Decimal, high: Decimal, rows: tuple[FundRow, ...]) -> None:
        self.yuan, self.low, self.high, self.rows = yuan, low, high, rows


def amount_of(row: FundRow) -> Amount:
    return Amount(Decimal(row.yuan), Decimal(row.low), Decimal(row.high), (row,))


def amounts_of(rows: Iterable[FundRow]) -> list[Amount]:
    """Each amount that is told, once, the most precise telling of it."""
    found: dict[Decimal, Amount] = {}
    for row in rows:
        amount = amount_of(row)
        known = found.get(amount.yuan)
        if known is None or amount.high - amount.low < known.high - known.low:
            found[amount.yuan] = amount
    return list(found.values())


def sums(parts: Sequence[Amount]) -> Amount:
    """The sum of several amounts, bounds and rows with it."""
    return Amount(sum((p.yuan for p in parts), Decimal(0)), sum((p.low for p in parts), Decimal(0)),
                  sum((p.high for p in parts), Decimal(0)), tuple(row for p in parts for row in p.rows))


def verdict_of(one: Amount, two: Amount) -> Verdict:
    """Whether two tellings are one amount: the same, alike within the digits stated, or neither."""
    if one.yuan == two.yuan:
        return "consistent"
    return "rounding" if max(one.low, two.low) <= min(one.high, two.high) else "conflict"


def settled(rows: Collection[FundRow]) -> Amount | None:
    """The amount that a report tells where it tells but one, or one more often than any other; None where it is undecided."""
    found = amounts_of(rows)
    if len(found) <= 1:
        return found[0] if found else None
    told = Counter(Decimal(row.yuan) for row in rows).most_common(2)
    return next(a for a in found if a.yuan == told[0][0]) if told[0][1] > told[1][1] else None


def money(yuan: Decimal) -> str:
    """An amount as a person reads it: 万元 from a thousand 元 on.

    >>> money(Decimal("32000000")), money(Decimal("640"))
    ('3200万元', '640元')
    """
    if abs(yuan) < 1000:
        return f"{yuan.normalize():f}元"
    return f"{(yuan / WAN).normalize():f}万元"


def quote(head: Head, start: int, end: int, text: str, value: str | None = None) -> FileQuote:
    """A quote of a report."""
    return FileQuote(file=head.file, report=head.report, span=(start, end), text=text, value=value, title=head.title or None)


def fund_quotes(head: Head, amount: Amount) -> tuple[FileQuote, ...]:
    """The quotes an amount rests on."""
    return tuple(quote(head, row.start, row.end, row.text, money(Decimal(row.yuan))) for row in amount.rows)


def check(kind: CrossKind, verdict: Verdict, quotes: Sequence[FileQuote], note: str, *, tier: Tier = "numeric",
          confidences: Iterable[float] = (), chance: float | None = None) -> CrossCheck:
    """A check whose id depends on what it says alone; figures are read right as often as all of `confidences` are."""
    sure = list(confidences)
    return CrossCheck(
        id=content_id("x", kind, verdict, [(q.file, q.report, q.span) for q in quotes], note), kind=kind, verdict=verdict, tier=tier,
        quotes=tuple(quotes), note=note, confidence=round(prod(sure), 4) if sure else None, chance=chance)
