"""What lies in OUT: only what changed is written, much is told in bounded files, and no stop or full disk shows in it."""

import hashlib
import json
import os
import re
import resource
from pathlib import Path

import openpyxl
import pytest

from hedui import written
from hedui.errors import StoreError
from hedui.export import load_output, to_json
from hedui.export.lake_read import lake_dataset
from hedui.export.tables import FileLine
from hedui.results import Outputs
from hedui.store import Store
from hedui.summary import summarise, summary_lines
from hedui.written import write_out


@pytest.fixture
def run(tmp_path, made):
    """`run(names, out)`: the outputs of a run over files of those names, written to `out`; each name is a content of its own."""
    store = Store(tmp_path / "s.sqlite")

    def ran(names, out=tmp_path / "out", *, version="v1", states=("read",), only=write_out):
        lines = []
        for n, name in enumerate(names):
            findings = made(name, made().document.text + f"附注{name.rpartition('/')[2][0]}。")
            store.keep(to_json(findings), version=version)
            lines.append(FileLine(name=name, state=states[n % len(states)], sha256=findings.document.sha256))
        lines.append(FileLine(name="坏.docx", state="failed", cause="截断"))
        return only(Outputs(store=store, version=version, lines=lines), Path(out))

    yield ran
    store.close()


def held_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file() and path.name != ".lock"}


def test_everything_is_there_and_a_second_run_writes_nothing(run, tmp_path, monkeypatch):
    out = tmp_path / "out"
    whole, names = run(["a.txt", "乡/b.txt"])
    assert names == ("report.html", "hedui.xlsx", "lake/（1）", "json/（2）")
    assert load_output(out / "json" / "乡" / "b.json")["source"]["name"] == "乡/b.txt"
    assert lake_dataset(str(out / "lake"), "checks").count_rows() == whole.totals.checks == 4
    before = held_in(out)
    monkeypatch.setattr(os, "replace", lambda *paths: pytest.fail(f"written: {paths}"))
    monkeypatch.setattr(Store, "output", lambda *asked, **more: pytest.fail("read again"))
    again, _ = run(["a.txt", "乡/b.txt"], states=("kept",))
    assert held_in(out) == before and (again.totals, again.conflicts) == (whole.totals, list(whole.conflicts)[:20])


def test_only_what_changed_is_written_and_what_is_gone_is_removed(run, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(["a.txt", "乡/b.txt", "c.txt"])
    (out / "json" / "mine.json").write_text("{}", encoding="utf-8")
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    run(["a.txt", "c.txt", "d.txt"])
    assert {path.relative_to(out / "json").as_posix() for path in (out / "json").rglob("*")} == {"a.json", "c.json", "d.json", "mine.json"}
    assert all((out / "json" / name).stat().st_mtime_ns == stamps[out / "json" / name] for name in ("a.json", "c.json", "mine.json"))
    assert {row["file"] for row in lake_dataset(str(out / "lake"), "reports").to_table().to_pylist()} == {"a.txt", "c.txt", "d.txt"}
    (out / "json" / "mine.json").unlink()
    run(["a.txt", "c.txt", "d.txt"], tmp_path / "new")
    assert held_in(out) == held_in(tmp_path / "new")


@pytest.mark.parametrize("harm", [
    lambda out: (out / "json" / "a.json").unlink(), lambda out: (out / "json" / "a.json").write_text("", encoding="utf-8"),
    lambda out: (out / "report.html").unlink(), lambda out: (out / "hedui.xlsx").write_bytes(b""), lambda out: (out / ".hedui.json").unlink(),
    lambda out: (out / ".hedui.json").write_text('{"schema": "hedui-out/1", "json": 3}', encoding="utf-8"),
    lambda out: (out / "lake" / "manifest.json").unlink(),
])
def test_what_was_harmed_is_written_again(run, tmp_path, harm):
    run(["a.txt"])
    before = held_in(tmp_path / "out")
    harm(tmp_path / "out")
    assert held_in(tmp_path / "out") != before
    run(["a.txt"])
    assert held_in(tmp_path / "out") == before


class Stopped(BaseException):
    pass


def test_stopped_before_any_file_is_in_place_the_end_is_the_same(run, tmp_path, monkeypatch):
    run(["b.txt"], tmp_path / "end")
    ends = held_in(tmp_path / "end")
    replace, stops = os.replace, 0
    for stop in range(100):
        out, left = tmp_path / f"{stop}", stop
        run(["a.txt"], out)

        def stopping(*paths):
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped
            replace(*paths)

        monkeypatch.setattr(os, "replace", stopping)
        try:
            run(["b.txt"], out)
        except Stopped:
            stops += 1
        monkeypatch.setattr(os, "replace", replace)
        run(["b.txt"], out)
        assert held_in(out) == ends, stop
        if left >= 0:
            break
    assert stops > 8


def test_a_full_disk_is_told_and_the_old_state_stays_whole(run, tmp_path):
    out = tmp_path / "out"
    run(["a.txt"])
    before = held_in(out)
    run(["a.txt", "b.txt"], tmp_path / "later")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    biggest = max(len(held) for held in before.values())
    for most in (100, biggest - 1):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limit[1]))
        try:
            with pytest.raises(StoreError, match="写不进去") as fault:
                run(["a.txt", "b.txt"])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        assert "\n" not in str(fault.value) and not list(out.rglob("*.part"))
        assert {name: (out / name).read_bytes() for name in ("report.html", "hedui.xlsx", "json/a.json")}.items() <= before.items()
        assert {row["file"] for row in lake_dataset(str(out / "lake"), "records").to_table().to_pylist()} in ({"a.txt"}, {"a.txt", "b.txt"})
    run(["a.txt", "b.txt"])
    assert held_in(out) == held_in(tmp_path / "later")


