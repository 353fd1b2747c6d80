"""A claim in its setting -> its kind and raw signals: how complete it is, who else tells it, which checks bear it out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from hedui.confidence.setting import Setting, flag, name_of
from hedui.confidence.signals_indicators import indicator_signals
from hedui.confidence.signals_reading import model_signals, reading_signals
from hedui.findings import CitedDocument, Claim, Fund, Indicator, Score

__all__ = ["claim_signals"]


def claim_signals(setting: Setting, claim: Claim) -> tuple[str, Mapping[str, float]]:
    """The kind of item (`indicator.table`, `fund`, …) and its signals."""
    said = claim.fields
    common = shared_signals(setting, claim)
    if isinstance(said, Indicator):
        return f"indicator.{claim.origin}", {**common, **indicator_signals(setting, claim, said)}
    if isinstance(said, Fund):
        return "fund", {**common, **fund_signals(setting, claim, said)}
    if isinstance(said, CitedDocument):
        return "document", {**common, **document_signals(claim, said)}
    return "score", {**common, **score_signals(said)}


def shared_signals(setting: Setting, claim: Claim) -> dict[str, float]:
    verdicts = setting.verdicts.get(claim.id, Counter())
    span = claim.spans.get("name", claim.span)
    return {
        "table": flag(claim.origin == "table"), "broken": setting.broken(span), "noisy": setting.noisy(span),
        "held": flag(any(verdict != "conflict" for verdict in verdicts) or any(s in setting.held for s in claim.spans.values())),
        "disputed": flag("conflict" in verdicts), "repeated": flag(setting.names[claim.type, name_of(claim)].total() > 1),
        "siblings": math.log1p(setting.siblings[claim.type, claim.origin, claim.section]),
        **reading_signals(setting, list(claim.spans.values()) or [claim.span]), **model_signals(claim),
    }


def fund_signals(setting: Setting, claim: Claim, said: Fund) -> dict[str, float]:
    measures = setting.names["fund", str(said.yuan.normalize())]
    return {
        f"measure.{said.measure}": 1.0, "scope": math.log1p(len(said.scope)), "year": flag(said.year is not None),
        "level": flag(said.level), "documents": flag(said.documents), "zero": flag(said.yuan == 0),
        "other_measure": flag(len(measures) > 1), "alone": flag(setting.amounts[said.yuan] <= 1),
        "far": setting.far(said.yuan),
        "budget_cited": flag(said.measure == "budget" and claim.origin == "narrative" and setting.cited_beside(claim.span)),
    }


def document_signals(claim: Claim, said: CitedDocument) -> dict[str, float]:
    number, title = claim.spans.get("number", claim.span), claim.spans.get("title")
    gap = max(number[0], title[0]) - min(number[1], title[1]) if title else 0
    return {"titled": flag(said.title), "issuers": flag(said.issuers), "amounts": flag(said.amounts),
            "year": flag("〔" in said.number), "title": math.log1p(len(said.title or "")), "title_apart": math.log1p(max(0, gap))}


def score_signals(said: Score) -> dict[str, float]:
    return {"full": flag(said.full is not None), "grade": flag(said.grade), "total": flag("总" in said.name),
            "all_points": flag(said.full == said.score), "over": flag(said.full is not None and said.score > said.full),
            "name": math.log1p(len(said.name))}
