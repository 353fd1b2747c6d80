"""Which files a run reads, and what they are called."""

import hashlib
import os
import sys

import pytest

from hedui import cli
from hedui.errors import UsageError
from hedui.listing import list_files
from hedui.readers import read


def fill(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return root


def names(*inputs, **options):
    return [entry.name for entry in list_files([str(one) for one in inputs], **options).entries]


def test_folders_are_walked_and_what_is_no_document_is_named(tmp_path):
    fill(tmp_path, "b.txt", "甲/a.DOCX", ".hidden.txt", "~$a.docx", "gold.json", ".git/x.txt", "报告")
    listing = list_files([tmp_path])
    assert [entry.name for entry in listing.entries] == ["b.txt", "报告", "甲/a.DOCX"]
    assert listing.passed_over == ("gold.json",)
    assert listing.entries[0].sha256 == hashlib.sha256(b"b.txt").hexdigest()


def test_all_that_can_be_read_is_listed_and_all_that_cannot_be_is_named(tmp_path):
    read = {"pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "xlsx", "xls", "et", "csv", "ofd", "html", "htm", "mht", "eml",
            "zip", "7z", "tar", "gz", "tgz", "bz2", "xz", "rtf", "odt", "md", "doc", "wps", "docx", "txt", "rar"}
    over = {"json", "svg", "exe", "mp4", "xml", "py", "db", "lnk"}
    fill(tmp_path, *(f"a.{suffix.upper()}" for suffix in read), *(f"b.{suffix}" for suffix in over))
    listing = list_files([tmp_path])
    assert {entry.name for entry in listing.entries} == {f"a.{suffix.upper()}" for suffix in read}
    assert set(listing.passed_over) == {f"b.{suffix}" for suffix in over}


def test_a_file_named_itself_is_read_whatever_it_is_called(tmp_path):
    fill(tmp_path, "a.json")
    assert names(tmp_path / "a.json") == ["a.json"]


def test_results_inside_the_input_are_left_out(tmp_path):
    fill(tmp_path, "a.txt", "out/json/a.txt")
    assert names(tmp_path, apart=tmp_path / "out") == ["a.txt"]


def test_each_file_once_however_often_it_is_named(tmp_path):
    fill(tmp_path, "x/a.txt")
    assert names(tmp_path / "x", tmp_path / "x" / "a.txt", tmp_path / "x") == ["a.txt"]


def test_one_name_in_two_folders(tmp_path):
    fill(tmp_path, "2022/a.txt", "2023/a.txt", "2023/b.txt", "x/2022/a.txt")
    assert names(tmp_path / "2022", tmp_path / "2023") == ["2022/a.txt", "2023/a.txt", "b.txt"]
    three = names(tmp_path / "2022", tmp_path / "2023", tmp_path / "x" / "2022")
    assert len(set(three)) == 4


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_to_nowhere_and_a_missing_input(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        list_files([tmp_path / "nowhere"])
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert list_files([tmp_path]).entries == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
def test_names_that_are_gbk_are_spelled(tmp_path, capsys):
    os.makedirs(os.fsencode(tmp_path) + "/某县".encode("gbk"))
    path = os.fsdecode(os.fsencode(tmp_path) + "/某县/报告.txt".encode("gbk"))
    with open(path, "w", encoding="utf-8") as file:
        file.write("全年预算数1000万元，全年执行数950万元，执行率95%。")
    entry, = list_files([tmp_path]).entries
    assert entry.name == "某县/报告.txt" and entry.path == path and read(path).name == "报告.txt"
    assert cli.main(["extract", path, "-o", str(tmp_path / "a.json")]) == 0
    assert '"报告.txt"' in (tmp_path / "a.json").read_text(encoding="utf-8")
