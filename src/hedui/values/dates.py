"""Dates in, ISO forms out, as much as is said: 2020-03-24, 2021-06, 2020, --10-30, --04, 2022-Q4."""

from __future__ import annotations

import re

from hedui.values.numerals import chinese_integer

__all__ = ["iso_date"]

HAN = "[一二三四五六七八九十〇○零]"
# 2021年6月底 · 2020年度 · 10月30日 · 2019 · 2022年四季度 · 5日
WRITTEN = re.compile(
    rf"(?:(?P<year>(?:19|20)\d{{2}}|{HAN}{{4}})(?:学年度|学年|年度|年)?(?:年底|年末|年初|年终|底|末|初|终|上半年|下半年)?"
    r"(?:第?(?P<season>[一二三四1-4])季度)?)?"
    rf"(?:(?P<month>\d{{1,2}}|{HAN}{{1,2}})(?P<moon>月)?(?:底|末|初|中下旬|上中旬|上旬|中旬|下旬|份)?)?"
    rf"(?:(?P<day>\d{{1,2}}|{HAN}{{1,3}})[日号]?)?")
# 四季度 · 第三季度末
SEASON = re.compile(r"第?(?P<season>[一二三四])季度(?:末|底|初)?")
# 2020-03-24 · 2020.3.24
DOTTED = re.compile(r"(?P<year>\d{4})(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")


def number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else chinese_integer(text)


def iso_date(text: str) -> str | None:
    """The ISO form of a written date, the missing year or month as dashes; None if `text` is no date.

    >>> [iso_date(t) for t in ("2020年3月24日", "2021年6月底", "2020年度", "10月30日", "4月", "2022年四季度", "二〇二一年")]
    ['2020-03-24', '2021-06', '2020', '--10-30', '--04', '2022-Q4', '2021']
    """
    lone = SEASON.fullmatch(text)
    if lone:
        return f"--Q{chinese_integer(lone['season'])}"
    match = DOTTED.fullmatch(text) or WRITTEN.fullmatch(text)
    if match is None or not text:
        return None
    year, month, day = number(match["year"]), number(match["month"]), number(match["day"])
    season = match.groupdict().get("season")
    if season:
        return f"{year}-Q{season if season.isdigit() else chinese_integer(season)}"
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if year is None:
        if month is None:
            return None
        return f"--{month:02d}" + (f"-{day:02d}" if day else "")
    return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
