"""Bytes of a compound file that holds a Word document (.doc, .wps) -> which Word wrote it, or why it cannot be read.

Structure after [MS-DOC]: 2.5.1 Fib, 2.5.2 FibBase, 2.5.4 FibRgLw97.
"""

from __future__ import annotations

from io import BytesIO

import olefile  # type: ignore[import-untyped,unused-ignore]

from hedui.errors import ReadError
from hedui.readers.office.convert import Form

__all__ = ["BROKEN", "PROTECTED", "characters_said", "form_of_word"]

PROTECTED = ("有密码保护，打不开；请取消密码后另存为 docx / "
             "password-protected; remove the password and save it as docx")
BROKEN = ("文件不完整或已损坏（Word 97 复合文件）；请重新取得，或用 Word、WPS 修复后另存为 docx / "
          "a truncated or damaged Word 97 file; fetch it again, or repair it in Word or WPS and save it as docx")
UNKNOWN = ("不是 Word 6 及以后的版本写的文件，或已损坏；请用 Word、WPS 打开后另存为 docx / "
           "not written by Word 6 or later, or damaged; open it in Word or WPS and save it as docx")
BASE_BYTES = 32
IDENTS = {0xA5EC, 0xA5DC}  # wIdent of Word 97 and later, of Word 95 and 6
FLAGS, ENCRYPTED, SECOND_TABLE = 10, 0x0100, 0x0200
NFIB, CCP_TEXT = 2, 0x4C
# nFib of Word 97 Beta, and of Word 95
WORD_97, WORD_95 = 0xC0, 0x68


def number(data: bytes, at: int, size: int = 2) -> int:
    return int.from_bytes(data[at:at + size], "little")


def streams_of(data: bytes, name: str) -> tuple[bytes, bool]:
    """The stream WordDocument, and whether the table stream that belongs to it can be read to its end."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            main = compound.openstream("WordDocument").read()
            whole = len(main) == compound.get_size("WordDocument")
            table = "1Table" if number(main, FLAGS) & SECOND_TABLE else "0Table"
            if number(main, NFIB) >= WORD_97:
                whole = whole and len(compound.openstream(table).read()) == compound.get_size(table)
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise ReadError(name, BROKEN) from error
    return main, whole


def form_of_word(data: bytes, name: str) -> Form:
    """Which Word wrote `data`. Raises ReadError where it is protected by a password, truncated or no Word document."""
    main, whole = streams_of(data, name)
    if len(main) < BASE_BYTES or number(main, 0) not in IDENTS:
        raise ReadError(name, UNKNOWN)
    if number(main, FLAGS) & ENCRYPTED:
        raise ReadError(name, PROTECTED)
    if not whole:
        raise ReadError(name, BROKEN)
    version = number(main, NFIB)
    return "doc" if version >= WORD_97 else "doc95" if version >= WORD_95 else "doc6"


def characters_said(data: bytes, name: str) -> int:
    """How many characters the main text has as Word counts them: with marks of paragraphs and cells, and with the codes of
    fields; 0 before Word 97."""
    main, _ = streams_of(data, name)
    return number(main, CCP_TEXT, 4) if number(main, NFIB) >= WORD_97 else 0
