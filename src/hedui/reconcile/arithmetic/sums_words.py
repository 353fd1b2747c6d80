"""A list and its total -> whether the gap between them can only be a mistake: slips of digits and units, pairs that leave
nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from hedui.reconcile.arithmetic.figures import Figure
from hedui.reconcile.formulas.check import Operand

__all__ = ["DIMENSION", "TEN_THOUSAND", "covers", "mistyped", "slip", "unit_slip"]

# two names that between them leave nothing out
PAIRS = (("定量", "定性"), ("行政", "事业"), ("基本支出", "项目支出"), ("人员经费", "公用经费"), ("男", "女"), ("城镇", "农村"),
         ("国内", "国外"), ("国家", "地方"), ("省内", "省外"), ("市内", "市外"))
TEN_THOUSAND = Decimal(10000)
FAR = Decimal("0.3")
# nine other digits and an exchange with the next; a gap at random is explained less often than once in so many lists
SLIPS_A_DIGIT, SELDOM = 10, 20


# 预算执行9分、产出指标50分、效益指标30分、满意度指标8分: the dimensions that every template has
DIMENSION = re.compile(r"产出|效益|效果|满意度|预算执行|决策|过程|资金执行")


def covers(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts leave nothing out: the last of them is the rest (其他), or two are halves of one thing."""
    if sum(bool(DIMENSION.search(p.name)) for p in parts) >= 3 and all(p.unit == "分" for p in parts):
        return True
    gap = abs(sum((p.value for p in parts), Decimal(0)) - whole.value)
    if len(parts) > 2 and re.search(r"其[他它]", parts[-1].name) and gap <= whole.value * FAR:
        return True
    if len(parts) != 2:
        return False
    a, b = (p.before[-20:] for p in parts)
    return any((x in a and y in b) or (y in a and x in b) for x, y in PAIRS)


def slip(whole: Operand, parts: Sequence[Operand], gap: Decimal) -> bool:
    """Whether one wrong digit, or two digits exchanged, in the total or in a part explains `gap`.

    A gap under the last stated digit of any of them is none (beside 123.8万元, 526万元 is 526.0), and a third of the total is more than
    a slip where the figures are so short that one digit or another would explain almost any gap.
    """
    figures = (whole, *parts)
    finest: dict[str, Decimal] = {}
    for figure in figures:
        if step := figure.stated.step:
            finest[figure.suffix] = min(step, finest.get(figure.suffix, step))
    if not whole.stated.value or abs(gap) <= max(finest.values(), default=Decimal(0)):
        return False
    if abs(gap) > abs(whole.stated.value) * FAR and not telling(figures, min(finest.values(), default=Decimal(1))):
        return False
    return any(mistyped(f, change) for f, change in [(whole, gap), *((p, -gap) for p in parts)])


def telling(figures: Sequence[Operand], step: Decimal) -> bool:
    """Whether the digits of `figures` could be mistyped in far fewer ways than their total, in counts of `step`, is large: then a gap
    that one slip explains is no chance."""
    ways = sum(SLIPS_A_DIGIT * sum(c.isdigit() for c in figure.number) for figure in figures)
    return ways * SELDOM <= abs(figures[0].stated.value) / step


def mistyped(figure: Operand, change: Decimal) -> bool:
    """Whether `figure` plus `change`, at its digits, differs from it as written in one digit or by one exchange."""
    if not figure.scale:
        return False
    number = Decimal(figure.number)
    right = number + change / figure.scale
    decimals = max(len(figure.number.partition(".")[2]), -int(right.normalize().as_tuple().exponent))
    if decimals > len(figure.number.partition(".")[2]) or right < 0:
        return False
    a, b = (f"{x:.{decimals}f}".replace(".", "") for x in (number, right))
    if len(a) != len(b):
        return False
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 1:
        return len(a) > 2
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def unit_slip(whole: Figure, parts: Sequence[Figure]) -> Figure | None:
    """The one figure of money, in another unit than all the others, that makes the sum come out at ten thousand times as
    much or as little: 512.36元 beside 300.16万元 and 212.20万元."""
    figures = [whole, *parts]
    if whole.label != "AMOUNT" or len(parts) < 2:
        return None
    units = [f.suffix for f in figures]
    odd = [f for f in figures if units.count(f.suffix) == 1]
    if len(odd) != 1 or len(set(units)) != 2 or not odd[0].value:
        return None
    added = sum((p.value for p in parts), Decimal(0))
    near = max(f.stated.step for f in figures if f is not odd[0])
    for factor in (TEN_THOUSAND, 1 / TEN_THOUSAND):
        change = odd[0].value * factor - odd[0].value
        gap = whole.value + change - added if odd[0] is whole else added + change - whole.value
        if abs(gap) <= near:
            return odd[0]
    return None
