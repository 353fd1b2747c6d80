"""Made reports with the digits of their figures shuffled -> how often a check still fits, beside the odds that `Check.chance` gives it.

Nothing in a shuffled report is meant to agree: what fits there fits by chance. Spans stay where they are, so that a stated figure is the
same place before and after.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hedui.claims import link_claims
from hedui.document import Document, Span
from hedui.findings import Check
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile import reconcile
from hedui.synth.generate import make_report

__all__ = ["Bin", "Trial", "bins_of", "shuffled", "trials_in"]

FIGURES = frozenset({"AMOUNT", "RATE", "QUANTITY"})
EDGES = (0.0, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1.01)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """A check that holds in a report, its `chance`, and whether its stated figure fits again once all digits are shuffled."""

    kind: str
    chance: float
    fits: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Checks whose odds lie from `low` to `high`: how many, how many of them were to fit by these odds, and how many did."""

    low: float
    high: float
    checks: int
    predicted: float
    fitted: int


def trials_in(seed: int, number: int, times: int) -> list[Trial]:
    """Those of report `number` of `seed`, shuffled so many `times`; no slips, no noise."""
    made = make_report(seed, number, slips=0.0, noise=0.0)
    document = read_bytes(made.page.marked.text.encode(), f"{made.name}.txt")
    spans, checks = checked(document)
    holding = [check for check in checks if check.verdict != "conflict" and check.chance is not None and check.inputs]
    rng = random.Random(number)
    found = []
    for _ in range(times):
        _, again = checked(read_bytes(shuffled(document.text, spans, rng).encode(), f"{made.name}.txt"))
        fitting = {(check.kind, check.stated.span) for check in again if check.verdict != "conflict"}
        found += [Trial(kind=check.kind, chance=check.chance or 0.0, fits=(check.kind, check.stated.span) in fitting) for check in holding]
    return found


def checked(document: Document) -> tuple[list[Span], Sequence[Check]]:
    """The places of all figures, and the checks."""
    layout = arrange(document)
    mentions = find_mentions(layout)
    checks, _ = reconcile(layout, mentions, link_claims(layout, mentions))
    spans = {m.span for m in mentions if m.label in FIGURES} | {q.span for c in checks if c.chance is not None for q in (*c.inputs, c.stated)}
    return apart(spans), checks


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that begin inside another."""
    found: list[Span] = []
    for span in sorted(spans):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def shuffled(text: str, spans: Sequence[Span], rng: random.Random) -> str:
    """`text` with all digits that stand at `spans` dealt out anew; a figure that began with another digit than 0 still does.

    >>> shuffled("共12人、34人", [(1, 4), (5, 8)], random.Random(3))
    '共41人、32人'
    """
    chars, places = list(text), [[i for i in range(start, end) if text[i].isascii() and text[i].isdigit()] for start, end in spans]
    first = {of[0] for of in places if of and text[of[0]] != "0"}
    free = [i for of in places for i in of]
    pool = [text[i] for i in free]
    rng.shuffle(pool)
    noughts = [k for k, digit in enumerate(pool) if digit == "0" and free[k] in first]
    others = [k for k, digit in enumerate(pool) if digit != "0" and free[k] not in first]
    for k, other in zip(noughts, rng.sample(others, min(len(others), len(noughts))), strict=False):
        pool[k], pool[other] = pool[other], pool[k]
    for i, digit in zip(free, pool, strict=True):
        chars[i] = digit
    return "".join(chars)


def bins_of(trials: Sequence[Trial]) -> Iterator[Bin]:
    """The trials by their odds."""
    for low, high in pairwise(EDGES):
        of = [one for one in trials if low <= one.chance < high]
        if of:
            yield Bin(low=low, high=min(1.0, high), checks=len(of), predicted=round(sum(one.chance for one in of), 2),
                      fitted=sum(one.fits for one in of))
