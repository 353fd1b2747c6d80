"""The filters of a query in, conditions of SQL on passages out, over the tables of the search index.

All filters on claims hold of one claim, all on checks of one check, of the passage; those on reports of its report. The names of parameters
are `v0`, `v1`, …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hedui.errors import UsageError
from hedui.research.query import Filter
from hedui.research.search.figures import LABELS
from hedui.research.search.schema import NUMBERS, PLACES, parts

__all__ = ["Conditions", "conditions_of"]

OF_REPORT = ("region", "unit", "year", "programme", "title", "file")
OF_CLAIM = ("type", "name", "origin", "status", "measure", "level1", "level2", "figure", *NUMBERS)
OF_CHECK = ("conflict", "verdict", "tier")


@dataclass(kw_only=True)
class Conditions:
    """Conditions on `p.number`, the number of a passage, and their parameters. `of_claims` is what a claim must be (on `c`), where one must; `like`
    the operator that takes A-Z for a-z and all other signs as they are."""

    sql: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    of_claims: str = ""
    like: str = "like"

    def value(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    @property
    def where(self) -> str:
        return " and ".join(self.sql) or "1 = 1"


def conditions_of(filters: Iterable[Filter], *, driven: bool, like: str = "like") -> Conditions:
    """The conditions of `filters`. `driven` says that few passages will be looked at one by one (words were asked for too): then each is tried,
    else those that pass are gathered. UsageError for a key that means nothing of passages."""
    made = Conditions(like=like)
    held = [one for one in filters if not one.excluded]
    of_checks = [one for one in held if one.key in OF_CHECK and not says_no(one)]
    of_claims = [one for one in held if one.key in OF_CLAIM and (one.key != "confidence" or not of_checks or any(
        other.key in OF_CLAIM and other.key != "confidence" for other in held))]
    sure = [one for one in held if one.key == "confidence"] if of_checks else []
    if of_claims:
        made.of_claims = " and ".join(of_claim(made, one) for one in of_claims)
        made.sql.append(any_in("claims c", "c.passage", made.of_claims, driven))
    if of_checks:
        made.sql.append(any_in("checks k", "k.passage", " and ".join(of_check(made, one) for one in (*of_checks, *sure)), driven))
    reports = [of_report(made, one) for one in held if one.key in OF_REPORT]
    if reports:
        made.sql.append(within(" and ".join(reports)))
    made.sql += [alone(made, one, driven) for one in held if one.key not in (*OF_CLAIM, *OF_REPORT) and one not in of_checks]
    made.sql += [f"not ({alone(made, one, driven)})" for one in filters if one.excluded]
    return made


def says_no(one: Filter) -> bool:
    return one.key == "conflict" and one.values == ("no",)


def alone(made: Conditions, one: Filter, driven: bool) -> str:
    """The condition of one filter by itself."""
    if one.key in OF_REPORT:
        return within(of_report(made, one))
    if one.key in OF_CLAIM:
        return any_in("claims c", "c.passage", of_claim(made, one), driven)
    if says_no(one):
        return f"not {any_in('checks k', 'k.passage', CONFLICT, driven)}"
    if one.key in OF_CHECK:
        return any_in("checks k", "k.passage", of_check(made, one), driven)
    found = OTHERS.get(one.key)
    if found is None:
        raise UsageError(f"{one.key}: 检索不能按它筛选，请用 Table.query · search cannot filter by it, Table.query can")
    return found(made, one)


def any_in(table: str, column: str, condition: str, driven: bool) -> str:
    if driven:
        return f"exists (select 1 from {table} where {column} = p.number and {condition})"
    return f"p.number in (select {column} from {table} where {condition})"


def within(condition: str) -> str:
    """Of a report: first by its content, which is told fast, then by its passages."""
    return (f"p.number / {PLACES} in (select r.content from reports r where {condition}) and exists (select 1 from reports r "
            f"where r.content = p.number / {PLACES} and p.number between r.first and r.last and {condition})")


def of_report(made: Conditions, one: Filter) -> str:
    if one.key == "year":
        return between(made, "r.year", one, lambda figure: int(figure) if figure == int(figure) else float(figure))
    if one.key == "region":
        return any_of(f"substr(coalesce(r.{column}, ''), 1, length({name})) = {name}" for name in map(made.value, one.values)
                      for column in ("province", "region", "unit", "title"))
    column = f"r.{one.key}"
    return any_of(contains(made, column, value) for value in one.values)


def of_claim(made: Conditions, one: Filter) -> str:
    if one.key == "figure":
        return f"{named(made, [one.name])} and {between(made, 'c.value', one, lambda figure: parts('value', figure))}"
    if one.key == "name":
        return named(made, one.values)
    if one.key in NUMBERS:
        return between(made, f"c.{one.key}", one, lambda figure: parts(one.key, figure))
    return among(made, f"c.{one.key}", one.values)


def named(made: Conditions, names: Sequence[str]) -> str:
    told = any_of(contains(made, "s.text", name) for name in names)
    return f"c.name in (select s.number from said s where {told})"


CONFLICT = "k.verdict = 'conflict'"


def of_check(made: Conditions, one: Filter) -> str:
    if one.key == "conflict":
        return CONFLICT
    if one.key == "confidence":
        return between(made, "k.confidence", one, lambda figure: parts("confidence", figure))
    return among(made, f"k.{one.key}", one.values)


def of_section(made: Conditions, one: Filter) -> str:
    told = any_of(contains(made, "s.text", value) for value in one.values)
    return f"p.number in (select q.number from passages q where q.section in (select s.number from said s where {told}))"


def of_kind(made: Conditions, one: Filter) -> str:
    """The kind of a passage, of a check in it or of its report."""
    kinds = among(made, "{}.kind", one.values)
    return any_of((f"p.number in (select q.number from passages q where {kinds.format('q')})",
                   f"p.number in (select k.passage from checks k where {kinds.format('k')})", within(kinds.format("r"))))


def of_start(made: Conditions, one: Filter) -> str:
    return f"p.number in (select q.number from passages q where {between(made, 'q.start', one, int)})"


def of_label(made: Conditions, one: Filter) -> str:
    unknown = [value for value in one.values if value not in LABELS]
    if unknown:
        raise UsageError(f"label:{unknown[0]}: 检索只认 {'、'.join(LABELS)} · search knows these labels alone")
    told = any_of(contains(made, "q.figures", f"{LABELS[value]}=") for value in one.values)
    return f"p.number in (select q.number from passages q where {told})"


OTHERS: dict[str, Callable[[Conditions, Filter], str]] = {"section": of_section, "kind": of_kind, "start": of_start, "label": of_label}


def contains(made: Conditions, column: str, text: str) -> str:
    told = re.sub(r"[!%_]", lambda found: f"!{found[0]}", text)
    return f"{column} {made.like} {made.value(f'%{told}%')} escape '!'"


def among(made: Conditions, column: str, values: Sequence[str]) -> str:
    return f"{column} in ({', '.join(map(made.value, values))})"


def any_of(conditions: Iterable[str]) -> str:
    return f"({' or '.join(conditions)})"


def between(made: Conditions, column: str, one: Filter, scaled: Callable[[Decimal], Any]) -> str:
    ends = [(">" if one.low_open else ">=", one.low), ("<" if one.high_open else "<=", one.high)]
    return "(" + " and ".join(f"{column} {sign} {made.value(scaled(end))}" for sign, end in ends if end is not None) + ")"
