"""The trail is added to and never changed, and every moment of it can be shown as it was seen then."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.corrections import SHARED
from hedui.errors import UsageError
from hedui.export import to_json
from hedui.review import acts
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.store.trail import Place, Stale, events_of

LABELS = ("AMOUNT", "RATE", "QUANTITY", "ORG")
STEP = st.tuples(st.integers(0, 2), st.sampled_from(sorted(
    ("accept", "reject", "reopen", "edit", "note", "label", "move", "mark", "link", "unlink", "add", "undo", "redo"))),
    st.integers(0, 40), st.integers(0, 40), st.sampled_from(["甲", "1,260万元", "93.5", "2021"]))


def of(state, kind, n):
    found = state.of(kind)
    return found[n % len(found)].id


def asked(opened, person, step):
    """The acts that a random step asks for."""
    _, act, n, m, told = step
    state, text = opened.state, opened.read.text
    kind = ("record", "claim", "mention", "check")[m % 4]
    start = n % (len(text) - 4)
    return {
        "accept": lambda: acts.accept(state, [of(state, kind, n)]),
        "reject": lambda: acts.accept(state, [of(state, kind, n)], decision="rejected"),
        "reopen": lambda: acts.accept(state, [of(state, kind, n)], decision="open"),
        "edit": lambda: acts.edit(state, of(state, "record", n), ("name", "scope", "yuan", "actual")[m % 4], told),
        "note": lambda: acts.note(state, of(state, kind, n), told),
        "label": lambda: acts.relabel(state, of(state, "mention", n), LABELS[m % 4]),
        "move": lambda: acts.move(state, text, of(state, "mention", m), (start, start + 4)),
        "mark": lambda: acts.mark(state, of(state, "check", n), (None, "real", "harmless", "wrong")[m % 4]),
        "link": lambda: acts.link(state, of(state, "claim", n), of(state, "mention", m)),
        "unlink": lambda: acts.link(state, of(state, "claim", n), of(state, "mention", m), off=True),
        "add": lambda: acts.add_mention(text, (start, start + 4), LABELS[m % 4]),
        "undo": lambda: acts.undo(state, opened.events, person),
        "redo": lambda: acts.redo(state, opened.events, person),
    }[act]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=14))
def test_replay_at_every_moment_is_what_was_seen_then(store, people, kept, steps):
    found = kept()
    sha, report = found.document.sha256, found.reports[0].id
    seen = [(0, open_report(store, sha, report))]
    for n, step in enumerate(steps):
        person, opened = people[step[0]].id, open_report(store, sha, report)
        try:
            done = perform(store, opened, asked(opened, person, step), person=person, group=f"group-{n}")
        except (UsageError, Stale):
            continue
        if done.events:
            seen.append((done.events[-1].seq, done.opened))
    for seq, then in seen:
        again = open_report(store, sha, report, until=seq)
        assert again.state == then.state
        assert again.turned == then.turned
    trail = events_of(store, Place(sha256=sha, report=report, reading=SHARED))
    assert [one.seq for one in trail] == sorted({one.seq for one in trail})


def test_a_moment_before_the_file_was_read_anew_is_shown_as_it_was_read_then(store, people, kept):
    found = kept(version="0.1.0+older")
    sha, report = found.document.sha256, found.reports[0]
    before = open_report(store, sha, report.id)
    done = perform(store, before, acts.note(before.state, report.records[1].id, "旧"), person=people[0].id, group="group-old")
    newer = replace(found, reports=(replace(report, records=report.records[:1]),))
    store.keep(to_json(newer), version="0.2.0+newer")
    again = open_report(store, sha, report.id, until=done.events[-1].seq)
    assert again.state == done.opened.state and again.place.version == "0.1.0+older"
    now = open_report(store, sha, report.id)
    assert report.records[1].id not in now.state.items and now.place.version == "0.2.0+newer"


@pytest.mark.parametrize("statement", [
    "UPDATE events SET person = 'u-other'", "UPDATE events SET after = '{}' WHERE seq = 1", "DELETE FROM events",
    "INSERT OR REPLACE INTO events SELECT seq, sha256, report, reading, target, kind, 'reject', before, after, \"group\", person, at, version "
    "FROM events",
])
def test_nothing_in_the_trail_can_be_changed_or_taken_away(twice, statement):
    case = twice()
    case.do(case.a, lambda state: acts.accept(state, [state.of("record")[0].id]))
    before = events_of(case.store, Place(sha256=case.sha256, report=case.report, reading=case.a.id))
    with sqlite3.connect(str(case.store.address)) as base, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        base.execute(statement)
    assert before == events_of(case.store, Place(sha256=case.sha256, report=case.report, reading=case.a.id)) and before
