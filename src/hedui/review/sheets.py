"""A report as it stands -> the sheet that annotation tools are given of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hedui.document import Span
from hedui.export.sheet import Marked, Origin, Sheet, Tie
from hedui.review.gold import looked_at
from hedui.review.opened import Opened
from hedui.review.state import Item, read_items

__all__ = ["as_sent", "marked_of", "sheet_of", "text_of", "ties_of", "touched_in"]

Json = Mapping[str, Any]
SAID = ("decision", "mark", "note")
BY_PEOPLE = frozenset({"span", "text", "label", "value", "unit", "op", "reads"})


def text_of(value: Any) -> str:
    """A field as one line of text."""
    return "" if value is None else "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def origin_of(item: Item) -> Origin:
    if item.added:
        return "manual"
    return "prediction-changed" if any(key in BY_PEOPLE or key.startswith("fields.") for key in item.changed) else "prediction"


def marked_of(item: Item, start: int) -> Marked:
    """A mention or claim as a place in the text that begins at `start`."""
    data = item.data
    told = {name: text for name, value in data["fields"].items() if (text := text_of(value))} if item.kind == "claim" else None
    return Marked(id=item.id, label=str(data["label" if item.kind == "mention" else "type"]), origin=origin_of(item), told=told,
                  span=(data["span"][0] - start, data["span"][1] - start), confidence=float(data.get("confidence", 1.0)))


def ties_of(items: Iterable[Item]) -> tuple[Tie, ...]:
    """Which claims rest on which mentions, of those that are given."""
    there = {item.id: item for item in items}
    return tuple(Tie(source=item.id, target=one) for item in there.values() if item.kind == "claim"
                 for one in item.data.get("mentions") or () if one in there)


def touched_in(items: Iterable[Item]) -> dict[str, Json]:
    """What people said of findings, by their ids: what of them was said, and the keys that were set; all of those that were added."""
    found: dict[str, Json] = {}
    for item in items:
        said = {key: getattr(item, key) for key in SAID}
        if item.added or item.changed or said != {"decision": "open", "mark": None, "note": ""}:
            whole = {key: value for key, value in item.data.items() if key != "id"}
            own = whole if item.added else {key: at(item.data, key) for key in sorted(item.changed)}
            found[item.id] = {"kind": item.kind, "added": item.added, "set": own, **said}
    return found


def at(data: Json, key: str) -> Any:
    found: Any = data
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def as_sent(report: Json, touched: Mapping[str, Json]) -> dict[str, Item]:
    """The findings of a report with what people had said of them (`touched_in`) when it was sent."""
    items = read_items(report)
    for name, told in touched.items():
        item = Item(id=name, kind=told["kind"], data={"id": name}, added=True) if told["added"] else items.get(name)
        if item is not None:
            data = {**item.data, **told["set"]} if told["added"] else with_keys(item.data, told["set"])
            items[name] = replace(item, data=data, changed=frozenset() if told["added"] else frozenset(told["set"]),
                                  **{key: told[key] for key in SAID})
    return items


def with_keys(data: Json, keys: Json) -> Json:
    for key, value in keys.items():
        step, _, rest = key.partition(".")
        data = {**data, step: with_keys(data.get(step) or {}, {rest: value}) if rest else value}
    return data


def within(item: Item, span: Span) -> bool:
    return item.kind in ("mention", "claim") and span[0] <= item.data["span"][0] and item.data["span"][1] <= span[1]


def sheet_of(opened: Opened) -> Sheet:
    """What tools are given of a report: what was read, what stands of it, and all that people said."""
    start, end = opened.report["span"]
    stands = [item for item in opened.state.items.values() if within(item, (start, end)) and item.decision != "rejected"]
    read = [item for item in read_items(opened.report).values() if within(item, (start, end))]
    return Sheet(
        name=opened.read.output["source"]["name"], sha256=opened.place.sha256, report=opened.place.report, version=opened.place.version,
        start=start, text=opened.read.text[start:end], looked=looked_at(opened.state),
        marks=tuple(marked_of(item, start) for item in stands), ties=ties_of(stands),
        read=tuple(marked_of(item, start) for item in read), read_ties=ties_of(read),
        sent=tuple(dict.fromkeys(item.id for item in (*read, *stands))), touched=touched_in(opened.state.items.values()))
