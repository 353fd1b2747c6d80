"""Passages -> rates of growth that no closer reading explains, over the figures beside them that give them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.arithmetic.exact import closes, words_of
from hedui.reconcile.arithmetic.figures import Figure, Passage, alike, settled_sides
from hedui.reconcile.arithmetic.ratios_reached import precision, sides_of
from hedui.reconcile.arithmetic.ratios_reached_patterns import GROWN_WORD
from hedui.reconcile.formulas.check import check_of
from hedui.reconcile.formulas.intervals import compute, judge
from hedui.reconcile.formulas.named import CLIMBED, FALLEN, GROWN_BY, SHARE, SHRUNK_BY

__all__ = ["reached_growth"]

NEAR, MOST, BESIDE, WIDE = 1, 6, 2, 3
FORMULAS = (CLIMBED, FALLEN, SHARE, GROWN_BY, SHRUNK_BY)


def reached_growth(layout: Layout, passages: Sequence[Passage], taken: Collection[Span]) -> Iterator[Check]:
    """Rates that words call growth, over the nearest two figures of their sentence or of the one before that give them."""
    def wanted(rate: Figure) -> bool:
        return rate.label == "RATE" and rate.span not in taken and bool(rate.value) and GROWN_WORD.search(rate.before) is not None

    for rate, sides in sides_of(passages, wanted):
        sentence = [f for f in sides.own if f.sentence == rate.sentence and f.start < rate.start][:MOST]
        around = [f for f in sides.own if abs(f.sentence - rate.sentence) <= NEAR][:MOST]
        for figures, enough in ((sentence, BESIDE), (around, WIDE), ([*sentence[:2], *sides.told[:MOST]], WIDE)):
            found = growth_of(layout, rate, figures) if precision(rate) >= enough else None
            if found is not None:
                yield found
                break


def growth_of(layout: Layout, rate: Figure, figures: Sequence[Figure]) -> Check | None:
    for pair in permutations(figures, 2):
        if not alike(*pair):
            continue
        for formula in (one for one in FORMULAS if closes(one, pair, rate)):
            outcome = compute(formula, settled_sides(pair))
            if outcome is not None and judge(rate.stated, outcome) == "consistent":
                return check_of(layout, "growth", pair, rate, outcome, "consistent", words_of(formula))
    return None
