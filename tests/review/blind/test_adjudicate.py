"""A judge's choices: what becomes of a finding, of its tasks and of the trail, and who may choose."""

import pytest

from hedui.errors import UsageError
from hedui.review import acts
from hedui.review.differences import differences
from hedui.review.judging import case_of, judge
from hedui.review.state import state_of, value_at
from hedui.store.blind import doubled
from hedui.store.tasks import Filter, listed


def finish(case, who):
    """Decides all that nobody decided yet in `who`'s reading."""
    for one in case.open(who.id).state.items.values():
        if one.kind == "record" and one.decision == "open":
            case.do(who, lambda state, one=one: acts.accept(state, [one.id]))
        elif one.kind == "check" and one.data["verdict"] == "conflict" and one.mark is None:
            case.do(who, lambda state, one=one: acts.mark(state, one.id, "real"))


def record(case, kind="fund"):
    return next(one.id for one in case.open().state.of("record") if one.data["type"] == kind)


def chosen(case, choice, target="", told=None, n=[0]):  # noqa: B006
    n[0] += 1
    held = case_of(case.store, case.sha256, case.report, person=case.judge.id)
    return judge(case.store, held, choice, target=target, told=told or {}, person=case.judge.id, group=f"group-judge-{n[0]}")


def case_held(case):
    return case_of(case.store, case.sha256, case.report, person=case.judge.id)


def tasks_of(case, target):
    return [one.state for one in listed(case.store, Filter(sha256=case.sha256, state=None)) if one.target == target]


@pytest.fixture
def split(twice):
    """The left reader says one sum, the right another; left calls the conflict real, right harmless."""
    case = twice()
    fund = record(case)
    conflict = next(one.id for one in case.open().state.of("check") if one.data["verdict"] == "conflict")
    case.do(case.a, lambda state: acts.edit(state, fund, "yuan", "1260万元"))
    case.do(case.b, lambda state: acts.edit(state, fund, "yuan", "1270万元"))
    case.do(case.b, lambda state: acts.mark(state, conflict, "harmless"))
    finish(case, case.a)
    finish(case, case.b)
    case.fund, case.conflict = fund, conflict
    return case


def test_conflicts_come_first_and_what_both_did_alike_is_no_difference(split):
    held = case_held(split)
    claim = split.open().state.items[split.fund].data["claims"][0]
    assert [one.target for one in held.found] == [split.conflict, split.fund, claim]
    assert [(row.key, row.left, row.right) for row in held.found[0].rows] == [("@mark", "real", "harmless")]
    assert [(row.key, row.read, row.left, row.right) for row in held.found[1].rows] == [("fields.yuan", "12005000.00", "12600000", "12700000")]
    assert {one.target for one in held.agreed} == {record(split, "indicator")}


@pytest.mark.parametrize("choice, yuan, state", [("left", "12600000", "done"), ("right", "12700000", "done"), ("neither", "12005000.00", "open")])
def test_a_choice_sets_the_shared_reading_and_closes_or_reopens_its_task(split, choice, yuan, state):
    assert tasks_of(split, split.fund) == ["blind"]
    done = chosen(split, choice, split.fund)
    assert {one.act for one in done.events} == {"judge"} and {one.reading for one in done.events} == {""}
    assert {one.person for one in done.events} == {split.judge.id}
    item = split.open().state.items[split.fund]
    assert value_at(item, "fields.yuan") == yuan and item.decision == ("open" if choice == "neither" else "accepted")
    assert tasks_of(split, split.fund) == [state]
    claim = item.data["claims"][0]
    assert value_at(split.open().state.items[claim], "fields.yuan") == yuan
    assert [one.target for one in case_held(split).open] == [split.conflict]


def test_what_the_judge_types_counts(split):
    chosen(split, "edit", split.fund, {"fields.yuan": "1,280万元"})
    item = split.open().state.items[split.fund]
    assert value_at(item, "fields.yuan") == "12800000" == value_at(split.open().state.items[item.data["claims"][0]], "fields.yuan")
    assert tasks_of(split, split.fund) == ["done"]


@pytest.mark.parametrize("told, said", [({"fields.yuan": "很多"}, "不是数"), ({}, "没有填写"), ({"fields.nosuch": "1"}, "没有这一栏"),
                                        ({"@decision": "accepted"}, "没有填写")])
def test_what_cannot_be_typed_is_told_and_changes_nothing(split, told, said):
    with pytest.raises(UsageError, match=said):
        chosen(split, "edit", split.fund, told)
    assert not split.open().events


def test_a_choice_on_a_conflict_marks_it_and_is_taken_back_and_done_again(split):
    chosen(split, "right", split.conflict)
    assert (split.open().state.items[split.conflict].mark, tasks_of(split, split.conflict)) == ("harmless", ["done"])
    chosen(split, "undo")
    assert (split.open().state.items[split.conflict].mark, tasks_of(split, split.conflict)) == (None, ["open"])
    assert split.conflict in {one.target for one in case_held(split).open}
    chosen(split, "redo")
    assert split.open().state.items[split.conflict].mark == "harmless" and split.conflict not in {one.target for one in case_held(split).open}


