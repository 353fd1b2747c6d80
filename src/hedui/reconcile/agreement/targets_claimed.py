"""Sentences that tell a result and say that its target was reached -> those whose target it misses.

The target stands in the claim itself (达到不低于95%的要求), beside the result (年初计划1200亩), in the row of the indicator, or
where the report set its goals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Indicator, Mention, Op
from hedui.reconcile.agreement.targets import comparable, missed
from hedui.reconcile.agreement.targets_patterns import AT_LEAST, AT_MOST, DONE, ITEM, LINK, PLAN, UNDONE
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.values import Value
from hedui.view import View, view

__all__ = ["claimed_target_checks"]

FIGURES = frozenset({"RATE", "QUANTITY", "AMOUNT"})
NAME, BACK, LEAST, BEHIND = 40, 90, 3, 12
COMMA = re.compile(r",(?!\d{3})")


class Target(NamedTuple):
    """A target as told: the name it is set for, the figure with its comparison, and where it stands."""

    name: str
    value: Value
    span: Span
    claim: str | None = None


def claimed_target_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim],
                          raised: Set[int] = frozenset()) -> Iterator[Check]:
    """One conflict for every result that a sentence says to reach a target which it misses, but where another conflict
    is `raised` (the start of what it states) over the same words or points right behind."""
    figures = sorted((m for m in mentions if m.label in FIGURES), key=lambda m: m.span)
    starts = [m.span[0] for m in figures]
    targets: Mapping[tuple[int, str], list[Target]] | None = None
    for paragraph in layout.paragraphs:
        inside = figures[bisect_left(starts, paragraph.span[0]):bisect_left(starts, paragraph.span[1])]
        if paragraph.role != "body" or not inside:
            continue
        seen, last = view(layout.document.text, paragraph.span), 0
        for match in DONE.finditer(seen.text):
            low = max(last, match.start() - BACK, *(m.end() for m in ITEM.finditer(seen.text, max(0, match.start() - BACK), match.start())))
            last = match.end()
            start, end = seen.span(*match.span())
            if UNDONE.search(seen.text, low, match.start()) or not raised.isdisjoint(range(start - BEHIND, end + BEHIND)):
                continue
            if targets is None:
                targets = targets_set(layout, figures, claims)
            yield from denied(layout, seen, match, low, [(bisect_left(seen.starts, m.span[0]), m) for m in inside], targets)


def denied(layout: Layout, seen: View, match: re.Match[str], low: int, placed: Sequence[tuple[int, Mention]],
           targets: Mapping[tuple[int, str], Sequence[Target]]) -> Iterator[Check]:
    before = [(at, m) for at, m in placed if low <= at < match.start()]
    within = [(at, m) for at, m in placed if match.start() <= at < match.end()]
    planned = [(at, m) for at, m in before[-2:] if PLAN.search(seen.text[max(low, at - 8):at])]
    results = [(at, m) for at, m in before if (at, m) not in planned and m.op is None]
    if not results or ("任务" in match[0] and not within and not planned):
        return
    at, result = results[-1]
    reached, name = numeric(result.text), name_before(seen.text, low, at)
    if reached is None or len(COMMA.findall(seen.text, at, match.start())) > 1 + len(planned):
        return
    if within or planned:
        spot, told = (within or planned)[-1]
        value = numeric(told.text)
        known = [Target(name, bounded(value, told.op, seen.text, spot), told.span)] if value else []
    else:
        known = named(targets, part_of(layout, result.span[0]), name)
    for target in known[:1]:
        if comparable(target.value, reached) and missed(target.name or name, target.value, reached):
            a, b = quote(layout, target.span), quote(layout, result.span)
            stated = quote(layout, seen.span(*match.span()))
            yield agreement(layout, "target", [a, b], stated, verdict="conflict", tier="numeric", computed=b.value or b.text,
                            note=f"{target.name or name}：完成值 {b.value} 未达目标 {a.value}，却称“{stated.value}”",
                            claims=[target.claim] if target.claim else [])


def name_before(text: str, low: int, at: int) -> str:
    """What a figure is told of: its clause before it, without 为 and 达到."""
    clause = re.split(r"[,。;:!?、]", text[max(low, at - NAME):at])[-1]
    return squeezed(LINK.sub("", clause))


def bounded(value: Value, op: Op | None, text: str, at: int) -> Value:
    """A target with the comparison that stands beside it: 不超过|9分钟 · |30天|以内."""
    near, behind = text[max(0, at - 6):at], text[at:at + 14]
    told: Op | None = op or ("<=" if AT_MOST.search(near) or re.search(r"以内|以下", behind) else ">=" if AT_LEAST.search(near) else None)
    return replace(value, op=told or value.op)


def targets_set(layout: Layout, figures: Sequence[Mention], claims: Sequence[Claim]) -> Mapping[tuple[int, str], list[Target]]:
    """Targets by part and the last letters of their names: rows of the report's tables, then goals set in its text."""
    found: dict[tuple[int, str], list[Target]] = defaultdict(list)
    for claim in claims:
        said = claim.fields
        value = numeric(said.target or "") if isinstance(said, Indicator) and claim.origin == "table" else None
        if isinstance(said, Indicator) and value is not None and len(name := squeezed(said.name)) >= LEAST:
            found[(claim.part, name[-LEAST:])].append(Target(name, value, claim.spans["target"], claim.id))
    for paragraph in layout.paragraphs:
        low, high = (bisect_left(figures, at, key=lambda m: m.span[0]) for at in paragraph.span)
        bounds = [m for m in figures[low:high] if m.op in {">=", "<="}] if paragraph.role == "body" else []
        seen = view(layout.document.text, paragraph.span) if bounds else None
        for mention in bounds if seen is not None else ():
            at = bisect_left(seen.starts, mention.span[0]) if seen is not None else 0
            name, value = name_before(seen.text if seen is not None else "", 0, at), numeric(mention.text)
            if value is not None and len(name) > LEAST:
                found[(part_of(layout, mention.span[0]), name[-LEAST:])].append(Target(name, replace(value, op=mention.op), mention.span))
    return found


def named(targets: Mapping[tuple[int, str], Sequence[Target]], part: int, name: str) -> list[Target]:
    """The targets of the indicator that a sentence names: all of its name ends the words, or the words all of it."""
    near = targets.get((part, name[-LEAST:]), ()) if len(name) >= LEAST else ()
    return [t for t in near if name.endswith(t.name) or (len(name) > LEAST and t.name.endswith(name))]
