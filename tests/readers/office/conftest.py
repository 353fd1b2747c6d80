"""Files of older programs, built as code: compound files, RTF, OpenDocument; and .doc made by LibreOffice where it is there."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from hedui.readers.office.program import run, soffice

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SPACES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table", "manifest")} | {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "xlink": "http://www.w3.org/1999/xlink",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
TC = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{}</w:tcPr>' + P + "</w:tc>"
TABLE = ('<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
         + "<w:tr>" + TC.format("", "指标") + TC.format('<w:gridSpan w:val="2"/>', "值") + "</w:tr>"
         + "<w:tr>" + TC.format('<w:vMerge w:val="restart"/>', "数量") + TC.format("", "计划 12 个") + TC.format("", "12 个") + "</w:tr>"
         + "<w:tr>" + TC.format('<w:vMerge/>', "") + TC.format("", "计划 30 场") + TC.format("", "28 场") + "</w:tr></w:tbl>")
REPORT = P.format("一、基本情况") + P.format("全年预算数120.5万元，执行数98.25万元，执行率81.54%。") + TABLE + P.format("二、存在问题")


def entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child) + bytes(36)
            + struct.pack("<IQ", start, size))


def make_compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB], version 3) of streams, each filled up with zeros beyond the size of a mini stream."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    fat, data, at, places = [FAT, END], b"", 2, []
    for body in bodies.values():
        sectors = -(-len(body) // SECTOR)
        places.append(at)
        fat += [*range(at + 1, at + sectors), END]
        data += body.ljust(sectors * SECTOR, b"\0")
        at += sectors
    listed = [entry(name, 2, place, len(body), right=index + 2 if index + 1 < len(bodies) else FREE)
              for index, ((name, body), place) in enumerate(zip(bodies.items(), places, strict=True))]
    directory = b"".join([entry("Root Entry", 5, END, 0, child=1), *listed]).ljust(SECTOR, b"\0")
    assert len(fat) <= 128 and len(directory) == SECTOR
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108))
    return head + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))) + directory + data


def make_odf(body: str, *, kind: str = "text", mimetype: bool = True, entities: str = "", encrypted: bool = False) -> bytes:
    """An OpenDocument file whose office:text (office:spreadsheet, …) holds `body`."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    locked = "<manifest:encryption-data/>" if encrypted else ""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", media)
        archive.writestr("content.xml", f'<?xml version="1.0"?>{entities}<office:document-content {XMLNS} '
                         f'office:version="1.2"><office:body><office:{kind}>{body}</office:{kind}></office:body>'
                         "</office:document-content>")
        archive.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?><manifest:manifest {XMLNS} manifest:version="1.2">'
                         f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/><manifest:file-entry '
                         f'manifest:full-path="content.xml" manifest:media-type="text/xml">{locked}</manifest:file-entry>'
                         "</manifest:manifest>")
    return buffer.getvalue()


def make_rtf(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    def said(text: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)

    body = "".join(f"\\pard {said(text)}\\par\n" for text in paragraphs)
    for row in rows:
        edges = "".join(f"\\cellx{2000 * (at + 1)}" for at in range(len(row)))
        body += f"\\trowd{edges}" + "".join(f"\\pard\\intbl {said(text)}\\cell" for text in row) + "\\row\n"
    return ("{\\rtf1\\ansi\\uc1\n" + body + "\\pard\\par}").encode("ascii")


@pytest.fixture(scope="session")
def compound() -> Callable[[Mapping[str, bytes]], bytes]:
    return make_compound


@pytest.fixture(scope="session")
def odf() -> Callable[..., bytes]:
    return make_odf


@pytest.fixture(scope="session")
def rtf() -> Callable[..., bytes]:
    return make_rtf


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice; a test that asks for it is skipped where it is not installed."""
    found = soffice()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def report(docx: Callable[..., bytes]) -> bytes:
    """A small report as docx: two headings, a paragraph, a table with merged cells."""
    return docx(REPORT)


@pytest.fixture(scope="session")
def word97(office: str, report: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """`report` as .doc."""
    folder: Path = tmp_path_factory.mktemp("word97")
    (folder / "a.docx").write_bytes(report)
    run(office, ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(folder / "a.docx")], folder=folder,
        done=lambda: 0)
    return (folder / "a.doc").read_bytes()
