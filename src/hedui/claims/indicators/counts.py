"""Sentences on results without labels -> one indicator a quantified result: what was done or measured, and the number.

The name is the shortest noun phrase at the number: what stands before it in its clause, without the verb that only
says that it took place (召开了会议8次); where nothing stands before it, what it counts and what became of that
(开通170家药店直接结算). Years, money spent and numbers inside names are no results.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from hedui.claims.indicators.counts_patterns import (
    AMONG,
    BAD_BEFORE,
    CHANGED,
    CLAUSE,
    DID,
    HANDED_DOWN,
    LINK,
    MEANS_ONLY,
    NO_NAME,
    NO_RESULT_BEHIND,
    NO_RESULT_UNITS,
    NOT_NAMED,
    OUTCOME,
    PER_HEAD,
    PERSON_DID,
    PREDICATE,
    RAISED,
    RATE_WORDS,
    ROSE,
    SHARE,
    STRONG,
    TIMED,
    TOOK_PART,
    WEAK,
    WEAK_BEHIND,
)
from hedui.claims.indicators.labels import AROUND_NUMBER, BEHIND_NUMBER, Range, quoted
from hedui.claims.indicators.openings import TOOK_PLACE, made, opened, plain_tail
from hedui.claims.indicators.shared import paired_results, shared_results
from hedui.claims.indicators.subjects import before_outcome, behind_subject
from hedui.claims.passages import Passage, Placed

__all__ = ["Counted", "bounded", "counted", "item_ranges"]

MAX_NAME, MIN_NAME = 40, 2
NEAR_QUOTE, FAR = 80, 160


class Counted(NamedTuple):
    """A quantified result: pieces of the text that make its name, its number with its bounds."""

    name: tuple[Range, ...]
    actual: Range


def item_ranges(text: str, item: re.Pattern[str]) -> list[Range]:
    """The items of a paragraph: from one mark (①, （1）, 一是) to the next."""
    starts = sorted({0, *(m.start() for m in item.finditer(text))})
    return [(s, e) for s, e in zip(starts, [*starts[1:], len(text)], strict=True) if e > s]


class Stops(NamedTuple):
    """The stops of a text by the marks open where they stand: `depth[i]` open titles and brackets before character i of the
    range, `at` the places of the stops of each depth."""

    lo: int
    depth: list[tuple[int, int]]
    at: dict[tuple[int, int], list[int]]


def stops_of(text: str, lo: int, hi: int) -> Stops:
    titles = brackets = 0
    stops = Stops(lo, [], defaultdict(list))
    for i in range(lo, hi):
        stops.depth.append((titles, brackets))
        if CLAUSE.match(text, i):
            stops.at[(titles, brackets)].append(i)
        titles += (text[i] == "《") - (text[i] == "》")
        brackets += (text[i] == "(") - (text[i] == ")")
    stops.depth.append((titles, brackets))
    return stops


def clause_of(piece: Passage, told: Placed, stops: Stops, lo: int, hi: int) -> Range:
    """The clause around a number: between stops outside titles and brackets; an enumeration comma parts it from another
    number's."""
    text = piece.text
    lo = max(lo, text.rfind("(", lo, told.start) + 1) if stops.depth[told.start - stops.lo][1] else lo
    outside, alike = stops.at.get((0, 0), []), stops.at.get(stops.depth[told.end - stops.lo], [])
    left, right = bisect_left(outside, told.start), bisect_left(alike, told.end)
    start = max(lo, outside[left - 1] + 1 if left else lo)
    end = alike[right] if right < len(alike) else hi
    low, high = max(start, told.start - FAR), min(end, told.end + FAR)
    others = [t for t in piece.within(low, high) if t is not told and is_result(text, t)]
    for at in (low + comma.start() for comma in re.finditer("、", text[low:high])):
        if at < told.start and any(t.end <= at for t in others):
            start = max(start, at + 1)
        if at > told.end and any(t.start > at for t in others):
            end = min(end, at)
    return start, end


