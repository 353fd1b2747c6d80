"""What a finding weighs, and why.

    weight = tier + yuan + share + figures + records          score = weight × confidence

`tier` is 4 points for figures that do not agree, 2 for values, 1 for wording (0.5 for rounding). `yuan` gives one point for every tenfold
sum from 1,000 yuan on (1,000 yuan: 0, 10,000: 1, 1 million: 3; at most 6), `share` 0.2 points for each per cent of the report's budget (at most 4),
`figures` and `records` 0.2 points for each figure and record that rests on the finding (at most 2 and 1). All numbers stand in
weights.tsv, the first sum in page.tsv. Who doubts an order can add it up from the page.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from math import log10

from hedui.lexicons import rows
from hedui.opinion.settings import setting

__all__ = ["meaning", "points_of"]


@cache
def scale() -> dict[str, tuple[float, float, str]]:
    """Term -> points a unit, most points, what it counts."""
    return {term: (float(points), float(most), told) for term, points, most, told in rows("weights", "hedui.opinion")}


def meaning(term: str) -> str:
    """What `term` of weights.tsv counts, in both languages."""
    return scale()[term][2]


def points_of(tier: str, *, yuan: Decimal | None = None, share: Decimal | None = None, figures: int = 0,
              records: int = 0) -> tuple[tuple[str, float], ...]:
    """The terms that give points, with their points, in the order of weights.tsv.

    >>> points_of("numeric", yuan=Decimal(1_000_000), share=Decimal("0.05"), figures=2)
    (('numeric', 4.0), ('yuan', 3.0), ('share', 1.0), ('figures', 0.4))
    """
    units = {
        tier: 1.0,
        "yuan": max(log10(yuan / setting("first_yuan")), 0.0) if yuan else 0.0,
        "share": float(share or 0) * 100, "figures": figures, "records": records,
    }
    found = ((term, round(min(units.get(term, 0.0) * points, most), 2)) for term, (points, most, _) in scale().items())
    return tuple((term, points) for term, points in found if points)
