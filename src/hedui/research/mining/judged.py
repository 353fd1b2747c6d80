"""Hand-decided items in, what was wanted beside what was found out, a pair an item: for `gold.score`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hedui.export.json import to_output
from hedui.extract import extract
from hedui.readers import read
from hedui.research.mining.gold import Item, Marked, Pair
from hedui.research.mining.hedges import Answer, hedge_of_row, hedges_in
from hedui.research.mining.reasons import reasons_in
from hedui.research.mining.untabled import Untabled, untabled_in
from hedui.research.passages import passages_of

__all__ = ["effects", "hedges", "reasons", "report_with", "untabled"]

SAMPLES = ("samples", "unseen/samples", "fresh/samples")


def reasons(items: Iterable[Item]) -> list[Pair]:
    """Causes by type."""
    return [([one for one in item.marks if one.type != "side"], [Marked(type=one.type, span=one.cause) for one in reasons_in(item.text)])
            for item in items]


def effects(items: Iterable[Item]) -> list[Pair]:
    """What causes explain."""
    found: list[Pair] = []
    for item in items:
        spans = dict.fromkeys(one.effect for one in reasons_in(item.text) if one.effect)
        found.append(([one for one in item.marks if one.type == "side"], [Marked(type="side", span=span) for span in spans]))
    return found


def hedges(items: Iterable[Item]) -> list[Pair]:
    """Hedged words by grade; a row is one span."""
    return [(item.marks, [Marked(type=grade, span=(0, len(item.text)))] if (grade := hedge_of_row(row_of(item))) else [])
            if item.columns["kind"] == "row" else (item.marks, [Marked(type=one.grade, span=one.span) for one in hedges_in(item.text)])
            for item in items]


def row_of(item: Item) -> Answer:
    told = item.columns
    return Answer(name=told["name"], target=told["target"], actual=item.text, weight=told["weight"], score=told["score"], reason=told["reason"])


def untabled(items: Sequence[Item], annotations: Path) -> list[Pair]:
    """Untabled results by kind: each item is read in its sample under `annotations`, or in a report made of its sentences and its table."""
    together: dict[str, list[str]] = {}
    for item in items:
        together.setdefault(item.columns["table"] or item.origin, []).append(item.text)
    read_once: dict[str, tuple[str, list[Untabled]]] = {}
    pairs: list[Pair] = []
    for item in items:
        key = item.columns["table"] or item.origin
        if key not in read_once:
            output = of_table(key, together[key]) if item.columns["table"] else of_sample(key, annotations)
            read_once[key] = output["text"], untabled_in(output, passages_of(output))
        text, found = read_once[key]
        at = text.index(item.text)
        pairs.append((item.marks, [Marked(type=one.kind, span=(one.span[0] - at, one.span[1] - at)) for one in found
                                   if at <= one.span[0] < at + len(item.text)]))
    return pairs


def of_sample(name: str, annotations: Path) -> Mapping[str, Any]:
    path = next(path for folder in SAMPLES for path in (annotations / folder).glob(f"{name}.*"))
    return to_output(extract(read(path)))


def of_table(table: str, sentences: Sequence[str]) -> Mapping[str, Any]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_text(report_with(table, sentences), encoding="utf-8")
        return to_output(extract(read(path)))


def report_with(table: str, sentences: Sequence[str]) -> str:
    """A report of `sentences` and a 自评表: `name=target=result;…|F budget=executed` (in 万元).

    >>> report_with("演出场次=≥40场=43场|F 96=95.2", ["全年演出43场。"]).splitlines()[-1]
    '产出指标 | 演出场次 | ≥40场 | 43场'
    """
    indicators, _, funds = table.partition("|F ")
    budget, executed = funds.split("=")
    rows = ["产出指标 | " + " | ".join(row.split("=")) for row in indicators.split(";")]
    return "\n".join([
        "某县2023年度专项资金绩效自评报告", "", "一、绩效目标完成情况分析", "", *sentences, "", "项目支出绩效自评表", "",
        "项目资金（万元） | 全年预算数 | 全年执行数 | 执行率", f"年度资金总额 | {budget} | {executed} | {Decimal(executed) / Decimal(budget):.2%}",
        "",
        "一级指标 | 三级指标 | 年度指标值 | 实际完成值", *rows])
