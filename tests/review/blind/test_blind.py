"""Who reads blind sees their own work and nobody else's; others see none of it before it is judged."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.errors import UsageError
from hedui.export import to_json
from hedui.review import acts
from hedui.review.blind import double, double_out, drawn
from hedui.review.laying import lay_out_all
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.review.routing import Routing
from hedui.store.blind import doubled, listed_in, neighbour_in, progress_in, reading_of, scopes
from hedui.store.people import change_person
from hedui.store.tasks import Filter, listed
from hedui.store.trail import all_events


def records(case):
    return [one.id for one in case.open().state.of("record")]


def posted(client, case, act, target, number, **more):
    seen = {"seen": "999999999"}
    return client.post(f"{case.desk}/act", data={"act": act, "target": target, "group": f"posted-{number:06}", **seen, **more})


STEP = st.tuples(st.integers(0, 2), st.sampled_from(["note", "edit", "accept", "undo"]), st.integers(0, 1))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=7))
def test_nobody_sees_what_others_do_in_a_report_that_is_read_blind(twice, client_of, steps):
    case = twice()
    who = [case.a, case.b, case.c]
    clients, words = [client_of(one) for one in who], [[], [], []]
    targets = records(case)
    for n, (person, act, pick) in enumerate(steps):
        word = f"词{'甲乙丙'[person]}{n}号"
        if act in ("note", "edit"):
            words[person].append(word)
        more = {"note": {"value": word}, "edit": {"field": ("scope", "name")[pick], "value": word}}.get(act, {})
        assert posted(clients[person], case, act, targets[pick], n, **more).status_code in (200, 204, 303, 400)
        for other, client in enumerate(clients):
            pages = [client.get(f"{case.desk}?target={one}").text + client.get(f"{case.desk}/item/{one}").text for one in targets]
            pages += [client.get("/queue?state=any").text]
            foreign = [told for mine, told_all in enumerate(words) if mine != other for told in told_all]
            assert not [told for told in foreign if any(told in page for page in pages)]
            names = [one.name for mine, one in enumerate(who) if mine != other]
            assert not any(re.search(f"<li>[^<]*{name}", page) for name in names for page in pages)
    trail = [event for event in all_events(case.store) if event.sha256 == case.sha256]
    own = {person.id: {event.reading for event in trail if event.person == person.id} for person in who}
    assert own[case.a.id] <= {case.a.id} and own[case.b.id] <= {case.b.id} and own[case.c.id] <= {""}


def test_the_check_above_can_fail(twice, client_of):
    case = twice()
    case.do(case.b, lambda state: acts.note(state, state.of("record")[0].id, "看得见吗"))
    assert "看得见吗" in client_of(case.b).get(f"{case.desk}?target={records(case)[0]}").text


@pytest.mark.parametrize("who, status", [("a", 200), ("b", 404), ("c", 404), ("judge", 200), ("admin", 200)])
def test_a_moment_of_a_blind_reading_is_shown_to_its_reader_and_to_judges(twice, client_of, who, status):
    case = twice()
    step = case.do(case.a, lambda state: acts.note(state, state.of("record")[0].id, "盲读的批注")).events[-1].seq
    answer = client_of(getattr(case, who)).get(f"{case.desk}?until={step}")
    assert (answer.status_code, "盲读的批注" in answer.text) == (status, status == 200)
    if status == 200:
        assert "只读" in answer.text and f"{case.desk}/at/{step}" in answer.text


@pytest.mark.parametrize("until", ["", "0", "999", "-1", "x", "1e3", "９", "9" * 40])
def test_moments_that_are_none_are_told_and_nothing_is_shown(twice, client_of, until):
    case = twice()
    case.do(case.a, lambda state: acts.note(state, state.of("record")[0].id, "盲读的批注"))
    answer = client_of(case.judge).get(f"{case.desk}?until={until}")
    assert answer.status_code == (200 if not until else 404) and "盲读的批注" not in answer.text


def test_a_moment_gone_by_cannot_be_changed(twice, client_of):
    case = twice()
    target = records(case)[0]
    step = case.do(case.c, lambda state: acts.accept(state, [target])).events[-1].seq
    client = client_of(case.c)
    count = len(tuple(all_events(case.store)))
    answer = client.post(f"{case.desk}/at/{step}/act", data={"act": "reject", "target": target, "group": "past-0001", "seen": "99"})
    assert answer.status_code == 403 and "不能改" in answer.text and len(tuple(all_events(case.store))) == count
    assert client.get(f"{case.desk}/at/{step}/item/{target}").text.count(f"{case.desk}/at/{step}") > 3


def test_another_persons_blind_task_is_no_task_of_mine(twice, client_of):
    case = twice()
    theirs = listed(case.store, Filter(reading=case.b.id))[0]
    assert theirs.id not in client_of(case.a).get(f"{case.desk}?task={theirs.id}").text
    assert next(one for one in listed(case.store, Filter(reading=case.b.id)) if one.id == theirs.id).holder is None


def test_from_one_blind_report_on_to_the_next_a_reader_stays_in_their_own_reading(twice, client_of, store, people):
    for one in people[2:]:
        change_person(store, one.id, active=False)
    cases = [twice(), twice()]
    me, order = cases[0].a, {case.sha256: case for case in cases}
    for case in cases:
        case.do(case.a, lambda state, sha=case.sha256: acts.note(state, state.of("record")[0].id, f"自己的批注{sha[:6]}"))
        case.do(case.b, lambda state: acts.note(state, state.of("record")[0].id, "别人的批注"))
    client, seen = client_of(me), []
    task = neighbour_in(store, scopes(store, Filter(), me.id), of=None, person=me.id)
    for n in range(progress_in(store, scopes(store, Filter(), me.id))["open"]):
        case = order[task.sha256]
        act = {"act": "mark", "value": "real"} if task.target.startswith("k-") else {"act": "accept"}
        form = act | {"target": task.target, "task": task.id, "group": f"walk-{n:05}"}
        seen.append(client.post(f"{case.desk}/act", data=form, headers={"hx-request": "1"}))
        task = neighbour_in(store, scopes(store, Filter(), me.id), of=task, person=me.id) or task
    assert not any("别人的批注" in answer.text for answer in seen) and seen[-1].headers["hx-redirect"].startswith("/queue")
    assert {sha for sha, case in order.items() if any(f"自己的批注{sha[:6]}" in answer.text for answer in seen)} == set(order)
    assert all(reader.done == (reader.person == me.id) for one in doubled(store) for reader in one.readers)


def test_the_queue_has_the_blind_tasks_of_a_person_among_the_others(twice, kept, people):
    case, other = twice(), kept()
    mine = scopes(case.store, Filter(), case.a.id)
    found = listed_in(case.store, mine, limit=100)
    assert {one.reading for one in found if one.sha256 == case.sha256} == {case.a.id}
    assert {one.reading for one in found if one.sha256 == other.document.sha256} == {""}
    assert [(-one.weight, one.id) for one in found] == sorted((-one.weight, one.id) for one in found)
    assert listed_in(case.store, mine, limit=2, offset=1) == found[1:3]
    assert progress_in(case.store, mine) == {"open": len(found)}
    walked, at = [], None
    while (at := neighbour_in(case.store, mine, of=at, person=case.a.id)) is not None:
        walked.append(at.id)
    assert walked == [one.id for one in found]
    assert neighbour_in(case.store, mine, of=found[2], person=case.a.id, back=True).id == found[1].id
    assert case.sha256 not in {one.sha256 for one in listed_in(case.store, scopes(case.store, Filter(), case.c.id), limit=100)}


def test_a_blind_reading_is_of_every_record_and_conflict_and_done_with_its_last_task(twice):
    case = twice()
    report = case.findings.reports[0]
    wanted = {one.id for one in report.records} | {one.id for one in report.checks if one.verdict == "conflict"}
    assert {one.target for one in listed(case.store, Filter(reading=case.a.id))} == wanted
    for n, target in enumerate(sorted(wanted)):
        assert not doubled(case.store)[0].ready
        case.do(case.a, lambda state, target=target: acts.mark(state, target, "real") if target[0] == "k" else acts.accept(state, [target]))
        assert [one.tasks_done for one in doubled(case.store)[0].readers if one.person == case.a.id] == [n + 1]
    assert {one.person: one.done for one in doubled(case.store)[0].readers} == {case.a.id: True, case.b.id: False}
    case.do(case.a, lambda state: acts.accept(state, [report.records[0].id], decision="open"))
    assert not any(one.done for one in doubled(case.store)[0].readers)


def test_two_who_know_nothing_of_the_report_are_chosen_and_the_work_is_shared_out(store, people, kept):
    found = [kept() for _ in range(6)]
    told = [tuple(one.person for one in double(store, each.document.sha256, each.reports[0].id).readers) for each in found]
    assert all(len(set(pair)) == 2 for pair in told)
    loads = [sum(one.id in pair for pair in told) for one in people]
    assert loads == [4, 4, 4, 0, 0]
    with pytest.raises(UsageError, match="已在双读"):
        double(store, found[0].document.sha256, found[0].reports[0].id)


def test_who_has_worked_on_a_report_or_left_does_not_read_it_blind(twice, kept, store, people):
    case, other = twice(), kept()
    sha, report = other.document.sha256, other.reports[0].id
    change_person(store, case.a.id, active=False)
    opened = open_report(store, sha, report)
    perform(store, opened, acts.accept(opened.state, [opened.state.of("record")[0].id]), person=case.b.id, group="group-worked")
    with pytest.raises(UsageError, match="两名没有看过"):
        double(store, sha, report)
    assert reading_of(store, case.b.id, sha, report) == "" and not doubled(store, sha256=sha)


def test_what_somebody_left_unread_goes_to_somebody_else_and_their_acts_stay(twice, store):
    case = twice()
    case.do(case.a, lambda state: acts.accept(state, [records(case)[0]]))
    change_person(store, case.a.id, active=False)
    assert double_out(store, 0.0) == 1 and double_out(store, 0.0) == 0
    assert {one.person for one in doubled(store)[0].readers} == {case.b.id, case.c.id}
    assert [one.person for one in all_events(store)] == [case.a.id] and not listed(store, Filter(reading=case.a.id, state=None))


def test_the_share_is_drawn_by_content_and_again_the_same(store, people, kept):
    found = [kept() for _ in range(30)]
    expected = {one.document.sha256 for one in found if drawn(one.document.sha256, one.reports[0].id, 0.3)}
    assert 0 < len(expected) < 30
    assert double_out(store, 0.3) == len(expected) == len(doubled(store)) and double_out(store, 0.3) == 0
    assert {one.sha256 for one in doubled(store)} == expected


def test_a_large_share_of_many_is_near_what_was_asked():
    hits = sum(drawn(f"{n:064x}", "p-1", 0.1) for n in range(20_000))
    assert abs(hits - 2000) < 4 * (20_000 * 0.1 * 0.9) ** 0.5


def test_without_two_annotators_nothing_is_given_out(store, kept):
    kept()
    assert double_out(store, 1.0) == 0 and not doubled(store)


def test_a_report_read_anew_keeps_its_readers_and_gets_their_new_tasks(twice, store):
    case = twice()
    case.do(case.a, lambda state: acts.accept(state, [case.findings.reports[0].records[0].id]))
    report = case.findings.reports[0]
    fewer = replace(case.findings, reports=(replace(report, records=report.records[:1]),))
    store.keep(to_json(fewer), version="0.2.0+newer")
    lay_out_all(store, Routing(below=2.0, audit=0.0, double=0.0))
    wanted = {report.records[0].id} | {one.id for one in report.checks if one.verdict == "conflict"}
    assert {one.target for one in listed(store, Filter(reading=case.b.id))} == wanted
    assert {one.target: one.state for one in listed(store, Filter(reading=case.a.id, state=None))} == {
        target: "done" if target == report.records[0].id else "open" for target in wanted}
    assert not listed(store, Filter(sha256=case.sha256)) and len(doubled(store)) == 1


@pytest.mark.parametrize("who, status", [("a", 403), ("judge", 403), ("admin", 303)])
def test_only_an_admin_gives_a_report_to_two(twice, kept, client_of, who, status):
    case, other = twice(), kept()
    client = client_of(getattr(case, who))
    address = f"/adjudicate/{other.document.sha256}/{other.reports[0].id}/double"
    assert client.post(address, data={}, headers={"x-csrf": "x"}).status_code == 403
    assert client.post(address, data={}).status_code == status
    assert len(doubled(case.store)) == (2 if status == 303 else 1)
    if status == 303:
        again = client.post(address, data={})
        assert again.status_code == 409 and "已在双读" in again.text
        assert client.post("/adjudicate/nosuch/p-1/double", data={}).status_code in (400, 404, 409)
