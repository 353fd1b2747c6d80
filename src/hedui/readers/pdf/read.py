"""Bytes of a PDF -> Document: text by its text layer or recognised page by page, tables, and where each line stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped,unused-ignore]
import pypdfium2.raw as raw  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import assemble
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.pages import Page, page_drafts
from hedui.readers.pdf.opening import opened
from hedui.readers.pdf.pages import pages_of

__all__ = ["read_pdf"]

MEDIA_TYPE = "application/pdf"
WHOLE = "全文 / whole text"
# a PDF ends with this mark; programs add a little behind it (ISO 32000-2, 7.5.5)
END, END_WITHIN = b"%%EOF", 4096
NO_END = ("文件末尾缺失，可能没有下载完整，后面的内容可能丢失；请重新下载核对 / "
          "the end of the file is missing and what follows may be lost; download it again and compare")
ATTACHED = "文件里嵌有 {n} 个附件，没有读；请取出后单独读 / {n} files are embedded in this one and not read; save them and read them by themselves"
NO_WORDS = "文件里没有文字；请提供有文字的文件或清晰的扫描件 / there are no words in it; give a file with text or a clear scan"


def passing(pages: Iterable[Page], issues: list[Issue], name: str) -> Iterator[Page]:
    """The pages, on the way to their drafts: their issues are kept, and their characters counted."""
    characters = 0
    for page in pages:
        issues += page.issues
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
    issues: list[Issue] = []
    with opened(data, name) as document:
        issues += about_file(data, document)
        count = len(document)
        text, blocks, lines = assemble(page_drafts(passing(pages_of(document, name), issues, name)))
    if not text.strip():
        raise ReadError(name, issues[0].what if issues else NO_WORDS, where=issues[0].where if issues else "")
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE, text=text, blocks=blocks,
                    pages=count, lines=lines, issues=tuple(issues))
