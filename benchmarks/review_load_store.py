"""A store as full as a province's: some made reports that were really read, each many times over under other names.

A copy has a digest, ids, file name, region, unit and year of its own, and weights within a tenth of the first; text, places and
findings are those of the report it was copied from. So pages are as long and tasks as many as after reading every one of them.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from hedui.export import to_json
from hedui.extract import extract
from hedui.findings import content_id
from hedui.opinion.stored import findings_of
from hedui.readers import read_bytes
from hedui.review.routing import Routing, tasks_of
from hedui.review.security import hashed
from hedui.store import Store
from hedui.store.packed import Packed
from hedui.store.packing import pack
from hedui.store.people import Person, add_person
from hedui.store.rows import rows
from hedui.store.store import keep_packed
from hedui.store.tables_review import routed, tasks
from hedui.synth.generate import make_report

__all__ = ["PASSWORD", "REGIONS", "Read", "copies_into", "hired", "read_some", "region_of"]

PASSWORD = "load-test-password"
VERSION, BATCH, REGIONS = "load", 250, 90
ID = re.compile(r'"([a-z]{1,2})-[0-9a-f]{4}([0-9a-f]{8})"')
DIGEST, SALT, NAME = "\ue000digest\ue000", "\ue001", "\ue002name\ue002"
REGION, UNIT, YEAR = "\ue004region\ue004", "\ue005unit\ue005", "\ue006year\ue006"


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A report that was read, as patterns in which only what differs between its copies is left out."""

    output: str
    rows: str
    tasks: str
    document: dict[str, Any]


def pattern(held: Any, digest: str, name: str) -> str:
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return ID.sub(lambda m: f'"{m[1]}-{SALT}{m[2]}"', text).replace(digest, DIGEST).replace(f'"{name}"', f'"{NAME}"')


def filled(pattern: str, told: dict[str, str]) -> str:
    for mark, value in told.items():
        pattern = pattern.replace(mark, value)
    return pattern


def elsewhere(held: dict[str, Any]) -> dict[str, Any]:
    """A report or task or row of one whose region, unit and year are those of a copy."""
    return {**held, "region": REGION, "unit": UNIT, "year": YEAR}


def as_read(seed: int, number: int) -> Read:
    made = make_report(seed, number, slips=0.5)
    name = f"{made.name}.txt"
    output = json.loads(to_json(extract(read_bytes(made.page.marked.text.encode(), name))))
    found = findings_of(output)
    digest = found.document.sha256
    laid = [elsewhere(asdict(one)) for one in tasks_of(found, file=name, routing=Routing())]
    held = {table: [elsewhere(row) if table == "reports" else row for row in many] for table, many in rows(output).items()}
    output["reports"] = [elsewhere(one) for one in output["reports"]]
    return Read(output=pattern(output, digest, name), rows=pattern(held, digest, name), tasks=pattern(laid, digest, name),
                document={"media_type": found.document.media_type, "pages": found.document.pages, "characters": len(found.document.text)})


def read_some(seed: int, count: int) -> tuple[Read, ...]:
    """`count` made reports of `seed`, each read; those that cannot be made are passed over."""
    found: list[Read] = []
    number = 0
    while len(found) < count:
        number += 1
        try:
            found.append(as_read(seed, number))
        except ValueError:
            continue
    return tuple(found)


def region_of(number: int) -> str:
    return f"第{number + 1}县"


def told_of(number: int) -> dict[str, str]:
    region = region_of(number % REGIONS)
    unit = f"{region}第{number % 700 + 1}局"
    digest = sha256(f"copy {number}".encode()).hexdigest()
    return {DIGEST: digest, SALT: f"{number % 65536:04x}", NAME: f"{region}/{number:05d}.txt",
            REGION: region, UNIT: unit, f'"{YEAR}"': str(2016 + number % 9)}


def copy_into(connection: Connection, read: Read, number: int) -> None:
    """Copy `number` of a report, with its tasks."""
    told, chance = told_of(number), random.Random(number)
    digest = told[DIGEST]
    copy = Packed(sha256=digest, name=told[NAME], version=VERSION, output=pack(filled(read.output, told)),
                  rows=json.loads(filled(read.rows, told)), **read.document)
    keep_packed(connection, copy)
    laid = json.loads(filled(read.tasks, told))
    if laid:
        connection.execute(tasks.insert(), [
            {**one, "id": content_id("t", digest, one["report"], one["target"]), "weight": one["weight"] * chance.uniform(0.9, 1.1)} for one in laid])
    connection.execute(routed.insert(), {"sha256": digest, "result": copy.result, "at": datetime.now(UTC)})


def copies_into(store: Store, reads: Sequence[Read], count: int) -> None:
    """Fills the store with `count` copies, each read in turn."""
    for start in range(0, count, BATCH):
        with store.writing() as connection:
            for number in range(start, min(start + BATCH, count)):
                copy_into(connection, reads[number % len(reads)], number)
        print(f"\r{min(start + BATCH, count)} / {count}", end="\n" if start + BATCH >= count else "", file=sys.stderr, flush=True)


def hired(store: Store, count: int) -> tuple[Person, ...]:
    """`count` annotators who all have PASSWORD."""
    secret = hashed(PASSWORD)
    return tuple(add_person(store, name=f"annotator {n:02d}", role="annotator", secret=secret) for n in range(count))
