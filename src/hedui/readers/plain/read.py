"""Bytes of a plain text, markdown or comma-separated file -> Document."""

from __future__ import annotations

import hashlib
import re

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import assemble
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.plain.blocks import blocks_of
from hedui.readers.plain.decoding import REPLACEMENT, Decoded, decode
from hedui.readers.sheets import delimited_sheet, sheet_drafts

__all__ = ["read_text"]

MAX_PLACES = 10
LINE_END = re.compile("\r\n?")


def issues_of(decoded: Decoded) -> tuple[Issue, ...]:
    """One issue for each of the first places that could not be decoded, one for the rest, one for NUL characters."""
    issues = []
    text = decoded.text
    for byte, at in decoded.slips[:MAX_PLACES]:
        line = len(LINE_END.sub("\n", text[:at]).split("\n"))
        issues.append(Issue(
            where=f"第 {line} 行，第 {byte + 1} 字节 / line {line}, byte {byte + 1}",
            what=f"此处字节不是有效的 {decoded.encoding} 编码，以 {REPLACEMENT} 代替；请核对原文 / "
                 f"not valid {decoded.encoding}, read as {REPLACEMENT}; compare with the original"))
    if (more := len(decoded.slips) - MAX_PLACES) > 0:
        issues.append(Issue(where="全文 / whole text",
                            what=f"另有 {more} 处无法解码 / {more} more places could not be decoded"))
    if count := text.count("\x00"):
        issues.append(Issue(where="全文 / whole text",
                            what=f"有 {count} 个空字符（NUL），原样保留 / {count} NUL characters, kept as they are"))
    return tuple(issues)


def read_text(data: bytes, name: str) -> Document:
    r"""The text of `data`, with `\r\n` and `\r` as `\n` and without byte order mark; spans refer to that text. A
    comma-separated file is read as a sheet (`sheets.delimited`): its text is that of the cells.

    UTF-8, GB18030 (and with it GBK and GB/T 2312), UTF-16 and, with a mark, UTF-32; see `decoding`. A few bytes that
    cannot be decoded stand as U+FFFD and are issues; a text of an unknown encoding, a binary file, one without a word
    and one over the limit raise ReadError.

    >>> read_text("执行率\r\n98%".encode("gbk"), "a.txt").text
    '执行率\n98%'
    """
    if len(data) > MAX_TEXT_BYTES:
        raise ReadError(name, f"文本有 {len(data) / 1e6:.0f} MB，超过 {MAX_TEXT_BYTES / 1e6:.0f} MB，不像报告；请拆成单份报告再读 / "
                              f"{len(data) / 1e6:.0f} MB of text, over the limit of {MAX_TEXT_BYTES / 1e6:.0f} MB; "
                              "split it into single reports")
    decoded = decode(data)
    if decoded is None:
        raise ReadError(name, "不是文本，或编码无法确认；请另存为 UTF-8 文本或 docx / "
                              "binary, or text of an unknown encoding; save it as UTF-8 text or docx")
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u3000\u00a0\x00"):
        raise ReadError(name, "文件里没有文字 / the file holds no words")
    text = LINE_END.sub("\n", decoded.text)
    sheet = delimited_sheet(text, name)
    if sheet is None:
        blocks, media_type = blocks_of(text), "text/plain"
    else:
        text, blocks, _ = assemble(sheet_drafts(sheet)[0])
        media_type = "text/csv"
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, text=text, blocks=blocks,
                    issues=issues_of(decoded))
