"""What people say of findings, as frozen types: acts that are added to a trail and never changed.

An act sets some keys of one finding (`target`): what people say of it (`@decision`, `@mark`, `@note`) and what it holds (`fields.actual`,
`span`, `label`, `mentions` …). `before` is what these keys were, `after` what they are now, so that any act can be
taken back and any moment be shown again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

__all__ = ["ACTS", "SHARED", "Act", "Decision", "Event", "Kind", "Mark", "Saying"]

Kind = Literal["mention", "claim", "record", "check"]
Act = Literal["accept", "reject", "reopen", "edit", "span", "label", "add", "link", "unlink", "mark", "note", "judge", "undo", "redo"]
# of a finding: nobody has looked, it is right (as it stands now), it is wrong
Decision = Literal["open", "accepted", "rejected"]
# of a conflict: a mistake of the report, one that changes nothing, none at all
Mark = Literal["real", "harmless", "wrong"]
ACTS: tuple[str, ...] = get_args(Act)
# the reading that everyone sees; a report that two people read blind has one more for each, named by the person
SHARED = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """One act that a person wants to add: `after` maps keys of the finding `target` to what they shall be. `seen` is the number of the
    last event of this target that the person saw, 0 for none. `undo` and `redo` stand on every target of the group that they name in
    `after`."""

    target: str
    kind: Kind
    act: Act
    after: Mapping[str, Any]
    before: Mapping[str, Any]
    seen: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An act as it stands in the trail: who, when, on what, what it was and became, and which version had read the report. Events of one
    `group` were done, and are taken back, together; `reading` tells a blind reading from the one that all share (SHARED)."""

    seq: int
    sha256: str
    report: str
    reading: str
    target: str
    kind: Kind
    act: Act
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    group: str
    person: str
    at: datetime
    version: str
