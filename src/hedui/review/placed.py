"""A claim that people added or moved -> where in the text they marked each of its fields stands.

A figure stands in the mention that has its value, before any other digits that read alike; words stand where they are written, whatever
glyphs, blanks and line breaks they are written with. No two fields share a place. What is written otherwise than it reads has no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from hedui.document import Span
from hedui.review.state import Item
from hedui.values import read_value
from hedui.view import view

__all__ = ["field_places", "placed_by_people"]

AMOUNTS = frozenset({"fund.yuan", "document.amounts"})
NUMBERS = frozenset({"score.score", "score.full"})
# what is chosen from a few words and not read
CHOSEN = frozenset({"fund.measure"})
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
AMOUNT = re.compile(rf"{FIGURE.pattern}[百千万亿]*元")


def placed_by_people(item: Item) -> bool:
    """Whether people said where a claim stands: they added it, or gave it another place."""
    return item.added or "span" in item.changed


def span_of(item: Item) -> Span:
    return item.data["span"][0], item.data["span"][1]


def alike(one: Any, other: Any) -> bool:
    try:
        return Decimal(str(one).replace(",", "")) == Decimal(str(other).replace(",", ""))
    except InvalidOperation:
        return False


def in_mentions(value: Any, mentions: Sequence[Item]) -> Iterator[Span]:
    wanted = view(str(value)).text
    yield from (span_of(one) for one in mentions if wanted in (view(one.data["text"]).text, view(str(one.data["value"])).text))


def in_amounts(value: Any, text: str, within: Span, mentions: Sequence[Item]) -> Iterator[Span]:
    yield from (span_of(one) for one in mentions if one.data["label"] == "AMOUNT" and alike(value, one.data["value"]))
    seen = view(text, within)
    for found in AMOUNT.finditer(seen.text):
        read = read_value(found[0])
        if read is not None and alike(value, read.value):
            yield seen.span(*found.span())


def in_words(value: Any, text: str, within: Span) -> Iterator[Span]:
    """Where `value` is written in a piece of text; not within a longer number where it is one itself."""
    seen, wanted = view(text, within), view(str(value)).text
    if not wanted:
        return
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1].isdigit() else ""
    yield from (seen.span(*found.span()) for found in re.finditer(f"{before}{re.escape(wanted)}{after}", seen.text))


def in_figures(value: Any, text: str, within: Span) -> Iterator[Span]:
    seen = view(text, within)
    yield from (seen.span(*found.span()) for found in FIGURE.finditer(seen.text) if alike(value, found[0]))


def places_of(name: str, value: Any, text: str, within: Span, mentions: Sequence[Item]) -> Iterator[Span]:
    if name in AMOUNTS:
        yield from in_amounts(value, text, within, mentions)
    elif name in NUMBERS:
        yield from in_figures(value, text, within)
    else:
        yield from in_mentions(value, mentions)
        yield from in_words(value, text, within)


def apart(one: Span, taken: Sequence[Span]) -> bool:
    return all(one[1] <= other[0] or other[1] <= one[0] for other in taken)


def field_places(text: str, item: Item, mentions: Sequence[Item]) -> Mapping[str, Span]:
    """The place of every field of a claim that is found within its own; of a list from the first of its parts to the last. Those `mentions`
    that the claim is tied to come first, then those within its place."""
    kind, within = str(item.data["type"]), span_of(item)
    tied = set(item.data.get("mentions", ()))
    inside = [one for one in mentions if within[0] <= one.data["span"][0] and one.data["span"][1] <= within[1]]
    near = sorted(inside, key=lambda one: (one.id not in tied, one.data["span"][0]))
    found: dict[str, Span] = {}
    for field, value in item.data["fields"].items():
        name = f"{kind}.{field}"
        parts = value if isinstance(value, list | tuple) else [value]
        if name in CHOSEN or value in (None, "", []):
            continue
        own: list[Span] = []
        for part in parts:
            own += [one for one in places_of(name, part, text, within, near) if apart(one, [*found.values(), *own])][:1]
        if len(own) == len(parts):
            found[field] = min(start for start, _ in own), max(end for _, end in own)
    return found
