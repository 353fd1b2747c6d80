"""Everything read in a file -> a Setting: what an item's surroundings say of it, looked up by place and id."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import Any

from hedui.document import Layout, Span
from hedui.findings import Check, CitedDocument, Claim, Fund, Indicator, Mention
from hedui.places import Places
from hedui.view import NOISE

__all__ = ["Setting", "flag", "name_of", "setting_of"]

NEAR = 12
COMMON = 2.0
SPACE = re.compile(r"\s")


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Indices over one file: checks by claim and by the spans they quote, claims by name, mentions by text."""

    layout: Layout
    grid_starts: Sequence[int]
    held: frozenset[Span]
    disputed: frozenset[Span]
    verdicts: Mapping[str, Counter[str]]
    claimed: frozenset[str]
    texts: Counter[str]
    names: Mapping[tuple[str, str], Counter[str]]
    siblings: Counter[tuple[str, str, int]]
    section_starts: Sequence[int]
    places: Places
    repaired: frozenset[Span]
    recognised: bool
    amounts: Counter[object]
    usual: float
    bodies: Sequence[Span]
    numbers: Sequence[int]
    passages: Counter[Span]
    tellings: Mapping[tuple[int, str], Sequence[Claim]]
    rows: Mapping[int, Sequence[Indicator]]

    def far(self, yuan: Decimal) -> float:
        """How many times ten an amount lies from the middle one of the file, beyond two: a slip of unit is four off."""
        return max(0.0, abs(magnitude(yuan) - self.usual) - COMMON) if yuan else 0.0

    def cited_beside(self, span: Span) -> bool:
        """Whether a document is cited by number on the lines of `span`."""
        text = self.layout.document.text
        start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
        return bisect_left(self.numbers, start) < bisect_left(self.numbers, end if end >= 0 else len(text))

    def bodies_near(self, span: Span) -> Sequence[Span]:
        """The bodies and places named that begin within `span`."""
        return self.bodies[bisect_left(self.bodies, (span[0], 0)):bisect_left(self.bodies, (span[1], 0))]

    def grid_at(self, span: Span) -> int | None:
        """The grid that `span` begins in."""
        at = bisect_right(self.grid_starts, span[0]) - 1
        return at if at >= 0 and span[0] < self.layout.grids[at].span[1] else None

    def section_at(self, span: Span) -> int:
        return max(0, bisect_right(self.section_starts, span[0]) - 1)

    def broken(self, span: Span) -> float:
        """Whether white space or a line break stands inside `span`."""
        return flag(SPACE.search(self.layout.document.text, *span))

    def noisy(self, span: Span) -> float:
        """Whether marks of an export stand in or beside `span`."""
        return flag(NOISE.search(self.layout.document.text, max(0, span[0] - NEAR), span[1] + NEAR))

    def before(self, span: Span) -> str:
        return self.layout.document.text[span[0] - 1:span[0]]


@lru_cache(maxsize=1024)
def magnitude(yuan: Decimal) -> float:
    """The decimal logarithm of an amount that is not nought, whatever its sign."""
    return float(abs(yuan).log10())


def flag(found: object) -> float:
    return 1.0 if found else 0.0


def name_of(claim: Claim) -> str:
    """What tells the thing claimed apart: the name, the amount, the document number."""
    said = claim.fields
    if isinstance(said, Fund):
        return str(said.yuan.normalize())
    if isinstance(said, CitedDocument):
        return said.number
    return said.name


def setting_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check]) -> Setting:
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    quoted: dict[bool, set[Span]] = {True: set(), False: set()}
    for check in checks:
        for told in check.claims:
            verdicts[told][check.verdict] += 1
        quoted[check.verdict != "conflict"].update(quote.span for quote in (*check.inputs, check.stated))
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for claim in claims:
        names[claim.type, name_of(claim)][detail(claim)] += 1
    return Setting(
        layout=layout, grid_starts=[grid.span[0] for grid in layout.grids], held=frozenset(quoted[True]),
        disputed=frozenset(quoted[False]), verdicts=verdicts, names=names,
        claimed=frozenset(id_ for claim in claims for id_ in claim.mentions),
        texts=Counter(mention.text for mention in mentions),
        siblings=Counter((claim.type, claim.origin, claim.section) for claim in claims),
        section_starts=[section.span[0] for section in layout.sections], places=Places(layout.document),
        repaired=frozenset(repaired_cells(layout)), recognised=any(line.scores for line in layout.document.lines),
        amounts=Counter(mention.value for mention in mentions if mention.label == "AMOUNT"),
        usual=median([magnitude(c.fields.yuan) for c in claims if isinstance(c.fields, Fund) and c.fields.yuan] or [0.0]),
        numbers=sorted(mention.span[0] for mention in mentions if mention.label == "DOCNO"),
        bodies=sorted(mention.span for mention in mentions if mention.label in ("ORG", "REGION")),
        passages=Counter(claim.span for claim in claims if claim.type == "indicator"), **indicators_told(claims))


def indicators_told(claims: Sequence[Claim]) -> Mapping[str, Any]:
    """The indicators by part and name, and by table."""
    tellings: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    rows: dict[int, list[Indicator]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.fields, Indicator):
            tellings[claim.part, SPACE.sub("", claim.fields.name)].append(claim)
            if claim.grid is not None:
                rows[claim.grid].append(claim.fields)
    return {"tellings": tellings, "rows": rows}


def repaired_cells(layout: Layout) -> Iterator[Span]:
    """The cells that were put where they are, and all of a grid whose header was; labels filled from above are no doubt."""
    for grid in layout.grids:
        headless = any(repair.kind == "header" for repair in grid.repairs)
        for row in grid.rows:
            yield from (cell.span for cell in row if headless or (cell.repair and cell.repair != "labels"))


def detail(claim: Claim) -> str:
    """What may differ between two claims of one name: the place of an indicator, the measure of a fund."""
    return claim.fields.measure if isinstance(claim.fields, Fund) else claim.origin if isinstance(claim.fields, Indicator) else ""
