"""Local folders: links, folders that cannot be opened, stamps that are trusted and those that are not, files still being written."""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui import batch
from hedui.errors import UsageError
from hedui.listing import list_files
from hedui.sources import changes, hashed, key_of

OLD = 1_600_000_000


def fill(root, *names, at=OLD):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
        os.utime(path, at and (at, at))


def known_of(listing):
    return {place.key: (place.stamp, place.sha256) for place in listing.places}


@pytest.fixture
def aged(monkeypatch):
    """Has the clock stand `seconds` later, so that what was just written is old: the change of an entry cannot be dated back."""
    clock = time.time

    def later(seconds):
        monkeypatch.setattr("hedui.sources.local.time.time", lambda: clock() + seconds)
    later(3600)
    return later


@pytest.fixture
def opened_files(monkeypatch):
    """The files whose content is hashed."""
    opened, digest = [], hashlib.file_digest

    def counted(file, name):
        opened.append(Path(file.name).name)
        return digest(file, name)
    monkeypatch.setattr("hedui.sources.copies.hashlib.file_digest", counted)
    return opened


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_are_walked_once(tmp_path):
    root = tmp_path / "in"
    fill(root, "a/b/c.txt", "z/d.txt")
    fill(tmp_path, "out/e.txt")
    for link, target in {"a/b/loop": root / "a", "a/self": root / "a" / "self", "a/up": root, "a/to_z": root / "z",
                         "a/out": tmp_path / "out", "again": tmp_path / "out", "one.txt": root / "z" / "d.txt"}.items():
        (root / link).symlink_to(target)
    entries = list_files([root]).entries
    assert [entry.name for entry in entries if not entry.cause] == ["a/b/c.txt", "a/out/e.txt", "one.txt", "z/d.txt"]


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_that_double_at_every_step_end(tmp_path):
    """2^40 ways lead to the last of 40 folders."""
    for step in range(40):
        (tmp_path / f"{step:02}").mkdir()
        if step:
            (tmp_path / f"{step - 1:02}" / "l").symlink_to(tmp_path / f"{step:02}")
            (tmp_path / f"{step - 1:02}" / "r").symlink_to(tmp_path / f"{step:02}")
    fill(tmp_path, "39/a.txt")
    assert [entry.name for entry in list_files([tmp_path / "00"]).entries] == ["r/r/r" + "/r" * 36 + "/a.txt"]


