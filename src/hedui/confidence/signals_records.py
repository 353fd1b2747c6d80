"""A record, how sure its claims are and the checks over it -> its kind and signals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from hedui.confidence.odds import log_odds
from hedui.confidence.setting import Setting, flag
from hedui.confidence.signals_reading import reading_signals
from hedui.findings import Check, Claim, Fund, Indicator, Record

__all__ = ["AGREE", "DIFFER", "disputes_of", "record_signals", "sureness"]

AGREE, DIFFER = "status.agree", "status.differ"


def record_signals(setting: Setting, record: Record, claims: Mapping[str, Claim], checks: Mapping[str, Check]) -> tuple[str, Mapping[str, float]]:
    """The kind of item (`record.fund`) and its signals but for `sureness`; `claims` and `checks` by id."""
    of = [claims[id_] for id_ in record.claims]
    about = [checks[id_] for id_ in record.checks]
    held = [check for check in about if check.verdict != "conflict"]
    spans = [span for claim in of for span in (claim.spans.values() or (claim.span,))]
    said = record.fields
    return f"record.{record.type}", {
        **reading_signals(setting, spans),
        f"status.{record.status}": 1.0, "claims": math.log1p(len(of)), "held": math.log1p(len(held)),
        "disputed": math.log1p(len(about) - len(held)), "closed": flag(any(check.tier == "numeric" for check in held)),
        "table": flag(of[0].origin == "table"), "both_told": flag(len({claim.origin for claim in of}) > 1),
        "numeric_dispute": flag(any(c.tier == "numeric" for c in about if c.verdict == "conflict")),
        "wording_dispute": flag(any(c.tier == "wording" for c in about if c.verdict == "conflict")),
        "undisputed_slip": setting.far(said.yuan) if isinstance(said, Fund) and len(held) == len(about) else 0.0,
        "empty": flag(isinstance(said, Indicator) and not (said.target or said.actual or said.score)),
    }


def disputes_of(record: Record, checks: Mapping[str, Check]) -> tuple[str, ...]:
    """The checks in conflict over a record."""
    return tuple(id_ for id_ in record.checks if checks[id_].verdict == "conflict")


def sureness(claims: Sequence[float], disputes: Sequence[float]) -> Mapping[str, float]:
    """The probabilities of a record's claims and of the conflicts over it -> signals: the log odds of the least and the most
    sure claim, and of the surest conflict (0 where there is none)."""
    told = [log_odds(p) for p in claims]
    return {"worst": min(told), "best": max(told), "dispute": max((log_odds(p) for p in disputes), default=0.0)}
