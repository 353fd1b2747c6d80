"""Word as offices still keep it, read through LibreOffice: text and tables as they were, and told by their own names."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import pytest

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.office import Source, convert_many

Maker = Callable[..., bytes]
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
WORD_2003 = ('<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>{doctype}<w:wordDocument '
             'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>执行数98万元</w:t></w:r></w:p>'
             "</w:body></w:wordDocument>")


def tables_of(document: Document) -> list[list[tuple[int, int, int, int, str]]]:
    return [[(cell.row, cell.col, cell.rows, cell.cols, document.text[slice(*cell.span)]) for cell in block.cells]
            for block in document.blocks if block.kind == "table"]


def test_a_doc_reads_as_its_docx(word97: bytes, report: bytes) -> None:
    straight, document = read_bytes(report, "a.docx"), read_bytes(word97, "年报.wps")
    assert document.text == straight.text and tables_of(document) == tables_of(straight)
    assert (document.name, document.media_type) == ("年报.wps", "application/msword")
    assert document.sha256 == hashlib.sha256(word97).hexdigest()
    assert ["LibreOffice" in issue.what for issue in document.issues] == [True]


def test_rtf_odt_and_word_xml(office: str, rtf: Maker, odf: Maker) -> None:
    rows = (("指标", "值"), ("培训", "28 场"))
    table = "".join("<table:table-row>" + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
                    + "</table:table-row>" for row in rows)
    text = odf(f'<text:p>一、情况</text:p><table:table><table:table-column table:number-columns-repeated="2"/>{table}</table:table>')
    files = {"b.rtf": rtf("一、情况", rows=rows), "b.odt": text, "b.xml": WORD_2003.format(doctype="").encode()}
    with ThreadPoolExecutor(2) as both:
        found = dict(zip(files, both.map(read_bytes, files.values(), files), strict=True))
    assert {name: document.media_type for name, document in found.items()} == {
        "b.rtf": "application/rtf", "b.odt": "application/vnd.oasis.opendocument.text", "b.xml": "application/xml"}
    assert found["b.rtf"].text == found["b.odt"].text == "一、情况\n指标\t值\n培训\t28 场"
    assert found["b.xml"].text == "执行数98万元"


def test_many_in_a_call_and_the_bad_left_out(office: str, word97: bytes, rtf: Maker) -> None:
    files = {"好": Source(data=word97, form="doc"), "截断": Source(data=word97[:3000], form="doc"),
             "冒充": Source(data="不是Word，只是文字。".encode(), form="doc"), "也好": Source(data=word97, form="doc"),
             "富文本": Source(data=rtf("一"), form="rtf"), "断": Source(data=rtf("一", "二")[:40], form="rtf")}
    assert {name: data[:2] for name, data in convert_many(files, "docx").items()} == {"好": b"PK", "也好": b"PK", "富文本": b"PK"}


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as told:
        read_bytes(data, name)
    return str(told.value)


@pytest.mark.parametrize(("how", "told"), [
    ({"encrypted": True}, "password-protected"),
    ({"kind": "presentation"}, "presentation or drawing"),
    ({"kind": "graphics", "mimetype": False}, "presentation or drawing"),
    ({"entities": '<!DOCTYPE x [<!ENTITY a "b">]>'}, "forbidden DOCTYPE"),
])
def test_open_documents_that_are_refused(odf: Maker, how: dict[str, object], told: str) -> None:
    assert told in refusal(odf("<text:p>一</text:p>", **how), "a.odt")


def test_word_xml_with_a_document_type_is_refused() -> None:
    assert "forbidden DOCTYPE" in refusal(WORD_2003.format(doctype="<!DOCTYPE a>").encode(), "a.xml")


def test_an_rtf_that_breaks_off_is_read_up_to_there(office: str, rtf: Maker) -> None:
    data = rtf("一、情况", "二、问题", rows=(("指标", "值"),))
    document = read_bytes(data[:data.index(b"\\trowd")], "a.doc")
    assert document.text == "一、情况\n二、问题"
    assert ["breaks off" in issue.what for issue in document.issues] == [False, True]


def test_ods_is_read_as_a_workbook(office: str, odf: Maker) -> None:
    cell = "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>"
                   for row in (("指标", "值"), ("培训", "28场")))
    data = odf(f'<table:table table:name="自评表">{rows}</table:table>', kind="spreadsheet")
    document = read_bytes(data, "a.ods")
    assert "指标\t值\n培训\t28场" in document.text
    assert document.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert document.sha256 == hashlib.sha256(data).hexdigest() and "LibreOffice" in document.issues[0].what


def flat_of(docx: bytes) -> bytes:
    parts = []
    with ZipFile(BytesIO(docx)) as archive:
        for path in archive.namelist():
            held = archive.read(path)
            if path.endswith("/document.xml"):
                inner = f"<pkg:xmlData>{held.decode().partition('?>')[2]}</pkg:xmlData>"
            else:
                inner = f"<pkg:binaryData>{base64.b64encode(held).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{path}">{inner}</pkg:part>')
    return (f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{PKG}">'
            f'{"".join(parts)}</pkg:package>').encode()


def test_a_flat_package_needs_no_libreoffice(report: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEDUI_SOFFICE", "/none")
    straight, data = read_bytes(report, "a.docx"), flat_of(report)
    document = read_bytes(data, "a.xml")
    assert (document.text, tables_of(document)) == (straight.text, tables_of(straight))
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert "truncated or damaged" in refusal(data[:len(data) // 2], "a.xml")
