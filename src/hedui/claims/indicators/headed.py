"""An item that an evaluation report heads with its indicator and weight -> its target and what came of it.

    （3）移民村项目完工率（7分）。计划实施14个，实际完工12个，完工率85.71%，未达到100%的目标值，扣1分，得6分。
         ──────name──── ─weight─                                ─actual─         ─target─          ─score─
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hedui.claims.indicators import headed_patterns as heads
from hedui.claims.indicators.names import bare_name, names_indicator
from hedui.claims.indicators.roles import Part, Role, roles_of
from hedui.claims.passages import Passage, Placed

__all__ = ["Headed", "headed", "read_headed"]

Range = tuple[int, int]
SHARED = 2
BOUND = re.compile(r"(?:≥|≤|>|<|=|约|不低于|不少于|不高于|不超过|不大于|不小于|大于等于|小于等于|大于|小于)$")
WITHIN = re.compile(r"(?:以[上下内]|之内)")


class Headed(NamedTuple):
    """Where the name stands, where what is said of it begins, and its weight."""

    name: Range
    rest: int
    weight: Range | None = None


def headed(text: str) -> list[Headed]:
    """The items in `text` that open with an indicator and its weight, with its name in quotation marks, or with a mark and the
    name alone."""
    found = [weighed(text, match) for match in heads.WEIGHED.finditer(text) if not heads.NO_NAME.fullmatch(match["name"])]
    if not found:
        found = [Headed(match.span("name"), match.end()) for match in heads.NAMED.finditer(text)]
    if not found:
        found = [Headed(match.span("name"), match.end()) for match in heads.HEADED.finditer(text)
                 if names_indicator(bare_name(match["name"])) or (match.start() == 0 and heads.BY_HEADING.match(text))]
    return found


def weighed(text: str, match: re.Match[str]) -> Headed:
    weight = heads.BEARS.search(text, *match.span("weighed"))
    return Headed(match.span("name"), match.end(), weight.span("value") if weight else None)


def read_headed(piece: Passage, name: str, rest: int, end: int) -> dict[str, Range]:
    """Where target and actual of an indicator stand in `piece.text[rest:end]`."""
    text = piece.text
    if heads.DATED.search(name) and (dates := [t for t in piece.within(rest, end) if t.mention.label == "DATE"]):
        return dated(text, rest, dates)
    fields: dict[str, Range] = {}
    roles = [role for role in roles_of(piece, rest, end) if fits(role, name)]
    aims = [role for role in roles if is_target(text, rest, role)]
    if aims:
        fields["target"] = bounded(text, aims[0])
    elif words := heads.TARGET_WORDS.search(text, rest, end):
        fields["target"] = words.span("value")
    found = [role for role in roles if role not in aims and not text.startswith("分", role.told.end - 1)]
    best = max(found, key=lambda role: weight_of(text, rest, role, name), default=None)
    if best and weight_of(text, rest, best, name) > 0:
        fields["actual"] = bounded(text, best)
    elif said := heads.ANSWERED.search(text, rest, end):
        fields["actual"] = said.span("value")
    return fields


def dated(text: str, rest: int, dates: Sequence[Placed]) -> dict[str, Range]:
    """Target and actual that are dates: 预期为|2022年11月30日前|，实际完成时间为|11月18日|."""
    target = next((t for t in dates if heads.PLANNED.fullmatch(clause_before(text, rest, t.start))), None)
    actual = next((t for t in dates if t is not target and (target is None or t.start > target.end)), None)
    return {field: (t.start, before_end(text, t.end)) for field, t in (("target", target), ("actual", actual)) if t}


def before_end(text: str, at: int) -> int:
    """The end of what makes a date a limit: 11月|底前."""
    match = heads.BEFORE.match(text, at)
    return match.end() if match else at


def fits(role: Role, name: str) -> bool:
    """Whether a number can be this indicator's: a rate for 率 and 度, a count or amount for all else."""
    rate = role.told.mention.label == "RATE"
    unit = role.told.mention.unit
    return unit != "pp" and (unit != "年" or bool(heads.LASTS.search(name))) and rate == bool(heads.RATE_NAME.search(name))


def clause_before(text: str, rest: int, at: int) -> str:
    return re.split(heads.APART, text[max(rest, at - 40):at])[-1]


def is_target(text: str, rest: int, role: Role) -> bool:
    """Whether a number is what was aimed at: planned, or what the result is held against."""
    before = BOUND.sub("", clause_before(text, rest, role.told.start))
    if role.part in {Part.AIM, Part.PLAN} or heads.PLANNED.fullmatch(before) or heads.HELD_AIM.search(before):
        return True
    return bool(heads.HELD.search(before) and heads.AIMED.match(text, role.told.end))


def weight_of(text: str, rest: int, role: Role, name: str) -> int:
    """How much speaks for a number being the result: the name or its end right before it, 实际 before it, its unit in the
    name; 0 where nothing does."""
    before = BOUND.sub("", clause_before(text, rest, role.told.start))
    if heads.QUALITY_NAME.search(name) and not heads.DONE.search(before):
        return 0
    linked = heads.LINK.sub("", before)
    shared = common_end(linked, name)
    if shared >= SHARED:
        return 4 + shared
    if role.part is Part.DONE or heads.DONE.search(before):
        return 4
    if heads.CHANGE.search(before):
        return 2 if re.search(r"增长|提[高升]|下降|降低|增幅|降幅|压减", name) else 0
    if role.part in {Part.NONE, Part.PLAN, Part.AIM}:
        return 0
    if role.told.mention.label == "RATE":
        return 2
    unit = role.told.mention.unit or ""
    return 2 if not linked or unit[:1] in name[-4:] else int(shared_anywhere(before, name))


def common_end(a: str, b: str) -> int:
    count = 0
    while count < min(len(a), len(b)) and a[-1 - count] == b[-1 - count]:
        count += 1
    return count


def shared_anywhere(before: str, name: str) -> bool:
    tail = before[-12:]
    return any(tail[i:i + SHARED] in name for i in range(len(tail) - SHARED + 1))


def bounded(text: str, role: Role) -> Range:
    """A number with the words that bound it: 不超过15分钟, 98%以上."""
    before, behind = BOUND.search(text[max(0, role.told.start - 8):role.told.start]), WITHIN.match(text, role.told.end)
    return role.told.start - (len(before[0]) if before else 0), behind.end() if behind else role.told.end

