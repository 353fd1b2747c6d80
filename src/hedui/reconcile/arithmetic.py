"""Layout, mentions and claims -> every check of arithmetic that the document lets a reader do, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout
from hedui.findings import Check, Claim, Mention
from hedui.reconcile.counts import count_checks, table_count_checks
from hedui.reconcile.counts_outline import outline_checks
from hedui.reconcile.figures import passages_of
from hedui.reconcile.growth import difference_checks, growth_checks
from hedui.reconcile.ratios import points_by_rate, ratio_checks
from hedui.reconcile.sums import sum_checks
from hedui.reconcile.tables import table_checks
from hedui.reconcile.tables_scores import score_table_checks

__all__ = ["arithmetic_checks"]


def arithmetic_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Sums, differences, ratios, growth and counts, in the text and in its tables; equal checks once."""
    passages = passages_of(layout, mentions)
    sums, listings = sum_checks(layout, passages)
    ratios, pairs = ratio_checks(layout, passages, listings)
    found = [
        *sums, *ratios, *growth_checks(layout, passages), *difference_checks(layout, passages, pairs),
        *count_checks(layout, passages, listings), *outline_checks(layout, passages), *table_count_checks(layout, passages),
        *points_by_rate(layout, passages), *table_checks(layout), *score_table_checks(layout, passages),
    ]
    unique = {check.id: check for check in found}
    return tuple(sorted(unique.values(), key=by_place))


def by_place(check: Check) -> tuple[int, str]:
    return check.stated.span[0], check.id
