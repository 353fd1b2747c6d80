"""One document number in several reports: one title, one issuer, one amount a place; and one title under one year's number.

A number that a ministry or the State gives is one everywhere. A local sign (青财…) may belong to several places, so local numbers
are held together within a province only, and not where both title and issuer are others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from hedui.across.facts import Head, PaperRow
from hedui.across.names import number_parts, place_head, plain_title, titles_differ
from hedui.across.names_patterns import CENTRAL
from hedui.across.shelf import Shelf
from hedui.across.told import check, money, quote
from hedui.across.types import CrossCheck, FileQuote
from hedui.findings import Tier

__all__ = ["cited"]

LEAST_TITLE, MOST_PARTS = 8, 6
Told = tuple[int, PaperRow]


def cited(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Each number that two reports cite, then each title whose number differs in its year alone."""
    chosen = frozenset(reports)
    by_title: dict[tuple[str, str, str], dict[str, Told]] = defaultdict(dict)
    for number, every in shelf.citations():
        told = [one for one in every if one[0] in chosen]
        parts = number_parts(number)
        if parts:
            for one in told:
                if len(plain_title(one[1].title)) >= LEAST_TITLE:
                    by_title[parts[0], parts[2], plain_title(one[1].title)].setdefault(parts[1], one)
        if len({shelf.heads[n].file for n, _ in told}) > 1:
            for group in grouped(shelf, number, told):
                yield from of_number(shelf, number, group)
    for (code, serial, _), by_year in by_title.items():
        yield from years(shelf, code, serial, by_year)


def grouped(shelf: Shelf, number: str, told: Sequence[Told]) -> list[list[Told]]:
    """Tellings of a number that are of one document: all of them, or those of one province."""
    if number.startswith(CENTRAL):
        return [list(told)]
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        found[shelf.heads[one[0]].province or shelf.heads[one[0]].owner].append(one)
    return [group for group in found.values() if len({shelf.heads[n].file for n, _ in group}) > 1]


def of_number(shelf: Shelf, number: str, told: Sequence[Told]) -> Iterator[CrossCheck]:
    """The title most reports give against each other one; likewise issuers; amounts between reports of one place."""
    titled = [one for one in told if len(plain_title(one[1].title)) >= LEAST_TITLE]
    central = number.startswith(CENTRAL)
    usual = most_told([plain_title(row.title) for _, row in titled])
    first = next((one for one in titled if plain_title(one[1].title) == usual), None)
    tiers: dict[str, Tier | None] = {}
    differing: set[str] = set()
    for one in titled:
        other = plain_title(one[1].title)
        if first is None or shelf.heads[one[0]].file == shelf.heads[first[0]].file or other in differing:
            continue
        if other not in tiers:
            tiers[other] = titles_differ(first[1].title, one[1].title)
        tier = tiers[other]
        if tier and (central or not strangers(first[1], one[1])):
            differing.add(other)
            yield check("cited", "conflict", [quoted(shelf, first, first[1].title), quoted(shelf, one, one[1].title)],
                        f"{number} 有两个标题：《{first[1].title}》 ≠ 《{one[1].title}》", tier=tier,
                        confidences=(first[1].confidence, one[1].confidence))
    yield from issuers(shelf, number, told)
    yield from amounts(shelf, number, told)


def most_told(values: Sequence[str]) -> str | None:
    """The value told most often, of those the longest, of those the last by letters."""
    told = Counter(values)
    return max(told, key=lambda value: (told[value], len(value), value), default=None)


def places(row: PaperRow) -> set[str]:
    """The places whose bodies issued a document, where the report names them in full."""
    return {place for issuer in row.issuers.split() if (place := place_head(issuer))}


def strangers(one: PaperRow, two: PaperRow) -> bool:
    """Whether bodies of other places issued what bears one local number: two documents, not one told twice."""
    a, b = places(one), places(two)
    return bool(a and b and not a & b)


