"""The fields of a claim or record as plain values any format can hold: text, whole numbers, lists of text, None."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from hedui.findings import ClaimFields

__all__ = ["Plain", "plain_fields", "plain_number"]

Plain = str | int | list[str] | None


def plain_number(value: Decimal) -> str:
    """A number with its digits as stated and no exponent.

    >>> plain_number(Decimal("1.50")), plain_number(Decimal("2.4E+7"))
    ('1.50', '24000000')
    """
    return format(value, "f")


def plain(value: object) -> Plain:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, tuple):
        return [str(plain(item)) for item in value]
    return str(value)


def plain_fields(claimed: ClaimFields) -> dict[str, Plain]:
    """Every field by its name, in the order of its type; None stays None.

    >>> from hedui.findings import Score
    >>> plain_fields(Score(name="总分", score=Decimal("91.90"), full=Decimal(100)))
    {'name': '总分', 'score': '91.90', 'full': '100', 'grade': None}
    """
    return {field.name: plain(getattr(claimed, field.name)) for field in fields(claimed)}
