"""The indicators that rules and network read in running text -> what rules hold, marked, and what the network would change.

A value that both hold makes them one indicator, which may be renamed or have empty fields filled; a value that rules hold for
nothing adds one; a claim whose value the network ties to no name may be dropped. Tables are left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hedui.claims.indicators.labels import with_bounds
from hedui.claims.indicators.names import bare_name, is_result
from hedui.claims.indicators.text import claim_of
from hedui.claims.passages import Passage
from hedui.document import Layout, Span
from hedui.findings import Claim, Indicator, Mention, content_id
from hedui.neural.fusion.entries import FIELDS, Entry, Field, entries_of
from hedui.neural.fusion.learned import Ask, Learned, Spans, meet
from hedui.neural.fusion.policy import Kind
from hedui.neural.fusion.proposals import Proposal
from hedui.neural.fusion.prose import Prose
from hedui.neural.types import TagLabel
from hedui.view import clean

__all__ = ["Draft", "asked_of_indicators", "drafts_of", "indicator_proposals", "marked_indicators", "named_by_rules"]

FILLS: Mapping[Field, Kind] = {"target": "indicator.target", "actual": "indicator.actual", "completion": "indicator.completion"}
LONGEST, SHORTEST = 40, 2
FIGURE = re.compile(r"\d")


def asked_of_indicators(claims: Sequence[Claim]) -> list[Ask]:
    """What the tagger is to be asked about the rules' indicators: their names."""
    return [(c.spans["name"], "NAME") for c in claims if c.type == "indicator" and "name" in c.spans]


def named_by_rules(claims: Sequence[Claim]) -> list[tuple[Span, TagLabel]]:
    """Names and values in words that rules read in running text: ends of ties that the linker is to weigh."""
    told = [c for c in claims if told_in_prose(c)]
    return [*((c.spans["name"], "NAME") for c in told if "name" in c.spans),
            *((c.spans[field], "STATE") for c in told for field in FIELDS if field in c.spans and not FIGURE.search(getattr(c.fields, field)))]


def told_in_prose(claim: Claim) -> bool:
    return claim.type == "indicator" and claim.origin == "narrative"


class Draft(NamedTuple):
    """An entry with the claim that it makes."""

    entry: Entry
    claim: Claim


def drafts_of(layout: Layout, mentions: Sequence[Mention], learned: Learned) -> list[Draft]:
    prose = Prose(layout=layout, mentions=mentions)
    return [Draft(entry, claim) for entry in entries_of(learned) if (claim := draft_of(layout, prose, entry)) is not None]


def marked_indicators(claims: Sequence[Claim], learned: Learned, drafts: Sequence[Draft]) -> dict[str, Claim]:
    """The rules' indicators by id, each with how probable the network holds it."""
    ties = {(tie.head, tie.tail): tie.probability for tie in learned.ties if tie.relation in FIELDS}
    values = Spans((draft.entry.values[draft.entry.main].span, at) for at, draft in enumerate(drafts))
    names = {told.span for told in learned.of("NAME")}
    found: dict[str, Claim] = {}
    for claim in (c for c in claims if c.type == "indicator"):
        if claim.origin == "table":
            name = claim.spans.get("name", claim.span)
            found[claim.id] = replace(claim, model=learned.asked.get((name, "NAME")), found_by="both" if name in names else "rules")
            continue
        shared = [drafts[at] for field in FIELDS if field in claim.spans for at in values.meeting(claim.spans[field])]
        same = next((draft for draft in shared if name_of(draft.claim) == name_of(claim)), None)
        found[claim.id] = replace(claim, model=same.entry.probability if same else chance_of(claim, learned, ties),
                                  found_by="both" if same else "rules")
    return found


def name_of(claim: Claim) -> str:
    assert isinstance(claim.fields, Indicator)
    return claim.fields.name


def chance_of(claim: Claim, learned: Learned, ties: Mapping[tuple[Span, Span], float]) -> float | None:
    """How probable the network holds an indicator of the rules: its name as one, and tied to what begins in its value."""
    name = claim.spans.get("name")
    if name is None or (name, "NAME") not in learned.asked:
        return None
    chances = [learned.asked[name, "NAME"]]
    value = next((claim.spans[field] for field in FIELDS if field in claim.spans), None)
    if value is not None:
        chances.append(max((chance for (head, tail), chance in ties.items() if head == name and meet(tail, value)), default=0.0))
    return min(chances)


