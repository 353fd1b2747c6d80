"""An indicator in; a line in which its name stands as a label with target, result and what else the form tells, out."""

from __future__ import annotations

import re
from decimal import Decimal

from hedui.synth.facts import Indicator, rounded
from hedui.synth.prose.grammar import filled, worded
from hedui.synth.prose.slots import common_slots
from hedui.synth.prose.writer import Writer, check, last, percentage, place
from hedui.synth.wording import phrases

__all__ = ["SIGN", "actual_said", "claim", "label_line", "target_said"]

# ≥90% · =100% · 12次
SIGN = re.compile(r"^([≥≤=]?)(.+)$")
ALTERNATIVES = {"≥": ("≥", "≥", "≥", "不低于", "不少于", "大于等于"), "≤": ("≤", "≤", "≤", "不超过", "不高于", "小于等于"), "=": ("", ""), "": ("",)}


def figure_kind(indicator: Indicator) -> str:
    return {"count": "quantity", "rate": "rate", "state": "state"}.get(indicator.kind, "amount" if "元" in indicator.unit else "quantity")


def worth(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    if indicator.kind == "rate":
        return value / 100
    return value * (10000 if indicator.unit.startswith("万") else 1)


def target_said(writer: Writer, indicator: Indicator) -> str:
    """The target as the text tells it, a place that holds the sign too: `{X #q1t|≥{#q1tv|80%}}`."""
    key = f"{indicator.key}t"
    if indicator.target is None:
        return place(writer, key, indicator.target_text, "state", "target", spec="X")
    sign, bare = SIGN.fullmatch(indicator.target_text).groups()  # type: ignore[union-attr]
    sign = writer.rng.choice(ALTERNATIVES[sign])
    value = worth(indicator, indicator.target)
    inner = place(writer, f"{key}v", bare, figure_kind(indicator), "target", value)
    return place(writer, key, f"{sign}{inner}", "text", "target", spec="X")


def actual_said(writer: Writer, indicator: Indicator) -> str:
    """The result as the text tells it."""
    if indicator.actual is None:
        return place(writer, indicator.key, indicator.actual_text, "state", "actual", spec="X")
    value = worth(indicator, indicator.actual)
    return place(writer, indicator.key, indicator.actual_text, figure_kind(indicator), "actual", value)


def claim(writer: Writer, indicator: Indicator, levels: tuple[str, str], name: str, told: dict[str, str]) -> None:
    """The line of the block of indicators for the fields that were told, each with its place."""
    at = told.get("actual") or told.get("target") or next(iter(told.values()))
    fields = " ".join(f"{f}=@{p}" if p != at or f != "actual" else f for f, p in told.items())
    writer.blocks["indicators"].append(f"{at} | {levels[0]} | {levels[1]} | {name} | {fields}")


def points(value: Decimal) -> str:
    return f"{value:f}分"


def slots_of(writer: Writer, indicator: Indicator, told: dict[str, str]) -> dict[str, object]:
    """The slots of a label; using one notes its place in `told`."""
    key = indicator.key

    def note(field: str, name: str, text: str) -> str:
        told[field] = last(writer, name)
        return text

    def full() -> str:
        if indicator.score == indicator.weight:
            return note("score", f"{key}s", place(writer, f"{key}s", "满分", "text", "score", spec="X"))
        return note("score", f"{key}s", place(writer, f"{key}s", points(indicator.score), "points", "score", indicator.score))

    def actual() -> str:
        return note("actual", key, actual_said(writer, indicator))

    slots: dict[str, object] = {
        "name": indicator.name, "name2": indicator.name if writer.rng.random() < 0.6 else "",
        "target": lambda: note("target", f"{key}t", target_said(writer, indicator)), "actual": actual,
        "completion": lambda: note("completion", f"{key}c", percentage(writer, f"{key}c", indicator.completion, "completion")),
        "deviation": lambda: note("deviation", f"{key}d", percentage(writer, f"{key}d", indicator.deviation, "deviation")),
        "weight": lambda: note("weight", f"{key}w", place(writer, f"{key}w", points(indicator.weight), "points", "weight", indicator.weight)),
        "score": lambda: note("score", f"{key}s", place(writer, f"{key}s", points(indicator.score), "points", "score", indicator.score)),
        "fullscore": full, "reason": indicator.reason or "", "upper_said": writer.facts.bodies.treasury.name + "随文",
    }
    return {**common_slots(writer), **slots}


def label_line(writer: Writer, indicator: Indicator, family: str) -> str:
    """The line; its claim goes to the block of indicators."""
    rng, told = writer.rng, dict[str, str]()
    slots = slots_of(writer, indicator, told)
    rng = writer.rng
    said = rng.choice(("为", "达", "达到") if indicator.kind in {"count", "rate"} else ("为",)) if indicator.actual is not None else ""
    slots["said"] = said
    lead = "" if rng.random() < 0.7 else "<years>"
    stop = "。" if indicator.actual is None else rng.choice(("，", "。"))
    slots["actualsaid"] = lambda: filled(f"{lead}<name><said><actual>{stop}", slots, rng)  # type: ignore[arg-type]
    templates = [t for t in phrases()[family] if indicator.actual is not None or "完成<actual>" not in t or "completion" in t]
    text = filled(rng.choice(templates), slots, rng)  # type: ignore[arg-type]
    text = text.replace("，。", "。") if not text.endswith("，") else text[:-1] + "。"
    if indicator.missed and indicator.reason and rng.random() < 0.5:
        text = text.rstrip("。，") + "。" + worded("why", slots, rng) + "。"  # type: ignore[arg-type]
    claim(writer, indicator, heading_levels(indicator, writer), indicator.name, told)
    if "completion" in told and indicator.actual is not None and indicator.op != "≤":
        exact = rounded(indicator.actual / indicator.target, 4) if indicator.target else None
        if exact == indicator.completion and "target" in told:
            check(writer, "ratio", f"{indicator.key} / {indicator.key}tv", f"{indicator.key}c", "完成率")
    if "score" in told and "completion" in told and indicator.missed:
        check(writer, "ratio", f"{indicator.key}w * {indicator.key}c", f"{indicator.key}s", "得分")
    return text


def heading_levels(indicator: Indicator, writer: Writer) -> tuple[str, str]:
    """The levels as the headings above say them; set by the section while it is written."""
    return writer.levels or (indicator.level1, indicator.level2)
