"""Total scores of prose against the total row of the score table in the same report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import Check, Claim, Score
from hedui.layout import column_role, is_value
from hedui.reconcile.agreement.compare import compare
from hedui.reconcile.agreement.told import agreement
from hedui.reconcile.phrases import numeric, squeezed
from hedui.reconcile.places import part_of
from hedui.reconcile.quotes import quote
from hedui.view import clean, fold, view

__all__ = ["total_score_checks"]

HUNDRED, BESIDE, GRADE = Decimal(100), 24, "等级"
# 总 分 · 自评总分 · 综合得分 · 合计
TOTAL = re.compile(r"总计|(?:得分|自评)?合计|(?:自评|评价|综合|考核|最终)*(?:总分值?|总得分)|(?:自评|综合|最终|评价)得分")
# 产出指标满分60分、得分|75.65分 · 项目产出50分，得|55分
OF_PART = re.compile(r"(?<!\d)(?P<full>\d+)分\)?[、,]?(?:自评|实际)?(?:得分?|实得)(?:为|是)?$")
# 效益指标20分、满意度指标10分。|合计98.85分，评定等级为“优”
GRADED = re.compile(r"(?:合计|总计|共计|总分)(?:得分|得|为|是)*(?P<score>\d+(?:\.\d+)?分)[,。;][\u4e00-\u9fff]{0,4}等级")


def total_score_checks(layout: Layout, claims: Sequence[Claim]) -> Iterator[Check]:
    """The total of every score table against the total that its report states."""
    totals: dict[int, list[tuple[GridCell, Decimal | None]]] = defaultdict(list)
    for grid in layout.grids:
        if cell := total_in(grid):
            totals[grid.part].append((cell, points_in_all(grid, cell)))
    for told in (*claimed(layout, claims), *graded(layout, claims)) if totals else ():
        for cell, full in totals[told.part]:
            comparison = compare(cell.text, told.score) if full is None or full in {told.full, HUNDRED} else None
            if comparison:
                a, b = quote(layout, cell.span), quote(layout, told.span)
                sign = "=" if comparison.verdict == "consistent" else "≠"
                verdict = "conflict" if comparison.verdict == "rounding" else comparison.verdict
                yield agreement(layout, "table", [a], b, verdict=verdict, tier="numeric", computed=a.text,
                                note=f"总分：表中 {a.value} {sign} 文中 {b.value}", claims=told.claims)


class Told(NamedTuple):
    """A total score of the text, of `full` points, and where it stands."""

    score: str
    full: Decimal
    span: Span
    part: int
    claims: tuple[str, ...] = ()


def claimed(layout: Layout, claims: Sequence[Claim]) -> Iterator[Told]:
    for claim in claims:
        said = claim.fields
        if claim.type == "score" and isinstance(said, Score) and said.name == "总分" and "score" in claim.spans:
            start = claim.spans["score"][0]
            before = OF_PART.search(fold(clean(layout.document.text, (max(0, start - BESIDE), start))))
            if before is None or Decimal(before["full"]) == HUNDRED:
                yield Told(f"{said.score}", said.full or HUNDRED, claim.spans["score"], claim.part, (claim.id,))


def graded(layout: Layout, claims: Sequence[Claim]) -> Iterator[Told]:
    """Total scores that the text tells with their grade behind the list of their parts, where no claim holds them."""
    known = {claim.spans["score"][0] for claim in claims if claim.type == "score" and "score" in claim.spans}
    for paragraph in layout.paragraphs:
        if paragraph.role == "body" and GRADE in layout.document.text[slice(*paragraph.span)]:
            seen = view(layout.document.text, paragraph.span)
            for match in GRADED.finditer(seen.text):
                span = seen.span(*match.span("score"))
                if span[0] not in known:
                    yield Told(match["score"], HUNDRED, span, part_of(layout, span[0]))


def points_in_all(grid: Grid, score: GridCell) -> Decimal | None:
    """The full points that the row of a total score tells before it."""
    row = next(r for r in grid.rows if score in r)
    before = [v for cell in row[:row.index(score)] if is_value(cell.text) and (v := numeric(cell.text))]
    return Decimal(str(before[-1].value)) if before else None


def total_in(grid: Grid) -> GridCell | None:
    """The score in the row 总分 or 合计 of a table of indicators with scores."""
    roles = [column_role(path[-1]) if path else None for path in grid.headers]
    if "score" not in roles or "name" not in roles:
        return None
    column = roles.index("score")
    first = roles.index("weight") if "weight" in roles[:column] else column
    for row in reversed(grid.rows[grid.header_rows:]):
        label = next((j for j, cell in enumerate(row) if TOTAL.fullmatch(squeezed(cell.text))), None)
        if label is not None:
            figures = [cell for cell in row if cell.text and is_value(cell.text) and numeric(cell.text)]
            if label >= first:
                return figures[column - first] if len(figures) > column - first else None
            return row[column] if numeric(row[column].text) else figures[-1] if len(figures) > 1 else None
    return None
