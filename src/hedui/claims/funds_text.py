"""A passage -> the fiscal amounts it states, each with its measure, scope, year, level and the documents it rests on.

An amount without a cue of its own takes the measure told right behind it, then that of the amount before it in its
sentence or list, then that of the heading it stands under, else it is `budget`. Per-head standards, unit prices,
thresholds and changes against another year are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hedui.claims.funds_patterns import (
    AFTER,
    BENEFIT,
    CHANGE,
    CLAUSE,
    COMPARED,
    HELD,
    LEVELS,
    LISTED,
    MISSING,
    MIXED,
    RATE_OF,
    REGULATION,
    SENTENCE,
    THRESHOLD,
    UNIT_PRICE,
    cue_before,
    cue_in,
)
from hedui.claims.passages import Passage, Placed
from hedui.findings import Measure

__all__ = ["Reading", "level_of", "money", "read_funds"]

ASIDE = frozenset({"carried_in", "carried_out", "saved", "other"})
YEAR = re.compile(r"(?:19|20)\d\d")
SPENT = frozenset({"executed", "issued", "received"})
# 资金主要用于: · 分别为: · 按资金来源分,: what opens a list of parts
LISTS = re.compile(r"(?:其中|分别|用于|来源分|包括|具体)[^,。;]{0,6}[:,]")
HANDED = frozenset({"issued", "budget", "received"})
NEAR_PARTS = 12
REACH = 400
HANDED_BY = re.compile(r"[以由]□|□\)?(?:文件?)?(?:下达|拨付|分配)")
OPENS = re.compile(r"[^,;]{0,4}[,。;(]其中")
# 中央资金5万元、省级资金2万元,均已到位: told of every amount before
EACH = re.compile(r",?(?:均|都)(?:已)?(?:全部|全额|足额|按时|及时)*到位")
# 资金到位20万元,拨付及时,其中:|中央资金…
PARTS = re.compile(r".*其中:?")
SUM = re.compile(r"共计|合计|总计|共")
AGAINST_CLAUSE = re.compile(r"(?:比|较|与)[^,;]*$")
AGAINST = re.compile(r"[比较与]$")
PAREN = re.compile(r"[(][^()]*[)]")
# 共 · 约 · 为 · 资金 before the amount is no part of its scope
TAIL = re.compile(r"(?:资金共计|共计|合计为|总计|合计|累计|共|约|近|为|是|了|达到|达|的|:|数|额|金额|超过|不超过|计"
                  r"|由|各|用于|负|及|和|已|尚有|年初|年中|当年|其中)+$")
HEAD = re.compile(r"^(?:[、(]|其中|根据□*|按照□*|依据□*|截至|截止|[^□]{0,20}底|\d{4}年度?(?:\d+月)?(?:\d+日)?|年初|当年|全年|本年度?"
                  r"|共计|共|主要用于|用于|由|和|及|包括|已|并|对|从|[①-⑳]|□+|[)）])+")
VERBS = re.compile(r"^(?:财政部|[^,□]{2,20}?)(?=共?(?:下达|拨付|安排|分配))(?:共?(?:下达|拨付|安排|分配))(?:我[省市县区局州])?"
                   r"|^(?:下达|拨付|安排|分配)(?:我[省市县区局州])?")
# 资金 · 该项目: words that name nothing
# 财政拨款基本支出, 一般公共预算收入: the cue is part of the name
KIND_OF = re.compile(r"(?:基本|项目|经营|其他|拨款|预算|经费|保障|服务|管理)$")
LIST_NUMBER = re.compile(r"\d{1,2}[.、]|\(\d{1,2}\)|[①-⑳]")
# 卫生健康(类)行政运行(项):支出决算为216万元
ACCOUNT = re.compile(r"(?:^|[。;,])(?:\d{1,2}[.、])?(?P<what>[^。;,:]{2,60}):(?:支出|收入)?(?:决算|预算)(?:数)?(?:为|是)?$")
# 本年支出合计645万元 · 收、支总计645万元
TOTAL_OF = re.compile(r"(?P<what>(?:本年|当年|全年|年度)?(?:财政拨款)?(?:收、支|收入支出|收支|收入|支出|资金|预算"
                      r"|决算)(?:总计|合计|总额|决算数?))(?:各|为|共)?$")
NOTHING = re.compile(r"(?:支出|收入)?(?:决算|预算)数?|(?:该|本)?(?:项目|专项)?(?:补助)?(?:资金)?(?:预算)?|尚有|涉及资金|涉及金额|我[省市县区局]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One amount as read in a passage: `scope` is where its scope stands there, empty when it is to be taken from the
    head of the report."""

    placed: Placed
    measure: Measure
    scope: tuple[int, int]
    sentence: tuple[int, int]
    year: int | None
    level: str | None
    documents: tuple[Placed, ...] = ()
    own: bool = True


