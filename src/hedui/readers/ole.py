"""Bytes of an OLE compound file -> never a Document: what it is and what to do, as a ReadError."""

from __future__ import annotations

from io import BytesIO

import olefile  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Document
from hedui.errors import ReadError

__all__ = ["read_ole"]

PROTECTED = ("有密码保护，打不开；请取消密码后另存为 docx / "
             "password-protected; remove the password and save it as docx")
# stream of the compound file -> what it is
LEGACY = (
    ("WordDocument", "是旧版 Word（.doc）文件，目前还不能读；请另存为 docx / "
                     "a legacy Word file (.doc), which is not read yet; save it as docx"),
    ("Workbook", "是旧版 Excel（.xls）表格，目前还不能读；请把表格粘贴到 docx 或另存为文本 / "
                 "a legacy Excel file (.xls), which is not read yet; paste it into a docx or save it as text"),
    ("Book", "是旧版 Excel（.xls）表格，目前还不能读；请把表格粘贴到 docx 或另存为文本 / "
             "a legacy Excel file (.xls), which is not read yet; paste it into a docx or save it as text"),
    ("PowerPoint Document", "是旧版 PowerPoint（.ppt）文件，目前还不能读；请另存为 docx 或文本 / "
                            "a legacy PowerPoint file (.ppt), which is not read yet; save it as docx or text"),
)
OTHER = "是旧式复合文件（OLE），目前还不能读；请另存为 docx 或文本 / an OLE compound file, which is not read yet; save it as docx or text"
BROKEN = "文件不完整或已损坏（OLE 复合文件）；请重新下载 / a truncated or damaged OLE compound file; download it again"
# FibBase.fEncrypted, [MS-DOC] 2.5.2
FIB_FLAGS, FIB_ENCRYPTED = 11, 0x01


def cause_of(data: bytes) -> str:
    """Why the compound file `data` is not read."""
    with olefile.OleFileIO(BytesIO(data)) as compound:
        if compound.exists("EncryptedPackage"):
            return PROTECTED
        if compound.exists("WordDocument"):
            head = compound.openstream("WordDocument").read(FIB_FLAGS + 1)
            if len(head) > FIB_FLAGS and head[FIB_FLAGS] & FIB_ENCRYPTED:
                return PROTECTED
        return next((cause for stream, cause in LEGACY if compound.exists(stream)), OTHER)


def read_ole(data: bytes, name: str) -> Document:
    """Always raises ReadError: password-protected Office (ECMA-376 encryption keeps the docx in the stream
    `EncryptedPackage`), legacy Office, or some other compound file."""
    try:
        cause = cause_of(data)
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadError(name, BROKEN) from error
    raise ReadError(name, cause)
