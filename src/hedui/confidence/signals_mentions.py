"""A mention in its setting -> its kind and raw signals: how it is written, what stands around it, what bears it out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from hedui.confidence.setting import Setting, flag
from hedui.confidence.signals_reading import model_signals, reading_signals
from hedui.findings import Mention

__all__ = ["mention_signals"]

BARE = re.compile(r"[\d.,，．\s０-９]+")
DIGIT = re.compile(r"[0-9０-９]")
LATIN = re.compile(r"[A-Za-z]")
# 3 and fewer characters name a body by its short form or hide in another word
SHORT = 3


def mention_signals(setting: Setting, mention: Mention) -> tuple[str, Mapping[str, float]]:
    """The kind of item (`mention.AMOUNT`) and its signals, most of them 0 or 1."""
    text, span = mention.text, mention.span
    return f"mention.{mention.label}", {
        "length": math.log1p(len(text)), "digits": math.log1p(len(DIGIT.findall(text))), "bare": flag(BARE.fullmatch(text)),
        "words": flag(not DIGIT.search(text)), "latin": flag(LATIN.search(text)), "short": flag(len(text) <= SHORT),
        "unread": flag(mention.value is None), "bounded": flag(mention.op), "marked": flag(text.startswith("《")),
        "quoted": flag(setting.before(span) in "“\"‘《" and span[0]), "broken": setting.broken(span), "noisy": setting.noisy(span),
        "table": flag(setting.grid_at(span) is not None), "repeated": flag(setting.texts[text] > 1),
        "claimed": flag(mention.id in setting.claimed), "held": flag(span in setting.held),
        "disputed": flag(span in setting.disputed), **reading_signals(setting, [span]), **model_signals(mention),
    }
