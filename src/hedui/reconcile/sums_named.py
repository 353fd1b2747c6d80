"""Passages -> lists whose total stands elsewhere and is found by its name or place: `基本支出中，人员经费…、公用经费…`,
`项目支出主要包括：a.…；b.…`, dimension scores against the total score, issues against what was issued in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hedui.reconcile.arithmetic_patterns import CHANGE, FULL, NAMED_CUE, SCORED, WHICH_CUE, WHOLE_SCORE
from hedui.reconcile.figures import Figure, Passage, alike
from hedui.reconcile.ratios_find import Memory
from hedui.reconcile.sums import Listing, fits

__all__ = ["named_listings", "score_listings"]

HUNDRED = Decimal(100)
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
    for n, passage in enumerate(passages):
        for whole in passage.figures:
            if whole.unit != "分" or not WHOLE_SCORE.search(whole.before) or whole.span in totals:
                continue
            pairs = [pair for p in passages[n + 1:] if p.part == passage.part and (pair := dimension(p)) is not None][:DIMENSIONS]
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
