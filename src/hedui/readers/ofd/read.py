"""Bytes of an OFD (GB/T 33190-2016, the state's own format for finished pages) -> Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import assemble
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.ofd.pages import ofd_pages
from hedui.readers.ofd.parts import opened_book
from hedui.readers.pages import Page, page_drafts

__all__ = ["read_ofd"]

MEDIA_TYPE = "application/ofd"
NO_WORDS = "OFD 里没有读出文字{why}；请提供原件或重新导出 / no words could be read in the OFD; give the original or export it again"


def heard(pages: Iterable[Page], issues: list[Issue]) -> Iterator[Page]:
    """`pages` as they come, what they have to tell added to `issues`."""
    for page in pages:
        issues += page.issues
        yield page


def read_ofd(data: bytes, name: str) -> Document:
    """The OFD in `data`: paragraphs and tables with their places on the pages; seals and other annotations are left out.

    Raises ReadError where it is truncated, protected, unpacks out of proportion, has no pages or no words.
    """
    book = opened_book(data, name)
    issues = list(book.issues)
    with book.package.archive:
        text, blocks, lines = assemble(page_drafts(heard(ofd_pages(book), issues)))
    if not text.strip():
        why = f"（{issues[0].where}: {issues[0].what.partition(' / ')[0]}）" if issues else ""
        raise ReadError(name, NO_WORDS.format(why=why))
    if len(text) > MAX_TEXT_BYTES:
        raise ReadError(name, f"文字有 {len(text)} 字，过大，不像报告；请拆成单份报告再读 / "
                              f"{len(text)} characters, over the limit; split it into single reports")
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE, text=text, blocks=blocks,
                    lines=lines, pages=len(book.pages), issues=tuple(issues))