def test_beyond_what_people_look_through_the_gravest_are_shown(run, tmp_path, monkeypatch):
    monkeypatch.setattr(written, "FILES_SHOWN", 2)
    monkeypatch.setattr(written, "CONFLICTS_SHOWN", 3)
    whole, _ = run([f"{name}.txt" for name in "abcdef"])
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S).group(1))
    assert len(data["files"]) == 2 and data["whole"]["files"] == 6 and data["whole"]["checks"] == whole.totals.checks == 12
    book = openpyxl.load_workbook(tmp_path / "out" / "hedui.xlsx")
    assert [book[name].max_row - 1 for name in book.sheetnames[1:]] == [3, 4, 4, 7]
    told = {row[0].value: row[1].value for row in book["结论 Summary"].iter_rows(min_row=2)}
    assert told["核对 checks · 不符 conflict"] == 6 and told["记录 records"] == 12
    assert sum(name.startswith(("核对、记录两表只列最要紧的 2 份，共 6 份", "冲突表只列最要紧的 3 处，共 6 处")) for name in told) == 2
    lines = summary_lines(summarise(whole, lines=[]))
    assert "不符 conflicts: 6（目标 target 6）" in lines


def test_two_runs_do_not_write_one_folder(run, tmp_path, monkeypatch):
    monkeypatch.setattr(written, "WAIT_SECONDS", 0)
    with written.alone(tmp_path / "out"), pytest.raises(StoreError, match="另一个 hedui"):
        run(["a.txt"])


def test_a_lake_elsewhere(run, tmp_path):
    url = f"memory://lake-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:8]}/x"
    whole, names = run(["a.txt"], only=lambda outputs, out: write_out(outputs, out, lake=url))
    assert url in names and lake_dataset(url, "claims").count_rows() == whole.totals.claims and not (tmp_path / "out" / "lake").exists()


def test_a_workbook_that_cannot_be_replaced_is_told(run, tmp_path):
    (tmp_path / "out" / "hedui.xlsx").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"hedui\.xlsx: 写不进去"):
        run(["a.txt"])
    (tmp_path / "out" / "hedui.xlsx").rmdir()
    run(["a.txt"])
    run(["a.txt"], tmp_path / "new")
    assert held_in(tmp_path / "out") == held_in(tmp_path / "new")
