"""Quotes of a report -> what each is the figure of, in a few words of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hedui.document import Layout, Span
from hedui.findings import Claim, Fund, Indicator, Quote, Score
from hedui.opinion.words import MEASURES

__all__ = ["Names", "names_of"]

Names = Mapping[Span, str]
NEAR = 24
# of an indicator, which of its values a figure is; its plain value goes by the name alone
VALUES = {"target": "目标", "completion": "完成率", "deviation": "偏差率", "weight": "分值", "score": "得分"}
# 其中：中央资金共计 | 中央资金   (what stands between the last stop or figure and the figure, without words that only lead to it)
CLAUSE = re.compile(r"[^，,。；;：:、（(）)\s|\d%％]+$")
LEADING = re.compile(r"^(?:其中|以及|和|与|及|并|的|元|万元|亿元)+|(?:共计|合计|总计|累计|达到|完成|约为|为|达|约|共|是|了|的|占|≥|≤|>|<|＞|＜|-)+$")
# 日至 · 月底前 · 年: what is left of a date is no name
DATED = re.compile(r"[年月日号季度初底末前后至到]+")
# the name of an amount that says what it measures: 家庭无障碍改造支出
TOLD = re.compile(r"(?:支出|执行数?|预算数?|决算数?|结转|结余|下达|到位|收入|增加|减少|总额|总计)$")


def claimed(claim: Claim) -> Iterable[tuple[Span, str]]:
    fields = claim.fields
    if isinstance(fields, Fund):
        scope = fields.scope or ""
        name = scope if TOLD.search(scope) else f"{scope}{MEASURES.get(fields.measure, '')}"
        yield from ((span, name) for field, span in claim.spans.items() if field == "yuan")
    elif isinstance(fields, Indicator):
        yield from ((span, f"{fields.name}{VALUES.get(field, '')}") for field, span in claim.spans.items()
                    if field in {"actual", *VALUES})
    elif isinstance(fields, Score):
        yield from ((span, fields.name if field == "score" else f"{fields.name}满分") for field, span in claim.spans.items()
                    if field in {"score", "full"})


def before(text: str, span: Span) -> str:
    """The words right before a figure.

    >>> before("支出1142.7万元，其中：乡镇卫生院支出为684.3万元", (22, 29))
    '乡镇卫生院支出'
    """
    lead = text[max(span[0] - NEAR, 0):span[0]].rstrip()
    while (cut := LEADING.sub("", lead)) != lead:
        lead = cut.rstrip()
    found = CLAUSE.search(lead)
    name = found[0] if found else ""
    while (cut := LEADING.sub("", name)) != name:
        name = cut
    return name if len(name) > 1 and not DATED.fullmatch(name) else ""


def celled(layout: Layout) -> Iterable[tuple[Span, str]]:
    """The cells of tables that hold a figure, named by the words of their row and the head of their column."""
    for grid in layout.grids:
        for row in grid.rows[grid.header_rows:]:
            words = [cell.text for cell in row if cell.text and not any(map(str.isdigit, cell.text)) and len(cell.text) > 1]
            label = " ".join(words[-1].split()) if words else ""
            for cell, head in zip(row, grid.headers, strict=False):
                if any(map(str.isdigit, cell.text)):
                    yield cell.span, f"{label}{' '.join(head[-1].split()) if head else ''}"


def names_of(quotes: Iterable[Quote], claims: Iterable[Claim], text: str, layout: Layout | None = None) -> Names:
    """The name of every figure that is quoted: from the claim it is a field of, else from the row and column of its table, else from the
    words before it; "" where nothing tells."""
    told: dict[Span, str] = {}
    for claim in claims:
        for span, name in claimed(claim):
            told.setdefault(span, " ".join(name.split()))
    for span, name in celled(layout) if layout is not None else ():
        told.setdefault(span, name)
    return {quote.span: told.get(quote.span) or (before(text, quote.span) if any(map(str.isdigit, quote.text)) else "") for quote in quotes}