def test_a_reader_who_changes_their_mind_opens_the_difference_again(split):
    chosen(split, "right", split.conflict)
    split.do(split.a, lambda state: acts.mark(state, split.conflict, "wrong"))
    assert split.conflict in {one.target for one in case_held(split).open}


def test_finishing_takes_over_what_both_agree_on_and_gives_the_report_back(split):
    with pytest.raises(UsageError, match="3 differences are not judged"):
        chosen(split, "finish")
    chosen(split, "left", split.conflict)
    chosen(split, "left", split.fund)
    chosen(split, "finish")
    state = split.open().state
    assert {one.decision for one in state.of("record")} == {"accepted"}
    assert doubled(split.store)[0].judged and not case_held(split).agreed
    assert {one.state for one in listed(split.store, Filter(sha256=split.sha256, state=None))} == {"done"}
    mine, shared = split.open(split.a.id).state, split.open().state
    assert {name: one.data for name, one in mine.items.items()} == {name: one.data for name, one in shared.items.items()}


def test_what_one_added_is_there_or_not_as_the_judge_says(twice):
    case = twice()
    text = case.open().read.text
    at = text.index("118公里")
    new = case.do(case.a, lambda state: acts.add_mention(text, (at, at + 5), "QUANTITY")).events[0].target
    finish(case, case.a)
    finish(case, case.b)
    one = case_held(case).found[0]
    assert (one.target, one.right, one.left.data["text"]) == (new, None, "118公里")
    chosen(case, "right", new)
    assert new not in case.open().state.items and not case_held(case).open
    chosen(case, "undo")
    assert [d.target for d in case_held(case).open] == [new]
    done = chosen(case, "left", new)
    assert case.open().state.items[new].data["text"] == "118公里" and {one.act for one in done.events} == {"add", "judge"}
    chosen(case, "neither", new)
    assert case.open().state.items[new].decision == "rejected"


def test_what_both_rejected_is_agreed_whatever_else_they_did_to_it(twice):
    case = twice()
    fund = record(case)
    case.do(case.a, lambda state: acts.edit(state, fund, "scope", "别的"))
    for who in (case.a, case.b):
        case.do(who, lambda state: acts.accept(state, [fund], decision="rejected"))
        finish(case, who)
    held = case_held(case)
    assert fund not in {one.target for one in held.found} and fund in {one.target for one in held.agreed}
    for one in held.open:
        chosen(case, "right", one.target)
    chosen(case, "finish")
    assert case.open().state.items[fund].decision == "rejected"


def test_readings_that_are_alike_have_no_differences(twice):
    case = twice()
    finish(case, case.a)
    finish(case, case.b)
    left, right, shared = (case.open(reading) for reading in (case.a.id, case.b.id, ""))
    assert not differences(left.state, right.state, shared.state, state_of(shared.report, ()), steps=(left.events, right.events, shared.events))


def test_a_report_that_is_not_read_to_its_end_or_by_the_judge_is_not_judged(twice):
    case = twice()
    finish(case, case.a)
    with pytest.raises(UsageError, match="没有都读完"):
        case_held(case)
    finish(case, case.b)
    with pytest.raises(UsageError, match="您盲读过"):
        case_of(case.store, case.sha256, case.report, person=case.a.id)
    with pytest.raises(UsageError, match="没有双读"):
        case_of(case.store, "0" * 64, case.report, person=case.judge.id)


@pytest.mark.parametrize("who, status", [("a", 403), ("c", 403), ("judge", 200), ("admin", 200)])
def test_only_judges_see_the_pages_and_act(split, client_of, who, status):
    client = client_of(getattr(split, who))
    answers = [client.get("/adjudicate"), client.get(split.case), client.get(f"{split.case}/item/{split.fund}")]
    assert {one.status_code for one in answers} == {status}
    form = {"act": "left", "target": split.fund, "group": "judged-0001"}
    assert client.post(f"{split.case}/act", data=form, headers={"x-csrf": "no"}).status_code == 403
    assert client.post(f"{split.case}/act", data=form).status_code == status
    assert bool(split.open().events) == (status == 200)
    if status == 200:
        again = client.post(f"{split.case}/act", data=form)
        assert again.status_code == 200 and len({one.seq for one in split.open().events}) == 2
        assert client.post(f"{split.case}/act", data=form | {"group": "judged-0002", "act": "nosuch"}).status_code == 400
        assert client.post(f"{split.case}/act", data=form | {"group": "judged-0003", "target": "r-nosuch"}).status_code == 400


def test_what_is_imported_and_typed_is_shown_as_text(split, client_of):
    evil = '"><script>alert(1)</script>'
    split.do(split.a, lambda state: acts.edit(state, split.fund, "scope", evil))
    page = client_of(split.judge).get(f"{split.case}?at={split.fund}").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page and "style=" not in page
