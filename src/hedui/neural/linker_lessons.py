"""Lessons in, portions of them out that the linker learns from at once: windows, the spans in them, all their pairs and
which of these belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.neural.pairs import PairFeatures, Typed, far_pairs, near_pairs
from hedui.neural.types import MEASURES, RELATIONS, Anchor, Lesson, Place, Relation, Tag

__all__ = ["Portion", "ends_of", "gold_of", "portions_of", "shuffled_portions"]

Floats = NDArray[np.float32]
Triple = tuple[Relation, Place, Place]
# names of rows that are no answer, for each portion
OTHERS = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """Windows of one lesson by their numbers, the spans in them, and their pairs with the truth (pairs, relations)."""

    lesson: int
    windows: tuple[int, ...]
    ends: tuple[Typed, ...]
    pairs: tuple[tuple[PairFeatures, Floats], ...]


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
        for windows in groups_of(lesson, by_window, characters):
            portion = portion_of(index, lesson, windows, by_window, truth)
            if portion.pairs:
                found.append(portion)
    return found


def groups_of(lesson: Lesson, by_window: dict[int, list[Typed]], characters: int) -> list[list[int]]:
    """Neighbouring windows with two ends or more, or with a name, until they have so many characters."""
    groups: list[list[int]] = []
    filled = 0
    for number in sorted(by_window):
        if len(by_window[number]) < 2 and by_window[number][0].label != "NAME":
            continue
        length = len(lesson.windows[number].text)
        if not groups or filled + length > characters:
            groups.append([])
            filled = 0
        groups[-1].append(number)
        filled += length
    return groups


def with_rows(lesson: Lesson, windows: list[int], by_window: dict[int, list[Typed]], truth: set[Triple]) -> tuple[int, ...]:
    """`windows` with the rows that their names are linked to, and as many others of the same parts as `OTHERS`."""
    inside = set(windows)
    answers = {tail.window for relation, head, tail in truth if relation == "same" and head.window in inside}
    asked = {lesson.windows[number].part for number in windows
             if lesson.windows[number].kind == "prose" and any(one.label == "NAME" for one in by_window[number])}
    rows = [number for number in sorted(by_window) if lesson.windows[number].kind == "row" and lesson.windows[number].part in asked
            and number not in inside and any(one.label == "NAME" for one in by_window[number])]
    step = max(1, len(rows) // OTHERS)
    return tuple(sorted(inside | answers | set(rows[::step])))


def portion_of(index: int, lesson: Lesson, own: list[int], by_window: dict[int, list[Typed]], truth: set[Triple]) -> Portion:
    windows = with_rows(lesson, own, by_window, truth)
    ends = [one for number in own for one in by_window[number]]
    count = len(ends)
    ends += [one for number in windows if number not in own for one in by_window[number]]
    pairs = (near_pairs(ends[:count], ends[:count]), far_pairs(ends[:count], ends, lesson.windows))
    return Portion(lesson=index, windows=windows, ends=tuple(ends), pairs=tuple(
        (features, truth_of(features, ends, truth)) for features in pairs if len(features)))


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
