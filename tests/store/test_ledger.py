"""Every input is accounted for, whatever happens in which order."""

import hashlib
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hedui.export import to_output
from hedui.store import Store, ledger
from hedui.store.ledger import Input, Place
from hedui.store.packed import packed
from hedui.store.proof import proof
from hedui.store.runs import last_runs, start_run
from hedui.store.store import keep_packed

V, W = "1.0+aaa", "1.0+bbb"


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()


def given(name, *places, **more):
    return Input(sha256=digest(name), name=name, path=f"/in/{name}",
                 places=tuple(Place(place=f"/in/{one}", name=one, sha256=digest(name)) for one in places or [name]), **more)


def enter(store, inputs, run="r", version=V, stage="read"):
    ledger.enter(store, inputs, version=version, run=run, stage_of=lambda old: "nothing" if old == version else stage)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "hedui.sqlite") as store:
        yield store


def finish(store, made, name, version=V):
    found = made(name)
    with store.writing() as connection:
        keep_packed(connection, packed(to_output(found), version=version))
        ledger.done(connection, {found.document.sha256: 0.5}, version=version)
    return found.document.sha256


def states(store):
    return {row.name: row.state for row in ledger.ledger_rows(store)}


def test_the_same_bytes_under_two_names_are_one_input(store):
    enter(store, [given("a", "a.txt", "again/a.txt"), given("b")])
    assert states(store) == {"a": "seen", "b": "seen"}
    assert (proof(store).places, proof(store).inputs) == (3, 2)


def test_what_is_held_is_not_taken_by_others(store):
    enter(store, [given("a"), given("b"), given("c")])
    keys = [key for key, _ in ledger.waiting(store)]
    assert [row.name for row in ledger.claim(store, keys[:2], holder="one")] == ["a", "b"]
    assert [row.name for row in ledger.claim(store, keys, holder="two")] == ["c"]
    assert [row.name for row in ledger.claim(store, keys, holder="one")] == ["a", "b"]
    assert ledger.waiting(store) == ()


def test_holders_that_are_gone_give_back_what_they_held(store):
    enter(store, [given("a"), given("b")])
    keys = [key for key, _ in ledger.waiting(store)]
    ledger.claim(store, keys[:1], holder="dead")
    ledger.claim(store, keys[1:], holder="alive")
    assert ledger.free(store, lambda holder: holder == "dead") == 1
    assert states(store) == {"a": "seen", "b": "reading"}


def test_a_holder_whose_time_is_over_gives_back(store, monkeypatch):
    enter(store, [given("a")])
    monkeypatch.setattr(ledger, "LEASE", -ledger.LEASE)
    ledger.claim(store, [digest("a")], holder="far away")
    assert ledger.free(store, lambda _: False) == 1 and states(store) == {"a": "seen"}


def test_who_holds_an_input_no_longer_neither_begins_nor_fails_it(store):
    enter(store, [given("a")])
    ledger.claim(store, [digest("a")], holder="late")
    ledger.free(store, lambda holder: True)
    ledger.claim(store, [digest("a")], holder="next")
    assert not ledger.begin(store, digest("a"), holder="late") and ledger.begin(store, digest("a"), holder="next")
    assert ledger.failed(store, digest("a"), "late", version=V, seconds=1, holder="late") == "reading"
    assert states(store) == {"a": "reading"}


def test_what_lay_in_an_archive_that_is_not_looked_at_stays(store):
    enter(store, [given("m", "a.zip!m")])
    ledger.stay(store, ["/in/a.zip"], run="s")
    assert ledger.forget(store, ["/in"], run="s") == 0


def test_a_folder_called_alike_in_capitals_is_another(store):
    enter(store, [Input(sha256=digest("a"), name="a", path="/in/a", places=(Place(place="/in/a", name="a"),))])
    assert ledger.forget(store, ["/IN"], run="s") == 0 and ledger.forget(store, ["/in"], run="s") == 1


