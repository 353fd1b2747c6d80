"""What repeats in the corrections of a store -> rows that would keep it from being wrong again, each for a person to accept or decline.

A name goes into a word list where one has a form for it (lexicons/institutions.tsv, name_stops.tsv); everything else becomes a case that
the rules have to pass: the sentence as it stands corrected, in the form of tests/cases. Nothing installed is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from hedui.corrections import SHARED, Event
from hedui.errors import UsageError
from hedui.lexicons import words
from hedui.review.opened import Opened, open_report, read_output
from hedui.review.repeated import Pattern, Repeated, found_in, repeated
from hedui.review.state import KINDS, Item
from hedui.store import Store
from hedui.store.learned import Decided, decided
from hedui.store.trail import all_events, last_seq

__all__ = ["Proposal", "proposals"]

ENDS = re.compile(r"[\n\t。；]")
BRACED = re.compile(r"[{}|\t]")
# acts that show no pattern, nor take one back
PLAIN = frozenset({(kind, act) for kind in ("record", "check") for act in ("accept", "reject", "reopen", "mark", "note", "edit")})
SHOWING = frozenset({"mention", "claim"})
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A `row` for `file`, why (`pattern`, and the events that show it), and what was decided on it last."""

    key: str
    pattern: Pattern
    file: str
    row: str
    events: tuple[Event, ...]
    decided: Decided | None = None

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        return tuple((f"{event.sha256}/{event.report}", event.seq) for event in self.events)


def proposals(store: Store) -> tuple[Proposal, ...]:
    """Everything that may be accepted now, the commonest first, with what was decided on it."""
    known = decided(store)
    return tuple(replace(one, decided=known.get(one.key)) for one in proposed(store, last_seq(store)))


@lru_cache(maxsize=2)
def proposed(store: Store, _: int) -> tuple[Proposal, ...]:
    """What the trail up to its last event asks for; worked out anew when there is another."""
    by_report: dict[tuple[str, str], list[Event]] = {}
    for event in all_events(store):
        if event.reading == SHARED and (event.kind, event.act) not in PLAIN:
            by_report.setdefault((event.sha256, event.report), []).append(event)
    found = []
    for one in repeated(pair for place, events in by_report.items() for pair in shown_in(store, place, events)):
        if (made := row_of(store, one)) is not None:
            found.append(Proposal(key=one.pattern.key, pattern=one.pattern, file=made[0], row=made[1], events=one.events))
    return tuple(found)


def shown_in(store: Store, place: tuple[str, str], events: list[Event]) -> Iterator[tuple[Pattern, Event]]:
    if all(event.kind not in SHOWING for event in events):
        return
    try:
        output = read_output(store, place[0]).output
    except UsageError:
        return
    report: Mapping[str, Any] = next((one for one in output["reports"] if one["id"] == place[1]), {})
    yield from found_in(events, {one["id"]: one for kind in KINDS for one in report.get(f"{kind}s", ())})


def row_of(store: Store, one: Repeated) -> tuple[str, str] | None:
    """The file and the row that a repeated correction asks for; None where the files have it already, or can hold nothing of the kind."""
    pattern = one.pattern
    if pattern.of == "ORG" and pattern.kind == "is":
        return None if pattern.now in words("institutions") else ("lexicons/institutions.tsv", f"{pattern.now}\tusual")
    if pattern.of == "ORG" and pattern.kind == "not":
        return None if pattern.was in words("name_stops") else ("lexicons/name_stops.tsv", f"{pattern.was}\tgeneric")
    for event in reversed(one.events):
        try:
            opened = open_report(store, event.sha256, event.report)
        except UsageError:
            continue
        item = opened.state.items.get(event.target)
        if item is not None and (row := case_of(opened, item, pattern)) is not None:
            return row
    return None


def case_of(opened: Opened, item: Item, pattern: Pattern) -> tuple[str, str] | None:
    """The sentence that a corrected finding stands in, as a case."""
    start, end = item.data["span"]
    text = opened.read.text
    begin = max((match.end() for match in ENDS.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    stop = ENDS.search(text, end, end + 400)
    until = min(len(text), end + 400) if stop is None else stop.end() if stop[0] in "。；" else stop.start()
    sentence = text[begin:until]
    if BRACED.search(sentence) or not sentence.strip():
        return None
    inside = sorted((one for kind in ("mention", "claim") for one in opened.state.of(kind)
                     if one.decision != "rejected" and begin <= one.data["span"][0] and one.data["span"][1] <= until),
                    key=lambda one: one.data["span"])
    if item.kind == "mention":
        return "cases/mentions.txt", braced(sentence, begin, [one for one in inside if one.kind == "mention"])
    write = CLAIMS.get(pattern.of.partition(".")[0])
    of = [one.data["fields"] for one in inside if one.kind == "claim" and one.data["type"] == item.data["type"]]
    return None if write is None or not of else (write[0], write[1](sentence.strip(), of))


def braced(sentence: str, begin: int, mentions: list[Item]) -> str:
    """`县{ORG|水利局}` with the value, unit and sign of what is a number; of two that overlap the longer one."""
    told, at = "", 0
    for one in mentions:
        start, end = (place - begin for place in one.data["span"])
        if start < at:
            continue
        data = one.data
        value = f":{data['value']}:{data['unit']}" + (f":{data['op']}" if data.get("op") else "") if data["label"] in NUMBERS else (
            f":{data['value']}" if data["label"] in ("DATE", "DOCNO") else "")
        told += f"{sentence[at:start]}{{{data['label']}{value}|{sentence[start:end]}}}"
        at = end
    return " ".join((told + sentence[at:]).split())


Fields = Mapping[str, Any]


def said(value: Any) -> str:
    return "" if value is None else "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def funds(sentence: str, of: list[Fields]) -> str:
    return f"{sentence}\t\t" + " ".join(f"{one['yuan']}:{one['measure']}" for one in of)


def documents(sentence: str, of: list[Fields]) -> str:
    return f"{sentence}\t" + ";;".join("|".join(said(one.get(key)) for key in ("number", "title", "issuers", "amounts")) for one in of)


def scores(sentence: str, of: list[Fields]) -> str:
    return f"{sentence}\t" + " ".join(f"{one['name']}={said(one.get('score'))}/{said(one.get('full'))}:{said(one.get('grade'))}" for one in of)


def indicators(sentence: str, of: list[Fields]) -> str:
    def row(one: Fields) -> str:
        level = f"{said(one.get('level1')) or '-'} / {said(one.get('level2')) or '-'}"
        return " | ".join([level, *(said(one.get(key)) or "-" for key in ("name", "target", "actual", "completion", "score"))])

    return "\n".join(["一、绩效指标完成情况分析", sentence, "=>", *map(row, of)])


CLAIMS: Mapping[str, tuple[str, Callable[[str, list[Fields]], str]]] = {
    "fund": ("cases/claims_funds.tsv", funds), "document": ("cases/claims_documents.tsv", documents),
    "score": ("cases/claims_scores.tsv", scores), "indicator": ("cases/claims_indicators.txt", indicators)}
