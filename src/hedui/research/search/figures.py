"""Figures in, the signs that search knows them by out: 1,200万元 and 0.12亿元 are one, and so is 财社〔2019〕221号 in any brackets."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from hedui.values import read_value
from hedui.view import fold

__all__ = ["LABELS", "figure_signs", "signs_of_figure"]

LABELS = {"AMOUNT": "元", "RATE": "率", "DOCNO": "号"}
NO_SIGN = re.compile(r"[\W_]+")


def figure_signs(label: str, value: str) -> tuple[str, ...]:
    """The sign of an AMOUNT (yuan), a RATE (share of one), or each number of a DOCNO; nothing for what has none.

    >>> figure_signs("AMOUNT", "12000000.00"), figure_signs("DOCNO", "财社〔2019〕221号")
    (('元=12000000',), ('号=财社2019221号',))
    """
    if label == "DOCNO":
        return tuple(f"{LABELS[label]}={NO_SIGN.sub('', fold(number))}" for number in value.split(";"))
    try:
        return (f"{LABELS[label]}={plain(Decimal(value))}",) if label in LABELS else ()
    except InvalidOperation:
        return ()


def plain(number: Decimal) -> str:
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def signs_of_figure(text: str) -> tuple[str, ...]:
    """The signs of the one figure that the whole of a text is.

    >>> signs_of_figure("0.12亿元"), signs_of_figure("财社(2019)221号"), signs_of_figure("执行率")
    (('元=12000000',), ('号=财社2019221号',), ())
    """
    value = read_value(text)
    return () if value is None or value.op is not None else figure_signs(value.kind, str(value.value))
