"""Listings of a web server, which are read only where that is allowed."""

import pytest

from hedui import batch
from hedui.errors import PassingError, ReadError, UsageError
from hedui.listing import list_files
from hedui.sources import local_copy


def put(served, **files):
    for name, content in files.items():
        path = served.folder / name.replace("__", "/").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_the_web_is_not_read_unless_allowed(served):
    put(served, a_txt="a")
    with pytest.raises(UsageError, match="--web"):
        list_files([served.url])
    assert served.asked == []


def test_a_listing_is_walked_and_read(served):
    put(served, 年报__青岚县_txt="报告", b_txt="b", c="c")
    (served.folder / "d.json").write_text("{}")
    listing = list_files([served.url], web=True)
    assert [entry.name for entry in listing.entries] == ["b.txt", "c", "年报/青岚县.txt"] and listing.passed_over == ("d.json",)
    assert batch.opened(listing.entries[2]).text == "报告"
    assert [entry.name for entry in list_files([f"{served.url}d.json"], web=True).entries] == ["d.json"]


def test_links_that_lead_elsewhere_are_not_followed(served):
    """Nor those with a query, which sort a listing or carry a signature."""
    put(served, in__a_txt="a", in__sub__b_txt="b", out_txt="no")
    served.faults["/in/"] = (f'<a href="a.txt">a</a> <a href="sub/">b</a> <a href="/out.txt">c</a> <a href="../out.txt">d</a> '
                             f'<a href="?C=M;O=A">e</a> <a href="a.txt?sig=1">f</a> <a href="http://127.0.0.1:9/in/x.txt">g</a> '
                             f'<a href="{served.url}in/">h</a> <a href="#top">i</a>').encode()
    entries = list_files([f"{served.url}in/"], web=True).entries
    assert [entry.name for entry in entries if entry.cause is None] == ["a.txt", "sub/b.txt"]
    assert not any("out.txt" in path for _, path in served.asked)


def test_a_listing_that_never_ends_is_left(served):
    for depth in range(40):
        served.faults["/in/" + "x/" * depth] = b'<a href="x/">deeper</a>'
    entries = list_files([f"{served.url}in/"], web=True).entries
    assert len(entries) == 1 and "层" in entries[0].cause and len(served.asked) < 40


@pytest.mark.parametrize("fault, passing", [(503, True), (429, True), (500, True), (403, False), (404, False), (410, False), ("cut", True)])
def test_what_may_pass_is_told_apart(served, fault, passing):
    put(served, a_txt="a")
    served.faults["/a.txt"] = fault
    with pytest.raises(ReadError) as told, local_copy(f"{served.url}a.txt"):
        pass
    assert isinstance(told.value, PassingError) == passing and ("稍后" in str(told.value)) == passing
    entry, = list_files([served.url], web=True).entries
    assert entry.sha256 is None and entry.cause and entry.passing == passing
    served.faults.clear()
    assert list_files([served.url], web=True).entries[0].sha256


def test_a_folder_that_cannot_be_listed_loses_nothing_else(served):
    put(served, a_txt="a", sub__b_txt="b")
    served.faults["/sub/"] = 403
    entries = list_files([served.url], web=True).entries
    assert [(entry.name, entry.sha256 is None) for entry in entries] == [("a.txt", False), ("sub", True)]


def test_a_file_whose_size_is_not_told_is_stopped_at_the_limit(served, monkeypatch):
    served.faults["/a.txt"] = b"x" * 300_000
    monkeypatch.setattr("hedui.sources.copies.MAX_FILE_BYTES", 100_000)
    with pytest.raises(ReadError, match="拆"), local_copy(f"{served.url}a.txt"):
        pass


@pytest.mark.parametrize("url", ["http://user:secret@127.0.0.1:{}/", "http://127.0.0.1:{}/a.txt?signature=secret", "s3://key:secret@bucket/a",
                                 "sftp://auditor:secret@127.0.0.1/a", "ftp://secret@127.0.0.1/", "s3:///secret", "http://:80/"])
def test_addresses_that_hold_secrets_or_are_none(served, url):
    with pytest.raises(UsageError) as told:
        list_files([url.format(served.url.split(":")[2].strip("/"))], web=True)
    assert "secret" not in str(told.value).replace("s3:///secret", "") and served.asked == []
