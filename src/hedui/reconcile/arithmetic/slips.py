"""A formula that does not close -> whether one slip of the pen (a wrong digit, two neighbours exchanged) in one of its figures
is why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hedui.reconcile.arithmetic.exact import exactly, last_digit
from hedui.reconcile.formulas.check import Operand
from hedui.reconcile.formulas.expressions import Expression
from hedui.reconcile.numerals import exchanged, other_digit

__all__ = ["slipped_one"]


def slipped_one(expression: Expression, inputs: Sequence[Operand], stated: Operand) -> bool:
    """Whether `expression` over `inputs` gives `stated` once one of all these figures is read with one slip undone. Short numbers
    (under three digits) are near too many others to be slips."""
    values = [i.stated.value for i in inputs]
    found = exactly(expression, values)
    if found is not None and any(close(found, stated, reading * stated.scale) for reading in readings(stated.number)):
        return True
    for n, operand in enumerate(inputs):
        for reading in readings(operand.number):
            found = exactly(expression, [*values[:n], reading * operand.scale, *values[n + 1:]])
            if found is not None and close(found, stated, stated.stated.value):
                return True
    return False


def close(found: Decimal, stated: Operand, value: Decimal) -> bool:
    """Whether `found` is `value`, rounded or cut off at the digits of `stated`."""
    last = last_digit(stated)
    return any((found / last).quantize(Decimal(1), how) * last == value for how in (ROUND_HALF_UP, ROUND_DOWN))


def readings(number: str) -> Iterator[Decimal]:
    """The numerals that one slip turns into `number`.

    >>> sorted(str(x) for x in readings("96.61") if str(x) in {"96.16", "95.61", "69.61", "96.6"})
    ['69.61', '95.61', '96.16']
    """
    if sum(c.isdigit() for c in number) >= 3:
        yield from (Decimal(told) for told in (*exchanged(number), *other_digit(number)) if told != number)
