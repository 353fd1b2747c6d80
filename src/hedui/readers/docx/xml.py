"""XML of a WordprocessingML part -> a tree that is safe to walk, with the wrappers that carry no meaning looked through.

Parts are read without entities, DTD or network. Strict documents (ISO/IEC 29500-1 strict) are renamed to the
transitional names, so that everything else knows one set of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from hedui.readers.safe_xml import SAFE, Element, XMLError, refuse_doctype

__all__ = ["MC", "Element", "M", "R", "W", "XMLError", "attribute", "inner", "number", "parse", "switched", "value"]

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
# formatting is most of a large document; all but this is dropped as it is parsed
SPACES = (W, "{http://purl.oclc.org/ooxml/wordprocessingml/main}")
PRUNED = tuple(space + name for space in SPACES for name in ("p", "tr"))
KEPT_IN_RUN, KEPT_IN_PARAGRAPH, KEPT_IN_CELL = (
    frozenset(space + name for space in SPACES for name in names) for names in (
        ("vanish", "rStyle", "rFonts", "del", "moveFrom"),
        ("pStyle", "numPr", "outlineLvl", "rPr", "sectPr"),
        ("gridSpan", "vMerge", "hMerge", "cellDel", "cellMerge")))
SYMBOL_FONTS = ("symbol", "wingdings")
OFF = {"0", "false", "off"}


def to_transitional(root: Element) -> None:
    for element in root.iter():
        space, brace, name = element.tag.rpartition("}")
        if brace and element.tag.startswith(STRICT):
            element.tag = TRANSITIONAL.get(space + brace, space + brace) + name
        for key in [key for key in element.attrib if key.startswith(STRICT)]:
            space, brace, name = key.rpartition("}")
            element.set(TRANSITIONAL.get(space + brace, space + brace) + name, element.attrib.pop(key))


def is_needed(child: Element, kept: frozenset[str]) -> bool:
    return child.tag in kept and (not child.tag.endswith("rFonts") or any(
        font.lower().startswith(SYMBOL_FONTS) for font in child.attrib.values()))


def prune(properties: Element, kept: frozenset[str]) -> None:
    """Drop what a closed rPr, pPr or tcPr says of looks alone, and the element itself where nothing is left."""
    dropped = [child for child in properties if not is_needed(child, kept)]
    if len(dropped) == len(properties):
        properties.getparent().remove(properties)
        return
    for child in dropped:
        properties.remove(child)


def prune_closed(element: Element) -> None:
    """Prune a paragraph or row that has been parsed to its end."""
    space, _, name = element.tag.rpartition("}")
    if name == "tr":
        for cell in element.iterchildren(f"{space}}}tc"):
            for properties in cell.findall(f"{space}}}tcPr"):
                prune(properties, KEPT_IN_CELL)
        return
    for properties in list(element.iter(f"{space}}}rPr")):
        prune(properties, KEPT_IN_RUN)
    for properties in element.findall(f"{space}}}pPr"):
        prune(properties, KEPT_IN_PARAGRAPH)


def parse(data: bytes) -> Element:
    """The root element of a part, without formatting. Raises one of XMLError where it is not well-formed or declares a
    document type."""
    refuse_doctype(data)
    reading = etree.iterparse(BytesIO(data), events=("end",), tag=PRUNED, **SAFE)
    for _, element in reading:
        prune_closed(element)
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
    looked through, alternative content once. What is deleted or moved away stays closed under its w:del or w:moveFrom,
    which nobody asks for."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
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
