"""The driver of kills: real processes are killed, what comes out wrong afterwards is told, and nothing else."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import bulk_kills
import pytest
from bulk_kills import contents_of, differing, troubled

BENCHMARKS = str(Path(bulk_kills.__file__).parent)
# stands in for `hedui run IN -o OUT`: one file after the other, going on where it was; FAULT is what a resume does wrong
PROGRAM = """#!{python}
import sqlite3, sys, time
from pathlib import Path
if sys.argv[1] != "run":
    sys.exit(0)
given, out = Path(sys.argv[2]), Path(sys.argv[4])
(out / "json").mkdir(parents=True, exist_ok=True)
resumed = any((out / "json").iterdir())
for path in sorted(given.iterdir()):
    told = out / "json" / (path.name + ".json")
    if not told.exists():
        time.sleep(0.03)
        told.write_bytes(b"" if {fault} and resumed else path.read_bytes())
with sqlite3.connect(out / "hedui.sqlite") as store:
    store.execute("create table if not exists inputs (name primary key, state)")
    store.execute("create table if not exists results (sha256)")
    store.executemany("insert or replace into inputs values (?, 'done')", [(path.name,) for path in given.iterdir()])
"""
DRIVER = """
import json, sys
sys.path.insert(0, {benchmarks!r})
from pathlib import Path
import bulk_kills
from bulk_runs import Bench
from bulk_tree import adopt
adopt()
bulk_kills.HEDUI = Path({program!r})
rows = bulk_kills.kills_rows(Bench(folder=Path({folder!r})), [Path(one) for one in {paths!r}], count=4)
print(json.dumps({{row.figure: row.value for row in rows}}))
"""


@pytest.mark.parametrize("fault", [False, True])
def test_runs_are_killed_until_they_are_through_and_held_against_an_undisturbed_one(tmp_path, fault):
    paths = [tmp_path / f"{n:02}.txt" for n in range(16)]
    for n, path in enumerate(paths):
        path.write_text(f"第{n}份", encoding="utf-8")
    program = tmp_path / "hedui"
    program.write_text(PROGRAM.format(python=sys.executable, fault=fault), encoding="utf-8")
    program.chmod(0o755)
    driver = DRIVER.format(benchmarks=BENCHMARKS, program=str(program), folder=str(tmp_path / "work"), paths=[str(path) for path in paths])
    done = subprocess.run([sys.executable, "-c", driver], capture_output=True, text=True, check=True, timeout=60)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["kills"] == told["of the command"] == 4 and told["starts"] > 4 and told["processes left behind"] == 0
    assert (told["differing at last"] > 0) is fault


def out_of(folder, states, files):
    (folder / "json").mkdir(parents=True)
    (folder / "run.html").write_text(folder.name, encoding="utf-8")  # not held against one another
    for name, text in files.items():
        (folder / "json" / name).write_text(text, encoding="utf-8")
    with closing(sqlite3.connect(folder / "hedui.sqlite")) as store, store:
        store.execute("create table inputs (name, state)")
        store.execute("create table results (sha256)")
        store.executemany("insert into inputs values (?, ?)", states.items())
        store.executemany("insert into results values (?)", [(name,) for name in states])
    return folder


WANTED = {"states": {"a": "done", "b": "failed"}, "files": {"a.json": "1", "b.json": "2"}}


@pytest.mark.parametrize("found, wrong", [
    (WANTED, []), (WANTED | {"states": {"a": "done", "b": "done"}}, ["input b: failed wanted, done there"]),
    (WANTED | {"states": {"a": "done"}}, ["input b: failed wanted, none there", "results of b: 1 wanted, none there"])])
def test_what_differs_is_told(tmp_path, found, wrong):
    assert list(differing(out_of(tmp_path / "wanted", **WANTED), out_of(tmp_path / "found", **found))) == wrong


def test_one_byte_more_and_a_file_less_are_told(tmp_path):
    wanted = out_of(tmp_path / "wanted", **WANTED)
    found = out_of(tmp_path / "found", **WANTED | {"files": {"a.json": "1 "}})
    assert [line.split(":")[0] for line in differing(wanted, found)] == ["file json/a.json", "file json/b.json"]
    assert set(contents_of(wanted)) == {"json/a.json", "json/b.json"}


def test_inputs_hold_what_bulk_runs_meet(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("报告", encoding="utf-8")
    folder = troubled([path], tmp_path / "in")
    assert (folder / "twice.txt").read_bytes() == (folder / "a.txt").read_bytes() and (folder / "empty.txt").stat().st_size == 0
    assert troubled([path], folder) == folder
