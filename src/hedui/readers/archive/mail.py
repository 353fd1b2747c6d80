"""Bytes of a mail (.eml, RFC 5322 and 2045) -> its text and its attachments, one Slot each."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from functools import partial

from hedui.errors import ReadError
from hedui.readers.archive.held import DAMAGED, Slot
from hedui.readers.archive.names import name_of
from hedui.readers.archive.order import LETTER

__all__ = ["mail_slots"]

MAX_BOUNDARIES = 200
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
BODY = {"text/plain": f"{LETTER}.txt", "text/html": f"{LETTER}.html"}
KNOWN = frozenset({"", "us-ascii", "utf-8", "utf8", "gb2312", "gbk", "gb18030"})
NAMING = frozenset({"content-disposition", "content-type"})
# filename="绩效自评报告.docx" in bytes, against the rules
RAW_NAME = re.compile(r'name="?([^";\r\n]+)', re.IGNORECASE)
SURROGATES = re.compile("[\udc80-\udcff]")


def spelled(text: str) -> str:
    """A header value as meant: encoded words decoded (RFC 2047), raw bytes by what they spell."""
    if SURROGATES.search(text):
        return name_of(text.encode("utf-8", "surrogateescape"))
    pieces = []
    try:
        for piece, charset in decode_header(text):
            pieces.append(piece if isinstance(piece, str) else decoded(piece, charset))
    except (MessageError, ValueError):
        return text
    return "".join(pieces)


def decoded(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode("gb18030" if (charset or "").lower() in {"gb2312", "gbk"} else charset or "ascii")
    except (LookupError, ValueError):
        return name_of(raw)


def file_name(part: Message) -> str | None:
    """The name that a part gives to its file, None where it gives none."""
    raw = next((match[1] for field, value in part.raw_items() if field.lower() in NAMING and SURROGATES.search(str(value))
                and (match := RAW_NAME.search(str(value)))), None)
    said = raw or part.get_filename()
    return UNSAFE.sub("_", spelled(said)).strip(" .") or None if said else None


def content(part: Message) -> bytes:
    """The bytes of a part; plain text in another encoding than its reader tells by itself comes as UTF-8."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "").lower()
    if part.get_content_type() != "text/plain" or charset in KNOWN:
        return data
    try:
        return data.decode(charset).encode()
    except (LookupError, ValueError):
        return data


def once(part: Message) -> Iterator[bytes]:
    yield content(part)


def letter(part: Message) -> Iterator[bytes]:
    """The letter that a forwarding one holds."""
    inner = part.get_payload()
    yield inner[0].as_bytes(policy=policy.compat32) if isinstance(inner, list) and isinstance(inner[0], Message) else b""


def leaves(part: Message, *, inline: bool = False) -> Iterator[Slot]:
    """The parts of a letter that hold something: of alternatives the plainest, no pictures that stand in the text."""
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind == "message/rfc822":
        yield Slot(path=f"{file_name(part) or '转发的邮件'}".removesuffix(".eml") + ".eml", pieces=partial(letter, part))
    elif isinstance(inner, list):
        parts = [one for one in inner if isinstance(one, Message)]
        if kind == "multipart/alternative":
            plain = [one for one in parts if one.get_content_type() == "text/plain"]
            parts = plain[:1] or parts[-1:]
        for one in parts:
            yield from leaves(one, inline=kind == "multipart/related")
    elif name := file_name(part):
        if not (inline and part.get_content_maintype() == "image"):
            yield Slot(path=name, pieces=partial(once, part))
    elif kind in BODY:
        if content(part).strip():
            yield Slot(path=BODY[kind], pieces=partial(once, part))
    elif not inline:
        yield Slot(path=f"附件.{part.get_content_subtype()}", pieces=partial(once, part))


def mail_slots(data: bytes, name: str) -> Iterator[Slot]:
    """The text of a letter and its attachments, in its order. ReadError where it is nested beyond reason."""
    if len(re.findall(rb"boundary=", data, re.IGNORECASE)) > MAX_BOUNDARIES:
        raise ReadError(name, DAMAGED)
    try:
        slots = list(leaves(email.message_from_bytes(data, policy=policy.compat32)))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError(name, DAMAGED) from error
    yield from slots
