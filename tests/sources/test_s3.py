"""Buckets of a real S3 server: what is listed, fetched, watched and refused."""

import hashlib
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from hedui import batch
from hedui.cases import cased, read_case
from hedui.errors import PassingError, ReadError, UsageError
from hedui.listing import list_files
from hedui.sources import changes, find, local_copy, sink

REPORT = "青岚县2021年农村供水工程补助资金绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率95%。"


def sha256(content):
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def zipped(files):
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content)
        return buffer.getvalue()


def known_of(listing):
    return {place.key: (place.stamp, place.sha256) for place in listing.places}


def calls_to(monkeypatch):
    """What the bucket is asked, call by call."""
    from s3fs import S3FileSystem

    asked, call = [], S3FileSystem._call_s3

    async def counted(self, method, *args, **options):
        asked.append(method)
        return await call(self, method, *args, **options)

    monkeypatch.setattr(S3FileSystem, "_call_s3", counted)
    return asked


def test_a_prefix_is_listed_and_read(s3):
    s3.put({"2023/青岚县/报告.txt": REPORT, "2023/b.txt": "b", "2023/c.json": "{}", "2024/d.txt": "d", "20234.txt": "e"})
    listing = list_files([f"{s3.url}/2023"])
    assert [(entry.name, entry.sha256) for entry in listing.entries] == [("b.txt", sha256("b")), ("青岚县/报告.txt", sha256(REPORT))]
    assert listing.passed_over == ("c.json",)
    document = batch.opened(listing.entries[1])
    assert (document.name, document.sha256, document.text) == ("青岚县/报告.txt", sha256(REPORT), REPORT)


@pytest.mark.parametrize("given", ["2023", "2023/", "/2023"])
def test_the_same_prefix_however_it_is_written(s3, given):
    s3.put({"2023/a.txt": "a"})
    assert [entry.name for entry in list_files([f"{s3.url}/{given}"]).entries] == ["a.txt"]


def test_one_object_is_read_whatever_it_is_called(s3):
    s3.put({"2023/a.json": "a"})
    entry, = list_files([f"{s3.url}/2023/a.json"]).entries
    assert (entry.name, entry.path) == ("a.json", f"{s3.url}/2023/a.json")


def test_odd_keys(s3):
    """Keys that end in / stand for folders; empty objects are files; doubled slashes name one folder; .. leads nowhere."""
    s3.put({"in/folder/": "", "in/empty.txt": "", "in//twice.txt": "1", "in/../../etc/passwd.txt": "2", "in/.hidden/a.txt": "3",
            "in/~$lock.docx": "4", "in/new\nline.txt": "5", "in/a?b#c%20.txt": "6", "in/空 格+.txt": "7"})
    entries = {entry.name: entry for entry in list_files([f"{s3.url}/in/"]).entries}
    refused = {name for name, entry in entries.items() if entry.cause and "改名" in entry.cause and entry.sha256 is None}
    assert refused == {"../../etc/passwd.txt", "new\nline.txt"}
    assert {name: entry.sha256 for name, entry in entries.items() if name not in refused} == {
        "empty.txt": sha256(""), "twice.txt": sha256("1"), "a?b#c%20.txt": sha256("6"), "空 格+.txt": sha256("7")}
    assert "空" in batch.outcome(entries["empty.txt"]).cause


def test_a_thousand_keys_are_one_call(s3, monkeypatch):
    s3.put({f"in/{number:05}.txt": b"" for number in range(2_500)})
    asked = calls_to(monkeypatch)
    assert len(list(find([f"{s3.url}/in"]))) == 2_500
    assert asked == ["list_objects_v2"] * 3


def test_what_is_known_is_not_fetched_again(s3, monkeypatch):
    s3.put({"in/a.txt": "a", "in/b.txt": "b"})
    first = list_files([f"{s3.url}/in"])
    assert all(place.stamp and not place.was_known for place in first.places)
    s3.put({"in/b.txt": "c"})
    asked = calls_to(monkeypatch)
    second = list_files([f"{s3.url}/in"], known=known_of(first))
    assert [(place.sha256, place.was_known) for place in second.places] == [(sha256("a"), True), (sha256("c"), False)]
    assert asked.count("get_object") == 1


