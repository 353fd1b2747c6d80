"""Lessons in, portions of them out that the linker learns from at once: windows, the spans in them, all their pairs and
which of these belong together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hedui.neural.pairs import PairFeatures, Typed, far_pairs, joined, near_pairs
from hedui.neural.types import MEASURES, RELATIONS, Anchor, Lesson, Place, Relation, Tag

__all__ = ["Portion", "ends_of", "gold_of", "portions_of", "shuffled_portions"]

Floats = NDArray[np.float32]
Triple = tuple[Relation, Place, Place]
ByWindow = Mapping[int, Sequence[Typed]]
# rows that are no answer, for each portion
OTHERS = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """Windows of one lesson by their numbers, the spans in them that are of any pair, and these pairs with the truth
    (pairs, relations)."""

    lesson: int
    windows: tuple[int, ...]
    ends: tuple[Typed, ...]
    pairs: PairFeatures
    truth: Floats


def ends_of(lesson: Lesson) -> list[Typed]:
    """Every span that may be an end of a link: tags and anchors (an amount once, not again as its role), unsure ones left out."""
    found: dict[tuple[Place, str], Typed] = {}
    linked = {place for link in lesson.links for place in (link.head, link.tail)}
    for number, window in enumerate(lesson.windows):
        here: list[Tag | Anchor] = [*lesson.tags[number], *lesson.anchors[number]]
        for one in here:
            place = Place(window=number, start=one.start, end=one.end)
            label = "AMOUNT" if one.label in MEASURES else one.label
            owned = window.own[0] <= one.start < window.own[1] or place in linked
            if owned and not any(one.start < last and first < one.end for first, last in lesson.unsure[number]):
                found.setdefault((place, label), Typed(place=place, label=label))
    return list(found.values())


def gold_of(lesson: Lesson, ends: Sequence[Typed]) -> set[Triple]:
    """The links of `lesson` both of whose ends are among `ends`."""
    places = {one.place for one in ends}
    return {(link.relation, link.head, link.tail) for link in lesson.links if link.head in places and link.tail in places}


def portions_of(lessons: Sequence[Lesson], characters: int) -> list[Portion]:
    """Portions of at most about `characters` characters; a portion whose names have rows of their own in a table has these
    rows with it, and others that are not theirs."""
    found = []
    for index, lesson in enumerate(lessons):
        ends = ends_of(lesson)
        truth = gold_of(lesson, ends)
        by_window: dict[int, list[Typed]] = defaultdict(list)
        for one in ends:
            by_window[one.place.window].append(one)
        for windows in groups_of(lesson, asking(lesson, by_window), characters):
            portion = portion_of(index, lesson, windows, by_window, truth)
            if len(portion.pairs):
                found.append(portion)
    return found


def asking(lesson: Lesson, by_window: ByWindow) -> list[int]:
    """The windows in which any pair begins: with two ends that may belong together, or with a name in prose that rows of
    the same part may tell too."""
    rows = {lesson.windows[number].part for number in named(lesson, by_window, "row")}
    names = {number for number in named(lesson, by_window, "prose") if lesson.windows[number].part in rows}
    return [number for number in sorted(by_window) if number in names or len(near_pairs(by_window[number], by_window[number]))]


def named(lesson: Lesson, by_window: ByWindow, kind: str) -> list[int]:
    """Windows of one kind with a name in them."""
    return [number for number in sorted(by_window)
            if lesson.windows[number].kind == kind and any(one.label == "NAME" for one in by_window[number])]


def groups_of(lesson: Lesson, windows: Sequence[int], characters: int) -> list[list[int]]:
    """Neighbours among `windows` until they have so many characters."""
    groups: list[list[int]] = []
    filled = 0
    for number in windows:
        length = len(lesson.windows[number].text)
        if not groups or filled + length > characters:
            groups.append([])
            filled = 0
        groups[-1].append(number)
        filled += length
    return groups


def with_rows(lesson: Lesson, windows: list[int], by_window: ByWindow, truth: set[Triple]) -> list[int]:
    """`windows` with the rows that their names are linked to, and up to `OTHERS` others of the same parts."""
    inside = set(windows)
    answers = {tail.window for relation, head, tail in truth if relation == "same" and head.window in inside}
    asked = {lesson.windows[number].part for number in named(lesson, {number: by_window[number] for number in windows}, "prose")}
    rows = [number for number in named(lesson, by_window, "row") if lesson.windows[number].part in asked and number not in inside]
    step = max(1, math.ceil(len(rows) / OTHERS))
    return sorted(inside | answers | set(rows[::step]))


def portion_of(index: int, lesson: Lesson, own: list[int], by_window: ByWindow, truth: set[Triple]) -> Portion:
    """Pairs begin in the windows `own`; windows and ends of no pair are left out."""
    heads = [one for number in own for one in by_window[number]]
    rows = [number for number in with_rows(lesson, own, by_window, truth) if number not in own]
    ends = heads + [one for number in rows for one in by_window[number] if one.label == "NAME"]
    pairs = joined([near_pairs(heads, heads), far_pairs(heads, ends, lesson.windows)])
    used, places = np.unique(np.concatenate((pairs.head, pairs.tail)), return_inverse=True)
    ends = [ends[i] for i in used.tolist()]
    pairs = replace(pairs, head=places[:len(pairs)], tail=places[len(pairs):])
    return Portion(lesson=index, windows=tuple(sorted({one.place.window for one in ends})), ends=tuple(ends), pairs=pairs,
                   truth=truth_of(pairs, ends, truth))


def truth_of(features: PairFeatures, ends: Sequence[Typed], truth: set[Triple]) -> Floats:
    """1 where a relation holds, else 0: (pairs, relations)."""
    by_pair: dict[tuple[Place, Place], list[int]] = defaultdict(list)
    for relation, head, tail in truth:
        by_pair[head, tail].append(RELATIONS.index(relation))
    told = np.zeros(features.allowed.shape, dtype=np.float32)
    for row, (head, tail) in enumerate(zip(features.head.tolist(), features.tail.tolist(), strict=True)):
        told[row, by_pair.get((ends[head].place, ends[tail].place), [])] = 1
    return told


def shuffled_portions(portions: Sequence[Portion], *, seed: int, epoch: int) -> list[Portion]:
    """In an order that depends on `seed` and `epoch` alone."""
    return [portions[i] for i in np.random.default_rng([seed, epoch, 2]).permutation(len(portions)).tolist()]
