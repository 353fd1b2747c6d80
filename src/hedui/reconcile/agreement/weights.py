"""Weights told in labels of tables, in headings and in prose -> whether each level has one weight everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from hedui.document import Grid, Layout, Span
from hedui.findings import Check, Claim, Score
from hedui.layout import bare
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.places import Place
from hedui.reconcile.quotes import quote

__all__ = ["weight_agreements"]

# 项目决策 (20分)
IN_LABEL = re.compile(r"[(（]\s*(?P<points>\d+(?:\.\d+)?\s*分)\s*[)）]")
# 1. 项目决策。（20分） · （1）决策依据（7分）。包含…
IN_HEADING = re.compile(r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))?"
                        r"(?P<name>[\u4e00-\u9fff]{2,14})[。.]?\((?P<points>\d+(?:\.\d+)?分)\)")
CLOSE = 74


class Weight(NamedTuple):
    """A level, its weight as written and where, and whether a grid (its index) or prose (None) tells it."""

    name: str
    points: str
    span: Span
    grid: int | None


def weight_agreements(layout: Layout, claims: Sequence[Claim], places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """Every weight of a level against the first table that gives it: other tables, then prose."""
    grids: dict[int, list[tuple[int, Grid]]] = defaultdict(list)
    scores: dict[int, list[Claim]] = defaultdict(list)
    for index, grid in enumerate(layout.grids):
        grids[grid.part].append((index, grid))
    for claim in claims:
        if claim.type == "score":
            scores[claim.part].append(claim)
    for part, inside in enumerate(places):
        first: dict[str, Weight] = {}
        for weight in in_labels(layout, grids[part]):
            if weight.name not in first:
                first[weight.name] = weight
            elif weight.grid != first[weight.name].grid:
                yield from held(layout, first[weight.name], weight, "restated")
        for weight in (*in_headings(inside), *in_scores(scores[part])):
            if against := first.get(weight.name) or nearest(first, weight):
                yield from held(layout, against, weight, "table")


def in_labels(layout: Layout, grids: Sequence[tuple[int, Grid]]) -> Iterator[Weight]:
    for index, grid in grids:
        seen: set[Span] = set()
        for row in grid.rows[grid.header_rows:]:
            for cell in row:
                match = IN_LABEL.search(layout.document.text, *cell.span) if cell.origin and cell.span not in seen else None
                if match and match.end() >= cell.span[1] - 1:
                    seen.add(cell.span)
                    yield Weight(bare(cell.text), match["points"], match.span("points"), index)


def in_headings(places: Sequence[Place]) -> Iterator[Weight]:
    for paragraph, seen in places:
        if paragraph.role == "body" and (match := IN_HEADING.match(seen.text)):
            yield Weight(match["name"], match["points"], seen.span(*match.span("points")), None)


def in_scores(claims: Sequence[Claim]) -> Iterator[Weight]:
    for claim in claims:
        if isinstance(claim.fields, Score) and "full" in claim.spans:
            yield Weight(claim.fields.name, f"{claim.fields.full}分", claim.spans["full"], None)


def nearest(first: dict[str, Weight], weight: Weight) -> Weight | None:
    """The level with a name much like `weight`'s, where one alone is and it has the same weight."""
    near = [w for name, w in first.items() if ratio(name, weight.name) >= CLOSE and compare(w.points, weight.points)]
    same = [w for w in near if (c := compare(w.points, weight.points)) and c.verdict == "consistent"]
    return same[0] if len(near) == 1 and same else None


def held(layout: Layout, a: Weight, b: Weight, kind: str) -> Iterator[Check]:
    comparison = compare(a.points, b.points)
    if comparison:
        sign = "=" if comparison.verdict == "consistent" else "≠"
        yield agreement(layout, "table" if kind == "table" else "restated", [quote(layout, a.span)], quote(layout, b.span),
                        verdict=comparison.verdict, tier="numeric", computed=a.points,
                        note=f"{b.name}：分值 {a.points} {sign} {b.points}")
