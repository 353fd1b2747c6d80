"""An Evaluation -> a table for people, its misses line by line, and its figures as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping

from hedui.evaluate.bootstrap import Interval
from hedui.evaluate.evaluation import Evaluation, Pooled
from hedui.evaluate.figures import Figure

__all__ = ["evaluation_json", "evaluation_table", "figure_rows", "miss_lines"]

MEANT = {
    "bad_spans": "位置不符 spans", "mentions": "数字与名称", "mentions.AMOUNT": "金额", "mentions.RATE": "比率", "mentions.QUANTITY": "数量",
    "mentions.DATE": "日期", "mentions.DOCNO": "文号", "mentions.TITLE": "文件名", "mentions.ORG": "单位", "mentions.REGION": "地区",
    "mentions.values": "取值", "indicators.narrative": "正文指标", "indicators.narrative.fields": "正文指标各栏",
    "indicators.table": "表中指标", "indicators.table.fields": "表中指标各栏", "funds": "资金", "documents": "引用文件",
    "documents.titles": "引用文件名", "scores": "得分", "reports": "报告", "reports.fields": "报告题头",
    "checks.conflicts.precision": "冲突查准", "checks.conflicts.numeric.recall": "数字冲突查全",
    "checks.conflicts.value.recall": "取值冲突查全", "checks.conflicts.wording.recall": "措辞冲突查全",
    "checks.conflicts.judgement.recall": "推断（不要求）", "checks.holds.recall": "相符查全", "checks.holds.wrong": "误判相符",
    "checks.sentences.perfect": "整句全对（AutoDoc）",
}
HEADER = ("项目 figure", "", "P", "R", "F1/率", "95% 按条 claims", "95% 按文件 files", "对/报/应 hit/said/want", "最差文件 worst file")
RIGHT = frozenset({2, 3, 4})


def evaluation_table(evaluation: Evaluation) -> str:
    """One row a figure over all sources, with both intervals and the worst source."""
    rows = [HEADER, *rows_of(evaluation)]
    widths = [max(width(line[i]) for line in rows) for i in range(len(HEADER))]
    lines = ["  ".join(padded(cell, widths[i], right=i in RIGHT) for i, cell in enumerate(line)).rstrip() for line in rows]
    told = f"{len(evaluation.by_source)} 份报告 reports: {'、'.join(evaluation.by_source)}"
    gone = [f"没有结果，未计入 · no result, not counted: {name}" for name in evaluation.absent]
    return "\n".join([told, "", *lines, *gone])


def rows_of(evaluation: Evaluation) -> list[tuple[str, ...]]:
    order = [*(name for name in MEANT if name in evaluation.figures), *sorted(evaluation.figures.keys() - MEANT.keys())]
    return [row(name, evaluation.figures[name]) for name in order]


def figure_rows(evaluation: Evaluation) -> list[dict[str, str]]:
    """The same rows by the names of their columns."""
    return [dict(zip((name or "名称 name" for name in HEADER), cells, strict=True)) for cells in rows_of(evaluation)]


def row(name: str, pooled: Pooled) -> tuple[str, ...]:
    figure = pooled.figure
    hit, said, wanted = figure.counts
    split = figure.form == "f1"
    worst = f"{pooled.worst[0]:.3f} {pooled.worst[1]}" if pooled.worst else ""
    if figure.form == "count":
        return name, MEANT.get(name, ""), "", "", str(hit), "", "", "", ""
    return (name, MEANT.get(name, ""), share(figure.precision) if split else "", share(figure.recall) if split else "",
            share(figure.value if said + wanted else None), bounds(pooled.claims), bounds(pooled.sources),
            f"{hit}/{said}/{wanted}", worst)


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def bounds(interval: Interval | None) -> str:
    return "" if interval is None else f"[{interval[0]:.3f}, {interval[1]:.3f}]"


def width(text: str) -> int:
    """Columns that `text` takes on a screen, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space


def miss_lines(evaluation: Evaluation) -> Iterator[str]:
    """What was missed and what was too much: one line each with its source and figure."""
    for source, figures in evaluation.by_source.items():
        for name, figure in figures.items():
            yield from (f"{source} {name} 漏 missed: {item}" for item in figure.missed)
            yield from (f"{source} {name} 多 extra: {item}" for item in figure.extra)


def evaluation_json(evaluation: Evaluation) -> str:
    """The figures by name, their counts [hit, said, wanted] and intervals, and the counts of each source."""
    pooled = evaluation.figures
    told = {
        "figures": {name: round(one.figure.value, 4) for name, one in pooled.items()},
        "counts": {name: list(one.figure.counts) for name, one in pooled.items()},
        "intervals": {name: {"claims": rounded(one.claims), "sources": rounded(one.sources)} for name, one in pooled.items()},
        "by_source": {source: counts(figures) for source, figures in evaluation.by_source.items()},
        "absent": list(evaluation.absent),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def rounded(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(bound, 4) for bound in interval]


def counts(figures: Mapping[str, Figure]) -> dict[str, list[int]]:
    return {name: list(figure.counts) for name, figure in figures.items()}
