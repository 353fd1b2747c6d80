"""Bytes of an OFD (GB/T 33190-2016) -> its pages in order, and for each where its content, templates and resources are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hedui.document import Issue
from hedui.errors import ReadError
from hedui.readers.limits import MAX_PAGES
from hedui.readers.package import PROTECTED, Package, has, opened, part
from hedui.readers.safe_xml import Element, local

__all__ = ["Body", "Book", "PageRef", "Resources", "child", "children", "load_resources", "numbers", "opened_book", "resolved"]

A4 = (0.0, 0.0, 210.0, 297.0)
NO_PAGES = "没有可读的页面（OFD 的 Document.xml 里一页也没有）；请重新导出 / no readable page in the OFD; export it again"
TOO_MANY = ("有 {n} 页，超过 {most} 页；请拆成单份报告再读 / {n} pages, over the limit of {most}; split it into single reports")
MISSING = "缺少此部分 / this part is missing"


@dataclass(kw_only=True, slots=True)
class Resources:
    """What pages refer to by id: pictures (their path), composite units (their element), fonts (whether they are bold)."""

    media: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    bold: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """One document of the file: the box of its pages in mm (x, y, width, height), its templates by id, its resources."""

    box: tuple[float, ...]
    templates: Mapping[str, str]
    resources: Resources


@dataclass(frozen=True, kw_only=True, slots=True)
class PageRef:
    """One page: the document it belongs to and the path of its content, None where the file names none that is there."""

    body: Body
    path: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """An open OFD; `issues` tells of parts beside the pages that could not be read."""

    package: Package
    pages: tuple[PageRef, ...]
    issues: tuple[Issue, ...]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, of whatever namespace; none where there is no element."""
    return (one for one in (() if element is None else element) if local(one) in names)


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """The first `count` numbers of a list; None where there are fewer or one of them is none.

    >>> numbers("0 0 210 297", 4), numbers("0 0", 4), numbers("1e999 0", 2)
    ((0.0, 0.0, 210.0, 297.0), None, None)
    """
    words = (text or "").replace(",", " ").split()[:count]
    try:
        found = tuple(float(word) for word in words)
    except ValueError:
        return None
    return found if len(found) == count and all(abs(number) < 1e6 for number in found) else None


def resolved(package: Package, base: str, location: str | None) -> str | None:
    """The path of the part that `location` names from within the part `base`; None where there is none. A path that
    would leave the package names nothing."""
    wanted = (location or "").strip().replace("\\", "/")
    if not wanted:
        return None
    near = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), wanted)).lstrip("/")
    far = posixpath.normpath("/" + wanted).lstrip("/")
    return next((path for path in (near, far) if has(package, path)), None)


def load_resources(package: Package, path: str, into: Resources) -> None:
    """Adds what the resource part at `path` holds. Raises ReadError where it is damaged."""
    root = part(package, path)
    folder = posixpath.join(posixpath.dirname(path), (root.get("BaseLoc") or "").strip(), "_")
    for group in root:
        for one in group:
            id_, kind = one.get("ID") or "", local(one)
            if kind == "MultiMedia":
                file = child(one, "MediaFile")
                found = None if file is None else resolved(package, folder, file.text) or resolved(package, path, file.text)
                if found is not None:
                    into.media[id_] = found
            elif kind == "CompositeGraphicUnit":
                into.units[id_] = one
            elif kind == "Font":
                name = f'{one.get("FontName") or ""} {one.get("FamilyName") or ""}'.lower()
                into.bold[id_] = one.get("Bold") == "true" or "bold" in name or "粗" in name


def refuse_more(name: str, count: int) -> None:
    if count > MAX_PAGES:
        raise ReadError(name, TOO_MANY.format(n=count, most=MAX_PAGES))


def read_body(package: Package, path: str, issues: list[Issue]) -> tuple[Body, list[str | None]]:
    """The document at `path` and the paths of its pages."""
    root = part(package, path)
    pages = list(children(child(root, "Pages"), "Page"))
    refuse_more(package.name, len(pages))
    common = child(root, "CommonData")
    box = child(child(common, "PageArea"), "PhysicalBox")
    resources = Resources()
    for one in children(common, "PublicRes", "DocumentRes"):
        found = resolved(package, path, one.text)
        if found is None:
            continue
        try:
            load_resources(package, found, resources)
        except ReadError as error:
            issues.append(Issue(where=error.where, what=error.cause))
    templates = {one.get("ID") or "": found for one in children(common, "TemplatePage")
                 if (found := resolved(package, path, one.get("BaseLoc"))) is not None}
    body = Body(box=numbers(None if box is None else box.text, 4) or A4, templates=templates, resources=resources)
    return body, [resolved(package, path, one.get("BaseLoc")) for one in pages]


def opened_book(data: bytes, name: str) -> Book:
    """The OFD in `data`, all documents in it one after the other. Raises ReadError where it is truncated, protected, has
    no pages or too many."""
    package = opened(data, name)
    if has(package, "Encryptions.xml"):
        raise ReadError(name, PROTECTED)
    issues: list[Issue] = []
    pages: list[PageRef] = []
    documents = list(children(part(package, "OFD.xml"), "DocBody"))
    refuse_more(name, len(documents))
    for one in documents:
        location = child(one, "DocRoot")
        path = None if location is None else resolved(package, "OFD.xml", location.text)
        if path is None:
            issues.append(Issue(where="OFD.xml", what=MISSING))
            continue
        body, paths = read_body(package, path, issues)
        pages += [PageRef(body=body, path=path) for path in paths]
        refuse_more(name, len(pages))
    if not pages:
        raise ReadError(name, NO_PAGES)
    return Book(package=package, pages=tuple(pages), issues=tuple(issues))
