"""Layout, mentions and claims -> every check that two tellings of one thing agree."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout
from hedui.findings import Check, Claim, Mention
from hedui.reconcile.agreement.bodies import body_checks
from hedui.reconcile.agreement.bodies_companies import company_checks
from hedui.reconcile.agreement.cells import cell_slip_checks
from hedui.reconcile.agreement.documents import document_agreements
from hedui.reconcile.agreement.facts import fact_agreements, facts_of, inspections
from hedui.reconcile.agreement.form_names import form_name_checks
from hedui.reconcile.agreement.fund_names import fund_name_checks
from hedui.reconcile.agreement.fund_names_amounts import fund_amount_checks
from hedui.reconcile.agreement.funds import fund_agreements
from hedui.reconcile.agreement.goals import goal_checks
from hedui.reconcile.agreement.indicators import indicator_agreements
from hedui.reconcile.agreement.labels import label_checks
from hedui.reconcile.agreement.labels_years import year_checks
from hedui.reconcile.agreement.names_cited import cited_name_checks
from hedui.reconcile.agreement.rates import execution_rate_checks
from hedui.reconcile.agreement.rows import row_agreements
from hedui.reconcile.agreement.scores import total_score_checks
from hedui.reconcile.agreement.slips import slip_checks, table_facts
from hedui.reconcile.agreement.targets import target_checks
from hedui.reconcile.agreement.targets_claimed import claimed_target_checks
from hedui.reconcile.agreement.units import unit_checks
from hedui.reconcile.agreement.weights import weight_agreements
from hedui.reconcile.agreement.wholes import whole_checks
from hedui.reconcile.places import places_of

__all__ = ["agreement_checks"]


def agreement_checks(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Facts told again, narrative against table, targets missed, units and names that slip."""
    places = places_of(layout)
    facts = tuple(facts_of(layout, mentions, wide=True, cells=True))
    cited = tuple(cited_name_checks(layout, mentions, places))
    found = (*indicator_agreements(layout, claims), *weight_agreements(layout, claims, places), *fund_agreements(layout, claims),
             *fact_agreements(layout, mentions), *inspections(layout, mentions, claims), *document_agreements(layout, mentions),
             *whole_checks(layout, mentions, claims), *slip_checks(layout, facts, claims), *unit_checks(layout, facts, claims),
             *table_facts(layout, facts, claims), *total_score_checks(layout, claims),
             *execution_rate_checks(layout, mentions),
             *(missed := target_checks(layout, claims)),
             *claimed_target_checks(layout, mentions, claims, {c.stated.span[0] for c in missed if c.verdict == "conflict"}),
             *goal_checks(layout, places), *label_checks(layout, claims, places),
             *year_checks(layout, places, {check.stated.span[0] for check in cited}),
             *form_name_checks(layout, places), *fund_name_checks(layout, places), *fund_amount_checks(layout, mentions, places),
             *body_checks(layout, mentions, places), *company_checks(layout, mentions, places), *cited)
    raised = {quote.span[0] for check in found if check.verdict == "conflict" for quote in (*check.inputs, check.stated)}
    found = (*found, *cell_slip_checks(layout, mentions, places, raised))
    rows = row_agreements(layout, mentions, [check for check in found if check.kind == "table"])
    return tuple({check.id: check for check in (*found, *rows)}.values())
