"""Counts and rates of running text -> the same fact told again elsewhere, and the same number with another unit.

A fact is told again when the words around the number are the same: what stands before it in its clause, or behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Fund, Mention
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.view import view

__all__ = ["Fact", "common_end", "common_start", "fact_agreements", "facts_of", "in_paragraphs", "inspections", "pairs"]

LEFT, WIDE, RIGHT, RECENT = 14, 30, 10, 20
STOP = re.compile(r"[,。;:!?、]")
MANY, SENTENCE = 4, 12
RESULT = re.compile(r"(?:全年|年度)?(?:总体)?(?:目标)?(?:实际)?(?:完成|执行)(?:情况|结果)")
# 年初目标不少于|64户: words that any target has
BOUND = re.compile(r"(?:目标|任务|指标值|完成值|不少于|不低于|不超过|不高于|大于等于|小于等于|大于|小于|[≥≤])值?(?:为|是|达到?)?$")
OTHER = re.compile(r"[^\u4e00-\u9fff]")
TRIVIAL = frozenset({"100%", "0%"})


class Fact(NamedTuple):
    """A number in a paragraph and the words of its clause on either side; those in cells are counted on behind the paragraphs."""

    mention: Mention
    before: str
    after: str
    paragraph: int


def result_cells(layout: Layout) -> Iterator[Span]:
    """Cells of forms that tell in sentences what the year brought: those under 全年实际完成情况."""
    for grid in layout.grids:
        for above, below in pairwise(grid.rows):
            for head, cell in zip(above, below, strict=False):
                if RESULT.fullmatch(head.text) and len(cell.text) >= SENTENCE and cell.origin:
                    yield cell.span


def facts_of(layout: Layout, mentions: Sequence[Mention], *, wide: bool = False, cells: bool = False) -> Iterator[Fact]:
    """The numbers of running text with the words beside them, `wide` for more of what stands before, `cells` for those
    of sentences in forms too."""
    ordered = sorted((m for m in mentions if m.label in {"QUANTITY", "RATE", "AMOUNT"}), key=lambda m: m.span)
    starts = [m.span[0] for m in ordered]
    stretches = [p.span if p.role == "body" else p.span[:1] * 2 for p in layout.paragraphs]
    for index, span in enumerate([*stretches, *(result_cells(layout) if cells else ())]):
        low, high = bisect_left(starts, span[0]), bisect_left(starts, span[1])
        if low == high:
            continue
        seen = view(layout.document.text, span)
        for mention in ordered[low:high]:
            i, j = bisect_left(seen.starts, mention.span[0]), bisect_left(seen.starts, mention.span[1])
            before = STOP.split(seen.text[max(0, i - (WIDE if wide else LEFT)):i])[-1]
            after = STOP.split(seen.text[j:j + RIGHT])[0]
            yield Fact(mention, before, after, index)


def in_paragraphs(layout: Layout, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of running text among those that were read in cells too."""
    return (fact for fact in facts if fact.paragraph < len(layout.paragraphs))


def common_end(a: str, b: str) -> int:
    n = 0
    while n < min(len(a), len(b)) and a[-1 - n] == b[-1 - n]:
        n += 1
    return n


def common_start(a: str, b: str) -> int:
    return common_end(a[::-1], b[::-1])


def same_fact(a: Fact, b: Fact) -> bool:
    """Whether the words around two equal numbers make them one fact; the more digits a number has, the fewer words."""
    left, right = common_end(a.before, b.before), common_start(a.after, b.after)
    text = a.mention.text.replace(" ", "")
    if text in TRIVIAL:
        return left >= 5
    digits = len(re.sub(r"\D", "", text))
    if digits >= MANY:
        return left >= 2 or right >= 2 or bool(pairs(a) & pairs(b))
    many = digits > 1 and (right >= 3 or (digits > 2 and len(pairs(a) & pairs(b)) >= 2))
    return left >= 4 or right >= 5 or (left >= 2 and right >= 2) or many


def pairs(fact: Fact) -> frozenset[str]:
    """The pairs of letters in the words on either side of a number."""
    words = OTHER.sub("", fact.before) + "|" + OTHER.sub("", fact.after)
    return frozenset(words[i:i + 2] for i in range(len(words) - 1) if "|" not in words[i:i + 2])


