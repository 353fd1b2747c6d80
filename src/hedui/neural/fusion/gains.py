"""A proposal of the model held against annotations -> 1 where it makes the reading righter, -1 where wronger, 0 where neither.

Righter and wronger are measured as the figures are (`hedui.evaluate`): of all that is said, what is right less what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from hedui.document import Span
from hedui.evaluate.claims import FIELD, NAME
from hedui.evaluate.compare import pair, similar, squeeze
from hedui.evaluate.reading import ToldIndicator, told_indicator
from hedui.evaluate.rightness import right_mentions
from hedui.fields import plain_fields
from hedui.findings import CitedDocument, Claim, Fund, Indicator, Mention
from hedui.gold import Gold
from hedui.gold.lines import Lines
from hedui.neural.fusion.mentions import MentionProposal
from hedui.neural.fusion.proposals import Proposal

__all__ = ["ClaimGains", "MentionGains"]

SAME_TITLE = 0.95
FundKey = tuple[int, Decimal, str]


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


class Covered:
    """Which lines of a text are annotated."""

    def __init__(self, text: str, golds: Sequence[Gold]) -> None:
        self.lines = Lines(text)
        self.golds = golds

    def holds(self, span: Span) -> bool:
        line = self.lines.quote((span[0], span[0] + 1)).line
        return any(gold.lines[0] <= line <= gold.lines[1] for gold in self.golds)


class MentionGains:
    """What proposals on mentions gain, each by itself."""

    def __init__(self, text: str, mentions: Sequence[Mention], golds: Sequence[Gold]) -> None:
        self.text, self.golds, self.mentions = text, golds, mentions
        self.covered = Covered(text, golds)
        self.right = right_mentions(mentions, golds)

    def gained(self, proposal: MentionProposal) -> int | None:
        """None where the annotations do not cover the place."""
        new = proposal.given
        place = (new.start, new.end) if new else self.mentions[proposal.taken[0]].span
        if not self.covered.holds(place):
            return None
        before = sum(2 * self.right[at] - 1 for at in proposal.taken)
        after = 0
        if new is not None:
            mention = Mention(id="", label=new.label, span=place, text=self.text[slice(*place)], value=new.value.value, unit=new.value.unit)
            after = 2 * right_mentions([mention], self.golds)[0] - 1
        return sign(after - before)


class ClaimGains:
    """What proposals on claims gain, each by itself, beside all else that rules read."""

    def __init__(self, text: str, claims: Sequence[Claim], golds: Sequence[Gold]) -> None:
        self.covered = Covered(text, golds)
        wanted = [claim for gold in golds for claim in gold.claims]
        self.indicators = Indicators(claims, [told_indicator("narrative", plain_fields(c.fields)) for c in wanted
                                              if c.type == "indicator" and c.origin == "narrative"])
        self.wanted_funds = Counter((c.line, c.fields.yuan, str(c.fields.measure)) for c in wanted if isinstance(c.fields, Fund))
        self.funds = Counter(self.key(c) for c in claims if isinstance(c.fields, Fund))
        self.documents = {squeeze(one): c.fields for c in wanted if isinstance(c.fields, CitedDocument) for one in c.fields.number.split(";")}

    def key(self, claim: Claim) -> FundKey:
        assert isinstance(claim.fields, Fund)
        line = self.covered.lines.quote(claim.spans.get("yuan", claim.span)).line
        return line, claim.fields.yuan, str(claim.fields.measure)

    def gained(self, proposal: Proposal) -> int | None:
        """None where the annotations do not cover the place, or do not tell."""
        told = proposal.new or proposal.old
        if told is None or not self.covered.holds(told.span):
            return None
        if isinstance(told.fields, Indicator):
            return sign(self.indicators.score(proposal) - self.indicators.base)
        if isinstance(told.fields, Fund):
            return sign(self.of_funds(proposal) - self.of_funds(None))
        if isinstance(told.fields, CitedDocument):
            return self.of_document(proposal, told.fields)
        return None

    def of_funds(self, proposal: Proposal | None) -> int:
        said = Counter(self.funds)
        if proposal is not None and proposal.old is not None:
            said[self.key(proposal.old)] -= 1
        if proposal is not None and proposal.new is not None:
            said[self.key(proposal.new)] += 1
        return 2 * sum((said & self.wanted_funds).values()) - sum(said.values())

    def of_document(self, proposal: Proposal, said: CitedDocument) -> int | None:
        wanted = next((self.documents[key] for one in said.number.split(";") if (key := squeeze(one)) in self.documents), None)
        if wanted is None:
            return None
        if proposal.kind == "document.title":
            return 1 if similar(squeeze(wanted.title), squeeze(said.title)) > SAME_TITLE else -1
        return 1 if set(map(squeeze, said.issuers)) == set(map(squeeze, wanted.issuers)) else -1


class Indicators:
    """The indicators that rules tell in running text beside those wanted; both their names and their fields count."""

    def __init__(self, claims: Sequence[Claim], wanted: Sequence[ToldIndicator]) -> None:
        self.said = {c.id: of_claim(c) for c in claims if c.type == "indicator" and c.origin == "narrative"}
        self.wanted = wanted
        self.base = self.held(self.said)

    def score(self, proposal: Proposal) -> int:
        """What is right less what is wrong when `proposal` alone is carried out."""
        said = dict(self.said)
        if proposal.old is not None:
            del said[proposal.old.id]
        if proposal.new is not None:
            said[proposal.new.id] = of_claim(proposal.new)
        return self.held(said)

    def held(self, said: Mapping[str, ToldIndicator]) -> int:
        told = list(said.values())
        pairs = pair(self.wanted, told, closeness)
        fields = sum(len(self.wanted[i].fields.items() & told[j].fields.items()) for i, j in pairs.items())
        return 2 * (len(pairs) + fields) - len(told) - sum(len(one.fields) for one in told)


def of_claim(claim: Claim) -> ToldIndicator:
    return told_indicator("narrative", plain_fields(claim.fields))


@lru_cache(maxsize=262_144)
def likeness(wanted: str, said: str) -> float:
    return similar(wanted, said, least=NAME)


def closeness(wanted: ToldIndicator, said: ToldIndicator) -> float:
    """As `hedui.evaluate.claims.indicator_closeness`, with names compared once."""
    name = likeness(wanted.name, said.name)
    return name + FIELD * sum(said.fields.get(key) == told for key, told in wanted.fields.items()) if name else 0.0
