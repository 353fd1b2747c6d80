"""A report of the store -> all that the desk shows of it: as it was read, as it stands, with what checks come to now.

What was read never changes, so that the last outputs asked for are kept at hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hedui.corrections import SHARED, Event
from hedui.errors import UsageError
from hedui.findings import Findings, Verdict
from hedui.opinion.stored import findings_of
from hedui.reconcile.repairs.corrected import Rechecked
from hedui.review.recheck import rechecks
from hedui.review.state import State, state_of
from hedui.store import Store
from hedui.store.results import newest_result, output_of
from hedui.store.trail import Place, events_of

__all__ = ["Opened", "Read", "open_report", "read_output"]

AT_HAND = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The newest output of a content, as plain data and as findings, and the version that read it."""

    output: Mapping[str, Any]
    findings: Findings
    version: str

    @property
    def text(self) -> str:
        return self.findings.document.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A report as it stands for one reading: `report` is what was read, `state` what people made of it, `turned` the verdicts of checks
    that their corrections touch, `rechecks` these with how they read now."""

    place: Place
    read: Read
    report: Mapping[str, Any]
    events: tuple[Event, ...]
    state: State
    turned: Mapping[str, Verdict | None]
    rechecks: Mapping[str, Rechecked] = field(default_factory=dict)


@lru_cache(maxsize=AT_HAND)
def read_result(store: Store, result: str, version: str) -> Read:
    output = json.loads(output_of(store, result))
    return Read(output=output, findings=findings_of(output), version=version)


def read_output(store: Store, sha256: str, *, version: str | None = None) -> Read:
    """The newest that the store holds of a content, or what `version` had read. UsageError where it holds nothing."""
    found = newest_result(store, sha256, version=version)
    if found is None:
        raise UsageError(f"{sha256[:12]}: 结果库里没有这份文件 · the store holds no such file")
    return read_result(store, *found)


def open_report(store: Store, sha256: str, report: str, *, reading: str = SHARED, until: int | None = None) -> Opened:
    """A report as it stands, or as it stood after event `until`, as the version had read it that spoke then. UsageError where there is no such
    report."""
    events = events_of(store, Place(sha256=sha256, report=report, reading=reading), until=until)
    read = read_output(store, sha256, version=events[-1].version if until is not None and events else None)
    found = next((one for one in read.output["reports"] if one["id"] == report), None)
    if found is None:
        raise UsageError(f"{report}: 这份文件里没有这份报告 · the file holds no such report")
    place = Place(sha256=sha256, report=report, reading=reading, version=read.version)
    state = state_of(found, events)
    anew = rechecks(state, found, read.findings)
    return Opened(place=place, read=read, report=found, events=events, state=state, rechecks=anew,
                  turned={name: one.verdict for name, one in anew.items()})
