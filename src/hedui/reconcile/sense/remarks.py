"""Claims and checks -> what a careful reader would ask although no figure proves it wrong.

Nothing asked here is a conflict: what figures prove is a check, and what a check has told is not asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Mention, Remark
from hedui.reconcile.places import places_of
from hedui.reconcile.sense.answers import answer_remarks, bound_remarks
from hedui.reconcile.sense.boasts import copied_remarks, deviation_remarks, no_figure_remarks, phrase_remarks
from hedui.reconcile.sense.dates import late_date_remarks, missed_day_remarks, year_remarks
from hedui.reconcile.sense.days import day_remarks
from hedui.reconcile.sense.goals import all_done_remarks, done_goal_remarks, left_out_remarks, no_deviation_remarks
from hedui.reconcile.sense.measures import measure_remarks, object_remarks
from hedui.reconcile.sense.outline import count_remarks, outline_remarks
from hedui.reconcile.sense.periods import period_remarks
from hedui.reconcile.sense.points import level_remarks, points_off_remarks, reason_remarks
from hedui.reconcile.sense.quality import quality_remarks
from hedui.reconcile.sense.rates import rate_remarks
from hedui.reconcile.sense.scores import excess_remarks, no_result_remarks
from hedui.reconcile.sense.told import told_of

__all__ = ["remarks_on"]


def remarks_on(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check]) -> tuple[Remark, ...]:
    """All remarks on a document, in the order of what they are about, each once."""
    told, places = told_of(claims), places_of(layout)
    of_claims = (*answer_remarks(layout, told), *bound_remarks(layout, told), *measure_remarks(layout, told), *object_remarks(layout, told),
                 *period_remarks(layout, mentions, told), *quality_remarks(layout, told), *rate_remarks(layout, mentions, told),
                 *no_figure_remarks(layout, mentions, told), *phrase_remarks(layout, told), *deviation_remarks(layout, told),
                 *copied_remarks(layout, told), *missed_day_remarks(layout, mentions, told), *excess_remarks(layout, told))
    of_points = (*no_result_remarks(layout, told), *points_off_remarks(layout, told, places), *reason_remarks(layout, told, checks, places),
                 *level_remarks(layout, claims, told))
    of_text = (*year_remarks(layout, told), *late_date_remarks(layout, mentions, places), *day_remarks(layout, mentions, places),
               *done_goal_remarks(layout, checks),
               *all_done_remarks(layout, checks, places), *left_out_remarks(layout), *no_deviation_remarks(layout, mentions, claims, places),
               *outline_remarks(layout), *count_remarks(layout, told, places))
    found = (*of_claims, *of_points, *of_text)
    fresh = {r.id: r for r in unasked(found, checks)}
    return tuple(sorted(fresh.values(), key=lambda r: (r.quotes[-1].span, r.id)))


def unasked(found: Iterable[Remark], checks: Iterable[Check]) -> Iterator[Remark]:
    """The remarks whose quotes no conflict holds together already."""
    conflicts: dict[Span, list[frozenset[Span]]] = defaultdict(list)
    for check in checks:
        if check.verdict == "conflict":
            spans = frozenset(q.span for q in (*check.inputs, check.stated))
            for span in spans:
                conflicts[span].append(spans)
    for one in found:
        quotes = {q.span for q in one.quotes}
        if not any(quotes <= spans for spans in conflicts.get(one.quotes[-1].span, ())):
            yield one
