"""Sentences on results without labels -> one indicator a quantified result: what was done or measured, and the number.

The name is the shortest noun phrase at the number: what stands before it in its clause, without the verb that only
says that it took place (召开了会议8次); where nothing stands before it, what it counts and what became of that
(开通170家药店直接结算). Years, money spent and numbers inside names are no results.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from hedui.claims.indicator_labels import AROUND_NUMBER, BEHIND_NUMBER, Range, quoted
from hedui.claims.indicator_openings import TOOK_PLACE, made, opened, plain_tail
from hedui.claims.indicator_patterns import COMPLETION
from hedui.claims.indicator_shared import shared_results
from hedui.claims.passages import Passage, Placed

__all__ = ["Counted", "counted", "item_ranges"]

MAX_NAME, MIN_NAME = 40, 3
NEAR_QUOTE = 80
CLAUSE = re.compile(r"[,。;:!?]")
WEAK = re.compile(r"(?:召开|举办|开展|组织|进行|实施|完成|实现|落实|保障|共?有|设有|覆盖|涉及|惠及|达到|包括|抽取|安排"
                  r"|对|为期|赴)(?:了)?(?:为期|对)?$")
STRONG = re.compile(r"(?:开通|发放|聘请|(?:全额)?资助|培训|检查|新建|改建|改造|建设|建成|维修|维护|印制|编印|采购|救助"
                    r"|补助|帮扶|慰问|安置|修复|治理|推广|新增|购置|支持|整治|养护|种植|引进|落地实施|发布|接收|受理|办理|答复|采集|配备|安装|走访|抽检|发行|制作|编制)(?:了)?$")
# 接种了|11968剂次适龄儿童疫苗
DID = re.compile(r"^[\u4e00-\u9fff]{2}了$")
# 业务培训班|举办|5期
WEAK_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:举办|开展|召开|组织)(?:了)?$")
# 干部职工赴基地参加了体验活动: what they took part in
TOOK_PART = re.compile(r"(?:参加|参与|接受|开展|举办)(?:了)?(?P<what>[\u4e00-\u9fff“”《》A-Za-z]{3,})$")
# 定点药店接入省级平台: what became of what was counted
PREDICATE = re.compile(r"(?:接入|参加|纳入|开通|完成|实现|通过|达到|建立|开展|接受|享受|获得|安装|投入)[\u4e00-\u9fffA-Za-z“”]{2,}$")
# what stands between name and number
LINK = re.compile(r"(?:已)?(?:[降升]至|下降[至到]|为|达到?了?|按照?|是|共计?|累计|约|近|至|到|调增至|提高到|提高至|维持在|保持在|稳定在|总数|合计"
                  r"|计|有|:|约为|超过|不低于|不少于|增加到|控制在|从)+$")
NO_NAME = re.compile(r"^(?:近|约|第|上|下|前|后|每|各|这|该|其|对|按|以|将|从|由|在|与|及|和|的|了)?$|^[\d.%()]*$")
BAD_BEFORE = re.compile(r"(?:第|近|每|[“\"《])$")
NO_RESULT_UNITS = frozenset({"年", "月", "日", "小时", "周", "季度", "分", "方面", "大", "批", "岁"})
# 得分率 and the like are scores; 定量指标5个 counts the system of indicators
NOT_NAMED = re.compile(r".*得分率|(?:指标)?(?:分值|得分|权重)|.*(?:[一二三]级指标|定[量性]指标)|占比|比例|比重")
# 比上年增加42.3公里
CHANGED = re.compile(r"(?:较|比)(?:上年|去年|上一?年度|同期)[\u4e00-\u9fff]{0,6}$|同比[\u4e00-\u9fff]{0,4}$")
# 发放问卷500份 measures how it was found out
MEANS_ONLY = re.compile(r"(?:发放|回收|收回)(?:有效)?(?:调查)?问卷[\u4e00-\u9fff]{0,4}$")
# 人均补助标准提高到640元
PER_HEAD = re.compile(r"(?:人均|标准|每人|每户|户均)[\u4e00-\u9fff]*$|[\u4e00-\u9fff]{2,}(?:成本|单价|费用)(?:按照?|为|约|是|达到?"
    r"|[降控]制?[至在]|保持在|稳定在)*$")
# 抢修到场时间为1小时
TIMED = re.compile(r"(?:时间|时长|时限)(?:按照?|为|约|是|达到?|[缩压]短[至到]|降至|控制在|保持在|稳定在)*$")
SHARE = re.compile(r"[\u4e00-\u9fff]{4,}占比(?:为|达到?|是)?$")
RISE = "提[高升]|上升|增[加长]|下降|降低|减少|缩短|压缩|扩大"
RATE_WORDS = re.compile(r"(?:同比|较上年|比上年|增长|下降|提高|减少|增加|降幅|占比|占)[^\u4e00-\u9fff]*(?:了)?$")


# 56.6%|提高到90.66%
RAISED = re.compile(rf"(?:{RISE})[到至]")
# 合格率由上年的56.6%提高到 · 合格率同比提高8.2个百分点，达到: what stands between the name and the number that counts
ROSE = re.compile(rf"(?P<name>[^,。;:]{{3,40}}?)(?:[由从](?:[上去]年|\d{{4}}年)?度?的?[\d.,]+[%\u4e00-\u9fff]{{1,4}}?(?:{RISE})[到至]了?"
                  rf"|(?:同比|[较比](?:上年|去年|上一?年度)(?:同期)?)(?:{RISE})了?[\d.,]+(?:个百分点|%|[\u4e00-\u9fff]{{1,4}}),?(?:达到?了?|为|至))$")


class Counted(NamedTuple):
    """A quantified result: pieces of the text that make its name, its number with its bounds, its completion."""

    name: tuple[Range, ...]
    actual: Range
    completion: Range | None = None


def item_ranges(text: str, item: re.Pattern[str]) -> list[Range]:
    """The items of a paragraph: from one mark (①, （1）, 一是) to the next."""
    starts = sorted({0, *(m.start() for m in item.finditer(text))})
    return [(s, e) for s, e in zip(starts, [*starts[1:], len(text)], strict=True) if e > s]


class Stops(NamedTuple):
    """The stops of a text by the marks open where they stand: `depth[i]` open titles and brackets before character i of the
    range, `at` the places of the stops of each depth."""

    lo: int
    depth: list[tuple[int, int]]
    at: dict[tuple[int, int], list[int]]


def stops_of(text: str, lo: int, hi: int) -> Stops:
    titles = brackets = 0
    stops = Stops(lo, [], defaultdict(list))
    for i in range(lo, hi):
        stops.depth.append((titles, brackets))
        if CLAUSE.match(text, i):
            stops.at[(titles, brackets)].append(i)
        titles += (text[i] == "《") - (text[i] == "》")
        brackets += (text[i] == "(") - (text[i] == ")")
    stops.depth.append((titles, brackets))
    return stops


def clause_of(piece: Passage, told: Placed, stops: Stops, lo: int, hi: int) -> Range:
    """The clause around a number: between stops outside titles and brackets; an enumeration comma parts it from another
    number's."""
    text = piece.text
    outside, alike = stops.at.get((0, 0), []), stops.at.get(stops.depth[told.end - stops.lo], [])
    left, right = bisect_left(outside, told.start), bisect_left(alike, told.end)
    start = outside[left - 1] + 1 if left else lo
    end = alike[right] if right < len(alike) else hi
    others = [t for t in piece.within(start, end) if t is not told and is_result(text, t)]
    for comma in re.finditer("、", text[start:end]):
        at = start + comma.start()
        if at < told.start and any(t.end <= at for t in others):
            start = max(start, at + 1)
        if at > told.end and any(t.start > at for t in others):
            end = min(end, at)
    return start, end


