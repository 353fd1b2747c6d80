"""All that was read in a file -> Findings: every item with the probability that it is right, grouped by report, and the
signals that it was weighed by."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hedui.confidence.calibrator import Calibrator, shipped_calibrator
from hedui.confidence.probabilities import Probabilities, probabilities
from hedui.confidence.setting import setting_of
from hedui.confidence.signals_checks import check_signals
from hedui.confidence.signals_claims import claim_signals
from hedui.confidence.signals_mentions import mention_signals
from hedui.confidence.signals_records import disputes_of, record_signals
from hedui.document import Layout
from hedui.findings import Check, Claim, Findings, Mention, Record, Remark, Repair, Report, content_id
from hedui.signals import Signals, Tie

__all__ = ["signals_of", "weigh"]

Placed = TypeVar("Placed", Claim, Check, Record, Remark, Repair)


def weigh(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
          records: Sequence[Record], *, remarks: Sequence[Remark] = (), repairs: Sequence[Repair] = (),
          calibrator: Calibrator | None = None) -> Findings:
    """The findings of one file, `remarks` and `repairs` as they are, with their signals in the order of the reports; without
    a `calibrator` the shipped one weighs them. The same input gives the same output."""
    findings = assembled(layout, mentions, claims, checks, records, remarks, repairs)
    signals = signals_of(layout, [m for report in findings.reports for m in report.mentions],
                         [c for report in findings.reports for c in report.claims],
                         [c for report in findings.reports for c in report.checks],
                         [r for report in findings.reports for r in report.records])
    return sure(findings, signals, probabilities(signals, shipped_calibrator() if calibrator is None else calibrator))


def signals_of(layout: Layout, mentions: Sequence[Mention], claims: Sequence[Claim], checks: Sequence[Check],
               records: Sequence[Record]) -> Signals:
    """The kind and raw signals of each item, in the order given: what weights are fitted on."""
    setting = setting_of(layout, mentions, claims, checks)
    told, against = {c.id: c for c in claims}, {c.id: c for c in checks}
    claim_at, check_at = {c.id: at for at, c in enumerate(claims)}, {c.id: at for at, c in enumerate(checks)}
    return Signals(mentions=[mention_signals(setting, m) for m in mentions], claims=[claim_signals(setting, c) for c in claims],
                   checks=[check_signals(setting, c) for c in checks],
                   records=[record_signals(setting, r, told, against) for r in records],
                   ties=[Tie(claims=tuple(claim_at[id_] for id_ in r.claims),
                             disputes=tuple(check_at[id_] for id_ in disputes_of(r, against))) for r in records])


def sure(findings: Findings, signals: Signals, found: Probabilities) -> Findings:
    """The findings with the probabilities of their items, in the order of the reports."""
    mentions, claims, checks, records = map(iter, (found.mentions, found.claims, found.checks, found.records))
    reports = tuple(
        replace(report, mentions=tuple(replace(m, confidence=next(mentions)) for m in report.mentions),
                claims=tuple(replace(c, confidence=next(claims)) for c in report.claims),
                checks=tuple(replace(c, confidence=next(checks)) for c in report.checks),
                records=tuple(replace(r, confidence=next(records)) for r in report.records))
        for report in findings.reports)
    return replace(findings, reports=reports, signals=signals)


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
