"""What repeats in corrections is proposed, accepted or declined, kept for good and written out; nothing else is."""

import re
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from starlette.testclient import TestClient

from hedui.errors import StoreError, UsageError
from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.review import acts, security
from hedui.review.app import application
from hedui.review.learnt_files import texts_of, write_learned
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.review.proposals import proposals
from hedui.review.repeated import shift
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.learned import decide, decided, history
from hedui.store.people import add_person

SCORES = """云岭县2022年水窖建设补助资金绩效自评报告
云岭水利总站会同云岭水利总站下属所检查，云岭水利总站再次复核。
"""
NAME = "云岭水利总站"


def places(whole):
    return [match.span() for match in re.finditer(NAME, whole)]


@pytest.fixture
def named(tmp_path):
    """A report in which a name stands three times that nothing is known of."""
    found = extract(read_bytes(SCORES.encode(), "云岭县.txt"))
    with Store(tmp_path / "hedui.sqlite") as store:
        store.keep(to_json(found), version="v")
        people = [add_person(store, name=name, role=role, secret="x") for name, role in (("甲", "annotator"), ("乙", "adjudicator"))]

        def opened():
            return open_report(store, found.document.sha256, found.reports[0].id)

        def do(sayings, who, group):
            return perform(store, opened(), tuple(sayings), person=who.id, group=group)

        yield SimpleNamespace(store=store, a=people[0], b=people[1], open=opened, do=do)


def add_names(table, count):
    whole = table.open().read.text
    for n, span in enumerate(places(whole)[:count]):
        table.do(acts.add_mention(whole, span, "ORG"), table.a, f"g{n}")


@pytest.mark.parametrize("count, wanted", [(2, []), (3, [("lexicons/institutions.tsv", f"{NAME}\tusual")])])
def test_the_same_name_three_times_is_proposed(named, count, wanted):
    add_names(named, count)
    assert [(p.file, p.row) for p in proposals(named.store)] == wanted


def test_what_was_taken_back_does_not_count(named):
    add_names(named, 3)
    now = named.open()
    named.do(acts.undo(now.state, now.events, named.a.id), named.a, "back")
    assert proposals(named.store) == ()


def test_the_same_field_three_times_becomes_a_case(named):
    whole = named.open().read.text
    spans = places(whole)
    for n, span in enumerate(spans):
        named.do(acts.add_claim(whole, span, "score", {"name": "总分", "score": str(n), "full": "100"}), named.a, f"a{n}")
    for n, item in enumerate(named.open().state.of("claim")):
        named.do(acts.edit(named.open().state, item.id, "name", "自评得分"), named.a, f"e{n}")
    found, = proposals(named.store)
    assert found.file == "cases/claims_scores.tsv" and len(found.events) == 3
    sentence, told = found.row.split("\t")
    assert sentence in whole and sorted(told.split()) == ["自评得分=0/100:", "自评得分=1/100:", "自评得分=2/100:"]


def three(table, kind):
    return [item for item in table.open().state.of("mention") if item.data["label"] == kind]


def test_a_shift_three_times_becomes_a_sentence_with_its_mentions_in_braces(named):
    add_names(named, 3)
    for n, item in enumerate(three(named, "ORG")):
        start, end = item.data["span"]
        named.do(acts.move(named.open().state, named.open().read.text, item.id, (start, end - 1)), named.b, f"s{n}")
    assert {(p.pattern.kind, p.file) for p in proposals(named.store)} == {("is", "lexicons/institutions.tsv"), ("shift", "cases/mentions.txt")}
    row = next(p.row for p in proposals(named.store) if p.pattern.kind == "shift")
    assert row.count("{ORG|云岭水利总}站") == 3 and re.sub(r"\{[A-Z]+(?::[^|]*)?\||\}", "", row) in named.open().read.text


def test_a_name_that_is_none_goes_to_the_stops(named):
    add_names(named, 3)
    named.do(acts.accept(named.open().state, [item.id for item in three(named, "ORG")], decision="rejected"), named.b, "no")
    assert ("lexicons/name_stops.tsv", f"{NAME}\tgeneric") in [(p.file, p.row) for p in proposals(named.store)]


@pytest.mark.parametrize("before, after, wanted", [
    ("县财政局等", "县财政局", ("", "-等")), ("财政局", "县财政局", ("+县", "")), ("由县财政局等", "县财政局", ("-由", "-等")),
    ("县财政局", "县财政局", None), ("县财政局", "市水利局", None), ("县财政局", "县财政局" + "和" * 9, None)])
