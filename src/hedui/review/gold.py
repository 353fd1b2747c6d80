"""A report as it stands -> the same in the form of schema hedui/1, and as an annotation in the form of annotations/guidelines.md.

What people rejected is left out, and with it claims that no other record holds, and checks that people call wrong; what they put
right stands as they put it, what they added is there. Of checks that rest on corrected figures the verdict is the one worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from hedui.export.json import Output
from hedui.findings import Mention
from hedui.gold import Gold, gold_of
from hedui.opinion.stored import findings_of
from hedui.review.acts import FIELDS, LISTS
from hedui.review.opened import Opened
from hedui.review.placed import field_places, placed_by_people
from hedui.review.state import Item, State

__all__ = ["Only", "gold_of_report", "looked_at", "outputs_of", "standing"]

# everything that was read, reports that somebody looked at, or of these what somebody looked at
Only = Literal["all", "reports", "records"]
Json = Mapping[str, Any]
LACKING: Mapping[str, Json] = {
    "mention": {"value": None, "unit": "1", "op": None, "low": None, "high": None, "page": None, "box": None},
    "claim": {"spans": {}, "mentions": [], "section": None, "grid": None, "row": None},
    "record": {"checks": []},
    "check": {"inputs": [], "computed": "", "tier": "numeric", "note": "", "claims": [], "formula": "", "low": None, "high": None, "chance": None},
}
READ = {"confidence": 1.0, "found_by": "rules", "model": None}
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})
ANEW = "（按更正后的数重核 worked out anew from the corrected figures）"


def touched(item: Item) -> bool:
    """Whether anybody said anything of a finding."""
    return item.added or item.decision != "open" or bool(item.changed) or item.mark is not None


def looked_at(state: State) -> bool:
    """Whether anybody looked at a report: something that was said of it counts still."""
    return any(touched(item) for item in state.items.values())


def left_out(opened: Opened) -> frozenset[str]:
    """The findings that do not stand: rejected ones, claims that only rejected records hold, checks that are none."""
    state = opened.state
    out = {item.id for item in state.items.values() if item.decision == "rejected" or item.mark == "wrong"}
    out |= {item.id for item in state.of("check") if item.decision == "open" and opened.turned.get(item.id, "") is None}
    held = {claim for record in state.of("record") if record.id not in out for claim in record.data["claims"]}
    lost = {claim for record in state.of("record") if record.id in out for claim in record.data["claims"]} - held
    out |= {item.id for item in state.of("claim") if item.id in lost and item.decision == "open"}
    out |= {item.id for item in state.of("record") if item.decision == "open" and item.data["claims"] and out.issuperset(item.data["claims"])}
    return frozenset(out)


def chosen(opened: Opened, only: Only) -> Iterator[Item]:
    """The findings that stand; for `records` those that somebody looked at, with what they rest on."""
    out, state = left_out(opened), opened.state
    if only != "records":
        yield from (item for item in state.items.values() if item.id not in out)
        return
    wanted = {item.id for item in state.items.values() if touched(item)}
    wanted |= {claim for item in state.of("record") if item.id in wanted for claim in item.data["claims"]}
    wanted |= {mention for item in state.of("claim") if item.id in wanted for mention in item.data.get("mentions", ())}
    yield from (item for item in state.items.values() if item.id in wanted and item.id not in out)


def yuan_corrected(items: Sequence[Item]) -> dict[tuple[int, int], str]:
    """The amounts that people corrected in a fund, by the place of the figure."""
    return {(pair[0], pair[1]): item.data["fields"]["yuan"] for item in items
            if item.kind == "claim" and "fields.yuan" in item.changed and (pair := (item.data.get("spans") or {}).get("yuan"))}


def number(value: Any) -> bool:
    """Whether a value is a number that can be reckoned with; a figure moved to words is none."""
    try:
        return value is not None and Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def whole(kind: str, told: Json) -> Output:
    """Every field of its type; lists and texts that nothing was said in are empty."""
    empty: dict[str, Any] = {name: [] if f"{kind}.{name}" in LISTS else "" if name == "scope" else None for name in FIELDS[kind]}
    return {name: none if told.get(name) is None else told[name] for name, none in empty.items()}


def as_stands(item: Item, mentions: Sequence[Item], yuan: Mapping[tuple[int, int], str], opened: Opened) -> Output:
    data: Output = {**READ, **LACKING[item.kind], **item.data} if item.kind in ("mention", "claim") else {"confidence": 1.0, **LACKING[item.kind],
                                                                                                        **item.data}
    if item.kind in ("claim", "record"):
        data["fields"] = whole(data["type"], data["fields"])
    if item.kind == "mention" and data["label"] == "AMOUNT" and "value" not in item.changed:
        data["value"] = yuan.get((data["span"][0], data["span"][1]), data["value"])
    if item.kind == "mention" and data["label"] in NUMBERS and not number(data["value"]):
        data["value"] = None
    if item.kind == "claim" and placed_by_people(item):
        data["spans"] = {name: list(span) for name, span in field_places(opened.read.text, item, mentions).items()}
    if item.kind == "check" and (now := opened.turned.get(item.id, data["verdict"])) not in (None, data["verdict"]):
        data |= {"verdict": now, "note": f"{data['note']}{ANEW}"}
    if item.kind == "check" and item.note:
        data["note"] = item.note
    return data


def added_last(items: Sequence[Item]) -> list[Item]:
    """In the order of the report, with what people added behind it by place."""
    return sorted(items, key=lambda item: (item.added, tuple(item.data.get("span", ())) if item.added else (), item.id if item.added else ""))


def standing(opened: Opened, *, only: Only = "all") -> Output:
    """The report of schema hedui/1 as it stands; what refers to a finding that is left out no longer does."""
    items = added_last(list(chosen(opened, only)))
    ids = {item.id for item in items}
    mentions, yuan = [item for item in items if item.kind == "mention"], yuan_corrected(items)
    found = {kind: [as_stands(item, mentions, yuan, opened) for item in items if item.kind == kind] for kind in LACKING}
    for data in (*found["claim"], *found["record"], *found["check"]):
        data |= {key: [one for one in data[key] if one in ids] for key in ("mentions", "claims", "checks") if key in data}
    found["mention"].sort(key=lambda data: data["span"][0])
    return {**opened.report, **{f"{kind}s": told for kind, told in found.items()}, "remarks": [], "repairs": []}


def outputs_of(opened: Sequence[Opened], *, only: Only = "all") -> Output:
    """The output of schema hedui/1 of one file, with the reports that are given, as they stand."""
    return {**opened[0].read.output, "reports": [standing(one, only=only) for one in opened]}


def apart(mentions: Sequence[Mention], preferred: frozenset[str]) -> list[Mention]:
    """Mentions that do not overlap: of two that do, the one that people touched, else the longer one, as the guidelines ask."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda m: (m.id not in preferred, m.span[0] - m.span[1], m.span)):
        if all(one.span[1] <= other.span[0] or other.span[1] <= one.span[0] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda m: m.span)


def gold_of_report(opened: Opened, *, only: Only = "all", name: str | None = None) -> Gold:
    """The annotation of one report of a file, as it stands; `name` is what its source is called, if not as in the store."""
    findings = findings_of(outputs_of([opened], only=only))
    report = findings.reports[0]
    preferred = frozenset(item.id for item in opened.state.of("mention") if touched(item))
    gold = gold_of(replace(findings, reports=(replace(report, mentions=tuple(apart(report.mentions, preferred))),)))
    head = gold.reports[0]
    return replace(gold, source=name or gold.source, lines=(head.line_start, head.line_end))
