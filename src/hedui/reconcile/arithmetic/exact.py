"""Expressions over plain numbers: fast enough to look for the figures that a formula closes over, and how a note writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from hedui.reconcile.formulas.check import Operand
from hedui.reconcile.formulas.expressions import Constant, Expression, Input, Operation

__all__ = ["closes", "exactly", "last_digit", "words_of"]

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


def exactly(expression: Expression, values: Sequence[Decimal]) -> Decimal | None:
    """What `expression` comes to, None where it divides by nought."""
    match expression:
        case Input(number):
            return values[number - 1]
        case Constant(value):
            return value
        case Operation(sign, terms):
            found = [exactly(term, values) for term in terms]
            known = [f for f in found if f is not None]
            if len(known) < len(found) or (sign == "/" and not known[1]):
                return None
            if sign == "+":
                return sum(known, Decimal(0))
            result = known[0]
            for value in known[1:]:
                result = result - value if sign == "-" else result * value if sign == "*" else result / value
            return result
    return None


def last_digit(operand: Operand) -> Decimal:
    """What one in the last digit of a figure as written is worth, in counts of whole things too."""
    return Decimal(1).scaleb(-len(operand.number.partition(".")[2])) * (operand.scale or 1)


def closes(expression: Expression, inputs: Sequence[Operand], stated: Operand) -> bool:
    """Whether `expression` comes to `stated` but for less than one in its last digit; whole counts must come out exactly."""
    found = exactly(expression, [i.stated.value for i in inputs])
    if found is None:
        return False
    gap = abs(found - stated.stated.value)
    return gap < stated.stated.step if stated.stated.step else not gap


def words_of(expression: Expression) -> str:
    """An expression as a note writes it, a `{}` for every figure.

    >>> from hedui.reconcile.formulas.named import CLIMBED
    >>> words_of(CLIMBED)
    '({0} − {1}) ÷ {1}'
    """
    text = re.sub(r"(?<= )[-+*/](?= )", lambda sign: SIGNS[sign[0]], str(expression))
    return re.sub(r"#(\d+)", lambda number: f"{{{int(number[1]) - 1}}}", text)