def issuers(shelf: Shelf, number: str, told: Sequence[Told]) -> Iterator[CrossCheck]:
    """One title, and two bodies that are said to have issued it."""
    by: dict[str, Told] = {}
    for one in told:
        if one[1].issuers:
            by.setdefault(one[1].issuers, one)
    for a, b in combinations(sorted(by), 2):
        one, two = by[a], by[b]
        apart = not any(same_body(x, y) for x in a.split() for y in b.split())
        alike = not one[1].title or not two[1].title or titles_differ(bare(one[1]), bare(two[1])) is None
        if apart and alike and shelf.heads[one[0]].file != shelf.heads[two[0]].file:
            yield check("cited", "conflict", [quoted(shelf, one, a), quoted(shelf, two, b)],
                        f"{number} 有两个发文机关：{a} ≠ {b}", tier="value", confidences=(one[1].confidence, two[1].confidence))
            return


def bare(row: PaperRow) -> str:
    """A title without the bodies that lead it."""
    return row.title[max(0, row.title.find("关于")):]


def same_body(one: str, two: str) -> bool:
    """Whether two names may be one body: 省财政厅 and 贵州省财政厅."""
    short, long = sorted((one, two), key=len)
    return long.endswith(short) or (long.endswith(short[1:]) and len(short) > 3 and not place_head(short))


def amounts(shelf: Shelf, number: str, told: Sequence[Told]) -> Iterator[CrossCheck]:
    """What a document is said to hand out, between reports of one place; an amount and its parts are one."""
    by_place: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        head = shelf.heads[one[0]]
        if one[1].amounts and head.place:
            by_place[head.place, head.topic].append(one)
    for group in by_place.values():
        by_report: dict[int, list[PaperRow]] = defaultdict(list)
        for n, row in group:
            by_report[n].append(row)
        for a, b in zip(sorted(by_report), sorted(by_report)[1:], strict=False):
            if not same_place(shelf.heads[a], shelf.heads[b]):
                continue
            first, second = money_of(by_report[a]), money_of(by_report[b])
            if first and second and not reckoned(first) & reckoned(second):
                quotes = [quoted(shelf, (n, by_report[n][0]), "、".join(map(money, sorted(found)))) for n, found in ((a, first), (b, second))]
                yield check("cited", "conflict", quotes, f"{number} 有两个金额：{quotes[0].value} ≠ {quotes[1].value}",
                            confidences=(by_report[a][0].confidence, by_report[b][0].confidence))


def same_place(one: Head, two: Head) -> bool:
    return one.file != two.file and (not one.province or not two.province or one.province == two.province)


def money_of(rows: Sequence[PaperRow]) -> set[Decimal]:
    return {Decimal(amount) for row in rows for amount in row.amounts.split()}


def reckoned(found: set[Decimal]) -> set[Decimal]:
    """Amounts and the sums of any of them (of all, where they are many)."""
    if len(found) > MOST_PARTS:
        return found | {sum(found, Decimal(0))}
    return {sum(some, Decimal(0)) for size in range(1, len(found) + 1) for some in combinations(found, size)}


def years(shelf: Shelf, code: str, serial: str, by_year: dict[str, Told]) -> Iterator[CrossCheck]:
    """One title with one serial number under two years."""
    for a, b in combinations(sorted(by_year), 2):
        one, two = by_year[a], by_year[b]
        heads = shelf.heads[one[0]], shelf.heads[two[0]]
        near = code.startswith(CENTRAL) or not (heads[0].province and heads[1].province) or heads[0].province == heads[1].province
        if heads[0].file != heads[1].file and near:
            yield check("cited", "conflict", [quoted(shelf, one, one[1].number), quoted(shelf, two, two[1].number)],
                        f"《{one[1].title}》有两个年份的文号：{one[1].number} ≠ {two[1].number}（{code}…{serial}号）", tier="value",
                        confidences=(one[1].confidence, two[1].confidence))


def quoted(shelf: Shelf, told: Told, value: str) -> FileQuote:
    return quote(shelf.heads[told[0]], told[1].start, told[1].end, told[1].text, value)
