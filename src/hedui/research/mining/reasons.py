"""A sentence or a cell in, the reasons that it gives for delays and deviations out: typed causes with the effect that each explains.

Cues of four kinds lead to a cause: 受…影响, 因…, 原因是…, …导致. Where none stands, a clause that names a typical cause beside a clause that
tells of a deviation counts, with less score. Types and their words: cause_types.tsv, cause_words.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from hedui.document import Span
from hedui.research.mining import reason_patterns as said
from hedui.research.mining.clauses import Clause, clauses_of, led
from hedui.research.mining.words import KEPT_TEXTS, Pattern, patterns
from hedui.view import View, view

__all__ = ["Polarity", "Reason", "cause_type", "reasons_in"]

Polarity = Literal["short", "over", "change"]
NEAR = 4
# a cause has two letters at least; so short before 未 it is only who did not: 因省里|未下达任务
ENOUGH, AGENT = 2, 4
LISTED = re.compile(r"(?:^|(?<=[,;:。]))(?:[一二三四五六]是|\(?\d[.、)](?!\d)|其[一二三],|[①-⑥])")
JOINT = re.compile(r"[、,]|(?<![涉普波])及|(?<!谐)和(?!谐)|(?<!参)与(?!会)|叠加|加之")
WITHOUT_CUE = re.compile(r"(?:由于|因为|受(?=.+(?:影响|限制|制约)$)|因(?![此素]))?")
OVER = re.compile(r"超出|超过|高于|超(?=[\d目预计])|比[^,。;]{0,16}高|节约")
BETWEEN_YEARS = re.compile(r"(?:增长|下降|增加|减少|追加|调[减增]|调整为|比上年|较上年|较年初)")
MISSED = re.compile(r"未|没有|低于|少(?=[\d收建完])|不足|差距|缺口|滞后|偏[低慢]|只|仅|目标")
SUREST, STRONG, PLAIN, WEAK = 0.95, 0.9, 0.75, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A cause, its type, the clause that it explains (None where the sentence names none) and which way that deviates; spans are of the text."""

    type: str
    cause: Span
    effect: Span | None
    polarity: Polarity
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A cause and its effect in the text of a view."""

    cause: Span
    effect: Span | None
    score: float


def reasons_in(text: str, span: Span | None = None, *, cell: bool = False) -> list[Reason]:
    """The reasons that `text[span]` gives, in their order; `cell` for a cell of a table that is there for reasons, which needs no cue.

    >>> [(r.type, "受疫情影响,项目未按期开工。"[slice(*r.cause)]) for r in reasons_in("受疫情影响,项目未按期开工。")]
    [('epidemic', '疫情')]
    """
    seen = view(text, span)
    if not seen.text or (not cell and not said.DEVIATES.search(seen.text)):
        return []
    clauses = clauses_of(seen.text)
    found = [one for one in (*under(seen.text, clauses), *inside(seen.text, clauses), *effect_first(seen.text, clauses), *rests(seen.text, clauses),
                             *cause_first(seen.text, clauses))]
    if not found:
        found = list(bare(seen.text, clauses))
    if not found and cell:
        found = [Found(cause=(clause.start, clause.end), effect=None, score=WEAK) for clause in clauses if not said.PLANNED.search(clause.text)]
    if said.TEMPLATE.search(seen.text):
        return []
    parts = outermost([part for one in found for part in split(seen.text, one)])
    told = [reason for part in parts if (reason := told_of(seen, part, cell))]
    return sorted({one.cause: one for one in reversed(told)}.values(), key=lambda one: one.cause)


def under(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    for match in said.UNDER.finditer(text):
        if said.NO_CAUSE.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        cause = match.span("cause")
        yield Found(cause=cause, effect=after(text, clauses, match.end()) or before(clauses, match.start()), score=SUREST)


def inside(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    """因选址变更未实施 and 由于财力紧张,资金未到位."""
    for match in said.INSIDE.finditer(text):
        clause = next((one for one in clauses if one.start <= match.start() < one.end), None)
        if clause is None or said.NO_CAUSE.search(text, clause.start, match.end()):
            continue
        bounds = [m.start() for m in said.BOUNDARY.finditer(text, match.end() + ENOUGH, clause.end)]
        whole = clause.stop == "," and bounds and (clause.end - bounds[-1] <= ENOUGH or bounds[-1] - match.end() <= AGENT)
        if bounds and not (whole and deviates_next(clauses, clause)):
            at = bounds[-1]
            yield Found(cause=(match.end(), at), effect=(at, clause.end), score=STRONG)
        else:
            effect = after(text, clauses, clause.end) or before(clauses, clause.start) or rest_of(clause, match.start())
            yield Found(cause=(match.end(), clause.end), effect=effect, score=STRONG if effect else PLAIN)


def deviates_next(clauses: Sequence[Clause], clause: Clause) -> bool:
    return any(one.start > clause.start and said.DEVIATES.search(one.text) for one in clauses[:clauses.index(clause) + 2])


def rest_of(clause: Clause, end: int) -> Span | None:
    return (clause.start, end) if end - clause.start >= ENOUGH and said.DEVIATES.search(clause.text[:end - clause.start]) else None


def effect_first(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    """资金支付偏慢,主要原因是招标周期长."""
    for match in said.EFFECT_FIRST.finditer(text):
        at = next((n for n, one in enumerate(clauses) if one.start <= match.start() < one.end), None)
        if at is None or said.PLANNED.search(clauses[at].text[:match.start() - clauses[at].start]):
            continue
        own = rest_of(clauses[at], match.start())
        effect = own or before(clauses, clauses[at].start)
        if effect is None and not match["strong"]:
            continue
        cause = (match.start("cause"), going_on(text, clauses, *match.span("cause")))
        if cause[0] < cause[1]:
            yield Found(cause=cause, effect=effect, score=STRONG if match["strong"] else PLAIN)


def going_on(text: str, clauses: Sequence[Clause], start: int, end: int) -> int:
    """Where a cause that begins at `start` ends: before the first clause that speaks of something else; at `start` where
    nothing but stops follows."""
    near = [one for one in clauses if start < one.end and one.start < end]
    if not near:
        return start
    stop = near[0].end
    for one in near[1:]:
        listed = LISTED.match(one.text)
        if not listed and (said.GOES_ON.search(one.text) or not (cause_type(one.text)[1] or said.STILL_CAUSE.search(one.text))):
            break
        stop = one.end
    return min(stop, end)


def rests(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    """剩余87.5万元为冷库设备尾款: what is left over, and of what kind it is."""
    for match in said.REST.finditer(text):
        clause = next(one for one in clauses if one.start <= match.start() < one.end)
        if cause_type(match["cause"])[0] != "other":
            yield Found(cause=match.span("cause"), effect=(clause.start, match.start("cause") - 1), score=PLAIN)


def cause_first(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    for prime in said.PRIME.finditer(text):
        yield Found(cause=prime.span("cause"), effect=prime.span("effect"), score=STRONG)
    for n, clause in enumerate(clauses):
        match = said.CAUSE_FIRST.search(clause.text)
        if not match or said.PLANNED.search(clause.text[:match.start()]) or said.NO_CAUSE.search(clause.text):
            continue
        effect = (clause.start + match.end(), clause.end)
        if match.start() >= ENOUGH and not match["so"]:
            yield Found(cause=(clause.start, clause.start + match.start()), effect=effect, score=PLAIN)
        elif n:
            start = n - 1
            while start and clauses[start - 1].stop == "," and cause_type(clauses[start - 1].text)[1] and not LISTED.match(clauses[start].text):
                start -= 1
            yield Found(cause=(clauses[start].start, clauses[n - 1].end), effect=effect, score=PLAIN)


def bare(text: str, clauses: Sequence[Clause]) -> Iterator[Found]:
    """县级财力薄弱,配套资金支付滞后: a typical cause beside what deviates."""
    n = 0
    while n < len(clauses) - 1:
        first = n
        while n < len(clauses) - 1 and clauses[n].stop == "," and cause_type(clauses[n].text)[1] and troubled().search(clauses[n].text):
            n += 1
        behind = next((one for one in clauses[n:n + 2] if said.DEVIATES.search(one.text)), None)
        if n > first and behind and not said.PLANNED.search(text[clauses[first].start:behind.end]):
            yield Found(cause=(clauses[first].start, clauses[n - 1].end), effect=(behind.start, behind.end), score=WEAK)
        n = max(n, first + 1)


@cache
def troubled() -> Pattern:
    """What is amiss in a clause that gives a cause without a cue."""
    return re.compile(r"不(?!断|超|突)|未(?!发|出)|薄弱|紧张|困难(?![群人家户学对职重])|有限|较?[长晚短迟](?!效|期|期限)|滞后|延迟|流标|停|狭窄"
    r"|复杂|减少|下降|变更|调整|缺|拒绝|少雨|干旱|短|频繁|落后|失信")


def after(text: str, clauses: Sequence[Clause], end: int) -> Span | None:
    """What deviates behind a cause: the rest of its clause, else the nearest of the next clauses, else the next."""
    near = [one for one in clauses if one.end > end][:NEAR]
    rest: list[Span] = []
    for one in near:
        start = max(one.start, end)
        if one.end - start >= ENOUGH:
            rest.append((start, one.end))
        if one.stop in "。;":
            break
    return next((one for one in rest if said.DEVIATES.search(text, *one)), rest[0] if rest and rest[0][0] > end else None)


def before(clauses: Sequence[Clause], start: int) -> Span | None:
    """The nearest clause that deviates before a cause."""
    near = [one for one in clauses if one.end <= start][-NEAR:]
    return next(((one.start, one.end) for one in reversed(near) if said.DEVIATES.search(one.text)), None)


def outermost(found: Sequence[Found]) -> list[Found]:
    """Of causes that overlap, those of the surest cue, then the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.score, one.cause[0] - one.cause[1])):
        if not any(one.cause[0] < other.cause[1] and other.cause[0] < one.cause[1] for other in kept):
            kept.append(one)
    return kept


