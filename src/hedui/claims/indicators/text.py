"""Paragraphs under headings on goals and results -> Indicator claims told in the narrative.

Where the indicators of a section stand as labels of their own, its claims are exactly these; elsewhere every quantified
result is one. The same name with the same result is told once a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from hedui.claims.indicators.counts import item_ranges
from hedui.claims.indicators.labels import Labelled, labelled, read_label, sequence_ends, state_span
from hedui.claims.indicators.leads import aimed, under_leads
from hedui.claims.indicators.names import bare_name, is_goal, is_issued, is_level, is_result, levels_of
from hedui.claims.indicators.patterns import ITEM, SCORE, STATE
from hedui.claims.indicators.pieces import pieces_of
from hedui.claims.indicators.sentences import told_results
from hedui.claims.indicators.words import worded
from hedui.claims.passages import Passage, inside, passage
from hedui.document import Layout, Paragraph, Span
from hedui.findings import Claim, Indicator, Mention, content_id
from hedui.view import clean

__all__ = ["narrative_indicators"]

Range = tuple[int, int]
# （12）…: so far into its item a label may begin
MARKED = 8
# 全市定点机构… · 我市参保对象…: whose it is, not what
WHOSE = re.compile(r"^(?:我|本|全)(?:省|市|县|区|州|旗|乡|镇|村|街道|园区|局|单位|部门|校|院|系统)(?=[\u4e00-\u9fff])")


def narrative_indicators(layout: Layout, mentions: Sequence[Mention], tables: Sequence[Claim]) -> tuple[Claim, ...]:
    """The indicators told in running text; `tables` are those of the same document's grids, whose names are known."""
    ordered = sorted(mentions, key=lambda m: m.span)
    starts = [m.span[0] for m in ordered]
    known = {part: frozenset(c.fields.name for c in tables if c.part == part and isinstance(c.fields, Indicator))
             for part in range(len(layout.parts))}
    claims: list[Claim] = []
    body = [p for p in layout.paragraphs if p.role == "body"]
    for section, group in groupby(body, key=lambda p: p.section):
        if not (is_result(layout, section) or is_issued(layout, section)):
            continue
        part = layout.sections[section].part
        pieces = pieces_of(layout, list(group), ordered, starts)
        told = distinct(section_claims(layout, section, pieces, known.get(part, frozenset())))
        claims += under_leads(pieces, aimed(told) if is_goal(layout, section) else told)
    return tuple(claims)


def behind_heading(layout: Layout, paragraph: Paragraph, mentions: Sequence[Mention], starts: Sequence[int]) -> Passage | None:
    """The paragraph without the heading that opens it, None where nothing is left."""
    start, end = paragraph.span
    heading = layout.sections[paragraph.section].heading
    if heading[0] <= start < heading[1]:
        start = heading[1]
    if not clean(layout.document.text, (start, end)):
        return None
    part = layout.sections[paragraph.section].part
    return passage(layout.document.text, (start, end), inside(mentions, starts, (start, end)), part, paragraph.section)


def section_claims(layout: Layout, section: int, pieces: Sequence[Passage], known: frozenset[str]) -> Iterator[Claim]:
    told = [whole_labels(piece, labelled(piece, known, levelled=is_level(layout, section))) for piece in pieces]
    alone = any(not label.spoken for found in told for label in found) \
        or (any(told) and all(stands_alone(piece, found) for piece, found in zip(pieces, told, strict=True)))
    labels = list(label_claims(layout, section, pieces, told, alone=alone))
    yield from labels
    if alone:
        return
    taken = [claim.span for claim in labels]
    for claim in counted_claims(layout, section, pieces, known):
        if not any(low < claim.span[1] and claim.span[0] < high for low, high in taken):
            yield claim


def whole_labels(piece: Passage, labels: Sequence[Labelled]) -> list[Labelled]:
    """Labels without those that a sentence tells behind another number: 申请专利412件、获得专利168件，超过150件."""
    return [label for label in labels if not (label.spoken and re.search(r"\d[^,。;:]*、", piece.text[slice(*label.name)]))]


def stands_alone(piece: Passage, labels: Sequence[Labelled]) -> bool:
    """Whether the items of a paragraph open with its labels, so that what else it says only describes them."""
    items = item_ranges(piece.text, ITEM)
    if labels and all(label.spoken for label in labels):
        return len(labels) >= sum(len(told_results(piece, lo, hi)) for lo, hi in items)
    return len(labels) >= len(items) and labels[0].name[0] <= MARKED


