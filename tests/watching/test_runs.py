"""What a run leaves for the next: its line in the history, what is new among the inputs, what the ledger's rows come to, the exit code."""

import errno
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.batch import LOST
from hedui.errors import PassingError, StoreError, UsageError, defect
from hedui.readers import formats
from hedui.store import Store
from hedui.watching.causes import kind_of, kinds
from hedui.watching.exits import AWAY, EXITS, OK, SOME, USAGE, exit_of, exit_of_error
from hedui.watching.inputs import Inputs, compared
from hedui.watching.rows import NAMED, SLOWEST, gathered
from hedui.watching.runs import add_run, balanced, last_run, plain_run, read_run, run_from, run_text


def test_a_run_comes_back_as_it_was(night, tmp_path):
    run, _, last = night()
    assert read_run(run_text(run)) == run and run_text(run).count("\n") == 1
    history = tmp_path / "runs.jsonl"
    assert last_run(history) is None
    add_run(history, last)
    add_run(history, run)
    assert last_run(history) == run and len(history.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("cut", [1, 2, 40, 5000])
def test_a_line_cut_off_by_a_stop_is_passed_over(night, tmp_path, cut):
    run, _, last = night()
    history = tmp_path / "runs.jsonl"
    history.write_text(run_text(last) + run_text(run)[:-cut], encoding="utf-8")
    assert last_run(history) == (run if cut == 1 else last)
    add_run(history, replace(run, id="r-3"))
    assert last_run(history).id == "r-3"


def test_of_a_long_history_only_the_end_is_read(night, tmp_path, monkeypatch):
    run, _, _ = night()
    monkeypatch.setattr("hedui.watching.runs.MOST_TAIL", len(run_text(run)) + 10)
    history = tmp_path / "runs.jsonl"
    history.write_text(run_text(run) * 20 + run_text(replace(run, id="r-9")), encoding="utf-8")
    assert last_run(history).id == "r-9"


def test_a_history_that_cannot_be_written_or_read(night, tmp_path):
    with pytest.raises(StoreError, match="运行记录写不进去"):
        add_run(tmp_path, night()[0])
    with pytest.raises(StoreError, match="运行记录读不出"):
        last_run(tmp_path)


def test_a_run_of_an_older_hedui_has_no_populations_and_nonsense_is_no_run(night):
    run, _, _ = night()
    told = plain_run(run)
    assert run_from(told) == run
    told["everything"] = told["everything"] | {"total": '{"v":0}'}
    assert run_from(told) == replace(run, everything=None)
    assert run_from({}) is run_from({**told, "began": "gestern"}) is run_from({**told, "more": 1}) is read_run("3\n") is None


names = st.dictionaries(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.sampled_from("123")))


@settings(max_examples=100, deadline=None)
@given(names, names)
def test_every_name_of_two_runs_is_in_one_place(before, now):
    found = compared(before, now)
    olds, news = [old for old, _ in found.renamed], [new for _, new in found.renamed]
    stay = set(before) & set(now)
    assert sorted([*found.new, *news]) == sorted(set(now) - set(before)) and sorted([*found.gone, *olds]) == sorted(set(before) - set(now))
    assert found.same + len(found.changed) == len(stay) and all(before[name] != now[name] for name in found.changed)
    assert all(before[old] == now[new] is not None for old, new in found.renamed)
    assert compared(before, before) == Inputs(same=len(before))
    # what is still new has no content that is still gone
    assert not {now[name] for name in found.new} & {before[name] for name in found.gone} - {None}


def test_what_the_rows_of_a_run_come_to(night):
    _, found, _ = night()
    assert found.totals == {"done": 100, "failed": 2, "quarantined": 1} and balanced(found.totals)
    assert found.failures == {"protected": 1, "damaged": 1, "crash": 1}
    assert [one.name for one in found.failed["crash"]] == ["慢.pdf"]
    assert found.read == sum(found.pace) == 103 and found.slowest[0].name == "慢.pdf" and len(found.slowest) == SLOWEST
    assert [slow.seconds for slow in found.slowest] == sorted((slow.seconds for slow in found.slowest), reverse=True)


