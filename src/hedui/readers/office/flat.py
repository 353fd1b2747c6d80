"""A docx written as one XML file (flat OPC, `pkg:package`) -> the docx it stands for."""

from __future__ import annotations

import base64
import binascii
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from hedui.errors import ReadError
from hedui.readers.limits import MAX_PACKAGE_BYTES
from hedui.readers.safe_xml import Element, XMLError

__all__ = ["docx_of_flat", "is_flat"]

PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
DAMAGED = ("Word XML 单文件不完整或已损坏；请用 Word 打开后另存为 docx / "
           "a truncated or damaged Word XML file; open it in Word and save it as docx")
FORBIDDEN = "含有不允许的文档类型声明（DOCTYPE），未读；请另存为 docx / a forbidden DOCTYPE, not read; save it as docx"


def is_flat(data: bytes) -> bool:
    return PKG[1:-1].encode() in data[:4096].replace(b"\x00", b"")


def part_bytes(part: Element) -> bytes | None:
    held = part.find(f"{PKG}xmlData")
    if held is not None and len(held):
        return bytes(etree.tostring(held[0], encoding="UTF-8", xml_declaration=True))
    packed = part.findtext(f"{PKG}binaryData")
    return None if packed is None else base64.b64decode(packed)


def docx_of_flat(data: bytes, name: str) -> bytes:
    """The package in the flat file `data`. Raises ReadError where it is damaged or declares a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    made = BytesIO()
    try:
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise ReadError(name, FORBIDDEN)
        with ZipFile(made, "w", ZIP_DEFLATED) as archive:
            for part in root.findall(f"{PKG}part"):
                held = part_bytes(part)
                if held is not None and made.tell() < MAX_PACKAGE_BYTES:
                    archive.writestr((part.get(f"{PKG}name") or "").lstrip("/"), held)
    except (*XMLError, binascii.Error) as error:
        raise ReadError(name, DAMAGED) from error
    return made.getvalue()
