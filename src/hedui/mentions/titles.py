"""A view's text in, titles of documents out: 《…》 with nested and missing marks, and unmarked …的通知 where one is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.values import find_docnos

__all__ = ["find_titles"]

OPENERS, CLOSERS = "《〈", "》〉"
KINDS = "通知|意见|办法|方案|批复|规定|细则|函|规划|决定|公告|条例|通报|请示|报告|要点|指南|规程|纲要|决议"
LONGEST = 160
BEFORE = 60
# 关于提前下达…预算的通知|（宁财…号）
UNMARKED = re.compile(rf"关于(?:[^，,。;；、:：《》()（）]|、(?=[^《])|[(（][^()（）]{{0,60}}[)）]){{4,100}}?的?(?:{KINDS})(?P<tail>[(（]|$)")
# 某局关于2021年度某项目绩效自评情况的报告: the head of a report, which it does not cite
OWN = re.compile(r"(?:绩效|自评|评价)[^《》]{0,20}报告$")
# where the clause that holds an unmarked title starts
CLAUSE = re.compile(r"[，,。;；:：《》\n]")
# （7） · 12. · 根据: what leads up to an unmarked title
LEAD = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]|\s|.{0,12}?(?:根据|按照|依据|落实|执行|印发|转发|贯彻))+")


def find_titles(text: str) -> Iterator[tuple[int, int]]:
    """The spans of titles in `text`, marks included, outermost only.

    >>> [text[a:b] for text in ["依据《关于转发〈办法〉的通知》（某财〔2021〕3号）"] for a, b in find_titles(text)]
    ['《关于转发〈办法〉的通知》']
    """
    at = text.find("《")
    while at >= 0:
        end = closing(text, at)
        if end is None:
            at = text.find("《", at + 1)
            continue
        yield at, end
        at = text.find("《", end)
    yield from unmarked(text)


def closing(text: str, at: int) -> int | None:
    """The end of the title that opens at `at`: its own mark, else the first mark at all, else the end of a short piece."""
    depth, first = 0, None
    for index in range(at, min(len(text), at + LONGEST)):
        char = text[index]
        if char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            depth -= 1
            first = first or index + 1
            if depth == 0:
                return index + 1
        elif char == "。":
            break
    if first is not None:
        return first
    rest = text[at:]
    return len(text) if 8 < len(rest) <= 80 and not re.search(r"[。;；，]", rest) else None


def unmarked(text: str) -> Iterator[tuple[int, int]]:
    """Titles without marks: with a document number right behind, or the whole of a cell or list item."""
    at = text.find("关于")
    if at < 0:
        return
    numbers = {found.start for found in find_docnos(text)}
    while at >= 0:
        match = UNMARKED.match(text, at)
        end = match.end() - len(match["tail"]) if match else at
        start = clause_start(text, at)
        if match and text.rfind("《", 0, start + 1) <= text.rfind("》", 0, start + 1):
            whole = match["tail"] == "" and not OWN.search(match[0]) and LEAD.sub("", text[:end]) == text[start:end]
            if end + 1 in numbers or whole:
                yield start, end
        at = text.find("关于", max(end, at + 2))


def clause_start(text: str, at: int) -> int:
    """Where the title that has 关于 at `at` starts: behind the last stop, list number or word that leads up to it."""
    low = max(0, at - BEFORE)
    start = max((mark.end() for mark in CLAUSE.finditer(text, low, at)), default=low)
    lead = LEAD.match(text[start:at])
    return start + lead.end() if lead else start
