"""Checks and the figures around them -> checks with the odds that they would fit by chance.

Whoever tries many figures and formulas finds one that fits. For a stated figure s the search is taken as it goes: words name one
operand, the other is looked for among the figures of its kind around it; what a thing told twice agrees with is named whole. So
many of the results as lie between s/2 and 2s, spread evenly there, fall by chance into the width in which a result counts as s:
one last digit to either side, and what the digits of the operands allow; whole things count only as themselves. Their expected
number is the rate of a Poisson law (Arratia, Goldstein & Gordon 1989, Two moments suffice for Poisson approximations), and the
odds are those of at least one: 1 − exp(−expected). A rate told to whole per cent fits one time in ten or so, 1,523.47万元 hardly
ever. `benchmarks/audit.py --shuffled` holds these odds against reports with shuffled digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hedui.findings import RECKONED, TOLD_AGAIN, Check, Mention
from hedui.reconcile.chance.figures import Figures, Told, figures_of
from hedui.reconcile.chance.trials import trials_of

__all__ = ["chance_of", "fits_by_chance", "with_chances"]

# figures around a check that a search looks at, at least and at most
LEAST, MOST = 6, 40


def with_chances(mentions: Sequence[Mention], checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks, those between figures with their `chance`; the others as they are."""
    figures = figures_of(mentions, checks)
    return tuple(replace(check, chance=chance_of(check, figures)) for check in checks)


def chance_of(check: Check, figures: Figures) -> float | None:
    """The odds that some formula over the figures around would have given what is stated; None where no figure was reckoned."""
    stated = figures.at.get(check.stated.span)
    if check.tier != "numeric" or stated is None or not stated.value or check.kind not in RECKONED | TOLD_AGAIN:
        return None
    inputs = [told for quote in check.inputs if (told := figures.at.get(quote.span))]
    if not inputs:
        return None
    results = trials_of(check.kind, inputs, around(check, figures))
    tried = 1 if check.kind in TOLD_AGAIN else len(results)
    return fits_by_chance(stated.value, width_of(check, stated), results, tried)


def fits_by_chance(stated: float, width: float, results: Sequence[float], tried: int) -> float:
    """The odds that one of so many `tried` lies within `width` about `stated`, where they are spread as `results` are between its half and
    its double, and evenly there.

    >>> round(fits_by_chance(100, 3, [60, 170, 900], 3), 3)
    0.039
    """
    low, high = abs(stated) / 2, abs(stated) * 2
    near = sum(low <= abs(result) <= high for result in results)
    return -math.expm1(-tried * near / len(results) * min(1.0, width / (high - low))) if results else 0.0


def width_of(check: Check, stated: Told) -> float:
    """The width of all results that count as the stated figure, in its base unit."""
    allowed = float(check.high - check.low) * stated.scale if check.low is not None and check.high is not None else 0.0
    return (stated.step if stated.whole else 2 * stated.step) + allowed


def around(check: Check, figures: Figures) -> list[Told]:
    """The figures of the operands' kind from the first to the last place that the check quotes, or some more; without the stated."""
    kinds = dict.fromkeys(told.kind for quote in check.inputs if (told := figures.at.get(quote.span)))
    first = min(quote.span[0] for quote in (*check.inputs, check.stated))
    last = max(quote.span[0] for quote in (*check.inputs, check.stated))
    found = [one for kind in kinds for one in figures.between(kind, first, last, least=LEAST, most=MOST)]
    return [one for one in found if one.span != check.stated.span]
