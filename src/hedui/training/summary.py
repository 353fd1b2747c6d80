"""A finished run -> a few lines that say how the model does and where to look."""

from __future__ import annotations

from collections.abc import Iterator

from hedui.training.card_tables import MEANT, change, share
from hedui.training.flow import Trained
from hedui.training.ship import CARD

__all__ = ["summary_lines"]

SHOWN = ("mentions.ORG", "mentions.REGION", "indicators.narrative", "indicators.narrative.fields", "funds")


def summary_lines(trained: Trained, *, minutes: float) -> Iterator[str]:
    """What rules and model read together in reports left out, against rules alone."""
    readers = trained.metrics["figures"]["all"]
    yield f"训练完成，用时 {minutes:.1f} 分钟 · trained in {minutes:.1f} minutes"
    for name in SHOWN:
        rules, both = readers["rules"].get(name), readers["both"].get(name)
        if rules and both:
            yield f"  {MEANT[name]}: 规则 rules {share(rules['value'])} → 一起 both {share(both['value'])} ({change(rules, both)})"
    used = sum(one["threshold"] is not None for one in trained.metrics["policy"])
    yield f"  模型在 {used} 类动作上胜过规则并被采用 · it beats the rules, and is used, in {used} kinds of action"
    yield f"详见 see {trained.folder / CARD}"
