"""Bytes of a docx -> Document, straight from its XML.

The text is the body, then footnotes and endnotes, comments, page headers and page footers, each block with its role;
`assemble` says how it is joined, `story` where boxes and nested tables go, `runs` what counts as text. Tracked
changes are read as accepted. A damaged part beside the body is an issue and the rest is read.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import Draft, assemble
from hedui.readers.docx.margins import margin_drafts, note_drafts
from hedui.readers.docx.numbering import NO_LISTS, lists_of
from hedui.readers.docx.pictures import picture_drafts, picture_paths
from hedui.readers.docx.story import Reading, story
from hedui.readers.docx.styles import NO_STYLES, styles_of
from hedui.readers.docx.typed import with_typed_tables
from hedui.readers.docx.xml import Element, W, number, parse, switched
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.package import Package, Relation, has, main_target, opened, part, relations

__all__ = ["read_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_MAIN = "缺少正文（word/document.xml）；请重新下载或从原件另存 / the body (word/document.xml) is missing; save the original anew"
APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
REVISIONS = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}cellDel", f"{W}cellIns")
# what was counted on the way -> what to tell
TOLD: Mapping[str, str] = {
    "picture": "有 {n} 张图片，图中的文字没有读 / {n} pictures, the text in them is not read",
    "chart": "有 {n} 个图表，其中的数据没有读 / {n} charts, their data are not read",
    "object": "有 {n} 个嵌入对象（如 Excel 表），其内容没有读 / {n} embedded objects (such as Excel sheets), not read",
    "chunk": "有 {n} 段外部嵌入的内容没有读，请用 Word 打开后另存 / {n} embedded chunks not read; open in Word and save again",
    "hidden": "有 {n} 处隐藏文字没有读 / {n} runs of hidden text are left out",
    "covered": "有 {n} 个被合并单元格盖住的单元格里另有文字，没有读 / {n} cells hidden under merged ones hold other text, left out",
    "too_deep": "有 {n} 处嵌套过深的表格或文本框没有读 / {n} tables or boxes nested too deeply are left out",
    "revision": "有 {n} 处修订，按全部接受来读 / {n} tracked changes, read as if all were accepted",
}


NO_WORDS = "文件里没有文字（{why}）；请提供有文字的 docx 或清晰的扫描件 / no words; give a docx with text or a clear scan"
ILLEGIBLE, EMPTY = "只有图片，图中没有认出文字 / pictures only, no words seen in them", "内容为空 / nothing in it"
# roles that scanned pages may have beside them: a number typed under the picture is no text
MARGINS = ("header", "footer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """The parts beside the body and how to reach them; `issues` takes what could not be read, each part once."""

    package: Package
    main: str
    related: tuple[Relation, ...]
    issues: dict[str, Issue] = field(default_factory=dict)

    def load(self, path: str) -> Element | None:
        try:
            return part(self.package, path, parse)
        except ReadError as error:
            self.issues.setdefault(path, Issue(where=error.where, what=error.cause))
            return None

    def of_kind(self, kind: str) -> Element | None:
        """The part of that kind; by its usual name where the relationships do not tell."""
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        path = next((item.target for item in self.related if item.kind == kind), usual)
        return self.load(path) if path != usual or has(self.package, path) else None

    def of_id(self, id_: str) -> Element | None:
        path = next((item.target for item in self.related if item.id == id_), None)
        return None if path is None else self.load(path)


def parts_of(package: Package, main: str) -> Parts:
    try:
        return Parts(package=package, main=main, related=relations(package, main))
    except ReadError as error:
        issue = Issue(where=error.where, what=error.cause)
        return Parts(package=package, main=main, related=(), issues={error.where: issue})


def pages_said(package: Package) -> int | None:
    """The number of pages that the program that saved the file counted; None where it did not count (a template's
    figures, left as they were, say one page of no characters)."""
    try:
        properties = part(package, "docProps/app.xml", parse)
    except ReadError:
        return None
    counted = number(properties.findtext(f"{APP}Characters")) != 0
    return number(properties.findtext(f"{APP}Pages")) or None if counted else None


def reading_of(parts: Parts) -> Reading:
    styles, lists = parts.of_kind("styles"), parts.of_kind("numbering")
    return Reading(styles=NO_STYLES if styles is None else styles_of(styles),
                   lists=NO_LISTS if lists is None else lists_of(lists))


def drafts_of(body: Element, root: Element, parts: Parts, reading: Reading, pages: int | None) -> list[Draft]:
    """All blocks in the order of the text. Pages are given to the body, and only where the page breaks that Word left in
    it add up to the pages it counted."""
    flow = list(story(body, reading))
    sure = reading.seen.page == pages
    settings = parts.of_kind("settings")
    even_and_odd = settings is not None and bool(switched(settings, "evenAndOddHeaders"))
    beside = [*note_drafts(parts.of_kind, reading),
              *margin_drafts(root, parts.of_id, reading, even_and_odd=even_and_odd)]
    return [*(flow if sure else [replace(draft, page=None) for draft in flow]),
            *(replace(draft, page=None) for draft in beside)]


def issues_of(parts: Parts, reading: Reading, root: Element) -> tuple[Issue, ...]:
    revisions = sum(1 for _ in root.iter(*REVISIONS))
    counts = reading.seen.counts | ({"revision": revisions} if revisions else {})
    told = [Issue(where="全文 / whole text", what=TOLD[what].format(n=n)) for what, n in counts.items()]
    return (*parts.issues.values(), *told)


def read_docx(data: bytes, name: str) -> Document:
    """The docx in `data`: headings with level and number, paragraphs, tables with merged cells, notes, boxes, headers.

    Raises ReadError where the file is truncated, protected, unpacks out of proportion, has no readable body or no words.
    """
    package = opened(data, name)
    main = main_target(package, "word/document.xml", "word/document2.xml")
    if main is None:
        raise ReadError(name, NO_MAIN)
    parts = parts_of(package, main)
    root = part(package, parts.main, parse)
    body = root.find(f"{W}body")
    if body is None:
        raise ReadError(name, "正文部分里没有 Word 正文（缺 w:body） / the body part is not a Word body", where=parts.main)
    reading = reading_of(parts)
    pages = pages_said(package)
    drafts = drafts_of(body, root, parts, reading, pages)
    shown = () if any(draft.role not in MARGINS for draft in drafts) else picture_paths(body, parts.related)
    seen: list[Issue] = []
    if shown:
        drafts, pages = [*picture_drafts(package, shown, seen), *drafts], len(shown)
        reading.seen.counts.pop("picture", None)
    text, blocks, lines = assemble(drafts)
    if len(text) > MAX_TEXT_BYTES:
        raise ReadError(name, f"文字有 {len(text)} 字，过大，不像报告；请拆成单份报告再读 / "
                              f"{len(text)} characters, over the limit; split it into single reports")
    if not text.strip():
        raise ReadError(name, NO_WORDS.format(why=ILLEGIBLE if shown or "picture" in reading.seen.counts else EMPTY))
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE, text=text,
                    blocks=with_typed_tables(text, blocks), pages=pages, lines=lines,
                    issues=(*seen, *issues_of(parts, reading, root)))
