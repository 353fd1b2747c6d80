"""What rows must be in, a condition of SQL with its parameters out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from hedui.errors import UsageError
from hedui.research.query import FIGURE, Filter, Query, Term

__all__ = ["Condition", "condition_of", "conditions_of"]

# where a key of queries looks, the first that a table has
COLUMNS_OF_KEYS: Mapping[str, tuple[str, ...]] = {
    "unit": ("report_unit",), "year": ("report_year",), "kind": ("kind", "report_kind"), "programme": ("programme",),
    "title": ("report_title",), "type": ("type",), "value": ("actual_number", "value_number"), "target": ("target_number",),
    "completion": ("completion_number",), "score": ("score_number",), "weight": ("weight_number",),
}
PARTS_OF_TEXT = frozenset({"unit", "name", "programme", "file", "title", "section"})
PLACES = ("province", "prefecture", "region_name", "report_region", "report_unit", "report_title")
SEARCHED = ("text", "name", "scope", "stated", "note", "title", "number", "reason", "report_title", "programme")


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A condition of SQL; `values` stand for its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


def condition_of(table: str, columns: Collection[str], name: str, wanted: Any) -> Condition:
    """`column=value`: one value; a tuple of two as a range with both ends, None = open; a list or set as any of them; None as empty.
    `region` takes the beginning of the name of a place. UsageError for a column that the table has not."""
    if name == "region":
        return place([wanted] if isinstance(wanted, str) else list(wanted), columns)
    if name == "year":
        name = "report_year"
    if name == "conflict":
        if "conflicts" not in columns:
            raise missing(table, columns, name)
        return Condition(sql="conflicts > 0" if wanted in (True, "yes") else "conflicts = 0")
    if name not in columns:
        raise missing(table, columns, name)
    column = f'"{name}"'
    if wanted is None:
        return Condition(sql=f"{column} is null")
    if isinstance(wanted, tuple) and len(wanted) == 2:
        return ranged(column, *wanted)
    if isinstance(wanted, (list, set, frozenset, tuple)):
        if not wanted:
            return Condition(sql="false")
        values = tuple(sorted(wanted) if isinstance(wanted, (set, frozenset)) else wanted)
        return Condition(sql=f"{column} in ({', '.join('?' * len(values))})", values=values)
    return Condition(sql=f"{column} = ?", values=(wanted,))


def ranged(column: str, low: Any, high: Any) -> Condition:
    ends = [(f"{column} >= ?", low), (f"{column} <= ?", high)]
    held = [(sql, value) for sql, value in ends if value is not None]
    return Condition(sql=" and ".join(sql for sql, _ in held) or f"{column} is not null", values=tuple(value for _, value in held))


def place(names: list[str], columns: Collection[str]) -> Condition:
    """Of a place: its province begins so, or else what the report says of its place does."""
    tried = [f"starts_with({column}, ?)" for column in PLACES if column in columns]
    return Condition(sql=" or ".join(f"({' or '.join(tried)})" for _ in names), values=tuple(name for name in names for _ in tried))


def missing(table: str, columns: Collection[str], name: str) -> UsageError:
    near = get_close_matches(name, columns, n=1, cutoff=0.5)
    return UsageError(f"{table}: 没有 {name} 这一列{f'，是不是 {near[0]}' if near else ''}？有 {'、'.join(columns)} · no such column"
                      f"{f', did you mean {near[0]}' if near else ''}?")


def conditions_of(table: str, columns: Collection[str], query: Query) -> tuple[Condition, ...]:
    """What rows of a table must be to pass a query: its filters, and each of its terms in one of the columns of text."""
    found = [filtered(table, columns, one) for one in query.filters]
    return (*found, *(termed(columns, term) for term in query.terms))


def termed(columns: Collection[str], term: Term) -> Condition:
    held = [column for column in SEARCHED if column in columns]
    any_of = " or ".join(f'contains("{column}", ?)' for column in held) or "false"
    return Condition(sql=f"not coalesce({any_of}, false)" if term.excluded else f"({any_of})", values=(term.text,) * len(held))


def filtered(table: str, columns: Collection[str], one: Filter) -> Condition:
    found = plain(table, columns, one)
    return Condition(sql=f"not coalesce({found.sql}, false)", values=found.values) if one.excluded else found


def plain(table: str, columns: Collection[str], one: Filter) -> Condition:
    if one.key == "region":
        return place(list(one.values), columns)
    if one.key == FIGURE:
        return figure(table, columns, one)
    if one.key == "conflict":
        return condition_of(table, columns, "conflict", one.values[0] == "yes")
    named = [column for column in COLUMNS_OF_KEYS.get(one.key, (one.key,)) if column in columns]
    if one.key == "name" and "scope" in columns:
        named.append("scope")
    if not named:
        raise missing(table, columns, one.key)
    if one.numeric:
        return between(f'"{named[0]}"', one)
    if one.key in PARTS_OF_TEXT:
        tried = [f'contains("{column}", ?)' for column in named for _ in one.values]
        return Condition(sql=f"({' or '.join(tried)})", values=tuple(value for _ in named for value in one.values))
    return condition_of(table, columns, named[0], list(one.values))


def between(column: str, one: Filter) -> Condition:
    ends: list[tuple[str, Decimal | None]] = [(">" if one.low_open else ">=", one.low), ("<" if one.high_open else "<=", one.high)]
    held = [(sign, end) for sign, end in ends if end is not None]
    return Condition(sql="(" + " and ".join(f"{column} {sign} ?" for sign, _ in held) + ")", values=tuple(end for _, end in held))


def figure(table: str, columns: Collection[str], one: Filter) -> Condition:
    """The figure that an indicator of that name reports; of a report as a whole, where its table tells it."""
    if "actual_number" in columns:
        held = between("actual_number", one)
        return Condition(sql=f"(contains(name, ?) and {held.sql})", values=(one.name, *held.values))
    held = between("actual_number", one)
    return Condition(sql=f"(sha256, report) in (select sha256, report from claims where contains(name, ?) and {held.sql})",
                     values=(one.name, *held.values))
