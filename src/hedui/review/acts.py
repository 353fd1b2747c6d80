"""What a person wants done to a report as it stands -> the acts to be added to its trail, each with what was there before.

UsageError, in words for the person, where it cannot be done: no such finding, a field that its type has not, a number that is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from hedui.corrections import Act, Decision, Event, Kind, Mark, Saying
from hedui.document import Span
from hedui.errors import UsageError
from hedui.findings import CitedDocument, Fund, Indicator, Label, Measure, Score, content_id
from hedui.review.state import Item, State, value_at
from hedui.values import read_value

__all__ = ["FIELDS", "LISTS", "LONGEST", "NUMBERS", "WHOLE",
           "accept", "add_claim", "add_mention", "add_record", "checked", "choices_of", "edit", "link", "mark",
           "move", "note", "redo", "relabel", "undo"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    name: tuple(field.name for field in fields(of))
    for name, of in (("indicator", Indicator), ("fund", Fund), ("document", CitedDocument), ("score", Score))}
NUMBERS = frozenset({"fund.yuan", "score.score", "score.full"})
WHOLE = frozenset({"fund.year"})
LISTS = frozenset({"fund.documents", "document.issuers", "document.amounts"})
NEEDED = frozenset({"indicator.name", "fund.yuan", "fund.measure", "document.number", "score.name", "score.score"})
LONGEST = 2000
DONE: Mapping[Decision, Act] = {"accepted": "accept", "rejected": "reject", "open": "reopen"}


def item_of(state: State, target: str, *kinds: Kind) -> Item:
    item = state.items.get(target)
    if item is None or (kinds and item.kind not in kinds):
        raise UsageError(f"{target}: 这份报告里没有这一项 · no such finding in this report")
    return item


def saying(item: Item, act: Act, after: Mapping[str, Any]) -> Saying:
    return Saying(target=item.id, kind=item.kind, act=act, after=after, before={key: value_at(item, key) for key in after}, seen=item.seq)


def accept(state: State, targets: Iterable[str], *, decision: Decision = "accepted") -> tuple[Saying, ...]:
    """Accepts, rejects or reopens findings; those that stand so already are passed over."""
    items = [item_of(state, target) for target in targets]
    return tuple(saying(item, DONE[decision], {"@decision": decision}) for item in items if item.decision != decision)


def mark(state: State, target: str, value: Mark | None) -> tuple[Saying, ...]:
    """Says of a conflict what it is."""
    return (saying(item_of(state, target, "check"), "mark", {"@mark": value}),)


def note(state: State, target: str, text: str) -> tuple[Saying, ...]:
    return (saying(item_of(state, target), "note", {"@note": text.strip()[:LONGEST]}),)


def edit(state: State, target: str, field: str, told: str) -> tuple[Saying, ...]:
    """Sets a field of a claim or record, or what a mention ought to read; an empty text empties the field. A record's field is set in its
    claims of one mind with it too, so that what was corrected stays corrected in both."""
    item = item_of(state, target, "claim", "record", "mention")
    if item.kind == "mention":
        return (saying(item, "edit", mention_value(item, told)),)
    key, value = f"fields.{field}", field_value(str(item.data.get("type")), field, told)
    was = value_at(item, key)
    if value == was:
        return ()
    found = [saying(item, "edit", {key: value})]
    for claim in (state.items.get(one) for one in item.data.get("claims", ()) if item.kind == "record"):
        if claim is not None and value_at(claim, key) == was:
            found.append(saying(claim, "edit", {key: value}))
    return tuple(found)


def mention_value(item: Item, told: str) -> dict[str, Any]:
    """What a mention ought to read, with its value and unit where it is a number."""
    text = told.strip()[:LONGEST]
    if not text:
        raise UsageError("请写出应为的内容 · say what it ought to read")
    value = read_value(text)
    if value is None:
        return {"reads": text, "value": text}
    meant = f"{value.value:f}" if isinstance(value.value, Decimal) else value.value
    return {"reads": text, "value": meant, "unit": value.unit}


def field_value(kind: str, field: str, told: str) -> Any:
    """The value of a field as schema hedui/1 has it."""
    name, text = f"{kind}.{field}", " ".join(told.split())[:LONGEST]
    if field not in FIELDS.get(kind, ()):
        raise UsageError(f"{field}: 没有这一栏 · {kind} has no such field")
    if not text:
        if name in NEEDED:
            raise UsageError(f"{field}: 这一栏不能为空 · must not be empty")
        return "" if name == "fund.scope" else [] if name in LISTS else None
    if name in LISTS:
        parts = [part.strip() for part in text.replace("；", ";").replace("、", ";").split(";") if part.strip()]
        return [number(field, part) for part in parts] if name == "document.amounts" else parts
    if name in NUMBERS:
        return number(field, text)
    if name in WHOLE:
        if not text.isdecimal() or len(text) != 4:
            raise UsageError(f"{field}: 应为四位年份，写的是“{text}” · a year of four digits is wanted")
        return int(text)
    if name == "fund.measure" and text not in get_args(Measure):
        raise UsageError(f"{field}: 应为其中之一 one of {' · '.join(get_args(Measure))}")
    return text


def choices_of(kind: str) -> dict[str, tuple[str, ...]]:
    """The fields of a type that take one of a few values, and these values."""
    return {"measure": get_args(Measure)} if kind == "fund" else {}


def number(field: str, text: str) -> str:
    """A number in yuan or points; what says its unit (万元) is turned into yuan."""
    value = read_value(text)
    if value is not None and isinstance(value.value, Decimal) and value.kind == "AMOUNT":
        return f"{value.value:f}"
    try:
        found = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise UsageError(f"{field}: “{text}”不是数 · is not a number") from error
    if not found.is_finite():
        raise UsageError(f"{field}: “{text}”不是数 · is not a number")
    return f"{found:f}"


def checked(text: str, span: Span) -> Span:
    start, end = span
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise UsageError("请先在原文里选中一段 · select a piece of the text first")
    return start, end


def move(state: State, text: str, target: str, span: Span) -> tuple[Saying, ...]:
    """Gives a mention or claim another place in the text of the document."""
    item, (start, end) = item_of(state, target, "mention", "claim"), checked(text, span)
    after: dict[str, Any] = {"span": [start, end]}
    if item.kind == "mention":
        after |= {"text": text[start:end]} | read_again(str(item.data["label"]), text[start:end])
    return (saying(item, "span", after),)


def read_again(label: str, text: str) -> dict[str, Any]:
    value = read_value(text)
    if value is None or value.kind != label:
        return {"value": text, "unit": UNITS.get(label, "1")}
    return {"value": f"{value.value:f}" if isinstance(value.value, Decimal) else value.value, "unit": value.unit, "op": value.op}


UNITS = {"AMOUNT": "CNY", "RATE": "1", "QUANTITY": "1", "DATE": "date", "DOCNO": "docno", "TITLE": "title", "ORG": "org", "REGION": "region"}


def known_label(label: str) -> str:
    if label not in get_args(Label):
        raise UsageError(f"{label}: 应为其中之一 one of {' · '.join(get_args(Label))}")
    return label


def relabel(state: State, target: str, label: str) -> tuple[Saying, ...]:
    """Says that a mention is of another kind."""
    item = item_of(state, target, "mention")
    return (saying(item, "label", {"label": known_label(label)} | read_again(label, str(item.data.get("reads") or item.data["text"]))),)


def added(kind: Kind, data: Mapping[str, Any]) -> Saying:
    own = content_id({"mention": "m", "claim": "c", "record": "r", "check": "k"}[kind], "added", sorted((k, repr(v)) for k, v in data.items()))
    after = {**data, "@decision": "accepted"}
    return Saying(target=own, kind=kind, act="add", after=after, before=dict.fromkeys(after))


def add_mention(text: str, span: Span, label: str) -> tuple[Saying, ...]:
    """A mention that was missed, read by the rules where they can."""
    start, end = checked(text, span)
    data = {"label": known_label(label), "span": [start, end], "text": text[start:end], "op": None} | read_again(label, text[start:end])
    return (added("mention", data),)


def add_claim(text: str, span: Span, kind: str, told: Mapping[str, str], *, origin: str = "narrative",
              mentions: Sequence[str] = ()) -> tuple[Saying, ...]:
    """A claim that was missed, where it stands, with what it says."""
    start, end = checked(text, span)
    if kind not in FIELDS or origin not in ("narrative", "table"):
        raise UsageError(f"{kind}: 应为其中之一 one of {' · '.join(FIELDS)}")
    values = {field: field_value(kind, field, told.get(field, "")) for field in FIELDS[kind]}
    return (added("claim", {"type": kind, "origin": origin, "span": [start, end], "fields": values, "mentions": list(mentions)}),)


def add_record(state: State, claims: Sequence[str]) -> tuple[Saying, ...]:
    """A record of claims of one type that are about one thing; the first that says a field gives it."""
    items = [item_of(state, claim, "claim") for claim in claims]
    kinds = {str(item.data["type"]) for item in items}
    if len(kinds) != 1:
        raise UsageError("请选同一类的陈述 · choose claims of one type")
    kind = kinds.pop()
    values = {field: next((v for item in items if (v := value_at(item, f"fields.{field}")) not in (None, "", [])), None) for field in FIELDS[kind]}
    origins = {str(item.data["origin"]) for item in items}
    status = "agree" if len(origins) > 1 else f"{origins.pop()}_only"
    return (added("record", {"type": kind, "fields": values, "claims": list(claims), "checks": [], "status": status}),)


def link(state: State, target: str, other: str, *, off: bool = False) -> tuple[Saying, ...]:
    """Ties a mention to a claim, or a claim to a record; unties it where `off`."""
    item = item_of(state, target, "claim", "record")
    key, kind = ("mentions", "mention") if item.kind == "claim" else ("claims", "claim")
    item_of(state, other, kind)  # type: ignore[arg-type]
    there = list(value_at(item, key) or ())
    if (other in there) != off:
        return ()
    after = [one for one in there if one != other] if off else [*there, other]
    return (saying(item, "unlink" if off else "link", {key: after}),)


def back(state: State, events: Sequence[Event], group: str, act: Act) -> tuple[Saying, ...]:
    targets = {event.target: event.kind for event in events if event.group == group}
    return tuple(Saying(target=target, kind=kind, act=act, after={"group": group}, before={},
                        seen=max(event.seq for event in events if event.target == target)) for target, kind in targets.items())


def undo(state: State, events: Sequence[Event], person: str) -> tuple[Saying, ...]:
    """Takes back what this person did last in this report. UsageError where somebody has built on it since, or there is nothing."""
    own = [group for group in state.done if any(e.group == group and e.person == person for e in events)]
    if not own:
        raise UsageError("没有可撤销的 · nothing to take back")
    group = own[-1]
    members = {e.target: e.seq for e in events if e.group == group}
    undone = set(state.undone)
    later = next((e for e in events if e.target in members and e.seq > members[e.target] and e.person != person and e.group not in undone
                  and e.act not in ("undo", "redo")), None)
    if later is not None:
        raise UsageError("这一项后来又被他人改过，不能撤销 · somebody changed this since, it cannot be taken back")
    return back(state, events, group, "undo")


def redo(state: State, events: Sequence[Event], person: str) -> tuple[Saying, ...]:
    """Does again what this person took back last, as long as they have done nothing else since."""
    takes = [e for e in events if e.person == person]
    own = [group for group in state.undone if any(e.group == group and e.person == person for e in events)]
    if not own or takes[-1].act not in ("undo", "redo"):
        raise UsageError("没有可重做的 · nothing to do again")
    return back(state, events, own[-1], "redo")
