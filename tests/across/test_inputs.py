"""What a command line names: folders, JSON files, stores."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from hedui.across.inputs import inputs_of
from hedui.across.output import to_json
from hedui.across.run import across_files
from hedui.cli import main
from hedui.errors import StoreError, UsageError
from hedui.store import Store
from hedui.store.packed import Packed
from hedui.store.packing import pack

sys.path.insert(0, str(Path(__file__).parent))
from made import output, told

FILES = [output("2021.docx", year=2021, funds=[("carried_out", 345.6, "结转资金")]), output("2022.docx", funds=[("carried_in", 300, "上年结转资金")])]


def kept(path, *outputs, version="1"):
    with Store(path) as store:
        for one in outputs:
            store.keep_many([Packed(sha256=one["source"]["sha256"], name=one["source"]["name"], media_type="text/plain", pages=None,
                                    characters=0, version=version, output=pack(json.dumps(one, ensure_ascii=False)), rows={})])


def test_a_store_is_as_good_as_its_json(tmp_path):
    kept(tmp_path / "hedui.sqlite", *FILES)
    folder = tmp_path / "json"
    folder.mkdir()
    for n, one in enumerate(FILES):
        (folder / f"{n}.json").write_text(json.dumps(one), encoding="utf-8")
    by_path, by_url, by_json = (across_files(inputs_of([given])) for given in (
        tmp_path / "hedui.sqlite", f"sqlite:///{tmp_path / 'hedui.sqlite'}", folder))
    assert told(by_path) == [("carried_over", "conflict")]
    assert to_json(by_path) == to_json(by_url) == to_json(by_json)


def test_of_several_versions_the_last_counts(tmp_path):
    old = json.loads(json.dumps(FILES[1]))
    old["reports"][0]["claims"][0]["fields"]["yuan"] = "3456000"
    kept(tmp_path / "hedui.sqlite", FILES[0], old, version="1")
    assert told(across_files(inputs_of([tmp_path / "hedui.sqlite"]))) == [("carried_over", "consistent")]
    kept(tmp_path / "hedui.sqlite", *FILES, version="2")
    assert told(across_files(inputs_of([tmp_path / "hedui.sqlite"]))) == [("carried_over", "conflict")]


def test_an_output_of_another_schema_is_told_and_the_rest_goes_on(tmp_path):
    other = output("旧.docx", year=2020) | {"schema": "hedui/0"}
    kept(tmp_path / "hedui.sqlite", *FILES, other)
    found = across_files(inputs_of([tmp_path / "hedui.sqlite"]))
    assert found.files == 2 and told(found) == [("carried_over", "conflict")]
    assert [name.rpartition("#")[2] for name in found.failures] == [other["source"]["sha256"][:12]]


def test_a_folder_a_file_and_a_store_together(tmp_path):
    kept(tmp_path / "hedui.sqlite", FILES[0])
    (tmp_path / "2022.json").write_text(json.dumps(FILES[1]), encoding="utf-8")
    found = across_files(inputs_of([tmp_path / "hedui.sqlite", tmp_path, tmp_path / "2022.json"]))
    assert found.files == 2 and told(found) == [("carried_over", "conflict")]


@pytest.mark.parametrize("name, error", [
    ("nowhere", UsageError), ("sqlite:///{}/nowhere.sqlite", StoreError), ("other://x/y", StoreError), ("{}/empty.sqlite", StoreError),
])
def test_what_cannot_be_read_is_said_and_nothing_is_made(tmp_path, name, error):
    sqlite3.connect(tmp_path / "empty.sqlite").executescript("CREATE TABLE t (a); DROP TABLE t; VACUUM;")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(error):
        inputs_of([name.format(tmp_path)])
    assert {path.name for path in tmp_path.iterdir()} - set(before) <= {"empty.sqlite-wal", "empty.sqlite-shm"}


def test_the_command_reads_a_store(tmp_path, capsys):
    kept(tmp_path / "hedui.sqlite", *FILES)
    assert main(["across", f"sqlite:///{tmp_path / 'hedui.sqlite'}", "-o", str(tmp_path / "out")]) == 0
    assert "差 45.6万元" in capsys.readouterr().out
