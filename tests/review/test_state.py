"""What people said of a report, and the report as it stands then."""

import random
from dataclasses import replace

import pytest

from hedui.errors import UsageError
from hedui.review import acts
from hedui.review.state import state_of, value_at
from hedui.store.tasks import Filter, listed
from hedui.store.trail import Stale, all_events, events_of


def record(opened, kind="fund"):
    return next(one for one in opened.state.of("record") if one.data["type"] == kind)


def test_an_edit_reaches_the_claims_of_one_mind_and_is_taken_back_whole(table):
    opened = table.open()
    fund = record(opened)
    claim = fund.data["claims"][0]
    after = table.do(acts.edit(opened.state, fund.id, "yuan", "1,260.50万元"), table.a, "g-edit-1").opened
    assert value_at(after.state.items[fund.id], "fields.yuan") == value_at(after.state.items[claim], "fields.yuan") == "12605000"
    assert [(e.act, e.before["fields.yuan"]) for e in after.events] == [("edit", "12005000.00")] * 2
    back = table.do(acts.undo(after.state, after.events, table.a.id), table.a, "g-undo-1").opened
    assert value_at(back.state.items[fund.id], "fields.yuan") == "12005000.00" and not back.state.items[fund.id].changed
    again = table.do(acts.redo(back.state, back.events, table.a.id), table.a, "g-redo-1").opened
    assert value_at(again.state.items[claim], "fields.yuan") == "12605000"
    assert len(again.events) == 6


def test_any_moment_can_be_shown_again(table):
    fund = record(table.open())
    seen = []
    for n, told in enumerate(("甲资金", "乙资金", "丙资金")):
        done = table.do(acts.edit(table.open().state, fund.id, "scope", told), table.a, f"g-moment-{n}")
        seen.append((done.events[-1].seq, told))
    for seq, told in seen:
        assert value_at(table.open(until=seq).state.items[fund.id], "fields.scope") == told
    assert value_at(table.open(until=0).state.items[fund.id], "fields.scope") == "年度资金总额"


def test_a_corrected_figure_opens_and_closes_checks_at_once(table_read):
    table, opened = table_read, table_read.open()
    rate = next(one for one in opened.state.of("mention") if one.data["text"] == "93.80%")
    wrong = table.do(acts.edit(opened.state, rate.id, "", "98.30%"), table.a, "g-figure-1")
    assert [(t.before, t.after) for t in wrong.turns] == [("consistent", "conflict")]
    right = table.do(acts.undo(wrong.opened.state, wrong.opened.events, table.a.id), table.a, "g-figure-2")
    assert [(t.before, t.after) for t in right.turns] == [("conflict", "consistent")]


def test_a_corrected_amount_of_a_claim_is_held_against_its_rate(table_read):
    table, opened = table_read, table_read.open()
    spent = next(one for one in opened.state.of("record") if one.data["fields"].get("measure") == "executed")
    for told, after in (("1162.05万元", ["conflict"]), ("1126.05万元", [])):
        done = table.do(acts.edit(table.open().state, spent.id, "yuan", told), table.a, f"g-amount-{told}")
        assert [v for v in done.opened.turned.values() if v == "conflict"] == after


def test_nobody_overwrites_unseen(table):
    first, second = table.open(), table.open()
    fund = record(first)
    table.do(acts.edit(first.state, fund.id, "scope", "甲写的"), table.a, "g-first-1")
    with pytest.raises(Stale) as caught:
        table.do(acts.edit(second.state, fund.id, "scope", "乙写的"), table.b, "g-second-1")
    assert caught.value.event.after == {"fields.scope": "甲写的"}
    assert value_at(table.open().state.items[fund.id], "fields.scope") == "甲写的"
    other = record(first, "indicator")
    table.do(acts.accept(second.state, [other.id]), table.b, "g-second-2")
    assert table.open().state.items[other.id].decision == "accepted"


def test_an_act_that_is_asked_for_twice_is_done_once(table):
    opened = table.open()
    sayings = acts.accept(opened.state, [record(opened).id])
    one = table.do(sayings, table.a, "g-twice-1").events
    assert table.do(sayings, table.a, "g-twice-1").events == one and len(tuple(all_events(table.store))) == 1