def counted(piece: Passage, lo: int, hi: int, other: Collection[int] = ()) -> Iterator[tuple[Placed, Counted]]:
    """The quantified results in `piece.text[lo:hi]`, in order; numbers that begin at `other` have another part."""
    text = piece.text
    before: tuple[Placed, Counted] | None = None
    stops = stops_of(text, lo, hi)
    shared = {**shared_results(piece, lo, hi), **paired_results(piece, lo, hi)}
    for told in piece.within(lo, hi):
        if told.start in other:
            continue
        if told.start in shared:
            yield told, Counted(shared[told.start], bounded(text, lo, told, hi))
            continue
        if not is_result(text, told) or quoted(text, max(lo, told.start - NEAR_QUOTE), told.start):
            continue
        start, end = clause_of(piece, told, stops, lo, hi)
        if inside_name(piece, told, start, end):
            continue
        last = before[0].end if before else lo
        chained = before and chains(text, before[0], told, end)
        left, right = bounded(text, max(start, last), told, end)
        names = [before[1].name] if before and chained else names_at(piece, max(start, last), (left, right), (lo, end, hi))
        for name in names:
            if MIN_NAME <= sum(e - s for s, e in name) <= MAX_NAME and not NOT_NAMED.fullmatch(text[slice(*name[-1])]):
                found = Counted(name, (left, right))
                yield told, found
                before = told, found


def bounded(text: str, start: int, told: Placed, end: int) -> Range:
    """A number with the words that bound it."""
    bound = AROUND_NUMBER.search(text[start:told.start])
    behind = BEHIND_NUMBER.match(text[told.end:end])
    return (start + bound.start() if bound else told.start), told.end + (behind.end() if behind else 0)


def chains(text: str, before: Placed, told: Placed, end: int) -> bool:
    """Whether a count goes on with the one before it, so that both have one name: 培训16期|611人次."""
    between = text[before.end:told.start]
    return between in {"", "、", ",共", "共"} and before.mention.unit != told.mention.unit \
        and before.mention.label == told.mention.label == "QUANTITY" and not re.match(r"的?[\u4e00-\u9fff]{2,}", text[told.end:end])


def names_at(piece: Passage, start: int, told: Range, around: tuple[int, int, int]) -> list[tuple[Range, ...]]:
    """The names of the result whose number stands at `told`: one, or all of a list that shares it; `around` tells where the
    item begins, where the clause and the item end."""
    lo, end, hi = around
    left, right = told
    lo = max(lo, left - FAR)
    rose = ROSE.search(piece.text[lo:left])
    if rose:
        at = opened(piece, lo + rose.start("name"), lo + rose.end("name"))
        return [((made(piece.text, at, lo + rose.end("name")), lo + rose.end("name")),)]
    name = name_at(piece, start, left, right, (end, hi))
    return listed(piece.text, name) if name else []


def listed(text: str, name: tuple[Range, ...]) -> list[tuple[Range, ...]]:
    """The names of a list that shares one result (甲率、乙率均); a name alone as it is."""
    start, end = name[0]
    shared = re.search(r"(?:均|都|全部)$", text[start:end]) if len(name) == 1 else None
    if shared is None or not re.search("[、和及与]", text[start:end]):
        return [name if shared is None else ((start, start + shared.start()),)]
    names: list[tuple[Range, ...]] = []
    at, stop = start, start + shared.start()
    for mark in [*re.finditer(r"、|以及|[和及与]", text[start:stop]), None]:
        until = start + mark.start() if mark else stop
        if mark and mark[0] != "、" and until - at < MIN_NAME:
            continue
        names.append(((at, until),))
        at = start + mark.end() if mark else stop
    return names if all(part[0][1] - part[0][0] >= MIN_NAME for part in names) else [((start, stop),)]


