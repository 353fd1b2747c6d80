"""Passages -> lists whose total stands elsewhere and is found by its name or place: `基本支出中，人员经费…、公用经费…`,
`项目支出主要包括：a.…；b.…`, dimension scores against the total score, issues against what was issued in all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from hedui.reconcile.arithmetic.figures import Figure, Passage, alike
from hedui.reconcile.arithmetic.patterns import (
    ALL_TOLD,
    CHANGE,
    FULL,
    ISSUED,
    JOINT_PARTS,
    JOINT_TOTAL,
    NAMED_CUE,
    SCORED,
    TOTAL,
    WHICH_CUE,
    WHOLE_POINTS,
    WHOLE_SCORE,
)
from hedui.reconcile.arithmetic.ratios_find import Memory
from hedui.reconcile.arithmetic.sums import Listing, fits

__all__ = ["issued_listings", "named_listings", "score_listings"]

HUNDRED = Decimal(100)
# 项目决策得分|13分: the score of one dimension
OF_LEVEL = re.compile(r"(?:决策|过程|产出|效益|效果|效能|效率|满意度|执行|管理|投入|影响|指标|方面|部分)类?(?:指标)?"
                      r"(?:自评|实际|评价)?得分(?:为|是|共|:)*$")
DIGITS, BACK, DIMENSIONS = 5, 3, 12


def named_listings(passages: Sequence[Passage], known: Sequence[Listing]) -> Iterator[Listing]:
    """Lists that name their total without saying it again. `known` lists are left alone."""
    taken = {(p.passage, p.start) for one in known if one.verdict for p in one.parts}
    memory = Memory()
    for n, passage in enumerate(passages):
        free = [f for f in passage.figures if (f.passage, f.start) not in taken and not CHANGE.search(f.before)]
        for cue in NAMED_CUE.finditer(passage.text):
            found = named(memory, passage, free, cue["whole"], cue.end())
            if found is not None:
                yield found
        which = WHICH_CUE.search(passage.text)
        if which and free and free[0].start > which.start() and all(f.start > which.start() for f in passage.figures):
            yield from headed(passages[max(0, n - BACK):n], free)
        for figure in passage.figures:
            joint = JOINT_TOTAL.search(figure.before) if figure.label == "AMOUNT" else None
            if joint is not None and (found := joined_by_name(memory, figure, JOINT_PARTS.split(joint["names"]))) is not None:
                yield found
            memory.see(figure)


def named(memory: Memory, passage: Passage, free: Sequence[Figure], name: str, start: int) -> Listing | None:
    after = [f for f in free if f.start >= start and f.label == "AMOUNT"]
    after = [f for f in after if f.depth == after[0].depth]
    tight = [f for f in after if f.sentence == after[0].sentence] if after else []
    if len(tight) < 2 or after[0].part != memory.part:
        return None
    wholes = [f for f in memory.named(name) if f.passage != passage.index and alike(f, tight[0])][:BACK]
    for whole in wholes:
        for parts in (tight, after):
            if (verdict := fits(whole, parts)) is not None:
                return Listing(total=whole, parts=tuple(parts), whole=True, verdict=verdict)
    precise = [w for w in wholes[:1] if len(w.number.replace(".", "")) >= DIGITS]
    return Listing(total=precise[0], parts=tuple(tight), whole=True) if precise else None


def joined_by_name(memory: Memory, whole: Figure, names: Sequence[str]) -> Listing | None:
    """`中央和省级资金合计`: the last figure before it whose words hold 中央, and the last that hold 省级."""
    parts = []
    for name in names:
        word = name[:2]
        near = [f for f in reversed(memory.recent) if alike(f, whole) and f.value < whole.value and f.part == whole.part]
        choices = [f for f in near if word in f.before] or [f for f in near if word not in "".join(names)]
        parts.append(choices[:BACK])
    for combination in product(*parts):
        if len({f.span for f in combination}) == len(names) and (verdict := fits(whole, combination)) is not None:
            return Listing(total=whole, parts=combination, whole=True, verdict=verdict)
    return None


def issued_listings(passages: Sequence[Passage]) -> Iterator[Listing]:
    """Issues told in the passages of one section (根据…下达8297万元) against what was issued in all, told before."""
    totals: list[Figure] = []
    runs: dict[tuple[int, int], list[Figure]] = {}
    for passage in passages:
        amounts = [f for f in passage.figures if f.label == "AMOUNT"]
        totals += [f for f in amounts if ALL_TOLD.search(f.before)]
        first = amounts[0] if amounts else None
        if first is not None and ISSUED.search(first.before) and not TOTAL.search(first.before):
            runs.setdefault((passage.part, passage.section), []).append(first)
    for (part, _), parts in runs.items():
        near = [t for t in totals[:bisect_left(totals, parts[0].passage, key=passage_of)][-BACK:] if t.part == part]
        for whole in near if 1 < len(parts) <= DIMENSIONS else ():
            if (verdict := fits(whole, parts)) is not None:
                yield Listing(total=whole, parts=tuple(parts), whole=True, verdict=verdict)


def passage_of(figure: Figure) -> int:
    return figure.passage


def headed(above: Sequence[Passage], free: Sequence[Figure]) -> Iterator[Listing]:
    """A list that opens its passage: its total opens one of those just above."""
    for passage in reversed(above):
        whole = next((f for f in passage.figures if f.label == "AMOUNT"), None)
        parts = [f for f in free if whole is not None and alike(f, whole)]
        if whole is None or len(parts) < 2 or whole.part != parts[0].part:
            continue
        if (verdict := fits(whole, parts)) is not None:
            yield Listing(total=whole, parts=tuple(parts), whole=True, verdict=verdict)
            return


def score_listings(passages: Sequence[Passage], known: Sequence[Listing]) -> Iterator[Listing]:
    """`总得分为96分` and the scores of the dimensions told after it, each beside its full points (`分值20分，实际得分16分`).
    The full points must come to a hundred: else other scores are among them."""
    totals = {one.total.span for one in known if one.verdict}
    told = [(p, pair) for p in passages if (pair := dimension(p)) is not None]
    starts = [p.index for p, _ in told]
    for passage in passages:
        for whole in passage.figures:
            if whole.unit != "分" or not WHOLE_SCORE.search(whole.before) or OF_LEVEL.search(whole.name) or whole.span in totals:
                continue
            at = bisect_right(starts, passage.index)
            pairs = [pair for p, pair in told[at:at + DIMENSIONS] if p.part == passage.part]
            if whole.value == HUNDRED and WHOLE_POINTS.search(whole.before):
                continue
            if len(pairs) < 2 or sum(full.value for full, _ in pairs) != HUNDRED:
                continue
            parts = [score for _, score in pairs]
            yield Listing(total=whole, parts=tuple(parts), whole=True, verdict=fits(whole, parts) or "conflict")


def dimension(passage: Passage) -> tuple[Figure, Figure] | None:
    """The full points and the score of one dimension, where a passage tells just these."""
    points = [f for f in passage.figures if f.unit == "分"]
    full = [f for f in points if FULL.search(f.before)]
    score = [f for f in points if SCORED.search(f.before) and f not in full]
    return (full[0], score[0]) if len(full) == len(score) == 1 and full[0].sentence == score[0].sentence else None
