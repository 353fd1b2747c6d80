"""A model, the rules' reading and the annotations of a source -> what every action of the model would have gained there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedui.document import Layout
from hedui.findings import Claim, Mention
from hedui.gold import Gold
from hedui.mentions import Candidate
from hedui.neural.fusion.claims import claim_proposals, marked_claims
from hedui.neural.fusion.gains import ClaimGains, MentionGains
from hedui.neural.fusion.mentions import mention_proposals
from hedui.neural.fusion.model import Model
from hedui.neural.fusion.policy import Observation
from hedui.values import Value

__all__ = ["observe"]


def observe(model: Model, layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim],
            golds: Sequence[Gold]) -> Iterator[Observation]:
    """Every action that `model` would take in the source of `golds`, whatever its policy, and what it would gain.

    `mentions` and `claims` are what rules alone read in `layout`; `golds` are read with the text of the source, so that
    their quotes have spans, and belong to a source that the model was not trained on.
    """
    source = golds[0].source
    candidates = [candidate_of(m) for m in mentions]
    learned = model.tagger.read(layout, candidates)
    named = MentionGains(layout.document.text, mentions, golds)
    for one in mention_proposals(layout, candidates, learned):
        gained = named.gained(one)
        if gained is not None:
            yield Observation(kind=one.kind, action=one.action, probability=one.probability, gained=gained, source=source)
    learned = model.linker.read(layout, mentions, claims)
    marked = marked_claims(layout, mentions, claims, learned)
    told = ClaimGains(layout.document.text, marked, golds)
    for proposal in claim_proposals(layout, mentions, marked, learned, model.linker.ranker):
        gained = told.gained(proposal)
        if gained is not None:
            yield Observation(kind=proposal.kind, action=proposal.action, probability=proposal.probability, gained=gained, source=source)


def candidate_of(mention: Mention) -> Candidate:
    value = mention.value if mention.value is not None else ""
    return Candidate(label=mention.label, start=mention.span[0], end=mention.span[1],
                     value=Value(kind=mention.label, value=value, unit=mention.unit, op=mention.op))
