"""Claims and checks -> records: what a report says of one thing in all its places, and whether the places agree.

A table's words go before the narrative's, a field that one place leaves out is taken from another. `differ` means that a
check between or over its claims is a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from hedui.findings import Check, CitedDocument, Claim, ClaimFields, Fund, Indicator, Record, Score, Status, content_id
from hedui.reconcile.agreement.funds import core
from hedui.reconcile.agreement.names import likely_name
from hedui.reconcile.phrases import squeezed

__all__ = ["records_of"]

Key = tuple[object, ...]


def records_of(claims: Sequence[Claim], checks: Sequence[Check]) -> tuple[Record, ...]:
    """One record for every thing claimed, in the order of the text."""
    touching: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for told in check.claims:
            touching[told].append(check)
    groups: dict[Key, list[Claim]] = defaultdict(list)
    names = table_names(claims)
    keys = merged_keys({claim.id: key_of(claim, names) for claim in claims}, checks)
    for claim in claims:
        groups[keys[claim.id]].append(claim)
    return tuple(record_of(key, group, touching) for key, group in groups.items())


def merged_keys(keys: Mapping[str, Key], checks: Sequence[Check]) -> dict[str, Key]:
    """`keys` with those made one that a conflict holds together: two amounts of what should be one."""
    first: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while key in first:
            key = first[key]
        return key

    for check in checks:
        told = [root(keys[claim]) for claim in check.claims if claim in keys]
        for key in told[1:]:
            if check.verdict == "conflict" and key[:2] == told[0][:2] and root(key) != root(told[0]):
                first[root(key)] = root(told[0])
    return {claim: root(key) for claim, key in keys.items()}


def table_names(claims: Sequence[Claim]) -> Mapping[int, frozenset[str]]:
    told: dict[int, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.origin == "table" and isinstance(claim.fields, Indicator):
            told[claim.part].add(squeezed(claim.fields.name))
    return {part: frozenset(names) for part, names in told.items()}


def key_of(claim: Claim, names: Mapping[int, frozenset[str]]) -> Key:
    """What makes two claims tell of one thing: the indicator's name, an amount and its measure, scope and year, a document's
    number, a score's name, always within one report."""
    said = claim.fields
    if isinstance(said, Indicator):
        name = squeezed(said.name)
        known = names.get(claim.part, frozenset())
        return claim.type, claim.part, name if claim.origin == "table" else likely_name(name, known) or name
    if isinstance(said, Fund):
        return claim.type, claim.part, said.measure, core(said.scope) or squeezed(said.scope), said.year, said.level, said.yuan
    if isinstance(said, CitedDocument):
        return claim.type, claim.part, said.number
    return claim.type, claim.part, squeezed(said.name)


def record_of(key: Key, group: Sequence[Claim], touching: Mapping[str, Sequence[Check]]) -> Record:
    ordered = sorted(group, key=lambda c: (c.origin != "table", c.span, c.id))
    about = {check.id: check for claim in ordered for check in touching.get(claim.id, ())}
    merged = ordered[0].fields
    for claim in ordered[1:]:
        merged = filled(merged, claim.fields)
    ids = tuple(claim.id for claim in ordered)
    return Record(id=content_id("r", key, ids), type=ordered[0].type, fields=merged, claims=ids, checks=tuple(about),
                  status=status_of(ordered, list(about.values())), part=ordered[0].part)


def filled(first: ClaimFields, second: ClaimFields) -> ClaimFields:
    """`first` with its empty fields taken from `second`."""
    missing = {f.name: value for f in fields(first) if not getattr(first, f.name) and getattr(first, f.name) != 0
               and (value := getattr(second, f.name, None))}
    return replace(first, **missing) if missing else first


def status_of(group: Sequence[Claim], about: Sequence[Check]) -> Status:
    if any(check.verdict == "conflict" for check in about) or unequal(group):
        return "differ"
    origins = {claim.origin for claim in group}
    if len(origins) == 2 or len(group) > 1:
        return "agree"
    return "table_only" if origins == {"table"} else "narrative_only"


def unequal(group: Sequence[Claim]) -> bool:
    """Whether scores of one name were told with different points."""
    points = {c.fields.score for c in group if isinstance(c.fields, Score)}
    return len(points) > 1

