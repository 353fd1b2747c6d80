"""A finding as it stands -> what the right side of the desk shows of it: fields, places, checks, reasons, and what to light in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hedui.corrections import Event
from hedui.findings import SIGNS, Verdict
from hedui.opinion.stakes import money
from hedui.review.acts import FIELDS, choices_of
from hedui.review.opened import Opened
from hedui.review.placed import field_places, placed_by_people
from hedui.review.state import Item, value_at

__all__ = ["FieldShown", "QuoteShown", "Shown", "shown", "title_of"]

SHORT = 160
AROUND = 28
# odds of a chance fit that need no telling
UNLIKELY = 0.001
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldShown:
    """One field of a record or claim: its value as text, an amount as people say it, what was read where people changed it, where it
    stands, and the values it may take where these are few."""

    name: str
    value: str
    said: str
    was: str | None
    span: Span | None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteShown:
    """A piece of the text, with a little around it."""

    span: Span
    text: str
    value: str
    before: str = ""
    after: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckShown:
    """A check with its formula, its operands, the verdict it was read with and the one it has now (None: look at it), and how it reads
    with the figures that people corrected, where they did."""

    item: Item
    kind: str
    note: str
    formula: str
    read: Verdict
    now: Verdict | None
    turned: bool
    stated: QuoteShown
    inputs: tuple[QuoteShown, ...]

    @property
    def sign(self) -> str:
        return "?" if self.now is None else SIGNS[self.now]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One finding on the right side. `holders` are the claims and records that name it, `light` is what to light in the text, as JSON:
    start, end, role."""

    item: Item
    type: str
    title: str
    confidence: float
    fields: tuple[FieldShown, ...]
    claims: tuple[tuple[Item, QuoteShown], ...]
    mentions: tuple[tuple[Item, QuoteShown], ...]
    holders: tuple[Item, ...]
    checks: tuple[CheckShown, ...]
    reasons: tuple[tuple[str, str], ...]
    history: tuple[Event, ...]
    light: str


def text_of(value: Any) -> str:
    if value is None:
        return ""
    return "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def said_of(name: str, value: Any) -> str:
    """An amount in yuan as people say it; nothing for all else.

    >>> said_of("yuan", "48100000000"), said_of("scope", "48100000000")
    ('481 亿元', '')
    """
    if name not in ("yuan", "amounts") or value in (None, "", [], ()):
        return ""
    try:
        return "；".join(money(Decimal(one)) for one in (value if isinstance(value, list | tuple) else [value]))
    except InvalidOperation:
        return ""


def quote_shown(text: str, span: Sequence[int], *, value: str | None = None, role: str = "") -> QuoteShown:
    start, end = span[0], span[1]
    inner = " ".join(text[start:end].split())
    return QuoteShown(span=(start, end), text=inner if len(inner) <= SHORT else f"{inner[:SHORT]}…", value=value or "", role=role,
                      before=" ".join(text[max(0, start - AROUND):start].split("\n")[-1].split()),
                      after=" ".join(text[end:end + AROUND].split("\n")[0].split()))


def check_shown(opened: Opened, item: Item) -> CheckShown:
    text, data, anew = opened.read.text, item.data, opened.rechecks.get(item.id)
    now = opened.turned.get(item.id, data["verdict"])
    return CheckShown(
        item=item, kind=data["kind"], note=data["note"], formula=anew.formula if anew else "", read=data["verdict"], now=now,
        turned=item.id in opened.turned and now != data["verdict"],
        stated=quote_shown(text, data["stated"]["span"], value=data["stated"]["value"], role="stated"),
        inputs=tuple(quote_shown(text, one["span"], value=one["value"], role="operand") for one in data["inputs"]))


def items_of(opened: Opened, ids: Sequence[str]) -> Iterator[Item]:
    yield from (opened.state.items[one] for one in ids if one in opened.state.items)