def split(text: str, found: Found) -> Iterator[Found]:
    """The causes that one cue leads: lists of 一是…二是…, and what 、 or 和 joins where its parts are of different types."""
    start, end = found.cause
    starts = [start, *(m.start() for m in LISTED.finditer(text, start + 1, end))]
    for lo, hi in zip(starts, [*starts[1:], end], strict=True):
        pieces = [(lo, hi)]
        for joint in JOINT.finditer(text, lo, hi):
            left, right = (pieces[-1][0], joint.start()), (joint.end(), hi)
            kinds = cause_type(text[slice(*left)])[0], cause_type(text[slice(*right)].split("、")[0].split(",")[0])[0]
            if min(left[1] - left[0], right[1] - right[0]) >= ENOUGH and "other" not in kinds and kinds[0] != kinds[1]:
                pieces[-1:] = [left, right]
        for piece in pieces:
            yield replace(found, cause=piece)


def told_of(seen: View, found: Found, cell: bool) -> Reason | None:
    cause = trimmed(seen.text, found.cause)
    if cause is None:
        return None
    words = seen.text[slice(*cause)]
    if said.AGAIN.search(words) or said.NOT_A_CUE.search(words) or (not cell and said.PLANNED.match(words)):
        return None
    effect = trimmed_effect(seen.text, found.effect) if found.effect else None
    kind, _ = cause_type(words)
    told = seen.text[slice(*effect)] if effect else seen.text
    return Reason(type=kind, cause=seen.span(*cause), effect=seen.span(*effect) if effect else None, polarity=polarity_of(told),
                  score=round(found.score - (0.15 if kind == "other" else 0), 2))


