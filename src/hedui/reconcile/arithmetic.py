"""Layout, mentions and claims -> every check of arithmetic that the document lets a reader do, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hedui.document import Layout
from hedui.findings import Check, Claim, Mention
from hedui.reconcile.completions import completion_rate_checks
from hedui.reconcile.counts import count_checks, table_count_checks
from hedui.reconcile.counts_outline import outline_checks
from hedui.reconcile.differences import gap_checks, point_checks
from hedui.reconcile.figures import passages_of
from hedui.reconcile.growth import difference_checks, growth_checks
from hedui.reconcile.points_lost import lost_points, score_rates
from hedui.reconcile.ratios import ratio_checks
from hedui.reconcile.ratios_points import in_proportion, points_by_rate, table_completions
from hedui.reconcile.sums import listings, sum_check
from hedui.reconcile.sums_accounts import account_listings, completion_checks, purchase_checks
from hedui.reconcile.sums_items import item_listings
from hedui.reconcile.sums_named import issued_listings, named_listings, score_listings
from hedui.reconcile.sums_runs import run_listings
from hedui.reconcile.sums_units import odd_unit_checks
from hedui.reconcile.tables import table_checks
from hedui.reconcile.tables_scores import score_table_checks

__all__ = ["arithmetic_checks"]


def arithmetic_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Sums, differences, ratios, growth and counts, in the text and in its tables; equal checks once."""
    passages = passages_of(layout, mentions)
    lists = [*listings(passages), *item_listings(passages)]
    lists += [*named_listings(passages, lists), *score_listings(passages, lists), *issued_listings(passages),
              *account_listings(passages)]
    gaps = [*gap_checks(layout, passages)]
    told = {frozenset((*(q.span for q in gap.inputs), gap.stated.span)) for gap in gaps}
    lists += [one for one in run_listings(passages, lists) if frozenset((one.total.span, *(p.span for p in one.parts))) not in told]
    sums = [check for one in lists if (check := sum_check(layout, one)) is not None]
    ratios, pairs = ratio_checks(layout, passages, lists)
    found = [
        *sums, *ratios, *growth_checks(layout, passages), *difference_checks(layout, passages, pairs),
        *gaps, *point_checks(layout, passages),
        *count_checks(layout, passages, lists), *outline_checks(layout, passages), *table_count_checks(layout, passages),
        *completion_checks(layout, passages), *purchase_checks(layout, passages),
        *points_by_rate(layout, passages), *lost_points(layout, passages),
        *score_rates(layout, passages), *in_proportion(layout), *table_completions(layout, passages, ratios),
        *odd_unit_checks(layout, passages),
        *table_checks(layout), *score_table_checks(layout, passages),
    ]
    found += completion_rate_checks(layout, claims, {check.stated.span for check in found if check.kind == "ratio"})
    unique = {check.id: check for check in found}
    return tuple(sorted(with_claims(unique.values(), claims), key=by_place))


def with_claims(checks: Iterable[Check], claims: Sequence[Claim]) -> list[Check]:
    """The checks with the ids of the claims whose fields they quote."""
    fields: dict[int, list[str]] = {}
    for claim in claims:
        for start in {claim.span[0], *(span[0] for span in claim.spans.values())}:
            fields.setdefault(start, []).append(claim.id)
    return [replace(check, claims=tuple(dict.fromkeys(
        i for q in (*check.inputs, check.stated) for i in fields.get(q.span[0], ())))) for check in checks]


def by_place(check: Check) -> tuple[int, str]:
    return check.stated.span[0], check.id