def test_what_cannot_be_opened_keeps_its_cause_when_it_is_tried_again(store):
    enter(store, [given("a", cause="locked")])
    assert ledger.retry(store) == 1
    enter(store, [given("a", cause="locked")], run="s")
    assert [(row.state, row.cause) for row in ledger.ledger_rows(store)] == [("failed", "locked")]


def test_what_could_not_be_opened_is_read_once_it_can_be(store):
    enter(store, [given("a", cause="locked"), given("b", cause="locked")])
    enter(store, [given("a"), given("b", cause="locked")], run="s")
    assert [(row.state, row.cause) for row in ledger.ledger_rows(store)] == [("seen", ""), ("failed", "locked")]


def test_what_kills_its_reader_twice_is_quarantined_until_released(store):
    enter(store, [given("a"), given("b")])
    for expected in ("seen", "quarantined"):
        ledger.claim(store, [digest("a")], holder="h")
        assert ledger.failed(store, digest("a"), "崩溃", version=V, seconds=1.0, died=True) == expected
    enter(store, [given("a"), given("b")], run="s", version=W)
    assert states(store) == {"a": "quarantined", "b": "seen"}
    assert ledger.retry(store) == 0 and ledger.release(store, [digest("a")]) == 1
    row = next(ledger.ledger_rows(store))
    assert (row.state, row.deaths, row.attempts, row.cause) == ("seen", 0, 0, "")


def test_what_takes_its_whole_program_with_it_is_quarantined(store):
    enter(store, [given("a")])
    for _ in range(ledger.MOST_ATTEMPTS):
        assert states(store) == {"a": "seen"}
        ledger.claim(store, [digest("a")], holder="h")
        ledger.begin(store, digest("a"), holder="h")
        ledger.free(store, lambda _: True)
    assert states(store) == {"a": "quarantined"}


def test_one_that_died_waits_behind_the_others(store):
    enter(store, [given("a"), given("b")])
    ledger.claim(store, [digest("a")], holder="h")
    ledger.failed(store, digest("a"), "停住", version=V, seconds=1.0, died=True)
    assert [key for key, _ in ledger.waiting(store)] == [digest("b"), digest("a")]


def test_one_whose_program_was_lost_waits_behind_the_others(store):
    enter(store, [given("a"), given("b")])
    ledger.claim(store, [digest("a"), digest("b")], holder="h")
    ledger.begin(store, digest("a"), holder="h")
    ledger.free(store, lambda _: True)
    assert [key for key, _ in ledger.waiting(store)] == [digest("b"), digest("a")]


def test_what_failed_is_read_again_by_another_version_or_when_asked(store):
    enter(store, [given("a"), given("b", cause="打不开")])
    ledger.claim(store, [digest("a")], holder="h")
    ledger.begin(store, digest("a"), holder="h")
    ledger.failed(store, digest("a"), "坏", version=V, seconds=0.1, died=False)
    enter(store, [given("a"), given("b", cause="打不开")])
    assert states(store) == {"a": "failed", "b": "failed"}
    enter(store, [given("a"), given("b", cause="打不开")], version=W)
    assert states(store) == {"a": "seen", "b": "failed"}


def test_a_new_version_does_what_its_digests_ask_for(store, made):
    key = finish_entered(store, made)
    enter(store, [known(key)], version=W, stage="weigh")
    row = next(ledger.ledger_rows(store))
    assert (row.state, row.stage, row.version) == ("seen", "weigh", V)
    enter(store, [known(key)], version=V)
    assert ledger.waiting(store) and proof(store).holds


def known(key):
    return Input(sha256=key, name="a.txt", path="/in/a.txt", places=(Place(place="/in/a.txt", name="a.txt", sha256=key),))


def finish_entered(store, made):
    key = made("a.txt").document.sha256
    enter(store, [known(key)])
    ledger.claim(store, [key], holder="h")
    assert finish(store, made, "a.txt") == key
    return key