def money(placed: Placed) -> bool:
    """Whether a mention is an amount of money in all, and not a price or standard."""
    return placed.mention.label == "AMOUNT" and placed.mention.unit == "CNY" and isinstance(placed.mention.value, Decimal)


def left_out(before: str, after: str) -> bool:
    """Whether the clause says that the amount is a change, a unit price, a threshold or an economic result."""
    clause = CLAUSE.split(before)[-1]
    if CHANGE.search(clause) and (COMPARED.search(before) or not cue_in(CHANGE.sub("", clause))):
        return True
    if UNIT_PRICE.search(clause) or BENEFIT.search(clause):
        return True
    if HELD.search(clause) and re.match(r"的?标准|执行|落实|发放|补助", after):
        return True
    return bool(THRESHOLD.match(after)) or after.startswith(("/", "每人", "的概率")) or bool(RATE_OF.search(clause))


def after_cue(rest: str, *, told: bool) -> Measure | None:
    """The measure told right behind an amount, a bracket between them skipped. Where one is `told` before it already,
    only `全部到位` and its like count."""
    if MISSING.match(rest):
        return "other"
    found = AFTER.match(PAREN.sub("", rest, count=1) if rest.startswith("(") else rest)
    if not found or (told and not found["all"]) or (not found["all"] and rest.startswith(",")):
        return None
    cue = cue_in(found["cue"])
    return cue[0] if cue else None


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
    for pattern in (HEAD, VERBS, HEAD):
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


@dataclass(frozen=True, slots=True)
class Marks:
    """The dates, titles and document numbers of a passage, to be looked up by where they begin."""

    dates: Sequence[Placed]
    titles: Sequence[Placed]
    numbers: Sequence[Placed]

    @classmethod
    def of(cls, passage: Passage) -> Marks:
        return cls(passage.of("DATE"), passage.of("TITLE"), passage.of("DOCNO"))