def is_result(text: str, told: Placed) -> bool:
    """Whether a mention can be the number of a result: counts, rates, per-head standards; no spans of years, no shares
    and changes, no points."""
    mention, before = told.mention, text[max(0, told.start - 12):told.start]
    if mention.label == "QUANTITY":
        if NO_RESULT_BEHIND.match(text, told.end) or HANDED_DOWN.search(before):
            return False
        timed = mention.unit == "小时" and TIMED.search(before)
        return not (before.endswith(("“", "《", "第", "近", "前")) or (mention.unit in NO_RESULT_UNITS and not timed)
                    or CHANGED.search(before) or MEANS_ONLY.search(before) or RAISED.match(text, told.end))
    if mention.label == "AMOUNT":
        return "/" in (mention.unit or "") or bool(PER_HEAD.search(before) or OUTCOME.search(text, max(0, told.start - 24), told.start))
    if mention.label != "RATE" or mention.unit == "pp" or RAISED.match(text, told.end):
        return False
    told_share = SHARE.search(before) or not RATE_WORDS.search(before)
    return bool(told_share) and not re.match(r"(?:的)?(?:比例)?(?:[省市]级)?抽查", text[told.end:told.end + 8])


def inside_name(piece: Passage, told: Placed, start: int, end: int) -> bool:
    """Whether a number in words belongs to the name of a rate: 定点机构两次检查率100%."""
    return not told.mention.text[:1].isdigit() and any(
        t.mention.label == "RATE" and t.start > told.end for t in piece.within(start, end))


def name_at(piece: Passage, start: int, left: int, right: int, ends: Range) -> tuple[Range, ...]:
    """The name of the result whose number stands at `left` to `right` of the clause that begins at `start`; `ends` are those
    of the clause and of the item."""
    text = piece.text
    at = opened(piece, behind_subject(text, opened(piece, start, left), left), left)
    at = start if left - at < MIN_NAME <= left - start else at
    took = TOOK_PLACE.match(text, at, left)
    at = took.end() if took else at
    link = LINK.search(text[at:left])
    stop = at + link.start() if link else left
    at = made(text, at, stop)
    phrase = text[at:stop]
    counts = behind_number(text, right, *ends)
    if counts and AMONG.search(phrase):
        return counts
    strong = STRONG.search(phrase) or DID.search(phrase)
    if counts and (not phrase or WEAK.search(phrase) or strong or phrase.endswith(("的", "在")) or took_part(text[slice(*counts[-1])])):
        taken = TOOK_PART.search(text[slice(*counts[-1])]) or (PERSON_DID.search(text[slice(*counts[-1])]) if strong else None)
        if taken:
            return ((counts[-1][0] + taken.start("what"), counts[-1][1]),)
        return ((at + strong.start(), stop - (text[stop - 1] == "了")), *counts) if strong else counts
    if len(phrase) < MIN_NAME or NO_NAME.match(phrase) or BAD_BEFORE.search(phrase):
        return counts if not phrase else ()
    weak = WEAK_BEHIND.search(phrase)
    return ((at, at + weak.start() if weak else stop - (text[stop - 1] == "对")),)


def took_part(text: str) -> bool:
    """Whether those who are counted took part in a thing: 干部职工赴基地参加了体验活动."""
    taken = TOOK_PART.search(text)
    return taken is not None and taken.start() > 0


def behind_number(text: str, right: int, end: int, hi: int) -> tuple[Range, ...]:
    """What a number counts, with the predicate that the last of a list carries for all of it."""
    tail = re.match(r"的?(?P<what>(?!、)[\u4e00-\u9fff“”A-Za-z《》()、/]{2,})", text[right:end])
    if not tail:
        return ()
    what = (right + tail.start("what"), right + tail.start("what") + min(plain_tail(tail["what"]), before_outcome(tail["what"])))
    if text[what[1]:what[1] + 1] == "、" and not PREDICATE.search(tail["what"]):
        rest = re.match(r"[^,。;:]*", text[what[1]:hi])
        shared = PREDICATE.search(rest[0]) if rest else None
        if shared:
            return what, (what[1] + shared.start(), what[1] + shared.end())
    return (what,)
