"""Layout, mentions and claims -> every check of arithmetic that the document lets a reader do, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Mention
from hedui.reconcile.arithmetic.averages import average_checks, month_checks
from hedui.reconcile.arithmetic.completions import completion_rate_checks
from hedui.reconcile.arithmetic.counts import count_checks, table_count_checks
from hedui.reconcile.arithmetic.counts_outline import outline_checks
from hedui.reconcile.arithmetic.differences import gap_checks, point_checks
from hedui.reconcile.arithmetic.duplicates import sum_checks
from hedui.reconcile.arithmetic.figures import passages_of
from hedui.reconcile.arithmetic.growth import difference_checks, growth_checks
from hedui.reconcile.arithmetic.growth_reached import reached_growth
from hedui.reconcile.arithmetic.missing import with_missing_parts
from hedui.reconcile.arithmetic.points_lost import lost_points, score_rates
from hedui.reconcile.arithmetic.ratios import ratio_checks
from hedui.reconcile.arithmetic.ratios_points import in_proportion, points_by_rate, table_completions
from hedui.reconcile.arithmetic.ratios_reached import each_checks, product_checks, reached_rates
from hedui.reconcile.arithmetic.scores_levels import level_checks
from hedui.reconcile.arithmetic.scores_lost import loss_checks, rates_of_score
from hedui.reconcile.arithmetic.scores_parts import dimension_sums
from hedui.reconcile.arithmetic.scores_told import score_sums
from hedui.reconcile.arithmetic.sums import Listing, listings
from hedui.reconcile.arithmetic.sums_accounts import account_listings, completion_checks, purchase_checks
from hedui.reconcile.arithmetic.sums_items import item_listings
from hedui.reconcile.arithmetic.sums_named import issued_listings, named_listings, score_listings
from hedui.reconcile.arithmetic.sums_opened import opened_listings
from hedui.reconcile.arithmetic.sums_pairs import pair_listings
from hedui.reconcile.arithmetic.sums_rates import joint_shares
from hedui.reconcile.arithmetic.sums_runs import run_listings
from hedui.reconcile.arithmetic.sums_series import series_listings
from hedui.reconcile.arithmetic.sums_units import odd_unit_checks
from hedui.reconcile.arithmetic.tables import table_checks
from hedui.reconcile.arithmetic.tables_columns import column_checks
from hedui.reconcile.arithmetic.tables_scores import score_table_checks

__all__ = ["arithmetic_checks"]


def arithmetic_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Sums, differences, ratios, growth and counts, in the text and in its tables; equal checks once."""
    passages = passages_of(layout, mentions)
    lists = [*listings(passages), *item_listings(passages)]
    lists += [*named_listings(passages, lists), *score_listings(passages, lists), *issued_listings(passages),
              *account_listings(passages)]
    lists += series_listings(passages, lists)
    lists += opened_listings(passages, lists)
    runs = [*run_listings(passages, lists)]
    listed = {held_together(one) for one in lists if one.verdict}
    adding = {held_together(one) for one in runs}
    gaps = [gap for gap in gap_checks(layout, passages, [*lists, *runs])
            if quoted(gap) not in listed and not (quoted(gap) in adding and any(q.span > gap.stated.span for q in gap.inputs))]
    told = {quoted(gap) for gap in gaps}
    lists += [one for one in runs if held_together(one) not in told]
    lists += [one for one in pair_listings(passages, lists) if held_together(one) not in told]
    shared = [*joint_shares(layout, passages, lists)]
    sums = sum_checks(layout, passages, [one for one in lists if all(one is not other for other, _ in shared)])
    ratios, pairs = ratio_checks(layout, passages, lists)
    scores = [*score_sums(layout, passages)]
    found = [
        *sums, *ratios, *(check for _, check in shared), *growth_checks(layout, passages), *difference_checks(layout, passages, pairs),
        *gaps, *point_checks(layout, passages),
        *count_checks(layout, passages, lists), *outline_checks(layout, passages), *table_count_checks(layout, passages),
        *completion_checks(layout, passages), *purchase_checks(layout, passages),
        *points_by_rate(layout, passages), *lost_points(layout, passages),
        *score_rates(layout, passages), *in_proportion(layout), *table_completions(layout, passages, ratios),
        *scores, *dimension_sums(layout, passages), *loss_checks(layout, passages), *rates_of_score(layout, passages),
        *level_checks(layout, passages),
        *odd_unit_checks(layout, passages), *month_checks(layout, passages), *average_checks(layout, passages),
        *table_checks(layout), *score_table_checks(layout, passages),
    ]
    found += completion_rate_checks(layout, claims, {check.stated.span for check in found if check.kind == "ratio"})
    found += column_checks(layout, {check.stated.span for check in found if check.kind in {"ratio", "difference", "growth"}})
    held = {check.stated.span for check in found if check.verdict != "conflict" and check.kind in {"ratio", "growth", "difference"}}
    doubted = {check.stated.span for check in found if check.verdict == "conflict"}
    reached = [*reached_rates(layout, passages, held, doubted), *reached_growth(layout, passages, held | doubted)]
    found = [*without_closed(found, [*scores, *reached]), *reached, *each_checks(layout, passages, held | doubted), *product_checks(layout, passages)]
    unique = {check.id: check for check in with_missing_parts(layout, passages, once(found))}
    return tuple(sorted(with_claims(unique.values(), claims), key=by_place))


def held_together(one: Listing) -> frozenset[Span]:
    return frozenset((one.total.span, *(p.span for p in one.parts)))


def quoted(check: Check) -> frozenset[Span]:
    return frozenset((*(q.span for q in check.inputs), check.stated.span))


def without_closed(checks: Sequence[Check], closing: Sequence[Check]) -> list[Check]:
    """The checks without conflicts over a rate or a total score that `closing` gives as it stands: their operands were misread."""
    closed = {(check.kind, check.stated.span) for check in closing if check.verdict == "consistent"}
    return [check for check in checks if check.verdict != "conflict" or (check.kind, check.stated.span) not in closed]


def once(checks: Sequence[Check]) -> list[Check]:
    """The checks, those that hold the same quotes together once: the first of them."""
    first: dict[tuple[str, frozenset[Span]], Check] = {}
    for check in checks:
        first.setdefault((check.verdict, quoted(check)), check)
    return list(first.values())


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
