"""The fund that a report is about -> places where its name is turned around or lacks a word.

The usual name is the one told most often among the names that end alike (…补助资金) and share most of their letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.agreement.word_lists import likeness, loose, shortened
from hedui.reconcile.places import Place, bodies_of
from hedui.view import View, view

__all__ = ["CUT", "MIN_NAME", "NAME", "fund_name_checks", "programme_of", "usual_names"]

MIN_NAME, SLACK = 8, 6
FUND = re.compile(r"资金")
# 医疗服务与保障能力提升补助资金 behind year, place or verb
NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,24}?(?:补助|奖补|补贴|救助|保障|发展|专项|引导|扶持|奖励|建设|改造|提升|恢复|修复|治理|防治|振兴|衔接"
                  r"|培训|维护|养护|管护|营养|创新|整治|保护|改革|工程)(?:专项)?资金)")
CUT = re.compile(r".*(?:年度?|关于|下达|提前|拨付|安排|中央财政|中央|省级财政|省级|自治区|上级|落实|分配|使用|申请|争取"
                 r"|转移支付|财政|全[省市县]|我[省市县局]|[省市县区](?!场)"
                 r"|恳请|根据|按照|该|的|及)(?=[\u4e00-\u9fff]{6,})")
# what may stand before the first letter of a name
OPEN = re.compile(r"(?:[^\u4e00-\u9fff]|[年度的将把对于及和与因由从用为是]|关于|下达|提前|拨付|安排|"
                  r"财政|中央|省级|上级|落实|分配|使用|申请|争取|本级|报送)$")


class Told(NamedTuple):
    """One telling of a fund's name, where it stands, and whether no longer name can hold it."""

    name: str
    span: Span
    whole: bool


def compared(name: str) -> str:
    """A name without loose words, abbreviations spelled out."""
    for short, long in shortened():
        name = name.replace(short, long)
    return spared().sub("", name)


@cache
def spared() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, loose("fund")), key=lambda word: (-len(word), word))))


def usual_names(views: Sequence[View]) -> dict[str, Span]:
    """The names told twice or more, most often first, and where each is told first."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for seen in views:
        for match in NAME.finditer(seen.text):
            cut = CUT.match(match["name"])
            start = match.start("name") + (cut.end() if cut else 0)
            name = seen.text[start:match.end("name")]
            if len(name) >= MIN_NAME:
                counts[name] += 1
                first.setdefault(name, seen.span(start, match.end("name")))
    return {name: first[name] for name, n in counts.most_common() if n >= 2}


def fund_name_checks(layout: Layout, places: Sequence[Sequence[Place]]) -> Iterator[Check]:
    """Every other form of a usual name, once a part: of the part's own fund, and of funds that other parts are about
    where it is turned around or lacks one word of its middle."""
    usual = [usual_names(bodies_of(inside)) for inside in places]
    abroad = {name: names[name] for names in usual for name in list(names)[:1]}
    every = {*(n for names in usual for n in names), *(p.programme or "" for p in layout.parts)}
    for part, inside in enumerate(places):
        views, own = [*bodies_of(inside), *programme_of(layout, part)], usual[part]
        known = {compared(name) for name in own}
        first = list(own)[:1]
        for name, span in {**{n: own[n] for n in first}, **abroad}.items():
            done: set[str] = set()
            for told in variants(views, name):
                form = compared(told.name)
                fits = turned(told.name, name) or (form not in known and (name in first or gap(form, compared(name))))
                strange = name in first or (told.whole and not any(other.endswith(told.name) for other in every))
                if form not in done and fits and strange:
                    done.add(form)
                    yield wording(layout, span, told.span, "资金名称不一")


def programme_of(layout: Layout, part: int) -> Iterator[View]:
    """The name of the fund in the head of a form, which is no running text."""
    report = layout.parts[part]
    at = layout.document.text.find(report.programme, *report.span) if report.programme else -1
    if report.programme and at >= 0:
        yield view(layout.document.text, (at, at + len(report.programme)))


def gap(short: str, long: str) -> bool:
    """Whether `short` is `long` without one word of two to four letters in its middle.

    >>> gap("医疗服务与能力提升资金", "医疗服务与保障能力提升资金")
    True
    """
    missing = len(long) - len(short)
    if not 2 <= missing <= 4:
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return at >= 2 and short[at:] == long[at + missing:]


def turned(name: str, usual: str) -> bool:
    """Whether two names have the same letters in another order, with loose words or without.

    >>> turned("农田补助建设资金", "农田建设补助资金")
    True
    """
    a, b = compared(name), compared(usual)
    return (name != usual and sorted(name) == sorted(usual)) or (a != b and sorted(a) == sorted(b))


def variants(views: Sequence[View], usual: str) -> Iterator[Told]:
    """Stretches of text that end in 资金 and read like `usual` without being it."""
    for seen in views:
        for match in FUND.finditer(seen.text) if usual[:2] in seen.text else ():
            low = max(0, match.end() - len(usual) - SLACK)
            starts = range(low, max(low, match.end() - len(usual) + SLACK) + 1)
            start = max(starts, key=lambda s: (turned(seen.text[s:match.end()], usual), ratio(seen.text[s:match.end()], usual), s))
            name = seen.text[start:match.end()]
            if variant(name, usual):
                yield Told(name, seen.span(start, match.end()), OPEN.search(seen.text, max(0, start - 4), start) is not None or not start)


def variant(name: str, usual: str) -> bool:
    """Whether `name` is `usual` with its words turned around, or without some of them; loose words count for nothing."""
    a, b = compared(name), compared(usual)
    if turned(name, usual):
        return name[:2] == usual[:2]
    if a == b or b.endswith(a) or a.endswith(b) or ratio(name, usual) < likeness("fund") or not re.fullmatch(r"[\u4e00-\u9fff]+", name):
        return False
    letters = Counter(a) & Counter(b)
    return a[:2] == b[:2] and letters.total() * 10 >= 9 * len(a) and len(a) >= len(b) - 4
