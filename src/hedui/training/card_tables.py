"""Figures of metrics.json -> tables in Markdown, the same in card and README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["ablation_table", "calibration_table", "data_table", "figures_table", "interval", "likeness_table", "policy_table", "scopes_table",
           "share", "table", "worst_table"]

MEANT: Mapping[str, str] = {
    "mentions.ORG": "单位 bodies", "mentions.REGION": "地区 regions", "mentions.TITLE": "文件名 titles", "mentions": "数字与名称 all mentions",
    "indicators.narrative": "正文指标 indicators in prose", "indicators.narrative.fields": "其各栏 their fields",
    "indicators.table": "表中指标 indicators in tables", "indicators.table.fields": "其各栏 their fields", "funds": "资金 funds",
    "documents": "引用文件 documents", "documents.titles": "其文件名 their titles", "scores": "得分 scores",
    "reports.fields": "报告题头 heads", "checks.conflicts.precision": "冲突查准 conflicts, precision",
    "checks.conflicts.numeric.recall": "数字冲突查全 numeric conflicts found", "checks.conflicts.value.recall": "取值冲突查全 value conflicts found",
    "checks.conflicts.wording.recall": "措辞冲突查全 wording conflicts found", "checks.holds.recall": "相符查全 agreements found",
}
# what a network reads by itself; of the rest its figures would be those of the rules
LEARNED = frozenset({"mentions.ORG", "mentions.REGION", "mentions.TITLE", "indicators.narrative", "indicators.narrative.fields",
                     "funds", "documents.titles"})
KINDS: Mapping[str, str] = {
    "ORG": "单位", "REGION": "地区", "TITLE": "文件名", "indicator": "正文指标", "indicator.state": "文字表述的指标",
    "indicator.elsewhere": "别处的指标", "indicator.target": "指标目标", "indicator.actual": "指标实绩", "indicator.completion": "指标完成率",
    "ranked": "正文指标（名称排序）", "ranked.state": "文字表述的指标（名称排序）",
    "fund": "正文资金", "fund.table": "表中资金", "document.title": "引用文件名", "document.issuers": "发文单位",
}
ACTIONS: Mapping[str, str] = {"add": "补 add", "mend": "改 mend", "drop": "删 drop", "rename": "改名 rename", "fill": "填 fill"}
READERS = ("rules", "model", "both")
FEWEST = 20
FAMILIES = {"mention": "数字与名称", "claim": "结论", "check": "核对", "record": "记录"}
DATA = {"made": "合成 made", "unlabelled": "无标注 unlabelled", "gold": "标注 annotated"}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("|".join(["", *(cell if cell == "---" else f" {cell} " for cell in line), ""]) for line in lines)


def share(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def interval(bounds: Sequence[float] | None) -> str:
    return "" if bounds is None else f" [{bounds[0]:.3f}, {bounds[1]:.3f}]"


def figures_table(figures: Mapping[str, Mapping[str, Any]], *, untaught: bool = True) -> str:
    """One row a figure: rules alone, model alone, both, and the change; with `untaught` also a network that has seen made
    reports alone. In brackets the middle 95 % of 2,000 draws of the claims."""
    readers = [reader for reader in (*READERS, *(("untaught",) if untaught else ())) if reader in figures]
    names = {"rules": "规则 rules", "model": "模型 model", "both": "一起 both", "untaught": "只学合成的模型 model, made reports only"}
    header = ["项目 figure", "应有 wanted", *(names[reader] for reader in readers), *(["差 change"] if {"rules", "both"} <= set(readers) else [])]
    return table(header, [row(name, figures, readers) for name in MEANT if name in figures.get("rules", {})])


def scopes_table(figures: Mapping[str, Mapping[str, Mapping[str, Any]]], scopes: Mapping[str, str]) -> str:
    """One row a figure, one column each of `scopes` (part of its name to what it is called): rules alone / both, where these differ."""
    columns = [(called, readers) for part, called in scopes.items() for name, readers in figures.items() if part in name]
    return table(["项目 figure", *(called for called, _ in columns)],
                 [[MEANT[name], *(beside(readers, name) for _, readers in columns)]
                  for name in MEANT if any(name in readers["rules"] for _, readers in columns)])


def beside(readers: Mapping[str, Mapping[str, Any]], name: str) -> str:
    rules, both = (share((readers.get(reader, {}).get(name) or {"value": None})["value"]) for reader in ("rules", "both"))
    return rules if rules == both else f"{rules} / {both}"


def row(name: str, figures: Mapping[str, Mapping[str, Any]], readers: Sequence[str]) -> list[str]:
    cells = [MEANT[name], str(figures["rules"][name]["counts"][2])]
    for reader in readers:
        one = figures[reader].get(name)
        told = one is not None and (reader in ("rules", "both") or name in LEARNED)
        cells.append(f"{share(one['value'])}{interval(one['claims'])}" if told and one is not None else "")
    if {"rules", "both"} <= set(readers):
        cells.append(change(figures["rules"].get(name), figures["both"].get(name)))
    return cells


def change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if before is None or after is None or before["value"] is None or after["value"] is None:
        return ""
    told = f"{after['value'] - before['value']:+.3f}"
    return "0.000" if told in ("+0.000", "-0.000") else told


def policy_table(policy: Sequence[Mapping[str, Any]]) -> str:
    """One row a kind and action: how often it would have helped and harmed on reports left out, what was decided, and what of
    that threshold upwards helped and harmed."""
    header = ["对象 of", "动作 action", "例 cases", "文件 reports", "变对 righter", "变错 wronger", "用否 used", "用时变对/变错 then"]
    return table(header, [[f"{KINDS.get(one['kind'], '')} {one['kind']}", ACTIONS.get(one["action"], one["action"]), str(one["cases"]),
                           str(one["sources"]), str(one["righter"]), str(one["wronger"]), used(one),
                           f"{one['gained']}/{one['lost']}" if one["acted"] else ""] for one in policy])


def used(one: Mapping[str, Any]) -> str:
    if one["threshold"] is None:
        return "不用：没有胜过规则 no, it does not beat the rules"
    return f"概率 ≥ {one['threshold']:.2f} 时用 when that probable"


def calibration_table(calibration: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a kind of item, or a family of kinds; kinds that there are few of stand in the row of their family alone."""
    header = ["类 kind", "条 items", "文件 reports", "对 right", "ECE", "Brier", "AURC", "99% 可信 coverage at 99 %", "下限 lower bound"]
    return table(header, [[named(name), str(one["items"]), str(one["sources"]), share(one["right"]), share(one["ece"]), share(one["brier"], 4),
                           share(one["aurc"], 4), share(one["coverage"], 2), share(one["precision_low"])]
                          for name, one in calibration.items() if one["items"] >= FEWEST or name.partition("@")[0] in FAMILIES])