def trimmed(text: str, span: Span) -> Span | None:
    start, end = led(text, *span), span[1]
    start = WITHOUT_CUE.match(text, start, end).end()  # type: ignore[union-attr]
    while end > start and (text[end - 1] in ",、:;。和及与的" or text[start:end].endswith(("以及",))):
        end -= 1
    while start < end and text[start] in ",、:;":
        start += 1
    while (tail := said.TAIL.search(text[start:end])) and tail[0]:
        end = start + tail.start()
    if ")" in text[start:end] and text[start:end].count(")") > text[start:end].count("("):
        end = start + text[start:end].index(")")
    while end > start and text[end - 1] in ",、":
        end -= 1
    return (start, end) if end - start >= ENOUGH else None


def trimmed_effect(text: str, span: Span) -> Span | None:
    start, end = led(text, *span), span[1]
    while start < end and text[start] in "的了,、":
        start += 1
    if text[start:end].endswith(("的原因", "原因")):
        end = start + text[start:end].rfind("的原因") if "的原因" in text[start:end] else end - 2
    return (start, end) if end - start >= ENOUGH else None


def polarity_of(effect: str) -> Polarity:
    """Less or later than was due (short), more than was due (over), or otherwise than last year or planned (change).

    >>> polarity_of("未能按期开工"), polarity_of("超出目标值43%"), polarity_of("增长5.50%")
    ('short', 'over', 'change')
    """
    if OVER.search(effect) and not re.search(r"低于|未", effect):
        return "over"
    return "change" if BETWEEN_YEARS.search(effect) and not MISSED.search(effect) else "short"


@lru_cache(KEPT_TEXTS)
def cause_type(words: str) -> tuple[str, int]:
    """The type whose words weigh most in a cause, and their weight; ("other", 0) where none stands there.

    >>> cause_type("招标周期较长")[0], cause_type("企业被列入失信名单")[0]
    ('procurement', 'other')
    """
    best, most = "other", 0
    for kind, pattern, row in patterns("cause_words"):
        weight = sum(int(row[2]) + len(match[0]) // 2 for match in pattern.finditer(words))
        if weight > most:
            best, most = kind, weight
    return best, most