def indicator_proposals(layout: Layout, marked: Sequence[Claim], drafts: Sequence[Draft]) -> Iterator[Proposal]:
    """Everything that the network would do otherwise with the rules' indicators told in running text (`marked` by it)."""
    told = [c for c in marked if told_in_prose(c)]
    held = Spans((c.spans[field], at) for at, c in enumerate(told) for field in FIELDS if field in c.spans)
    other = Spans((span, at) for at, c in enumerate(told) for field, span in c.spans.items() if field not in {*FIELDS, "name"})
    named = Spans((c.spans["name"], at) for at, c in enumerate(told) if "name" in c.spans)
    matched: set[int] = set()
    for entry, draft in drafts:
        main = entry.values[entry.main].span
        holders = list(dict.fromkeys(held.meeting(main)))
        matched.update(holders)
        if any(other.meeting(main)) and not holders:
            continue
        if holders:
            yield from changes(told[holders[0]], draft, entry)
            continue
        beside = next((at for at in named.meeting(entry.pieces[0]) if getattr(told[at].fields, entry.main) is None), None)
        if beside is not None:
            matched.add(beside)
            yield from fills(told[beside], draft, entry)
            continue
        known = is_result(layout, draft.section)
        kind: Kind = "indicator.elsewhere" if not known else "indicator.state" if entry.worded else "indicator"
        yield Proposal(kind=kind, action="add", probability=entry.probability, new=draft)
    for at, claim in enumerate(told):
        if at not in matched and claim.model is not None:
            yield Proposal(kind="indicator", action="drop", probability=1.0 - claim.model, old=claim)


def draft_of(layout: Layout, prose: Prose, entry: Entry) -> Claim | None:
    """The claim that an entry makes; None where it stands in no running text, reaches over a
    paragraph's end or has no name fit for one."""
    found = prose.at(entry.values[entry.main].span)
    if found is None:
        return None
    section, piece = found
    low, high = piece.view.starts[0], piece.view.ends[-1]
    if any(span[0] < low or span[1] > high for span in entry.pieces):
        return None
    text = layout.document.text
    name = bare_name("".join(clean(text, part) for part in entry.pieces))
    if not SHORTEST <= len(name) <= LONGEST:
        return None
    spans: dict[str, Span] = {"name": entry.pieces[0], **{field: bounded(piece, value.span) for field, value in entry.values.items()
                                        if low <= value.span[0] and value.span[1] <= high}}
    span = (min(s for s, _ in (*spans.values(), *entry.pieces)), max(e for _, e in (*spans.values(), *entry.pieces)))
    claim = claim_of(layout, section, span, name, spans, piece)
    return replace(claim, found_by="model", model=entry.probability)


def bounded(piece: Passage, value: Span) -> Span:
    """A number with the words that bound it, as rules tell it (98%以上); words as they stand."""
    placed = next((p for p in piece.placed if p.mention.span == value), None)
    return value if placed is None else piece.span(*with_bounds(piece.text, placed))


def changes(claim: Claim, draft: Claim, entry: Entry) -> Iterator[Proposal]:
    """What an entry that shares its main value with a claim of the rules would change in it."""
    if name_of(draft) != name_of(claim):
        new = rebuilt(claim, draft, {"name"})
        yield Proposal(kind="indicator", action="rename", probability=entry.probability, old=claim, new=new)
    yield from fills(claim, draft, entry)


def fills(claim: Claim, draft: Claim, entry: Entry) -> Iterator[Proposal]:
    taken = [span for field, span in claim.spans.items() if field != "name"]
    for field, value in entry.values.items():
        if getattr(claim.fields, field) is None and field in draft.spans and not any(meet(value.span, span) for span in taken):
            yield Proposal(kind=FILLS[field], action="fill", probability=value.probability, old=claim,
                           new=rebuilt(claim, draft, {field}))


def rebuilt(claim: Claim, draft: Claim, told: set[str]) -> Claim:
    """`claim` with the fields `told` as `draft` has them."""
    assert isinstance(claim.fields, Indicator)
    said = replace(claim.fields, **{field: getattr(draft.fields, field) for field in told})
    spans = {**claim.spans, **{field: draft.spans[field] for field in told}}
    span = (min(claim.span[0], *(s for s, _ in spans.values())), max(claim.span[1], *(e for _, e in spans.values())))
    mentions = tuple(dict.fromkeys((*claim.mentions, *draft.mentions)))
    return replace(claim, id=content_id("c", "indicator", "narrative", span, said.name), fields=said, spans=spans, span=span,
                   mentions=mentions, found_by="both", model=draft.model)
