"""What a calibrator said of sources it had not seen -> its card: data, signals, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hedui.confidence import Weights
from hedui.evaluate import brier, calibration_error, coverage

__all__ = ["Held", "card"]

STRONGEST = 4
HEAD = """# 校准器 Calibrator

给读出的每个数字、结论和核对一个“读对了”的概率。每类一个逻辑回归，特征是读的时候留下的痕迹：写法、所在位置、别处是否也这样说、是否有核对印证。
运行时只用加减乘除，不需要任何模型库。

Gives everything read the probability that it is right: one logistic model a kind of item, over signals that the reading
leaves behind (how it is written, where it stands, who else tells it, which checks bear it out).

- 日期 date: {date}
- 数据 data: {count} 份标注报告 annotated reports: {sources}
- 做法 method: 逐份留出。每份报告由没有见过它的模型打分，下表的数字都是这样得到的；正则强度和 Platt 标度在内层逐份留出中选定。
  Every report is weighed by a model that has not seen it; strength and scale are chosen on an inner ring of the same.
- 怎样算对 right: 数字名称须位置、类别、取值都对；指标须各栏都对；资金须行、金额、口径都对；引用文件须文号和文件名都对；
  核对须在标注中有同样结论的一条（标注没有列出的相符关系算错，所以“相符”的概率偏低）。
  As `hedui.evaluate.rightness` says; a relation that holds but that no annotator listed counts as wrong, so that the
  probability of checks that hold is on the low side.
- 限度 limits: 规则是看着这些报告写的，规则没见过的报告上会读错得更多，那里的概率偏高。
  报告不多，错处更少：错处少于 10 处或少于 3 份报告，或特征在留出报告上省不下 5% 的损失，这样的类只给一个常数。
  The rules were written with these reports in view: on others more will be wrong than the probabilities say. Kinds with
  fewer than 10 errors, or errors in fewer than 3 reports, or whose signals do not save 5 % of the loss on reports left
  out, get one constant.
- 重做 again: `python benchmarks/fit_calibrator.py GOLD_DIR REPORT_DIR [GOLD_DIR REPORT_DIR …] -o models/calibrator`（需要 needs scikit-learn）

## 留出报告上的表现 On reports left out

Brier 越小越好，括号里是不看特征只给平均数时的值；ECE 用 10 个等量分箱；“99% 可信”是按概率从高到低取、读对率不低于 99% 的最大份额，
括号里是这一读对率的 Wilson 95% 下限。
Brier score (in brackets: the plain share instead of the model), ECE over 10 bins of equal mass, and the largest share, surest first, that is
99 % right, with the lower Wilson bound of that precision.

| 类 kind | 条 items | 报告 reports | 对 right | Brier | ECE | 99% 可信 coverage | 主要特征 strongest signals |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Items of one kind from sources left out: what the model told, what the plain share told, what is right."""

    told: Sequence[float]
    plain: Sequence[float]
    right: Sequence[bool]
    sources: int


def card(held: Mapping[str, Held], weights: Mapping[str, Weights], sources: Sequence[str]) -> str:
    """The card as Markdown."""
    head = HEAD.format(date=datetime.now(UTC).date().isoformat(), count=len(sources), sources="、".join(sources))
    whole = Held(told=[p for h in held.values() for p in h.told], plain=[p for h in held.values() for p in h.plain],
                 right=[r for h in held.values() for r in h.right], sources=len(sources))
    return head + "".join([*(row(kind, h, weights[kind]) for kind, h in held.items()), row("合计 all", whole, None)])


def row(kind: str, held: Held, weights: Weights | None) -> str:
    share, low = coverage(held.told, held.right)
    before, after = brier(held.plain, held.right), brier(held.told, held.right)
    signals = weights.signals if weights else {}
    strongest = sorted(signals, key=lambda name: -abs(signals[name]))[:STRONGEST]
    named = " · ".join(f"{name} {signals[name]:+.1f}" for name in strongest) or ("" if weights is None else "常数 constant")
    return (f"| {kind} | {len(held.right)} | {held.sources} | {sum(held.right) / len(held.right):.3f} | {after:.4f} ({before:.4f}) | "
            f"{calibration_error(held.told, held.right):.3f} | {share:.2f} ({low:.3f}) | {named} |\n")
