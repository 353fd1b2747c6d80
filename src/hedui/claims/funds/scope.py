"""The words before an amount -> whose money it is or for what, and the level it comes from."""

from __future__ import annotations

import re

from hedui.claims.funds.patterns import cue_in

__all__ = ["level_of", "scope_of"]

LEVELS = (
    ("中央", re.compile(r"中央(?!和|、|与|及|级?以)|国家级|财政部")),
    ("省级", re.compile(r"省级|省财政|自治区(?:级|财政|配套|补助|资金|预算|[^,、□厅局委]{2,4}资金)|省(?:本级|配套|补助|资金|拨)|直辖市级")),
    ("市县", re.compile(r"[市县区州盟旗](?:\(县\)|\(区\))?级|本级(?:财政|配套|预算|补助|安排|资金)|[市县区](?:本级|财政|配套|补助|区级)"
                      r"|市县|地方(?:财政|配套|资金)?|州财政")),
    ("其他", re.compile(r"其他资金|自筹|社会资[本金]|自有资金|群众(?:筹|投)|银行贷款")),
)
MIXED = re.compile(r"中央[、和与及](?:省|自治区|地方|市|县)")
# 共 · 约 · 为 · 资金 before the amount is no part of its scope
TAIL = re.compile(r"(?:资金共计|共计|合计为|总计|合计|累计|共|约|近|为|是|了|达到|达|的|:|数|额|金额|超过|不超过|计"
                  r"|由|各|用于|负|及|和|已|尚有|年初|年中|当年|其中)+$")
HEAD = re.compile(r"^(?:[、(]|[一二三四五]是|其中|分别|根据□*|按照□*|依据□*|截至|截止|[^□]{0,20}底|\d{4}年度?(?:\d+月)?(?:\d+日)?"
                  r"|年初|当年|全年|本年度?|共计|共|主要用于|用于|由|和|及|包括|已|并|对|从|[①-⑳]|□+|[)）])+")
# 又以某财社〔2023〕41号追加|中央资金 · 指出我镇|超范围列支工作经费
GIVEN = re.compile(r".*□\)?(?:号|文件?|等)*[^,□]{0,6}?(?:下达|追加|安排|拨付|下拨)(?:给|到)?(?:我[省市县区旗州乡镇])?(?=[^,□]{2,}$)")
VERBS = re.compile(r"^(?:财政部|[^,□]{2,20}?)(?=共?(?:下达|拨付|安排|分配))(?:共?(?:下达|拨付|安排|分配))(?:我[省市县区局州])?"
                   r"|^(?:下达|拨付|安排|分配)(?:我[省市县区局州])?")
# 财政拨款基本支出, 一般公共预算收入: the cue is part of the name
KIND_OF = re.compile(r"(?:基本|项目|经营|其他|拨款|预算|经费|保障|服务|管理)$")
LIST_NUMBER = re.compile(r"\d{1,2}[.、]|\(\d{1,2}\)|[①-⑳]")
# 卫生健康(类)行政运行(项):支出决算为216万元
ACCOUNT = re.compile(r"(?:^|[。;,])(?:\d{1,2}[.、])?(?P<what>[^。;,:]{2,60}):(?:支出|收入)?(?:决算|预算)(?:数)?(?:为|是)?$")
# 本年支出合计645万元 · 收、支总计645万元
TOTAL_OF = re.compile(r"(?P<what>(?:本年|当年|全年|年度)?(?:财政拨款)?(?:收、支|收入支出|收支|收入|支出|资金|预算"
                      r"|决算)(?:总计|合计|总额|决算数?))(?:各|为|共)?$")
# 实际支出 · 尚余 · 与上年: words that only tell what became of the money
NOTHING = re.compile(r"(?:实际|累计|已经?|全年|共|形成|比|较|与|上年|年末|年初|预算|决算|报账|到位|支出|支付|列支|执行|使用|发放"
                     r"|剩余|尚余|余下|其余|还有|欠配|结转|下年)+|(?:支出|收入)?(?:决算|预算)数?|(?:该|本)?(?:项目|专项)?(?:补助)?(?:资金)?(?:预算)?|尚有|涉及资金|涉及金额|我[省市县区局]")


def level_of(words: str) -> str | None:
    """The level that the money comes from, as its words say.

    >>> level_of("中央财政资金"), level_of("县级配套"), level_of("中央和省级资金合计")
    ('中央', '市县', None)
    """
    if MIXED.search(words):
        return None
    told = [level for level, pattern in LEVELS if pattern.search(words)]
    return told[0] if told else None


def scope_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the noun phrase stands that the amount at `end` is for, in `text[start:end]`; empty if it has none."""
    cut = max((m.end() for m in re.finditer(r"[,;:。、]|^\(", text[start:end])), default=0)
    left, right = start + cut, end
    if found := TAIL.search(text[left:right]):
        right = left + found.start()
    if told := cue_in(text[left:right]):
        cue_end = left + told[2]
        if cue_end == right and told[1] >= 3 and not KIND_OF.search(text[left:left + told[1]]):
            right = left + told[1]
    for pattern in (GIVEN, HEAD, VERBS, HEAD):
        if found := pattern.match(text[left:right]):
            left += found.end()
    if number := LIST_NUMBER.match(text, left, right):
        left = number.end()
    if right - left >= 2 and not NOTHING.fullmatch(text, left, right):
        return left, right
    if named := ACCOUNT.search(text[start:end]):
        return start + named.start("what"), start + named.end("what")
    whole = TOTAL_OF.search(text[start:end])
    return (start + whole.start("what"), start + whole.end("what")) if whole else (end, end)
