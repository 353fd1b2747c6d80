"""Passages -> rates, shares and amounts a head that no closer reading explains, with the figures that give them.

The words say that a figure is a rate or what one gets; the figures that give it are looked for from near to far, and the farther off
they stand the more digits must fit. What fits nothing is left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.arithmetic.exact import last_digit
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, settled_sides, start_of
from hedui.reconcile.arithmetic.patterns import PER
from hedui.reconcile.arithmetic.ratios_find import same_scope
from hedui.reconcile.arithmetic.ratios_reached_patterns import EACH, GROWN_WORD, IN_ROW, ONE_OF
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.expressions import Expression
from hedui.reconcile.formulas.intervals import Stated, compute, judge, times
from hedui.reconcile.formulas.named import PER_HEAD, SHARE
from hedui.reconcile.numerals import swapped

__all__ = ["each_checks", "precision", "product_checks", "reached_rates", "sides_of"]

BACK, AROUND, TOPS, ROW, NEAR, LIKE = 200, 40, 4, 12, 1, 90
# how many digits a rate must tell by how far its sides stand off
BESIDE, OWN, FAR = 2, 3, 4
SLIPPED, FEW = 3, 10
ONE, PRICE, TEN_THOUSAND = Decimal(1), Decimal(100000), Decimal(10000)
MEANS = {"人": "人名位", "户": "户", "台": "台", "车": "辆台", "亩": "亩", "日": "天日", "次": "次", "期": "期", "村": "个村", "校": "所",
         "件": "件", "项": "项个"}


class Sides(NamedTuple):
    """Figures about a place: in its own paragraph, and told before it, the nearest first."""

    own: list[Figure]
    told: list[Figure]


def sides_of(passages: Sequence[Passage], wanted: Callable[[Figure], bool]) -> Iterator[tuple[Figure, Sides]]:
    """Every figure that is `wanted` with those about it that are no rates, up to `AROUND` on each side in its own paragraph."""
    told: list[Figure] = []
    for passage in passages:
        if told and told[-1].part != passage.part:
            told = []
        own = sorted((f for f in (*passage.figures, *passage.bounds) if f.value), key=start_of)
        plain = [f for f in own if f.label != "RATE"]
        starts = [f.start for f in plain]
        before = list(reversed(told[-BACK:]))
        for figure in filter(wanted, passage.figures):
            at = bisect_left(starts, figure.start)
            about = (f for f in plain[max(0, at - AROUND):at + AROUND] if f is not figure and f.sentence <= figure.sentence + NEAR)
            yield figure, Sides(sorted(about, key=lambda f: abs(f.start - figure.start)), before)
        told += plain


def precision(figure: Figure) -> int:
    """The digits that a figure tells, those behind its point in full: 25.00% tells four, 80% two, 6000元 one."""
    whole, _, decimals = figure.number.partition(".")
    return len((whole + decimals).lstrip("0")) if decimals else max(1, len(whole.strip("0")))


def reached_rates(layout: Layout, passages: Sequence[Passage], taken: Collection[Span], doubted: Collection[Span] = ()
                  ) -> Iterator[Check]:
    """Rates that are not `taken`, over the first two figures that give them; those that none give, and that are not `doubted` yet, over
    two that would but for two digits that changed places."""
    def wanted(rate: Figure) -> bool:
        return (rate.label == "RATE" and rate.span not in taken and rate.value not in {ONE, Decimal(0)}
                and not GROWN_WORD.search(rate.before))

    for rate, sides in sides_of(passages, wanted):
        row = bool(IN_ROW.fullmatch(rate.before)) or "分别" in rate.before or "依次" in rate.before
        before = [f for f in sides.own if f.start < rate.start]
        tops = [f for f in before if rate.sentence - f.sentence <= (2 if row else NEAR)][:ROW if row else TOPS]
        tops += [f for f in sides.own if f.start > rate.start and f.sentence == rate.sentence][:2]
        beside = [f for f in sides.own if abs(f.sentence - rate.sentence) <= NEAR and not row]
        like = [f for f in sides.told if any(alike(f, top) for top in tops[:ROW])][:LIKE]
        named = [f for f in like if same_scope(f, tops[0])]
        for bottoms, enough in ((beside, BESIDE), (sides.own, OWN), (named, OWN), (like, FAR)):
            found = rate_of(layout, rate, tops, bottoms) if precision(rate) >= enough else None
            if found is not None:
                yield found
                break
        else:
            near = [f for f in [*beside, *named[:ROW]] if f not in tops[:1]]
            if rate.span not in doubted and not row and (slipped := exchanged(layout, rate, tops[:1], near, SHARE)) is not None:
                yield slipped


def exchanged(layout: Layout, stated: Figure, tops: Sequence[Figure], bottoms: Sequence[Figure], formula: Expression) -> Check | None:
    """The conflict of a figure that is what comes out but for two neighbouring digits; figures of less than four digits tell too little."""
    if precision(stated) < SLIPPED:
        return None
    for top in tops:
        for bottom in bottoms:
            if bottom is top or not bottom.value or (formula is SHARE and stated.label == "RATE" and not alike(top, bottom)):
                continue
            right = (top.value / bottom.value / last_digit(stated)).quantize(ONE, ROUND_HALF_UP) * last_digit(stated) / stated.scale
            outcome = compute(formula, settled_sides([top, bottom])) if swapped(stated.number, f"{right:f}") else None
            if outcome is not None:
                return check_of(layout, "ratio", [top, bottom], stated, outcome, "conflict", "{} ÷ {}")
    return None


def rate_of(layout: Layout, rate: Figure, tops: Sequence[Figure], bottoms: Sequence[Figure]) -> Check | None:
    for top in tops:
        for bottom in bottoms:
            if bottom is top or not alike(top, bottom) or abs(top.value - rate.value * bottom.value) > rate.stated.step * bottom.value:
                continue
            outcome = compute(SHARE, settled_sides([top, bottom]))
            if outcome is not None and judge(rate.stated, outcome) == "consistent":
                return check_of(layout, "ratio", [top, bottom], rate, outcome, "consistent", "{} ÷ {}")
    return None


def each_checks(layout: Layout, passages: Sequence[Passage], taken: Collection[Span]) -> Iterator[Check]:
    """What one of many gets or costs, that is not `taken`: money or a count over a count."""
    def wanted(each: Figure) -> bool:
        return each.label != "RATE" and each.span not in taken and bool(each.value)

    for each, sides in sides_of(passages, wanted):
        clause = each.before.rpartition(",")[2][-16:]
        told = ONE_OF.search(each.suffix) or EACH.search(clause)
        if told is None:
            continue
        unit = of_what(told.groupdict())
        under = [f for f in (*sides.own, *sides.told) if f.label == "QUANTITY" and f.value > 1 and f.unit != "分"]
        over = [f for f in (*sides.own, *sides.told) if f.label == each.label and f.value > each.value and "/" not in f.unit
                and f.unit != "分" and (each.label == "AMOUNT" or f.unit == each.unit) and not PER.search(f.name)]
        over, under = over[:LIKE], under[:LIKE]
        found = each_of(layout, each, over, under, unit) or each_amiss(layout, each, over, under, unit)
        if found is not None:
            yield found


def of_what(told: dict[str, str | None]) -> str:
    """The characters that may stand in the unit of what is counted: 每条线路 -> 条线路, 户均 -> 户."""
    mean = told.get("mean")
    return MEANS.get(mean, mean) if mean else told.get("each") or ""


def each_of(layout: Layout, each: Figure, over: Sequence[Figure], under: Sequence[Figure], unit: str) -> Check | None:
    for bottom in under:
        of = bottom.unit.lstrip("万亿")
        counted = (bool(unit) and any(c in unit for c in of)) or (len(of) > 1 and of in each.name)
        if not counted and bottom.value < FEW:
            continue
        wanted = each.value * bottom.value
        for top in over:
            if top is bottom or abs(top.value - wanted) > each.stated.step * bottom.value:
                continue
            away = sum((abs(f.sentence - each.sentence) > NEAR) if f.passage == each.passage else 2 for f in (top, bottom))
            enough = (1 if away == 0 else BESIDE if away < 2 else OWN) + (0 if counted else 1)
            exact = top.value == wanted and precision(top) >= (OWN if counted else FAR) and precision(bottom) >= BESIDE
            if precision(each) < enough and not exact:
                continue
            outcome = compute(PER_HEAD, [Stated(top.value), Stated(bottom.value)])
            verdict = judge(each.stated, outcome) if outcome is not None else "conflict"
            if outcome is not None and (verdict == "consistent" or (verdict == "rounding" and counted and away < 2 and precision(each) >= OWN)):
                return check_of(layout, "ratio", [top, bottom], each, outcome, verdict, "{} ÷ {}")
    return None


def each_amiss(layout: Layout, each: Figure, over: Sequence[Figure], under: Sequence[Figure], unit: str) -> Check | None:
    """What one costs, in 万元 for 元 or the other way round, or with two digits exchanged, where money and a count of its unit stand by."""
    near = [f for f in under if f.passage == each.passage and abs(f.sentence - each.sentence) <= NEAR and unit and any(c in unit for c in f.unit)]
    money = [f for f in over if f.passage == each.passage and abs(f.sentence - each.sentence) <= NEAR]
    for bottom in near if each.label == "AMOUNT" and precision(each) >= OWN else ():
        for top in money:
            for factor in (TEN_THOUSAND, 1 / TEN_THOUSAND):
                if abs(top.value - each.value * factor * bottom.value) <= each.stated.step * factor * bottom.value / 2:
                    outcome = compute(PER_HEAD, [Stated(top.value), Stated(bottom.value)])
                    if outcome is not None:
                        remark = f"单位有误，应为{each.number}{'万元' if factor > 1 else '元'}"
                        return check_of(layout, "unit", [top, bottom], each, outcome, "conflict", "{} ÷ {}", remark=remark)
    return exchanged(layout, each, money[:2], near[:2], PER_HEAD)


def product_checks(layout: Layout, passages: Sequence[Passage]) -> Iterator[Check]:
    """`按每场4500元、132场，共59.40万元`: a price and a count of one paragraph that give an amount near them."""
    def wanted(whole: Figure) -> bool:
        return whole.label == "AMOUNT" and "/" not in whole.unit and precision(whole) >= OWN and whole.value >= TEN_THOUSAND

    for whole, sides in sides_of(passages, wanted):
        own = [f for f in sides.own if f.passage == whole.passage]
        prices = [f for f in own if f.label == "AMOUNT" and f.value < min(PRICE, whole.value) and f.suffix.startswith("元")]
        for price in prices:
            count = next((f for f in (*own, *sides.told) if f.label == "QUANTITY" and f.unit != "分" and precision(f) > 1
                          and abs(f.value * price.value - whole.value) <= whole.stated.step / 2), None)
            if count is None:
                continue
            outcome = compute(times, [Stated(count.value), Stated(price.value)])
            if outcome is not None and judge(whole.stated, outcome) == "consistent":
                yield check_of(layout, "ratio", [count, price], whole, outcome, "consistent", "{} × {}")
                break