def named(name: str) -> str:
    family, at, shift = name.partition("@")
    told = f"{family} {FAMILIES[family]}" if family in FAMILIES else name
    return f"{told}，{shift}" if at else told


def data_table(data: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a kind of text that was learned from."""
    return table(["来源 kind", "份 reports", "字 characters", "窗口 windows", "标签 tags", "关系 links"],
                 [[name, *(f"{data[kind][key]:,}" for key in ("reports", "characters", "windows", "tags", "links"))]
                  for kind, name in DATA.items() if kind in data])


def likeness_table(likeness: Mapping[str, Mapping[str, float]]) -> str:
    """One row a source: how much of it made reports hold."""
    header = ["文件 report", "字 characters", "相邻两字 pairs", "四字串 runs of 4", "四字串（计次） by count", "十二字串 runs of 12"]
    return table(header, [[name, *(share(one[key]) for key in ("characters", "pairs", "distinct_4", "running_4")), share(one["copied_12"], 4)]
                          for name, one in likeness.items()])


def worst_table(worst: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """One row a figure: its value, its counts and the report that it is lowest in."""
    return table(["项目 figure", "", "对/报/应 right/said/wanted", "最差文件 worst report"],
                 [[MEANT[name], share(one["value"]), "/".join(map(str, one["counts"])),
                   f"{one['worst'][1]} {one['worst'][0]:.3f}" if one["worst"] else ""] for name, one in worst])


def ablation_table(runs: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a run that went without something: what its model reads alone, and beside the rules."""
    names = [name for name in MEANT if name in LEARNED]
    header = ["少了 without", *(f"{MEANT[name]}（独 alone / 合 both）" for name in names)]
    return table(header, [[run, *(pair(figures, name) for name in names)] for run, figures in runs.items()])


def pair(figures: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return " / ".join(share((figures.get(reader, {}).get(name) or {"value": None})["value"]) for reader in ("model", "both"))
