"""Bytes -> what kind of file they are, by what stands in them and never by the name."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

__all__ = ["Kind", "kind_of"]

Kind = Literal["empty", "text", "docx", "xlsx", "pptx", "ofd", "odf", "pdf", "image", "ole", "rtf", "web", "wordxml",
               "archive", "mail", "broken_zip", "program", "media"]

ZIP = b"PK\x03\x04"
MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    *((b"BZh%d1AY&SY" % level, "archive") for level in range(1, 10)),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"SQLite format 3\x00", "program"),
    (b"OggS", "media"),
    (b"ID3\x03", "media"),
)
# what a zip holds at its top tells its kind; the first that fits counts
ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("ofd.xml", "ofd"), ("content.xml", "odf"))
RIFF_KINDS: dict[bytes, Kind] = {b"WEBP": "image", b"WAVE": "media", b"AVI ": "media"}
HEAD_BYTES = 4096
PAGE_STARTS = (b"<html", b"<!doctype html", b"<head>", b"<meta ", b"<body")
# the way of a letter through many hands, each with its signature, before its subject is told
LETTER_HEAD_BYTES = 32_768
TAR_MARK = (257, b"ustar")
# Received: from mail.example.cn · Message-ID: <1@example.cn>
FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):", re.MULTILINE)
# From - Sat Jan 01 00:00:00 2022, as mailboxes part their letters
MAILBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
SENT = frozenset({b"received", b"message-id", b"to", b"delivered-to", b"return-path", b"cc", b"x-mailer"})
WRITTEN = frozenset({b"from", b"date", b"subject", b"mime-version", b"content-type"})
# a page that a browser saved has the form of a letter, but was never sent
SAVED = re.compile(rb"^(?:From: <Saved by|Snapshot-Content-Location:)", re.IGNORECASE | re.MULTILINE)


def zip_kind(data: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = [info.filename.replace("\\", "/").lower() for info in archive.infolist()]
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken_zip"
    for start, kind in ZIP_MEMBERS:
        if any(name == start or (start.endswith("/") and name.startswith(start) and name.endswith(".xml"))
               for name in names):
            return kind
    return "archive"


def markup_kind(head: bytes) -> Kind | None:
    """The kind of a text that is markup and not meant to be read as it stands: a saved web page, Word in one XML file."""
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<?xml"):
        if b"progid=\"word.document\"" in start or b"schemas.microsoft.com/office/2006/xmlpackage" in start:
            return "wordxml"
        return "web" if b"<html" in start else None
    if start.startswith(PAGE_STARTS) or (start.startswith(b"<!--") and b"<html" in start):
        return "web"
    return "web" if is_saved_page(start) else None


def is_saved_page(start: bytes) -> bool:
    """Whether a file begins as a page saved with its parts does: header fields that tell of parts or of a page."""
    if not FIELD.match(start):
        return False
    fields = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return b"mime-version:" in fields and any(
        kind in fields for kind in (b"multipart/related", b"multipart/alternative", b"multipart/mixed", b"text/html"))


def is_tar(head: bytes) -> bool:
    """Whether a file begins as a tar of POSIX or GNU does."""
    at, mark = TAR_MARK
    return head[at:at + len(mark)] == mark


def is_mail(head: bytes) -> bool:
    """Whether a file begins as a letter does: header fields from its first line, of the sender and of the way.

    >>> is_mail(b"From: a@example.cn\\nTo: b@example.cn\\nSubject: x\\n\\nhello"), is_mail(b"To: all\\n\\nhello")
    (True, False)
    """
    letter = MAILBOX_LINE.sub(b"", head.removeprefix(b"\xef\xbb\xbf"))
    if not FIELD.match(letter):
        return False
    fields = re.split(rb"\r?\n\r?\n", letter, maxsplit=1)[0]
    names = {name.lower() for name in FIELD.findall(fields)}
    return bool(names & SENT) and len(names & WRITTEN) > 1 and not SAVED.search(fields)


def is_pdf(data: bytes) -> bool:
    """Whether `data` begins as a PDF, or has its mark among the first 1024 bytes (where readers look for it, ISO 32000-2,
    7.5.2) and its objects behind."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"endobj" in data)


def kind_of(data: bytes) -> Kind:
    """What `data` is. Whatever bears no mark of another kind is `text`, which may still prove to be binary.

    >>> kind_of(b"%PDF-1.7"), kind_of("一、基本情况".encode("gb18030"))
    ('pdf', 'text')
    """
    if not data:
        return "empty"
    if data.startswith(ZIP):
        return zip_kind(data)
    for mark, kind in MAGIC:
        if data.startswith(mark):
            return kind
    if is_pdf(data):
        return "pdf"
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] in RIFF_KINDS:
        return RIFF_KINDS[data[8:12]]
    if data.startswith(b"\x00") and data[4:8] == b"ftyp":
        return "media"
    if is_tar(data[:HEAD_BYTES]):
        return "archive"
    if is_mail(data[:LETTER_HEAD_BYTES]):
        return "mail"
    return markup_kind(data[:HEAD_BYTES]) or "text"
