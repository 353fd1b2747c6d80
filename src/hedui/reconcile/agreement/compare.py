"""Two tellings of one thing -> whether they agree, and whether figures or words say so.

Figures agree when the intervals of their stated digits meet; they differ by rounding when they are at most one unit of the
last stated digit apart. Words agree when they are the same but for stops, or say the same degree of the same change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from rapidfuzz.fuzz import ratio

from hedui.findings import Tier, Verdict
from hedui.lexicons import rows
from hedui.reconcile.phrases import numeric, squeezed
from hedui.values import Value, read_value

__all__ = ["Comparison", "compare", "days", "opposed", "same_words"]

SLIP = 90
MOST_PERCENT = 200
POWERS = (Decimal(10_000), Decimal(100_000_000))
STRENGTHS = ({"有所", "显著"}, {"持续", "显著"}, {"有所", "全面"})
DEGREES = re.compile(r"(?P<degree>有所|显著|明显|不断|持续|切实|稳步|进一步|有效|大幅|逐步|全面|较大|得到)(?P<change>[\u4e00-\u9fff]{2})了?$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`verdict` of two tellings, and whether figures (`numeric`) or words (`value`) carry it."""

    verdict: Verdict
    tier: Tier


@cache
def synonyms() -> dict[str, str]:
    return {word: group for group, *words in rows("degrees") for word in words}


def degree(text: str) -> tuple[str, str] | None:
    """Degree and change of a phrase, each by its group of synonyms: 不断提高 and 持续提升 are one."""
    match = DEGREES.search(squeezed(text))
    if not match:
        return None
    known = synonyms()
    return known.get(match["degree"], match["degree"]), known.get(match["change"], match["change"])


def opposed(a: str, b: str) -> bool:
    """Whether two results in words say another change, another strength of one change, or hedge what the other states:
    有效缓解 and 有效减轻, 有所改善 and 明显改善, 基本健全 and 建立健全."""
    x, y = degree(a), degree(b)
    if x and y:
        return x[1] != y[1] or {x[0], y[0]} in STRENGTHS
    hedged = [squeezed(t).removeprefix("已").startswith("基本") for t in (a, b)]
    return hedged[0] != hedged[1] and squeezed(a)[-2:] == squeezed(b)[-2:]


def same_words(a: str, b: str) -> bool:
    return squeezed(a) == squeezed(b) or (degree(a) is not None and degree(a) == degree(b))


def compare(a: str, b: str, *, mixed: bool = False) -> Comparison | None:
    """How two tellings of one field compare; None where they cannot be held against each other.

    `mixed` also judges a figure against words, which only a target must not be.

    >>> compare("92.80%", "92.8%").verdict, compare("≥95%", "≥90%").verdict
    ('consistent', 'conflict')
    """
    x, y = numeric(a), numeric(b)
    if x and y:
        return figures(x, y)
    if (dates := days(a, b)) is not None:
        return dates
    if same_words(a, b):
        return Comparison("consistent", "numeric" if re.search(r"\d", a) else "value")
    if bool(x) != bool(y):
        return Comparison("conflict", "value") if mixed else None
    if ratio(squeezed(a), squeezed(b)) >= SLIP:
        return None
    return Comparison("conflict", "value")


def days(a: str, b: str) -> Comparison | None:
    """Two dates of one grain: the same, or not; None for what is no date, or says less than the other.

    >>> days("2022年11月18日", "2022年11月8日").verdict, days("2022年11月30日前", "11月30日"), days("有所提高", "2022年")
    ('conflict', None, None)
    """
    x, y = read_value(a), read_value(b)
    if x is None or y is None or not x.kind == y.kind == "DATE" or len(str(x.value)) != len(str(y.value)):
        return None
    return Comparison("consistent" if x.value == y.value else "conflict", "numeric")


def scaled(x: Value, y: Value, power: Decimal) -> bool:
    """Whether a bare number is the other in units of `power`: 3.6 under a header 万亩 and 3.6万亩."""
    small, large = sorted((Decimal(str(x.value)), Decimal(str(y.value))))
    return small != 0 and small * power == large


def figures(x: Value, y: Value) -> Comparison | None:
    """Two figures of one kind; a bare number takes the kind and unit of the other."""
    bare = not (x.unit and y.unit)
    if bare and x.kind == y.kind and any(scaled(x, y, power) for power in POWERS):
        return Comparison("consistent", "numeric")
    if not bare and (x.kind != y.kind or x.unit != y.unit):
        same = x.kind == y.kind == "QUANTITY" and x.value == y.value
        return Comparison("consistent", "numeric") if same else None
    if bare and x.kind != y.kind:
        return of_two_kinds(x, y)
    assert x.low is not None and x.high is not None and y.low is not None and y.high is not None
    if x.value == y.value or (x.low < y.high and y.low < x.high):
        return Comparison("consistent", "numeric")
    step = max(x.high - x.low, y.high - y.low)
    close = abs(Decimal(str(x.value)) - Decimal(str(y.value))) <= step
    return Comparison("rounding" if close and x.kind != "QUANTITY" else "conflict", "numeric")


def of_two_kinds(x: Value, y: Value) -> Comparison | None:
    """A bare number against a rate or amount: under a header that says % it is told in percent."""
    rate, number = (x, y) if x.kind == "RATE" else (y, x)
    if number.value == rate.value:
        return Comparison("consistent", "numeric")
    percent = in_percent(number) if rate.kind == "RATE" and not number.unit else None
    return figures(rate, percent) if percent else None


def in_percent(number: Value) -> Value | None:
    """A bare number as the rate it is if told in percent, None for what is no likely percentage."""
    points = Decimal(str(number.value))
    if not 1 < points <= MOST_PERCENT:
        return None
    half = Decimal(1).scaleb(min(0, int(points.as_tuple().exponent))) / 200
    rate = points / 100
    return replace(number, kind="RATE", value=rate, unit="1", low=rate - half, high=rate + half)
