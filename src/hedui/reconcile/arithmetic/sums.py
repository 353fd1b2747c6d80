"""Passages -> the lists of parts that stand beside their totals (其中, 分别为, 合计, in brackets).

A list is taken as whole where the words or the figures say so. One that falls short of its total may have left parts out:
it is a conflict only where the gap is a slip of the pen (one digit, two digits exchanged), where its parts come to more than a
total that such a slip explains, or where its parts are a pair that leaves nothing out (定量 and 定性). What merely does not fit is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hedui.findings import Verdict
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, following, settled
from hedui.reconcile.arithmetic.figures import before as own_before
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE, CUE, LEFT, OPEN_END, PER, SCORED, TOTAL
from hedui.reconcile.arithmetic.scores_patterns import LOST
from hedui.reconcile.arithmetic.sums_patterns import GOES_ON
from hedui.reconcile.arithmetic.sums_words import covers, mistyped, slip, unit_slip
from hedui.reconcile.formulas.intervals import Outcome, compute, judge, total

__all__ = ["Listing", "certain", "fits", "listings", "outcome_of"]

# 效益28分|和满意度9.50分组成: a numeral that no figure was read from may be one more part
UNREAD = re.compile(r"[^,;。:\d]{0,12}(?:和|与|及|、)[^,;。:\d]{0,12}\d")
MAX_GAP, MAX_PARTS, HUNDRED = 70, 60, Decimal(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A total and the parts that stand under it. `whole` when the words let no part be left out."""

    total: Figure
    parts: tuple[Figure, ...]
    whole: bool
    verdict: Verdict | None = None


@dataclass(slots=True)
class Reading:
    """What is known of one passage while its cues are read, last first: figures that are parts of parts."""

    passage: Passage
    inner: set[int] = field(default_factory=set)


def outcome_of(parts: Sequence[Figure]) -> Outcome:
    outcome = compute(total, settled(parts))
    assert outcome is not None
    return outcome


def fits(whole: Figure, parts: Sequence[Figure]) -> Verdict | None:
    """The verdict where the parts come to the whole, None where they do not."""
    stated, *others = settled([whole, *parts])
    outcome = compute(total, others)
    assert outcome is not None
    verdict = judge(stated, outcome)
    return None if verdict == "conflict" else verdict


def listings(passages: Sequence[Passage]) -> list[Listing]:
    """All lists that stand in one paragraph with their totals."""
    return [one for passage in passages for one in listings_of(passage)]


def certain(listing: Listing) -> bool:
    """Whether a list that does not come to its total must be wrong."""
    whole, parts = listing.total, listing.parts
    if len(parts) < 2 or not whole.value:
        return False
    gap = outcome_of(parts).point - whole.value
    if not listing.whole and not covers(whole, parts):
        return False
    if covers(whole, parts):
        return True
    return slip(whole, parts, gap) or (whole.label == "AMOUNT" and gap > 0 and mistyped(whole, gap))


def listings_of(passage: Passage) -> Iterator[Listing]:
    """The lists that stand in one passage, inner ones first."""
    if len(passage.figures) < 2:
        return
    reading = Reading(passage)
    cues = [(m.start(), m.end(), m.lastgroup or "") for m in CUE.finditer(passage.text)]
    cues += [(i, i + 1, "bracket") for i, c in enumerate(passage.text) if c == "(" and "其中" not in passage.text[i:i + 4]]
    for start, end, kind in sorted(cues, reverse=True):
        yield from listings_at(reading, start, end, kind)
    yield from trailing(reading)


def listings_at(reading: Reading, start: int, end: int, kind: str) -> Iterator[Listing]:
    """The list after one cue; where points are told in pairs (预算执行10分，得9.6分), the two lists."""
    before = own_before(reading.passage, start)
    after = [f for f in following(reading.passage, end) if f.start not in reading.inner and not standard(f) and not CHANGE.search(f.before)
             and not LOST.search(f.before)]
    heads = [f for f in before[-8:] if f.label != "RATE"]
    if not heads or not after or (kind == "bracket" and (start - heads[-1].end > 6 or not inside(after[0], start))):
        return
    wholes = wholes_of(reading.passage, heads, before, start, kind)
    if not wholes or after[0].sentence - wholes[0].sentence > (1 if kind != "sorted" else 9):
        return
    found: list[Listing] = []
    for whole in wholes:
        for parts in parts_of(whole, after):
            one = fitting(reading, whole, parts) if not found or whole.unit == "分" else None
            if one is not None and not any(set(one.parts) & set(other.parts) for other in found):
                found.append(one)
                break
    if not found or found[0].total.value == HUNDRED:
        rest = not_scored(wholes, after) or (unfitting(reading, wholes, after, start, end, kind) if not found else None)
        found += [rest] if rest is not None else []
    yield from found


def not_scored(wholes: Sequence[Figure], after: Sequence[Figure]) -> Listing | None:
    """`总分100分，得95.1分。其中甲满分50分、得48.5分，乙（50分）得46.1分`: where full points close, as many scores must too."""
    points = [f for f in after if f.unit == "分" and f.sentence == after[0].sentence]
    scored = [f for f in points if SCORED.search(f.before)]
    full = [f for f in points if f not in scored]
    whole = next((w for w in wholes if w.unit == "分" and w.value != HUNDRED and SCORED.search(w.before)), None)
    if whole is None or len(scored) != len(full) or len(full) < 2 or sum(f.value for f in full) != HUNDRED:
        return None
    return None if fits(whole, scored) else Listing(total=whole, parts=tuple(scored), whole=True, verdict="conflict")


