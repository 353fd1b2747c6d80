"""What the characters of a line tell of where paragraphs begin and end: numbers, labels, marks that hold together."""

from __future__ import annotations

import re

__all__ = ["ANNEX", "APART", "CLAUSES", "CLOSERS", "ENDED", "HEADING", "OPENERS", "OPENING", "STOPS", "counts_on", "heading_level",
           "is_contents", "labelled", "unparted"]

CN = "一二三四五六七八九十"
# 一、 · （二） · 1. · 2、 · （3） · ④ · 第三章 · • · 附件2： (not 3.5 or 2020.12)
OPENING = re.compile(rf"(?:[{CN}]{{1,3}}\s*[、．.]|[（(〔]\s*(?:[{CN}]{{1,3}}|\d{{1,2}})\s*[）)〕]|\d{{1,2}}\s*[、．.](?!\s?\d)|\d{{1,2}}[）)]"
                     rf"|[①-⑳⑴-⒛]|第[{CN}\d]{{1,3}}(?:部分|章|条|篇)|[•·●○■□◆▪–—*-]\s*(?=\D)|附[件表录]\s*\d*[:：]|[a-zA-Z][.．、)])\s*")
# 四、 · （二） · 第三章: numbers that hardly stand within a sentence
HEADING = re.compile(rf"[{CN}]{{1,3}}\s*[、．.]|[（(〔]\s*[{CN}]{{1,3}}\s*[）)〕]|第[{CN}]{{1,3}}(?:部分|章)")
LEVELS = (re.compile(rf"[{CN}]{{1,3}}\s*[、．.]|第[{CN}\d]{{1,3}}(?:部分|章)"), re.compile(rf"[（(〔]\s*[{CN}]{{1,3}}\s*[）)〕]"),
          re.compile(r"\d{1,2}\s*[、．.](?!\s?\d)"), re.compile(r"[（(]\s*\d{1,2}\s*[）)]"))
# 附件2 · 附表： alone on a line
ANNEX = re.compile(rf"附[件表录]\s*[\d{CN}]{{0,2}}\s*[:：]?")
# 表 4-2 指标得分情况 · （图7：…） · 附件2 · 注：1. … · 单位：万元, behind the end of a sentence
APART = re.compile(rf"[（(]?(?:附?表|附?图|附件)\s*[\d{CN}]|附件?[:：]|注\s*\d*[:：]|单位[:：]")
# 一、项目概况……………3 · （二）绩效目标........12
CONTENTS = re.compile(r"[.…·．]{4,}\s*[\dIVXivx]{0,4}$")
STOPS, CLAUSES = re.compile(r"[，。；]"), re.compile(r"[，。；、]")
ENDED = tuple("。！？!?；;：:")
OPENERS, CLOSERS = tuple("（《〔【〈「『“‘([{<"), tuple("，。、；：！？）》〕】〉」』”’,;!?)]}%％")
# what no line end may part, by the rules of print: a Latin word or figure, marks and what they open or close (LibreOffice
# keeps a figure with the mark before it); quotation marks hold both their neighbours
ATOM = r"(?:[!-&*-~]+|[^ ])"
UNIT = re.compile(rf"[（《〔【〈「『(\[“‘]*{ATOM}(?:[，。、；：！？）》〕】〉」』,.;:!?)\]%％…—～]+[!-&*-~]*|[“”‘’]+{ATOM}?)*")
# （3） · 2） · 4. · ②
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
COUNTED = re.compile(rf"[（(]\d{{1,2}}[）)]|\d{{1,2}}[）)、.．](?!\d)|[{CIRCLED[1:]}]")
DIGITS = re.compile(r"\d+")
# 预算执行率：…
LABEL = re.compile(r"(?!其中|具体)[^，。；：:、（(]{3,24}[：:]")
# entries of contents are no longer than this; a paragraph's own number stands so far from its start
LONGEST, WITHIN = 200, 6


def unparted(text: str) -> int:
    """How many characters at the start of a line hold together.

    >>> unparted("《管理办法》"), unparted("12.5%，其中"), unparted("率）。完成")
    (2, 6, 3)
    """
    found = UNIT.match(text)
    return found.end() if found else 0


def is_contents(text: str) -> bool:
    """Whether a line is an entry of a table of contents, or any whose end dots lead to."""
    return bool(CONTENTS.search(text[-LONGEST:]))


def counts_on(said: str, line: str) -> bool:
    """Whether the number that opens `line` goes on counting within a paragraph that says `said` so far.

    >>> counts_on("采取三项措施：①按时招标。", "②足额拨付。"), counts_on("（1）按时招标。", "（2）足额拨付。")
    (True, False)
    """
    found = COUNTED.match(line)
    if found is None:
        return False
    here = found[0]
    before = CIRCLED[CIRCLED.index(here) - 1] if here in CIRCLED else DIGITS.sub(lambda digits: str(int(digits[0]) - 1), here)
    return bool(re.search(rf"(?<!\d){re.escape(before)}(?!\d)", said[WITHIN:]))


def labelled(text: str) -> bool:
    """Whether a line opens with a label of its own: 水质达标率：…"""
    return bool(LABEL.match(text))


def heading_level(text: str) -> int | None:
    """The level of the number that opens a heading, None where none does.

    >>> heading_level("一、项目概况"), heading_level("（二）绩效目标"), heading_level("3.5万元")
    (1, 2, None)
    """
    return next((level for level, pattern in enumerate(LEVELS, start=1) if pattern.match(text)), None)
