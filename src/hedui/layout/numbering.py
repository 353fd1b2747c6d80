"""The numbers that open headings and list items: a line -> its number, its rank, what stands behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from hedui.document import Span

__all__ = ["LEADER", "Numbered", "numbered", "rank_of"]

CN = "一二三四五六七八九十百"
# a number of so many points that counts nothing: not 3.5万元, 1.2倍
DECIMAL = (r"\d{{1,2}}(?:[．.]\d{{1,2}}){{{}}}(?![．.]\d)[、．.]?(?=\s*[\u4e00-\u9fff（(])(?!\s*(?:余"
    r"|多)?(?:[%％‰万亿千百元角分米吨克升度倍天岁][^析散]|[个人次家户名月日亩级号版]|年(?!度)|小时|公[里斤顷分]|平方|立方|项[^目]|[条件套台处座所]))")
# each kind by rank, outermost first; matched on the original text, white space before it left out
KINDS = (
    # 第四部分 附件 · 第二章 总则
    ("chapter", rf"第[{CN}\d]{{1,3}}(?:部分|章|篇|编)[、.．:：]?"),
    # 一、项目概况
    ("cn", rf"[{CN}]{{1,3}}\s*[、．.](?!\d)"),
    # （二）项目绩效目标。 · (一) 项目总体情况
    ("cn_paren", rf"[（(〔]\s*[{CN}]{{1,3}}\s*[）)〕]"),
    # 1．项目主管部门 · 2、资金 · 3.管理（not 3.5 or 2020.12）
    ("arabic", r"\d{1,2}\s*[、．.](?![\d．.])"),
    # 4.1 项目产出
    ("decimal", DECIMAL.format(1)),
    # 4.2.1 社会效益
    ("subdecimal", DECIMAL.format(2)),
    # （3）时效指标 · (12) · 4）
    ("arabic_paren", r"[（(]\s*\d{1,2}\s*[）)]|\d{1,2}[）)]"),
    # ①保障工资发放
    ("circled", r"[①-⑳⑴-⒇]"),
    # a.召开会议 · G.监督检查 · b、响应时间
    ("letter", r"[A-Za-z]\s*[、．.](?![A-Za-z\d])"),
)
NUMBER = re.compile(r"[\s\u3000]*(?:[-•·*#]+\s*)?(?:\*\*)?(?:\[bookmark:[^\]]*\]\s*)*(?:\*\*)?(?P<number>"
                    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS) + ")")
# 一、基本情况……3: the end of a line of a table of contents
LEADER = re.compile(r"(?<![.．…·])(?:[.．…·]{3,}|…{2})\s*\d{1,3}\s*$")
RANKS = {kind: rank for rank, (kind, _) in enumerate(KINDS, start=1)}


class Numbered(NamedTuple):
    """A number that opens a line: `number` as written, its `rank` (1 outermost), `span` and where the text behind it
    begins."""

    number: str
    rank: int
    span: Span
    behind: int


def numbered(text: str, span: Span) -> Numbered | None:
    """The number that opens `text[span]`, None where none does.

    >>> numbered("（一）基本情况", (0, 7)).rank, numbered("2020.12前", (0, 8))
    (3, None)
    """
    match = NUMBER.match(text, *span)
    if not match:
        return None
    kind = next(kind for kind, _ in KINDS if match[kind] is not None)
    return Numbered(match["number"], RANKS[kind], match.span("number"), match.end())


def rank_of(number: str) -> int | None:
    """The rank of an automatic list number (`一、`, `(2)`), None where it is of no known kind."""
    found = numbered(number, (0, len(number)))
    return found.rank if found else None
