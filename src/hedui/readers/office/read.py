"""Bytes of a .doc, .wps, .rtf, .odt or Word XML file -> Document: turned into a docx, which is then read.

The Document tells of the file that was given, not of the docx: its hash, its media type; and says that it was converted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.docx import read_docx
from hedui.readers.office.convert import as_docx, as_xlsx
from hedui.readers.office.flat import FORBIDDEN, docx_of_flat, is_flat
from hedui.readers.office.word97 import PROTECTED, characters_said, form_of_word
from hedui.readers.package import has, opened, part_bytes

__all__ = ["read_odf", "read_rtf", "read_word97", "read_wordxml"]

WHERE = "全文 / whole text"
CONVERTED = "由 LibreOffice 转换成 docx 后读取，版式与原件可能略有出入 / converted to docx by LibreOffice, looks may differ a little"
SHORT = ("转换后只有 {got} 字，而文件自己记有 {said} 字，可能没有读全；请用 Word 打开核对或另存为 docx / "
         "{got} characters came out where the file itself counts {said}; check it in Word or save it as docx")
CUT = "文件在中途断开，只读到断开之处；请重新取得 / the file breaks off, read up to there; fetch it again"
BROKEN_RAW = ("文件不完整或已损坏（其中的图片没有写完）；请重新取得，或另存为 docx / "
              "truncated or damaged (a picture in it is not whole); fetch it again, or save it as docx")
PRESENTATION = ("是演示文稿或图形（ODF），不读；请另存为 docx 或 PDF / "
                "a presentation or drawing (ODF), which is not read; save it as docx or PDF")
# under this share of the characters that Word counted, codes of fields and marks no longer explain what is missing
LEAST_SHARE, FROM_CHARACTERS = 0.5, 200
MANIFEST = "META-INF/manifest.xml"
ODF = "application/vnd.oasis.opendocument."
# {\rtf1 {\b 98} \} }: an escaped sign, or a group's beginning or end
RTF_GROUP = re.compile(rb"\\.|[{}]", re.DOTALL)
# \bin2048: so many bytes of a picture follow as they are
RTF_RAW = re.compile(rb"\\bin(\d{1,18})")


def of_original(document: Document, data: bytes, media_type: str, *issues: Issue) -> Document:
    pages = document.pages if document.lines else None  # of pictures; pages of print are LibreOffice's, not the file's
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, pages=pages,
                   issues=(*issues, *document.issues))


def read_converted(data: bytes, docx: bytes, name: str, media_type: str, *issues: Issue) -> Document:
    document = read_docx(docx, name)
    return of_original(document, data, media_type, Issue(where=WHERE, what=CONVERTED), *issues)


def read_word97(data: bytes, name: str) -> Document:
    """The Word document in the compound file `data` (.doc; .wps of Kingsoft, which is the same). Raises ReadError where it
    is protected, damaged, or LibreOffice is missing or cannot read it."""
    form = form_of_word(data, name)
    document = read_converted(data, as_docx(data, form, name), name, "application/msword")
    said, got = characters_said(data, name), len(document.text)
    if said >= FROM_CHARACTERS and got < said * LEAST_SHARE:
        document = replace(document, issues=(*document.issues, Issue(where=WHERE, what=SHORT.format(got=got, said=said))))
    return document


def groups_open(data: bytes) -> int:
    r"""How many groups of an RTF are not closed at its end.

    >>> groups_open(b"{\\rtf1 {a}}"), groups_open(b"{\\rtf1 {\\b 98 \\}")
    (0, 2)
    """
    depth = 0
    for found in RTF_GROUP.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == b"}":
            return 0
    return max(depth, 0)


def read_rtf(data: bytes, name: str) -> Document:
    """The RTF in `data`; one that breaks off is closed where it does and read as far as it goes. Raises ReadError where it
    claims more raw bytes than there are, for which LibreOffice would wait."""
    if any(int(claim[1]) > len(data) - claim.end() for claim in RTF_RAW.finditer(data)):
        raise ReadError(name, BROKEN_RAW)
    left = groups_open(data)
    cut = (Issue(where=WHERE, what=CUT),) if left else ()
    return read_converted(data, as_docx(data + b"}" * left, "rtf", name), name, "application/rtf", *cut)


def sound_odf(data: bytes, name: str) -> str:
    """What an OpenDocument file is by its own word (`text`, `spreadsheet`, `presentation`). Raises ReadError where it is
    protected, unpacks out of proportion or declares entities."""
    package = opened(data, name)
    with package.archive:
        manifest = part_bytes(package, MANIFEST) if has(package, MANIFEST) else b""
        if b"encryption-data" in manifest:
            raise ReadError(name, PROTECTED)
        for path in package.parts:
            if path.endswith(".xml") and b"<!ENTITY" in part_bytes(package, path).replace(b"\x00", b""):
                raise ReadError(name, FORBIDDEN, where=path)
        kind = (part_bytes(package, "mimetype") if has(package, "mimetype") else b"").decode("ascii", "replace").strip()
        said = next((mark for mark in ("spreadsheet", "presentation", "graphics", "text")
                     if f"{ODF}{mark}".encode() in manifest), "text")
    return kind.removeprefix(ODF) if kind.startswith(ODF) else said


def read_odf(data: bytes, name: str) -> Document:
    """The OpenDocument text or spreadsheet in `data`; presentations and drawings are refused."""
    kind = sound_odf(data, name)
    if kind.startswith("text"):
        return read_converted(data, as_docx(data, "odt", name), name, f"{ODF}{kind}")
    if kind.startswith("spreadsheet"):
        from hedui.readers.sheets import read_xlsx

        document = read_xlsx(as_xlsx(data, "ods", name), name)
        return of_original(document, data, f"{ODF}{kind}", Issue(where=WHERE, what=CONVERTED.replace("docx", "xlsx")))
    raise ReadError(name, PRESENTATION)


def read_wordxml(data: bytes, name: str) -> Document:
    """Word in a single XML file: a flat package is unpacked here, WordprocessingML of 2003 goes through LibreOffice."""
    if is_flat(data):
        return of_original(read_docx(docx_of_flat(data, name), name), data, "application/xml")
    if b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise ReadError(name, FORBIDDEN)
    return read_converted(data, as_docx(data, "wordxml", name), name, "application/xml")
