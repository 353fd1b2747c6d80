"""A check -> how far the stated figure is from what comes out, and how many yuan that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from hedui.document import Span
from hedui.findings import Check, Mention, Quote
from hedui.opinion.types import Stake
from hedui.values import Value, read_value

__all__ = ["Known", "money", "stake_of", "worded"]

HUNDRED_MILLION, TEN_THOUSAND = Decimal(100_000_000), Decimal(10_000)
UNITS = ((1, "元"), (TEN_THOUSAND, "万元"), (HUNDRED_MILLION, "亿元"))
TOLD_TWICE = frozenset({"restated", "table", "unit"})
# a rate told with two decimals of a per cent is met by a quotient within this
NEAR = Decimal("0.0001")
Number = tuple[str, Decimal, str]
Known = Mapping[Span, Mention]


def money(yuan: Decimal) -> str:
    """An amount as people say it: in 元 below ten thousand, else in 万元, from a hundred million on in 亿元, to a hundredth of a 元 and of
    a 万元, and to a 万元.

    >>> money(Decimal("6600")), money(Decimal("6454854.45")), money(Decimal("124000000"))
    ('6,600 元', '645.49 万元', '1.24 亿元')
    """
    for scale, unit, digits in ((HUNDRED_MILLION, "亿元", "0.0001"), (TEN_THOUSAND, "万元", "0.01")):
        if abs(yuan) >= scale:
            return f"{plain((yuan / scale).quantize(Decimal(digits)))} {unit}"
    return f"{plain(yuan.quantize(Decimal('0.01')))} 元"


def plain(number: Decimal) -> str:
    whole = f"{number:,f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def number_of(text: str | None) -> Number | None:
    """Kind, value and unit of the number that the whole of `text` states."""
    value: Value | None = read_value(text) if text else None
    if value is None or not isinstance(value.value, Decimal):
        return None
    return value.kind, value.value, value.unit


def quoted(quote: Quote, known: Known) -> Number | None:
    """What a quote means: as it was read in its place (a bare number of a table has its unit from there), else by itself."""
    mention = known.get(quote.span)
    if mention is not None and isinstance(mention.value, Decimal):
        return mention.label, mention.value, mention.unit
    return number_of(quote.value or quote.text)


def worded(quote: Quote, known: Known) -> str:
    """What a quote says, a bare amount of a table with the unit that its table gives it."""
    text, mention = " ".join((quote.value or quote.text).split()), known.get(quote.span)
    if mention is None or mention.label != "AMOUNT" or not isinstance(mention.value, Decimal) or "元" in text:
        return text
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    scale = next((unit for factor, unit in UNITS if number and mention.value == number * factor), "")
    return f"{text} {scale}".rstrip()


def outcome(check: Check, stated: Number, known: Known) -> Decimal | None:
    """What comes out, in the unit of `stated`; None where that is no number of its kind."""
    found = number_of(check.computed)
    if found is not None and found[0] == stated[0]:
        return found[1]
    if check.kind in TOLD_TWICE:
        alike = [n for q in check.inputs if (n := quoted(q, known)) is not None and n[0] == stated[0]]
        if len(alike) == 1:
            return alike[0][1]
    return found[1] if found is not None and stated[0] == "QUANTITY" and found[2] in {"", "1"} else None


def base_of(check: Check, rate: Decimal, known: Known) -> Decimal | None:
    """The yuan of which a rate is told: the dividend over the quotient, for growth the amount that grew."""
    amounts = [n[1] for q in check.inputs if (n := quoted(q, known)) is not None and n[0] == "AMOUNT"]
    if not amounts or not rate:
        return None
    if check.kind == "ratio":
        return abs(amounts[0] / rate)
    bases = [b for a in amounts for b in amounts if a != b and b and abs((a - b) / b - rate) <= NEAR]
    bases += [b - a for a in amounts for b in amounts if b > a and abs(a / (b - a) - abs(rate)) <= NEAR]
    return bases[0] if bases else None


def stake_of(check: Check, known: Known) -> Stake:
    """How far `check` is from closing; `known` gives the mention that stands at a span.

    Money: the difference in yuan. A rate: the difference in percentage points, and in yuan the difference times the amount it is a rate
    of, where that is one. A count: the difference in its unit. Words: nothing.
    """
    stated = quoted(check.stated, known)
    computed = outcome(check, stated, known) if stated is not None else None
    if stated is None or computed is None:
        return Stake()
    label, value, unit = stated
    gap = abs(value - computed)
    if not gap:
        return Stake()
    if label == "AMOUNT":
        return Stake(difference=money(gap), yuan=gap)
    if label == "RATE":
        base = base_of(check, computed, known) if check.kind in {"ratio", "growth"} else None
        points = plain((gap * 100).quantize(Decimal("0.0001")) if gap < NEAR else (gap * 100).quantize(Decimal("0.01")))
        return Stake(difference=f"{points} 个百分点", yuan=None if base is None else (gap * base).quantize(Decimal(1)))
    return Stake(difference=f"{plain(gap)} {unit if unit != '1' else ''}".strip())
