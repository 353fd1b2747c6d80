"""Files to read, built as code: a docx from raw WordprocessingML, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    NAMES["r"]: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    NAMES["m"]: "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties":
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
}
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
  ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
         "endnotes": "endnotes", "comments": "comments", "settings": "settings"}


def part_of(root: str, content: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {spaces}>{content}</w:{root}>'


def relations_of(items: Mapping[str, tuple[str, str]]) -> str:
    """The .rels of {id: (kind, target)}; a target with :// is external."""
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{RELATION}{kind}" Target="{target}"'
        f'{" TargetMode=" + chr(34) + "External" + chr(34) if "://" in target else ""}/>'
        for id_, (kind, target) in items.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def make_docx(body: str, *, strict: bool = False, raw: Mapping[str, bytes | str] | None = None,
              related: Mapping[str, tuple[str, str]] | None = None, app: str = "", **parts: str) -> bytes:
    """A docx with `body` inside w:body, further parts by name (`styles="…"`), and `raw` parts put in as they are."""
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations_of({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part_of("document", f"<w:body>{body}</w:body>"),
    }
    relations = {f"p{kind}": (kind, f"{kind}.xml") for kind in parts} | dict(related or {})
    files["word/_rels/document.xml.rels"] = relations_of(relations)
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = part_of(ROOTS[kind], content)
    if app:
        uri = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        files["docProps/app.xml"] = f'<Properties xmlns="{uri}">{app}</Properties>'
    files |= dict(raw or {})
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            if strict and isinstance(content, str):
                for old, new in STRICT.items():
                    content = content.replace(old, new)
            archive.writestr(path, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def docx() -> Callable[..., bytes]:
    return make_docx


@pytest.fixture(scope="session")
def story_part() -> Callable[[str, str], str]:
    """A part with that root element, for headers, footers and damaged copies."""
    return part_of
