"""Which reports are read twice, by whom, and what is to be looked at in them.

A share of reports is drawn by their content alone, so that drawing again chooses the same ones; an admin may ask for any other. A report goes to
the two annotators with the least blind work left who have said nothing of it yet. They look at every record and every conflict of it, not
only at what is doubted: agreement on doubtful findings alone says little of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hedui.errors import HeduiError, UsageError
from hedui.findings import Findings, Report, content_id
from hedui.review.opened import read_output
from hedui.review.routing import Routing, report_tasks, share_of
from hedui.store import Store
from hedui.store.blind import Doubled, acted_on, doubled, give, load, take_back
from hedui.store.people import everyone
from hedui.store.results import names_of, reports_held
from hedui.store.tasks import Task

__all__ = ["READERS", "double", "double_out", "drawn", "never"]

READERS = 2
ALL = Routing(below=2.0, conflicts=0.0, audit=0.0)


def never() -> bool:
    """Nobody asks to end."""
    return False


def drawn(sha256: str, report: str, share: float) -> bool:
    """Whether a report is one of the `share` (0 to 1) that is read twice.

    >>> drawn("a", "p-1", 1.0), drawn("a", "p-1", 0.0)
    (True, False)
    """
    return share_of("double", sha256, report) < share


@dataclass(frozen=True, kw_only=True, slots=True)
class Crew:
    """The annotators who may read blind, and how many blind tasks each has open; what is given out is added to `busy`."""

    active: frozenset[str]
    annotators: Sequence[str]
    busy: Counter[str]


def crew_of(store: Store) -> Crew:
    people = [one for one in everyone(store) if one.active]
    return Crew(active=frozenset(one.id for one in people), annotators=[one.id for one in people if one.role == "annotator"],
                busy=Counter(load(store)))


def blind_tasks(findings: Findings, report: Report, people: Iterable[str], file: str) -> dict[str, tuple[Task, ...]]:
    """Of each person their own tasks on a report."""
    found = tuple(report_tasks(findings, report, file, ALL))
    return {person: tuple(replace(one, id=content_id("t", one.sha256, report.id, one.target, person), reason="blind", reading=person,
                                  assigned=person) for one in found) for person in people}


def readers_for(store: Store, crew: Crew, sha256: str, report: str) -> Sequence[str]:
    """The annotators who may read a report blind, who has least to do first."""
    told = acted_on(store, sha256, report)
    free = [one for one in crew.annotators if one not in told]
    return sorted(free, key=lambda person: (crew.busy[person], share_of(person, sha256, report)))


def left_over(crew: Crew, one: Doubled) -> Sequence[str]:
    """The readers of a report who have left before they were done with it."""
    return [] if one.judged else [reader.person for reader in one.readers if not reader.done and reader.person not in crew.active]


def hand_out(store: Store, sha256: str, report: str, people: Sequence[str]) -> dict[str, int]:
    """Gives a report to `people`; how many tasks each has on it, none where the file holds no such report any more."""
    findings = read_output(store, sha256).findings
    found = next((one for one in findings.reports if one.id == report), None)
    file = (names_of(store, sha256) or (sha256[:12],))[0]
    laid = blind_tasks(findings, found, people, file) if found is not None else dict.fromkeys(people, ())
    give(store, sha256, report, laid)
    return {person: len(tasks) for person, tasks in laid.items()}


def give_to_two(store: Store, crew: Crew, sha256: str, report: str, known: Doubled | None) -> bool:
    """Gives a report to two of the crew, and to somebody else what one who left had not done; whether there are two who could."""
    gone = left_over(crew, known) if known is not None else ()
    staying = [one.person for one in known.readers if one.person not in gone] if known is not None else []
    people = [*staying, *(one for one in readers_for(store, crew, sha256, report) if one not in staying)][:READERS]
    if len(people) < READERS:
        return False
    for person in gone:
        take_back(store, sha256, report, person)
    laid = hand_out(store, sha256, report, people)
    crew.busy.update({person: count for person, count in laid.items() if person not in staying})
    return True


def double(store: Store, sha256: str, report: str) -> Doubled:
    """Gives a report to two people blind, and to somebody else what one who left had not done. UsageError where it is read so already or
    there are not two who could."""
    if all(one.id != report for one in read_output(store, sha256).findings.reports):
        raise UsageError(f"{report}: 这份文件里没有这份报告 · the file holds no such report")
    crew, known = crew_of(store), next(iter(doubled(store, sha256=sha256, report=report)), None)
    if known is not None and not left_over(crew, known):
        raise UsageError("这份报告已在双读 · this report is read twice already")
    if not give_to_two(store, crew, sha256, report, known):
        raise UsageError("双读要两名没有看过这份报告的标注员，请先在“人员”里请人 · "
                         "two annotators who have not worked on this report are needed; invite them under People")
    return doubled(store, sha256=sha256, report=report)[0]


def double_out(store: Store, share: float, *, contents: Iterable[str] | None = None, stop: Callable[[], bool] = never) -> int:
    """Gives the drawn share of all reports (of `contents` where given) to two people each, and lays out anew what is read blind already
    and not judged. How many reports were given out; 0 where there are not two annotators. It ends early, between two reports, where `stop`
    says so; asked again it goes on there."""
    there = {(one.sha256, one.report): one for one in doubled(store)}
    for (sha256, report), one in there.items():
        if contents is not None and sha256 in contents and not one.judged:
            hand_out(store, sha256, report, [reader.person for reader in one.readers])
    crew, count = crew_of(store), 0
    if len(crew.annotators) < READERS:
        return 0
    for sha256, report in reports_held(store):
        known = there.get((sha256, report))
        if not drawn(sha256, report, share) if known is None else not left_over(crew, known):
            continue
        if stop():
            break
        try:
            count += give_to_two(store, crew, sha256, report, known)
        except HeduiError:
            continue
    return count
