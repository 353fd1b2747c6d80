"""Two readings -> figures of checks: conflicts by tier and their precision, those that hold, those wrongly said to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hedui.evaluate.compare import pair
from hedui.evaluate.figures import Figure, count_of, share_of
from hedui.evaluate.reading import Reading, ToldCheck

__all__ = ["SAME_FIGURES", "TIERS", "alike", "check_figures", "quote_closeness"]

TIERS = ("numeric", "value", "wording", "judgement")
GROUPS = {"sum": "arithmetic", "difference": "arithmetic", "ratio": "arithmetic", "growth": "arithmetic",
          "restated": "agreement", "table": "agreement", "label": "agreement", "unit": "agreement", "target": "target"}
SAME_FIGURES, WITHIN, LEAST, SURE = 0.9, 0.8, 0.5, 0.95
FIGURE = re.compile(r"\d+(?:\.\d+)?")


def check_figures(said: Reading, wanted: Reading) -> Iterator[Figure]:
    yield from conflict_figures([c for c in said.checks if c.verdict == "conflict"],
                                [c for c in wanted.checks if c.verdict == "conflict"])
    yield from holding_figures([c for c in said.checks if c.verdict != "conflict"], wanted.checks)


def quote_closeness(one: str, other: str) -> float:
    """1 for equal quotes, less for those with the same figures, less again where one lies inside the other."""
    if one == other:
        return 1.0
    figures = FIGURE.findall(one.replace(",", ""))
    if figures and figures == FIGURE.findall(other.replace(",", "")):
        return SAME_FIGURES
    return WITHIN if min(len(one), len(other)) >= 2 and (one in other or other in one) else 0.0


def alike(wanted: ToldCheck, said: ToldCheck) -> float:
    """The share of quotes that two checks of one group of kinds have in common, 0 where it is under a half."""
    if GROUPS[wanted.kind] != GROUPS[said.kind]:
        return 0.0
    most = max(len(wanted.quotes), len(said.quotes), 1)
    if min(len(wanted.quotes), len(said.quotes)) < LEAST * most:
        return 0.0
    pairs = pair(wanted.quotes, said.quotes, quote_closeness)
    shared = sum(quote_closeness(wanted.quotes[i], said.quotes[j]) for i, j in pairs.items()) / most
    return shared if shared >= LEAST else 0.0


def surely(wanted: ToldCheck, said: ToldCheck) -> float:
    return max(0.0, alike(wanted, said) - SURE)


def brief(check: ToldCheck) -> tuple[str, ...]:
    return check.kind, check.tier, "|".join(check.quotes), check.note


def conflict_figures(said: Sequence[ToldCheck], wanted: Sequence[ToldCheck]) -> Iterator[Figure]:
    """Precision over all that were said; recall by tier. An auditor's judgement is wanted of no program."""
    found = pair(wanted, said, alike)
    extra = [brief(c) for j, c in enumerate(said) if j not in found.values()]
    yield share_of("checks.conflicts.precision", len(found), len(said), extra=extra)
    for tier in TIERS:
        of = [i for i, c in enumerate(wanted) if c.tier == tier]
        if of:
            missed = [brief(wanted[i]) for i in of if i not in found]
            yield share_of(f"checks.conflicts.{tier}.recall", len(of) - len(missed), len(of), missed=missed)


def holding_figures(said: Sequence[ToldCheck], checks: Sequence[ToldCheck]) -> Iterator[Figure]:
    """Recall of numeric checks that hold, and how many said to hold are numeric conflicts."""
    numeric = [c for c in checks if c.tier == "numeric"]
    wanted = [c for c in numeric if c.verdict != "conflict"]
    conflicts = [c for c in numeric if c.verdict == "conflict"]
    if not wanted:
        return
    found = pair(wanted, said, alike)
    missed = [brief(c) for i, c in enumerate(wanted) if i not in found]
    yield share_of("checks.holds.recall", len(found), len(wanted), missed=missed)
    wrong = pair(conflicts, said, surely)
    yield count_of("checks.holds.wrong", len(wrong), extra=[brief(said[j]) for j in wrong.values()])