def counted_claims(layout: Layout, section: int, pieces: Sequence[Passage], known: frozenset[str]) -> Iterator[Claim]:
    goal = is_goal(layout, section)
    field = "target" if goal else "actual"
    for piece in pieces:
        for lo, hi in item_ranges(piece.text, ITEM):
            for result in told_results(piece, lo, hi):
                where = result.fields()
                if goal and "actual" in where:
                    where["target"] = where.pop("actual")
                yield told_claim(layout, section, piece, where)
            for told in worded(piece.text, lo, hi, known):
                yield told_claim(layout, section, piece, {"name": (told.name,), field: (told.how,)})


def label_claims(layout: Layout, section: int, pieces: Sequence[Passage], told: Sequence[Sequence[Labelled]], *,
                 alone: bool) -> Iterator[Claim]:
    """Labelled indicators; a paragraph without a label goes on with the one before it where that has no score yet.
    Where labels do not stand `alone`, one that a sentence tells ends with its clause."""
    text = layout.document.text
    for at, (piece, found) in enumerate(zip(pieces, told, strict=True)):
        labels = [label for label in found if alone or not label.spoken]
        for label, end in zip(labels, sequence_ends(labels, len(piece.text)), strict=True):
            end = spoken_end(piece.text, label, end) if label.spoken and not alone else end
            fields = {name: piece.span(*where) for name, where in read_label(piece, label, end).items()}
            if label is labels[-1]:
                fields = {**following(pieces[at + 1:], told[at + 1:]), **fields}
            name = piece.span(*label.name)
            span = (name[0], piece.span(0, end)[1])
            yield claim_of(layout, section, span, bare_name(WHOSE.sub("", clean(text, name))), {"name": name, **fields}, piece)


def spoken_end(text: str, label: Labelled, end: int) -> int:
    """Where a sentence that tells target and result ends: with its clause, or with the completion or score behind it."""
    match = re.compile(r"(?:,(?:完成率|偏[差离]率|得分?|分值|指标)[^,。;]*)*").match(text, label.rest, end)
    return match.end() if match else label.rest


def following(pieces: Sequence[Passage], told: Sequence[Sequence[Labelled]]) -> dict[str, Span]:
    """The score and state that later paragraphs without a label of their own give to the label before them."""
    later: dict[str, Span] = {}
    for piece, labels in zip(pieces, told, strict=True):
        if labels or ":" in piece.text[:40]:
            break
        if match := SCORE.search(piece.text):
            later["score"] = piece.span(*match.span("value"))
        if state := STATE.search(piece.text):
            later.setdefault("actual", piece.span(*state_span(state)))
    return later


def told_claim(layout: Layout, section: int, piece: Passage, where: dict[str, tuple[Range, ...]]) -> Claim:
    """A claim from pieces of the text: `where` gives the name and every field."""
    text = layout.document.text
    name = "".join(clean(text, piece.span(*part)) for part in where["name"])
    spans = {field: piece.span(*parts[0]) for field, parts in where.items()}
    span = (min(s for s, _ in spans.values()), max(e for _, e in spans.values()))
    return claim_of(layout, section, span, bare_name(WHOSE.sub("", name)).replace("进行", ""), spans, piece)


def claim_of(layout: Layout, section: int, span: Span, name: str, spans: dict[str, Span], piece: Passage) -> Claim:
    text = layout.document.text
    level1, level2 = levels_of(layout, section)
    said = {field: clean(text, where) for field, where in spans.items() if field != "name"}
    inside = tuple(mention.id for mention in piece.begun_in(spans.values()))
    return Claim(id=content_id("c", "indicator", "narrative", span, name), type="indicator", origin="narrative", span=span,
                 fields=Indicator(name=name, level1=level1, level2=level2, **said), spans=spans, mentions=inside,
                 part=layout.sections[section].part, section=section)


def distinct(claims: Iterator[Claim]) -> list[Claim]:
    """The claims without those that tell the same name and result again."""
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        fields = claim.fields
        if isinstance(fields, Indicator) and fields.name:
            seen.setdefault((fields.name, fields.actual, fields.target), claim)
    return list(seen.values())