def field_spans(opened: Opened, claims: Sequence[Item]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for claim in claims:
        if claim.kind == "claim" and placed_by_people(claim):
            mentions = [one for one in opened.state.of("mention") if one.decision != "rejected"]
            spans: Mapping[str, Any] = field_places(opened.read.text, claim, mentions)
        else:
            spans = claim.data.get("spans") or {}
        for name, pair in spans.items():
            found.setdefault(name, (pair[0], pair[1]))
    return found


def fields_of(opened: Opened, item: Item, claims: Sequence[Item]) -> tuple[FieldShown, ...]:
    kind = str(item.data.get("type", ""))
    choices = choices_of(kind)
    spans = field_spans(opened, claims or (item,))
    read = next((one for one in opened.report[f"{item.kind}s"] if one["id"] == item.id), None) if item.kind in ("record", "claim") else None
    found = []
    for name in FIELDS.get(kind, ()):
        key = f"fields.{name}"
        was = text_of(read["fields"].get(name)) if read is not None and key in item.changed else None
        now = text_of(value_at(item, key))
        found.append(FieldShown(name=name, value=now, said=said_of(name, value_at(item, key)), was=was if was != now else None,
                                span=spans.get(name), choices=choices.get(name, ())))
    return tuple(found)


def reasons_of(item: Item, claims: Sequence[Item], checks: Sequence[CheckShown]) -> Iterator[tuple[str, str]]:
    """Why a finding is as sure as it is, in Chinese and English."""
    finders = {one.data.get("found_by") for one in (*claims, item) if one.data.get("found_by")}
    if item.kind == "check":
        finders = set()
    if "both" in finders:
        yield "规则与模型读法一致", "rules and model agree"
    elif finders == {"rules"}:
        yield "只有规则读出", "read by rules alone"
    elif "model" in finders:
        yield "只有模型读出", "read by the model alone"
    models = [one.data["model"] for one in claims if one.data.get("model") is not None]
    if models:
        yield f"模型的把握 {max(models):.0%}", f"the model is {max(models):.0%} sure"
    status = item.data.get("status")
    if status in ("agree", "differ"):
        yield ("正文与表格一致", "text and table agree") if status == "agree" else ("正文与表格不一", "text and table differ")
    closed, open_ = (sum(one.now in verdicts for one in checks) for verdicts in (("consistent", "rounding"), ("conflict",)))
    if item.kind != "check" and (closed or open_):
        yield f"{closed} 项核对相符，{open_} 项不符", f"{closed} checks close, {open_} do not"
    chance = item.data.get("chance")
    if chance is not None and chance >= UNLIKELY:
        yield f"凑巧相符的可能 {chance:.2g}", f"odds of a chance fit {chance:.2g}"


def title_of(item: Item) -> str:
    told = item.data.get("fields") or {}
    return text_of(told.get("name") or told.get("number") or told.get("scope") or item.data.get("reads") or item.data.get("text")
                   or item.data.get("note") or item.id)


def lights(fields: Sequence[FieldShown], quotes: Sequence[QuoteShown], claims: Sequence[QuoteShown]) -> str:
    found: list[tuple[int, int, str]] = [(*one.span, "claim") for one in claims]
    found += [(*one.span, f"field f-{one.name}") for one in fields if one.span]
    found += [(*one.span, one.role) for one in quotes]
    return json.dumps(list(dict.fromkeys(found)), separators=(",", ":"))


def shown(opened: Opened, target: str) -> Shown | None:
    """What the right side shows of a finding; None where the report has no such finding."""
    item = opened.state.items.get(target)
    if item is None:
        return None
    text, data = opened.read.text, item.data
    claims = tuple(items_of(opened, data.get("claims", ()))) if item.kind in ("record", "check") else ()
    mentions = tuple(items_of(opened, value_at(item, "mentions") or ())) if item.kind == "claim" else ()
    if item.kind == "record":
        mentions = tuple({one.id: one for claim in claims for one in items_of(opened, value_at(claim, "mentions") or ())}.values())
    checks = tuple(check_shown(opened, one) for one in checks_of(opened, item, claims))
    fields = fields_of(opened, item, claims)
    quotes = [quote for check in checks[:1] if item.kind == "check" for quote in (*check.inputs, check.stated)]
    told = tuple((one, quote_shown(text, one.data["span"])) for one in claims if "span" in one.data)
    own = [quote_shown(text, data["span"], role="stated")] if item.kind in ("mention", "claim") and "span" in data else []
    return Shown(
        item=item, type=str(data.get("type") or data.get("kind") or data.get("label") or ""), title=title_of(item),
        confidence=float(data.get("confidence", 1.0)), fields=fields, claims=told,
        mentions=tuple((one, quote_shown(text, one.data["span"])) for one in mentions), holders=holders_of(opened, item), checks=checks,
        reasons=tuple(reasons_of(item, claims, checks)), history=tuple(e for e in opened.events if e.target == target)[-8:],
        light=lights(fields, [*quotes, *own], [quote for _, quote in told] if item.kind == "record" else []))


def holders_of(opened: Opened, item: Item) -> tuple[Item, ...]:
    key, kinds = ("mentions", ("claim",)) if item.kind == "mention" else ("claims", ("record",)) if item.kind == "claim" else ("", ())
    return tuple(one for one in opened.state.items.values() if one.kind in kinds and item.id in (value_at(one, key) or ()))


def checks_of(opened: Opened, item: Item, claims: Sequence[Item]) -> list[Item]:
    if item.kind == "check":
        return [item]
    ids: Mapping[str, None] = dict.fromkeys(data_checks(item))
    own = {one.id for one in claims} | {item.id}
    found = [one for one in opened.state.of("check") if one.id in ids or (item.kind == "claim" and own & set(one.data.get("claims", ())))]
    return sorted(found, key=lambda one: one.data["verdict"] != "conflict")


def data_checks(item: Item) -> Sequence[str]:
    return item.data.get("checks", ()) if item.kind == "record" else ()
