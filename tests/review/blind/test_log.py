"""The audit trail as people and programs get it."""

import csv
import io
import json

import pytest
from markupsafe import escape

from hedui.cli import main
from hedui.review import acts
from hedui.store.log import Wanted, line_count, lines, lines_from
from hedui.store.people import change_person
from hedui.store.trail import all_events

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def acted(twice):
    """Three acts: the third annotator edits and takes it back in the shared reading, one of the two accepts in theirs."""
    case = twice()
    fund = next(one.id for one in case.open().state.of("record") if one.data["type"] == "fund")
    case.do(case.c, lambda state: acts.edit(state, fund, "scope", EVIL))
    case.do(case.c, lambda state: acts.undo(state, case.open().events, case.c.id))
    case.do(case.a, lambda state: acts.accept(state, [fund]))
    case.fund = fund
    return case


def csv_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_csv_says_who_when_what_it_was_and_became_and_which_versions_spoke(acted, tmp_path):
    assert main(["review", "log", str(acted.store.address), "-o", str(tmp_path / "log.csv")]) == 0
    rows = csv_of(tmp_path / "log.csv")
    first = rows[0]
    assert (first["step"], first["person"], first["act"], first["key"], first["before"], first["file"]) == (
        "1", acted.c.name, "edit", "fields.scope", "年度资金总额", "云岭县.txt")
    assert first["after"] == f"'{EVIL}" and (first["hedui"], first["rules_lexicons"], first["model"]) == ("0.1.0", "3f2a9c0d1e2f", "77aa00bb11cc")
    assert [row["act"] for row in rows] == ["edit", "edit", "undo", "undo", "accept"]
    assert rows[-1]["reading"] == acted.a.name and rows[0]["reading"] == ""
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_jsonl_holds_every_event_whole(acted, tmp_path):
    assert main(["review", "log", str(acted.store.address), "-o", str(tmp_path / "log.jsonl")]) == 0
    told = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    events = tuple(all_events(acted.store))
    assert [one["seq"] for one in told] == [one.seq for one in events]
    assert [(one["before"], one["after"], one["at"]) for one in told] == [(dict(e.before), dict(e.after), e.at.isoformat()) for e in events]
    assert told[0]["after"] == {"fields.scope": EVIL}
    assert told[0]["versions"] == {"package": "0.1.0", "rules": "3f2a9c0d1e2f", "model": "77aa00bb11cc"}


def test_lines_in_the_terminal_hold_no_control_characters(acted, capsys):
    acted.do(acted.c, lambda state: acts.note(state, acted.fund, "a\x1b[31mb\u202ec"))
    assert main(["review", "log", str(acted.store.address)]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == 6 and "\x1b" not in told and "\u202e" not in told and "年度资金总额" in told


@pytest.mark.parametrize("given, wanted", [
    (["--act", "accept"], ["accept"]), (["--person", "不在"], None), (["--file", "云岭"], ["edit", "edit", "undo", "undo", "accept"]),
    (["--file", "别的"], []), (["--report", "p-x"], []),
])
def test_the_export_can_be_narrowed(acted, tmp_path, capsys, given, wanted):
    code = main(["review", "log", str(acted.store.address), "-o", str(tmp_path / "log.csv"), *given])
    if wanted is None:
        assert code == 2 and "nobody of that name" in capsys.readouterr().err
    else:
        assert code == 0 and [row["act"] for row in csv_of(tmp_path / "log.csv")] == wanted


def test_bad_calls_are_told_in_a_line(acted, tmp_path, capsys):
    store = str(acted.store.address)
    assert main(["review", "log", store, "-o", "log.xlsx"]) == 2 and ".csv or .jsonl" in capsys.readouterr().err
    assert main(["review", "log", store, "-o", str(tmp_path / "no" / "log.csv")]) == 1 and "cannot be written" in capsys.readouterr().err
    assert main(["review", "log", str(tmp_path / "nothing")]) == 2 and "no store here" in capsys.readouterr().err
    assert main(["review", str(tmp_path / "nothing")]) == 2 and "no store here" in capsys.readouterr().err


def test_the_page_tells_the_newest_first_with_a_way_back_to_every_moment(acted, client_of):
    page = client_of(acted.judge).get("/log").text
    order = [page.index(f"?until={seq}") for seq in (5, 4, 3, 2, 1)]
    assert order == sorted(order)
    assert "3f2a9c0d1e2f" in page and "77aa00bb11cc" in page and "年度资金总额" in page and "第 1 步" in page and "style=" not in page
    client = client_of(acted.judge)
    evil, there = f'value="{escape(EVIL)}"', f"{acted.desk}?target={acted.fund}&until="
    assert [evil in client.get(f"{there}{step}").text for step in (1, 4)] == [True, False]


@pytest.mark.parametrize("query, seqs", [
    ("act=edit", [2, 1]), ("act=accept", [5]), ("kind=claim", [4, 2]), ("file=云岭", [5, 4, 3, 2, 1]), ("file=%", []), ("before=3", [2, 1]),
    ("target=nosuch", []), ("before=x&act=undo", [4, 3]), ("sha256=0&report=1", []),
])
def test_the_page_is_narrowed_by_person_report_and_act(acted, client_of, query, seqs):
    page = client_of(acted.admin).get(f"/log?{query}").text
    assert [seq for seq in (5, 4, 3, 2, 1) if f"?until={seq}\"" in page] == seqs


def test_the_page_gives_the_same_as_csv(acted, client_of, tmp_path):
    main(["review", "log", str(acted.store.address), "-o", str(tmp_path / "log.csv")])
    answer = client_of(acted.admin).get("/log.csv")
    assert answer.content == (tmp_path / "log.csv").read_bytes() and "attachment" in answer.headers["content-disposition"]
    assert client_of(acted.admin).get("/log.csv?act=accept").text.count("\r\n") == 2


@pytest.mark.parametrize("who", ["a", "b", "c"])
def test_annotators_do_not_see_the_trail(acted, client_of, who):
    client = client_of(getattr(acted, who))
    assert {client.get(page).status_code for page in ("/log", "/log.csv")} == {403}


def test_a_judge_who_once_read_blind_sees_of_these_reports_only_their_own_acts(acted, store, client_of):
    change_person(store, acted.b.id, role="adjudicator")
    assert "?until=" not in client_of(acted.b).get("/log").text
    change_person(store, acted.a.id, role="adjudicator")
    page = client_of(acted.a).get("/log").text
    assert "?until=5" in page and "?until=4" not in page


def test_pages_of_the_trail_hold_together(acted, store):
    everything = [one.event.seq for one in lines_from(store, Wanted())]
    assert everything == [1, 2, 3, 4, 5] and line_count(store, Wanted()) == 5
    found, before = [], None
    while (some := lines(store, Wanted(), before=before, limit=2)):
        found += [one.event.seq for one in some]
        before = found[-1]
    assert found == everything[::-1]
