"""Runs of text -> Sections: headings by number and style, nested by rank, and the section every run stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from hedui.document import Section, Span
from hedui.layout.columns import fits_level
from hedui.layout.numbering import LEADER, Numbered, numbered, rank_of
from hedui.layout.paragraphs import Run
from hedui.view import clean, fold

__all__ = ["outline"]

MAX_HEADING, MAX_INLINE = 45, 26
ITEM = 8
# a heading's end where text runs on behind it: 1.数量指标。（1）认真开展…
STOP = re.compile(r"[。：:]")
NO_HEADING = re.compile(r"[，；《》〔〕！？]|\d{3,}|[。：:].|\d[%％]|(?:目标|指标|标准|计划|完成)值[为是≥≤><=\d]|[（(](?:年初|年度)?(?:目标"
    r"|计划|指标|标准)值")
# 培训人次。|年初目标≥…: what stands before is the name of an indicator and no heading
GOAL = re.compile(r"\s*(?:年度|年初|年内|预期|绩效|全年|计划|设定|申报){0,3}(?:目标|指标|标准|预期|设定)值|\s*(?:年度|年初|年内|预期|绩效"
    r"|计划)目标(?:值)?[:：为≥≤><=\d不大小]|\s*(?:全年)?(?:实际)?完成值")
NO_INLINE = re.compile(r"[，；《》〔〕！？\d]")
# 社会效益指标。 · 数量指标：… · 产出指标, a line without number: a level of indicators, the outer ones first
LEVEL_LINE = re.compile(r"[\s\u3000]*(?P<name>[\u4e00-\u9fff]{2,12}指标)(?:完成情况)?\s*(?:[。：:]|$)")
OUTER_LEVEL = re.compile(r"(?:项目)?(?:产出|效益|效果|满意度|投入|过程|决策)指标")
OUTER, INNER = 10, 11


def heading_in(text: str, run: Run) -> tuple[Span, str, str, int] | None:
    """Span, title, number and rank of the heading that opens `run`, None where none does."""
    if LEADER.search(text, *run.span):
        return None
    found = numbered(text, run.span)
    if found is None:
        return styled(text, run) or level_line(text, run)
    if found.rank >= ITEM:
        return None
    end = run.span[1]
    title = clean(text, (found.behind, end))
    if title.strip("。：:.") and len(title) <= MAX_HEADING and not NO_HEADING.search(title):
        return (run.span[0], end), title.rstrip("。：:."), found.number, found.rank
    return inline(text, run, found)


def inline(text: str, run: Run, found: Numbered) -> tuple[Span, str, str, int] | None:
    """A short first sentence behind a number, with the text running on behind it."""
    stop = STOP.search(text, found.behind, run.span[1])
    title = clean(text, (found.behind, stop.start())) if stop else ""
    if stop is None or (stop[0] != "。" and not names_level(title)):
        return None
    if not title or GOAL.match(text, stop.end(), run.span[1]) or len(title) > MAX_INLINE or NO_INLINE.search(title) or NO_HEADING.search(title):
        return None
    return (run.span[0], stop.end()), title, found.number, found.rank


def names_level(title: str) -> bool:
    """Whether a title is the name of a level of indicators and no indicator: 数量指标, 社会效益, not 服务对象满意度."""
    return fits_level(title) and not title.endswith("满意度")


def level_line(text: str, run: Run) -> tuple[Span, str, str, int] | None:
    """A level of indicators that opens a run without a number, alone or before a colon or stop."""
    found = LEVEL_LINE.match(text, *run.span)
    if found is None or not fits_level(found["name"]):
        return None
    return (run.span[0], found.end()), found["name"], "", OUTER if OUTER_LEVEL.fullmatch(fold(found["name"])) else INNER


def styled(text: str, run: Run) -> tuple[Span, str, str, int] | None:
    """A heading by the file's own style or automatic number."""
    rank = rank_of(run.number) if run.number else None
    if run.level is None and (rank is None or rank >= ITEM):
        return None
    title = clean(text, run.span)
    if not title.strip("。：:"):
        return None
    if run.level is None and (len(title) > MAX_HEADING or NO_HEADING.search(title)):
        return None
    return run.span, title.rstrip("。：:"), run.number or "", rank or (run.level or 1) + 1


def outline(text: str, runs: Sequence[Run], starts: Sequence[int], ends: Sequence[int],
            skip: Sequence[Span]) -> tuple[tuple[Section, ...], list[int]]:
    """The sections of all parts (`starts` to `ends`) in order, and for every run the section it stands in.

    Every part opens with a section of its own without heading, also where it holds no run; runs in `skip` (titles, in order)
    open none.
    """
    sections: list[Section] = []
    homes: list[int] = []
    part = -1
    begins = [start for start, _ in skip]
    # the sections that the next heading may stand in, outermost first
    held: list[int] = []
    for run in (*runs, None):
        while part + 1 < len(starts) and (part < 0 or run is None or run.span[0] >= starts[part + 1]):
            part += 1
            held = [len(sections)]
            sections.append(Section(span=(starts[part], ends[part]), heading=(starts[part],) * 2, title="", part=part))
        if run is None:
            break
        at = bisect_right(begins, run.span[0]) - 1
        opened = None if (at >= 0 and run.span[0] < skip[at][1]) or run.role != "body" else heading_in(text, run)
        if opened:
            span, title, number, rank = opened
            while sections[held[-1]].level >= rank:
                closing = held.pop()
                sections[closing] = replace(sections[closing], span=(sections[closing].span[0], span[0]))
            sections.append(Section(span=(span[0], ends[part]), heading=span, title=title, number=number, level=rank,
                                    parent=held[-1], part=part))
            held.append(len(sections) - 1)
        homes.append(len(sections) - 1)
    return tuple(sections), homes
