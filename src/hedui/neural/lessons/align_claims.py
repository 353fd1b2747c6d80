"""Annotated funds and cited documents in: measures, scopes and the documents that money rests on, titles and issuers out."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.document import Layout, Span
from hedui.findings import CitedDocument, Fund
from hedui.gold import GoldClaim
from hedui.gold.lines import Lines
from hedui.neural.lessons.align_marks import Marks
from hedui.neural.lessons.align_narrative import Homes
from hedui.neural.lessons.align_text import Placed, key, same_text, stretch_of

__all__ = ["align_documents", "align_funds"]

# how much farther words behind an amount are held to be than words before it
BEHIND = 2


def align_funds(layout: Layout, claims: Sequence[GoldClaim], homes: Homes, rows: Sequence[tuple[Span, tuple[Span, ...]]],
                mentions: Placed, annotated: Placed, marks: Marks) -> None:
    """Measures of amounts, and their links with scopes and documents in the same paragraph or row."""
    in_row = dict(rows)
    lines = Lines(layout.document.text)
    told: set[Span] = set()
    for claim in claims:
        assert isinstance(claim.fields, Fund)
        amount = amount_of(claim, lines, mentions, told)
        home = homes.of(amount) if amount else ()
        marks.count("amount", bool(home), f"{claim.line} {claim.text}")
        if amount is None or not home:
            continue
        told.add(amount)
        marks.tags.append((amount, claim.fields.measure))
        around = tuple(dict.fromkeys(span for one in home for span in in_row.get(one, (one,))))
        if claim.fields.scope:
            align_scope(layout.document.text, claim.fields.scope, amount, around, marks)
        for number in claim.fields.documents:
            held = [span for one in around for span, _, value in annotated.within(one, "DOCNO") if same_number(value, number)]
            nearest = min(held, key=lambda span: distance(span, amount), default=None)
            if nearest:
                marks.count("basis", True)
                marks.link("basis", [amount], nearest)


def amount_of(claim: GoldClaim, lines: Lines, mentions: Placed, told: set[Span]) -> Span | None:
    """Where a fund's amount stands. An annotation need not say which of several equal amounts of a line it means: they are
    told in their order."""
    if claim.span is None or claim.text is None:
        return None
    line = (claim.span[0], lines.ends[claim.line - 1])
    same = [span for span, _, _ in mentions.within(line, "AMOUNT") if span[0] >= line[0] and lines.text[slice(*span)] == claim.text]
    free = next((span for span in same if span not in told), None)
    if free or same:
        return free
    near = next((span for span, _, _ in mentions.within(claim.span, "AMOUNT")), claim.span)
    return None if near in told else near


def align_scope(text: str, scope: str, amount: Span, around: Sequence[Span], marks: Marks) -> None:
    """The words of the scope nearest to the amount; where they do not stand in one, nothing is said of it."""
    stretch = stretch_of(text, around)
    where = stretch.range(amount)
    places = [place for place in stretch.places(key(scope)) if place[1] <= where[0] or place[0] >= where[1]]
    marks.count("scope", bool(places), f"{scope} | {stretch.text[:50]}")
    if places:
        best = min(places, key=lambda place: distance(place, where))
        span = stretch.span(*best)
        marks.tags.append((span, "SCOPE"))
        marks.link("scope", [amount], span)


def distance(tail: Span, head: Span) -> int:
    return head[0] - tail[1] if tail[1] <= head[0] else BEHIND * (tail[0] - head[1]) + 10


def same_number(one: str, other: str) -> bool:
    return any(same_text(first, second) for first in one.split(";") for second in other.split(";"))


def align_documents(claims: Sequence[GoldClaim], homes: Homes, rows: Sequence[tuple[Span, tuple[Span, ...]]], annotated: Placed,
                    marks: Marks) -> None:
    """Titles and issuers of cited documents, wherever their number stands beside them."""
    in_row = dict(rows)
    numbers = [(span, value) for span, label, value in annotated.found if label == "DOCNO"]
    for claim in claims:
        fields = claim.fields
        assert isinstance(fields, CitedDocument)
        spans = [span for span, value in numbers if same_number(value, fields.number)]
        title = False
        for span in spans:
            around = tuple(dict.fromkeys(one for home in homes.of(span) for one in in_row.get(home, (home,))))
            named = [(where, value) for one in around for where, _, value in annotated.within(one, "TITLE")]
            best = min((where for where, value in named if fields.title and same_text(value, fields.title)),
                       key=lambda where: distance(where, span), default=None)
            if best:
                title = True
                marks.link("title", [span], best)
            bodies = [(where, value) for one in around for where, _, value in annotated.within(one, "ORG")]
            for issuer in fields.issuers:
                near = min((where for where, value in bodies if same_text(value, issuer)),
                           key=lambda where: distance(where, span), default=None)
                if near and abs(near[0] - span[0]) < 150:
                    marks.count("issuer", True)
                    marks.link("issuer", [span], near)
        if fields.title:
            marks.count("title", title, f"{fields.number} {fields.title}")
