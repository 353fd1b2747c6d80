"""The metrics of a calibrator -> its card as Markdown; every figure in it is out of the metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hedui.confidence import Weights
from hedui.evaluate.reliability import Judged, reliabilities, reliability_json, reliability_table

__all__ = ["calibration_card", "calibration_metrics"]

STRONGEST, DIGITS = 6, 2
HEAD = """# 校准器 Calibrator

给读出的每个数字、结论、核对和记录一个“读对了”的概率。每一族（数字与名称、结论、核对、记录）一个逻辑回归，各类在族内互相借力，再按证据选
Platt 或保序标度；特征是读的时候留下的痕迹：写法、位置、别处是否也这样说、核对是否印证、字符识别得多清楚、学习模型怎么说。
运行时只用加减乘除，不需要任何模型库。

Gives everything read the probability that it is right: one logistic model a family of items, whose kinds share strength, then
Platt's scale or isotonic regression, as the evidence says; over signals that the reading leaves behind (how it is written,
where it stands, who else tells it, which checks bear it out, how clearly its characters were recognised, what the learned
reading holds). Plain arithmetic at run time.

- 数据 data: {sources} 份标注报告 annotated reports, {items} 条 items: {names}
- 做法 method: 逐份留出。每份报告（连同它的打印件、扫描件）由没有见过它的模型打分，下表的数字都是这样得到的。
  Every report, with all its printed and scanned tellings, is weighed by a model that has not seen it.
- 怎样算对 right: 见 `hedui.evaluate.rightness`。数字名称须位置、类别、取值都对；指标须各栏都对；资金须行、金额、口径都对；记录须合成的各栏都对，
  并且“不一致”与标注的冲突相符。标注没有列出的合计和占比算错，所以“相符”的概率偏低。
  As `hedui.evaluate.rightness` says; sums and shares that hold but that no annotator listed count as wrong, so that the
  probability of checks that hold is on the low side.
- 限度 limits: 规则是看着这些报告写的，没见过的报告上会读错得更多；上限为此留了余地（每类不高于 1 − 0.1 ÷（报告数 + 2））。
  The rules were written with these reports in view: on others more will be wrong. The most that is told of a kind leaves room
  for that.
  用哪些特征是看着这些报告选的，下表因此偏乐观。
  Which signals are used was chosen with these reports in view, so the figures below are optimistic.
- 重做 made anew: `python benchmarks/fit_calibrator.py GOLD_DIR REPORT_DIR … --scanned 4 -o models/calibrator`
- 许可 licence: Apache-2.0

## 留出报告上的表现 On reports left out

ECE 用 10 个等量分箱；AURC 是风险—覆盖曲线下的面积；“99% 可信”是按概率从高到低取、读对率不低于 99% 的最大份额，“下限”是这一读对率的
Clopper-Pearson 95% 下限。图见 reliability.png 和 risk_coverage.png。
ECE over 10 bins of equal mass; AURC is the area under the risk-coverage curve; coverage is the largest share, surest first,
that is 99 % right, low the lower Clopper-Pearson 95 % bound of that precision.

"""
SHIFT = """
## 换省、换年、换来源 Under shift

province、year left out：打分的模型没有见过同一地区、同一年的任何报告；form=scan：打印后扫描再读的同一批报告（每份几页），form=text：原文。
Province, year left out: weighed by a model that has seen no report of the same region, of the same year;
form=scan: the same reports printed, scanned and read again (some pages of each), form=text: as they came.

"""
SIGNALS = "\n## 主要特征 Strongest signals\n\n"


def calibration_metrics(judged: Sequence[Judged], shifted: Mapping[str, Sequence[Judged]], weights: Mapping[str, Weights],
                        *, forms: Sequence[str] = ("text",)) -> dict[str, Any]:
    """What metrics.json holds: figures of items of sources left out, `shifted` by name of what was left out whole, and the
    strongest signals of `weights`."""
    plain = [one for one in judged if one.groups.get("form", "text") in forms]
    types = {name: m for name, m in reliability_json(reliabilities(plain)).items() if "@" not in name}
    by_form = {name: m for name, m in reliability_json(reliabilities(judged)).items() if "@form=" in name}
    told = {f"{family}@{name}": m for name, of in sorted(shifted.items())
            for family, m in reliability_json(reliabilities(of)).items() if family in ("mention", "record")}
    return {"sources": sorted({one.source for one in judged}), "items": len(judged), "types": types, "shift": {**by_form, **told},
            "signals": {kind: strongest(w) for kind, w in sorted(weights.items())}}


def strongest(weights: Weights) -> dict[str, float]:
    names = sorted(weights.signals, key=lambda name: (-abs(weights.signals[name]), name))[:STRONGEST]
    return {name: round(weights.signals[name], DIGITS) for name in names}


def calibration_card(metrics: Mapping[str, Any]) -> str:
    """The card of the calibrator whose metrics these are."""
    head = HEAD.format(sources=len(metrics["sources"]), items=metrics["items"], names="、".join(metrics["sources"]))
    signals = [f"- {kind}: " + " · ".join(f"{name} {x:+.2f}" for name, x in of.items()) for kind, of in metrics["signals"].items()]
    return "\n".join([head.rstrip("\n"), "", *reliability_table(metrics["types"]), SHIFT.rstrip("\n"), "",
                      *reliability_table(metrics["shift"]), SIGNALS.rstrip("\n"), "", *signals, ""])
