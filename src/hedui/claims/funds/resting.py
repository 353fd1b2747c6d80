"""The readings of a passage and its document numbers -> each amount with the documents it rests on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hedui.claims.passages import Passage, Placed
from hedui.findings import Measure

__all__ = ["REACH", "Marks", "Reading", "resting", "with_documents", "year_of"]

YEAR = re.compile(r"(?:19|20)\d\d")
AGAINST = re.compile(r"[比较与]$")
REACH = 400
NEAR_PARTS = 12
HANDED = frozenset({"issued", "budget", "received"})
HANDED_BY = re.compile(r"[以由]□|□\)?(?:文件?)?(?:下达|拨付|分配)")
OPENS = re.compile(r"[^,;]{0,4}[,。;(]其中")
SUM = re.compile(r"共计|合计|总计|共")
# 项目支出绩效评价管理办法
REGULATION = re.compile(r"(?:办法|条例|规定|意见|细则|制度|规划|规范|法)(?:的通知)?[》〉)]*$")


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
