"""A sheet that came back from an annotation tool -> the acts that bring the report to where it says.

Three versions meet: what the annotator started from, what came back, and what stands by now. What came back otherwise than it went is
done; what was said before the sheet went out is done where it is not known here. A key that somebody set here meanwhile to something
else stays, and is told (`held`). What came back as it was counts as accepted where the annotator went over the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hedui.corrections import Act, Kind, Saying
from hedui.document import Span
from hedui.errors import UsageError
from hedui.export.sheet import MENTIONS, Marked, Sheet
from hedui.review import acts
from hedui.review.arrived import arrived
from hedui.review.opened import Opened
from hedui.review.sheets import as_sent, marked_of, ties_of
from hedui.review.state import Item, read_items, value_at

__all__ = ["Returned", "returned"]

Json = Mapping[str, Any]
Keys = dict[str, Any]
# keys in the order they are set, each with its act; what is not named is edited
ACTS: Mapping[str, Act] = {"span": "span", "text": "span", "label": "label", "mentions": "link", "claims": "link",
                           "@mark": "mark", "@note": "note"}
DECIDED: Mapping[str, Act] = {"accepted": "accept", "rejected": "reject", "open": "reopen"}
WITH_PLACE = ("value", "unit", "op")


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """The acts that a sheet asks for, and what could not be done, each with its cause."""

    sayings: tuple[Saying, ...]
    held: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class Wanted:
    """What the findings of a report shall be, by id: keys to be set, and findings to be added."""

    keys: dict[str, Keys] = field(default_factory=dict)
    added: dict[str, tuple[Kind, Keys]] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)

    def put(self, name: str, keys: Json) -> None:
        self.keys.setdefault(name, {}).update(keys)


def decision_of(item: Item) -> Keys:
    return {"@decision": item.decision, "@mark": item.mark, "@note": item.note}


def before_sending(wanted: Wanted, sent: Mapping[str, Item], here: Mapping[str, Item], read: Mapping[str, Item]) -> None:
    """What people had said when the sheet went out, as wanted of the findings here."""
    for name, item in sent.items():
        if item.added and name not in here:
            wanted.added[name] = (item.kind, {**{key: value for key, value in item.data.items() if key != "id"}, **decision_of(item)})
        elif item.added:
            wanted.put(name, {key: value for key, value in item.data.items() if key not in ("id", "fields", "type")})
            wanted.put(name, {f"fields.{key}": value for key, value in (item.data.get("fields") or {}).items()} | decision_of(item))
        elif item.changed or decision_of(item) != decision_of(read[name]):
            wanted.put(name, {key: value_at(item, key) for key in item.changed} | decision_of(item))


def matched(sheet: Sheet, seen: dict[str, Item], here: dict[str, Item]) -> dict[str, str]:
    """The id of the finding that each mark is: by its id, else the one in its place with its label."""
    found = {mark.id: mark.id for mark in sheet.marks if mark.id in seen}
    places: defaultdict[tuple[str, Span], list[str]] = defaultdict(list)
    for item in (seen | here).values():
        if item.kind in ("mention", "claim") and item.id not in found:
            mark = marked_of(seen.get(item.id, item), sheet.start)
            places[mark.label, mark.span].append(item.id)
    for mark in sheet.marks:
        if mark.id not in found and (names := places[mark.label, mark.span]):
            found[mark.id] = names.pop(0)
    return found


def changes_of(mark: Marked, item: Item, opened: Opened, start: int) -> Keys:
    """The keys of a finding that its mark came back with another value of. UsageError where a value is none."""
    was, keys = marked_of(item, start), Keys()
    text = opened.read.text
    if mark.span != was.span:
        first, last = mark.span[0] + start, mark.span[1] + start
        keys["span"] = [first, last]
        if item.kind == "mention":
            keys["text"] = text[first:last]
    if item.kind == "mention" and (mark.label, mark.span) != (was.label, was.span):
        keys |= {"label": mark.label} if mark.label != was.label else {}
        reads = None if "span" in keys else item.data.get("reads")
        keys |= acts.read_again(mark.label, str(reads or keys.get("text") or item.data["text"]))
    if item.kind == "claim" and mark.told is not None:
        told = {name: value for name, value in mark.told.items() if name in acts.FIELDS[was.label]}
        before = was.told or {}
        keys |= {f"fields.{name}": acts.field_value(was.label, name, told.get(name, "")) for name in acts.FIELDS[was.label]
                 if plain(told.get(name)) != plain(before.get(name))}
    return keys


def plain(value: str | None) -> str:
    return " ".join((value or "").split())


def new_mark(mark: Marked, opened: Opened, start: int) -> tuple[str, Kind, Keys]:
    """A mark that no finding is: what the desk adds for it. UsageError where it says too little."""
    span = (mark.span[0] + start, mark.span[1] + start)
    text = opened.read.text
    if mark.label in MENTIONS:
        (made,) = acts.add_mention(text, span, mark.label)
    else:
        quoted = " ".join(text[span[0]:span[1]].split())
        own = {"indicator": "name", "document": "number", "fund": "yuan", "score": "name"}[mark.label]
        (made,) = acts.add_claim(text, span, mark.label, {own: quoted, **(mark.told or {})})
    return made.target, made.kind, dict(made.after)


def came_back(wanted: Wanted, sheet: Sheet, opened: Opened, seen: Mapping[str, Item], names: Mapping[str, str]) -> dict[str, str]:
    """What annotators did to the marks they saw, as wanted; the finding of every mark, new ones among them."""
    names = dict(names)
    for mark in sheet.marks:
        item = seen.get(names.get(mark.id, ""))
        label_is_new = item is not None and item.kind == "claim" and item.data["type"] != mark.label
        crossed = item is not None and (item.kind == "mention") != (mark.label in MENTIONS)
        try:
            if item is None and mark.id in names:
                continue
            if item is None or label_is_new or crossed:
                name, kind, keys = new_mark(mark, opened, sheet.start)
                if item is not None:
                    wanted.put(item.id, {"@decision": "rejected"})
                names[mark.id] = name
                wanted.added[name] = (kind, keys)
            elif keys := changes_of(mark, item, opened, sheet.start):
                wanted.put(item.id, keys)
                if item.decision == "rejected" or sheet.looked:
                    wanted.put(item.id, {"@decision": "accepted"})
            elif sheet.looked or item.decision == "rejected":
                wanted.put(item.id, {"@decision": "accepted"})
        except UsageError as error:
            start, end = mark.span
            wanted.held.append(f"{mark.label} “{plain(sheet.text[start:end])[:40]}”: {error}")
    there = {names.get(mark.id) for mark in sheet.marks}
    for name in sheet.sent:
        if name in seen and name not in there and seen[name].decision != "rejected":
            wanted.put(name, {"@decision": "rejected"})
    return names


def tied(wanted: Wanted, sheet: Sheet, opened: Opened, seen: Mapping[str, Item], names: Mapping[str, str]) -> None:
    """The ties that were drawn and taken away, as the mentions of their claims."""
    shown = [item for name in sheet.sent if (item := seen.get(name)) is not None and item.decision != "rejected"]
    before = {(tie.source, tie.target) for tie in ties_of(shown)}
    now = {(names[tie.source], names[tie.target]): None for tie in sheet.ties if tie.source in names and tie.target in names}
    kept = {names.get(mark.id) for mark in sheet.marks}
    gone = {tie for tie in before if tie not in now and tie[1] in kept}
    new = [tie for tie in now if tie not in before]
    for source in dict.fromkeys(tie[0] for tie in (*sorted(gone), *new)):
        item = seen.get(source)
        had = list(value_at(item, "mentions") or ())
        after = [one for one in had if (source, one) not in gone] + [target for claim, target in new if claim == source and target not in had]
        if source in wanted.added:
            wanted.added[source][1]["mentions"] = after
        elif item is not None and item.kind == "claim" and after != had:
            wanted.put(source, {"mentions": after})


def sayings_for(name: str, item: Item, read: Item | None, sent: Item | None, keys: Json, held: list[str]) -> Iterator[Saying]:
    """The acts that set `keys` of a finding where it has another value and nobody set it to a third one meanwhile."""
    own: dict[Act, Keys] = {}
    confirmed = (sent.changed if sent else frozenset()) - item.changed  # set to what it was: somebody looked at it
    changed = {key: value for key, value in keys.items() if value_at(item, key) != value or key in confirmed}
    moving: Act | None = "span" if "span" in changed else "label" if "label" in changed else None
    for key, value in changed.items():
        there = value_at(item, key)
        if there not in (value_at(read, key) if read else None, value_at(sent, key)) and not (key == "@decision" and there == "open"):
            held.append(f"{name} {key}: 这里已改为 {there!r}，带回的是 {value!r}，未覆盖 · was changed here meanwhile and is left as it is"[:300])
            continue
        act = DECIDED[value] if key == "@decision" else moving if moving and key in WITH_PLACE else ACTS.get(key, "edit")
        own.setdefault(act, {})[key] = value
    for act, after in own.items():
        yield Saying(target=name, kind=item.kind, act=act, after=after, before={key: value_at(item, key) for key in after}, seen=item.seq)


def returned(opened: Opened, sheet: Sheet, *, accept: bool = False) -> Returned:
    """The acts that bring the report `opened` to where `sheet` says; with `accept` what came back as it was counts as accepted.

    UsageError where the sheet is of another text.
    """
    sheet = replace(sheet, looked=sheet.looked or accept)
    if opened.read.text[sheet.start:sheet.start + len(sheet.text)] != sheet.text:
        raise UsageError(f"{sheet.name}: 原文与结果库里的不同，不能带回 · the text is not the one in the store")
    try:
        sent = as_sent(opened.report, arrived(sheet.touched, opened.read.text, opened.report))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{sheet.name}: 附带的数据不完整 · what was sent along is damaged ({error!r})") from error
    here, read = dict(opened.state.items), read_items(opened.report)
    seen = sent if sheet.based == "stands" else read
    wanted = Wanted()
    before_sending(wanted, sent, here, read)
    names = came_back(wanted, sheet, opened, seen, matched(sheet, seen, here))
    tied(wanted, sheet, opened, seen, names)
    found: list[Saying] = []
    for name, (kind, keys) in wanted.added.items():
        late = {**keys, **wanted.keys.pop(name, {})}
        if name in here:
            wanted.put(name, {"@decision": late["@decision"]})
            continue
        found.append(Saying(target=name, kind=kind, act="add", after=set_in(late), before=dict.fromkeys(set_in(late))))
    for name, keys in wanted.keys.items():
        item = here.get(name)
        if item is None:
            wanted.held.append(f"{name}: 这份报告里没有这一项 · no such finding in this report")
        else:
            found += sayings_for(name, item, read.get(name), sent.get(name), keys, wanted.held)
    return Returned(sayings=tuple(found), held=tuple(wanted.held))


def set_in(keys: Json) -> Keys:
    """Keys of a finding that is added, with its fields in one."""
    whole = {key: value for key, value in keys.items() if not key.startswith("fields.")}
    fields = {key.removeprefix("fields."): value for key, value in keys.items() if key.startswith("fields.")}
    return whole | ({"fields": {**whole.get("fields", {}), **fields}} if fields else {})
