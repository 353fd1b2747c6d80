"""A table being made: rows in the marked form, with the places, claims and checks that its figures give."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from hedui.synth.facts import Facts, percent
from hedui.synth.prose.draft import Check, Stated
from hedui.synth.words import rows

__all__ = ["Looks", "Sheet", "draw_looks", "figure", "lines_of", "money", "points", "ratio", "row", "spread", "verified", "word"]

# ≥90% · 不低于 300人次 · 100%
VALUE = re.compile(r"(?P<op>≥|≤|=|＝|>|<|不低于|不少于|不超过|大于等于|小于等于)?(?P<body>\d.*)")


@dataclass(frozen=True, kw_only=True)
class Looks:
    """How all tables of one report write figures: `scale` is what one yuan counts (万元 or 元), `rates` the decimals of rates."""

    comma: bool
    two: bool
    yuan: bool
    unit_in_cell: bool
    rates: int
    dialect: str


@dataclass(kw_only=True)
class Sheet:
    """The table called `name` as far as it is made; `head` and `foot` are the lines before and after it."""

    name: str
    facts: Facts
    looks: Looks
    rng: random.Random
    head: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    stated: dict[str, Stated] = field(default_factory=dict)
    funds: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


def draw_looks(rng: random.Random, dialect: str) -> Looks:
    """How the tables of a report in this dialect look."""
    return Looks(comma=rng.random() < 0.25, two=rng.random() < 0.3, yuan=rng.random() < 0.12, unit_in_cell=rng.random() < 0.1,
                 rates=rng.choice((2, 2, 2, 1)), dialect=dialect)


def word(sheet: Sheet, what: str) -> str:
    """One of the words for a head."""
    return sheet.rng.choice(next(r[1] for r in rows("table_words") if r[0] == what).split("、"))


def place(sheet: Sheet, key: str, surface: str, kind: str, of: str, value: Decimal | None, spec: str = "") -> str:
    name = sheet.name + key
    sheet.stated[name] = Stated(name=name, value=value, surface=surface, kind=kind, of=of)
    return f"{{{spec + ' ' if spec else ''}#{name}|{surface}}}"


def money(sheet: Sheet, key: str, value: Decimal, measure: str, scope: str, level: str | None = None) -> str:
    """A cell of money, given in 万元, and the fund that it tells."""
    looks = sheet.looks
    shown = value * 10_000 if looks.yuan else value
    text = f"{shown:,f}" if looks.comma else f"{shown:f}"
    if looks.two and shown == shown.quantize(Decimal("0.01")):
        text = f"{shown:,.2f}" if looks.comma else f"{shown:.2f}"
    sheet.funds.append(f"{sheet.name}{key} | {measure} | {scope}" + (f" | {level}" if level else ""))
    if looks.unit_in_cell:
        return place(sheet, key, text + ("元" if looks.yuan else "万元"), "amount", measure, value * 10_000)
    return place(sheet, key, text, "amount", measure, value * 10_000, "A" if looks.yuan else "w")


def exact(part: Decimal, whole: Decimal, places: int) -> Decimal:
    return (part / whole).quantize(Decimal(1).scaleb(-places - 2), rounding=ROUND_HALF_UP)


def ratio(sheet: Sheet, key: str, part: tuple[str, Decimal], whole: tuple[str, Decimal], of: str = "rate") -> str:
    """A cell of `part / whole`, each a key of this table with its worth, and its check; a dash where there is no whole."""
    if not whole[1]:
        return sheet.rng.choice(("-", "", "—"))
    rate = exact(part[1], whole[1], sheet.looks.rates)
    sheet.checks.append(Check(kind="ratio", left=f"{sheet.name}{part[0]} / {sheet.name}{whole[0]}", stated=sheet.name + key,
                              note="表内执行率"))
    text = f"{rate * 100:.{sheet.looks.rates}f}%" if sheet.looks.two else percent(rate, sheet.looks.rates)
    return place(sheet, key, text, "rate", of, rate)


def points(sheet: Sheet, key: str, value: Decimal, of: str) -> str:
    """A cell of points: a named place that is no mention."""
    return place(sheet, key, f"{value:f}", "score", of, value, "X")


def figure(sheet: Sheet, key: str, text: str, of: str, value: Decimal | None, *, bare: str = "") -> str:
    """A target or result as the facts write it; `bare` is the unit that stands in the name and not beside the figure."""
    match = VALUE.fullmatch(text)
    if value is None or not match:
        return place(sheet, key, text, "state", of, None, "X") if text else ""
    body = match["body"].removesuffix(bare) if bare else match["body"]
    kind = "rate" if body.endswith("%") else "amount" if "元" in match["body"] else "quantity"
    worth = value / 100 if kind == "rate" else value * 10_000 if match["body"].startswith(f"{value:f}万元") else value
    return (match["op"] or "") + place(sheet, key, body, kind, of, worth, f"Q /{bare}" if bare else "")


def verified(sheet: Sheet, kind: str, left: str, stated: str, note: str, **more: str) -> None:
    """A check between places of this table, written by their keys."""
    full = re.sub(r"[A-Za-z]\w*", lambda m: sheet.name + m[0], left)
    sheet.checks.append(Check(kind=kind, left=full, stated=sheet.name + stated, note=note, **more))


def row(sheet: Sheet, cells: Sequence[str]) -> None:
    sheet.rows.append(" | ".join(cells))


def spread(*cells: tuple[str, int]) -> list[str]:
    """Cells over several columns each, merged to the left."""
    return [piece for text, width in cells for piece in (text, *["<"] * (width - 1))]


def lines_of(sheet: Sheet) -> list[str]:
    """The table with what stands before and after it."""
    return [*sheet.head, f"@table {sheet.name}", *sheet.rows, "@end", *sheet.foot]
