"""The digits of a figure -> how many count, and which other numerals are one slip of the pen away: two neighbours exchanged, or one
digit another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from hedui.view import fold

__all__ = ["DIGITS", "digits", "exchanged", "neighbours", "numerals", "one_slip", "other_digit", "significant", "swapped", "turned"]

DIGITS = "0123456789"
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def digits(text: str) -> str:
    """The numeral in `text`, without thousands marks and closing noughts behind the point."""
    match = NUMERAL.search(fold(text).replace(" ", ""))
    numeral = match[0].replace(",", "") if match else ""
    return numeral.rstrip("0").rstrip(".") if "." in numeral else numeral


def numerals(text: str) -> frozenset[str]:
    """The numerals told in a stretch of text, as `digits` writes them.

    >>> sorted(numerals("车公里补贴1.39元，比1,350元少"))
    ['1.39', '1350']
    """
    return frozenset(digits(match[0]) for match in NUMERAL.finditer(fold(text)))


def significant(numeral: str) -> int:
    return len(numeral.replace(".", "").strip("0"))


def neighbours(numeral: str) -> Iterator[str]:
    """Keys that two numerals share when they are one slip apart: one digit masked, or two neighbours in order."""
    point, plain = numeral.find("."), numeral.replace(".", "")
    for i in range(len(plain)):
        yield f"{point}:{plain[:i]}*{plain[i + 1:]}"
        if i + 1 < len(plain) and plain[i] != plain[i + 1]:
            yield f"{point}:{plain[:i]}{min(plain[i:i + 2])}{max(plain[i:i + 2])}{plain[i + 2:]}"


def turned(a: str, b: str) -> bool:
    """Whether two numerals are one but for two neighbouring digits that changed places, the point aside.

    >>> turned("64.17", "61.47"), turned("123", "132"), turned("272", "262")
    (True, True, False)
    """
    return a.find(".") == b.find(".") and swapped(a.replace(".", ""), b.replace(".", ""))


def swapped(a: str, b: str) -> bool:
    """Whether two numerals are one but for two neighbouring digits that changed places.

    >>> swapped("2145.68", "2154.68"), swapped("272", "262")
    (True, False)
    """
    return len(a) == len(b) and sorted(a) == sorted(b) and OSA.distance(a, b) == 1


def exchanged(numeral: str) -> Iterator[str]:
    """The numeral with two neighbouring digits exchanged, each two in order, over the point too.

    >>> list(exchanged("12.6"))
    ['21.6', '16.2']
    """
    places = [i for i, c in enumerate(numeral) if c in DIGITS]
    for i, j in pairwise(places):
        yield f"{numeral[:i]}{numeral[j]}{numeral[i + 1:j]}{numeral[i]}{numeral[j + 1:]}"


def other_digit(numeral: str) -> Iterator[str]:
    """The numeral with one digit another, each digit in order.

    >>> len(list(other_digit("12.6"))), "13.6" in other_digit("12.6")
    (27, True)
    """
    for i, char in enumerate(numeral):
        if char in DIGITS:
            yield from (f"{numeral[:i]}{digit}{numeral[i + 1:]}" for digit in DIGITS if digit != char)


def one_slip(a: str, b: str) -> bool:
    """Whether two texts that hold numbers, such as numbers of documents, are one but for a digit, or two neighbours exchanged.

    >>> one_slip("财社〔2021〕5号", "财社〔2022〕5号"), one_slip("财社〔2021〕5号", "财教〔2021〕5号")
    (True, False)
    """
    return re.sub(r"\d", "", a) == re.sub(r"\d", "", b) and OSA.distance(a, b) == 1
