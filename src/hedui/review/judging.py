"""A report that two people read blind -> what an adjudicator has to settle in it, and what becomes of it once that is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hedui.corrections import Saying
from hedui.errors import UsageError
from hedui.review import acts
from hedui.review.differences import Difference, agreed, differences, judgement
from hedui.review.opened import Opened, open_report
from hedui.review.perform import Performed, perform
from hedui.review.state import state_of
from hedui.store import Store
from hedui.store.blind import Doubled, doubled, release

__all__ = ["Case", "case_of", "judge"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Both readings of a report and the shared one; where the two differ, what is not judged first, and the acts that both agree on and that the
    shared reading does not hold yet."""

    double: Doubled
    left: Opened
    right: Opened
    shared: Opened
    found: tuple[Difference, ...]
    agreed: tuple[Saying, ...]

    @property
    def open(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.found if not one.judged)


def case_of(store: Store, sha256: str, report: str, *, person: str) -> Case:
    """What `person` has to settle. UsageError where the report is not read twice, not to its end, or was read blind by this person."""
    double = next(iter(doubled(store, sha256=sha256, report=report)), None)
    if double is None:
        raise UsageError("这份报告没有双读 · this report is not read twice")
    if person in {one.person for one in double.readers}:
        raise UsageError("您盲读过这份报告，不能由您裁定 · you read this report blind, somebody else must judge it")
    if not double.ready:
        raise UsageError("两人还没有都读完，读完才能裁定 · the two have not both read it to the end yet")
    readers = sorted(one.person for one in double.readers)
    left, right = (open_report(store, sha256, report, reading=one) for one in readers[:2])
    shared = open_report(store, sha256, report)
    found = differences(left.state, right.state, shared.state, state_of(shared.report, ()), steps=(left.events, right.events, shared.events))
    return Case(double=double, left=left, right=right, shared=shared, found=found, agreed=agreed(left.state, right.state, shared.state))


def judge(store: Store, case: Case, choice: str, *, target: str, told: Mapping[str, str], person: str, group: str) -> Performed:
    """Does in the shared reading what an adjudicator chooses: `left`, `right`, `neither`, `edit` of a difference, `undo` or `redo` of their own
    acts, or `finish`: takes over what both agree on and gives the report back to the queue of all."""
    shared = case.shared
    if choice == "finish":
        if case.open:
            raise UsageError(f"还有 {len(case.open)} 处分歧没有裁定 · {len(case.open)} differences are not judged yet")
        done = perform(store, shared, case.agreed, person=person, group=group)
        release(store, shared.place.sha256, shared.place.report)
        return done
    if choice in ("undo", "redo"):
        back = acts.undo if choice == "undo" else acts.redo
        return perform(store, shared, back(shared.state, shared.events, person), person=person, group=group)
    return perform(store, shared, judgement(shared.state, case.found, target, choice, told), person=person, group=group)
