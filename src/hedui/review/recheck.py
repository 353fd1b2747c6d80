"""A report as it stands -> the verdict of every check with what people corrected in place of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hedui.document import Document, Layout, Span
from hedui.findings import Findings, Verdict
from hedui.reconcile.repairs.corrected import Rechecked, rechecked
from hedui.review.state import Item, State, value_at

__all__ = ["Turn", "corrected_figures", "rechecks", "turned", "verdicts"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A check that rests on a figure that was changed: the verdicts before and after (None: it cannot be worked out anew) and how it
    reads now."""

    check: str
    before: Verdict | None
    after: Verdict | None
    formula: str = ""


def span_of(pair: Any) -> Span:
    return int(pair[0]), int(pair[1])


def corrected_figures(state: State, read: Mapping[str, Any]) -> dict[Span, str]:
    """Where figures stand that people corrected, and what they ought to say; `read` is the report as it was read."""
    found: dict[Span, str] = {}
    for item in state.items.values():
        if item.kind == "mention" and "reads" in item.changed:
            found[span_of(item.data["span"])] = str(item.data["reads"])
        elif item.kind == "claim":
            spans, was = item.data.get("spans") or {}, next((one for one in read["claims"] if one["id"] == item.id), None)
            for field, pair in spans.items():
                if f"fields.{field}" in item.changed and was is not None and was["fields"][field] != value_at(item, f"fields.{field}"):
                    told = value_at(item, f"fields.{field}")
                    found[span_of(pair)] = f"{told}元" if field == "yuan" else str(told or "")
    return found


def rechecks(state: State, read: Mapping[str, Any], findings: Findings) -> dict[str, Rechecked]:
    """What the checks that rest on corrected figures come to, by their ids; `findings` are those of the output that `read` stands in."""
    corrected = corrected_figures(state, read)
    if not corrected:
        return {}
    report = next(one for one in findings.reports if one.id == read["id"])
    return rechecked(layout_of(findings.document), report.mentions, report.checks, corrected)


def verdicts(state: State, read: Mapping[str, Any], findings: Findings) -> dict[str, Verdict | None]:
    """Their verdicts alone."""
    return {name: one.verdict for name, one in rechecks(state, read, findings).items()}


def layout_of(document: Document) -> Layout:
    """As much of a layout as working out a check needs: the text."""
    return Layout(document=document, parts=(), sections=(), paragraphs=())


def turned(before: Mapping[str, Rechecked], after: Mapping[str, Rechecked], checks: Mapping[str, Item]) -> tuple[Turn, ...]:
    """The checks that read or close otherwise than before; one that is in neither set reads as it was read."""
    found = []
    for name in dict.fromkeys((*before, *after)):
        read = Rechecked(verdict=checks[name].data["verdict"], formula=checks[name].data["note"])
        was, now = before.get(name, read), after.get(name, read)
        if was != now:
            found.append(Turn(check=name, before=was.verdict, after=now.verdict, formula=now.formula))
    return tuple(found)
