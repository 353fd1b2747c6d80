"""Bytes of an OLE compound file -> Document where it is a Word document or a workbook, else what it is and what to do, as a ReadError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import olefile  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers.office import read_word97
from hedui.readers.sheets import read_xls

__all__ = ["read_ole"]

PROTECTED = ("有密码保护，打不开；请取消密码后另存为 docx / "
             "password-protected; remove the password and save it as docx")
# stream of the compound file -> what reads it; the first that is there counts
READERS: Mapping[str, Callable[[bytes, str], Document]] = {
    "WordDocument": read_word97, "Workbook": read_xls, "Book": read_xls}
# stream of the compound file -> what it is
LEGACY = (
    ("PowerPoint Document", "是旧版 PowerPoint（.ppt）文件，目前还不能读；请另存为 docx 或文本 / "
                            "a legacy PowerPoint file (.ppt), which is not read yet; save it as docx or text"),
)
OTHER = "是旧式复合文件（OLE），目前还不能读；请另存为 docx 或文本 / an OLE compound file, which is not read yet; save it as docx or text"
BROKEN = "文件不完整或已损坏（OLE 复合文件）；请重新下载 / a truncated or damaged OLE compound file; download it again"


def read_ole(data: bytes, name: str) -> Document:
    """The document in the compound file `data`, by the streams it holds. Raises ReadError where it is password-protected
    (ECMA-376 encryption keeps the docx in the stream `EncryptedPackage`), damaged or of a kind that is not read."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            protected = compound.exists("EncryptedPackage")
            reader = next((reader for stream, reader in READERS.items() if compound.exists(stream)), None)
            legacy = next((cause for stream, cause in LEGACY if compound.exists(stream)), None)
            damaged = bool(compound.parsing_issues)
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadError(name, BROKEN) from error
    if protected:
        raise ReadError(name, PROTECTED)
    if reader is None:
        raise ReadError(name, legacy or (BROKEN if damaged else OTHER))
    return reader(data, name)
