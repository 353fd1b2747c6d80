"""What a ranker makes of the values in running text -> proposals beside those of the network: other names, claims to drop, new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hedui.claims.indicators.text import claim_of
from hedui.document import Layout, Span
from hedui.findings import Claim, Indicator, Mention, content_id
from hedui.neural.fusion.policy import Kind
from hedui.neural.fusion.proposals import Proposal
from hedui.neural.fusion.ranker import Ranker
from hedui.neural.fusion.slots import Choice, Slot, name_of, slots_of
from hedui.neural.fusion.surroundings import Surroundings, alike
from hedui.neural.fusion.traits import traits_of
from hedui.view import clean

__all__ = ["ranked_proposals"]

# names so like one another are one; so many of the likeliest are held against one another
SAME, TOP = 0.7, 8
# what is less probable is not proposed
LEAST = 0.3


class Best(NamedTuple):
    """The likeliest name of a slot and how probable it is with those like it; the same of the rules' name; how probable it is
    that the value is that of no indicator."""

    choice: Choice
    chance: float
    rules: float
    none: float


def ranked_proposals(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], ranker: Ranker) -> Iterator[Proposal]:
    """Everything that the ranker would do otherwise with the indicators told in running text."""
    around = Surroundings(layout, claims)
    for slot in slots_of(layout, mentions, claims):
        if not slot.choices:
            continue
        best = best_of(slot, ranker.chances(traits_of(slot, around)))
        kind: Kind = "ranked" if slot.mention is not None else "ranked.state"
        if slot.claim is None:
            if best.chance >= LEAST and (new := added(layout, slot, best)) is not None:
                yield Proposal(kind=kind, action="add", probability=best.chance, new=new)
            continue
        if best.none >= LEAST:
            yield Proposal(kind=kind, action="drop", probability=best.none, old=slot.claim)
        if (new := renamed(layout, slot, best)) is not None:
            yield Proposal(kind=kind, action="rename", probability=best.chance / (1 - best.none), old=slot.claim, new=new)


def best_of(slot: Slot, chances: Sequence[float]) -> Best:
    """The name that, with those like it, is most probable."""
    *named, none = chances
    top = sorted(range(len(named)), key=lambda at: (-named[at], at))[:TOP]
    shared = {at: sum(named[other] for other in top if other == at or alike(slot.choices[at].name, slot.choices[other].name) >= SAME)
              for at in top}
    best = max(top, key=lambda at: (shared[at] + 0.1 * named[at], -at))
    said = rules_name(slot)
    rules = sum(named[at] for at in top if alike(said, slot.choices[at].name) >= SAME) if said is not None else 0.0
    return Best(slot.choices[best], min(1.0, shared[best]), rules, none)


def rules_name(slot: Slot) -> str | None:
    claim = slot.claim
    return name_of(clean(claim.fields.name)) if claim is not None and isinstance(claim.fields, Indicator) else None


def told_name(layout: Layout, span: Span) -> str:
    return name_of(clean(layout.document.text, span))


def added(layout: Layout, slot: Slot, best: Best) -> Claim | None:
    """The claim of a value that rules hold for nothing."""
    if best.choice.piece is None:
        return None
    piece = slot.piece.span(*best.choice.piece)
    spans = {"name": piece, "target" if slot.goal else "actual": slot.span}
    span = min(piece[0], slot.span[0]), max(piece[1], slot.span[1])
    name = told_name(layout, piece)
    return replace(claim_of(layout, slot.section, span, name, spans, slot.piece), found_by="model", model=best.chance)


def renamed(layout: Layout, slot: Slot, best: Best) -> Claim | None:
    """The claim of the rules by another name, where that is more probable than theirs."""
    claim = slot.claim
    if best.choice.piece is None or best.chance <= best.rules or best.chance < LEAST * (1 - best.none):
        return None
    piece = slot.piece.span(*best.choice.piece)
    name = told_name(layout, piece)
    if claim is None or not isinstance(claim.fields, Indicator) or name in ("", claim.fields.name):
        return None
    span = min(claim.span[0], piece[0]), max(claim.span[1], piece[1])
    return replace(claim, id=content_id("c", "indicator", "narrative", span, name), fields=replace(claim.fields, name=name),
                   spans={**claim.spans, "name": piece}, span=span, found_by="both", model=best.chance)
