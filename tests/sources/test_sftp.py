"""Folders of a real SFTP server, whose key is checked."""

import os
import sys

import pytest

from hedui import batch
from hedui.errors import PassingError, ReadError, UsageError
from hedui.listing import list_files
from hedui.sources import changes, find, key_of, local_copy

OLD = 1_600_000_000


def put(server, files, *, at=OLD):
    for name, content in files.items():
        path = server.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        os.utime(path, at and (at, at))


def names(*inputs, **options):
    return [entry.name for entry in list_files(inputs, **options).entries]


def test_a_folder_is_listed_and_read(sftp):
    put(sftp, {"年报/2023/青岚县.txt": "报告", "年报/a?b#c.txt": "b", "年报/c.json": "{}", "年报/.x/d.txt": "d", "别的/e.txt": "e"})
    listing = list_files([f"{sftp.url}/年报"])
    assert [entry.name for entry in listing.entries] == ["2023/青岚县.txt", "a?b#c.txt"] and listing.passed_over == ("c.json",)
    assert [batch.opened(entry).text for entry in listing.entries] == ["报告", "b"]
    assert names(f"{sftp.url}/年报/c.json") == ["c.json"]
    assert names(f"{sftp.url}/") == ["别的/e.txt", "年报/2023/青岚县.txt", "年报/a?b#c.txt"]


def test_what_is_known_is_not_fetched_again(sftp):
    """Times of a server have whole seconds and a clock of their own: young ones are not trusted."""
    put(sftp, {"a.txt": "a", "b.txt": "b"})
    put(sftp, {"young.txt": "c"}, at=None)
    first = list_files([f"{sftp.url}/"])
    assert {place.name: bool(place.stamp) for place in first.places} == {"a.txt": True, "b.txt": True, "young.txt": False}
    known = {place.key: (place.stamp, place.sha256) for place in first.places}
    put(sftp, {"b.txt": "longer"})
    second = list_files([f"{sftp.url}/"], known=known)
    assert [place.was_known for place in second.places] == [True, False, False]


def test_links(sftp):
    """Links to files are followed; of a link to a folder we are told, so that none is walked without end."""
    put(sftp, {"a/b.txt": "b"})
    (sftp.folder / "a" / "c.txt").symlink_to("b.txt")
    (sftp.folder / "a" / "loop").symlink_to(".")
    (sftp.folder / "a" / "endless.txt").symlink_to("/dev/zero")
    (sftp.folder / "a" / "nowhere.txt").symlink_to("gone")
    entries = {entry.name: entry for entry in list_files([f"{sftp.url}/"]).entries}
    assert {name for name, entry in entries.items() if entry.sha256} == {"a/b.txt", "a/c.txt"}
    assert "链接" in entries["a/loop"].cause and "链接" in entries["a/endless.txt"].cause and "no such file" in entries["a/nowhere.txt"].cause


def test_a_link_of_the_server_is_never_made_anew_here(sftp):
    """It might lead to a file of this machine."""
    put(sftp, {"a.txt": "theirs"})
    (sftp.folder / "b.txt").symlink_to("a.txt")
    with local_copy(f"{sftp.url}/b.txt") as copy:
        assert not copy.is_symlink() and copy.read_text() == "theirs"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
def test_names_that_are_gbk(sftp):
    folder = os.fsencode(sftp.folder) + b"/" + "某县".encode("gbk")
    os.makedirs(folder)
    with open(folder + b"/" + "报告.txt".encode("gbk"), "w", encoding="utf-8") as file:
        file.write("报告")
    listing = list_files([f"{sftp.url}/"])
    entry, = listing.entries
    assert entry.name == "某县/报告.txt" and batch.opened(entry).text == "报告"
    assert listing.places[0].key == key_of(entry.path) and listing.places[0].key.isprintable()


def test_a_server_nobody_knows_is_refused(sftp):
    put(sftp, {"a.txt": "a"})
    (sftp.folder.parent / "home" / ".ssh" / "known_hosts").write_text("")
    with pytest.raises(UsageError, match="known_hosts"):
        names(f"{sftp.url}/")


def test_who_has_no_key_is_refused(sftp):
    (sftp.folder.parent / "home" / ".ssh" / "id_ed25519").unlink()
    with pytest.raises(UsageError, match="not permitted"):
        names(f"{sftp.url}/")


def test_what_is_not_there(sftp):
    with pytest.raises(UsageError, match="no such file") as told:
        names(f"{sftp.url}/gone")
    assert "auditor" not in str(told.value)


def test_a_server_that_goes_away_and_comes_back(sftp):
    put(sftp, {"a.txt": "a"})
    entry, = list_files([f"{sftp.url}/"]).entries
    sftp.stop()
    with pytest.raises(PassingError, match="稍后"):
        batch.opened(entry)
    with pytest.raises(PassingError):
        names(f"{sftp.url}/")
    sftp.start()
    assert batch.opened(entry).text == "a"


def test_too_large_is_refused_while_it_is_fetched(sftp, monkeypatch):
    put(sftp, {"a.txt": "x" * 300_000})
    monkeypatch.setattr("hedui.sources.copies.MAX_FILE_BYTES", 100_000)
    with pytest.raises(ReadError, match="拆") as told, local_copy(f"{sftp.url}/a.txt"):
        pass
    assert not isinstance(told.value, PassingError)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a file without end")
def test_a_server_that_says_a_file_is_small_is_not_believed(sftp, monkeypatch):
    (sftp.folder / "a.txt").symlink_to("/dev/zero")
    monkeypatch.setattr("hedui.sources.copies.MAX_FILE_BYTES", 10_000_000)
    with pytest.raises(ReadError, match="拆"), local_copy(f"{sftp.url}/a.txt"):
        pass


def test_a_file_that_is_still_written_waits(sftp):
    put(sftp, {"a.txt": "half"}, at=None)
    look = changes([f"{sftp.url}/"], {})
    assert [one.name for one in look.waiting] == ["a.txt"] and look.new == ()
    put(sftp, {"a.txt": "half and more"})
    assert [one.name for one in changes([f"{sftp.url}/"], {}, seen=look.seen).waiting] == ["a.txt"]
    look = changes([f"{sftp.url}/"], {}, seen=changes([f"{sftp.url}/"], {}).seen)
    assert [one.name for one in look.new] == ["a.txt"]
    assert len(list(find([f"{sftp.url}/"]))) == 1
