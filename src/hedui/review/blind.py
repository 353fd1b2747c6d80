"""Which reports are read twice, by whom, and what is to be looked at in them.

A share of reports is drawn by their content alone, so that drawing again chooses the same ones; an admin may ask for any other. A report goes to
the two annotators with the least blind work left who have said nothing of it yet. They look at every record and every conflict of it, not
only at what is doubted: agreement on doubtful findings alone says little of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hedui.errors import HeduiError, UsageError
from hedui.findings import Findings, content_id
from hedui.review.opened import read_output
from hedui.review.routing import Routing, share_of, tasks_of
from hedui.store import Store
from hedui.store.blind import Doubled, acted_on, doubled, give, load, take_back
from hedui.store.people import everyone
from hedui.store.results import names_of, reports_held
from hedui.store.tasks import Task

__all__ = ["READERS", "double", "double_out", "drawn"]

READERS = 2
ALL = Routing(below=2.0, conflicts=0.0, audit=0.0)


def drawn(sha256: str, report: str, share: float) -> bool:
    """Whether a report is one of the `share` (0 to 1) that is read twice.

    >>> drawn("a", "p-1", 1.0), drawn("a", "p-1", 0.0)
    (True, False)
    """
    return share_of("double", sha256, report) < share


def blind_tasks(findings: Findings, report: str, person: str, file: str) -> Iterator[Task]:
    for one in tasks_of(findings, file=file, routing=ALL):
        if one.report == report:
            yield replace(one, id=content_id("t", one.sha256, report, one.target, person), reason="blind", reading=person, assigned=person)


def readers_for(store: Store, sha256: str, report: str) -> Sequence[str]:
    """Two annotators who may read a report blind; fewer where there are not two."""
    busy, told = load(store), acted_on(store, sha256, report)
    free = [one.id for one in everyone(store) if one.active and one.role == "annotator" and one.id not in told]
    return sorted(free, key=lambda person: (busy.get(person, 0), share_of(person, sha256, report)))[:READERS]


def left_over(store: Store, one: Doubled) -> Sequence[str]:
    """The readers of a report who have left before they were done with it."""
    active = {person.id for person in everyone(store) if person.active}
    return [] if one.judged else [reader.person for reader in one.readers if not reader.done and reader.person not in active]


def hand_out(store: Store, sha256: str, report: str, people: Iterable[str]) -> int:
    findings = read_output(store, sha256).findings
    file = (names_of(store, sha256) or (sha256[:12],))[0]
    return give(store, sha256, report, {person: tuple(blind_tasks(findings, report, person, file)) for person in people})


def double(store: Store, sha256: str, report: str) -> Doubled:
    """Gives a report to two people blind, and to somebody else what one who left had not done. UsageError where it is read so already or
    there are not two who could."""
    if all(one.id != report for one in read_output(store, sha256).findings.reports):
        raise UsageError(f"{report}: 这份文件里没有这份报告 · the file holds no such report")
    there = next(iter(doubled(store, sha256=sha256, report=report)), None)
    gone = left_over(store, there) if there is not None else ()
    if there is not None and not gone:
        raise UsageError("这份报告已在双读 · this report is read twice already")
    staying = [one.person for one in there.readers if one.person not in gone] if there is not None else []
    people = [*staying, *(one for one in readers_for(store, sha256, report) if one not in staying)][:READERS]
    if len(people) < READERS:
        raise UsageError("双读要两名没有看过这份报告的标注员，请先在“人员”里请人 · "
                         "two annotators who have not worked on this report are needed; invite them under People")
    for person in gone:
        take_back(store, sha256, report, person)
    hand_out(store, sha256, report, people)
    return doubled(store, sha256=sha256, report=report)[0]


def double_out(store: Store, share: float, *, contents: Iterable[str] | None = None) -> int:
    """Gives the drawn share of all reports (of `contents` where given) to two people each, and lays out anew what is read blind already
    and not judged. How many reports were given out; 0 where there are not two annotators."""
    there = {(one.sha256, one.report): one for one in doubled(store)}
    for (sha256, report), one in there.items():
        if contents is not None and sha256 in contents and not one.judged:
            hand_out(store, sha256, report, [reader.person for reader in one.readers])
    if sum(one.active and one.role == "annotator" for one in everyone(store)) < READERS:
        return 0
    count = 0
    for sha256, report in reports_held(store):
        known = there.get((sha256, report))
        if not drawn(sha256, report, share) if known is None else not left_over(store, known):
            continue
        try:
            double(store, sha256, report)
        except HeduiError:
            continue
        count += 1
    return count
