"""A serial date of a spreadsheet and the tokens of a date format -> the date or time as shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hedui.readers.sheets.chinese_digits import counted, spelled
from hedui.readers.sheets.format_codes import Token

__all__ = ["shown_date"]

# day 0 of the 1900 system, behind and before the 29 February 1900 that it counts and that never was; of the 1904 system
EPOCH, EARLY_EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1899, 12, 31), datetime(1904, 1, 1)
LEAP_SLIP = 60
LAST_DAY = 2_958_466
DAY = 86_400
WEEKDAYS = "一二三四五六日"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A date and time, the same as seconds since day 0, its fraction of a second as digits, and how to write digits.
    `zero`: it is the day before 1 January 1900, which is shown as 1900/1/0."""

    at: datetime
    seconds: int
    fraction: str
    noon: bool
    numerals: int
    zero: bool


def moment_of(serial: Decimal, tokens: Sequence[Token], *, date1904: bool, numerals: int) -> Moment | None:
    """The moment that `serial` counts, rounded to the fraction of a second that is shown; None where there is none."""
    if not 0 <= serial < LAST_DAY or (not date1904 and int(serial) == LEAP_SLIP):
        return None
    places = max((len(token.text) - 1 for token in tokens if token.text.startswith(".")), default=0)
    exact = (serial * DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    seconds = int(exact)
    zero = serial < 1 and not date1904
    epoch = EPOCH_1904 if date1904 else EPOCH if serial > LEAP_SLIP else EARLY_EPOCH + timedelta(days=int(zero))
    return Moment(at=epoch + timedelta(seconds=seconds), seconds=seconds,
                  fraction=str(exact).partition(".")[2], numerals=numerals, zero=zero,
                  noon=any(token.kind == "date" and "/" in token.text for token in tokens))


def written(count: int, width: int, numerals: int) -> str:
    """A day, month, hour: padded to two digits where the format has two letters, or as Chinese count it."""
    if not numerals:
        return str(count).zfill(min(width, 2))
    said = counted(str(count), numerals)
    return said[1:] if said.startswith("一十") else said


def year(letters: str, moment: Moment) -> str:
    digits = str(moment.at.year)
    return spelled(digits[-2:] if letters.startswith("y") and len(letters) <= 2 else digits, moment.numerals)


def month(letters: str, moment: Moment) -> str:
    name = MONTHS[moment.at.month - 1]
    named = {3: name[:3], 4: name, 5: name[:1]}
    return named.get(len(letters)) or written(moment.at.month, len(letters), moment.numerals)


def day(letters: str, moment: Moment) -> str:
    if letters.startswith("a"):
        return ("星期" if len(letters) > 3 else "") + WEEKDAYS[moment.at.weekday()]
    name = DAYS[moment.at.weekday()]
    of_month = 0 if moment.zero else moment.at.day
    return {3: name[:3], 4: name}.get(len(letters)) or written(of_month, len(letters), moment.numerals)


def noon(letters: str, moment: Moment) -> str:
    first, _, second = letters.partition("/")
    return (first if moment.at.hour < 12 else second).upper()


def piece(letters: str, moment: Moment, *, minutes: bool) -> str:
    first = letters[0]
    if "/" in letters:
        return noon(letters, moment)
    if first in "yeb":
        return year(letters, moment)
    if first in "da":
        return day(letters, moment)
    if first == "m" and not minutes:
        return month(letters, moment)
    if first == ".":
        return f".{moment.fraction}"
    hour = (moment.at.hour - 1) % 12 + 1 if moment.noon else moment.at.hour
    return written({"h": hour, "m": moment.at.minute, "s": moment.at.second}[first], len(letters), moment.numerals)


def elapsed(letters: str, moment: Moment) -> str:
    return str(moment.seconds // {"h": 3600, "m": 60, "s": 1}[letters[0]]).zfill(len(letters))


def shown_date(serial: Decimal, tokens: Sequence[Token], *, date1904: bool = False, numerals: int = 0) -> str | None:
    """The date as shown, None where `serial` is no date. `m` behind hours or before seconds stands for minutes.

    >>> from hedui.readers.sheets.format_codes import sections_of
    >>> shown_date(Decimal("44896.5"), sections_of('yyyy"年"m"月"d"日" hh:mm')[0].tokens)
    '2022年12月1日 12:00'
    """
    moment = moment_of(serial, tokens, date1904=date1904, numerals=numerals)
    if moment is None:
        return None
    times = [token.text[0] if token.kind in {"date", "elapsed"} and "/" not in token.text else "" for token in tokens]
    said = []
    for at, token in enumerate(tokens):
        if token.kind == "elapsed":
            said.append(elapsed(token.text, moment))
        elif token.kind == "date":
            before = next((letter for letter in reversed(times[:at]) if letter), "")
            behind = next((letter for letter in times[at + 1:] if letter), "")
            said.append(piece(token.text, moment, minutes=before == "h" or behind == "s"))
        else:
            said.append(token.text)
    return "".join(said).strip()
