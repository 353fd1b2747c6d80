"""PDF -> its pages as they look, and the document that they make. pdfium is loaded when the first PDF is read."""

from __future__ import annotations

from collections.abc import Iterator

from hedui.document import Document
from hedui.readers.pages import Page

__all__ = ["pdf_pages", "read_pdf"]


def pdf_pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of the PDF in `data`, one by one; see `hedui.readers.pdf.pages`."""
    from hedui.readers.pdf import pages

    return pages.pdf_pages(data, name)


def read_pdf(data: bytes, name: str) -> Document:
    """The PDF in `data` as a document; see `hedui.readers.pdf.read`."""
    from hedui.readers.pdf import read

    return read.read_pdf(data, name)
