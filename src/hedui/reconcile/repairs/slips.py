"""A figure as written -> the figures that may have been meant: one digit other, two exchanged, one doubled or left out, the point or
the sign, the unit, each with how likely such a slip is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hedui.findings import Change
from hedui.lexicons import rows
from hedui.reconcile.numerals import DIGITS, exchanged, other_digit
from hedui.reconcile.repairs.figures import Written

__all__ = ["MISWRITTEN", "Slip", "slips_of", "units"]

LONGEST = 15
# figures that were miswritten: a slip or two in reports of some 300 figures, in our own samples as in made reports
MISWRITTEN = 0.004
POINTS = (-2, -1, 1, 2)
# 05.2 · 1. · .5: no numerals
NUMERAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


class Slip(NamedTuple):
    """`meant` is what may have been meant; `prior` how likely it is to stand there as something else, just as it is written."""

    meant: Written
    change: Change
    prior: float


@cache
def shares() -> dict[str, float]:
    """Share of every kind of slip in all slips of figures."""
    return {kind: float(share) for kind, share in rows("slips_of_pen", "hedui.reconcile.repairs")}


@cache
def units() -> dict[str, tuple[tuple[str, Decimal, float], ...]]:
    """Unit as written -> the units that may have been meant, how much larger one of them is, and the share of this in slips of unit."""
    found: dict[str, list[tuple[str, Decimal, float]]] = {}
    for written, meant, factor, share in rows("units_mistaken", "hedui.reconcile.repairs"):
        found.setdefault(written, []).append((meant, Decimal(factor), float(share)))
    return {unit: tuple(others) for unit, others in found.items()}


def slips_of(figure: Written) -> Iterator[Slip]:
    """Every figure that a slip of the pen may have made `figure` of."""
    plain = figure.number.replace(",", "")
    if len(plain) > LONGEST:
        return
    kinds: tuple[tuple[str, Change, Iterator[str]], ...] = (
        ("swap", "digit", exchanged(plain)), ("digit", "digit", other_digit(plain)), ("lost", "digit", left_out(plain)),
        ("doubled", "digit", doubled(plain)), ("point", "point", other_point(plain)), ("sign", "sign", other_sign(plain, figure)))
    for kind, change, numerals in kinds:
        ways = list(numerals)
        for numeral in dict.fromkeys(ways):
            if numeral != plain and NUMERAL.fullmatch(numeral):
                number = f"{Decimal(numeral):,f}" if "," in figure.number else numeral
                yield Slip(replace(figure, number=number), change, MISWRITTEN * shares()[kind] / len(ways))
    yield from other_units(figure)


def left_out(numeral: str) -> Iterator[str]:
    """A digit more, where one was left out: 47.7 -> 47.07."""
    for i in range(len(numeral) + 1):
        yield from (f"{numeral[:i]}{digit}{numeral[i:]}" for digit in DIGITS)


def doubled(numeral: str) -> Iterator[str]:
    """One of two equal digits less: 12266 -> 1266."""
    for i in range(1, len(numeral)):
        if numeral[i] == numeral[i - 1] and numeral[i] in DIGITS:
            yield numeral[:i] + numeral[i + 1:]


def other_point(numeral: str) -> Iterator[str]:
    """The point left out, or one or two places off among the same digits: 64555 -> 645.55."""
    for places in POINTS if "." in numeral else POINTS[:2]:
        yield f"{Decimal(numeral).scaleb(places):f}"


def other_sign(numeral: str, figure: Written) -> Iterator[str]:
    """Less for more, where nothing stands before the number."""
    if not figure.head:
        yield numeral[1:] if numeral.startswith("-") else f"-{numeral}"


def other_units(figure: Written) -> Iterator[Slip]:
    """The figure in the units that may have been meant: 645.55元 -> 645.55万元, 2500万元/亩 -> 2500元/亩."""
    unit, bar, per = figure.tail.partition("/")
    for meant, factor, likely in units().get(unit, ()):
        base = meant.removeprefix("万").removeprefix("亿")
        same = figure.label != "QUANTITY" or unit.removeprefix("万") == base
        one = replace(figure, tail=meant + bar + per, scale=figure.scale * factor, unit=figure.unit if same else base)
        yield Slip(one, "unit", MISWRITTEN * shares()["unit"] * likely)