def between(placed: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    return placed[bisect_left(placed, start, key=begins):bisect_left(placed, end, key=begins)]


def begins(placed: Placed) -> int:
    return placed.start


def year_of(text: str, dates: Sequence[Placed], start: int, end: int) -> int | None:
    """The last year told between `start` and `end`, years that something is compared with left out."""
    for placed in reversed(between(dates, start, end)):
        found = YEAR.match(str(placed.mention.value))
        if found and not AGAINST.search(text[max(0, placed.start - 1):placed.start]):
            return int(found.group())
    return None


def resting(marks: Marks, start: int, end: int) -> tuple[Placed, ...]:
    """The document numbers between `start` and `end` that hand out money: not those of rules and opinions."""
    found = []
    for placed in between(marks.numbers, start, end):
        before = bisect_left(marks.titles, placed.start, key=begins)
        title = marks.titles[before - 1] if before else None
        ruled = title and 0 <= placed.start - title.end <= 3 and REGULATION.search(str(title.mention.value))
        if not ruled:
            found.append(placed)
    return tuple(found)


def bounds(text: str, at: int) -> tuple[int, int]:
    start = max((text.rfind(mark, 0, at) for mark in "。!?"), default=-1) + 1
    stop = SENTENCE.search(text, at)
    return start, stop.start() if stop else len(text)


def read_funds(passage: Passage, heading: Measure | None, carried: Measure | None = None) -> tuple[list[Reading], Measure | None]:
    """The fiscal amounts of `passage` in order, and the measure that a list opened by it goes on with. `heading` is the
    measure its heading names, `carried` that of a list opened before the passage."""
    found: list[Reading] = []
    text, last, marks = passage.plain, 0, Marks.of(passage)
    sentence = (-1, -1)
    head, again = carried, False
    for placed in passage.of("AMOUNT"):
        if placed.start >= sentence[1]:
            sentence, again = bounds(text, placed.start), False
        reach = max(sentence[0], placed.start - REACH)
        begin = max(last, reach)
        segment, so_far = text[begin:placed.start], text[reach:placed.start]
        if not money(placed) or left_out(so_far, text[placed.end:placed.end + 12]):
            continue
        last = placed.end
        told = cue_before(segment[parts.end():] if (parts := PARTS.search(segment)) and found and found[-1].sentence == sentence else segment)
        own = after_cue(text[placed.end:min(sentence[1], placed.end + REACH)], told=bool(told and told[1])) or (told[0] if told else None)
        listed = again or bool(LISTED.search(so_far)) or (carried is not None and not found)
        measure: Measure = own or (head if listed else None) or heading or "budget"
        if (own or not listed) and not (measure in ASIDE and again) and not AGAINST_CLAUSE.search(segment):
            head = measure
        if EACH.match(text, placed.end):
            found = [replace(r, measure=measure) if r.sentence == sentence and r.measure == "budget" else r for r in found]
        again = True
        found.append(Reading(placed=placed, measure=measure, scope=scope_of(text, begin, placed.start), sentence=sentence,
                             year=year_of(text, marks.dates, reach, placed.start), own=own is not None,
                             level=level_of(CLAUSE.split(segment)[-1]),
                             documents=resting(marks, begin + segment.rfind(";") + 1, placed.start)))
    return with_documents(text, marks, like_the_next(text, found)), head


def like_the_next(text: str, found: Sequence[Reading]) -> list[Reading]:
    """What opens a list without a word of its own has the measure of its next part: 甲县20万元,乙县下达30万元."""
    done = list(found)
    for i in range(len(done) - 2, -1, -1):
        first, other = done[i], done[i + 1]
        if not first.own and first.measure == "budget" and other.own and other.measure in SPENT and first.sentence == other.sentence \
                and LISTS.search(text, first.sentence[0], first.placed.start) and re.match(r"[,;、(]", text[first.placed.end:]):
            done[i] = replace(first, measure=other.measure, own=True)
    return done


def with_documents(text: str, marks: Marks, found: Sequence[Reading]) -> list[Reading]:
    """Amounts of a list rest on the document told before it or right behind it; a total on those of its parts."""
    done: list[Reading] = []
    before: Reading | None = None
    for i, reading in enumerate(found):
        if before and before.sentence != reading.sentence:
            before = None
        documents = reading.documents or behind(text, marks, reading)
        if not documents and reading.measure in HANDED and (not before or SUM.search(text[before.placed.end:reading.placed.start])):
            documents = of_parts(text, found, i, done)
        if not documents and before and before.measure in HANDED and (not reading.own or reading.measure == before.measure):
            documents = before.documents
        done.append(replace(reading, documents=documents))
        before = done[-1] if documents else before
    return done


def behind(text: str, marks: Marks, reading: Reading) -> tuple[Placed, ...]:
    """The document told right behind a list in its part of the sentence: `…300万元，由县财政局以某财建〔2022〕31号下达`."""
    stop = min(reading.sentence[1], reading.placed.end + REACH)
    semicolon = text.find(";", reading.placed.end, stop)
    stop = semicolon if semicolon >= 0 else stop
    return resting(marks, reading.placed.end, stop) if HANDED_BY.search(text, reading.placed.end, stop) else ()


def of_parts(text: str, found: Sequence[Reading], i: int, done: Sequence[Reading]) -> tuple[Placed, ...]:
    """The documents of the parts that a total is the sum of, told behind it (`其中：…`) or before it (`共计…`)."""
    reading = found[i]
    if OPENS.match(text, reading.placed.end):
        parts: Sequence[Reading] = found[i + 1:i + 1 + NEAR_PARTS]
    else:
        parts = [r for r in done[-NEAR_PARTS:] if r.sentence == reading.sentence]
    return tuple(dict.fromkeys(d for r in parts if r.measure == reading.measure for d in r.documents))