def counted(piece: Passage, lo: int, hi: int) -> Iterator[Counted]:
    """The quantified results in `piece.text[lo:hi]`, in order."""
    text = piece.text
    before: tuple[Placed, Counted] | None = None
    stops = stops_of(text, lo, hi)
    shared = shared_results(piece, lo, hi)
    for told in piece.within(lo, hi):
        if told.start in shared:
            yield Counted(shared[told.start], bounded(text, lo, told, hi))
            continue
        if not is_result(text, told) or quoted(text, max(lo, told.start - NEAR_QUOTE), told.start):
            continue
        start, end = clause_of(piece, told, stops, lo, hi)
        if inside_name(piece, told, start, end):
            continue
        last = before[0].end if before else lo
        chained = before and chains(text, before[0], told, end)
        left, right = bounded(text, max(start, last), told, end)
        names = [before[1].name] if before and chained else names_at(piece, max(start, last), (left, right), (lo, end, hi))
        for name in names:
            if MIN_NAME <= sum(e - s for s, e in name) <= MAX_NAME and not NOT_NAMED.fullmatch(text[slice(*name[-1])]):
                completion = COMPLETION.match(text, right + 1) if right < hi else None
                found = Counted(name, (left, right), completion.span("value") if completion else None)
                yield found
                before = told, found


def bounded(text: str, start: int, told: Placed, end: int) -> Range:
    """A number with the words that bound it."""
    bound = AROUND_NUMBER.search(text[start:told.start])
    behind = BEHIND_NUMBER.match(text[told.end:end])
    return (start + bound.start() if bound else told.start), told.end + (behind.end() if behind else 0)


def chains(text: str, before: Placed, told: Placed, end: int) -> bool:
    """Whether a count goes on with the one before it, so that both have one name: 培训16期|611人次."""
    between = text[before.end:told.start]
    return between in {"", "、", ",共", "共"} and before.mention.unit != told.mention.unit \
        and before.mention.label == told.mention.label == "QUANTITY" and not re.match(r"的?[\u4e00-\u9fff]{2,}", text[told.end:end])