def test_what_others_built_on_is_not_taken_back(table):
    fund = record(table.open())
    table.do(acts.edit(table.open().state, fund.id, "scope", "甲"), table.a, "g-built-1")
    table.do(acts.edit(table.open().state, fund.id, "scope", "乙"), table.b, "g-built-2")
    now = table.open()
    with pytest.raises(UsageError, match="changed this since"):
        acts.undo(now.state, now.events, table.a.id)
    table.do(acts.undo(now.state, now.events, table.b.id), table.b, "g-built-3")
    now = table.open()
    table.do(acts.undo(now.state, now.events, table.a.id), table.a, "g-built-4")
    assert value_at(table.open().state.items[fund.id], "fields.scope") == "年度资金总额"


def test_tasks_go_with_decisions(table):
    rest = listed(table.store, Filter())
    assert {one.reason for one in rest} == {"conflict", "doubt"}
    doubt = next(one for one in rest if one.reason == "doubt")
    table.do(acts.accept(table.open().state, [doubt.target]), table.a, "g-task-1")
    assert [one.id for one in listed(table.store, Filter(state="done"))] == [doubt.id]
    now = table.open()
    table.do(acts.undo(now.state, now.events, table.a.id), table.a, "g-task-2")
    assert not listed(table.store, Filter(state="done"))


@pytest.mark.parametrize("field, told, said", [
    ("yuan", "很多", "is not a number"), ("yuan", "", "must not be empty"), ("measure", "花掉", "one of"), ("year", "22年", "four digits"),
    ("colour", "红", "no such field"), ("yuan", "NaN", "is not a number"),
])
def test_what_cannot_be_is_told(table, field, told, said):
    opened = table.open()
    with pytest.raises(UsageError, match=said):
        acts.edit(opened.state, record(opened).id, field, told)


def test_what_was_missed_is_added_and_tied(table):
    opened = table.open()
    text = opened.read.text
    at = text.index("1126.05万元")
    (saying,) = acts.add_mention(text, (at, at + 9), "AMOUNT")
    after = table.do((saying,), table.a, "g-added-1").opened
    assert after.state.items[saying.target].data["value"] == "11260500" and after.state.items[saying.target].added
    (claim,) = acts.add_claim(text, (at, at + 9), "fund", {"yuan": "1126.05万元", "measure": "executed", "scope": "年度资金总额"})
    after = table.do((claim,), table.a, "g-added-2").opened
    after = table.do(acts.link(after.state, claim.target, saying.target), table.a, "g-added-3").opened
    assert after.state.items[claim.target].data["mentions"] == [saying.target]
    after = table.do(acts.add_record(after.state, [claim.target]), table.a, "g-added-4").opened
    (made,) = [one for one in after.state.of("record") if one.added]
    assert (made.data["fields"]["yuan"], made.data["status"], made.decision) == ("11260500", "narrative_only", "accepted")
    after = table.do(acts.link(after.state, claim.target, saying.target, off=True), table.a, "g-added-5").opened
    assert after.state.items[claim.target].data["mentions"] == []


def test_replay_is_a_function_of_the_events_alone(table):
    opened = table.open()
    ids = [one.id for one in opened.state.of("record")]
    chance = random.Random(5)
    states = []
    for n in range(60):
        now = table.open()
        what = chance.choice(["scope", "accept", "reject", "reopen", "note", "undo", "redo"])
        try:
            target = chance.choice(ids)
            if what == "scope":
                sayings = acts.edit(now.state, record(now).id, "scope", f"第{chance.randrange(4)}种")
            elif what == "note":
                sayings = acts.note(now.state, target, f"话{n}")
            elif what in ("undo", "redo"):
                sayings = getattr(acts, what)(now.state, now.events, table.a.id)
            else:
                decision = {"accept": "accepted", "reject": "rejected", "reopen": "open"}[what]
                sayings = acts.accept(now.state, [target], decision=decision)
        except UsageError:
            continue
        done = table.do(sayings, table.a, f"g-replay-{n}")
        if done.events:
            states.append((done.events[-1].seq, done.opened.state))
    assert len(states) > 30
    for seq, state in states:
        assert table.open(until=seq).state == state
    events = events_of(table.store, table.open().place)
    assert state_of(table.open().report, events) == states[-1][1]
    assert state_of(table.open().report, [replace(e, person="x") for e in events]).items.keys() == states[-1][1].items.keys()