@contextmanager
def as_somebody():
    """Without the rights of root, where we have them."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="needs modes of files")
def test_a_folder_that_cannot_be_opened_is_told_and_nothing_else_is_lost():
    root = Path(tempfile.mkdtemp())
    try:
        fill(root, "open/a.txt", "closed/b.txt", "secret.txt")
        os.chmod(root, 0o755)
        os.chmod(root / "closed", 0o000)
        os.chmod(root / "secret.txt", 0o000)
        with as_somebody():
            listing = list_files([root])
            look = changes([root], {str(root / "closed" / "b.txt"): ("1", "0"), str(root / "gone.txt"): ("1", "0")})
        causes = {entry.name: entry.cause for entry in listing.entries}
        assert causes["open/a.txt"] is None and "folder cannot be opened" in causes["closed"] and "cannot be opened" in causes["secret.txt"]
        assert not any(entry.passing for entry in listing.entries)
        assert look.gone == (str(root / "gone.txt"),) and [one.name for one in look.failed] == ["closed"]
    finally:
        os.chmod(root / "closed", 0o755)
        shutil.rmtree(root)


def test_what_is_known_is_not_hashed_again(tmp_path, aged, opened_files):
    fill(tmp_path, "a.txt", "b.txt", "c.txt")
    first = list_files([tmp_path])
    assert opened_files == ["a.txt", "b.txt", "c.txt"] and all(place.stamp for place in first.places)
    (tmp_path / "b.txt").write_text("other")
    (tmp_path / "c.txt").rename(tmp_path / "d.txt")
    opened_files.clear()
    second = list_files([tmp_path], known=known_of(first))
    assert opened_files == ["b.txt", "d.txt"]
    assert [(place.name, place.was_known) for place in second.places] == [("a.txt", True), ("b.txt", False), ("d.txt", False)]
    assert [entry.sha256 for entry in second.entries] == [hashlib.sha256(text).hexdigest() for text in (b"a.txt", b"other", b"c.txt")]


def test_a_file_changed_within_the_grain_of_its_clock_is_hashed_again(tmp_path):
    """Same size, same time, same inode: only mistrust of young stamps saves us (the racy git problem)."""
    path = tmp_path / "a.txt"
    path.write_text("950万元")
    first = list_files([tmp_path])
    assert first.places[0].stamp == ""
    with path.open("r+") as file:
        file.write("590")
    second = list_files([tmp_path], known=known_of(first))
    assert second.places[0].sha256 == hashlib.sha256("590万元".encode()).hexdigest()


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_hashed_again(tmp_path, aged):
    fill(tmp_path, "a.txt")
    first = list_files([tmp_path])
    (tmp_path / "b").write_text("A.txt")
    os.utime(tmp_path / "b", (OLD, OLD))
    os.replace(tmp_path / "b", tmp_path / "a.txt")
    assert list_files([tmp_path], known=known_of(first)).places[0].sha256 == hashlib.sha256(b"A.txt").hexdigest()


def test_a_file_that_changes_while_it_is_hashed_is_not_known_again(tmp_path, aged, monkeypatch):
    fill(tmp_path, "a.txt")
    digest = hashlib.file_digest

    def slow(file, name):
        found = digest(file, name)
        with open(file.name, "a") as other:
            other.write("more")
        return found
    monkeypatch.setattr("hedui.sources.copies.hashlib.file_digest", slow)
    assert list_files([tmp_path]).places[0].stamp == ""


def test_a_clock_that_runs_ahead_is_not_trusted(tmp_path):
    fill(tmp_path, "a.txt", at=time.time() + 3600)
    assert list_files([tmp_path]).places[0].stamp == ""
    assert changes([tmp_path], {}).new  # and yet is not waited for


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["write", "delete", "touch"]), st.sampled_from("xyz")), max_size=12))
def test_listing_with_memory_is_listing_without(steps, aged):
    """Whatever happens between two listings, what is remembered changes no digest; and a watch tells what happened."""
    with tempfile.TemporaryDirectory() as folder:
        root, known = Path(folder), {}
        for name, what, content in steps:
            path = root / f"{name}.txt"
            before = {entry.path: entry.sha256 for entry in list_files([root]).entries}
            if what == "write":
                path.write_text(content)
            elif path.exists():
                path.unlink() if what == "delete" else os.utime(path)
            plain, remembered = list_files([root]), list_files([root], known=known)
            assert plain.entries == remembered.entries
            look = changes([root], known, settle=0)
            after = {entry.path: entry.sha256 for entry in plain.entries}
            assert set(look.gone) == before.keys() - after.keys()
            assert {one.path for one in look.new} == after.keys() - before.keys()
            assert {one.path for one in look.changed} >= {path for path in before.keys() & after.keys() if before[path] != after[path]}
            known = known_of(remembered)


def test_a_file_that_is_still_written_waits_for_the_next_look(tmp_path, aged):
    fill(tmp_path, "whole.txt")
    path = tmp_path / "part.txt"
    aged(0)
    path.write_text("half")
    first = changes([tmp_path], {})
    assert [one.name for one in first.new] == ["whole.txt"] and [one.name for one in first.waiting] == ["part.txt"]
    aged(60)
    path.write_text("half and more")  # old enough, but not as it was when last looked at
    second = changes([tmp_path], {}, seen=first.seen)
    assert [one.name for one in second.waiting] == ["part.txt"]
    third = changes([tmp_path], {}, seen=second.seen)
    assert [one.name for one in third.new] == ["part.txt", "whole.txt"] and not third.waiting
    known = known_of(list_files([tmp_path], but={one.path for one in second.waiting}))
    assert list(known) == [str(tmp_path / "whole.txt")]


def test_what_went_is_told_of_these_inputs_alone(tmp_path):
    fill(tmp_path, "a/x.txt", "b/y.txt")
    known = {str(tmp_path / name): ("1", "0") for name in ("a/gone.txt", "ab/other.txt", "b/y.txt")}
    assert changes([tmp_path / "a"], known).gone == (str(tmp_path / "a" / "gone.txt"),)
    with pytest.raises(UsageError):  # a disk that is not there has lost nothing
        changes([tmp_path / "away"], known)


def test_a_file_changed_since_it_was_listed_is_not_taken_for_what_it_was(tmp_path):
    fill(tmp_path, "a.txt")
    entry, = list_files([tmp_path]).entries
    (tmp_path / "a.txt").write_text("全年预算数1000万元")
    assert "重新运行" in batch.outcome(entry).cause


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
def test_names_that_are_no_text_are_known_again(tmp_path, aged, opened_files):
    with open(os.fsencode(tmp_path) + "/报告.txt".encode("gbk"), "w") as file:
        file.write("a")
    first = list_files([tmp_path])
    place, = first.places
    assert place.key == key_of(first.entries[0].path) and place.key.encode() and place.name == "报告.txt"
    list_files([tmp_path], known=known_of(first))
    assert len(opened_files) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs limits of processes")
def test_what_may_pass_is_told_apart(tmp_path):
    """Too many open files: another try may do. A file that is gone: none will."""
    import resource

    fill(tmp_path, "a.txt", "b.txt")
    found = changes([tmp_path], {}).new
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with open(tmp_path / "b.txt") as last:
        resource.setrlimit(resource.RLIMIT_NOFILE, (last.fileno(), hard))
        try:
            (_, busy), *_ = hashed(found)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert busy.sha256 is None and busy.passing
    (tmp_path / "a.txt").unlink()
    (_, gone), (_, there) = hashed(found)
    assert gone.sha256 is None and gone.cause and not gone.passing and there.sha256
