"""The fund that a report is about -> places where its name is turned around or lacks a word.

The usual name is the one told most often among the names that end alike (…补助资金) and share most of their letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from hedui.document import Layout, Span
from hedui.findings import Check
from hedui.reconcile.places import Place, bodies_of
from hedui.reconcile.told import agreement, quote
from hedui.view import View

__all__ = ["fund_name_checks"]

LIKE, MIN_NAME, SLACK = 72, 8, 6
FUND = re.compile(r"资金")
# 医疗服务与保障能力提升补助资金 behind year, place or verb
NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,24}?(?:补助|奖补|补贴|救助|保障|发展|专项|引导|扶持|奖励|建设|改造|提升)(?:专项)?资金)")
CUT = re.compile(r".*(?:年度?|关于|下达|提前|拨付|安排|中央财政|中央|省级财政|省级|自治区|上级|落实|分配|使用|申请|争取"
                 r"|转移支付|财政|全[省市县]|我[省市县局]|[省市县区]"
                 r"|恳请|根据|按照|该|的|及)(?=[\u4e00-\u9fff]{6,})")
# words that one name may have and another of the same fund not
LOOSE = re.compile(r"专项|本级|财政|中央|省级|市级|县级|基本|补助|预算|经费|的")
SHORT = (("医保", "医疗保险"), ("社保", "社会保险"), ("低保", "最低生活保障"))


class Told(NamedTuple):
    """One telling of a fund's name, as compared and where it stands."""

    name: str
    span: Span


def compared(name: str) -> str:
    """A name without loose words, abbreviations spelled out."""
    for short, long in SHORT:
        name = name.replace(short, long)
    return LOOSE.sub("", name)


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
    for part, inside in enumerate(places):
        views, own = bodies_of(inside), usual[part]
        known = {compared(name) for name in own}
        first = list(own)[:1]
        for name, span in {**{n: own[n] for n in first}, **abroad}.items():
            done: set[str] = set()
            for told in variants(views, name):
                form = compared(told.name)
                fits = turned(told.name, name) or (form not in known and (name in first or gap(form, compared(name))))
                if form not in done and fits and (name in first or form not in map(compared, abroad)):
                    done.add(form)
                    a, b = quote(layout, span), quote(layout, told.span)
                    yield agreement(layout, "label", [a], b, verdict="conflict", tier="wording", computed=name,
                                    note=f"资金名称不一：{b.value} 应为 {a.value}")


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
    return sorted(compared(name)) == sorted(compared(usual)) and compared(name) != compared(usual)


def variants(views: Sequence[View], usual: str) -> Iterator[Told]:
    """Stretches of text that end in 资金 and read like `usual` without being it."""
    for seen in views:
        for match in FUND.finditer(seen.text) if usual[:2] in seen.text else ():
            low = max(0, match.end() - len(usual) - SLACK)
            starts = range(low, max(low, match.end() - len(usual) + SLACK) + 1)
            start = max(starts, key=lambda s: (ratio(seen.text[s:match.end()], usual), s))
            name = seen.text[start:match.end()]
            if variant(name, usual):
                yield Told(name, seen.span(start, match.end()))


def variant(name: str, usual: str) -> bool:
    """Whether `name` is `usual` with its words turned around, or without some of them; loose words count for nothing."""
    a, b = compared(name), compared(usual)
    if a == b or b.endswith(a) or a.endswith(b) or ratio(name, usual) < LIKE or not re.fullmatch(r"[\u4e00-\u9fff]+", name):
        return False
    letters = Counter(a) & Counter(b)
    return a[:2] == b[:2] and letters.total() * 10 >= 9 * len(a) and len(a) >= len(b) - 4
