"""Blocks -> Paragraphs: lines that a page or a narrow column broke are put together again.

A line runs on when a bracket, title mark or number is open at its end, or when it is long, does not end as sentences do,
and the next line opens neither with a number nor with a label of its own. Where a text was wrapped at one width throughout,
a line as wide as that runs on whatever the next one begins with, a number aside. Files that keep their own paragraphs (docx)
are read the same way: what they were made from was often cut by pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from hedui.document import Block, Document, Role, Span
from hedui.layout.numbering import numbered
from hedui.view import clean

__all__ = ["Run", "runs_of"]

WRAPPED = 20
FAR, HEADING, SHORT = 3, 45, 10
# a text is wrapped at one width when so many lines, and this share of all, are that wide and hardly any is wider
FULL_LINES, FULL_SHARE, WIDER_SHARE, NARROWEST, SLACK = 8, 0.25, 0.03, 24, 2
ENDED = tuple("。！？；：:;!?")
OPEN = {"《": "》", "（": "）", "(": ")", "〔": "〕", "“": "”"}
# 预算执行率：… opens a paragraph of its own
LABEL = re.compile(r"[^，。；：:、]{2,60}[：:]")
# …总投资64⏎80万元: a number that a line cut in two
CUT_NUMBER = re.compile(r"[\u4e00-\u9fff]\d+(?:\.\d*)?$")
REST = re.compile(r"\d+(?:\.\d+)?\s*(?:[万亿]?元|[万亿]|%|％|人|户|个|家|次)")
# （2020年度）
YEAR = re.compile(r"\s*[（(]?\s*\d{4}\s*年度?\s*[）)]?\s*")
# …2021年度绩效自评报告 · …区域绩效目标自评表 · …绩效自评情况 · …部门决算公开 · …绩效评价报告（送审稿）
TITLE = re.compile(r"(?:报告|自评表|申报表|(?:绩效|自评|评价|决算)(?:工作|结果|公开|编制|的)*(?:情况|总结|汇报|说明|公开|情况说明)|(?:部门|单位)决算)"
                   r"(?:[（(][^（）()]*[）)])?\s*$")
# 表 4-1 · 附件2 · 图3 · 注： · 单位：
APART = re.compile(r"(?:表|图|附表|附图|附件)\s*\d|附件?[:：]|注\s*\d*[:：]|单位[:：]|[-•·*#|]")


class Run(NamedTuple):
    """A paragraph or heading over all lines it takes; `blocks` are the indices of those it was put together from."""

    span: Span
    blocks: tuple[int, ...]
    role: Role
    level: int | None
    number: str | None


def open_mark(piece: str) -> bool:
    """Whether a title mark or bracket is open at the end of `piece`.

    >>> open_mark("根据《关于做好"), open_mark("（一）概况")
    (True, False)
    """
    return any(piece.count(left) > piece.count(right) for left, right in OPEN.items())


def print_width(line: str) -> int:
    """Columns of print that a line takes in fixed type: two for a character that is not ASCII."""
    return 2 * len(line) - sum(map(str.isascii, line))


def page_width(document: Document) -> int | None:
    r"""The width, in columns of print, at which the lines of a text were wrapped; None where they were not.

    >>> from hedui.readers import read_bytes
    >>> page_width(read_bytes(("资金全部用于农村饮水安全工程\n" * 9 + "完。").encode(), "a.txt"))
    28
    """
    widths = Counter(print_width(line) for block in document.blocks if block.kind != "table"
                     for line in document.text[slice(*block.span)].split("\n") if line.strip())
    total, wider = sum(widths.values()), 0
    for width in sorted(widths, reverse=True):
        full = sum(widths[width - k] for k in range(SLACK + 1))
        if full >= FULL_LINES and full >= FULL_SHARE * total:
            return width if width >= NARROWEST else None
        wider += widths[width]
        if wider > WIDER_SHARE * total:
            return None
    return None


def runs_on(text: str, head: Span, tail: Span, *, width: int | None) -> bool:
    """Whether the line `tail` goes on with what the line `head` began."""
    first, second = text[slice(*head)], text[slice(*tail)]
    if text.count("\n", head[1], tail[0]) > FAR or first.endswith(ENDED) or APART.match(second):
        return False
    unclosed = open_mark(first) and len(first) >= WRAPPED
    if numbered(text, tail) and not unclosed:
        return False
    if width is not None and print_width(first[first.rfind("\n") + 1:]) >= width - SLACK and text.count("\n", head[1], tail[0]) == 1:
        return True
    if (unclosed and any(mark in second for mark in OPEN.values())) or (CUT_NUMBER.search(first) and REST.match(second)):
        return True
    if second[:1] in " \u3000" or len(clean(first)) < WRAPPED:
        return False
    indented = text[text.rfind("\n", 0, tail[0]) + 1:tail[0]]
    if "\u3000\u3000" in indented or LABEL.match(second):
        return False
    return not titled(first, second)


def titled(first: str, second: str) -> bool:
    """Whether the first line is a heading or title that nothing runs on from, or the second stands for itself."""
    if re.search(r"[，。；]", first):
        return False
    short = len(clean(second)) < WRAPPED and not re.search(r"[，。；、！？”》）)]", second)
    heading = numbered(first, (0, len(first))) and len(clean(first)) < HEADING
    title = TITLE.search(second) and len(clean(second)) > SHORT and not re.search(r"[，。；]", second)
    return bool(heading or title or YEAR.fullmatch(second) or TITLE.search(first)) or (short and first.endswith(("情况", "）", ")")))


def runs_of(document: Document) -> Iterator[Run]:
    """The paragraphs of `document` in order, tables left out."""
    text = document.text
    width = page_width(document) if document.media_type == "text/plain" else None
    held: list[tuple[int, Block]] = []
    for index, block in enumerate(document.blocks):
        if held and (block.kind != "paragraph" or block.role != held[-1][1].role
                     or not runs_on(text, joined(held), block.span, width=width)):
            yield run(held)
            held = []
        if block.kind != "table":
            held.append((index, block))
    if held:
        yield run(held)


def joined(held: list[tuple[int, Block]]) -> Span:
    return held[0][1].span[0], held[-1][1].span[1]


def run(held: list[tuple[int, Block]]) -> Run:
    first = held[0][1]
    level = first.level if first.kind == "heading" else None
    return Run(joined(held), tuple(i for i, _ in held), first.role, level, first.number)