def test_archives_and_cases_of_a_bucket(s3):
    s3.put({"in/县.zip": zipped({"乡/报告.txt": REPORT, "乡/x.exe": "no"})})
    listing = cased(list_files([f"{s3.url}/in"]))
    entry, = listing.entries
    assert entry.name == "县.zip!/乡/报告.txt" and entry.parts[0].path == f"{s3.url}/in/县.zip" and listing.passed_over
    assert len(listing.places) == 1
    assert read_case(entry).text == REPORT
    s3.put({"in/县.zip": zipped({"乡/报告.txt": f"{REPORT}又一句。"})})
    assert "重新运行" in batch.outcome(entry).cause


def test_an_object_that_changed_since_it_was_listed_is_not_taken_for_what_it_was(s3):
    s3.put({"in/a.txt": REPORT})
    entry, = list_files([f"{s3.url}/in"]).entries
    s3.put({"in/a.txt": REPORT + "又"})
    done = batch.outcome(entry)
    assert "重新运行" in done.cause and not done.passing
    s3.delete("in/a.txt")
    done = batch.outcome(entry)
    assert "no such file" in done.cause and not done.passing


def test_too_large_is_refused_while_it_is_fetched(s3, monkeypatch):
    s3.put({"in/a.txt": b"x" * 300_000})
    monkeypatch.setattr("hedui.sources.copies.MAX_FILE_BYTES", 100_000)
    entry, = list_files([f"{s3.url}/in"]).entries
    assert entry.sha256 is None and "拆" in entry.cause and not entry.passing


def test_copies_are_gone_afterwards(s3, tmp_path, monkeypatch):
    s3.put({"in/a.txt": "a", "in/b.txt": "b"})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with local_copy(f"{s3.url}/in/a.txt", sha256=sha256("a")) as copy:
        assert copy.read_bytes() == b"a" and copy.is_relative_to(tmp_path)
    with pytest.raises(ReadError), local_copy(f"{s3.url}/in/a.txt", sha256=sha256("b")):
        pass
    with pytest.raises(ZeroDivisionError), local_copy(f"{s3.url}/in/b.txt"):
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there(s3):
    for url in (f"{s3.url}/nothing/", f"{s3.url}-gone/in", f"{s3.url}"):
        with pytest.raises(UsageError, match="no such file"):
            list_files([url])


def test_a_server_that_is_away_may_come_back(s3, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("s3fs.core.S3FileSystem.retries", 1)
    with pytest.raises(PassingError) as told:
        list_files([f"{s3.url}/in"])
    assert s3.url in str(told.value) and "稍后" in str(told.value)


def test_who_may_not_is_told_so_and_nothing_secret(s3, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(UsageError, match="AWS_ACCESS_KEY_ID") as told:
        list_files([f"{s3.url}/in"])
    assert not isinstance(told.value, PassingError) and "topsecret" not in str(told.value)


def test_a_bucket_is_watched(s3):
    """Objects appear whole: none waits."""
    url = f"{s3.url}/in"
    assert not changes([url], {})
    s3.put({"in/a.txt": "a", "in/b.txt": "b"})
    look = changes([url], {})
    assert [one.name for one in look.new] == ["a.txt", "b.txt"] and not look.waiting
    known = known_of(list_files([url]))
    assert not changes([url], known, seen=look.seen)
    s3.put({"in/b.txt": "c"})
    s3.delete("in/a.txt")
    look = changes([url], known)
    assert [one.name for one in look.changed] == ["b.txt"] and look.gone == (f"{url}/a.txt",) and look.new == ()


def test_results_are_written_to_a_bucket_or_a_folder(s3, tmp_path):
    for place in (f"{s3.url}/lake", tmp_path / "lake"):
        fs, base = sink(place)
        fs.makedirs(base, exist_ok=True)
        fs.pipe_file(f"{base}/year=2023/a.parquet", b"PAR1")
        assert fs.cat_file(f"{base}/year=2023/a.parquet") == b"PAR1"
    assert (tmp_path / "lake" / "year=2023" / "a.parquet").exists()
    assert [entry.name for entry in find([f"{s3.url}"], apart=f"{s3.url}/lake", may_be_empty=True)] == []


def test_what_is_not_installed_is_named(s3, monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(UsageError, match=r"hedui\[cloud\]"):
        list_files([f"{s3.url}/in"])