def test_a_shift_is_what_was_cut_off_or_put_on(before, after, wanted):
    assert shift(before, after) == wanted


@given(st.text("甲乙丙", min_size=1, max_size=5), st.text("丁戊", max_size=8), st.text("丁戊", max_size=8))
def test_a_shift_goes_both_ways(core, head, tail):
    cut, put = shift(head + core + tail, core), shift(core, head + core + tail)
    assert (cut is None) == (put is None) == (not head + tail)
    assert cut is None or tuple(part.replace("-", "+") for part in cut) == put


def test_decisions_are_added_and_never_changed(named):
    add_names(named, 3)
    one, = proposals(named.store)
    held = {"key": one.key, "file": one.file, "row": one.row, "told": one.told, "person": named.b.id}
    assert [decide(named.store, decision=d, **held) for d in ("accepted", "accepted", "withdrawn", "accepted")] == [True, False, True, True]
    assert [d.decision for d in history(named.store)] == ["accepted", "withdrawn", "accepted"]
    assert decided(named.store)[one.key].decision == "accepted"
    with pytest.raises(UsageError):
        decide(named.store, decision="perhaps", **held)
    for statement in ("UPDATE learned SET row = 'x'", "DELETE FROM learned",
                      "INSERT OR REPLACE INTO learned SELECT seq, key, decision, file, 'x', told, person, at FROM learned"):
        with pytest.raises(StoreError), named.store.writing() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize("last, there", [("accepted", True), ("declined", False), ("withdrawn", False)])
def test_what_is_accepted_is_written_with_its_source(named, tmp_path, last, there):
    add_names(named, 3)
    one, = proposals(named.store)
    for decision in dict.fromkeys(("accepted", last)):
        decide(named.store, decision=decision, key=one.key, file=one.file, row=one.row, told=one.told, person=named.b.id)
    paths = write_learned(named.store, tmp_path / "learned")
    assert [path.relative_to(tmp_path / "learned").as_posix() for path in paths] == ([one.file] if there else [])
    if there:
        lines = paths[0].read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not line.startswith("#")] == [f"{NAME}\tusual"]
        assert "乙" in lines[-2] and "云岭县.txt" in lines[-2] and all(str(seq) in lines[-2] for _, seq in one.told)


def test_a_persons_name_stays_in_its_comment(named):
    add_names(named, 3)
    one, = proposals(named.store)
    evil = add_person(named.store, name="丁\n恶\tusual", role="admin", secret="x")
    decide(named.store, decision="accepted", key=one.key, file=one.file, row=one.row, told=one.told, person=evil.id)
    told = texts_of(named.store)[one.file]
    assert [line for line in told.splitlines() if line and not line.startswith("#")] == [f"{NAME}\tusual"]


@pytest.fixture
def client(named, monkeypatch):
    monkeypatch.setattr(security, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    security.nobody.cache_clear()
    return TestClient(application(Desk(store=named.store)), base_url="http://127.0.0.1", follow_redirects=False)


def signed_in(client, named, role):
    add_person(named.store, name=f"丙{role}", role=role, secret=security.hashed("correct horse battery"))
    client.post("/sign-in", data={"name": f"丙{role}", "password": "correct horse battery"})
    return re.search(r'"X-CSRF": "([^"]+)"', client.get("/queue").text)[1]


def test_one_click_accepts(client, named):
    add_names(named, 3)
    csrf = signed_in(client, named, "adjudicator")
    one, = proposals(named.store)
    assert NAME in client.get("/learn").text
    held = {"csrf": csrf, "key": one.key, "row": one.row, "act": "accept"}
    assert client.post("/learn", data={**held, "csrf": "another"}).status_code == 403 and not history(named.store)
    assert client.post("/learn", data={**held, "row": "别的\tusual"}).status_code == 400 and not history(named.store)
    assert client.post("/learn", data=held).status_code == 303
    assert [(d.decision, d.row, d.person != named.a.id) for d in history(named.store)] == [("accepted", one.row, True)]


@pytest.mark.parametrize("role, code", [("annotator", 403), ("adjudicator", 200), ("admin", 200)])
def test_who_may_see_it(client, named, role, code):
    signed_in(client, named, role)
    assert client.get("/learn").status_code == code and client.post("/learn", data={"act": "accept"}).status_code == 403
