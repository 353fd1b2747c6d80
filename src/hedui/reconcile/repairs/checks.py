"""A check -> the same check worked out anew with one of its figures changed.

What was reckoned is told by `Check.formula`; where nothing was, one thing is told twice, and the two must be equal. A check whose
result or verdict does not come out again is not judged: then a figure is not read here as the rule read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from hedui.findings import Check, Verdict
from hedui.reconcile.formulas.enclosures import Bounds, apart, bounds_of, enclosure
from hedui.reconcile.formulas.expressions import Count, Expression, Input, parse
from hedui.reconcile.formulas.intervals import ROUGH, Formula, Interval, Stated, compute, judge
from hedui.reconcile.repairs.figures import NUMERAL, FigureReader, Written
from hedui.view import fold

__all__ = ["Recount", "recount_of"]

KINDS = frozenset({"sum", "difference", "ratio", "growth", "unit", "restated", "table"})
RATES = frozenset({"ratio", "growth"})
# what a result may be told in beside its operands: the same unit, percent, 万, 亿
POWERS = (0, 2, -2, 4, -4, 8, -8)
MORE = 2


@dataclass(frozen=True, kw_only=True)
class Recount:
    """A check with its figures and what was reckoned over them, worth `power` of what is stated; `told` where one thing is told twice,
    `whole` where numbers without decimals are taken at their word."""

    check: Check
    inputs: tuple[Written, ...]
    stated: Written
    formula: Expression
    power: Decimal
    told: bool
    whole: bool

    @property
    def figures(self) -> tuple[Written, ...]:
        return (*self.inputs, self.stated)

    @cached_property
    def fails(self) -> bool:
        return self.verdict(self.stated) == "conflict"

    def mended(self, meant: Mapping[int, Written]) -> Recount:
        """The check with the figures of `meant` in place of those that stand where they do."""
        return replace(self, inputs=tuple(meant.get(f.at, f) for f in self.inputs), stated=meant.get(self.stated.at, self.stated))

    def cannot(self, operands: Sequence[Bounds], result: Bounds) -> bool:
        """Whether what comes out of figures within these bounds surely lies apart from what is stated."""
        found = enclosure(self.formula, operands)
        power = float(self.power)
        return found is not None and apart((found[0] * power, found[1] * power), result)

    def verdict(self, changed: Written) -> Verdict:
        """The verdict with `changed` in place of the figure that stands where it does."""
        figures = [changed if f.at == changed.at else f for f in self.figures]
        if self.cannot([f.bounds for f in figures[:-1]], figures[-1].bounds):
            return "conflict"
        *operands, result = settled(figures, whole=self.whole)
        if self.cannot([bounds_of(s) for s in operands], bounds_of(result)):
            return "conflict"
        outcome = compute(self.formula, operands)
        units = {f.unit for f in figures if f.unit} if self.told else set()
        if outcome is None or len(units) > 1:
            return "conflict"
        return judge(result, outcome.times(self.power))


def settled(figures: Sequence[Written], *, whole: bool) -> list[Stated]:
    """The figures as stated, each as fine as the finest of its unit; where `whole`, those without decimals at their word, but
    for a rate that is the result."""
    finest: dict[str, Decimal] = {}
    for figure in figures:
        if step := figure.stated.step:
            finest[figure.tail] = min(step, finest.get(figure.tail, step))
    told = [Stated(f.stated.value, min(f.stated.step, finest.get(f.tail, f.stated.step))) for f in figures]
    if not whole:
        return told
    found = [s if f.decimals or f.tail.startswith(ROUGH) else Stated(s.value) for f, s in zip(figures, told, strict=True)]
    return [*found[:-1], figures[-1].stated if "%" in figures[-1].tail else found[-1]]


def recount_of(check: Check, reader: FigureReader) -> Recount | None:
    """The check as it can be worked out anew; None for one of words or of bounds, and for one that does not come out as it did."""
    stated = reader.figure(check.stated)
    if check.kind not in KINDS or check.tier != "numeric" or stated is None:
        return None
    if check.formula:
        formula: Expression = parse(check.formula)
        figures = [] if isinstance(formula, Count) else [reader.figure(q) for q in check.inputs]
    else:
        formula = Input(1)
        figures = [reader.figure(q) for q in check.inputs if check.computed in (q.text, q.value)][:1] or [None]
    inputs = tuple(f for f in figures if f is not None)
    power = fitting(formula, inputs, stated, check) if len(inputs) == len(figures) else None
    if power is None:
        return None
    for whole in (True,) if check.kind in RATES else (False, True):
        found = Recount(check=check, inputs=inputs, stated=stated, formula=formula, power=power, told=not check.formula, whole=whole)
        if found.fails == (check.verdict == "conflict"):
            return found
    return None


def fitting(formula: Formula, inputs: Sequence[Written], stated: Written, check: Check) -> Decimal | None:
    """The power of ten at which `formula` gives what was computed, a numeral of the unit of `stated`; None where it does not."""
    computed = NUMERAL.search(fold(check.computed).replace(" ", ""))
    point = formula([Interval(f.stated.value, f.stated.value) for f in inputs])
    if computed is None or point is None:
        return None
    if not check.formula:
        return Decimal(1)
    result, last = Decimal(computed[0].replace(",", "")), Decimal(1).scaleb(-stated.decimals - MORE)
    for power in POWERS:
        if abs(point.low.scaleb(power) / stated.scale - result) <= last / 2:
            return Decimal(1).scaleb(power)
    return None
