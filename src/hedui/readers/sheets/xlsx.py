"""Bytes of an xlsx -> Document, straight from its XML; transitional and strict (ISO/IEC 29500) alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.package import Package, Relation, damage_of, main_target, opened, part, part_bytes, relations
from hedui.readers.safe_xml import Element, XMLError, local
from hedui.readers.sheets.cells import ON, Book, Taken, sheet_of
from hedui.readers.sheets.shared import PLAIN_STYLES, Styles, shared_texts, styles_of, text_of
from hedui.readers.sheets.sheet import Sheet
from hedui.readers.sheets.workbook import sheets_document

__all__ = ["read_xlsx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_MAIN = "缺少工作簿（xl/workbook.xml）；请重新下载或从原件另存 / the workbook (xl/workbook.xml) is missing; save the original anew"
BINARY = "是 Excel 二进制工作簿（.xlsb），不能读；请另存为 xlsx / a binary workbook (.xlsb), which is not read; save it as xlsx"
PICTURED = "有图片、图表或文本框，其中的文字没有读 / pictures, charts or text boxes, the text in them is not read"
CHART_SHEET = "是图表，没有读 / a chart, not read"


def target_of(related: tuple[Relation, ...], kind: str) -> str | None:
    return next((item.target for item in related if item.kind == kind), None)


def texts_of(package: Package, path: str | None, taken: Taken) -> list[str]:
    """The shared texts; no more than the limits of a workbook let in."""
    texts: list[str] = []
    if path is None:
        return texts
    counted = Taken(name=taken.name)
    try:
        for text in shared_texts(part_bytes(package, path)):
            counted.add(text)
            texts.append(text)
    except XMLError as error:
        raise damage_of(package, path, error) from error
    return texts


def styles_in(package: Package, path: str | None, issues: list[Issue]) -> Styles:
    """The styles; without them, which is an issue, numbers are shown as they are stored."""
    if path is None:
        return PLAIN_STYLES
    try:
        return styles_of(part(package, path))
    except ReadError as error:
        issues.append(Issue(where=error.where, what=error.cause))
        return PLAIN_STYLES


def listed(root: Element) -> Iterator[tuple[str, str, bool]]:
    """Name, relationship id and whether it is hidden, of every sheet of a workbook.xml."""
    for group in root:
        for item in group if local(group) == "sheets" else ():
            id_ = next((value for key, value in item.attrib.items() if key.endswith("}id")), "")
            yield item.get("name") or "", id_, item.get("state", "visible") != "visible"


def is_1904(root: Element) -> bool:
    return any(local(group) == "workbookPr" and group.get("date1904", "0") in ON for group in root)


def sheet_in(package: Package, path: str, name: str, book: Book, taken: Taken, *, hidden: bool) -> Sheet:
    data = part_bytes(package, path)
    try:
        sheet = sheet_of(data, name, book, taken, hidden=hidden)
    except XMLError as error:
        raise damage_of(package, path, error) from error
    try:
        return replace(sheet, comments=tuple(comments_of(package, path, taken)))
    except ReadError as error:
        if not error.where:
            raise
        return replace(sheet, issues=(*sheet.issues, Issue(where=error.where, what=error.cause)))


def comments_of(package: Package, path: str, taken: Taken) -> Iterator[str]:
    """The notes pinned to cells of the sheet at `path`, in their order."""
    for relation in relations(package, path):
        if relation.kind != "comments":
            continue
        for group in part(package, relation.target):
            for comment in group if local(group) == "commentList" else ():
                said = "".join(text_of(text) for text in comment if local(text) == "text").strip()
                if said:
                    taken.add(said)
                    yield said


def sheets_in(package: Package, root: Element, related: tuple[Relation, ...], book: Book,
              issues: list[Issue]) -> Iterator[Sheet]:
    """The sheets in their order; one that is damaged is an issue and the others are read."""
    by_id = {item.id: item for item in related}
    taken = Taken(name=package.name)
    for name, id_, hidden in listed(root):
        where = f"工作表 {name} / sheet {name}"
        relation = by_id.get(id_)
        if relation is None or relation.kind != "worksheet":
            issues.append(Issue(where=where, what=CHART_SHEET if relation else "找不到其内容 / its contents are missing"))
            continue
        try:
            yield sheet_in(package, relation.target, name, book, taken, hidden=hidden)
            if target_of(relations(package, relation.target), "drawing"):
                issues.append(Issue(where=where, what=PICTURED))
        except ReadError as error:
            if not error.where:
                raise
            issues.append(Issue(where=f"{where} ({error.where})", what=error.cause))


def read_xlsx(data: bytes, name: str) -> Document:
    """The sheets of the xlsx in `data`, hidden ones last: titles and notes as paragraphs, tables with merged cells.

    Cells hold what Excel shows (formulas their saved values); nothing is calculated, run or fetched. Raises ReadError
    where the file is truncated, protected, unpacks out of proportion, has no readable sheet or no words.
    """
    package = opened(data, name)
    main = main_target(package, "xl/workbook.xml")
    if main is None:
        raise ReadError(name, BINARY if "xl/workbook.bin" in package.parts else NO_MAIN)
    if main.lower().endswith(".bin"):
        raise ReadError(name, BINARY)
    root = part(package, main)
    related = relations(package, main)
    issues: list[Issue] = []
    book = Book(name=name, texts=texts_of(package, target_of(related, "sharedStrings"), Taken(name=name)),
                styles=styles_in(package, target_of(related, "styles"), issues), date1904=is_1904(root))
    sheets = list(sheets_in(package, root, related, book, issues))
    return sheets_document(sheets, data, name, media_type=MEDIA_TYPE, issues=issues)
