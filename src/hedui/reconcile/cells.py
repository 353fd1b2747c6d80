"""A grid -> its cells as operands: figures with their digits, weights in the brackets of level cells, roles of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from hedui.document import Grid, GridCell, Span
from hedui.findings import Quote
from hedui.layout import bare, column_role
from hedui.reconcile.formulas.check import Quoted
from hedui.reconcile.formulas.intervals import Stated
from hedui.view import fold, view

__all__ = ["NOT_ADDED", "cell_figure", "distinct", "is_total", "label_of", "name_in", "roles_of", "weight_in"]

# 1,038.00 · 44.07% · 91.9分 (and not ≥90%, 6-9个月, -)
FIGURE = re.compile(r"(?P<number>[-−]?\d[\d,]*(?:\.\d+)?)(?P<suffix>%|分|万元|亿元|元)?")
# 项目决策(20分) · 产出指标(50)
WEIGHT = re.compile(r"[(](?P<weight>(?P<number>\d+(?:\.\d+)?)分?)[)]$")
# 合计 · 总计 · 总分 · 得分合计 · 自评总分
TOTAL_LABEL = re.compile(r"(?:[一二三四五六七八九十\d]*[、.])?(?:合计|总计|共计|小计|(?:自评|评价|综合|考核|最终)?(?:总分值?|总得分)"
                         r"|(?:自评|综合)得分|合计得分|总和|[\u4e00-\u9fff]{0,8}合计)")
NOT_ADDED = {"rate", "score_rate", "completion", "deviation", "target", "actual", "number", "level1", "level2", "name",
             "reason", "note", "target_sign", "target_unit"}


def roles_of(grid: Grid) -> list[str | None]:
    """The role of each column, by the lowest of its headers that has one."""
    return [next((role for h in reversed(path) if (role := column_role(h))), None) for path in grid.headers]


def cell_figure(text: str, cell: GridCell, *, exact: bool = False) -> Quoted | None:
    """The one figure that a cell holds, None for words, dashes and bounds. `exact` cells hold whole points or things."""
    return figure_at(text, cell.span, cell.text, exact=exact) if cell.text and cell.span[0] < cell.span[1] else None


@lru_cache(maxsize=4096)
def figure_at(text: str, where: Span, said: str, *, exact: bool) -> Quoted | None:
    """The one figure at `where` in `text`, in a cell that reads `said`: many rules ask for the same."""
    seen = view(text, where)
    found = FIGURE.fullmatch(seen.text)
    if found is None or fold(said).replace(" ", "") != seen.text:
        return None
    number = found["number"].replace(",", "").replace("−", "-")
    decimals = len(number.partition(".")[2])
    scale = Decimal("0.01") if found["suffix"] == "%" else Decimal(1)
    whole = (exact and not decimals) or (not Decimal(number) and found["suffix"] != "%")
    step = Decimal(0) if whole else Decimal(1).scaleb(-decimals) * scale
    span = seen.span(0, len(seen.text))
    return Quoted(span=span, text=text[slice(*span)], stated=Stated(Decimal(number) * scale, step), number=number, scale=scale,
                  suffix=found["suffix"] or "")


def weight_in(text: str, cell: GridCell) -> Quoted | None:
    """The weight in the bracket of a level cell: `5分` of `决策依据(5分)`."""
    seen = view(text, cell.span)
    found = WEIGHT.search(seen.text) if seen.text else None
    if found is None:
        return None
    span = seen.span(*found.span("weight"))
    return Quoted(span=span, text=text[slice(*span)], stated=Stated(Decimal(found["number"])), number=found["number"],
                  suffix="分")


def name_in(text: str, cell: GridCell) -> Quote | None:
    """The name in a level cell, without its weight: `决策依据` of `决策依据(5分)`."""
    seen = view(text, cell.span)
    name = WEIGHT.sub("", seen.text)
    if not name:
        return None
    span = seen.span(0, len(name))
    return Quote(span=span, text=text[slice(*span)], value=name)


def label_of(row: Sequence[GridCell]) -> str:
    """What a row is called: its last cell of words before its first figure, without brackets."""
    label = ""
    for cell in row:
        seen = fold(cell.text).strip()
        if not seen:
            continue
        if FIGURE.fullmatch(seen.replace(" ", "")) and label:
            break
        if not FIGURE.fullmatch(seen.replace(" ", "")):
            label = seen
    return label


def is_total(row: Sequence[GridCell]) -> bool:
    """Whether a row sums up others."""
    said = [bare(c.text).replace(" ", "") for c in row if c.text and c.origin]
    return any(TOTAL_LABEL.fullmatch(t) for t in said[:3])


def distinct(column: Sequence[GridCell]) -> list[tuple[GridCell, list[int]]]:
    """The cells of a column with the rows each covers; a cell repeated on the next page is one with the first."""
    found: list[tuple[GridCell, list[int]]] = []
    for i, cell in enumerate(column):
        if found and cell.text and cell.text == found[-1][0].text:
            found[-1][1].append(i)
        elif cell.text:
            found.append((cell, [i]))
    return found
