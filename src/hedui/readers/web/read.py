"""Bytes of a saved web page (HTML, or MHT with all its parts) -> Document; nothing is fetched and no script is run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from hedui.document import Document, Issue
from hedui.errors import ReadError
from hedui.readers.assemble import Draft, assemble
from hedui.readers.limits import MAX_NESTING, MAX_PART_BYTES, MAX_TEXT_BYTES
from hedui.readers.plain.decoding import decode
from hedui.readers.safe_xml import Element
from hedui.readers.web.walk import page_drafts

__all__ = ["read_web"]

HEAD_BYTES = 4096
HTML = ("text/html", "application/xhtml+xml")
# <meta charset="gb2312"> · <meta http-equiv=Content-Type content="text/html; charset=gbk"> · <?xml version="1.0" encoding="big5"?>
CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,20})", re.I)
# src="data:image/png;base64,iVBOR…": pictures inside the page
PICTURE = re.compile(rb"data:[\w/+.;=-]{1,80};base64,[A-Za-z0-9+/=%\s]+")
DECLARATION = re.compile(r"<\?xml[^>]*\?>")
MULTIPART = re.compile(rb"content-type:\s*multipart/", re.I)
TOO_DEEP = re.compile(r"depth|huge|too (?:deep|long|large)", re.I)
UNKNOWN = "网页的编码无法确认；请用浏览器打开，另存为文本或 docx / a page of an unknown encoding; open it in a browser and save it as text"
TOO_LARGE = "网页过大，不像报告；请另存为文本或 docx / too large for a report; save it as text or docx"
NO_PAGE = "网页归档（MHT）里没有网页，或已损坏；请重新保存 / a web archive (MHT) without a page, or damaged; save it again"


def is_archive(data: bytes) -> bool:
    head = data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return not head.startswith(b"<") and b"content-type:" in head


def pages_in(data: bytes, name: str) -> Iterator[tuple[bytes, str | None]]:
    """The pages of a web archive in their order with the charsets it gives. Raises ReadError where there are none."""
    if len(MULTIPART.findall(data)) > MAX_NESTING:
        raise ReadError(name, NO_PAGE)
    try:
        parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() in HTML]
        found = [(part.get_payload(decode=True), part.get_content_charset()) for part in parts]
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise ReadError(name, NO_PAGE) from error
    if not found:
        raise ReadError(name, NO_PAGE)
    for content, charset in found:
        if isinstance(content, bytes):
            yield content, charset


def said_in(data: bytes, charset: str | None) -> str | None:
    """`data` in the encoding that the archive or the page itself names; None where there is none that fits."""
    told = CHARSET.search(data[:HEAD_BYTES])
    for encoding in filter(None, (charset, told[1].decode("ascii") if told else None)):
        try:
            return data.decode("gb18030" if encoding.lower() in {"gb2312", "gbk"} else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def text_of(data: bytes, name: str, charset: str | None) -> str:
    """The markup of a page: by the evidence of its bytes, else as it says. Raises ReadError where neither tells."""
    data = PICTURE.sub(b"", data)
    if len(data) > MAX_PART_BYTES:
        raise ReadError(name, TOO_LARGE)
    decoded = decode(data)
    text = decoded.text if decoded is not None else said_in(data, charset)
    if text is None:
        raise ReadError(name, UNKNOWN)
    text = text.lstrip()
    declared = DECLARATION.match(text)
    return text[declared.end() if declared else 0:].replace("\x00", "")


def tree_of(markup: str) -> tuple[Element | None, list[Issue]]:
    """The tree of a page, and what of it the parser gave up on."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, []
    cut = next((entry for entry in parser.error_log if entry.level_name == "FATAL" or TOO_DEEP.search(entry.message)), None)
    if cut is None:
        return root, []
    return root, [Issue(where=f"第 {cut.line} 行 / line {cut.line}",
                        what="网页嵌套过深或过长，此后可能没有读全 / nested too deeply or too long, what follows may be incomplete")]


def read_web(data: bytes, name: str) -> Document:
    """The page in `data`: headings with level, paragraphs, tables with merged cells; navigation and footers have roles of
    their own. What the page hides is left out. Raises ReadError where its encoding is unknown, it is too large, or
    it shows no words."""
    archived = is_archive(data)
    drafts: list[Draft] = []
    issues: list[Issue] = []
    for content, charset in pages_in(data, name) if archived else iter([(data, None)]):
        root, cut = tree_of(text_of(content, name, charset))
        if root is not None:
            found, about = page_drafts(root)
            drafts += found
            issues += [*cut, *about]
    text, blocks, _ = assemble(drafts)
    if len(text) > MAX_TEXT_BYTES:
        raise ReadError(name, TOO_LARGE)
    if not text.strip():
        raise ReadError(name, issues[0].what if issues else "网页里没有可见的文字 / the page shows no words",
                        where=issues[0].where if issues else "")
    return Document(name=name, sha256=hashlib.sha256(data).hexdigest(), text=text, blocks=blocks, issues=tuple(issues),
                    media_type="multipart/related" if archived else "text/html")
