"""Bytes of a PDF -> the open document, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hedui.errors import ReadError
from hedui.readers.limits import MAX_PAGES

__all__ = ["opened", "refuse_waiting_page"]

PROTECTED = ("有密码保护，打不开；请用密码打开后打印成新的 PDF，或取消密码后另存 / "
             "password-protected; open it with its password and print it to a new PDF, or save it without the password")
UNKNOWN_LOCK = ("用读不了的方式加密（如数字证书）；请打开后打印成新的 PDF / "
                "encrypted in a way that cannot be read (such as certificates); open it and print it to a new PDF")
BROKEN = "文件不完整或已损坏，打不开；请重新下载或从原件另存 / truncated or damaged; download it again or save the original anew"
NO_PAGES = "文件里没有一页可读；请重新下载或从原件另存 / no page in it can be read; download it again or save the original anew"
DYNAMIC = ("是动态 XFA 表单，内容要 Adobe Reader 才能显示；请在其中打开并打印成新的 PDF / "
           "a dynamic XFA form, which only Adobe Reader shows; open it there and print it to a new PDF")
# what such a form shows to programs that cannot draw it: "Please wait... If this message is not eventually replaced …"
WAITING = ("Please wait", "请稍候", "请等待")
CAUSES = {raw.FPDF_ERR_PASSWORD: PROTECTED, raw.FPDF_ERR_SECURITY: UNKNOWN_LOCK}


def too_many(count: int) -> str:
    return (f"有 {count} 页，超过 {MAX_PAGES} 页，不像报告；请拆成单份报告再读 / "
            f"{count} pages, over the limit of {MAX_PAGES}; split it into single reports")


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """The document in `data`, closed at the end. A password that only forbids printing or copying is no hindrance.

    Raises ReadError where it needs a password, is damaged, has no pages or too many, or is a form that draws itself.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(name, CAUSES.get(error.err_code, BROKEN)) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReadError(name, too_many(count))
        if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise ReadError(name, DYNAMIC)
        if count < 1:
            raise ReadError(name, NO_PAGES)
        yield document
    finally:
        document.close()


def refuse_waiting_page(document: pdfium.PdfDocument, name: str, text: str) -> None:
    """Raises ReadError where the first page, which says `text`, only asks to wait for a form that draws itself."""
    form = document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
    if form and text.lstrip().startswith(WAITING):
        raise ReadError(name, DYNAMIC)
