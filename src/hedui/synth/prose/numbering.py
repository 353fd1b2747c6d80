"""Headings in order in; their numbers in one of the styles of reports out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

__all__ = ["Numbers", "draw_numbers", "item_number", "numbered"]

CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STYLES = (
    ("{c}、", "（{c}）", "{n}.", "（{n}）"), ("{c}、", "（{c}）", "{n}.", "（{n}）"), ("{c}、", "（{c}）", "{n}、", "（{n}）"),
    ("{c}、", "（{c}）", "{n}．", "({n})"), ("{c}、", "({c})", "{n}. ", "({n})"), ("第{c}部分 ", "{c}、", "（{c}）", "{n}."),
    ("{n}. ", "{p}.{n} ", "（{n}）", "{o}"), ("{c}、 ", "（{c}） ", "{n}、", "{o}"),
)
ITEMS = ("{a}.", "{a}、", "（{n}）", "{o}", "{n}）", "{n}.", "({n})", "", "●", "{A}.")


@dataclass(kw_only=True)
class Numbers:
    """The counters of the headings, and the forms of their numbers and of the items in lists."""

    forms: tuple[str, ...]
    item: str
    at: list[int] = field(default_factory=lambda: [0, 0, 0, 0])


def draw_numbers(rng: random.Random) -> Numbers:
    """A style for one report; items are never numbered as the third depth is."""
    forms = rng.choice(STYLES)
    items = [i for i in ITEMS if i not in forms[2:]]
    return Numbers(forms=forms, item=rng.choice(items))


def written(form: str, number: int, parent: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return form.format(c=chinese(number), n=number, p=parent, a=letters[(number - 1) % 26], A=letters[(number - 1) % 26].upper(),
                       o=CIRCLED[min(number, 20) - 1])


def chinese(number: int) -> str:
    if number <= 10:
        return CHINESE[number - 1]
    return ("十" if number < 20 else CHINESE[number // 10 - 1] + "十") + (CHINESE[number % 10 - 1] if number % 10 else "")


def numbered(numbers: Numbers, depth: int, text: str) -> str:
    """`text` as the next heading of that depth, from 1."""
    numbers.at[depth - 1] += 1
    numbers.at[depth:] = [0] * (len(numbers.at) - depth)
    parent = numbers.at[depth - 2] if depth > 1 else 0
    return written(numbers.forms[depth - 1], numbers.at[depth - 1], parent) + text


def item_number(numbers: Numbers, number: int) -> str:
    """The sign before the item of a list."""
    return written(numbers.item, number, 0)
