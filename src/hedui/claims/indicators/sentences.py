"""Sentences on results -> one claim a result, with what was planned, what came of it and how far it was completed.

    年初计划治理河长10公里，实际完成10.15公里，完成率101.5%
    ─────plan────────────  ────done─────────  ──completion──
    接待读者6.83万人次，超过年初6万人次的计划
    ──result──────────  ───────aim──────────
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hedui.claims.indicators.counts import Counted, bounded, counted
from hedui.claims.indicators.labels import Range
from hedui.claims.indicators.openings import TOOK_PLACE, opened
from hedui.claims.indicators.roles import Part, Role, roles_of, same_kind
from hedui.claims.passages import Passage, Placed

__all__ = ["Told", "told_results"]

ALL = re.compile(r"(?:均|都|皆|全部|分别)")
COMPARED = re.compile(r"(?:超过|大于|高于|低于|小于)(?!等于)")
FEW = 16
MIN_NAME, MAX_NAME = 3, 40
DEED = re.compile(r"^(?:种植|新建|改建|改造|建设|培训|补助|资助|发放|完成|支持|养护|治理|修建|硬化|安装)(?=[\u4e00-\u9fff]{2})")


@dataclass(kw_only=True, slots=True)
class Told:
    """A result while its sentence is read: pieces of the text that make its name, its number, what else is said of it."""

    name: tuple[Range, ...]
    number: Placed
    actual: Range | None = None
    target: Range | None = None
    completion: Range | None = None

    def fields(self) -> dict[str, tuple[Range, ...]]:
        said = {"target": self.target, "actual": self.actual, "completion": self.completion}
        return {"name": self.name, **{field: (where,) for field, where in said.items() if where}}


def told_results(piece: Passage, lo: int, hi: int) -> list[Told]:
    """The results that `piece.text[lo:hi]` tells, in order."""
    roles = list(roles_of(piece, lo, hi))
    plain = results_by_start(piece, lo, hi, roles)
    told: list[Told] = []
    for _, sentence in groupby(roles, key=lambda role: sentence_at(piece.text, lo, role.told.start)):
        told += sentence_results(piece, (lo, hi), list(sentence), plain)
    return told


def sentence_at(text: str, lo: int, at: int) -> int:
    return max(text.rfind("。", lo, at), text.rfind(";", lo, at))


def results_by_start(piece: Passage, lo: int, hi: int, roles: Sequence[Role]) -> dict[int, list[Counted]]:
    """The plain results by where their number begins."""
    other = frozenset(role.told.start for role in roles if role.part is not Part.RESULT)
    found: dict[int, list[Counted]] = {}
    for told, result in counted(piece, lo, hi, other):
        found.setdefault(told.start, []).append(result)
    return found


def sentence_results(piece: Passage, within: Range, roles: Sequence[Role], plain: dict[int, list[Counted]]) -> list[Told]:
    results: list[Told] = []
    plans: list[Told] = []
    for group in lists_of(roles):
        part = group[0].part
        numbers = [(role.told, bounded(piece.text, within[0], role.told, within[1])) for role in group]
        if part is Part.PLAN:
            plans = [t for t in plans if t.actual is None] + planned(piece, group, [where for _, where in numbers])
        elif part is Part.DONE:
            results += done(plans, numbers) or done_after(results, numbers[0])
        elif part is Part.COMPLETION:
            fulfilled = [] if results else [plan for plan in plans if plan.actual is None]
            complete([*results[-FEW:], *fulfilled], [where for _, where in numbers])
            results += [plan for plan in fulfilled if plan.completion]
        elif part is Part.AIM:
            aim(piece.text, within[0], results[-FEW:], [(number, aimed(piece.text, where)) for number, where in numbers])
        elif part is Part.RESULT:
            results += [Told(name=c.name, number=group[0].told, actual=c.actual) for c in plain.get(group[0].told.start, ())]
    return results


def lists_of(roles: Sequence[Role]) -> list[list[Role]]:
    """The numbers of a sentence, those of one list together."""
    groups: list[list[Role]] = []
    for role in roles:
        if role.joint and groups:
            groups[-1].append(role)
        else:
            groups.append([role])
    return groups


def planned(piece: Passage, group: Sequence[Role], numbers: Sequence[Range]) -> list[Told]:
    text = piece.text
    plans = []
    for role, target in zip(group, numbers, strict=True):
        if role.name is None:
            continue
        start, end = opened(piece, *role.name), role.name[1]
        took = TOOK_PLACE.match(text, start, end)
        start = took.end() if took and end - took.end() >= MIN_NAME else start
        deed = DEED.match(text[start:end]) if len(group) > 1 else None
        name = (start + (deed.end() if deed else 0), end)
        plans.append(Told(name=(name,), number=role.told, target=target))
    return plans


def done(plans: Sequence[Told], numbers: Sequence[tuple[Placed, Range]]) -> list[Told]:
    """The plans that numbers answer, each the first open one of its kind."""
    answered = []
    for number, where in numbers:
        plan = next((p for p in plans if p.actual is None and same_kind(p.number, number)), None)
        if plan is not None:
            plan.actual = where
            answered.append(plan)
    return [plan for plan in answered if MIN_NAME - 1 <= sum(e - s for s, e in plan.name) <= MAX_NAME]


def done_after(results: Sequence[Told], told: tuple[Placed, Range]) -> list[Told]:
    """Makes the last result a plan that a number answers; none is new."""
    number, where = told
    last = results[-1] if results else None
    if last and last.target is None and same_kind(last.number, number):
        last.target, last.actual = last.actual, where
    return []


def complete(results: Sequence[Told], numbers: Sequence[Range]) -> None:
    """Gives completions to the last results, as many as there are; a single one to the last that has a plan."""
    open_ = [r for r in results if r.completion is None]
    if len(numbers) == 1:
        open_ = [r for r in open_ if r.target] or open_
    for result, where in zip(open_[-len(numbers):], numbers, strict=False):
        result.completion = where


def aimed(text: str, where: Range) -> Range:
    """The bounds of an aim without the word that only compares: |超过|90%的目标 but 不低于90%的目标."""
    compared = COMPARED.match(text, *where)
    return (compared.end() if compared else where[0]), where[1]


def aim(text: str, lo: int, results: Sequence[Told], numbers: Sequence[tuple[Placed, Range]]) -> None:
    """Gives aims to the last results of their kind; one that all of them reached (均超过90%的目标) to all."""
    first = numbers[0][0]
    alike = [r for r in results if r.target is None and same_kind(r.number, first)]
    if len(numbers) > 1:
        for result, (_, where) in zip(alike[-len(numbers):], numbers, strict=False):
            result.target = where
        return
    before = text[max(lo, first.start - 12):first.start]
    for result in alike if ALL.search(before.rsplit(",", 1)[-1]) else alike[-1:]:
        result.target = numbers[0][1]

