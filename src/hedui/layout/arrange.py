"""Document -> Layout, step by step: runs of text, grids, parts with their heads, sections."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hedui.document import Document, Grid, Layout, Paragraph, Part, PartKind, Section, Span
from hedui.layout.columns import bare, money_unit
from hedui.layout.grids import RawGrid, raw_grids
from hedui.layout.head import NAMED_PROGRAMME, NAMED_UNIT, head_of
from hedui.layout.head_unit import spelled_out
from hedui.layout.outline import outline
from hedui.layout.paragraphs import Run, runs_of
from hedui.layout.repairs import repairs_of
from hedui.layout.titles import Title, titles_of
from hedui.view import clean, fold, view

__all__ = ["arrange"]

PREFACE = 300
NEAR_CAPTION = 3
MAX_CAPTION = 60
ACCOUNTS = re.compile(r"收入决算|支出决算|决算总体情况|决算情况说明")
# 表 4-1 项目决策指标得分情况 · …资金到位情况表
CAPTION = re.compile(r"(?:附?表\s*\d|.*表(?:[（(].*[)）])?\**$|.*情况\**$)")


def arrange(document: Document) -> Layout:
    """The layout of `document`; the same document gives the same layout."""
    text = document.text
    runs = list(runs_of(document))
    raws = raw_grids(document)
    titles = titles_of(text, runs, [raw.span for raw in raws])
    starts = part_starts(text, titles)
    ends = [*starts[1:], len(text)]
    sections, homes = outline(text, runs, starts, ends, [t.span for t in titles])
    grids = tuple(grid_of(text, raw, runs, sections, homes, starts) for raw in raws)
    opening = {t.start: t for t in titles}
    if titles and starts[0] < titles[0].start and len(starts) == len(titles):
        opening[starts[0]] = titles[0]
    tables = [raw.span[0] for raw in raws]
    parts = tuple(part_of(text, (s, e), opening.get(s), runs[bisect_left(runs, s, key=start_of):bisect_left(runs, e, key=start_of)],
                          raws[bisect_left(tables, s):bisect_left(tables, e)]) for s, e in zip(starts, ends, strict=True))
    paragraphs = tuple(Paragraph(span=run.span, section=home, role=run.role) for run, home in zip(runs, homes, strict=True))
    return Layout(document=document, parts=shared_heads(parts), sections=sections, paragraphs=paragraphs, grids=grids)


def part_starts(text: str, titles: Sequence[Title]) -> list[int]:
    """Where the parts begin: at the titles, and at the start of the text when much stands before the first."""
    starts = [t.start for t in titles]
    if not starts or len(clean(text, (0, starts[0]))) > PREFACE:
        return [0, *starts]
    return [0, *starts[1:]]


def part_of(text: str, span: Span, title: Title | None, runs: Sequence[Run], raws: Sequence[RawGrid]) -> Part:
    """The report at `span`; `runs` and `raws` are those that begin in it."""
    lines = [view(text, run.span).text for run in runs if run.role == "body"]
    said = title.text if title else None
    kind = kind_of(title.kind if title else None, lines, raws, span)
    head = head_of(said, pairs(raws), lines, kind)
    return Part(span=span, title=said, kind=kind, unit=head.unit, region=head.region, year=head.year, programme=head.programme)


def shared_heads(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts whose head names no place take the unit and region that the other parts of the file agree on; a unit that only
    abbreviates another part's takes its full name."""
    told = Counter((p.unit, p.region) for p in parts if p.region)
    if not told:
        return tuple(parts)
    unit, region = told.most_common(1)[0][0]
    units = {p.unit for p in parts if p.unit}
    return tuple(replace(p, unit=spelled_out(p.unit, units)) if p.region else replace(p, unit=unit, region=region) for p in parts)


def kind_of(told: PartKind | None, lines: Sequence[str], raws: Sequence[RawGrid], span: Span) -> PartKind:
    """The kind a title tells, else what the text is full of."""
    if told:
        return told
    if sum(bool(ACCOUNTS.search(line)) for line in lines) >= 3:
        return "final_accounts"
    tables = sum(raw.span[1] - raw.span[0] for raw in raws)
    return "indicator_table" if tables * 2 > span[1] - span[0] else "self_evaluation"


def pairs(raws: Sequence[RawGrid]) -> dict[str, str]:
    """What the labelled cells of forms say: label -> the cell to its right."""
    found: dict[str, str] = {}
    for raw in raws:
        for row in [*raw.header, *raw.body]:
            said = [c for c in row if c.text and c.origin]
            for label, cell in pairwise(said):
                name = fold(label.text).rstrip(":：")
                if name in NAMED_PROGRAMME or name in NAMED_UNIT or bare(name) in NAMED_UNIT:
                    found.setdefault(name if name in NAMED_PROGRAMME or name in NAMED_UNIT else bare(name), cell.text)
    return found


def start_of(run: Run) -> int:
    return run.span[0]


def grid_of(text: str, raw: RawGrid, runs: Sequence[Run], sections: Sequence[Section], homes: Sequence[int],
            starts: Sequence[int]) -> Grid:
    span = raw.span
    before = bisect_right(runs, span[0], key=start_of)
    near = [r for r in runs[max(0, before - NEAR_CAPTION):before] if len(clean(text, r.span)) <= MAX_CAPTION]
    caption = next((r.span for r in reversed(near) if CAPTION.match(clean(text, r.span))), None)
    unit = next((u for r in reversed(near) if (u := money_unit(clean(text, r.span)))), None)
    width = max(map(len, [*raw.header, *raw.body]), default=0)
    headers = tuple(tuple(dict.fromkeys(row[j].text for row in raw.header if j < len(row) and row[j].text)) for j in range(width))
    if raw.found:
        headers = tuple((header,) if header else () for header in raw.found)
    return Grid(span=span, rows=tuple(map(tuple, [*raw.header, *raw.body])), header_rows=len(raw.header), headers=headers,
                caption=caption, unit=unit or raw.unit, section=homes[before - 1] if before else 0,
                part=bisect_right(starts, span[0]) - 1, repairs=repairs_of(raw))
