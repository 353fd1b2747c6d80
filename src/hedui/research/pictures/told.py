"""Figures in, the words that people read out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from hedui.research.pictures.ranges import Range
from hedui.research.pictures.types import ReportFacts, Words

__all__ = ["NONE", "UNKNOWN", "cut", "exact", "interval", "joined", "money", "named", "percent", "points", "reports", "say"]

UNKNOWN = Words("未写明", "not told")
NONE = "—"
# a Chinese character counts one, others this much of it
NARROW = 0.56
UNITS = ((Decimal(10) ** 8, "亿元", Decimal(10) ** 9, "CNY {} bn"), (Decimal(10) ** 4, "万元", Decimal(10) ** 6, "CNY {} m"))


@cache
def phrases() -> Mapping[str, Words]:
    """What stands in words.tsv, by its keys."""
    lines = files("hedui.research.pictures").joinpath("words.tsv").read_text(encoding="utf-8").splitlines()
    return {key: Words(zh, en) for key, zh, en in (line.split("\t") for line in lines if line and not line.startswith("#"))}


def say(key: str, **held: Any) -> Words:
    """A phrase of words.tsv with figures put in; what they hold stays as it is.

    >>> say("scores.none", of=1200).zh
    '所选的 1,200 份报告里没有一份写明自评得分。'
    """
    zh, en = phrases()[key]
    return Words(zh.format(**held), en.format(**held))


def percent(share: float | Decimal, digits: int = 1) -> str:
    """
    >>> percent(0.9384), percent(Decimal(1)), percent(0.5, 0)
    ('93.8%', '100%', '50%')
    """
    told = f"{Decimal(share) * 100:.{digits}f}"
    return f"{told.rstrip('0').rstrip('.') if '.' in told else told}%"


def points(score: float | Decimal) -> str:
    """
    >>> points(Decimal("97.24")), points(100.0)
    ('97.24', '100')
    """
    told = f"{score:.2f}"
    return told.rstrip("0").rstrip(".")


def rounded(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_EVEN):,}" if abs(value) < 1000 else f"{value.quantize(Decimal(1), ROUND_HALF_EVEN):,}"


def money(yuan: Decimal) -> Words:
    """An amount short, for looking.

    >>> money(Decimal(1235000000)), money(Decimal(-450000)).zh
    (Words(zh='12.35亿元', en='CNY 1.24 bn'), '-45.00万元')
    """
    if not yuan:
        return Words("0元", "CNY 0")
    for zh_unit, zh, en_unit, en in UNITS:
        if abs(yuan) >= zh_unit:
            return Words(f"{rounded(yuan / zh_unit)}{zh}", en.format(rounded(yuan / en_unit)))
    return Words(f"{yuan:f}元", f"CNY {yuan:f}")


def exact(yuan: Decimal) -> str:
    """An amount with all its digits.

    >>> exact(Decimal("1200.50")), exact(Decimal("1E+4"))
    ('1200.50', '10000')
    """
    return f"{yuan:f}"


def interval(found: Range, *, as_percent: bool = False) -> str:
    """
    >>> interval(Range(value=0.5, low=0.25, high=0.75, n=12), as_percent=True), interval(Range(value=1.0, low=None, high=None, n=1))
    ('25%–75%', '—')
    """
    if found.low is None or found.high is None:
        return NONE
    return "–".join(percent(one) if as_percent else points(one) for one in (found.low, found.high))


def reports(n: int) -> Words:
    return Words(f"{n:,} 份报告", f"{n:,} report{'s' if n != 1 else ''}")


def named(one: ReportFacts) -> str:
    """What a report goes by."""
    return one.title or one.unit or one.file


def joined(words: Words) -> str:
    """Both languages where only one string has room.

    >>> joined(Words("不符", "conflicts")), joined(Words("2021", "2021"))
    ('不符 · conflicts', '2021')
    """
    return words.zh if words.zh == words.en else f"{words.zh} · {words.en}"


def cut(text: str, width: float) -> str:
    """`text` in the room of so many Chinese characters.

    >>> cut("新疆维吾尔自治区", 5), cut("北京市", 5)
    ('新疆维吾…', '北京市')
    """
    room = width
    for i, char in enumerate(text):
        room -= 1 if ord(char) > 0x2E7F else NARROW
        if room < 0:
            return f"{text[:max(i - 1, 1)]}…"
    return text
