"""The kind of a file is told by its content, and every kind has a reader or a word for the person."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import get_args
from zipfile import ZipFile

import pytest

from hedui.errors import ReadError
from hedui.readers import kind_of, read_bytes
from hedui.readers.detect import Kind
from hedui.readers.formats import CONTAINERS, READERS, REFUSALS


def zip_of(*names: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


FILES: list[tuple[bytes, Kind]] = [
    (b"", "empty"),
    (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    (b"\n\n%PDF-1.4", "pdf"),
    (b"junk\x01\n%PDF-1.4\n1 0 obj\nendobj", "pdf"),
    ("文件以 %PDF- 开头".encode(), "text"),
    (b"BZh is not always an archive", "text"),
    (b"RIFFs and rows", "text"),
    (b"\x89PNG\r\n\x1a\n\x00", "image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
    (b"\x00\x00\x00\x18ftypmp42", "media"),
    (b"{\\rtf1\\ansi", "rtf"),
    (b"Rar!\x1a\x07\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c\x00\x04", "archive"),
    (b"BZh11AY&SY\x00", "archive"),
    (b"\x1f\x8b\x08\x00", "archive"),
    ("报告.txt".encode().ljust(257, b"\x00") + b"ustar\x0000", "archive"),
    (b"Return-Path: <a@example.cn>\r\nX-Long: " + b"x" * 9000 + b"\r\nFrom: a@example.cn\r\nSubject: x\r\n\r\nhello", "mail"),
    (b"From - Sat Jan 01 00:00:00 2022\nFrom: a@example.cn\nTo: b@example.cn\nDate: x\n\nhello", "mail"),
    (b"Date: 2022\nTo: all\n\nno letter", "text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "ole"),
    ("\ufeff<!DOCTYPE html><html>".encode(), "web"),
    ("<html><body>".encode("utf-16"), "web"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "web"),
    (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "wordxml"),
    (zip_of("[Content_Types].xml", "word/document.xml"), "docx"),
    (zip_of("[Content_Types].xml", "word\\document2.xml"), "docx"),
    (zip_of("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    (zip_of("ppt/presentation.xml"), "pptx"),
    (zip_of("OFD.xml", "Doc_0/Document.xml"), "ofd"),
    (zip_of("mimetype", "content.xml"), "odf"),
    (zip_of("报告.docx", "word/readme.txt"), "archive"),
    (zip_of("word/document.xml")[:40], "broken_zip"),
    ("一、基本情况".encode(), "text"),
    (b"# heading\n<html> is a tag\n", "text"),
    (b"The file starts with PK but is text", "text"),
]


def numbered(files):
    """Names of the cases that are the same in every process; archives hold the second at which they were made."""
    return [f"{number}-{kind}" for number, (_, kind) in enumerate(files)]


@pytest.mark.parametrize(("data", "kind"), FILES, ids=numbered(FILES))
def test_kind(data: bytes, kind: Kind) -> None:
    assert kind_of(data) == kind


def test_every_kind_is_read_or_refused_and_never_both() -> None:
    assert set(READERS) | set(REFUSALS) | CONTAINERS == set(get_args(Kind))
    assert not set(READERS) & set(REFUSALS)


REFUSED = [item for item in FILES if item[1] in REFUSALS]


@pytest.mark.parametrize(("data", "kind"), REFUSED, ids=numbered(REFUSED))
def test_refusals_name_the_file_and_stand_on_one_line(data: bytes, kind: Kind) -> None:
    with pytest.raises(ReadError) as told:
        read_bytes(data, "来件.docx")
    assert str(told.value) == f"来件.docx: {REFUSALS[kind]}"
    assert " / " in str(told.value) and "\n" not in str(told.value)


def test_a_docx_under_a_wrong_name_is_read(docx: Callable[..., bytes]) -> None:
    data = docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    assert read_bytes(data, "报告.txt").text == "甲"
