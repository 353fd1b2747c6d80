"""The desk's tasks that people decided -> what was right of what was told with which confidence, weighed as a sample of all that was read.

What was routed for a doubt, a gap or a conflict is there whole; of the rest a random share was drawn, and each of these stands for one over
the probability that it was drawn (Horvitz & Thompson 1952). Tasks that nobody has decided yet are made up for by those of their reason that
are (weighting classes: Kalton & Flores-Cervantes 2003). What was put into the queue to learn from, or looked at unasked, is no sample and
does not count.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hedui.confidence.recalibrating import Decision
from hedui.errors import UsageError
from hedui.review.opened import Opened, open_report
from hedui.review.state import Item
from hedui.store import Store
from hedui.store.tasks import Filter, Task, listed

__all__ = ["Sample", "right_of", "sample_of"]

SAMPLED = ("conflict", "doubt", "missing", "audit")
EVERY = 10**9


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """`decisions` on what was routed; `routed` and `decided` count the tasks by reason."""

    decisions: tuple[Decision, ...]
    routed: dict[str, int]
    decided: dict[str, int]


def right_of(item: Item) -> bool | None:
    """Whether people found a record or check right as it was read: accepted with nothing changed, a conflict that is one. None where they have
    not said."""
    if item.kind == "check":
        return item.mark != "wrong" if item.mark is not None else None if item.decision == "open" else item.decision == "accepted"
    if item.decision == "rejected" or item.changed:
        return False
    return True if item.decision == "accepted" else None


def kind_of(task: Task) -> str:
    return "check.conflict" if task.kind == "check" else f"record.{task.type}"


def sample_of(store: Store) -> Sample:
    """Everything decided in the queue that all share. UsageError where nothing is."""
    tasks = [one for one in listed(store, Filter(state=None), limit=EVERY) if one.reason in SAMPLED]
    reports: dict[tuple[str, str], Opened] = {}
    found: list[tuple[Task, bool]] = []
    for one in sorted(tasks, key=lambda one: (one.sha256, one.report, one.id)):
        if one.state != "done":
            continue
        if (one.sha256, one.report) not in reports:
            reports = {(one.sha256, one.report): open_report(store, one.sha256, one.report)}
        item = reports[one.sha256, one.report].state.items.get(one.target)
        if item is not None and (right := right_of(item)) is not None:
            found.append((one, right))
    if not found:
        raise UsageError("待办里还没有人作过判断 · nothing of the queue was decided yet")
    routed, decided = Counter[str](one.reason for one in tasks), Counter[str](one.reason for one, _ in found)
    return Sample(routed=dict(routed), decided=dict(decided), decisions=tuple(
        Decision(source=f"{one.sha256}/{one.report}", kind=kind_of(one), told=one.confidence, right=right,
                 weight=routed[one.reason] / decided[one.reason] / one.chance) for one, right in found))

