"""A template's name and what fills its slots in; a worded, marked text out."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping

from hedui.synth.wording import phrases, rows

__all__ = ["USED", "Slots", "filled", "worded"]

USED = "(used)"  # how often each template was used in this report, among the slots
Slots = Mapping[str, "str | Callable[[], str] | Counter[str]"]
CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"<([\w:.-]+)>")
NUMBER = re.compile(r"n(\d?):([\d.]+)-([\d.]+)")


def choose(text: str, rng: random.Random) -> str:
    """`text` with one word of each choice, the innermost first."""
    while match := CHOICE.search(text):
        text = text[: match.start()] + rng.choice(match[1].split("/")) + text[match.end() :]
    return text


def number(match: re.Match[str], rng: random.Random) -> str:
    decimals = int(match[1] or 0)
    low, high = float(match[2]), float(match[3])
    if decimals:
        return f"{rng.uniform(low, high):.{decimals}f}"
    value = rng.randint(int(low), int(high))
    return str(value)


def word_of(name: str, rng: random.Random) -> str:
    return rng.choice([r[1] for r in rows("lists") if r[0] == name])


def filled(text: str, slots: Slots, rng: random.Random, depth: int = 0) -> str:
    """`text` with choices made and slots filled; a slot of no name known is an error."""
    if depth > 9:
        raise ValueError(f"templates run in a circle: {text[:40]}")

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        if figure := NUMBER.fullmatch(name):
            return number(figure, rng)
        if name.startswith("any:"):
            return word_of(name[4:], rng)
        if name in slots:
            value = slots[name]
            return value if isinstance(value, str) else value() if callable(value) else ""
        if name in phrases():
            return filled(picked(name, slots, rng), slots, rng, depth + 1)
        raise ValueError(f"no slot {name}: {text[:60]}")

    return SLOT.sub(slot, choose(text, rng))


def worded(key: str, slots: Slots, rng: random.Random) -> str:
    """One of the templates called `key`, filled."""
    return filled(picked(key, slots, rng), slots, rng)


def picked(key: str, slots: Slots, rng: random.Random) -> str:
    """One of the templates called `key`, of those that this report used least."""
    used = slots.get(USED)
    texts = phrases()[key]
    if not isinstance(used, Counter):
        return rng.choice(texts)
    least = min(used[t] for t in texts)
    text = rng.choice([t for t in texts if used[t] == least] if rng.random() < 0.8 else texts)
    used[text] += 1
    return text
