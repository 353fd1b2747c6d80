"""Expressions: what is reckoned over quoted figures, as a value that is run, written (`#1 / #2`) and read back.

`#1` is the first figure of a check. An expression evaluates in interval arithmetic, and is called like any formula. A formula that
works on any number of figures (`total`) becomes an expression once it is known of how many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hedui.reconcile.formulas.intervals import Formula, Interval, difference, quotient, times, total

__all__ = ["Constant", "Count", "Expression", "Input", "Operation", "Sign", "counting", "expression_of", "inputs_of", "parse"]

Sign = Literal["+", "-", "*", "/"]
# what each sign stands for, and how strongly it binds
OPERATIONS: dict[Sign, tuple[Callable[[Sequence[Interval]], Interval | None], int]] = {
    "+": (total, 1), "-": (difference, 1), "*": (times, 2), "/": (quotient, 2)}
SIGNS: dict[Formula, Sign] = {formula: sign for sign, (formula, _) in OPERATIONS.items()}
TOKEN = re.compile(r"\s*(?:(?P<input>#[1-9]\d*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>count\b|[-+*/(),]))")
DEPTH = 40


@dataclass(frozen=True, slots=True)
class Input:
    """The figure at place `number`, counted from 1."""

    number: int

    def __call__(self, figures: Sequence[Interval]) -> Interval:
        return figures[self.number - 1]

    def __str__(self) -> str:
        return f"#{self.number}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that no figure states: the twelve months of a year."""

    value: Decimal

    def __call__(self, figures: Sequence[Interval]) -> Interval:
        return Interval(self.value, self.value)

    def __str__(self) -> str:
        return f"{self.value if self.value else abs(self.value):f}"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two or more terms under one sign, a quotient of just two; a difference is the first less all others."""

    sign: Sign
    terms: tuple[Expression, ...]

    def __post_init__(self) -> None:
        if len(self.terms) < 2 or (self.sign == "/" and len(self.terms) > 2):
            raise ValueError(f"{self.sign} 不能用于 {len(self.terms)} 项 · cannot join {len(self.terms)} terms")

    def __call__(self, figures: Sequence[Interval]) -> Interval | None:
        found = [value for term in self.terms if (value := term(figures)) is not None]
        return OPERATIONS[self.sign][0](found) if len(found) == len(self.terms) else None

    def __str__(self) -> str:
        return f" {self.sign} ".join(self.within(term, first=not n) for n, term in enumerate(self.terms))

    def within(self, term: Expression, *, first: bool) -> str:
        """`term` as it stands in this one: in brackets where it would otherwise be read as another expression."""
        if not isinstance(term, Operation):
            return str(term)
        own, other = OPERATIONS[self.sign][1], OPERATIONS[term.sign][1]
        free = other > own or (first and other == own and term.sign != self.sign)
        return str(term) if free else f"({term})"


@dataclass(frozen=True, slots=True)
class Count:
    """How many things are listed."""

    terms: tuple[Expression, ...]

    def __call__(self, figures: Sequence[Interval]) -> Interval:
        return Interval(Decimal(len(self.terms)), Decimal(len(self.terms)))

    def __str__(self) -> str:
        return f"count({', '.join(map(str, self.terms))})"


Expression = Input | Constant | Operation | Count


def inputs_of(number: int) -> tuple[Input, ...]:
    """`#1` to `#number`."""
    return tuple(map(Input, range(1, number + 1)))


def expression_of(formula: Formula, number: int) -> Expression | None:
    """`formula` over `number` figures; None for a function that no expression is known for.

    >>> str(expression_of(total, 3))
    '#1 + #2 + #3'
    """
    if isinstance(formula, Input | Constant | Operation | Count):
        return formula
    sign = SIGNS.get(formula)
    if sign is None:
        return None
    return Operation(sign, inputs_of(number)) if number > 1 else Input(1)


def counting(number: int) -> Count:
    """The count of `number` listed things."""
    return Count(inputs_of(number))


def parse(text: str) -> Expression:
    """The expression that `str` writes as `text`; `- ` and `+` (`*` and `/`) in one run are read from the left.

    ValueError, with the place in the text, where it is none.

    >>> parse("(#1 - #2) / #2")([Interval(Decimal(6), Decimal(6)), Interval(Decimal(4), Decimal(4))]).low
    Decimal('0.5')
    """
    tokens, at = [], 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"公式第 {at + 1} 个字符起无法辨认 · no formula from character {at + 1} on: {text[at:at + 20]!r}")
        tokens.append(found[0].strip())
        at = found.end()
    reader = Reader(text, tokens)
    expression = reader.joined(1, 0)
    if reader.tokens:
        raise reader.fault()
    return expression


class Reader:
    """The tokens of a formula that are still to be read."""

    def __init__(self, text: str, tokens: Sequence[str]) -> None:
        self.text, self.tokens = text, list(reversed(tokens))

    def fault(self) -> ValueError:
        rest = f"“{self.tokens[-1]}”处" if self.tokens else "结尾处"
        return ValueError(f"公式在{rest}写错 · broken formula at {self.tokens[-1] if self.tokens else 'its end'}: {self.text[:60]!r}")

    def take(self, wanted: str) -> None:
        if not self.tokens or self.tokens.pop() != wanted:
            raise self.fault()

    def joined(self, binding: int, depth: int) -> Expression:
        """Terms joined by signs that bind no less than `binding`."""
        if depth > DEPTH:
            raise self.fault()
        left = self.joined(binding + 1, depth) if binding < 2 else self.single(depth)
        while self.tokens and (sign := next((s for s, (_, b) in OPERATIONS.items() if s == self.tokens[-1] and b == binding), None)):
            terms = [left]
            while self.tokens and self.tokens[-1] == sign and (sign != "/" or len(terms) < 2):
                self.tokens.pop()
                terms.append(self.joined(binding + 1, depth) if binding < 2 else self.single(depth))
            left = Operation(sign, tuple(terms))
        return left

    def single(self, depth: int) -> Expression:
        """A figure, a number (below nought with its sign), a count, or what stands in brackets."""
        if not self.tokens:
            raise self.fault()
        token = self.tokens[-1]
        if token[0] == "#" or token[0].isdigit():
            self.tokens.pop()
            return Input(int(token[1:])) if token[0] == "#" else Constant(Decimal(token))
        if token == "-" and len(self.tokens) > 1 and self.tokens[-2][0].isdigit():
            self.tokens.pop()
            return Constant(-Decimal(self.tokens.pop()))
        if token == "count":
            self.tokens.pop()
            self.take("(")
            terms = [self.joined(1, depth + 1)]
            while self.tokens and self.tokens[-1] == ",":
                self.tokens.pop()
                terms.append(self.joined(1, depth + 1))
            self.take(")")
            return Count(tuple(terms))
        self.take("(")
        inner = self.joined(1, depth + 1)
        self.take(")")
        return inner