def test_places_that_a_run_finds_no_more_are_forgotten_and_their_results_kept(store, made):
    key = finish_entered(store, made)
    enter(store, [given("b")], run="s")
    assert ledger.forget(store, ["/in"], run="s") == 1
    found = proof(store)
    assert (found.inputs, found.elsewhere, found.states["seen"], found.holds) == (1, 1, 1, True)
    assert store.output(key, version=V)


def test_a_folder_of_like_name_is_not_forgotten(store):
    enter(store, [given("b", "2021/b"), given("c", "2021年/c"), given("d", "20_1/d")])
    assert ledger.forget(store, ["/in/2021", "/in/20_1/"], run="s") == 2
    assert proof(store).places == 1


@pytest.mark.parametrize("spoil, field", [("DELETE FROM results", "bare"), ("DELETE FROM inputs", "stray")])
def test_what_does_not_add_up_is_found(store, made, spoil, field):
    finish_entered(store, made)
    assert proof(store).holds
    with store.writing() as connection:
        for statement in ["PRAGMA defer_foreign_keys=ON", "DELETE FROM places", *(f"DELETE FROM {name}" for name in (
                "reports", "records", "conflicts", "issues", "outputs") if field == "bare"), spoil]:
            connection.exec_driver_sql(statement)
    assert getattr(proof(store), field) == 1 and not proof(store).holds


def test_runs_are_told_the_newest_first(store):
    first = start_run(store, {"inputs": ["a"]}, version=V)
    second = start_run(store, {"inputs": ["a"]}, version=V)
    assert [run.id for run in last_runs(store, 5)] == [second, first] and last_runs(store, finished=True) == ()


NAMES = st.sampled_from("abcdef")


class Ledger(RuleBasedStateMachine):
    """Runs that enter, read, fail, die and start again in any order: nothing is lost, nothing is in two states, all ends."""

    def __init__(self):
        super().__init__()
        self.store = Store(":memory:")
        self.entered = Counter()

    def teardown(self):
        self.store.close()

    @rule(names=st.sets(NAMES), version=st.sampled_from([V, W]))
    def enter(self, names, version):
        enter(self.store, [given(name) for name in sorted(names)], version=version)
        self.entered.update(names)

    @rule(names=st.lists(NAMES, unique=True), holder=st.sampled_from(["one", "two"]))
    def claim(self, names, holder):
        held = {row.sha256 for row in self.rows() if row.state == "reading"}
        for row in ledger.claim(self.store, [digest(name) for name in names], holder=holder):
            ledger.begin(self.store, row.sha256, holder=holder)
            assert row.sha256 not in held or self.holder(row.sha256) == holder

    @precondition(lambda self: any(row.state == "reading" for row in self.rows()))
    @rule(data=st.data(), died=st.booleans())
    def fail(self, data, died):
        row = data.draw(st.sampled_from([row for row in self.rows() if row.state == "reading"]))
        state = ledger.failed(self.store, row.sha256, "坏", version=V, seconds=0.1, died=died)
        assert state == ("failed" if not died else "seen" if row.deaths + 1 < ledger.MOST_DEATHS else "quarantined")

    @rule(gone=st.sampled_from(["one", "two"]))
    def free(self, gone):
        ledger.free(self.store, lambda holder: holder == gone)
        assert all(self.holder(row.sha256) != gone for row in self.rows())

    @rule()
    def retry(self):
        ledger.retry(self.store)
        assert all(row.state != "failed" for row in self.rows())

    def rows(self):
        return tuple(ledger.ledger_rows(self.store))

    def holder(self, key):
        with self.store.reading() as connection:
            return connection.exec_driver_sql("SELECT holder FROM inputs WHERE sha256 = ?", (key,)).scalar()

    @invariant()
    def all_are_accounted_for(self):
        found = proof(self.store)
        assert found.holds and found.inputs == len(self.entered)
        assert all((self.holder(row.sha256) is not None) == (row.state == "reading") for row in self.rows())


Ledger.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None,
                                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TestLedger = Ledger.TestCase
