"""The titles and bodies that the linker ties to document numbers -> the documents of the rules, marked, with what they leave empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hedui.claims.documents import amounts_of
from hedui.document import Span
from hedui.findings import CitedDocument, Claim, Mention
from hedui.neural.fusion.learned import Learned
from hedui.neural.fusion.proposals import Proposal

__all__ = ["document_proposals", "marked_documents", "with_amounts"]


def marked_documents(claims: Sequence[Claim], learned: Learned) -> dict[str, Claim]:
    """The rules' documents by id; those that have a title with the probability that it is theirs."""
    ties = {(tie.head, tie.tail): tie.probability for tie in learned.ties if tie.relation == "title"}
    likely = learned.tied("title")
    found = {}
    for claim in claims:
        if claim.type == "document":
            number, title = claim.spans.get("number", claim.span), claim.spans.get("title")
            chance = ties.get((number, title)) if title else None
            both = title is not None and any(tie.tail == title for tie in likely.get(number, ())[:1])
            found[claim.id] = replace(claim, model=chance, found_by="both" if both else "rules")
    return found


def document_proposals(mentions: Sequence[Mention], marked: Sequence[Claim], learned: Learned) -> Iterator[Proposal]:
    """Titles and issuers that rules left empty and the linker tells."""
    held: Mapping[Span, Mention] = {m.span: m for m in mentions}
    titles, issuers = learned.tied("title"), learned.tied("issuer")
    for claim in marked:
        if not isinstance(claim.fields, CitedDocument):
            continue
        number = claim.spans.get("number", claim.span)
        title = next((tie for tie in titles.get(number, ()) if tie.tail in held), None)
        if claim.fields.title is None and title is not None:
            mention = held[title.tail]
            span = (min(claim.span[0], title.tail[0]), max(claim.span[1], title.tail[1]))
            new = replace(claim, fields=replace(claim.fields, title=str(mention.value)), spans={**claim.spans, "title": title.tail},
                          span=span, mentions=tuple(dict.fromkeys((*claim.mentions, mention.id))), model=title.probability)
            yield Proposal(kind="document.title", action="fill", probability=title.probability, old=claim, new=new)
        bodies = sorted((tie.tail, tie.probability) for tie in issuers.get(number, ()) if tie.tail in held)
        if not claim.fields.issuers and bodies:
            names = tuple(dict.fromkeys(str(held[span].value) for span, _ in bodies))
            yield Proposal(kind="document.issuers", action="fill", probability=min(chance for _, chance in bodies), old=claim,
                           new=replace(claim, fields=replace(claim.fields, issuers=names)))


def with_amounts(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the amounts that each cited document is said to have issued, as the funds among them tell it."""
    issued = amounts_of([c for c in claims if c.type == "fund"])
    return tuple(replace(c, fields=replace(c.fields, amounts=issued.get((c.part, c.fields.number), ())))
                 if isinstance(c.fields, CitedDocument) else c for c in claims)


