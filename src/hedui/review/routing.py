"""An output of schema hedui/1 -> what a person should look at in it, each thing with its reason and its weight.

Four reasons, in the order of precedence: a conflict; a field that its type needs and that is missing; a record that is surer to be wrong than
`below` allows; and, of what would be taken unseen, a random share (`audit`), so that the figures on how sure hedui is can be held
against people for ever. The draw depends on the record alone: laying tasks out again chooses the same ones.

    weight of a conflict = confidence × (weight of its tier + yuan at stake)      (`hedui.opinion.consequence`)
    weight of a record   = doubt × consequence,  doubt = 4 p (1 − p) or 1 below one half, consequence by its type and yuan
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from hedui.corrections import Kind
from hedui.findings import Findings, Report, content_id
from hedui.lexicons import rows
from hedui.opinion.consequence import points_of
from hedui.opinion.stakes import stake_of
from hedui.store.tasks import Reason, Task

__all__ = ["Routing", "report_tasks", "share_of", "tasks_of"]

Json = Mapping[str, Any]
AUDIT_WEIGHT, MISSING_WEIGHT = 0.05, 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Routing:
    """What is sent to people: records less sure than `below`, records that lack what they need, every conflict surer than `conflicts`,
    and the share `audit` of all other records. The share `double` of the reports is read twice."""

    below: float = 0.9
    conflicts: float = 0.0
    audit: float = 0.02
    double: float = 0.1


def needed() -> dict[str, tuple[str, ...]]:
    """Which fields a record of each type must have, from needed.tsv."""
    return {row[0]: tuple(row[1].split()) for row in rows("needed", "hedui.review")}


def share_of(*parts: str) -> float:
    """A number in [0, 1) that depends on `parts` alone, spread evenly.

    >>> share_of("r-1") == share_of("r-1"), 0 <= share_of("r-2") < 1
    (True, True)
    """
    return int.from_bytes(sha256("\0".join(parts).encode()).digest()[:7]) / 2**56


def tasks_of(findings: Findings, *, file: str, routing: Routing) -> Iterator[Task]:
    """The tasks of one file, `file` as people call it."""
    for report in findings.reports:
        yield from report_tasks(findings, report, file, routing)


def report_tasks(findings: Findings, report: Report, file: str, routing: Routing) -> Iterator[Task]:
    """The tasks of one report of a file."""
    sha = findings.document.sha256
    known = {mention.span: mention for mention in report.mentions}

    def task(kind: Kind, target: str, of: str, reason: Reason, weight: float, confidence: float, title: str) -> Task:
        part = report.part
        return Task(id=content_id("t", sha, report.id, target), sha256=sha, report=report.id, target=target, kind=kind, type=of, reason=reason,
                    weight=round(weight, 6), confidence=round(confidence, 4), title=" ".join(title.split())[:200], file=file,
                    chance=routing.audit if reason == "audit" else 1.0, region=part.region, unit=part.unit, year=part.year)

    for check in report.checks:
        if check.verdict == "conflict" and check.confidence >= routing.conflicts:
            points = points_of(check.tier, yuan=stake_of(check, known).yuan, figures=len(check.inputs) + 1)
            weight = check.confidence * sum(value for _, value in points)
            yield task("check", check.id, check.kind, "conflict", weight, check.confidence, check.note)
    wanted = needed()
    for record in report.records:
        reason, doubt = reason_for(record.type, record.fields, record.confidence, wanted, routing, share_of(sha, record.id))
        if reason is not None:
            worth = consequence(getattr(record.fields, "yuan", None))
            yield task("record", record.id, record.type, reason, doubt * worth, record.confidence, title_of(record.fields))


def reason_for(kind: str, told: Any, confidence: float, wanted: Mapping[str, tuple[str, ...]], routing: Routing,
               draw: float) -> tuple[Reason | None, float]:
    if confidence < routing.below:
        return "doubt", doubt_of(confidence)
    if any(getattr(told, field, None) in (None, "", ()) for field in wanted.get(kind, ())):
        return "missing", MISSING_WEIGHT
    return ("audit", AUDIT_WEIGHT) if draw < routing.audit else (None, 0.0)


def doubt_of(confidence: float) -> float:
    """How much is doubted what is right with this probability: 1 up to one half, then 4 p (1 − p)."""
    return 1.0 if confidence <= 0.5 else 4 * confidence * (1 - confidence)


def consequence(yuan: Decimal | None) -> float:
    """What a record weighs: one point, and what its yuan add."""
    return 1.0 + sum(value for term, value in points_of("", yuan=yuan) if term == "yuan")


def title_of(told: Any) -> str:
    """A record in a few words, for the queue."""
    name = getattr(told, "name", None) or getattr(told, "number", None) or getattr(told, "scope", None) or ""
    value = next((v for key in ("actual", "score", "yuan", "title", "target") if (v := getattr(told, key, None)) not in (None, "")), None)
    return f"{name}：{value}" if value is not None else str(name)


def laid_out(found: Iterable[Task]) -> dict[str, int]:
    """How many tasks there are for each reason."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.reason] = counts.get(one.reason, 0) + 1
    return counts
