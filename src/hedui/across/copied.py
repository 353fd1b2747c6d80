"""Paragraphs of two reports that share what is theirs alone -> which of them was copied, and what gives it away.

Alike text alone proves nothing: a unit writes much the same every year, and a city takes over its province's goals. It counts
where goals are another programme's, where the unit of the other report is still named, where the exact figures of another year,
programme or unit stand in it, or where a long paragraph of another unit stands there whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
from rapidfuzz.fuzz import partial_ratio

from hedui.across.facts import LEAST_PARAGRAPH, Head, Paragraph
from hedui.across.figures import figure_runs, figures, moving_figures, of_its_own
from hedui.across.lands import may_lie_in, provinces_of
from hedui.across.names import WHOLE, kindred
from hedui.across.names_patterns import BARE_PLACE
from hedui.across.shelf import Shelf
from hedui.across.shingles import Frequencies, Hashes, Signatures, plain, shingles
from hedui.across.told import check, quote
from hedui.across.types import CrossCheck, CrossKind, FileQuote

__all__ = ["copied"]

LEAST_SHARED, HALF, ALIKE, LONG, KNOWN_OWNERS, MOST_QUOTED = 15, 0.5, 75, 80, 20, 4
FIGURES, PART = 3, 0.6
MOST_COPIES = 3
# 在|朝阳市|、|本溪市|、|大连市|等地组织实施
LISTED = re.compile(r"[在、，,；;和及深入赴到]|等")
GOAL = re.compile(r"目标")
WORDS: dict[CrossKind, str] = {"goals_copied": "绩效目标与另一项目的相同", "name_left": "文中留有另一单位的名称",
                               "text_copied": "与另一报告的段落雷同"}


class Pair(NamedTuple):
    """Two paragraphs, of the reports `one` and `two`, that share `shared` shingles of rare wording and `figures` of the exact figures,
    of which either has at least `told`; of what may be one unit's own text only figures that are new every year."""

    one: int
    two: int
    first: Paragraph
    second: Paragraph
    shared: int
    figures: int
    told: int


def land_of(head: Head) -> str:
    """The place of a report, or what kind of place its unit leaves out: 市 of 市教育局."""
    bare = BARE_PLACE.match(head.unit)
    return head.place or (bare[0] if bare else "")


def mostly(pair: Pair) -> bool:
    """Whether most exact figures of one paragraph stand in the other."""
    return pair.figures >= PART * pair.told


def copied(shelf: Shelf, reports: Sequence[int]) -> Iterator[CrossCheck]:
    """Every pair of reports that shares telling paragraphs, once a kind."""
    ordered = sorted(reports, key=lambda n: (shelf.heads[n].owner, n))
    owners, common = frequencies(shelf, ordered)
    signatures, places = Signatures(), list[tuple[int, int]]()
    for n in ordered:
        for at, paragraph in enumerate(shelf.paragraphs(n)):
            signatures.add(len(places), common.rare(shingles(plain(paragraph.text))), figure_runs(paragraph.text))
            places.append((n, at))
    found: dict[tuple[CrossKind, int, int], list[Pair]] = defaultdict(list)
    for pair in verified(shelf, common, places, signatures):
        told = kind_of(shelf.heads[pair.one], shelf.heads[pair.two], pair, owners)
        if told:
            found[told[0], *told[1]].append(pair)
    for (kind, one, two), pairs in boilerplate_apart(found):
        yield told_of(shelf, kind, one, two, pairs)


def frequencies(shelf: Shelf, ordered: Sequence[int]) -> tuple[int, Frequencies]:
    """How many owners there are, and how many of them use each shingle."""
    common, count = Frequencies(), 0
    for _, group in groupby(ordered, key=lambda n: shelf.heads[n].owner or n):
        own = [shingles(plain(p.text)) for n in group for p in shelf.paragraphs(n)]
        if own:
            common.add(np.concatenate(own))
        count += 1
    return count, common


def verified(shelf: Shelf, common: Frequencies, places: Sequence[tuple[int, int]], signatures: Signatures) -> Iterator[Pair]:
    """The pairs that really are alike: half of the rare wording that either has of its own, or most exact figures of either."""

    @lru_cache(maxsize=64)
    def paragraphs(report: int) -> list[Paragraph]:
        return shelf.paragraphs(report)

    @lru_cache(maxsize=4096)
    def rare(number: int) -> Hashes:
        report, at = places[number]
        return common.rare(shingles(plain(paragraphs(report)[at].text)))

    for a, b in signatures.pairs():
        (one, at), (two, other) = places[a], places[b]
        if one == two or shelf.heads[one].file == shelf.heads[two].file:
            continue
        first, second = paragraphs(one)[at], paragraphs(two)[other]
        shared = len(np.intersect1d(rare(a), rare(b), assume_unique=True))
        worded = shared >= LEAST_SHARED and shared >= HALF * min(len(rare(a)), len(rare(b)))
        texts = [of_its_own(p.text, land_of(shelf.heads[n])) for p, n in ((first, one), (second, two))]
        if min(map(len, texts)) < LEAST_PARAGRAPH:
            continue
        owners = {shelf.heads[one].owner, shelf.heads[two].owner}
        told = moving_figures if len(owners) == 1 or "" in owners else figures
        same = frozenset(told(texts[0])), frozenset(told(texts[1]))
        pair = Pair(one, two, first, second, shared, len(same[0] & same[1]), min(map(len, same)))
        if (worded or (pair.figures >= 2 and mostly(pair))) and partial_ratio(first.text, second.text) >= ALIKE:
            yield pair


