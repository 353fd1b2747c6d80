"""A number in a sentence on results -> its part there: result, plan, what came of a plan, completion, aim, or nothing of these.

Numbers that a list joins (105%、95%和113%) have one part. What has no part is a change against last year, a sample of a
survey, a cause, a rest, or a plan for next year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from hedui.claims.indicators import roles_patterns as said
from hedui.claims.passages import Passage, Placed

__all__ = ["Part", "Role", "roles_of", "same_kind"]

COUNTED = frozenset({"QUANTITY", "RATE", "AMOUNT"})
# how far around a number its sentence is looked at, and how many numbers before it
NEAR, FEW = 300, 16
STOP = re.compile(r"[。;:(]|(?<!\d),|,(?!\d)")
SENTENCE_END = re.compile(r"[。;]")
PLANNED_LIST = re.compile(r"(?:、|和|及|与|以及)(?P<name>(?!实际|实[发有收建施]|已)[\u4e00-\u9fff]{1,20})")
ANSWER = re.compile(r"实际|实[发有收建施到付检招]|[已共均]|(?:,|年|月|底|末)(?:全部|如期|按期)?(?:完成|达到|建成|开展|实施|完工)")


class Part(Enum):
    RESULT = "result"
    PLAN = "plan"
    DONE = "done"
    COMPLETION = "completion"
    AIM = "aim"
    NONE = "none"


class Role(NamedTuple):
    """The part of a number, the name that a plan gives, how many numbers of the same part its list holds."""

    told: Placed
    part: Part
    name: tuple[int, int] | None = None
    joint: bool = False


class Around(NamedTuple):
    """A number in its surroundings: its clause up to it, where that begins, its sentence, and what was told before it there."""

    text: str
    start: int
    clause: str
    sentence: tuple[int, int]
    told: Placed
    earlier: tuple[Role, ...]

    @property
    def behind(self) -> str:
        return self.text[self.told.end:min(self.told.end + 24, self.sentence[1])]

    def has(self, *parts: Part) -> bool:
        return any(role.part in parts for role in self.earlier)


def roles_of(piece: Passage, lo: int, hi: int) -> Iterator[Role]:
    """The role of each number in `piece.text[lo:hi]`, in order."""
    text = piece.text
    stops = [m.start() for m in STOP.finditer(text, lo, hi)]
    ends = [*(m.start() for m in SENTENCE_END.finditer(text, lo, hi)), hi]
    begun, at, clause_at = lo, 0, -1
    so_far: list[Role] = []
    for told in piece.within(lo, hi):
        if told.mention.label not in COUNTED:
            continue
        while ends[at] < told.start:
            begun, at, so_far = ends[at] + 1, at + 1, []
        while clause_at + 1 < len(stops) and stops[clause_at + 1] < told.start:
            clause_at += 1
        start = max(stops[clause_at] + 1 if clause_at >= 0 else lo, told.start - NEAR)
        sentence = max(begun, told.start - NEAR), min(ends[at], told.end + NEAR)
        around = Around(text, start, text[start:told.start], sentence, told, tuple(so_far[-FEW:]))
        role = joined(around) or (Role(told, Part.NONE) if is_aside(around) else role_of(behind_comma(around)))
        so_far.append(role)
        yield role


def behind_comma(around: Around) -> Around:
    """Without what stands before an enumeration comma right behind the number before: 计划数86户、|实际改造86户."""
    end = around.earlier[-1].told.end if around.earlier else around.start
    if end <= around.start or around.text[end:end + 1] != "、":
        return around
    return around._replace(start=end + 1, clause=around.text[end + 1:around.told.start])


def joined(around: Around) -> Role | None:
    """The role of a number that goes on with a list: that of the number before it."""
    if not around.earlier:
        return None
    last = around.earlier[-1]
    between = around.text[last.told.end:around.told.start]
    if last.part is Part.PLAN and (name := PLANNED_LIST.fullmatch(between)):
        return Role(around.told, Part.PLAN, (last.told.end + name.start("name"), around.told.start), joint=True)
    alike = last.told.mention.label == around.told.mention.label
    if alike and last.part is not Part.RESULT and said.JOINT.fullmatch(between) and (between != "," or last.part is Part.NONE):
        return Role(around.told, last.part, joint=True)
    return None


def role_of(around: Around) -> Role:
    told, clause, behind = around.told, around.clause, around.behind
    if told.mention.label == "RATE" and told.mention.unit != "pp":
        alone = said.COMPLETED_ALONE.fullmatch(clause) and around.has(Part.RESULT, Part.DONE, Part.PLAN)
        if alone or said.COMPLETED.search(clause):
            return Role(told, Part.COMPLETION)
    if said.DELTA.search(clause):
        return Role(told, Part.NONE)
    if is_aim(around):
        return Role(told, Part.AIM)
    if is_change(clause, behind, around):
        return Role(told, Part.NONE)
    if said.DONE.fullmatch(clause) and (around.has(Part.PLAN) or ("实" in clause and answers_last(around))):
        return Role(told, Part.DONE)
    if told.mention.label == "AMOUNT":
        return Role(told, Part.RESULT)
    name = planned_name(around)
    if name is None:
        return Role(told, Part.RESULT)
    answers = ANSWER.search(around.text, told.end, around.sentence[1])
    return Role(told, Part.PLAN, name) if answers and name[0] < name[1] else Role(told, Part.NONE)


def answers_last(around: Around) -> bool:
    """Whether the number stands behind one of its kind that no word calls a plan: 培训1200人，实际培训1260人."""
    last = around.earlier[-1] if around.earlier else None
    return last is not None and last.part is Part.RESULT and same_kind(last.told, around.told)


def same_kind(a: Placed, b: Placed) -> bool:
    """Whether two numbers measure alike: rates, money, or counts of one unit."""
    return a.mention.label == b.mention.label and (a.mention.label == "RATE" or a.mention.unit == b.mention.unit)


def is_aim(around: Around) -> bool:
    """Whether the number is what a result told before it is held against: 超过6万人次的计划, 目标为300场."""
    if not around.has(Part.RESULT, Part.DONE):
        return False
    clause, behind, text, start = around.clause, around.behind, around.text, around.start
    if text[start - 1:start] == "(" and said.AIM_BRACKETED.search(text, max(0, start - 16), around.told.start):
        return True
    return bool(said.AIM_ALONE.fullmatch(clause) or said.AIM_BEFORE.fullmatch(clause) or said.HELD_WITHIN.fullmatch(clause)
                or (said.VERSUS.fullmatch(clause) and said.AIMED_BEHIND.match(behind)))


def is_change(clause: str, behind: str, around: Around) -> bool:
    """Whether a number tells how far a thing changed, or from where."""
    if said.EARLIER.match(clause) and not re.search(r"(?:达到?|为|至)$", clause):
        return True
    if said.FROM.search(clause) and said.TO.match(behind):
        return True
    if said.MARGIN.fullmatch(clause):
        return True
    return bool(said.ONLY_CHANGE.fullmatch(clause)) and around.has(Part.RESULT, Part.DONE) and not re.match(r"[\u4e00-\u9fff]{2}", behind)


def is_aside(around: Around) -> bool:
    """Whether the number stands in a cause, a rest, a list of those counted in, a survey's sample or a plan for later."""
    text, told, clause = around.text, around.told, around.clause
    if said.ASIDE.match(clause) or said.INCLUDED.match(clause):
        return True
    begun, end = around.sentence
    if said.ASIDE_SENTENCE.search(text, begun, told.start):
        return True
    if text[around.start - 1:around.start] == "(" \
            and any(r.told.mention.label == "RATE" and around.start - 2 <= r.told.end < around.start for r in around.earlier):
        return bool(said.EXPLAINED.match(text, around.start))
    if told.mention.label == "QUANTITY" and (said.LEFT_OVER.match(text, told.end, end) or said.WITHIN.match(text, told.end, end)):
        return True
    if told.mention.label == "QUANTITY" and said.PART_OF_NAME.match(text, told.end, end):
        return True
    whole = text[begun:end]
    return told.mention.label == "QUANTITY" and "满意" in whole and bool(said.SURVEY.search(whole))


