"""The claims of the rules and what the network reads -> the claims of both: indicators told in prose, funds, documents, by policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.claims.indicators.text import distinct
from hedui.document import Layout
from hedui.findings import Claim, Mention
from hedui.neural.fusion.documents import document_proposals, marked_documents, with_amounts
from hedui.neural.fusion.funds import asked_of_funds, fund_proposals, marked_funds
from hedui.neural.fusion.indicators import asked_of_indicators, drafts_of, indicator_proposals, marked_indicators
from hedui.neural.fusion.learned import Ask, Learned
from hedui.neural.fusion.policy import RANKED, Policy
from hedui.neural.fusion.proposals import Proposal, allowed, applied
from hedui.neural.fusion.ranked import ranked_proposals
from hedui.neural.fusion.ranker import Ranker

__all__ = ["asked_of_claims", "claim_proposals", "fused_claims", "marked_claims"]


def asked_of_claims(mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Ask]:
    """What the tagger is to be asked about what rules read."""
    return [*asked_of_indicators(claims), *asked_of_funds(mentions)]


def fused_claims(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], learned: Learned, policy: Policy,
                 ranker: Ranker | None = None) -> tuple[Claim, ...]:
    """The claims of both readings in the order of the text; a ranker that may do nothing is not asked."""
    marked = marked_claims(layout, mentions, claims, learned)
    asked = ranker if any(kind in RANKED for kind, _ in policy.thresholds) else None
    done = allowed(claim_proposals(layout, mentions, marked, learned, asked), policy)
    if not done:
        return marked
    fused = applied(marked, done)
    if any(one.kind in ("fund", "fund.table") for one in done):
        fused = with_amounts(fused)
    return once(fused)


def once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` without those of one section that tell the same name and result again."""
    sections: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.type == "indicator" and claim.origin == "narrative":
            sections.setdefault(claim.section, []).append(claim)
    kept = {claim.id for told in sections.values() for claim in distinct(iter(told))}
    return tuple(c for c in claims if c.id in kept or c.type != "indicator" or c.origin != "narrative")


def marked_claims(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], learned: Learned) -> tuple[Claim, ...]:
    """The rules' claims with how probable the network holds each; scores are not read by it."""
    marks = {**marked_indicators(claims, learned, drafts_of(layout, mentions, learned)), **marked_funds(claims, learned),
             **marked_documents(claims, learned)}
    return tuple(marks.get(claim.id, claim) for claim in claims)


def claim_proposals(layout: Layout, mentions: Sequence[Mention], marked: Sequence[Claim], learned: Learned,
                    ranker: Ranker | None = None) -> Iterator[Proposal]:
    """Everything that network and ranker would do otherwise than rules, whatever the policy says."""
    if ranker is not None:
        yield from ranked_proposals(layout, mentions, marked, ranker)
    yield from indicator_proposals(layout, marked, drafts_of(layout, mentions, learned))
    yield from fund_proposals(layout, mentions, marked, learned)
    yield from document_proposals(mentions, marked, learned)
