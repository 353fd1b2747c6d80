"""The words that people search with in, a `Query` of terms and filters out.

`执行率<50% region:新疆 year:2020..2022 conflict:yes type:fund name:参保率 "带引号的短语" -排除`: words that stand alone are searched for, quoted ones
as they stand, `-` leaves out, `key:value` and `key<number` filter. Keys and their values in Chinese or English (`query_keys.tsv`), full-width
signs as half-width ones. A comparison with any other name (`参保率≥95%`) is one with the figure that an indicator of that name reports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from hedui.errors import UsageError
from hedui.values.numerals import multiplier
from hedui.view import fold

__all__ = ["Filter", "Query", "Term", "keys_of_queries", "parse_query"]

FIGURE = "figure"
SIGNS = {"<": "<", "<=": "<=", "≤": "<=", "≦": "<=", "=<": "<=", ">": ">", ">=": ">=", "≥": ">=", "≧": ">=", "=>": ">=", "=": "=", "==": "="}
QUOTED = r'"[^"]*"|“[^”]*”|「[^」]*」'
ONE = rf'(?:{QUOTED}|[^\s"“「,，、])+'
# -region:新疆,云南 · 执行率<50% · year:2020..2022 · name:"参保 率"
TOKEN = re.compile(rf"""(?P<minus>-)?(?:(?P<key>[^\s:<>=≤≥≦≧"“「]+)\s*(?P<sign>:|<=|>=|=<|=>|==|[<>=≤≥≦≧])\s*
                        (?P<value>{ONE}(?:[,，、]{ONE})*)|(?P<phrase>{QUOTED})|(?P<word>[^\s"“「]+))""", re.VERBOSE)
# 1,200万元 · 1.2万亿 · 3千万 · 50%
NUMBER = re.compile(r"(?P<digits>[-+]?\d[\d,]*(?:\.\d+)?)\s*(?:(?P<rate>[%‰])|(?P<scale>[十百千]?(?:万亿?|亿)|[百千])?(?:元|人|个|分|户|次|件|项)?)")
RANGE = re.compile(r"(?P<low>.*?)(?:\.\.+|…|~|至)(?P<high>.*)")
YEARS = re.compile(r"(?P<low>\d{4})-(?P<high>\d{4})")
RATES = {"%": Decimal("0.01"), "‰": Decimal("0.001")}
YES = {"yes": "yes", "是": "yes", "有": "yes", "true": "yes", "1": "yes", "no": "no", "否": "no", "无": "no", "false": "no", "0": "no"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word (to be cut into tokens) or, where `phrase`, what must stand so in the text; `excluded` where it must not."""

    text: str
    phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What a key must be: one of `values` (text), or a number from `low` to `high` (None = open; `low_open`, `high_open` where the end itself
    does not count). `key` is one of `keys_of_queries`, or `figure`: then `name` is part of the name of an indicator. Rates are shares of
    one: 50 % is 0.5; amounts are yuan."""

    key: str
    name: str = ""
    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    excluded: bool = False

    @property
    def numeric(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What is asked: `terms` that the text must (not) hold, `filters` that what is found must pass; all of them together."""

    text: str
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryKey:
    """A key of queries: `kind` is text, number or yes (yes or no); `names` all it is called by; `zh`, `en` what it means."""

    key: str
    kind: str
    names: tuple[str, ...]
    values: Mapping[str, str]
    zh: str
    en: str


@cache
def keys_of_queries() -> Mapping[str, QueryKey]:
    """The keys of `query_keys.tsv` by their English names."""
    found = {}
    for line in files("hedui.research").joinpath("query_keys.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, kind, others, values, zh, en = line.split("\t")
            pairs = (pair.split("=") for pair in values.split(" ") if pair)
            found[key] = QueryKey(key=key, kind=kind, names=(key, *others.split()), values=dict(pairs), zh=zh, en=en)
    return found


@cache
def by_name() -> Mapping[str, QueryKey]:
    return {name.lower(): key for key in keys_of_queries().values() for name in key.names}


def parse_query(text: str) -> Query:
    """The query that `text` says. UsageError, with the known keys and the nearest, where a key is unknown or a value does not fit it.

    >>> parse_query("执行率<50% 地区:新疆 -医保").filters[1].values
    ('新疆',)
    """
    terms, filters = list[Term](), list[Filter]()
    for found in TOKEN.finditer(folded(text)):
        minus = bool(found["minus"])
        if found["phrase"]:
            terms.append(Term(text=found["phrase"][1:-1], phrase=True, excluded=minus))
        elif found["word"]:
            terms.append(Term(text=found["word"], excluded=minus))
        else:
            filters.append(filter_of(found["key"], found["sign"], found["value"], minus))
    return Query(text=text, terms=tuple(term for term in terms if term.text.strip()), filters=tuple(filters))


def folded(text: str) -> str:
    """Full-width signs and digits as half-width ones, outside quotes alone: a phrase is searched for as it was typed."""
    return "".join(piece if piece[:1] in '"“「' else fold(piece) for piece in re.split(f"({QUOTED})", text.replace("＂", '"')))


def filter_of(name: str, sign: str, value: str, excluded: bool) -> Filter:
    key = by_name().get(name.lower())
    if sign == ":":
        if key is None:
            raise unknown(name)
        return replace(given(key, value), excluded=excluded)
    if key is None or key.kind == "text":
        if key is not None and SIGNS[sign] == "=":
            return replace(given(key, value), excluded=excluded)
        return compared(FIGURE, name, SIGNS[sign], value, excluded)
    return compared(key.key, "", SIGNS[sign], value, excluded)


def given(key: QueryKey, value: str) -> Filter:
    """`key:value`."""
    if key.kind == "number":
        told = RANGE.fullmatch(value) or YEARS.fullmatch(value)
        if told:
            low, high = (number(key.key, end) if end else None for end in (told["low"], told["high"]))
            if low is None and high is None:
                raise misfit(key.key, value)
            return Filter(key=key.key, low=low, high=high)
        sign = re.match(r"<=|>=|[<>=≤≥]", value)
        if sign:
            return compared(key.key, "", SIGNS[sign[0]], value[sign.end():], False)
        exact = number(key.key, value)
        return Filter(key=key.key, low=exact, high=exact)
    values = tuple(part.strip('"“”「」') for part in re.findall(rf"(?:{QUOTED}|[^,，、])+", value))
    if key.kind == "yes":
        if values[0].lower() not in YES:
            raise UsageError(f"{key.key}:{value}: 请写 {key.key}:yes 或 {key.key}:no（是、否）· write {key.key}:yes or {key.key}:no")
        return Filter(key=key.key, values=(YES[values[0].lower()],))
    return Filter(key=key.key, values=tuple(key.values.get(one, one) for one in values))


def compared(key: str, name: str, sign: str, value: str, excluded: bool) -> Filter:
    exact = number(name or key, value)
    return Filter(key=key, name=name, low=exact if sign in ("=", ">", ">=") else None, high=exact if sign in ("=", "<", "<=") else None,
                  low_open=sign == ">", high_open=sign == "<", excluded=excluded)


def number(key: str, said: str) -> Decimal:
    """A number with its unit: `50%` is 0.5, `1,200万元` 12000000."""
    found = NUMBER.fullmatch(fold(said).strip())
    if found is None:
        raise misfit(key, said)
    return Decimal(found["digits"].replace(",", "")) * (RATES[found["rate"]] if found["rate"] else multiplier(found["scale"] or ""))


def misfit(key: str, said: str) -> UsageError:
    return UsageError(f"{key}: “{said}” 不是数，例 {key}:2020..2022、{key}<50%、{key}>1000万 · not a number")


def unknown(name: str) -> UsageError:
    near = get_close_matches(name.lower(), by_name(), n=1, cutoff=0.5)
    nearest = f"，是不是 {near[0]}" if near else ""
    known = "、".join(f"{key.key}（{key.names[1]}）" if len(key.names) > 1 else key.key for key in keys_of_queries().values())
    return UsageError(f"{name}: 没有这个筛选项{nearest}？可用的有 {known}；要查这几个字本身，请加引号 · unknown filter"
                      f"{f', did you mean {near[0]}' if near else ''}? quote it to search for the words")
