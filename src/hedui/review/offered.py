"""A report as it stands -> what the desk offers for a finding: what it may be tied to, the claims a record may be made of, and what a new claim
at a place would say.

What is nearest in the text comes first; what is tied already comes before all, to be untied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hedui.document import Span
from hedui.review.acts import FIELDS
from hedui.review.opened import Opened
from hedui.review.shown import QuoteShown, quote_shown, title_of
from hedui.review.state import Item, value_at

__all__ = ["Offer", "claim_at", "claims_for", "mentions_in", "offers"]

MOST = 40
FAR = 10**9
NUMBERS = ("AMOUNT", "RATE", "QUANTITY")
# what an amount is said to be, by the word that stands before it; the last one that does counts
MEASURES: Mapping[str, str] = {
    "预算": "budget", "安排": "budget", "下达": "issued", "到位": "received", "支出": "executed", "执行": "executed", "支付": "executed",
    "上年结转": "carried_in", "结余": "carried_out", "收入": "income", "节约": "saved", "收回": "recovered", "合同": "contract"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Something that a finding may be tied to, or untied from (`on`): the act goes to `target`, which names `other`."""

    target: str
    other: str
    seen: int
    on: bool
    item: Item
    title: str
    quote: QuoteShown | None


def place_of(opened: Opened, item: Item) -> Span | None:
    """Where a finding stands; a record where its first claim does."""
    if "span" in item.data:
        return item.data["span"][0], item.data["span"][1]
    claims = (opened.state.items.get(one) for one in item.data.get("claims", ()))
    return next((place_of(opened, one) for one in claims if one is not None), None)


def away(one: Span | None, other: Span | None) -> int:
    if one is None or other is None:
        return FAR
    return max(one[0] - other[1], other[0] - one[1], 0)


def nearest(opened: Opened, found: Sequence[Item], item: Item) -> list[Item]:
    own = place_of(opened, item)
    placed = [(place_of(opened, one), one) for one in found if one.decision != "rejected"]
    return [one for _, one in sorted(placed, key=lambda pair: (away(pair[0], own), pair[0] or (FAR, FAR)))]


def offer(opened: Opened, item: Item, other: Item, *, holder: Item) -> Offer:
    """`holder` is the one of both that names the other."""
    held, place = (other if holder is item else item), place_of(opened, other)
    tied = value_at(holder, "mentions" if holder.kind == "claim" else "claims") or ()
    return Offer(target=holder.id, other=held.id, seen=holder.seq, on=held.id in tied, item=other, title=title_of(other),
                 quote=quote_shown(opened.read.text, place) if place else None)


def candidates(opened: Opened, item: Item) -> Iterator[Offer]:
    state, kind = opened.state, item.data.get("type")
    claims = [one for one in state.of("claim") if item.kind != "record" or one.data["type"] == kind]
    if item.kind == "record":
        yield from (offer(opened, item, one, holder=item) for one in nearest(opened, claims, item))
    elif item.kind == "mention":
        yield from (offer(opened, item, one, holder=one) for one in nearest(opened, claims, item))
    elif item.kind == "claim":
        yield from (offer(opened, item, one, holder=item) for one in nearest(opened, state.of("mention"), item)[:MOST])
        records = [one for one in state.of("record") if one.data["type"] == kind]
        yield from (offer(opened, item, one, holder=one) for one in nearest(opened, records, item))


def offers(opened: Opened, target: str) -> tuple[Offer, ...]:
    """What a finding may be tied to, in pairs of mention and claim, claim and record; nothing for a check."""
    item = opened.state.items.get(target)
    found = list(candidates(opened, item)) if item is not None else []
    return tuple(sorted(found, key=lambda one: not one.on)[:2 * MOST])


def claims_for(opened: Opened, target: str) -> tuple[tuple[Item, str, QuoteShown], ...]:
    """The claims that a new record may be made of: those of the type of `target`, where it has one, the nearest first."""
    item = opened.state.items.get(target)
    kind = item.data.get("type") if item is not None else None
    found = [one for one in opened.state.of("claim") if kind is None or one.data["type"] == kind]
    ordered = nearest(opened, found, item) if item is not None else found
    return tuple((one, title_of(one), quote_shown(opened.read.text, one.data["span"])) for one in ordered[:MOST])


def mentions_in(opened: Opened, span: Span) -> tuple[Item, ...]:
    """The mentions that lie within a place, in the order of the text."""
    found = [one for one in opened.state.of("mention")
             if one.decision != "rejected" and span[0] <= one.data["span"][0] and one.data["span"][1] <= span[1]]
    return tuple(sorted(found, key=lambda one: one.data["span"][0]))


def claim_at(opened: Opened, span: Span, kind: str) -> dict[str, str]:
    """What the fields of a claim of type `kind` would say at a place, as text for a form, as far as the mentions in it tell."""
    text, found = opened.read.text, mentions_in(opened, span)
    said: dict[str, str] = dict.fromkeys(FIELDS[kind], "")

    def first(*labels: str) -> Item | None:
        return next((one for one in found if one.data["label"] in labels), None)

    def put(field: str, item: Item | None, key: str = "text") -> None:
        if item is not None:
            said[field] = str(item.data.get("reads") or item.data[key]) if key == "text" else str(item.data[key])

    numbers = [one for one in found if one.data["label"] in NUMBERS]
    head = " ".join(text[span[0]:numbers[0].data["span"][0] if numbers else span[1]].split()).strip("，。；：、（(")
    if kind == "fund":
        put("yuan", first("AMOUNT"), "value")
        put("documents", first("DOCNO"))
        said["year"] = year_of(first("DATE"))
        before = text[span[0]:numbers[0].data["span"][0]] if numbers else text[span[0]:span[1]]
        said["measure"] = max(((before.rfind(word), name) for word, name in MEASURES.items() if word in before), default=(0, "budget"))[1]
    elif kind == "document":
        put("number", first("DOCNO"))
        put("title", first("TITLE"))
        said["issuers"] = "；".join(one.data["text"] for one in found if one.data["label"] == "ORG")
        said["amounts"] = "；".join(str(one.data["value"]) for one in found if one.data["label"] == "AMOUNT")
    else:
        said["name"] = head[:60]
        bounds = [one for one in numbers if one.data.get("op")]
        plain = [one for one in numbers if not one.data.get("op")]
        if kind == "indicator":
            put("target", bounds[0] if bounds else None)
            put("actual", plain[0] if plain else None)
        else:
            said["score"] = bare(plain[0]) if plain else ""
            said["full"] = bare(plain[1]) if len(plain) > 1 else ""
    return said


def year_of(item: Item | None) -> str:
    value: Any = item.data.get("value") if item is not None else ""
    return str(value)[:4] if str(value)[:4].isdecimal() else ""


def bare(item: Item) -> str:
    value = item.data.get("value")
    try:
        return f"{Decimal(str(value)):f}"
    except ArithmeticError:
        return ""