def planned_name(around: Around) -> tuple[int, int] | None:
    """Where the name stands that a plan gives to its number (empty where it gives none); None where the clause tells no plan."""
    text, start, stop = around.text, around.start, around.told.start
    if (before := said.PLAN_BEFORE.match(text, start, stop)) and before.end() > start:
        tail = said.PLAN_BEHIND.search(text[before.end():stop])
        name = before.end(), before.end() + (tail.start() if tail else stop - before.end())
        return name if name[0] < name[1] else named_before(around) or name
    named = said.PLAN_NAMED.fullmatch(text, start, stop)
    if named:
        return named.span("name")
    return named_before(around)


def named_before(around: Around) -> tuple[int, int] | None:
    """Where the name stands in the clause before a plan that has none: 某比例，年初计划达到85%."""
    text, start = around.text, around.start
    begun = around.sentence[0]
    if start <= begun:
        return None
    earlier = STOP.search(text[begun:start - 1][::-1])
    begun = start - 1 - earlier.start() if earlier else begun
    told_there = bool(around.earlier) and around.earlier[-1].told.end > begun + 4
    if told_there or not 3 <= start - 1 - begun <= 30:
        return None
    named = said.PLAN_NAMED.fullmatch(text, begun, around.told.start)
    return named.span("name") if named else None
