"""Names in archives: what bytes mean, which lead out of the archive, which name no document."""

from __future__ import annotations

import re

from hedui.readers.plain.decoding import plausibility

__all__ = ["is_clutter", "name_of", "plain_path", "refusal", "spelled"]

MAX_NAME = 1000
PLAUSIBLE = 0.35
# C:\报告.docx
DRIVE = re.compile(r"[A-Za-z]:")
CONTROL = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
CLUTTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
SLIP = "名称指到压缩包之外（绝对路径或 ..），未读 / its name leads out of the archive (absolute or ..), not read"
ODD = "名称含有控制字符或过长，未读；请改名后重新压缩 / its name holds control characters or is too long, not read; rename it"


def name_of(raw: bytes) -> str:
    """The name that `raw` spells: UTF-8, else GBK (archives made on Chinese Windows), else code page 437.

    >>> name_of("绩效自评报告.docx".encode("gbk")), name_of("résumé.txt".encode("cp437"))
    ('绩效自评报告.docx', 'résumé.txt')
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or plausibility(name) >= PLAUSIBLE:
            return name
    return raw.decode("cp437")


def spelled(name: str) -> str:
    """A name that Python read from a disk or an archive (PEP 383) as its bytes spell it.

    >>> spelled("某县报告.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    '某县报告.txt'
    """
    try:
        return name_of(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode()


def refusal(path: str) -> str | None:
    """Why no member may go by `path` (with `/` between folders), None where it may.

    >>> refusal("乡/报告.docx") is None, refusal("../报告.docx")[:8], refusal("C:/报告.docx")[:8]
    (True, '名称指到压缩包之', '名称指到压缩包之')
    """
    if CONTROL.search(path) or len(path) > MAX_NAME:
        return ODD
    return SLIP if path.startswith("/") or DRIVE.match(path) or ".." in path.split("/") else None


def plain_path(path: str) -> str:
    """A path as it is called: with `/` between folders, whatever made it.

    >>> plain_path(".\\\\乡\\\\报告.docx")
    '乡/报告.docx'
    """
    return path.encode("utf-8", "replace").decode().replace("\\", "/").removeprefix("./")


def is_clutter(path: str) -> bool:
    """Whether `path` is what systems and Office leave beside the files of people.

    >>> is_clutter("__MACOSX/._a.docx"), is_clutter("乡/~$报告.docx"), is_clutter("乡/报告.docx")
    (True, True, False)
    """
    return any(part.lower() in CLUTTER or (part.startswith(("~$", ".")) and part not in {".", ".."})
               for part in path.split("/"))
