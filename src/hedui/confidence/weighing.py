"""All that was read in a file -> Findings: every item with the probability that it is right, grouped by report.

Mentions, claims and checks are weighed by their signals, records by theirs and by how sure their claims and the conflicts
over them came out.
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
from hedui.confidence.signals_reading import DOUBT, MENDED
from hedui.confidence.signals_records import disputes_of, record_signals, sureness
from hedui.document import Layout, Span
from hedui.findings import Check, Claim, Findings, Mention, Record, Remark, Repair, Report, content_id

__all__ = ["Signals", "signals_of", "weigh"]

Placed = TypeVar("Placed", Claim, Check, Record, Remark, Repair)
Told = tuple[str, Mapping[str, float]]
# a prior, not a measurement: it stands where weights were fitted on reports none of which had such tables
REPAIRED = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """(kind, signals) of each mention, claim, check and record, those of records without their `sureness`."""

    mentions: Sequence[Told]
    claims: Sequence[Told]
    checks: Sequence[Told]
    records: Sequence[Told]


def weigh(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
          records: Sequence[Record], *, remarks: Sequence[Remark] = (), repairs: Sequence[Repair] = (),
          calibrator: Calibrator | None = None) -> Findings:
    """The findings of one file, `remarks` and `repairs` as they are; without a `calibrator` the shipped one weighs them. The
    same input gives the same output."""
    scale = shipped_calibrator() if calibrator is None else calibrator
    setting = setting_of(layout, mentions, claims, checks)
    signals = signals_in(setting, mentions, claims, checks, records)
    mentions = [replace(m, confidence=scale.probability(*s) * unfitted(scale, *s, setting, [m.span]))
                for m, s in zip(mentions, signals.mentions, strict=True)]
    claims = [replace(c, confidence=scale.probability(*s) * unfitted(scale, *s, setting, list(c.spans.values()) or [c.span]))
              for c, s in zip(claims, signals.claims, strict=True)]
    checks = [replace(c, confidence=scale.probability(*s) * unfitted(scale, *s, setting, [q.span for q in (*c.inputs, c.stated)]))
              for c, s in zip(checks, signals.checks, strict=True)]
    told, against = {c.id: c for c in claims}, {c.id: c for c in checks}
    records = [replace(r, confidence=record_confidence(scale, r, s, told, against))
               for r, s in zip(records, signals.records, strict=True)]
    return assembled(layout, mentions, claims, checks, records, remarks, repairs)


def signals_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
               records: Sequence[Record]) -> Signals:
    """The kind and raw signals of each item, in the order given: what weights are fitted on."""
    return signals_in(setting_of(layout, mentions, claims, checks), mentions, claims, checks, records)


def signals_in(setting: Setting, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
               records: Sequence[Record]) -> Signals:
    told, against = {c.id: c for c in claims}, {c.id: c for c in checks}
    return Signals(mentions=[mention_signals(setting, m) for m in mentions], claims=[claim_signals(setting, c) for c in claims],
                   checks=[check_signals(setting, c) for c in checks],
                   records=[record_signals(setting, r, told, against) for r in records])


def unfitted(scale: Calibrator, kind: str, signals: Mapping[str, float], setting: Setting, spans: Sequence[Span]) -> float:
    """The share of its probability that an item keeps for what the weights of its kind were never fitted on: the certainty
    of its least certain recognised character, a table that had to be put right."""
    kept = 1.0
    if signals[DOUBT] and not scale.knows(kind, DOUBT):
        kept = min(setting.places.certainty(span) for span in spans)
    return kept * (REPAIRED if signals[MENDED] and not scale.knows(kind, MENDED) else 1.0)


def record_confidence(scale: Calibrator, record: Record, signals: Told, claims: Mapping[str, Claim],
                      checks: Mapping[str, Check]) -> float:
    """By the weights of its kind; where there are none, as sure as the surest of its claims if they agree, else as the
    least sure of them, and where they differ no surer than the surest check that says so."""
    kind, told = signals
    sure = [claims[id_].confidence for id_ in record.claims]
    disputes = [checks[id_].confidence for id_ in disputes_of(record, checks)]
    if kind in scale.weights:
        return scale.probability(kind, {**told, **sureness(sure, disputes)})
    if record.status == "agree":
        return max(sure)
    return min(*sure, max(disputes)) if record.status == "differ" and disputes else min(sure)


def assembled(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
              records: Sequence[Record], remarks: Sequence[Remark], repairs: Sequence[Repair]) -> Findings:
    starts = [part.span[0] for part in layout.parts]
    mentioned: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        mentioned[max(0, bisect_right(starts, mention.span[0]) - 1)].append(mention)
    claimed, checked, recorded = by_part(claims), by_part(checks), by_part(records)
    remarked, repaired = by_part(remarks), by_part(repairs)
    sha256 = layout.document.sha256
    reports = tuple(
        Report(id=content_id("p", sha256, part.span), part=part, mentions=tuple(mentioned[i]), claims=tuple(claimed[i]),
               checks=tuple(checked[i]), records=tuple(recorded[i]), remarks=tuple(remarked[i]), repairs=tuple(repaired[i]))
        for i, part in enumerate(layout.parts))
    return Findings(document=layout.document, reports=reports, layout=layout)


def by_part(items: Sequence[Placed]) -> Mapping[int, Sequence[Placed]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for item in items:
        found[item.part].append(item)
    return found
