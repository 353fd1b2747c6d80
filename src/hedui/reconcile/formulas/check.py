"""Operands and what is stated of them -> a Check, with its formula in one line that a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from hedui.document import Layout, Span
from hedui.findings import Check, CheckKind, Quote, Verdict, content_id
from hedui.reconcile.formulas.expressions import counting, expression_of
from hedui.reconcile.formulas.intervals import Interval, Outcome, Stated, cut_off
from hedui.reconcile.places import part_of

__all__ = ["Operand", "Quoted", "check_of", "counted", "shown"]

MORE, WIDE = 4, Context(prec=60)


class Operand(Protocol):
    """What a formula needs of a figure: where it stands, its numeral as written, what one of it is worth, its unit."""

    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...
    @property
    def stated(self) -> Stated: ...
    @property
    def number(self) -> str: ...
    @property
    def scale(self) -> Decimal: ...
    @property
    def suffix(self) -> str: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """A piece of text that counts as one, or a figure that was read from a cell."""

    span: Span
    text: str
    stated: Stated
    number: str
    scale: Decimal = Decimal(1)
    suffix: str = ""


def shown(value: Decimal, like: Operand, *, digits: int = 2) -> str:
    """`value` in the unit of `like`, with up to `digits` more decimals than it has, trailing noughts left out."""
    scaled = value / like.scale
    decimals = len(like.number.partition(".")[2]) + digits
    text = f"{scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{like.suffix}"


def written(operands: Sequence[Operand], stated: Operand) -> list[str]:
    """The operands as written; their unit is left out where all of them have the same and the result has it too or is a
    rate."""
    units = {o.suffix for o in operands}
    bare = len(units) == 1 and stated.suffix in {*units, "%"}
    return [o.number if bare else f"{o.number}{o.suffix}" for o in operands]


def ending(stated: Operand, outcome: Outcome, verdict: Verdict) -> str:
    result = shown(outcome.point, stated)
    as_stated = f"{stated.number}{stated.suffix}"
    if verdict == "conflict":
        return f"{result} ≠ {as_stated}"
    if verdict == "consistent":
        return as_stated if outcome.point == stated.stated.value else f"{result} ≈ {as_stated}"
    return f"{result} ≠ {as_stated}（{'截位' if cut_off(stated.stated, outcome) else '尾差'}）"


def check_of(layout: Layout, kind: CheckKind, inputs: Sequence[Operand], stated: Operand, outcome: Outcome,
             verdict: Verdict, formula: str, *, remark: str = "") -> Check:
    """A check of tier `numeric`; `formula` is how its note writes what was reckoned, with a `{}` for every one of `inputs`."""
    quotes = tuple(Quote(span=o.span, text=o.text, value=f"{o.number}{o.suffix}") for o in inputs)
    expression = expression_of(outcome.written or outcome.formula, len(inputs))
    low, high = bounds(outcome.rounded, stated)
    quote = Quote(span=stated.span, text=stated.text, value=f"{stated.number}{stated.suffix}")
    note = f"{formula.format(*written(inputs, stated))} = {ending(stated, outcome, verdict)}"
    return Check(id=content_id("k", kind, tuple(q.span for q in quotes), quote.span), kind=kind, inputs=quotes, stated=quote,
                 computed=shown(outcome.point, stated), verdict=verdict, tier="numeric",
                 note=f"{note}；{remark}" if remark else note, part=part_of(layout, stated.span[0]),
                 formula="" if expression is None else str(expression), low=low, high=high)


def bounds(interval: Interval, like: Operand) -> tuple[Decimal, Decimal]:
    """The ends of `interval` in the unit of `like`, rounded outwards to four more decimals than it has."""
    last = Decimal(1).scaleb(-len(like.number.partition(".")[2]) - MORE)
    scale = like.scale or Decimal(1)
    low, high = WIDE.divide(interval.low, scale), WIDE.divide(interval.high, scale)
    return low.quantize(last, ROUND_FLOOR, WIDE).normalize(WIDE), high.quantize(last, ROUND_CEILING, WIDE).normalize(WIDE)


def counted(layout: Layout, kind: CheckKind, items: Sequence[Quote], stated: Operand, verdict: Verdict, what: str) -> Check:
    """A check of a count said against the `items` that are listed."""
    quote = Quote(span=stated.span, text=stated.text, value=f"{stated.number}{stated.suffix}")
    names = "、".join(item.text for item in items)
    sign = "=" if verdict == "consistent" else "≠"
    return Check(id=content_id("k", kind, tuple(q.span for q in items), quote.span), kind=kind, inputs=tuple(items), stated=quote,
                 computed=f"{len(items)}{stated.suffix}", verdict=verdict, tier="numeric",
                 note=f"{what}（{names}）共 {len(items)} {sign} {quote.value}", part=part_of(layout, stated.span[0]),
                 formula=str(counting(len(items))), low=Decimal(len(items)), high=Decimal(len(items)))
