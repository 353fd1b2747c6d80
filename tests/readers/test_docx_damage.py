"""Damaged, protected and hostile docx: one clear line, or an issue and the rest."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import msoffcrypto.format.ooxml
import pytest

from hedui.errors import ReadError
from hedui.readers import limits, read_bytes

Docx = Callable[..., bytes]
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
HEAD = '<?xml version="1.0"?>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as told:
        read_bytes(data, "坏.docx")
    line = str(told.value)
    assert line.startswith("坏.docx") and " / " in line and "\n" not in line
    return line


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_docx_is_refused(docx: Docx, tenth: int) -> None:
    data = docx("".join(P.format(f"第{n}段，执行率{n}%。") for n in range(300)), footnotes="", styles="")
    assert "truncated" in refusal(data[:len(data) * tenth // 10])


def test_a_docx_with_a_flipped_byte_in_its_body_is_refused_with_its_place(docx: Docx) -> None:
    data = bytearray(docx("".join(P.format(f"第{n}段") for n in range(300))))
    at = data.index(b"word/document.xml") + 200
    data[at] ^= 0xFF
    assert "(word/document.xml)" in refusal(bytes(data))


def test_a_password_protected_docx_is_refused(docx: Docx) -> None:
    locked = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(docx(P.format("甲")))).encrypt("secret", locked)
    data = locked.getvalue()
    assert "有密码保护" in refusal(data) and "password-protected" in refusal(data)
    assert "OLE" in refusal(data[:600])


def test_a_zip_password_is_told(docx: Docx) -> None:
    data = bytearray(docx(P.format("甲")))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert "password-protected" in refusal(bytes(data))


@pytest.mark.parametrize(("body", "told"), [
    (f"{HEAD}<w:document {W}><w:body><w:p>", "damaged part"),
    (f"{HEAD}<w:document {W}/>", "not a Word body"),
    ("", "damaged part"),
    ("一二三", "damaged part"),
    (f"{HEAD}<w:document {W}><w:body>{'<w:sdt><w:sdtContent>' * 300}", "damaged part"),
])
def test_a_body_that_cannot_be_read_is_refused_with_its_place(docx: Docx, body: str, told: str) -> None:
    line = refusal(docx("", raw={"word/document.xml": body}))
    assert "word/document.xml" in line and told in line


def test_a_package_without_a_body_is_refused() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/styles.xml", "<x/>")
    assert "is missing" in refusal(buffer.getvalue())


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes", "settings"])
@pytest.mark.parametrize("content", [b"", b"<w:x", b"\x00\xff", b"<!DOCTYPE x><x/>"])
def test_a_damaged_part_beside_the_body_is_an_issue(docx: Docx, part: str, content: bytes) -> None:
    body = P.format("甲</w:t><w:footnoteReference w:id='1'/><w:t>")
    document = read_bytes(docx(body, **{part: ""}, raw={f"word/{part}.xml": content}), "a.docx")
    assert document.text == "甲"
    assert [issue.where for issue in document.issues] == [f"word/{part}.xml"]


def test_damaged_relationships_are_an_issue_and_usual_names_are_tried(docx: Docx) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    body = '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    document = read_bytes(docx(body, styles=styles, raw={"word/_rels/document.xml.rels": "<x", "_rels/.rels": "<x"}), "a.docx")
    assert [issue.where for issue in document.issues] == ["word/_rels/document.xml.rels"]
    assert document.blocks[0].level == 1


def test_a_missing_part_that_is_referred_to_is_an_issue(docx: Docx) -> None:
    document = read_bytes(docx(P.format("甲"), related={"s": ("styles", "elsewhere.xml")}), "a.docx")
    assert document.issues[0].where == "word/elsewhere.xml" and "missing" in document.issues[0].what


BOMB = '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)) + "]>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(docx: Docx, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}<w:document {W}><w:body>{P.format("&j;")}</w:body></w:document>'
    tracemalloc.start()
    line = refusal(docx("", raw={"word/document.xml": xml.encode(encoding)}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "DOCTYPE" in line and peak < 5_000_000


def test_files_and_addresses_are_never_opened(docx: Docx, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", "utf-8")
    for system in (f"file://{tmp_path}/secret.txt", "http://127.0.0.1:9/x"):
        xml = (f'{HEAD}<!DOCTYPE w:document [<!ENTITY x SYSTEM "{system}">]>'
               f'<w:document {W}><w:body>{P.format("&x;")}</w:body></w:document>')
        assert "DOCTYPE" in refusal(docx("", raw={"word/document.xml": xml}))


def test_a_utf16_part_is_read(docx: Docx) -> None:
    xml = f'<?xml version="1.0" encoding="UTF-16"?><w:document {W}><w:body>{P.format("甲")}</w:body></w:document>'
    assert read_bytes(docx("", raw={"word/document.xml": xml.encode("utf-16")}), "a.docx").text == "甲"


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(30):
            part.write(b" " * 1_000_000)
    data = buffer.getvalue()
    tracemalloc.start()
    line = refusal(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "zip bomb" in line and peak < 5_000_000


def test_parts_over_the_limits_are_refused(docx: Docx, monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(P.format("甲" * 2000), styles="", footnotes="")
    package = "hedui.readers.package"
    for limit in ("MAX_PART_BYTES", "MAX_PACKAGE_BYTES", "MAX_ENTRIES"):
        assert read_bytes(data, "a.docx").text
        with monkeypatch.context() as tight:
            tight.setattr(f"{package}.{limit}", 3)
            assert "unreasonable size" in refusal(data)
    assert limits.MAX_PART_BYTES < limits.MAX_PACKAGE_BYTES


@pytest.mark.parametrize(("body", "told"), [("", "nothing in it"), ("<w:p/>", "nothing in it")])
def test_a_docx_without_a_word_is_refused(docx: Docx, body: str, told: str) -> None:
    assert told in refusal(docx(body))


def test_a_docx_of_scans_is_refused_and_told_so(docx: Docx) -> None:
    assert "pictures only" in refusal(docx("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>"))