def names_at(piece: Passage, start: int, told: Range, around: tuple[int, int, int]) -> list[tuple[Range, ...]]:
    """The names of the result whose number stands at `told`: one, or all of a list that shares it; `around` tells where the
    item begins, where the clause and the item end."""
    lo, end, hi = around
    left, right = told
    rose = ROSE.search(piece.text[lo:left])
    if rose:
        at = opened(piece, lo + rose.start("name"), lo + rose.end("name"))
        return [((made(piece.text, at, lo + rose.end("name")), lo + rose.end("name")),)]
    name = name_at(piece, start, left, right, (end, hi))
    return listed(piece.text, name) if name else []


def listed(text: str, name: tuple[Range, ...]) -> list[tuple[Range, ...]]:
    """The names of a list that shares one result (甲率、乙率均); a name alone as it is."""
    start, end = name[0]
    shared = re.search(r"(?:均|都|全部)$", text[start:end]) if len(name) == 1 else None
    if shared is None or not re.search("[、和及与]", text[start:end]):
        return [name if shared is None else ((start, start + shared.start()),)]
    names: list[tuple[Range, ...]] = []
    at, stop = start, start + shared.start()
    for mark in [*re.finditer(r"、|以及|[和及与]", text[start:stop]), None]:
        until = start + mark.start() if mark else stop
        if mark and mark[0] != "、" and until - at < MIN_NAME:
            continue
        names.append(((at, until),))
        at = start + mark.end() if mark else stop
    return names if all(part[0][1] - part[0][0] >= MIN_NAME for part in names) else [((start, stop),)]


def is_result(text: str, told: Placed) -> bool:
    """Whether a mention can be the number of a result: counts, rates, per-head standards; no spans of years, no shares
    and changes, no points."""
    mention, before = told.mention, text[max(0, told.start - 12):told.start]
    if mention.label == "QUANTITY":
        timed = mention.unit == "小时" and TIMED.search(before)
        return not (before.endswith(("“", "《", "第", "近", "前")) or (mention.unit in NO_RESULT_UNITS and not timed)
                    or CHANGED.search(before) or MEANS_ONLY.search(before) or RAISED.match(text, told.end))
    if mention.label == "AMOUNT":
        return bool(PER_HEAD.search(before))
    if mention.label != "RATE" or any(m.start("value") == told.start for m in COMPLETION.finditer(text, max(0, told.start - 14), told.end)):
        return False
    if mention.unit == "pp" or RAISED.match(text, told.end):
        return False
    told_share = SHARE.search(before) or not RATE_WORDS.search(before)
    return bool(told_share) and not re.match(r"(?:的)?(?:比例)?(?:[省市]级)?抽查", text[told.end:told.end + 8])


def inside_name(piece: Passage, told: Placed, start: int, end: int) -> bool:
    """Whether a number in words belongs to the name of a rate: 定点机构两次检查率100%."""
    return not told.mention.text[:1].isdigit() and any(
        t.mention.label == "RATE" and t.start > told.end for t in piece.within(start, end))


def name_at(piece: Passage, start: int, left: int, right: int, ends: Range) -> tuple[Range, ...]:
    """The name of the result whose number stands at `left` to `right` of the clause that begins at `start`; `ends` are those
    of the clause and of the item."""
    text = piece.text
    at = opened(piece, start, left)
    took = TOOK_PLACE.match(text, at, left)
    at = took.end() if took else at
    link = LINK.search(text[at:left])
    stop = at + link.start() if link else left
    at = made(text, at, stop)
    phrase = text[at:stop]
    counts = behind_number(text, right, *ends)
    strong = STRONG.search(phrase) or DID.search(phrase)
    if counts and (not phrase or WEAK.search(phrase) or strong or phrase.endswith(("的", "在")) or TOOK_PART.search(text[slice(*counts[-1])])):
        taken = TOOK_PART.search(text[slice(*counts[-1])])
        if taken:
            return ((counts[-1][0] + taken.start("what"), counts[-1][1]),)
        return ((at + strong.start(), stop - (text[stop - 1] == "了")), *counts) if strong else counts
    if len(phrase) < MIN_NAME or NO_NAME.match(phrase) or BAD_BEFORE.search(phrase):
        return counts if not phrase else ()
    weak = WEAK_BEHIND.search(phrase)
    return ((at, at + weak.start() if weak else stop - (text[stop - 1] == "对")),)


def behind_number(text: str, right: int, end: int, hi: int) -> tuple[Range, ...]:
    """What a number counts, with the predicate that the last of a list carries for all of it."""
    tail = re.match(r"的?(?P<what>[\u4e00-\u9fff“”A-Za-z《》()、/]{2,})", text[right:end])
    if not tail:
        return ()
    what = (right + tail.start("what"), right + tail.start("what") + plain_tail(tail["what"]))
    if text[what[1]:what[1] + 1] == "、" and not PREDICATE.search(tail["what"]):
        rest = re.match(r"[^,。;:]*", text[what[1]:hi])
        shared = PREDICATE.search(rest[0]) if rest else None
        if shared:
            return what, (what[1] + shared.start(), what[1] + shared.end())
    return (what,)
