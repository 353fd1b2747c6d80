"""The amounts whose role the network tells and the funds that rules read -> what rules hold, marked, and what the network would change.

Scope, year, level and documents of an added fund are read as rules read them, the scope and the documents that the linker ties to
its amount before those that stand nearest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.claims.funds.claims import claim_of_text
from hedui.claims.funds.patterns import CLAUSE
from hedui.claims.funds.text import REACH, Marks, Reading, bounds, level_of, resting, scope_of, year_of
from hedui.claims.passages import Passage, Placed, by_cell, cell_passage, inside, passages
from hedui.document import Layout, Span
from hedui.findings import Claim, Fund, Measure, Mention, Origin, content_id
from hedui.neural.fusion.learned import EVEN, Ask, Learned
from hedui.neural.fusion.policy import Kind
from hedui.neural.fusion.proposals import Proposal
from hedui.neural.types import MEASURES

__all__ = ["asked_of_funds", "fund_proposals", "marked_funds"]


def money_in(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.label == "AMOUNT" and m.unit == "CNY" and isinstance(m.value, Decimal)]


def asked_of_funds(mentions: Sequence[Mention]) -> list[Ask]:
    """What the tagger is to be asked: every role that each amount may have."""
    return [(m.span, measure) for m in money_in(mentions) for measure in MEASURES]


def marked_funds(claims: Sequence[Claim], learned: Learned) -> dict[str, Claim]:
    """The rules' funds by id, each with the probability that the tagger gives its measure."""
    read = {told.span: told.label for told in learned.of(*MEASURES)}
    found = {}
    for claim in claims:
        if isinstance(claim.fields, Fund):
            chance = learned.asked.get((claim.spans.get("yuan", claim.span), claim.fields.measure))
            both = read.get(claim.spans.get("yuan", claim.span)) == claim.fields.measure
            found[claim.id] = replace(claim, model=chance, found_by="both" if both else "rules")
    return found


def fund_proposals(layout: Layout, mentions: Sequence[Mention], marked: Sequence[Claim], learned: Learned) -> Iterator[Proposal]:
    """Everything that the network would do otherwise with the rules' funds (`marked` by it)."""
    held = {c.spans.get("yuan", c.span): c for c in marked if c.type == "fund"}
    read = {told.span: told for told in learned.of(*MEASURES)}
    free = [m for m in money_in(mentions) if m.span in read and m.span not in held and read[m.span].probability >= EVEN]
    for span, claim in held.items():
        kind: Kind = "fund" if claim.origin == "narrative" else "fund.table"
        assert isinstance(claim.fields, Fund)
        told = read.get(span)
        if told is not None and told.label != claim.fields.measure:
            yield Proposal(kind=kind, action="mend", probability=told.probability, old=claim,
                           new=remeasured(claim, told.label, told.probability))  # type: ignore[arg-type]
        elif told is None and (span, "budget") in learned.asked:
            chance = sum(learned.asked.get((span, measure), 0.0) for measure in MEASURES)
            yield Proposal(kind=kind, action="drop", probability=max(0.0, 1.0 - chance), old=claim)
    for mention, passage, origin, grid, row in placed_in(layout, mentions, free):
        placed = next((p for p in passage.placed if p.mention.span == mention.span), None)
        if placed is not None:
            told = read[mention.span]
            reading = reading_of(passage, placed, told.label, learned)  # type: ignore[arg-type]
            claim = claim_of_text(layout, passage, reading, passage.part, origin, grid, row)
            yield Proposal(kind="fund" if origin == "narrative" else "fund.table", action="add", probability=told.probability,
                           new=replace(claim, found_by="model", model=told.probability))


def remeasured(claim: Claim, measure: Measure, probability: float) -> Claim:
    assert isinstance(claim.fields, Fund)
    return replace(claim, id=content_id("c", "fund", claim.spans.get("yuan", claim.span), measure),
                   fields=replace(claim.fields, measure=measure), found_by="model", model=probability)


Home = tuple[Mention, Passage, Origin, int | None, int | None]


def placed_in(layout: Layout, mentions: Sequence[Mention], wanted: Sequence[Mention]) -> Iterator[Home]:
    """Each mention wanted with the paragraph or cell that it stands in."""
    if not wanted:
        return
    ordered = sorted(mentions, key=lambda m: m.span)
    left = {m.span: m for m in wanted}
    for passage in passages(layout, ordered):
        for placed in passage.placed:
            if placed.mention.span in left:
                yield left.pop(placed.mention.span), passage, "narrative", None, None
    starts = [m.span[0] for m in ordered]
    for index, grid in enumerate(layout.grids):
        found = by_cell(layout, grid, inside(ordered, starts, grid.span)) if left else {}
        for number, row in enumerate(grid.rows if found else ()):
            for cell in row:
                for mention in found.get(cell.span[0], ()) if cell.origin else ():
                    if mention.span in left:
                        passage = cell_passage(layout, cell, found[cell.span[0]], grid.part, grid.section)
                        yield left.pop(mention.span), passage, "table", index, number


def reading_of(passage: Passage, placed: Placed, measure: Measure, learned: Learned) -> Reading:
    """An amount as rules would read it, had they had its measure."""
    text, marks = passage.plain, Marks.of(passage)
    sentence = bounds(text, placed.start)
    reach = max(sentence[0], placed.start - REACH)
    begin = max([reach, *(p.end for p in passage.of("AMOUNT") if p.end <= placed.start)])
    segment = text[begin:placed.start]
    tied = {tie.tail for tie in learned.tied("basis").get(placed.mention.span, ())}
    documents = tuple(p for p in passage.of("DOCNO") if p.mention.span in tied) or resting(marks, begin + segment.rfind(";") + 1, placed.start)
    scope = scope_in(passage, placed, learned) or scope_of(text, begin, placed.start)
    return Reading(placed=placed, measure=measure, scope=scope, sentence=sentence, level=level_of(CLAUSE.split(segment)[-1]),
                   year=year_of(text, marks.dates, reach, placed.start), documents=documents)


def scope_in(passage: Passage, placed: Placed, learned: Learned) -> Span | None:
    """Where the scope stands in the passage that the linker ties to the amount."""
    starts, ends = list(passage.view.starts), list(passage.view.ends)
    for tie in learned.tied("scope").get(placed.mention.span, ()):
        if starts[0] <= tie.tail[0] and tie.tail[1] <= ends[-1]:
            return bisect_right(starts, tie.tail[0]) - 1, bisect_right(ends, tie.tail[1])
    return None
