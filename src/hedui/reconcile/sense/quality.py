"""Qualitative targets and results -> results weaker than their target with nothing said of it, or two grades stronger on no evidence.

Weaker is 有所 for 显著, 基本健全 for 健全 (degrees.tsv); a lost point, a rate of completion or a reason owns up to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Remark
from hedui.reconcile.sense.lexicons import Degree, degree_of
from hedui.reconcile.sense.told import Told, by_name, field, full_score, points_off, remark

__all__ = ["quality_remarks"]

LEAP = 2


def quality_remarks(layout: Layout, told: Sequence[Told]) -> Iterator[Remark]:
    """One question for every indicator whose result in words is not of the strength that its target asks for."""
    for tellings in by_name(told).values():
        scored = [t for t in tellings if t.said.score]
        asked = stronger = False
        for one in tellings:
            wanted, reached = degree_of(one.said.target or ""), degree_of(one.said.actual or "")
            if not wanted or not reached or wanted.scale != reached.scale:
                continue
            if not asked and weaker(wanted, reached) and not owned_up(one, scored):
                asked = True
                full = next((t for t in scored if full_score(t)), None)
                more = [field(layout, full, "score")] if full else []
                yield remark(layout, "quality", [field(layout, one, "target"), field(layout, one, "actual"), *more],
                             f"{one.said.name}：指标要求{one.said.target}，所报{one.said.actual}弱于指标" + ("，仍得满分" if full else ""), [one])
            elif not stronger and leaps(wanted, reached) and not any(shown(layout, t) for t in tellings):
                stronger = True
                yield remark(layout, "quality", [field(layout, one, "target"), field(layout, one, "actual")],
                             f"{one.said.name}：指标要求{one.said.target}，所报{one.said.actual}强于指标，没有数据说明", [one])


def weaker(wanted: Degree, reached: Degree) -> bool:
    """Whether less of the same was reached; of states only where the noun is one: 基本健全 for 建立健全.

    >>> weaker(Degree("state", 2, "建立健全"), Degree("state", 1, "健全")), weaker(Degree("state", 2, "规范"), Degree("state", 1, "有效"))
    (True, False)
    """
    same = wanted.scale == "degree" or wanted.of[-2:] == reached.of[-2:]
    return same and reached.strength < wanted.strength


def leaps(wanted: Degree, reached: Degree) -> bool:
    return wanted.scale == reached.scale == "degree" and reached.strength - wanted.strength >= LEAP


def owned_up(one: Told, scored: Sequence[Told]) -> bool:
    short = one.said.completion is not None and not one.said.completion.startswith("100")
    return bool(one.said.reason) or short or any(points_off(t) for t in scored)


def shown(layout: Layout, one: Told) -> bool:
    """Whether the telling has figures beside its words that may bear them out."""
    if one.tabled or "target" not in one.claim.spans:
        return False
    start, end = one.claim.span
    told = layout.document.text[max(start, one.claim.spans["target"][1]):min(end, one.claim.spans.get("completion", (end, end))[0])]
    return bool(re.search(r"\d[\d.,]*\s*(?:%|个百分点)", told))
