"""Bytes of an XML part -> its tree or its elements one by one, without entities, document types or network."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

__all__ = ["SAFE", "Element", "XMLError", "elements_of", "local", "parse", "refuse_doctype"]

Element = Any
XMLError = (etree.XMLSyntaxError, ValueError)
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
        "attribute_defaults": False, "huge_tree": False, "remove_comments": True, "remove_pis": True}


def refuse_doctype(data: bytes) -> None:
    """Raises ValueError("DOCTYPE") where a part declares a document type, which the Open Packaging Conventions forbid
    (ISO/IEC 29500-2, 8.1.4) and only an attack uses."""
    if any(mark in data for mark in DOCTYPES):
        raise ValueError("DOCTYPE")


def parse(data: bytes) -> Element:
    """The root element of a part. Raises one of XMLError where it is not well-formed or declares a document type."""
    refuse_doctype(data)
    return etree.fromstring(data, etree.XMLParser(**SAFE))


def elements_of(data: bytes, *names: str) -> Iterator[Element]:
    """The elements of these local names, of any namespace, each when it is closed; it is emptied when the next is asked
    for, so that a part of any length takes little memory. Raises as `parse`."""
    refuse_doctype(data)
    for _, element in etree.iterparse(BytesIO(data), events=("end",), tag=[f"{{*}}{name}" for name in names], **SAFE):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
