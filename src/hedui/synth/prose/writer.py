"""Facts in, and a page being written: lines, places with figures, claims and checks are gathered here."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from hedui.synth.facts import Facts, rounded
from hedui.synth.prose.draft import Check, Draft, Stated, TableSlot

__all__ = ["Writer", "amount", "check", "draft_of", "fund", "percentage", "place", "say", "slot"]


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How this report writes figures: thousands with commas, a blank before units, amounts in 亿元 or 元 now and then."""

    commas: bool
    blank: bool
    billions: bool
    decimals: int | None


@dataclass(kw_only=True)
class Writer:
    """The page so far; `prefix` stands before every place's name."""

    facts: Facts
    rng: random.Random
    prefix: str
    habits: Habits
    elements: list[str | TableSlot] = field(default_factory=list)
    stated: dict[str, Stated] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(
        default_factory=lambda: {n: [] for n in ("indicators", "funds", "documents", "scores")}
    )
    checks: list[Check] = field(default_factory=list)
    orgs: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    table: bool = True
    indent: str = ""
    levels: tuple[str, str] | None = None
    used: Counter[str] = field(default_factory=Counter)
    us: str = ""
    breadth: float = 1.0


def habits(rng: random.Random) -> Habits:
    """Drawn once a report."""
    return Habits(commas=rng.random() < 0.1, blank=rng.random() < 0.06, billions=rng.random() < 0.2,
                  decimals=rng.choice((None, None, None, 2)))


def say(writer: Writer, line: str) -> None:
    """One line of the report."""
    writer.elements.append(line)


def slot(writer: Writer, name: str) -> None:
    """A table belongs here."""
    writer.elements.append(TableSlot(name=name))


def place(writer: Writer, name: str, surface: str, kind: str, of: str, value: Decimal | None = None, spec: str = "") -> str:
    """`surface` marked as the place `name`, with a number behind the name where it was told before; a figure told again is
    held against the first."""
    key, number = writer.prefix + name, 1
    while key in writer.stated:
        number += 1
        key = f"{writer.prefix}{name}_{number}"
    if number > 1 and value is not None:
        first = writer.stated[writer.prefix + name]
        if first.value == value:
            writer.checks.append(Check(kind="restated", left=first.name, stated=key, note="前后一致"))
    mark = f"{spec} #{key}".strip()
    writer.stated[key] = Stated(name=key, value=value, surface=surface, kind=kind, of=of)
    return f"{{{mark}|{surface}}}"


def last(writer: Writer, name: str) -> str:
    """The newest place called `name`."""
    key, number = writer.prefix + name, 1
    while f"{writer.prefix}{name}_{number + 1}" in writer.stated:
        number += 1
    return key if number == 1 else f"{writer.prefix}{name}_{number}"


def money_text(writer: Writer, value: Decimal) -> str:
    """An amount of 万元 as this report writes it."""
    ways, rng = writer.habits, writer.rng
    blank = " " if ways.blank else ""
    if value and value >= 10000 and ways.billions and value == rounded(value, 0) and value % 100 == 0:
        return f"{value / 10000:f}{blank}亿元"
    if 0 < value < 3 and rng.random() < 0.4:
        return f"{(value * 10000).quantize(Decimal(1)):f}{blank}元"
    text = f"{value:,f}" if ways.commas else f"{value:f}"
    if ways.decimals == 2 and "." not in text:
        text += ".00"
    return f"{text}{blank}万元"


def amount(writer: Writer, name: str, value: Decimal, of: str) -> str:
    """An amount of 万元, marked."""
    return place(writer, name, money_text(writer, value), "amount", of, value * 10000)


def fund(writer: Writer, name: str, value: Decimal, measure: str, scope: str, *, level: str | None = None,
         documents: str = "", year: int | None = None) -> str:
    """An amount of planned, given or spent money, marked and claimed."""
    text = amount(writer, name, value, measure)
    line = f"{last(writer, name)} | {measure} | {scope} | {level or ''} | {documents} | {year or ''}"
    writer.blocks["funds"].append(line.rstrip(" |") if not documents and not year and not level else line)
    return text


def percentage(writer: Writer, name: str, rate: Decimal, of: str) -> str:
    """A rate, marked."""
    value = rounded(rate * 100, 2)
    text = f"{value:f}%" if value == value.to_integral() or writer.rng.random() < 0.4 else f"{value:.2f}%"
    text = text.replace("%", writer.rng.choice(("%",) * 12 + ("％", " %")))
    return place(writer, name, text, "rate", of, value / 100)


def check(writer: Writer, kind: str, left: str, stated: str, note: str) -> None:
    """A relation between places by their plain names, where all of them were told."""
    names = [*re.findall(r"[A-Za-z]\w*", left), stated]
    if len(names) > 1 and all(writer.prefix + n in writer.stated for n in names):
        full = re.sub(r"[A-Za-z]\w*", lambda m: writer.prefix + m[0], left)
        writer.checks.append(Check(kind=kind, left=full, stated=writer.prefix + stated, note=note))


def draft_of(writer: Writer) -> Draft:
    """What was written."""
    blocks = {name: tuple(dict.fromkeys(lines)) for name, lines in writer.blocks.items()}
    return Draft(elements=tuple(writer.elements), orgs=tuple(sorted(writer.orgs)), regions=tuple(sorted(writer.regions)),
                 stated=dict(writer.stated), checks=tuple(writer.checks), **blocks)
