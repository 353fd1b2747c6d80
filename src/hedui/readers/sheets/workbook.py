"""The sheets of a workbook -> Document: their tables and paragraphs, hidden sheets last, and what is hidden told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import Draft, assemble
from hedui.readers.sheets.blocks import sheet_drafts
from hedui.readers.sheets.sheet import Sheet, column_name

__all__ = ["sheets_document"]

# Sheet1 · 工作表2 · Sheet1 (2) · 1: names that programs give
GENERIC = re.compile(r"(?:sheet|工作表|表|table)?\s*\d*(?:\s*[（(]\d+[）)])?", re.I)
# 附件2 · 单位：万元 · （2022年度）: lines above a table that are no title
NO_TITLE = re.compile(r"附[件表]?\s*[\d一二三四五六七八九十]*[:：]?|.*[:：].*|[（(].*[）)]")
MIN_TITLE = 4
MAX_TOLD = 20


def has_title(drafts: Sequence[Draft]) -> bool:
    """Whether a sheet opens with a title of its own."""
    for draft in drafts:
        if draft.kind == "table":
            return False
        if len(draft.text) >= MIN_TITLE and not NO_TITLE.fullmatch(draft.text):
            return True
    return False


def named(sheet: Sheet, drafts: list[Draft], others: bool) -> list[Draft]:
    """`drafts` under the name of their sheet, where there are others and the name says what nothing else says."""
    if not drafts or not others or GENERIC.fullmatch(sheet.name.strip()) or has_title(drafts):
        return drafts
    return [Draft(kind="heading", text=sheet.name.strip(), level=1), *drafts]


def told(names: Iterable[str]) -> str:
    names = list(names)
    return "、".join(names[:MAX_TOLD]) + ("…" if len(names) > MAX_TOLD else "")


def ranges(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of whole numbers."""
    first = last = None
    for number in sorted(numbers):
        if first is None or last is None or number > last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last


def hidden_issues(sheet: Sheet) -> Iterator[Issue]:
    """What of a sheet is hidden and was read all the same; hidden rows and columns without words are not worth a line."""
    where = f"工作表 {sheet.name} / sheet {sheet.name}"
    if not sheet.cells:
        return
    if sheet.hidden:
        yield Issue(where=where, what="是隐藏的工作表，已读，排在最后 / a hidden sheet, read and put last")
    rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
    if rows:
        names = told(str(a + 1) if a == b else f"{a + 1}–{b + 1}" for a, b in ranges(rows))
        yield Issue(where=where, what=f"隐藏的行 {names} 已照读 / hidden rows {names} are read")
    columns = {column for _, column in sheet.cells} & sheet.hidden_columns
    if columns:
        names = told(column_name(a) if a == b else f"{column_name(a)}–{column_name(b)}" for a, b in ranges(columns))
        yield Issue(where=where, what=f"隐藏的列 {names} 已照读 / hidden columns {names} are read")


def sheets_document(sheets: Sequence[Sheet], data: bytes, name: str, *, media_type: str,
                    issues: Sequence[Issue] = ()) -> Document:
    """The document that `sheets` make; `data` is the file they are from. Raises ReadError where they hold no words."""
    ordered = sorted(sheets, key=lambda sheet: sheet.hidden)
    drafts: list[Draft] = []
    told_issues = list(issues)
    others = sum(bool(sheet.cells) for sheet in sheets) > 1
    for sheet in ordered:
        blocks, about = sheet_drafts(sheet)
        drafts += named(sheet, blocks, others)
        drafts += [Draft(kind="paragraph", text=comment, role="comment") for comment in sheet.comments]
        told_issues += [*sheet.issues, *about, *hidden_issues(sheet)]
    text, blocks_laid, _ = assemble(drafts)
    if not text.strip():
        cause = told_issues[0].what if told_issues else "内容为空 / nothing in it"
        raise ReadError(name, f"表格里没有文字（{cause}） / the sheets hold no words")
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, text=text,
                    blocks=blocks_laid, issues=tuple(told_issues))