def standard(figure: Figure) -> bool:
    """Whether an amount is what one head gets (补贴每人每天150元): no part of a sum."""
    return figure.label == "AMOUNT" and bool(PER.search(figure.name))


def wholes_of(passage: Passage, heads: Sequence[Figure], before: Sequence[Figure], start: int, kind: str) -> list[Figure]:
    """The figures that a list may sum up, the likeliest first. Changes and what is left over come last."""
    head = heads[-1]
    if kind == "sorted":
        return [f for f in before if f.label == "AMOUNT" and not CHANGE.search(f.before) and not BASE.search(f.before)][:3]
    if start - head.end > MAX_GAP or (kind != "which" and "。" in passage.text[head.end:start]):
        return []
    near = [f for f in reversed(heads) if f.sentence == head.sentence and f.depth == head.depth][:4]
    if kind == "which" and all(f.label != "AMOUNT" for f in near):
        near += [f for f in reversed(before) if f.label == "AMOUNT" and head.sentence - f.sentence <= 1][:1]
    return sorted(near, key=aside)


def aside(figure: Figure) -> bool:
    return bool(CHANGE.search(figure.before) or LEFT.search(figure.before))


def inside(figure: Figure, bracket: int) -> bool:
    """Whether the bracket that opens at `bracket` is still open at `figure` (no figure stands between)."""
    return figure.depth > 0 and ")" not in figure.before[-(figure.start - bracket):]


def parts_of(whole: Figure, after: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures that may be parts of `whole`: those of its kind on the level where the list begins; of points, those
    that were scored and those that could be (`预算执行10分，得9.6分`) also by themselves."""
    level = after[0].depth
    close = next((n for n, f in enumerate(after) if f.depth < level), len(after))
    parts = [f for f in after[:close] if f.depth == level and alike(f, whole) and f.label != "RATE"][:MAX_PARTS]
    yield parts
    if whole.unit == "分":
        scored = [f for f in parts if SCORED.search(f.before)]
        if 1 < len(scored) < len(parts):
            yield scored
            yield [f for f in parts if f not in scored]


def fitting(reading: Reading, whole: Figure, parts: Sequence[Figure]) -> Listing | None:
    """The parts of the first sentence, or as many of them as come to `whole`."""
    tight = [p for p in parts if p.sentence == parts[0].sentence]
    for size in [len(tight), *(n for n in range(len(parts), 1, -1) if n != len(tight))]:
        if size < 2 or (size != len(tight) and not stands_apart(reading.passage, parts, size, whole)):
            continue
        if (verdict := fits(whole, parts[:size])) is not None:
            reading.inner.update(p.start for p in parts[:size])
            return Listing(total=whole, parts=tuple(parts[:size]), whole=True, verdict=verdict)
    return None


def unfitting(reading: Reading, wholes: Sequence[Figure], after: Sequence[Figure], start: int, end: int, kind: str
              ) -> Listing | None:
    """The list as its words have it, for a verdict on whether it can be right."""
    text = reading.passage.text
    if kind == "loose":
        close = min((i for i in (text.find(c, end) for c in ";。") if i >= 0), default=len(text))
        reading.inner.update(f.start for f in after if f.start < close and f.depth >= after[0].depth)
        return None
    for whole in wholes:
        choices = list(parts_of(whole, after))
        for parts in choices[1:2] or choices:
            tight = [p for p in parts if p.sentence == parts[0].sentence]
            if len(tight) < 2:
                continue
            tight = next((cut for cut in (tight, before_semicolon(text, tight)) if len(cut) > 1
                          and certain(Listing(total=whole, parts=tuple(cut), whole=True))), tight)
            if GOES_ON.fullmatch(text, tight[-1].end):
                continue
            closed = not OPEN_END.search(text[start:tight[-1].end + 8])
            if UNREAD.match(text, tight[-1].end):
                continue
            if whole is wholes[0] or unit_slip(whole, tight) is not None:
                return Listing(total=whole, parts=tuple(tight), whole=closed)
    return None


def before_semicolon(text: str, parts: Sequence[Figure]) -> list[Figure]:
    """The parts up to the first semicolon behind the first of them."""
    stop = text.find(";", parts[0].end)
    return [p for p in parts if stop < 0 or p.start < stop]


def stands_apart(passage: Passage, parts: Sequence[Figure], size: int, whole: Figure) -> bool:
    """Whether the first `size` of `parts` may be a list of their own. Small counts fit by chance, so theirs must end
    where a clause does."""
    if whole.label == "AMOUNT":
        return True
    return passage.text[parts[size - 1].end:parts[size - 1].end + 1] in {";", "。", ")", ""}


def trailing(reading: Reading) -> Iterator[Listing]:
    """`A…、B…，合计…`: parts that stand before their total, in its sentence or the ones before it."""
    figures = reading.passage.figures
    for n, whole in enumerate(figures):
        told = TOTAL.search(whole.before)
        if not told or whole.label == "RATE" or n < 2 or whole.start in reading.inner:
            continue
        parts = [f for f in figures[max(0, n - MAX_PARTS):n] if alike(f, whole) and f.depth == whole.depth and f.start not in reading.inner
                 and not CHANGE.search(f.before)][-8:]
        own = [f for f in parts if f.sentence == whole.sentence]
        for size in sorted(range(2, len(parts) + 1), key=lambda k: k != len(own)):
            if (verdict := fits(whole, parts[-size:])) is not None and (size <= len(own) or whole.label == "AMOUNT"):
                reading.inner.update(f.start for f in parts[-size:])
                yield Listing(total=whole, parts=tuple(parts[-size:]), whole=True, verdict=verdict)
                break
        else:
            if len(own) >= 2 and told["sum"]:
                yield Listing(total=whole, parts=tuple(own), whole=True)
