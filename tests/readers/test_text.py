"""Text files: line ends, places of what is broken, and what is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedui.errors import ReadError
from hedui.readers import read, read_bytes
from hedui.readers.limits import MAX_TEXT_BYTES

LINE = "全年执行数为98.5万元，执行率98.5%。"


def test_line_ends_become_one() -> None:
    document = read_bytes("甲\r\n乙\r丙\n\n丁".encode("utf-8-sig"), "a.txt")
    assert document.text == "甲\n乙\n丙\n\n丁"
    assert [document.text[slice(*block.span)] for block in document.blocks] == ["甲", "乙", "丙", "丁"]


def test_the_same_bytes_give_the_same_document() -> None:
    assert read_bytes(LINE.encode(), "a.txt") == read_bytes(LINE.encode(), "a.txt")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a", "报告.md"])
def test_the_name_decides_nothing(name: str) -> None:
    assert read_bytes(LINE.encode("gbk"), name).text == LINE


def test_a_broken_byte_is_an_issue_with_its_place() -> None:
    data = f"{LINE}\r\n{LINE}\r\n".encode()
    document = read_bytes(data + b"\xff" + data, "a.txt")
    (issue,) = document.issues
    assert issue.where == f"第 3 行，第 {len(data) + 1} 字节 / line 3, byte {len(data) + 1}"
    assert document.text.split("\n")[2] == "\ufffd" + LINE


def test_many_broken_bytes_are_summed_up() -> None:
    data = b"\xff".join([(LINE * 20).encode()] * 15)
    issues = read_bytes(data, "a.txt").issues
    assert len(issues) == 11 and "4 " in issues[-1].what


def test_single_nul_characters_are_told_and_kept() -> None:
    document = read_bytes((LINE + "\0" + LINE).encode(), "a.txt")
    assert document.text == LINE + "\0" + LINE
    assert "NUL" in document.issues[0].what


@pytest.mark.parametrize(("data", "cause"), [
    (b"", "0 bytes"),
    (b"\xef\xbb\xbf", "no words"),
    (" \r\n\t　".encode(), "no words"),
    (b"\0" * 4096, "binary"),
    (b"\x01\x02\x03\x80" * 500, "binary"),
])
def test_what_is_no_text_is_refused_in_one_line(data: bytes, cause: str) -> None:
    with pytest.raises(ReadError) as told:
        read_bytes(data, "坏.txt")
    assert str(told.value).startswith("坏.txt: ") and cause in str(told.value) and "\n" not in str(told.value)


def test_a_text_of_50_mb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ReadError, match=r"大\.txt: 文本有 50 MB.*split"):
        read_bytes(b"\xff" * 50_000_000, "大.txt")


def test_a_text_at_the_limit_is_let_in() -> None:
    line = LINE.encode() + b"\n"
    document = read_bytes(line * 2000, "a.txt")
    assert len(line * 2000) < MAX_TEXT_BYTES and len(document.blocks) == 2000


def test_files_on_disc(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_bytes(LINE.encode("utf-16"))
    assert read(tmp_path / "报告.txt").name == "报告.txt"
    assert read(str(tmp_path / "报告.txt")).text == LINE
    for missing in (tmp_path / "无.txt", tmp_path):
        with pytest.raises(ReadError, match="cannot be opened"):
            read(missing)