def kind_of(one: Head, two: Head, pair: Pair, owners: int) -> tuple[CrossKind, tuple[int, int]] | None:
    """What is wrong with two alike paragraphs, and the two reports, the one copied from first; None where nothing is."""
    telling = pair.figures >= FIGURES and mostly(pair)
    plain_order = (pair.one, pair.two) if (one.year, pair.one) <= (two.year, pair.two) else (pair.two, pair.one)
    goal = GOAL.search(pair.first.headings) and GOAL.search(pair.second.headings)
    own = pair.figures >= 2 or pair.shared >= LONG / 2 or of_which(one, two, pair) is not None
    if goal and own and not kindred(one.topic, two.topic):
        return "goals_copied", of_which(one, two, pair) or plain_order
    if one.owner == two.owner and one.owner:
        differ = one.year != two.year or not kindred(one.topic, two.topic)
        return ("text_copied", plain_order) if telling and differ else None
    left = left_name(one, two, pair)
    if left:
        return "name_left", left
    if around(one, two) or goal:
        return None  # a city tells what its province tells of it, and takes over its goals
    whole = pair.shared >= LONG and owners >= KNOWN_OWNERS
    return ("text_copied", of_which(one, two, pair) or plain_order) if telling or whole else None


def of_which(one: Head, two: Head, pair: Pair) -> tuple[int, int] | None:
    """The report copied from and the copy: both paragraphs name the programme of the one, or places of its province alone."""
    texts = pair.first.text, pair.second.text
    home = home_of(texts[0]) if home_of(texts[0]) == home_of(texts[1]) and one.province != two.province else ""
    for order, head in (((pair.one, pair.two), one), ((pair.two, pair.one), two)):
        if (head.topic != WHOLE and all(head.topic in text for text in texts)) or (home and home == head.province):
            return order
    return None


def home_of(text: str) -> str:
    """The province where most places lie that a paragraph lists; "" where it lists none.

    >>> home_of("在朝阳市、本溪市、大连市等地组织实施")
    '辽宁省'
    """
    found = Counter(province for piece in LISTED.split(text) if len(lands := provinces_of(piece)) == 1 for province in lands)
    return max(found, key=lambda name: (found[name], name), default="")


def around(one: Head, two: Head) -> bool:
    """Whether the place of one lies in that of the other."""
    pairs = ((one, two), (two, one))
    return any((a.place and a.place == b.province) or may_lie_in(b.place, a.place) or (may_lie_in(b.place, a.place) is None and a.place in b.places
                                                                        and b.place in a.places) for a, b in pairs)


def left_name(one: Head, two: Head, pair: Pair) -> tuple[int, int] | None:
    """The report copied from and the copy, where both paragraphs name the unit of the one and neither the other's."""
    if around(one, two):
        return None
    texts = pair.first.text, pair.second.text
    named = [bool(head.owner) and all(head.owner in text for text in texts) for head in (one, two)]
    if named[0] == named[1]:
        return None
    return (pair.one, pair.two) if named[0] else (pair.two, pair.one)


Found = dict[tuple[CrossKind, int, int], list[Pair]]


def boilerplate_apart(found: Found) -> Iterator[tuple[tuple[CrossKind, int, int], list[Pair]]]:
    """The findings without paragraphs that so many reports share that nobody copied them from anybody."""
    partners: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pairs in found.values():
        for p in pairs:
            partners[p.one, p.first.start].add(p.two)
            partners[p.two, p.second.start].add(p.one)
    for key in sorted(found):
        kept = [p for p in found[key] if max(len(partners[p.one, p.first.start]), len(partners[p.two, p.second.start])) <= MOST_COPIES]
        if kept:
            yield key, kept


def told_of(shelf: Shelf, kind: CrossKind, one: int, two: int, pairs: Sequence[Pair]) -> CrossCheck:
    source, copy = shelf.heads[one], shelf.heads[two]
    quotes: list[FileQuote] = []
    for pair in sorted(pairs, key=lambda p: (p.first.start, p.second.start))[:MOST_QUOTED]:
        first, second = (pair.first, pair.second) if pair.one == one else (pair.second, pair.first)
        name = source.unit if kind == "name_left" else None
        quotes += [quote(head, p.start, p.start + len(p.text), p.text, name) for head, p in ((source, first), (copy, second))]
    shared = {*figures(pairs[0].first.text)} & {*figures(pairs[0].second.text)}
    detail = {"name_left": f"：{source.unit}", "goals_copied": f"：{source.programme} / {copy.programme}",
              "text_copied": f"，相同数字 {'、'.join(sorted(shared)[:5])}" if shared else ""}[kind]
    return check(kind, "conflict", quotes, f"{copy.unit or copy.place}{copy.year or ''}：{WORDS[kind]}{detail}（{source.unit or source.place}"
                 f"{source.year or ''}，{len(pairs)} 段）", tier="value" if shared or kind != "text_copied" else "wording")
