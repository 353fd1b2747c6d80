"""Results and annotations of one source -> the share of sentences all of whose relations are right, as AutoDoc reports it.

A relation belongs to the sentence of the figure that it is stated of. Only running text and arithmetic count (sums, differences, shares,
growth), as there (Cao et al., WWW 2018, doi 10.1145/3178876.3186166): a row of a table is no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hedui.document import Span
from hedui.evaluate.checks import SAME_FIGURES, quote_closeness
from hedui.evaluate.compare import pair
from hedui.evaluate.figures import Figure, share_of
from hedui.evaluate.reading import ToldCheck, gold_check, said_check
from hedui.findings import RECKONED
from hedui.gold import Gold, GoldCheck
from hedui.gold.lines import Lines

__all__ = ["NAME", "sentence_figures"]

NAME = "checks.sentences.perfect"
MOST = 20
DIGIT = re.compile(r"[\d.,]")
STOP = re.compile(r"[。！？!?；;\n]")


def sentence_figures(output: Mapping[str, Any], golds: Sequence[Gold]) -> Iterator[Figure]:
    """The one figure, where the text that was read is the annotated one: of sentences with a relation, said or annotated, the share in
    which every annotated one is said, with its inputs, what is stated and whether it holds, and no other."""
    text = str(output["text"])
    lines, ends = Lines(text), [match.end() for match in STOP.finditer(text)]
    cells = sorted({(cell[0], cell[1]) for grid in output.get("grids", ()) for row in grid["rows"] for cell in row})
    places = Places(ends=ends, cells=cells)
    wanted: dict[int, list[ToldCheck]] = defaultdict(list)
    for gold in golds:
        for check in gold.checks:
            at = told_in(text, lines, places, check) if reckoned(check.kind, check.tier) else None
            if at is not None:
                wanted[at].append(gold_check(check))
    if not wanted:
        return
    said: dict[int, list[ToldCheck]] = defaultdict(list)
    for check in (c for report in output["reports"] for c in report["checks"] if reckoned(c["kind"], c["tier"])):
        span = check["stated"]["span"]
        line = lines.quote((span[0], span[1])).line
        at = places.sentence((span[0], span[1])) if any(gold.lines[0] <= line <= gold.lines[1] for gold in golds) else None
        if at is not None:
            said[at].append(said_check(check))
    amiss = [at for at in sorted({*wanted, *said}) if not same_relations(wanted[at], said[at])]
    told = len({*wanted, *said})
    yield share_of(NAME, told - len(amiss), told, missed=[text[at:places.end(at)].strip() for at in amiss])


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """`ends` of all sentences and the `cells` of all tables, both in order."""

    ends: Sequence[int]
    cells: Sequence[Span]

    def sentence(self, span: Span) -> int | None:
        """Where the sentence begins that `span` begins in; None in a table."""
        at = bisect_right(self.cells, (span[0] + 1, 0)) - 1
        if at >= 0 and span[0] < self.cells[at][1]:
            return None
        before = bisect_right(self.ends, span[0])
        return self.ends[before - 1] if before else 0

    def end(self, start: int) -> int | None:
        after = bisect_right(self.ends, start)
        return self.ends[after] if after < len(self.ends) else None


def told_in(text: str, lines: Lines, places: Places, check: GoldCheck) -> int | None:
    """Where the sentence of an annotated check begins. Of a figure that its line tells more than once, the one counts whose sentence
    holds most of the operands."""
    found = []
    for nth in range(check.stated.nth, MOST):
        span = lines.span(check.stated.line, check.stated.text, nth)
        if span is None:
            break
        at = places.sentence(span)
        if at is not None and not DIGIT.match(text[span[0] - 1:span[0]]):  # not the 40人 of 1,840人
            found.append((-sum(quote.text in text[at:places.end(at)] for quote in check.inputs), nth, at))
    return min(found)[2] if found else None


def reckoned(kind: str, tier: str) -> bool:
    return kind in RECKONED and tier == "numeric"


def same_relations(wanted: Sequence[ToldCheck], said: Sequence[ToldCheck]) -> bool:
    """Whether the relations are the same, one by one."""
    return len(wanted) == len(said) == len(pair(wanted, said, lambda one, other: float(same_relation(one, other))))


def same_relation(one: ToldCheck, other: ToldCheck) -> bool:
    """Whether both hold, or do not, of the same figures; a difference of rounding is told by its note, not by its verdict."""
    if (one.verdict == "conflict") != (other.verdict == "conflict") or len(one.quotes) != len(other.quotes):
        return False
    if quote_closeness(one.quotes[-1], other.quotes[-1]) < SAME_FIGURES:
        return False
    found = pair(one.quotes, other.quotes, lambda a, b: float(quote_closeness(a, b) >= SAME_FIGURES))
    return len(found) == len(one.quotes)
