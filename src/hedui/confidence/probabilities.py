"""Raw signals and a calibrator in, the probability that each item is right out. Nothing but the signals is asked, so that
what was read once is weighed again as it was weighed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hedui.confidence.calibrator import Calibrator
from hedui.confidence.odds import certainty_of
from hedui.confidence.signals_reading import DOUBT, MENDED
from hedui.confidence.signals_records import AGREE, DIFFER, sureness
from hedui.signals import Signals

__all__ = ["REPAIRED", "Probabilities", "probabilities", "record_probability"]

# a prior, not a measurement: it stands where weights were fitted on reports none of which had such tables
REPAIRED = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Probabilities:
    """The probability that each mention, claim, check and record is right, in the order of the signals."""

    mentions: tuple[float, ...]
    claims: tuple[float, ...]
    checks: tuple[float, ...]
    records: tuple[float, ...]


def probabilities(signals: Signals, calibrator: Calibrator) -> Probabilities:
    """Mentions, claims and checks by their signals, records by theirs and by how sure their claims and the conflicts over
    them came out."""
    mentions, claims, checks = (tuple(probability(calibrator, *told) for told in some)
                                for some in (signals.mentions, signals.claims, signals.checks))
    records = tuple(record_probability(calibrator, *told, [claims[at] for at in tie.claims], [checks[at] for at in tie.disputes])
                    for told, tie in zip(signals.records, signals.ties, strict=True))
    return Probabilities(mentions=mentions, claims=claims, checks=checks, records=records)


def probability(calibrator: Calibrator, kind: str, signals: Mapping[str, float]) -> float:
    return calibrator.probability(kind, signals) * unfitted(calibrator, kind, signals)


def unfitted(calibrator: Calibrator, kind: str, signals: Mapping[str, float]) -> float:
    """The share of its probability that an item keeps for what the weights of its kind were never fitted on: the certainty
    of its least certain recognised character, a table that had to be put right."""
    kept = certainty_of(signals[DOUBT]) if signals[DOUBT] and not calibrator.knows(kind, DOUBT) else 1.0
    return kept * (REPAIRED if signals[MENDED] and not calibrator.knows(kind, MENDED) else 1.0)


def record_probability(calibrator: Calibrator, kind: str, signals: Mapping[str, float], claims: Sequence[float],
                       disputes: Sequence[float]) -> float:
    """By the weights of its kind; where there are none, as sure as the surest of its claims if they agree, else as the
    least sure of them, and where they differ no surer than the surest check that says so."""
    if kind in calibrator.weights:
        return calibrator.probability(kind, {**signals, **sureness(claims, disputes)})
    if AGREE in signals:
        return max(claims)
    return min(*claims, max(disputes)) if DIFFER in signals and disputes else min(claims)
