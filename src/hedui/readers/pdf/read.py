"""Bytes of a PDF -> Document: text by its text layer or recognised page by page, tables, and where each line stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import assemble
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.pages import Page, page_drafts
from hedui.readers.pdf.opening import opened
from hedui.readers.pdf.pages import DAMAGED, LARGE, pdf_pages

__all__ = ["read_pdf"]

MEDIA_TYPE = "application/pdf"
WHOLE = "全文 / whole text"
# a PDF ends with this mark; programs add a little behind it (ISO 32000-2, 7.5.5)
END, END_WITHIN = b"%%EOF", 4096
NO_END = ("文件末尾缺失，可能没有下载完整，后面的内容可能丢失；请重新下载核对 / "
          "the end of the file is missing and what follows may be lost; download it again and compare")
ATTACHED = "文件里嵌有 {n} 个附件，没有读；请取出后单独读 / {n} files are embedded in this one and not read; save them and read them by themselves"
NO_WORDS = "文件里没有文字；请提供有文字的文件或清晰的扫描件 / there are no words in it; give a file with text or a clear scan"


def passing(pages: Iterable[Page], told: dict[str, list[int]], name: str) -> Iterator[Page]:
    """The pages, on the way to their drafts: what is told of each is kept with its number, and characters are counted."""
    characters = 0
    for page in pages:
        for issue in page.issues:
            told.setdefault(issue.what, []).append(page.number)
        characters += sum(len(run.text) for run in page.runs)
        if characters > MAX_TEXT_BYTES:
            raise ReadError(name, f"文字超过 {MAX_TEXT_BYTES} 字，过大，不像报告；请拆成单份报告再读 / "
                                  f"over {MAX_TEXT_BYTES} characters; split it into single reports")
        yield page


def ranges(numbers: list[int]) -> str:
    """Page numbers in order, in short.

    >>> ranges([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    told: list[tuple[int, int]] = []
    for number in numbers:
        if told and number == told[-1][1] + 1:
            told[-1] = (told[-1][0], number)
        else:
            told.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in told)


def about_pages(told: Mapping[str, list[int]]) -> Iterator[Issue]:
    """What is told of pages, the same of several once."""
    for what, numbers in told.items():
        pages = ranges(sorted(set(numbers)))
        yield Issue(where=f"第 {pages} 页 / page{'s' if len(set(numbers)) > 1 else ''} {pages}", what=what)


def about_file(data: bytes, document: pdfium.PdfDocument) -> Iterator[Issue]:
    if END not in data[-END_WITHIN:]:
        yield Issue(where=WHOLE, what=NO_END)
    attached = raw.FPDFDoc_GetAttachmentCount(document.raw)
    if attached > 0:
        yield Issue(where=WHOLE, what=ATTACHED.format(n=attached))


def read_pdf(data: bytes, name: str) -> Document:
    """The PDF in `data`: paragraphs, tables, page headers and footers, each line with its place on the page.

    Raises ReadError where it needs a password, is damaged, a form that draws itself, has too many pages or no words.
    """
    told: dict[str, list[int]] = {}
    with opened(data, name) as document:
        issues = list(about_file(data, document))
        count = len(document)
    text, blocks, lines = assemble(page_drafts(passing(pdf_pages(data, name), told, name)))
    issues += about_pages(told)
    if not text.strip():
        why = next((issue for issue in issues if issue.what in (NO_END, DAMAGED, LARGE)), Issue(where="", what=NO_WORDS))
        raise ReadError(name, why.what, where=why.where)
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE, text=text, blocks=blocks,
                    pages=count, lines=lines, issues=tuple(issues))
