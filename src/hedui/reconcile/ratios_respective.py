"""A passage -> the shares that it tells one after another of the figures before them: 甲30万元、乙10万元，分别占75%和25%."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hedui.reconcile.figures import Figure, Passage, alike

__all__ = ["respective_shares"]

# 分别占|36.66% · 各占支出合计的|30%
IN_TURN = re.compile(r"(?:分别|依次|各)占(?P<whole>[^,;:。、]*?)(?:的?(?:比重|比例|比))?(?:的|约|为|是|达到?|:)*$")
# 36.66%|和|63.34%
GOING_ON = re.compile(r"\s*(?:、|,|和|及|与|以及)\s*")


def respective_shares(passage: Passage) -> Mapping[int, tuple[Figure, str]]:
    """Where a rate starts -> the figure it is the share of, and the words that name the whole (may be empty). Only rows of two
    or more rates behind as many figures of one kind in the same sentence."""
    found: dict[int, tuple[Figure, str]] = {}
    figures = passage.figures
    for n, first in enumerate(figures):
        told = IN_TURN.search(first.before) if first.label == "RATE" and first.start not in found else None
        if told is None:
            continue
        rates = [first]
        for later in figures[n + 1:]:
            if later.label != "RATE" or not GOING_ON.fullmatch(later.before) or later.sentence != first.sentence:
                break
            rates.append(later)
        tops = figures[max(0, n - len(rates)):n]
        if len(rates) == len(tops) > 1 and all(t.label != "RATE" and alike(t, tops[0]) and t.sentence == first.sentence for t in tops):
            found |= {rate.start: (top, told["whole"]) for rate, top in zip(rates, tops, strict=True)}
    return found
