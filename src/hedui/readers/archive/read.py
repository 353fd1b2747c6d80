"""Bytes of an archive or a letter -> one Document of all that can be read in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.archive.held import Held
from hedui.readers.archive.joined import joined
from hedui.readers.archive.order import reading_order
from hedui.readers.archive.walk import members
from hedui.readers.limits import MAX_TEXT_BYTES
from hedui.readers.showing import member_shown
from hedui.readers.suffixes import is_document_name

__all__ = ["read_archive", "read_together"]

Read = Callable[[bytes, str], Document]
MAX_ISSUES = 100
NO_DOCUMENT = "里面没有读得出的报告 / holds no report that can be read"
NO_NAME = "按文件名不是报告或表格，未读 / by its name no report or table, not read"
TOO_LONG = "合起来文字过多，此文件未读；请分开读 / too much text together, this file is left out; read it by itself"
MEDIA_TYPES = ((b"PK", "application/zip"), (b"7z", "application/x-7z-compressed"), (b"\x1f\x8b", "application/gzip"),
               (b"BZh", "application/x-bzip2"), (b"\xfd7z", "application/x-xz"))


def media_type(data: bytes) -> str:
    tar = "application/x-tar" if data[257:262] == b"ustar" else "message/rfc822"
    return next((told for mark, told in MEDIA_TYPES if data.startswith(mark)), tar)


def document_of(one: Held, read: Read) -> Document | Issue:
    """What a member holds, or why it was not read."""
    if one.cause or not is_document_name(one.name):
        return Issue(where=one.name, what=one.cause or NO_NAME)
    try:
        with member_shown(one.name):
            return read(one.data, one.name)
    except ReadError as error:
        return Issue(where=f"{one.name} {error.where}".strip(), what=error.cause)


def read_together(held: Iterable[Held], read: Read) -> tuple[list[Document], list[Issue]]:
    """The documents that files hold, in the order one reads them and each content once, and the issues of the others."""
    documents: list[Document] = []
    issues: list[Issue] = []
    first: dict[str, str] = {}
    size = 0
    for one in held:
        digest = hashlib.sha256(one.data).hexdigest()
        if not one.cause and digest in first:
            issues.append(Issue(where=one.name, what=f"与 {first[digest]} 内容相同，只读一次 / the same as {first[digest]}, read once"))
            continue
        found = document_of(one, read)
        if isinstance(found, Document) and size + len(found.text) > MAX_TEXT_BYTES:
            found = Issue(where=one.name, what=TOO_LONG)
        if isinstance(found, Document):
            first[digest] = one.name
            documents.append(found)
            size += len(found.text)
        else:
            issues.append(found)
    by_name = {document.name: document for document in documents}
    return [by_name[name] for name in reading_order(by_name)], issues


def shortened(issues: list[Issue], name: str) -> tuple[Issue, ...]:
    """The first issues, and how many more there are."""
    if (more := len(issues) - MAX_ISSUES) > 0:
        issues = [*issues[:MAX_ISSUES], Issue(where=name, what=f"另有 {more} 处问题 / {more} more issues")]
    return tuple(issues)


def read_archive(data: bytes, name: str, read: Read) -> Document:
    """All that `read` reads of the members of an archive, as one document; `members` tells which text is whose.

    Members that cannot be read are issues. ReadError where nothing could be read.
    """
    documents, issues = read_together(members(data, name), read)
    if not documents and [issue.where for issue in issues] == [name]:
        raise ReadError(name, issues[0].what)
    if not documents:
        told = "；".join(f"{issue.where.removeprefix(name).removeprefix('!/')} {issue.what}".strip() for issue in issues[:3])
        raise ReadError(name, f"{NO_DOCUMENT}：{told}" if told else NO_DOCUMENT)
    whole = joined(documents, name, hashlib.sha256(data).hexdigest(), media_type=media_type(data))
    return replace(whole, issues=shortened([*whole.issues, *issues], name))
