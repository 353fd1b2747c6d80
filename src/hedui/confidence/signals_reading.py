"""How an item was read -> the signals that mentions, claims and checks share: certainty of recognised characters, cells put
right, and what the learned reading says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hedui.confidence.odds import doubt_of, log_odds
from hedui.confidence.setting import Setting, flag
from hedui.document import Span
from hedui.findings import Claim, Mention

__all__ = ["DOUBT", "MENDED", "model_signals", "reading_signals"]

DOUBT, MENDED = "doubt", "mended"


def reading_signals(setting: Setting, spans: Sequence[Span]) -> Mapping[str, float]:
    """`doubt`: how far the least certain character recognised in `spans` lies under a clear one, in log odds; 0 where the
    file itself gives the characters. `recognised`: whether any was. `mended`: whether a cell was put where it is."""
    certainty = min(map(setting.places.certainty, spans), default=1.0) if setting.recognised else 1.0
    return {DOUBT: doubt_of(certainty), "recognised": flag(setting.recognised),
            MENDED: flag(not setting.repaired.isdisjoint(spans))}


def model_signals(item: Mention | Claim) -> Mapping[str, float]:
    """What the learned reading says, where one read: its log odds, whether both readings agree or it stands alone."""
    if item.model is None:
        return {"modelled": 0.0, "model": 0.0, "model_alone": 0.0, "both": 0.0}
    return {"modelled": 1.0, "model": log_odds(item.model), "model_alone": flag(item.found_by == "model"),
            "both": flag(item.found_by == "both")}
