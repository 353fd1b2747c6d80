"""A first run fetches each file once, and leaves no copies."""

from collections import Counter
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from hedui.bulk.intake import Request
from hedui.bulk.running import run
from hedui.errors import ReadError
from hedui.sources import local_copy
from hedui.sources.stock import Stock, clear, in_stock, stock_in

REPORT = "青岚县2021年农村供水工程补助资金绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率95%。"


def files():
    with BytesIO() as buffer:
        with ZipFile(buffer, "w") as archive:
            for name in ("东乡/报告.txt", "西乡/报告.txt"):
                archive.writestr(name, REPORT + name)
        return {"in/县.zip": buffer.getvalue(), "in/a.txt": REPORT.encode(), "in/b.txt": f"{REPORT}二".encode(), "in/坏.docx": b"PK\x03\x04 cut"}


def laid(folder, held):
    for name, content in held.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture
def on_s3(s3, monkeypatch):
    from moto.s3.responses import S3Response

    fetched, get = [], S3Response.get_object

    def counted(self):
        fetched.append(self.parse_key_name())
        return get(self)

    monkeypatch.setattr(S3Response, "get_object", counted)
    s3.put(files())
    return f"{s3.url}/in", fetched


@pytest.fixture
def on_sftp(sftp, monkeypatch):
    import asyncssh

    fetched, open_ = [], asyncssh.SFTPServer.open

    def counted(self, path, *given):
        fetched.append(path.decode().lstrip("/"))
        return open_(self, path, *given)

    monkeypatch.setattr(asyncssh.SFTPServer, "open", counted)
    laid(sftp.folder, files())
    return f"{sftp.url}/in", fetched


@pytest.fixture(params=["on_s3", "on_sftp"])
def server(request):
    return request.getfixturevalue(request.param)


def test_a_first_run_fetches_each_file_once(server, read_here, tmp_path):
    url, fetched = server
    request = Request(inputs=(url,), out=str(tmp_path / "out"))
    summary = run(request)
    states = {line.name: line.state for line in summary.lines}
    assert states == {"a.txt": "read", "b.txt": "read", "县.zip!/东乡/报告.txt": "read", "县.zip!/西乡/报告.txt": "read", "坏.docx": "failed"}
    assert Counter(fetched) == dict.fromkeys(files(), 1)
    assert not stock_in(request.out).exists()


def test_beyond_its_room_files_are_fetched_again(on_s3, read_here, tmp_path, monkeypatch):
    monkeypatch.setattr("hedui.sources.stock.MOST_BYTES", len(files()["in/a.txt"]))
    url, fetched = on_s3
    summary = run(Request(inputs=(url,), out=str(tmp_path / "out")))
    assert {line.name for line in summary.failed} == {"坏.docx"} and Counter(fetched)["in/b.txt"] + Counter(fetched)["in/a.txt"] > 2


def test_what_changed_since_is_another_file(tmp_path):
    """A copy stands for one content; what is fetched anew takes its place."""
    stock, url, found = Stock(tmp_path / "stock"), "s3://b/a.txt", tmp_path / "copy"
    for content, sha256 in ((b"one", "1" * 64), (b"other", "2" * 64)):
        found.write_bytes(content)
        stock.keep(url, sha256, found)
    assert in_stock(stock.folder, url, "1" * 64) is None
    assert in_stock(stock.folder, url, None).read_bytes() == in_stock(stock.folder, url, "2" * 64).read_bytes() == b"other"
    assert in_stock(stock.folder, "s3://b/b.txt", None) is None
    clear(stock.folder)
    assert in_stock(stock.folder, url, None) is None and not stock.folder.exists()


def test_a_copy_that_was_tampered_with_is_refused(tmp_path):
    stock, found = Stock(tmp_path / "stock"), tmp_path / "copy"
    found.write_bytes(b"one")
    stock.keep("s3://b/a.txt", "1" * 64, found)
    with pytest.raises(ReadError, match="重新运行"), local_copy("s3://b/a.txt", sha256="1" * 64, stock=stock.folder):
        pass


@pytest.mark.parametrize("room", [0, 5])
def test_a_stock_without_room_keeps_nothing(tmp_path, monkeypatch, room):
    monkeypatch.setattr("hedui.sources.stock.MOST_BYTES", room)
    stock, found = Stock(tmp_path / "stock"), tmp_path / "copy"
    found.write_bytes(b"123456")
    stock.keep("s3://b/a.txt", "1" * 64, found)
    assert in_stock(stock.folder, "s3://b/a.txt", None) is None


def test_a_stock_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "stock").write_text("a file", encoding="utf-8")
    found = tmp_path / "copy"
    found.write_bytes(b"1")
    Stock(tmp_path / "stock").keep("s3://b/a.txt", "1" * 64, found)
    assert in_stock(tmp_path / "stock", "s3://b/a.txt", None) is None


def test_copies_that_another_run_takes_away_meanwhile_are_no_defect(tmp_path, monkeypatch):
    (tmp_path / "stock" / "place").mkdir(parents=True)
    monkeypatch.setattr("pathlib.Path.rglob", lambda self, pattern: iter([SimpleNamespace(is_file=lambda: True, stat=(tmp_path / "gone").stat)]))
    found = tmp_path / "copy"
    found.write_bytes(b"1")
    stock = Stock(tmp_path / "stock")
    stock.keep("s3://b/a.txt", "1" * 64, found)
    assert in_stock(stock.folder, "s3://b/a.txt", "1" * 64)
