"""All that was read in a file -> Findings: every item with the probability that it is right, grouped by report.

A record has no signals of its own: where its places agree, the surest of its claims vouches for it; else it is as sure as
the least sure of them, and where they differ no surer than the surest check that says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hedui.confidence.calibrator import Calibrator, shipped_calibrator
from hedui.confidence.setting import Setting, setting_of
from hedui.confidence.signals_checks import check_signals
from hedui.confidence.signals_claims import claim_signals
from hedui.confidence.signals_mentions import mention_signals
from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Findings, Mention, Record, Report, content_id

__all__ = ["Signals", "record_confidence", "signals_of", "weigh"]

Placed = TypeVar("Placed", Claim, Check, Record)
Told = tuple[str, Mapping[str, float]]
# a prior, not a measurement: no annotated report has had tables that needed it
REPAIRED = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """(kind, signals) of each mention, claim and check."""

    mentions: Sequence[Told]
    claims: Sequence[Told]
    checks: Sequence[Told]


def weigh(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
          records: Sequence[Record], *, calibrator: Calibrator | None = None) -> Findings:
    """The findings of one file; without a `calibrator` the shipped one weighs them. The same input gives the same
    output."""
    scale = shipped_calibrator() if calibrator is None else calibrator
    setting = setting_of(layout, mentions, claims, checks)
    signals = signals_in(setting, mentions, claims, checks)
    mentions = [replace(m, confidence=scale.probability(*s) * legible(setting, [m.span]))
                for m, s in zip(mentions, signals.mentions, strict=True)]
    claims = [replace(c, confidence=scale.probability(*s) * legible(setting, list(c.spans.values()) or [c.span]))
              for c, s in zip(claims, signals.claims, strict=True)]
    checks = [replace(c, confidence=scale.probability(*s) * legible(setting, [q.span for q in (*c.inputs, c.stated)]))
              for c, s in zip(checks, signals.checks, strict=True)]
    sure = {**{c.id: c.confidence for c in claims}, **{c.id: c.confidence for c in checks}}
    disputes = frozenset(check.id for check in checks if check.verdict == "conflict")
    records = [replace(r, confidence=record_confidence(r, sure, disputes)) for r in records]
    return assembled(layout, mentions, claims, checks, records)


def signals_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check]) -> Signals:
    """The kind and raw signals of each item, in the order given: what weights are fitted on."""
    return signals_in(setting_of(layout, mentions, claims, checks), mentions, claims, checks)


def legible(setting: Setting, spans: Sequence[Span]) -> float:
    """The share of its probability that an item keeps for how its text was read: the certainty of the least certain
    character recognised in it, less where its table had to be put right. 1 for text that the file itself gives."""
    kept = min((setting.places.certainty(span) for span in spans), default=1.0)
    return kept * (REPAIRED if not setting.repaired.isdisjoint(spans) else 1.0)


def signals_in(setting: Setting, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check]) -> Signals:
    return Signals(mentions=[mention_signals(setting, m) for m in mentions], claims=[claim_signals(setting, c) for c in claims],
                   checks=[check_signals(setting, c) for c in checks])


def record_confidence(record: Record, sure: Mapping[str, float], disputes: frozenset[str]) -> float:
    """How sure a record is by how sure its claims and checks are (`sure`, by id); `disputes` are checks in conflict."""
    told = [sure[claim] for claim in record.claims]
    if record.status == "agree":
        return max(told)
    against = [sure[check] for check in record.checks if check in disputes]
    return min(*told, max(against)) if record.status == "differ" and against else min(told)


def assembled(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
              records: Sequence[Record]) -> Findings:
    starts = [part.span[0] for part in layout.parts]
    mentioned: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        mentioned[max(0, bisect_right(starts, mention.span[0]) - 1)].append(mention)
    claimed, checked, recorded = by_part(claims), by_part(checks), by_part(records)
    sha256 = layout.document.sha256
    reports = tuple(
        Report(id=content_id("p", sha256, part.span), part=part, mentions=tuple(mentioned[i]), claims=tuple(claimed[i]),
               checks=tuple(checked[i]), records=tuple(recorded[i]))
        for i, part in enumerate(layout.parts))
    return Findings(document=layout.document, reports=reports, layout=layout)


def by_part(items: Sequence[Placed]) -> Mapping[int, Sequence[Placed]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for item in items:
        found[item.part].append(item)
    return found
