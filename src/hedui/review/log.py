"""The trail of events -> lines for people and for programs: who, when, on what, what it was, what it became, and which versions had read it.

CSV has one row for each key that an event sets and is safe to open in a spreadsheet (`hedui.export.csv`). JSONL has one event a line, as it
stands.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hedui.export.csv import cell
from hedui.review.words import pair
from hedui.store.log import Line

__all__ = ["COLUMNS", "Change", "Versions", "changes_of", "csv_rows", "json_lines", "plain_lines", "versions_of"]

COLUMNS = ("step", "time", "person", "file", "report", "reading", "kind", "finding", "title", "act", "key", "before", "after", "group",
           "hedui", "rules_lexicons", "model")


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """What spoke when a report was read: the package, the digest of its rules and word lists, and that of the model; "" where none did."""

    package: str
    rules: str
    model: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One key of a finding: what it was, what it became."""

    key: str
    before: Any
    after: Any


def versions_of(told: str) -> Versions:
    """The parts of a version as results are kept under (`hedui.version`).

    >>> versions_of("0.1.0+3f2a9c0d1e2f.77aa00bb11cc")
    Versions(package='0.1.0', rules='3f2a9c0d1e2f', model='77aa00bb11cc')
    """
    package, _, rest = told.partition("+")
    rules, _, model = rest.partition(".")
    return Versions(package=package, rules=rules, model=model)


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What an event changed, key by key; all that it set where it changed nothing."""
    found = tuple(Change(key=key, before=before.get(key), after=value) for key, value in after.items())
    return tuple(one for one in found if one.before != one.after) or found


def row_of(line: Line, change: Change, people: Mapping[str, str]) -> tuple[Any, ...]:
    event, versions = line.event, versions_of(line.event.version)
    return (event.seq, event.at.isoformat(timespec="seconds"), people.get(event.person, event.person), line.file, event.report,
            people.get(event.reading, event.reading), event.kind, event.target, line.title, event.act, change.key.lstrip("@"), change.before,
            change.after, event.group, versions.package, versions.rules, versions.model)


def csv_rows(lines: Iterable[Line], people: Mapping[str, str]) -> Iterator[str]:
    """The trail as CSV (RFC 4180), a line at a time, the head first; `people` maps ids to names."""
    held = io.StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_ALL)

    def written(row: Iterable[Any]) -> str:
        held.seek(0)
        held.truncate()
        writer.writerow([cell(json.dumps(one, ensure_ascii=False) if isinstance(one, Mapping) else one) for one in row])
        return held.getvalue()

    yield written(COLUMNS)
    for line in lines:
        for change in changes_of(line.event.before, line.event.after):
            yield written(row_of(line, change, people))


def plain_lines(lines: Iterable[Line], people: Mapping[str, str]) -> Iterator[str]:
    """The trail for reading in a terminal, one event a line."""
    for line in lines:
        event = line.event
        told = "；".join(f"{one.key}: {shortly(one.before)} → {shortly(one.after)}" for one in changes_of(event.before, event.after))
        at = event.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        yield (f"{event.seq}  {at}  {people.get(event.person, event.person)}  {pair(event.act)[0]} {event.act}  "
               f"{line.file} {event.kind} {event.target}  {told}  [{event.version}]\n")


def shortly(value: Any) -> str:
    text = "—" if value in (None, "") else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= 60 else f"{text[:60]}…"


def json_lines(lines: Iterable[Line], people: Mapping[str, str]) -> Iterator[str]:
    """The trail as JSON, one event a line, with the names of people, files and versions beside what the event holds."""
    for line in lines:
        event = asdict(line.event) | {"at": line.event.at.isoformat()}
        named = {"person_name": people.get(line.event.person), "file": line.file, "title": line.title,
                 "versions": asdict(versions_of(line.event.version))}
        yield json.dumps(event | named, ensure_ascii=False, sort_keys=True) + "\n"
