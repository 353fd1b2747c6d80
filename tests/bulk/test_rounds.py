"""What comes is read once it is settled, what goes is gone, and a store that is away is waited for."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from hedui.bulk.intake import Request
from hedui.bulk.rounds import round_line, rounds
from hedui.bulk.running import run
from hedui.errors import StoreError, UsageError
from hedui.store import Store
from hedui.store.proof import proof

REPORT = "青岚县农村供水工程补助资金绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率97%。\n"


@pytest.fixture
def request_(tmp_path, read_here):
    (tmp_path / "in").mkdir()
    return Request(inputs=(str(tmp_path / "in"),), out=str(tmp_path / "out"))


def put(path, text, *, age=60):
    path.write_text(text, encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))


class Days:
    """Rounds between which things happen: each sleep does the next of `steps`, and the last ends it."""

    def __init__(self, request, *steps, read=None, settle=5.0):
        self.steps, self.names = list(steps), []
        self.told = []
        try:
            for one in rounds(request, read or (lambda request, entered: run(request, entered=entered)), every=1, sleep=self.sleep, settle=settle):
                self.told.append(one)
        except StopIteration:
            pass
        except RuntimeError as error:  # a generator turns StopIteration into this
            assert isinstance(error.__cause__, StopIteration)

    def sleep(self, seconds):
        assert seconds == 1
        if not self.steps:
            raise StopIteration
        self.steps.pop(0)()

    @property
    def news(self):
        return [(sorted(found.name for found in one.news.new), sorted(found.name for found in one.news.changed), len(one.news.gone),
                 len(one.news.waiting)) if one.summary else one.trouble for one in self.told]


def names(request):
    return sorted(path.stem for path in Path(request.out, "json").glob("*.json"))


def test_what_comes_changes_and_goes(request_, tmp_path):
    a, b = tmp_path / "in" / "a.txt", tmp_path / "in" / "b.txt"
    days = Days(request_, lambda: put(a, REPORT), lambda: None, lambda: put(b, REPORT.replace("950", "920")), lambda: None,
                lambda: put(a, REPORT.replace("950", "900")), lambda: None, a.unlink, lambda: None)
    assert days.news == [(["a.txt"], [], 0, 0), (["b.txt"], [], 0, 0), ([], ["a.txt"], 0, 0), ([], [], 1, 0)]
    assert names(request_) == ["b"]
    with Store(request_.address) as store:
        assert proof(store).holds and proof(store).inputs == 1
    assert round_line(days.told[1], datetime(2026, 1, 2, 3, 4, 5)) == (
        "03:04:05 新 new 1，改 changed 0，去 gone 0 → 读入 read 1，未能读出 failed 0，不符 conflicts 2")


def test_a_file_that_is_still_written_waits_and_what_it_was_stays(request_, tmp_path):
    a, b = tmp_path / "in" / "a.txt", tmp_path / "in" / "b.txt"
    put(a, REPORT)

    def while_written():
        put(a, REPORT[:20], age=0)
        put(b, REPORT.replace("950", "920"))

    names_then = []
    days = Days(request_, while_written, lambda: names_then.append(names(request_)), lambda: put(a, REPORT.replace("950", "900")), lambda: None)
    assert days.news == [(["a.txt"], [], 0, 0), (["b.txt"], [], 0, 1), ([], ["a.txt"], 0, 0)]
    assert names_then.pop() == ["a", "b"]


def test_a_bad_file_is_told_once(request_, tmp_path):
    days = Days(request_, lambda: put(tmp_path / "in" / "坏.docx", "PK\x03\x04 cut off"), lambda: None, lambda: None)
    assert [len(one.summary.failed) for one in days.told] == [1]


def test_a_store_that_is_away_is_told_once_and_waited_for(request_, tmp_path):
    put(tmp_path / "in" / "a.txt", REPORT)
    away = [StoreError("结果库不在"), StoreError("结果库不在")]

    def read(request, entered):
        if away:
            raise away.pop() from OSError(111, "refused")
        return run(request, entered=entered)

    days = Days(request_, lambda: None, lambda: None, lambda: None, read=read)
    assert [one.trouble for one in days.told] == ["结果库不在", ""] and names(request_) == ["a"]


def test_a_folder_that_goes_for_a_while_is_waited_for(request_, tmp_path):
    put(tmp_path / "in" / "a.txt", REPORT)
    days = Days(request_, lambda: (tmp_path / "in").rename(tmp_path / "off"), lambda: None, lambda: (tmp_path / "off").rename(tmp_path / "in"),
                lambda: None)
    assert "no such file" in days.news[1] and len(days.news) == 2 and names(request_) == ["a"]


def test_once_is_one_look(request_, tmp_path, monkeypatch):
    monkeypatch.setattr("hedui.sources.local.GRAIN", 0)  # as if the files had been there for seconds
    put(tmp_path / "in" / "a.txt", REPORT)

    def read(request, entered):
        return run(request, entered=entered)

    assert [one.summary.reports for one in rounds(request_, read, once=True)] == [1]
    assert list(rounds(request_, read, once=True)) == []
    with pytest.raises(UsageError):
        list(rounds(Request(inputs=("/nowhere",), out=request_.out), read))
