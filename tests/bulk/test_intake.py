"""What could not be opened when it was listed stands in the ledger under its own place, and nowhere once it is gone or was opened."""

import os
import signal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from hedui import batch, cases
from hedui.bulk import intake
from hedui.bulk.intake import Request, take_in
from hedui.cases import Looked
from hedui.listing import Entry
from hedui.store import Store
from hedui.store.ledger import ledger_rows, retry, totals
from hedui.version import versions

LOST = batch.LOST["memory"]


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            archive.writestr("报告.txt", "全年预算数1000万元。")
            archive.writestr("里.txt", "whole")
        (folder / "县.zip").write_bytes(buffer.getvalue().replace(b"whole", b"torn."))
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "hedui.sqlite") as opened:
        yield opened


@pytest.fixture
def taken(root, store, tmp_path):
    def again():
        take_in(Request(inputs=(str(root),), out=str(tmp_path / "out")), store, versions())
        return {row.name: row for row in ledger_rows(store)}
    return again


def lost(entries, *, stock=None):
    yield from ((entry, Looked((), causes=((entry.name, LOST),), sure=False)) for entry in entries)


def test_a_file_whose_look_was_lost_is_listed_where_it_lies(root, taken, monkeypatch):
    monkeypatch.setattr(intake, "looked", lost)
    rows = taken()
    assert {name: (row.state, row.cause, row.place) for name, row in rows.items()} == {
        name: ("failed", LOST, str(root / name)) for name in ("县.zip", "坏.docx")}


@pytest.mark.parametrize("asked", [True, False])
def test_once_it_can_be_opened_it_stands_there_once_to_be_read(taken, store, monkeypatch, asked):
    with monkeypatch.context() as patched:
        patched.setattr(intake, "looked", lost)
        before = taken()
    assert not asked or retry(store) == 2
    rows = taken()
    assert (rows["坏.docx"].state, rows["坏.docx"].cause, rows["坏.docx"].sha256) == ("seen", "", before["坏.docx"].sha256)
    assert rows.keys() == {"坏.docx", "县.zip!/报告.txt", "县.zip!/里.txt"} and rows["县.zip!/里.txt"].state == "failed"


@pytest.mark.parametrize("name, left", [("坏.docx", {"县.zip!/报告.txt", "县.zip!/里.txt"}), ("县.zip", {"坏.docx"})])
def test_what_is_taken_away_is_forgotten_with_what_could_not_be_opened_in_it(root, taken, store, name, left):
    taken()
    (root / name).unlink()
    assert taken().keys() == left and sum(totals(store).values()) == len(left)


def test_a_look_that_was_ended_from_outside_is_taken_again(root, monkeypatch):
    """Each file kills the first process that looks at it."""
    entries = [Entry(name=path.name, path=str(path), sha256=path.name) for path in sorted(root.iterdir())]
    monkeypatch.setattr(batch, "look", ends_once)
    assert dict(batch.looked(entries)) == {entry: cases.look(entry) for entry in entries}


def test_a_file_that_ends_its_process_again_is_told_with_the_cause(root, monkeypatch):
    entry = Entry(name="坏.docx", path=str(root / "坏.docx"), sha256="0")
    monkeypatch.setattr(batch, "look", ends_always)
    ((_, found),) = batch.looked([entry])
    assert found == Looked((), causes=(("坏.docx", LOST),), sure=False)


def ends_always(entry, *, stock=None):
    os.kill(os.getpid(), signal.SIGKILL)


def ends_once(entry, *, stock=None):
    mark = Path(f"{entry.path}.looked")
    if not mark.exists():
        mark.touch()
        ends_always(entry)
    return cases.look(entry)
