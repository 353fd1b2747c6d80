"""XML of a WordprocessingML part -> a tree that is safe to walk, with the wrappers that carry no meaning looked through.

Parts are read without entities, DTD or network. Strict documents (ISO/IEC 29500-1 strict) are renamed to the
transitional names, so that everything else knows one set of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

__all__ = ["MC", "Element", "M", "R", "W", "XMLError", "attribute", "inner", "number", "parse", "switched", "value"]

Element = Any
XMLError = (etree.XMLSyntaxError, ValueError)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRICT = "{http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
    "{http://purl.oclc.org/ooxml/officeDocument/extendedProperties}":
        "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}",
    "{http://purl.oclc.org/ooxml/drawingml/main}": "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/picture}": "{http://schemas.openxmlformats.org/drawingml/2006/picture}",
}
# prefixes whose Choice we read; what else a file requires is read from its Fallback
UNDERSTOOD = {"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16du", "a14", "am3d"}
WRAPPERS = frozenset(W + name for name in (
    "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdt", "sdtContent", "ruby", "rubyBase",
    "subDoc"))
DROPPED = frozenset(W + name for name in ("del", "moveFrom", "rt", "sdtPr", "sdtEndPr"))
# run formatting is half of a large document and all but these is of no use here
RUN_FORMATS = (f"{W}rPr", "{http://purl.oclc.org/ooxml/wordprocessingml/main}rPr")
KEPT_FORMATS = frozenset(("vanish", "rStyle", "rFonts", "del", "moveFrom"))
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
OFF = {"0", "false", "off"}


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def to_transitional(root: Element) -> None:
    for element in root.iter():
        space, brace, name = element.tag.rpartition("}")
        if brace and element.tag.startswith(STRICT):
            element.tag = TRANSITIONAL.get(space + brace, space + brace) + name
        for key in [key for key in element.attrib if key.startswith(STRICT)]:
            space, brace, name = key.rpartition("}")
            element.set(TRANSITIONAL.get(space + brace, space + brace) + name, element.attrib.pop(key))


def parse(data: bytes) -> Element:
    """The root element of a part. Raises one of XMLError where it is not well-formed or declares a document type, which
    the Open Packaging Conventions forbid (ISO/IEC 29500-2, 8.1.4) and only an attack uses."""
    if any(mark in data for mark in DOCTYPES):
        raise ValueError("DOCTYPE")
    reading = etree.iterparse(
        BytesIO(data), events=("end",), tag=RUN_FORMATS, resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, attribute_defaults=False, huge_tree=False, remove_comments=True, remove_pis=True)
    for _, element in reading:
        for child in list(element):
            if local(child.tag) not in KEPT_FORMATS:
                element.remove(child)
    root = reading.root
    if any(uri.startswith(STRICT[1:]) for uri in root.nsmap.values()):
        to_transitional(root)
    return root


def chosen(alternate: Element) -> Element | None:
    """The branch of an mc:AlternateContent to read: the first Choice we understand, else the Fallback."""
    choices = alternate.findall(f"{MC}Choice")
    for choice in choices:
        if set((choice.get("Requires") or "").split()) <= UNDERSTOOD:
            return choice
    fallback = alternate.find(f"{MC}Fallback")
    return fallback if fallback is not None else next(iter(choices), None)


def inner(element: Element) -> Iterator[Element]:
    """The children of `element` as a reader sees them: insertions, links, content controls, smart tags and simple fields
    looked through, deletions left out, alternative content once."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
            if tag in DROPPED:
                continue
            if tag in WRAPPERS:
                stack.append(iter(child))
                break
            if tag == f"{MC}AlternateContent":
                branch = chosen(child)
                stack.append(iter(branch if branch is not None else ()))
                break
            yield child
        else:
            stack.pop()


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute w:`name` of an element that may be absent."""
    found = None if element is None else element.get(W + name)
    return None if found is None else str(found)


def value(parent: Element | None, *path: str) -> str | None:
    """The w:val at the end of a path of child elements: `value(p, "pPr", "pStyle")`."""
    for name in path:
        parent = None if parent is None else parent.find(W + name)
    return attribute(parent, "val")


def number(text: str | None, default: int | None = None) -> int | None:
    """A whole number as XML writes it, `default` where there is none.

    >>> number("12"), number("x", 1)
    (12, 1)
    """
    digits = (text or "").strip()
    return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 10 else default


def switched(parent: Element | None, name: str) -> bool | None:
    """Whether an on/off property is on; None where it is not set."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else (attribute(found, "val") or "1").lower() not in OFF
