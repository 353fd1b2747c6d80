"""Levels that paragraphs name as they run on -> the level of every indicator told behind them, until the next one:
（1）数量指标：… · 质量方面。… · 经济效益：…; and what is told under goals is their target."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hedui.claims.indicators.heading_patterns import LEVEL2
from hedui.claims.indicators.openings import MARK
from hedui.claims.passages import Passage
from hedui.findings import Claim, Indicator

__all__ = ["aimed", "names_inner_level", "under_leads"]

# （2）质量指标： · 数量方面。 · 一是产出时效： · 社会效益： · 二是满意度指标完成情况。
LEAD = re.compile(rf"(?:^|(?<=[。;]))(?:{MARK}|[一二三四五六七八九十]{{1,2}}是|\([一二三四五六七八九十]{{1,2}}\)|[—-]{{1,2}})?"
                  r"(?P<name>(?P<outer>(?:项目|履职)?(?:产出|效益|效果|满意度|服务对象满意度)(?:目标|指标|方面)?)"
                  r"|(?:产出|项目|完成)?(?:数量|质量|时效|成本)(?:目标|指标)?"
                  r"|(?:(?:经济|社会|生态|环境|生态环境)(?:效益|影响)|可持续(?:发展)?(?:影响|效益)?)(?:目标|指标)?)"
                  r"(?:方面|上)?(?:完成情况|实现情况|情况)?(?:如下)?(?:[:。]|(?<=指标),|(?<=指标方面),)(?=.)")


class Lead(NamedTuple):
    """A level named at `start` of the document, `outer` where it is of the first rank."""

    start: int
    name: str
    outer: bool


def leads_in(pieces: Iterable[Passage]) -> Iterator[Lead]:
    for piece in pieces:
        for found in LEAD.finditer(piece.text):
            yield Lead(piece.span(*found.span("name"))[0], found["name"], found["outer"] is not None)


def names_inner_level(text: str) -> bool:
    """Whether a paragraph opens with a level of the second rank: 社会效益：…, which is no indicator."""
    lead = LEAD.match(text)
    return lead is not None and lead["outer"] is None


def under_leads(pieces: Sequence[Passage], claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of one section, with the levels that its paragraphs name before them."""
    leads = list(leads_in(pieces))
    starts = [lead.start for lead in leads]
    for claim in claims:
        before = leads[:bisect_right(starts, claim.span[0])]
        fields = claim.fields
        if not before or not isinstance(fields, Indicator):
            yield claim
        elif before[-1].outer:
            yield replace(claim, fields=replace(fields, level1=before[-1].name, level2=None))
        else:
            under = None if LEVEL2.match(fields.level1 or "") else fields.level1
            outer = next((lead.name for lead in reversed(before) if lead.outer), under)
            level1, level2 = (outer, before[-1].name) if outer else (before[-1].name, None)
            yield replace(claim, fields=replace(fields, level1=level1, level2=level2))


def aimed(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of a section on goals: what they say is aimed at, not reached."""
    for claim in claims:
        fields = claim.fields
        if isinstance(fields, Indicator) and fields.actual and not fields.target:
            spans = {"target" if field == "actual" else field: span for field, span in claim.spans.items()}
            yield replace(claim, fields=replace(fields, target=fields.actual, actual=None), spans=spans)
        else:
            yield claim