def fact_agreements(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Check]:
    """Every number told again, against the nearest telling before it."""
    by_value: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    by_number: dict[object, list[Fact]] = defaultdict(list)
    clashed: set[Span] = set()
    for fact in facts_of(layout, mentions):
        mention = fact.mention
        if not mention.value:
            continue
        key = (mention.label, mention.value, mention.unit)
        earlier = next((f for f in reversed(by_value[key][-RECENT:]) if f.paragraph != fact.paragraph and same_fact(f, fact)), None)
        if earlier:
            a, b = quote(layout, earlier.mention.span), quote(layout, mention.span)
            yield agreement(layout, "restated", [a], b, verdict="consistent", tier="numeric", computed=a.text,
                            note=f"{fact.before or fact.after}：{a.value} = {b.value}")
        by_value[key].append(fact)
        if mention.label == "QUANTITY" and not BOUND.search(fact.before):
            clash = other_unit(layout, fact, by_number[mention.value])
            if clash and clash.inputs[0].span not in clashed:
                clashed.add(clash.inputs[0].span)
                yield clash
            by_number[mention.value].append(fact)


def persons(a: Fact, b: Fact) -> bool:
    """Whether one number of three digits or more counts persons and the other their visits: 320人 and 320人次."""
    return {a.mention.unit, b.mention.unit} == {"人", "人次"} and len(re.sub(r"\D", "", a.mention.text)) > 2


def needed(layout: Layout, a: Fact, b: Fact) -> int:
    """How many letters before two equal numbers with other units must be the same for both to tell of one thing."""
    if not persons(a, b):
        return 6
    one_report = part_of(layout, a.mention.span[0]) == part_of(layout, b.mention.span[0])
    return 0 if one_report and len(re.sub(r"\D", "", a.mention.text).strip("0")) >= MANY else 2


def other_unit(layout: Layout, fact: Fact, told: Sequence[Fact]) -> Check | None:
    """The same number behind the same words with another unit: 推送1万余条 and 推送1万余次."""
    for earlier in reversed(told[-RECENT:]):
        if (earlier.mention.unit != fact.mention.unit and earlier.paragraph != fact.paragraph
                and common_end(earlier.before, fact.before) >= needed(layout, earlier, fact) and fact.mention.value not in {0, 1}):
            a, b = quote(layout, earlier.mention.span), quote(layout, fact.mention.span)
            return agreement(layout, "unit", [a], b, verdict="conflict", tier="numeric", computed=a.text,
                             note=f"{fact.before}：{a.value} 与 {b.value} 数同而单位不同")
    return None


class Event(NamedTuple):
    """The counts that one paragraph tells of a check or inspection, and the first amount it found."""

    counts: tuple[Mention, ...]
    amount: Claim
    paragraph: int


INSPECTED_UNITS = frozenset({"家", "个", "户", "人", "所", "项", "处", "名", "座", "个村"})
# 聘请第三方对14家机构和45家药店进行了检查，查实…
INSPECTED = re.compile(r"检查|稽核|核查|巡查|审计|督查|抽查")


def inspections(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Check]:
    """One inspection told twice, known by its counts, with other amounts found."""
    events = list(events_of(layout, mentions, claims))
    by_counts: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        by_counts[tuple(sorted((m.value, m.unit) for m in event.counts))].append(event)
    for told in by_counts.values():
        amounts = {e.amount.fields.yuan for e in told if isinstance(e.amount.fields, Fund)}
        if len(amounts) < 2:
            continue
        for event in told:
            others = [quote(layout, e.amount.spans["yuan"]) for e in told if e is not event]
            counts = [quote(layout, m.span) for m in event.counts]
            stated = quote(layout, event.amount.spans["yuan"])
            yield agreement(layout, "restated", [*counts, *others], stated, verdict="conflict", tier="numeric", computed=others[0].text,
                            note=f"同一次检查（{'、'.join(map(str, (q.value for q in counts)))}）：{stated.value} ≠ {others[0].value}",
                            claims=(event.amount.id,))


def events_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Event]:
    found = sorted((c for c in claims if c.type == "fund" and isinstance(c.fields, Fund) and c.fields.measure == "recovered"), key=lambda c: c.span)
    counts = sorted((m for m in mentions if m.label == "QUANTITY" and m.unit in INSPECTED_UNITS), key=lambda m: m.span)
    starts, at = [m.span[0] for m in counts], [c.spans["yuan"][0] for c in found]
    for index, paragraph in enumerate(layout.paragraphs):
        i, j = bisect_left(at, paragraph.span[0]), bisect_left(at, paragraph.span[1])
        text = layout.document.text[slice(*paragraph.span)]
        if i == j or not INSPECTED.search(text):
            continue
        inside = counts[bisect_left(starts, paragraph.span[0]):bisect_left(starts, found[i].spans["yuan"][0])]
        near = tuple(m for m in inside if found[i].spans["yuan"][0] - m.span[0] <= 200 and m.text[:1].isdigit())
        if len(near) >= 2:
            yield Event(near[:4], found[i], index)
