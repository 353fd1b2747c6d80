"""Text in, what tells on a person found in it, and hidden if so asked: phones, identity numbers, accounts, addresses of mail, names behind labels.

What is hidden becomes as many `■`, so that every offset stays right. Figures are left alone: a number that a unit follows is none of these.
A name is found behind a label such as 填报人 alone: the rest of a text may still name people.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from hedui.lexicons import rows

__all__ = ["HIDDEN", "Found", "Kind", "hidden", "personal_in"]

Kind = Literal["identity", "phone", "account", "email", "name"]
HIDDEN = "■"
HALF = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
# nothing of it can be there without one of these
SIGNS = re.compile(r"[0-9０-９]{7}|[0-9０-９]{3}[- ][0-9０-９]{4}|[@＠]|姓\s?名|[人者员长导管]|领导")
TO, GAP = r"[\s:|｜,]{0,4}", r"[\s:|｜]{1,6}"
END = r"$|[\s,。;；、|｜()]|联系|电话|手机|职务|日期|填报|审核|签字"
UNIT = r"|\s?(?:[万亿千百十]?[元人个户次件名份条册台套米吨亩头只株]|公里|平方|立方)"
OWN_PLACE = "hedui.research.publishing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What tells on a person, by its place in the text."""

    kind: Kind
    start: int
    end: int


@cache
def name_pattern() -> str:
    """A person's name: a surname and one or two characters, with a space between where forms put one, or parts joined by a dot."""
    held = {use: listed for use, listed in rows("surnames", OWN_PLACE)}
    one, two, no_name = held["single"], "|".join(held["double"].split()), "|".join(held["none"].split())
    given, joined = r"[\u4e00-\u9fa5]{1,2}", r"[\u4e00-\u9fa5]{1,8}(?:[·•][\u4e00-\u9fa5]{1,8})+"
    return rf"(?!{no_name})(?:(?:{two})\s?{given}|[{one}]\s{{0,3}}{given}|{joined})"


@cache
def patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    told = {"{name}": name_pattern(), "{end}": END, "{to}": TO, "{gap}": GAP, "{unit}": UNIT}
    return tuple((cast(Kind, kind), re.compile(re.sub(r"\{(?:name|end|to|gap|unit)\}", lambda match: told[match[0]], pattern)))
                 for kind, pattern, _ in rows("personal", OWN_PLACE))


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a card (ISO/IEC 7812-1, Luhn).

    >>> luhn("6222020200112230009"), luhn("6222020200112230004")
    (False, True)
    """
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def personal_in(text: str) -> list[Found]:
    """What tells on a person in `text`, in its order, nothing twice; what was found first by the rows of `personal.tsv` stands.

    >>> [(one.kind, one.start, one.end) for one in personal_in("填报人：王小明 联系电话：010-65551234")]
    [('name', 4, 7), ('phone', 13, 25)]
    """
    if not SIGNS.search(text):
        return []
    half = text.translate(HALF)
    taken: list[Found] = []
    for kind, pattern in patterns():
        for match in pattern.finditer(half):
            start, end = match.span("said")
            if "card" in match.groupdict() and not luhn(match["card"]):
                continue
            if not any(one.start < end and start < one.end for one in taken):
                taken.append(Found(kind=kind, start=start, end=end))
    return sorted(taken, key=lambda one: one.start)


def hidden(text: str) -> tuple[str, Counter[Kind]]:
    """`text` of the same length with all of that as `■`, and how often each kind was there.

    >>> hidden("填报人：王小明")
    ('填报人：■■■', Counter({'name': 1}))
    """
    shown, counts = text, Counter[Kind]()
    while found := personal_in(shown):  # what stood right behind something hidden is seen the second time
        for one in found:
            shown = shown[:one.start] + HIDDEN * (one.end - one.start) + shown[one.end:]
        counts.update(one.kind for one in found)
    return shown, counts
