"""The checks said of a file and the annotations of it -> whether each check is right, and which conflicts nobody found.

A check is right when it stands in the annotations with its verdict, or nearly so. Annotators list every conflict but not every
telling that agrees with another: a holding check between tellings is right too when every claim it rests on is annotated
as telling that one thing. Sums and shares that nobody listed count as wrong, though some of them a person would grant.
"""

from __future__ import annotations

from collections.abc import Sequence

from hedui.evaluate.checks import alike
from hedui.evaluate.compare import pair, squeeze
from hedui.evaluate.reading import ToldCheck, reading_of_gold
from hedui.findings import TOLD_AGAIN, Check, CitedDocument, Claim, Fund, Indicator
from hedui.gold import Gold, GoldCheck

__all__ = ["right_checks", "unfound_conflicts"]

SAME_CHECK = 0.75


def told_check(check: Check) -> ToldCheck:
    return ToldCheck(kind=check.kind, verdict=check.verdict, tier=check.tier, note="",
                     quotes=tuple(squeeze(q.text) for q in (*check.inputs, check.stated)))


def right_checks(checks: Sequence[Check], golds: Sequence[Gold], claims: Sequence[Claim] = ()) -> list[bool]:
    """Each annotated check answers one that is said, and any number of those that are nearly the same; `claims` are
    what checks rest on."""
    wanted = reading_of_gold(golds).checks
    said = [told_check(check) for check in checks]
    right = [False] * len(said)
    for conflict in (True, False):
        places = [j for j, c in enumerate(said) if (c.verdict == "conflict") is conflict]
        asked = [c for c in wanted if (c.verdict == "conflict") is conflict]
        for j in pair(asked, [said[j] for j in places], alike).values():
            right[places[j]] = True
        for j in places:
            right[j] = right[j] or any(alike(c, said[j]) >= SAME_CHECK for c in asked)
    by_id, told = {claim.id: claim for claim in claims}, annotated(golds)
    denied = [c for c in wanted if c.verdict == "conflict"]
    return [good or (borne_out(check, [by_id[id_] for id_ in check.claims if id_ in by_id], told)
                     and not any(alike(c, one) >= SAME_CHECK for c in denied))
            for good, check, one in zip(right, checks, said, strict=True)]


def borne_out(check: Check, of: Sequence[Claim], told: frozenset[tuple[object, ...]]) -> bool:
    """Whether a holding check is one between tellings, all of them annotated, of one thing."""
    if check.verdict == "conflict" or check.kind not in TOLD_AGAIN or len(of) < 2:
        return False
    keys = [key_of(claim.origin, claim.fields) for claim in of]
    return all(key in told for key in keys) and len({key[1:] for key in keys}) == 1


def key_of(origin: str, said: object) -> tuple[object, ...]:
    """Where a thing is told, and which it is."""
    if isinstance(said, Indicator):
        return origin, squeeze(said.name)
    if isinstance(said, Fund):
        return origin, said.yuan.normalize(), said.measure
    if isinstance(said, CitedDocument):
        return origin, squeeze(said.number)
    return origin, squeeze(getattr(said, "name", "")), getattr(said, "score", None)


def annotated(golds: Sequence[Gold]) -> frozenset[tuple[object, ...]]:
    return frozenset(key_of(claim.origin, claim.fields) for gold in golds for claim in gold.claims)


def unfound_conflicts(checks: Sequence[Check], golds: Sequence[Gold]) -> list[GoldCheck]:
    """The annotated conflicts, but those of an auditor's judgement, that no check says."""
    asked = [c for gold in golds for c in gold.checks if c.verdict == "conflict" and c.tier != "judgement"]
    wanted = [c for c in reading_of_gold(golds).checks if c.verdict == "conflict" and c.tier != "judgement"]
    said = [told_check(check) for check in checks if check.verdict == "conflict"]
    found = pair(wanted, said, alike)
    return [check for i, check in enumerate(asked) if i not in found]
