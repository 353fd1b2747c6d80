"""What came along with a sheet from outside -> the same, or ValueError: it may be anything, and what it says is written into the trail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from hedui.corrections import Decision, Mark
from hedui.findings import Label, Measure, Op, Origin, Status
from hedui.review.acts import FIELDS, LISTS, LONGEST, NUMBERS, WHOLE
from hedui.review.state import KINDS

__all__ = ["arrived"]

Json = Mapping[str, Any]
ID = re.compile(r"[a-z]-[0-9a-f]{12}")
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "label": get_args(Label), "op": (None, *get_args(Op)), "type": tuple(FIELDS), "origin": get_args(Origin), "status": get_args(Status)}
IDS = frozenset({"mentions", "claims", "checks"})
FIGURE = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# what a finding that was added must say
WHOLE_ONES = {"mention": {"label", "span", "text", "value", "unit", "op"}, "claim": {"type", "origin", "span", "fields"},
              "record": {"type", "fields", "claims", "status"}}


def arrived(touched: Json, text: str, report: Json) -> Json:
    """`touched` as `touched_in` gives it for a report of `text`. ValueError names the finding and the key that is something else."""
    types = {one["id"]: one.get("type", "") for kind in KINDS for one in report.get(f"{kind}s", ())}
    for name, told in touched.items():
        own = told["set"]
        needed(ID.fullmatch(name), name, "id")
        needed(told["kind"] in KINDS and isinstance(told["added"], bool) and isinstance(own, dict), name, "kind")
        needed(told["decision"] in get_args(Decision) and told["mark"] in (None, *get_args(Mark)), name, "decision")
        needed(isinstance(told["note"], str) and len(told["note"]) <= LONGEST, name, "note")
        needed(not told["added"] or (told["kind"] in WHOLE_ONES and WHOLE_ONES[told["kind"]] <= own.keys()), name, "set")
        kind = str(own.get("type", types.get(name, "")))
        for key, value in own.items():
            if key == "fields":
                needed(isinstance(value, dict) and all(field_fits(kind, field, one) for field, one in value.items()), name, key)
            elif key.startswith("fields."):
                needed(field_fits(kind, key.removeprefix("fields."), value), name, key)
            else:
                needed(fits(key, value, text), name, key)
    return touched


def needed(right: object, name: str, key: str) -> None:
    if not right:
        raise ValueError(f"{name[:40]}: {key[:40]}")


def fits(key: str, value: Any, text: str) -> bool:
    if key in CHOICES:
        return value in CHOICES[key]
    if key in IDS:
        return isinstance(value, list) and all(isinstance(one, str) and ID.fullmatch(one) for one in value)
    if key == "span":
        whole = isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value)
        return whole and 0 <= value[0] < value[1] <= len(text)
    return key in ("text", "value", "unit", "reads") and (value is None or (isinstance(value, str) and len(value) <= len(text) + LONGEST))


def field_fits(kind: str, field: str, value: Any) -> bool:
    name = f"{kind}.{field}"
    if field not in FIELDS.get(kind, ()):
        return False
    if name in LISTS:
        figures = name == "document.amounts"
        return value is None or (isinstance(value, list) and all(isinstance(one, str) and (not figures or FIGURE.fullmatch(one)) for one in value))
    if name in NUMBERS:
        return value is None or (isinstance(value, str) and FIGURE.fullmatch(value) is not None)
    if name in WHOLE:
        return value is None or type(value) is int
    if name == "fund.measure":
        return value is None or value in get_args(Measure)
    return value is None or (isinstance(value, str) and len(value) <= LONGEST)
