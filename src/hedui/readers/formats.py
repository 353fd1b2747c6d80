"""The one list of formats: for each kind of file either the function that reads it or what to tell the person.

A new format is a file of its own with `read_<format>(data, name) -> Document`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from hedui.document import Document
from hedui.readers.detect import Kind
from hedui.readers.docx import read_docx
from hedui.readers.office import read_odf, read_rtf, read_wordxml
from hedui.readers.ole import read_ole
from hedui.readers.pdf import read_pdf
from hedui.readers.plain import read_text
from hedui.readers.sheets import read_xlsx
from hedui.readers.web import read_web

__all__ = ["CONTAINERS", "READERS", "REFUSALS", "Reader"]

Reader = Callable[[bytes, str], Document]


def later(module: str, function: str) -> Reader:
    """The reader of that name, whose module with all that it needs is loaded when it is first called."""
    def reader(data: bytes, name: str) -> Document:
        document: Document = getattr(import_module(f"hedui.readers.{module}"), function)(data, name)
        return document
    return reader


# what holds other files: each of them is read by the reader of its own kind
CONTAINERS: frozenset[Kind] = frozenset({"archive", "mail"})

READERS: Mapping[Kind, Reader] = {
    "docx": read_docx,
    "image": later("scan", "read_image"),
    "odf": read_odf,
    "ofd": later("ofd", "read_ofd"),
    "ole": read_ole,
    "pdf": read_pdf,
    "rtf": read_rtf,
    "text": read_text,
    "web": read_web,
    "wordxml": read_wordxml,
    "xlsx": read_xlsx,
}

REFUSALS: Mapping[Kind, str] = {
    "empty": "文件是空的，没有一个字节；请重新取得 / the file is empty (0 bytes); fetch it again",
    "broken_zip": "文件不完整（压缩结构在中途断开），请重新下载或从原件另存 / "
                  "truncated or damaged (its zip structure breaks off); download it again or save the original anew",
    "pptx": "是 PowerPoint 演示文稿，目前还不能读；请另存为 docx 或文本 / "
            "a PowerPoint file, which is not read yet; save it as docx or text",
    "program": "是程序或数据库文件，不是报告 / a program or database file, not a report",
    "media": "是音频或视频文件，不是报告 / an audio or video file, not a report",
}