def test_rows_of_runs_before_count_but_were_not_read_now(night, line):
    run, _, _ = night()
    second = timedelta(seconds=1)
    before = [line(1, changed=run.began - second), line(2, changed=run.ended + second), line(3, state="seen", seconds=None),
              line(4, changed=run.began), line(5, changed=run.ended)]
    found = gathered(before, began=run.began, ended=run.ended)
    assert found.totals == {"done": 4, "seen": 1} and found.read == 2 and not balanced(found.totals)
    assert (found.pace[0], found.pace[-1]) == (1, 1)


def test_of_many_failures_the_first_by_name_are_kept(night, line):
    run, _, _ = night()
    rows = (line(number, name=f"{(number * 7) % 1000:04}.docx", state="failed", cause="有密码保护") for number in range(1000))
    found = gathered(rows, began=run.began, ended=run.ended)
    assert found.failures == {"protected": 1000} and [one.name for one in found.failed["protected"]] == [f"{n:04}.docx" for n in range(NAMED)]


@pytest.mark.parametrize("cause, kind", [
    *[(LOST[why], why) for why in LOST], (defect(ValueError("x")), "defect"), ("第3页 有密码保护，打不开；请取消密码后另存 / …", "protected"),
    ("有 812 页，超过 500 页，不像报告；请拆成单份报告再读 / …", "large"), ("文件里没有文字 / the file holds no words", "empty"),
    ("是 RAR 压缩包，读不了；请解压后重新压缩为 zip / …", "unread"), ("打不开这个文件 · cannot be opened: Permission denied", "away"),
    ("文件不完整或已损坏，打不开；请重新下载或从原件另存 / …", "damaged"), ("", "other"), (None, "other"),
])
def test_kinds_of_causes(cause, kind):
    assert kind_of(cause) == kind


def test_every_cause_of_a_format_has_a_kind():
    told = {name: kind_of(cause) for name, cause in formats.REFUSALS.items()}
    assert "other" not in told.values() and all(kind.do and kind.do_en for kind in kinds().values())


def test_exit_codes_of_runs_that_ended():
    assert [exit_of(totals) for totals in ({}, {"done": 2, "failed": 0}, {"failed": 1}, {"quarantined": 1}, {"done": 1, "seen": 1})] == [
        OK, OK, SOME, SOME, SOME]
    assert all(f"{code:>2}  " in EXITS for code in (OK, SOME, USAGE, AWAY)) and AWAY == 75


def caught(action):
    with pytest.raises(StoreError) as caught:
        action()
    return caught.value


def wrapped(cause):
    error = StoreError("写不进去 · cannot be written")
    error.__cause__ = cause
    return error


def full_database():
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA max_page_count=2")
    with pytest.raises(sqlite3.OperationalError) as error:
        base.execute("CREATE TABLE t AS SELECT randomblob(99999)")
    return wrapped(error.value)


def test_exit_codes_of_errors(tmp_path):
    (tmp_path / "text.sqlite").write_text("不是数据库" * 200, encoding="utf-8")
    assert exit_of_error(UsageError("x")) == USAGE
    assert exit_of_error(full_database()) == AWAY == exit_of_error(wrapped(PassingError("s3://x", "连不上 · no connection")))
    assert exit_of_error(wrapped(OSError(errno.ENOSPC, "full"))) == AWAY and exit_of_error(wrapped(PermissionError(errno.EACCES, "no"))) == SOME
    assert exit_of_error(caught(lambda: Store(tmp_path / "away" / "store.sqlite"))) == AWAY
    assert exit_of_error(caught(lambda: Store(tmp_path / "text.sqlite"))) == SOME
    assert exit_of_error(caught(lambda: Store("mysql://x"))) == SOME


def test_a_database_server_that_does_not_answer():
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed")
    assert exit_of_error(caught(lambda: Store("postgresql+psycopg://a:b@127.0.0.1:1/x"))) == AWAY
