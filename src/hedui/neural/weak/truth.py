"""Annotations of a report and ballots on it -> the true class of every item, to report how good the votes are.

Nothing here is used for learning. An item outside the lines that are annotated has no known class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hedui.document import Span
from hedui.evaluate.compare import similar, squeeze
from hedui.findings import Fund, Indicator
from hedui.gold import Gold
from hedui.gold.lines import Lines
from hedui.neural.weak.types import ABSTAIN, CLASSES, NO, NONE, YES, Ballots, Item, Survey

__all__ = ["truth_of"]

SAME_NAME = 0.85
NEAR_LINES = 1


def truth_of(golds: Sequence[Gold], survey: Survey, ballots: Ballots) -> NDArray[np.int64]:
    """(items,) of classes, ABSTAIN where the annotations do not reach. `golds` are read with the text of the report."""
    lines = Lines(survey.text)
    reach = [(lines.starts[g.lines[0] - 1], lines.ends[min(g.lines[1], len(lines.ends)) - 1]) for g in golds]
    classes = {name: number for number, name in enumerate(CLASSES[ballots.kind])}
    tell: Told | Pairs = (named(golds, survey) if ballots.kind == "span" else measured(golds, ballots, lines)
                          if ballots.kind == "measure" else paired(golds, survey, lines))
    told = [tell(item) if any(a <= item.span[0] < b for a, b in reach) else None for item in ballots.items]
    found = [ABSTAIN if name is None else classes[name] for name in told]
    return np.array(found, dtype=np.int64)


class Told:
    """The class of an item by a table of spans, None for one that cannot be told."""

    def __init__(self, known: Mapping[Span, str | None]) -> None:
        self.known = known

    def __call__(self, item: Item) -> str | None:
        return self.known.get(item.span, NONE)


def named(golds: Sequence[Gold], survey: Survey) -> Told:
    known: dict[Span, str | None] = {}
    for gold in golds:
        for mention in gold.mentions:
            if mention.label in CLASSES["span"] and mention.quote.span:
                known[tight(survey.text, mention.quote.span)] = mention.label
    return Told(known)


def tight(text: str, span: Span) -> Span:
    said = text[slice(*span)]
    start = span[0] + len(said) - len(said.lstrip())
    return start, start + len(said.strip())


def measured(golds: Sequence[Gold], ballots: Ballots, lines: Lines) -> Told:
    """Equal amounts of one line are told apart by their order, where all or none of them are annotated."""
    wanted: dict[tuple[int, str], list[str]] = defaultdict(list)
    for gold in golds:
        for claim in gold.claims:
            if isinstance(claim.fields, Fund) and claim.text:
                wanted[claim.line, squeeze(claim.text)].append(claim.fields.measure)
    said: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for item in ballots.items:
        quote = lines.quote(item.span)
        said[quote.line, squeeze(quote.text)].append(item.span)
    known: dict[Span, str | None] = {}
    for key, spans in said.items():
        measures = wanted.get(key, [])
        if measures:
            known.update(dict(zip(spans, measures, strict=True)) if len(measures) == len(spans) else dict.fromkeys(spans))
    return Told(known)


class Pairs:
    """Whether the annotations tell an indicator of this name with this value on this line, or the next to it."""

    def __init__(self, survey: Survey, lines: Lines) -> None:
        self.survey, self.lines = survey, lines
        self.whole = {(c.spans["name"], span): c.fields.name for c in survey.claims
                      if isinstance(c.fields, Indicator) and "name" in c.spans for span in c.spans.values()}
        self.told: dict[int, list[tuple[str, str, str]]] = defaultdict(list)

    def __call__(self, item: Item) -> str:
        if item.value is None:
            return NO
        name = squeeze(self.whole.get((item.span, item.value), self.survey.text[slice(*item.span)]))
        value = squeeze(self.survey.text[slice(*item.value)])
        line = self.lines.quote(item.value).line
        for near in range(line - NEAR_LINES, line + NEAR_LINES + 1):
            for relation, wanted, said in self.told[near]:
                if relation == item.relation and said == value and similar(wanted, name, least=SAME_NAME):
                    return YES
        return NO


def paired(golds: Sequence[Gold], survey: Survey, lines: Lines) -> Pairs:
    pairs = Pairs(survey, lines)
    for gold in golds:
        for claim in gold.claims:
            if isinstance(claim.fields, Indicator) and claim.origin == "narrative":
                for relation in ("target", "actual", "completion"):
                    if value := getattr(claim.fields, relation):
                        pairs.told[claim.line].append((relation, squeeze(claim.fields.name), squeeze(value)))
    return pairs
