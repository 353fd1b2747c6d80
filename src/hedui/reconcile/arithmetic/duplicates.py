"""Facts told several times: the list that adds one up takes it with the most digits that the report gives it.

As XBRL Calculations 1.1 has it for duplicate facts, the figure must lie in the intervals of all its tellings. One name may be
said of two things, so the name must be whole, all figures under it must agree, and the list must close at least as well as with
the figures of its own place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.arithmetic.figures import Figure, Passage
from hedui.reconcile.arithmetic.patterns import BASE, CHANGE
from hedui.reconcile.arithmetic.sums import Listing, fits
from hedui.reconcile.arithmetic.sums_checks import sum_check
from hedui.reconcile.formulas.intervals import shared
from hedui.reconcile.formulas.whereabouts import place_of

__all__ = ["most_precise", "sum_checks"]

NAME, DIGITS = 4, 2


def sum_checks(layout: Layout, passages: Sequence[Passage], lists: Sequence[Listing]) -> list[Check]:
    """The checks of all lists, with every fact as precise as it is told anywhere."""
    precise = most_precise(passages)
    return [check for one in lists if (check := precise_sum(layout, one, precise) or sum_check(layout, one)) is not None]


def most_precise(passages: Sequence[Passage]) -> Mapping[Span, Figure]:
    """By its span, for every figure that is told with more digits elsewhere under the same name, the most precise telling."""
    told: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    for passage in passages:
        for figure in passage.figures:
            if figure.label != "RATE" and len(figure.name) >= NAME and not CHANGE.search(figure.before) and not BASE.search(figure.before):
                told[(figure.part, figure.unit, figure.name)].append(figure)
    return {figure.span: precise for figures in told.values() if len({f.value for f in figures}) > 1 and agree(figures)
            for precise in [min(figures, key=step_of)] for figure in figures
            if figure.value != precise.value and len(figure.number.replace(".", "").strip("0")) >= DIGITS}


def step_of(figure: Figure) -> tuple[bool, object]:
    return not figure.stated.step, figure.stated.step


def agree(figures: Sequence[Figure]) -> bool:
    """Whether one number lies in the intervals of all figures, all rounded or all cut off."""
    return any(shared(readings) is not None for readings in
               ([f.stated.rounded for f in figures], [f.stated.truncated for f in figures]))


def precise_sum(layout: Layout, one: Listing, precise: Mapping[Span, Figure]) -> Check | None:
    """The check of a list with its facts as precise as they are told; None where that changes nothing or unsettles it."""
    coarse = [f for f in (one.total, *one.parts) if f.span in precise]
    if not coarse:
        return None
    whole, *parts = [replace(f, stated=precise[f.span].stated) if f in coarse else f for f in (one.total, *one.parts)]
    verdict = fits(whole, parts)
    if verdict is None or (verdict == "rounding" and one.verdict == "consistent"):
        return None
    check = sum_check(layout, replace(one, total=whole, parts=tuple(parts), verdict=verdict))
    if check is None:
        return None
    taken = "、".join(f"{f.number}{f.suffix} 按{place_of(layout, precise[f.span].span)} {precise[f.span].number}{precise[f.span].suffix} 计"
                     for f in coarse)
    return replace(check, note=f"{check.note}；{taken}")
