"""What the network would do otherwise than rules, as proposals, and the claims that come of those that a policy allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from hedui.findings import Claim, Indicator, content_id
from hedui.neural.fusion.entries import FIELDS
from hedui.neural.fusion.learned import meet
from hedui.neural.fusion.policy import Action, Kind, Policy

__all__ = ["Proposal", "allowed", "applied", "merged"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Put `new` in the place of the claim `old` of the rules: `old` is None for what they did not read, `new` None for what is
    to be dropped."""

    kind: Kind
    action: Action
    probability: float
    old: Claim | None = None
    new: Claim | None = None


def allowed(proposals: Iterable[Proposal], policy: Policy) -> list[Proposal]:
    """The proposals that `policy` lets pass, the surest first."""
    return sorted((one for one in proposals if policy.allows(one.kind, one.action, one.probability)),
                  key=lambda one: (-one.probability, one.action, one.old.id if one.old else "", one.new.id if one.new else ""))


def applied(claims: Sequence[Claim], proposals: Sequence[Proposal]) -> tuple[Claim, ...]:
    """`claims` with what is proposed done to them, in the order of the text. Several changes to one claim are all made; of
    changes to one field and of new indicators with one value the first stands; what is to be dropped is dropped whatever else
    is said of it."""
    changes: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        if one.old is not None:
            changes[one.old.id].append(one)
    kept: list[Claim] = []
    for claim in claims:
        told = changes.get(claim.id, [])
        if not any(one.action == "drop" for one in told):
            kept.append(merged(claim, [one.new for one in told if one.new is not None]))
    added = [one.new for one in proposals if one.old is None and one.new is not None]
    kept += [claim for at, claim in enumerate(added) if not any(same_value(claim, other) for other in added[:at])]
    unique: dict[object, Claim] = {}
    for claim in kept:
        unique.setdefault(claim.id, claim)
    return tuple(sorted(unique.values(), key=lambda claim: (claim.span, claim.type, claim.id)))


def same_value(claim: Claim, other: Claim) -> bool:
    """Whether two new indicators, of network and ranker, tell one value."""
    return claim.type == other.type == "indicator" and any(
        meet(claim.spans[one], other.spans[two]) for one in FIELDS if one in claim.spans for two in FIELDS if two in other.spans)


def merged(claim: Claim, changed: Sequence[Claim]) -> Claim:
    """`claim` with everything in which one of `changed` differs from it."""
    if not changed:
        return claim
    if len(changed) == 1:
        return changed[0]
    said: dict[str, object] = {}
    spans = dict(claim.spans)
    for other in changed:
        for one in fields(other.fields):
            value = getattr(other.fields, one.name)
            if value != getattr(claim.fields, one.name) and one.name not in said:
                said[one.name] = value
                if one.name in other.spans:
                    spans[one.name] = other.spans[one.name]
    told = replace(claim.fields, **said)  # type: ignore[arg-type]
    span = (min(other.span[0] for other in changed), max(other.span[1] for other in changed))
    mentions = tuple(dict.fromkeys(one for other in (claim, *changed) for one in other.mentions))
    new = content_id("c", claim.type, claim.origin, span, told.name) if isinstance(told, Indicator) else changed[0].id
    return replace(changed[0], id=new, span=span, fields=told, spans=spans, mentions=mentions)
