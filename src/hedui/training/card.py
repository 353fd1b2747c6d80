"""metrics.json -> the card of the model, Chinese with English beside it; nothing in it comes from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hedui.training.card_tables import (
    MEANT,
    ablation_table,
    calibration_table,
    figures_table,
    policy_table,
    share,
    shift_table,
    table,
)
from hedui.training.metrics import worst_of

__all__ = ["card_of"]

Metrics = Mapping[str, Any]
FIELDS_NOTE = """每个文件都由没有见过它的模型来读，用法（哪类结果听模型的）和概率也由别的文件定出；方括号是对各条重抽样得到的中间 95%。
“模型”一列去掉了规则读出的单位、地区、文件名、正文指标、资金；其余项目模型不读，故空着。
Every report was read by a network that had not seen it, and what that network may do and how sure it is was settled on
other reports; brackets hold the middle 95 % over draws of single things. *Model* goes without the rules' bodies, regions,
titles, indicators in prose and funds; the rest no network reads, so those cells are empty."""


def card_of(metrics: Metrics) -> str:
    """The whole card; the same metrics give the same bytes."""
    return "\n\n".join(part.strip("\n") for part in parts(metrics)) + "\n"


def parts(metrics: Metrics) -> Iterator[str]:
    yield from head(metrics)
    yield from data(metrics)
    yield from figures(metrics)
    yield "## 模型何时说了算 What the model is used for"
    yield ("在留出的文件上，模型若照做，有多少处会变对、变错；净增不足 2，或变错的文件不少于变对的，就不用。\n"
           "On reports left out: how many places would have become right and wrong had the model had its way. What gains fewer than\n"
           "two, or helps in no more reports than it harms, is off.")
    yield policy_table(metrics["policy"]) if metrics["policy"] else "没有一处与规则不同。It differs from the rules nowhere."
    yield from confidence(metrics)
    yield from ablation(metrics)
    yield from failures(metrics)


def head(metrics: Metrics) -> Iterator[str]:
    weights, plan = metrics["weights"], metrics["plan"]
    network = plan["base"]["network"]
    yield "# hedui_zh 学出来的读法 The learned reading"
    yield ("规则之外的第二双眼睛：按字读的小型编码器，认出单位、地区、文件名、指标名和每笔金额的作用，再把它们连起来。只在它胜过规则的地方说了算。\n"
           "A second pair of eyes beside the rules: a small character-level encoder that finds bodies, regions, titles, names of\n"
           "indicators and the role of every amount, and ties them together. It has a say only where it beats the rules.")
    shape = metrics["encoder"] or f"{network['layers']} 层 layers × {network['width']}"
    yield "\n".join((
        f"- 日期 date: {metrics['date']}　版本 version: hedui {metrics['version']}　设置 plan: {plan['name']}, seed {plan['seed']}",
        f"- 网络 network: {shape}，{weights['parameters']:,} 个参数 parameters，fp16，{weights['bytes'] / 1e6:.1f} MB",
        f"- sha256: `{weights['sha256']}`",
        "- 许可 licence: Apache-2.0",
        "- 用法 use: `hedui run 报告 -o out --model models/hedui_zh`，`spacy.load(\"models/hedui_zh\")`",
    ))


def data(metrics: Metrics) -> Iterator[str]:
    held = metrics["data"]
    names = {"made": "合成 made", "unlabelled": "无标注 unlabelled", "gold": "标注 annotated"}
    yield "## 数据 Data"
    yield table(["来源 kind", "份 reports", "字 characters", "窗口 windows", "标签 tags", "关系 links"],
                [[names[kind], *(f"{held[kind][key]:,}" for key in ("reports", "characters", "windows", "tags", "links"))]
                 for kind in names if kind in held])
    if held.get("unlabelled", {}).get("known"):
        yield (f"{held['unlabelled']['known']} 份无标注报告与检验用的报告相同或相近，未用 · were left out as they are, or are much like, "
               "reports that are tested.")
    yield "留出的单元（同一行的文件从不一个在训练、一个在检验）。Left out together: files of one line are never in training and test at once."
    yield "\n".join(f"{at}. {'、'.join(fold['out'])}" for at, fold in enumerate(metrics["folds"], start=1))


def figures(metrics: Metrics) -> Iterator[str]:
    yield "## 规则、模型、一起 Rules, model, both"
    yield FIELDS_NOTE
    for scope, readers in metrics["figures"].items():
        yield f"### {'全部 all' if scope == 'all' else scope}"
        yield figures_table(readers)
    drop = drops(metrics["figures"]["all"])
    if drop:
        yield drop


def drops(readers: Mapping[str, Mapping[str, Any]]) -> str:
    """How much a model that has seen no gold falls short of one tuned on the gold of other reports."""
    if not {"model", "untaught"} <= readers.keys():
        return ""
    told = [f"{MEANT[name]} {readers['untaught'][name]['value'] - readers['model'][name]['value']:+.3f}"
            for name in ("mentions.ORG", "mentions.REGION", "indicators.narrative", "funds")
            if name in readers["model"] and None not in (readers["model"][name]["value"], readers["untaught"][name]["value"])]
    return f"只学合成报告的模型与也学了其他标注报告的模型相比 A model of made reports alone against one that also saw other gold: {'，'.join(told)}"


def confidence(metrics: Metrics) -> Iterator[str]:
    yield "## 概率可信吗 Can its probabilities be trusted"
    yield ("每个文件的概率由别的文件定出。ECE 用等量分箱；“99% 可信”是从最有把握的数起、读对率不低于 99% 的最大份额，下限是这一读对率的 95% 下限。\n"
           "Each report is weighed by weights fitted on the others. ECE over bins of equal mass; coverage is the largest share, surest\n"
           "first, that is 99 % right, with the lower 95 % bound of that precision.")
    yield calibration_table(metrics["calibration"])
    for name, drawing in sorted(metrics.get("drawings", {}).items()):
        yield f"![{name}]({drawing})"
    yield ("### 换了省份、年份 Another province, another year\n\n"
           "同省、同年的文件一起留出，概率由其余的定出。Reports of one province, of one year, weighed by what was fitted on the others.")
    yield shift_table(metrics["shift"])


def ablation(metrics: Metrics) -> Iterator[str]:
    if metrics["ablation"]:
        yield "## 少了哪一样会怎样 What each kind of data is worth"
        yield ("同样的简短设置各跑一遍，只互相比较。Runs with the same short settings, to be compared with one another alone.")
        yield ablation_table({name: scopes["all"] for name, scopes in metrics["ablation"].items()})


def failures(metrics: Metrics) -> Iterator[str]:
    readers = metrics["figures"]["all"]
    told = worst_of(readers.get("both") or readers["rules"])
    yield "## 已知的短处 Known failures"
    yield table(["项目 figure", "", "对/报/应 right/said/wanted", "最差文件 worst report"],
                [[MEANT[name], share(one["value"]), "/".join(map(str, one["counts"])),
                  f"{one['worst'][1]} {one['worst'][0]:.3f}" if one["worst"] else ""] for name, one in told])
    yield ("规则是看着其中一些报告写的，没见过的报告上规则会读错得更多。报告不多，方括号之外还有报告之间的差别。\n"
           "The rules were written with some of these reports in view and will read others worse. The reports are few: beyond the\n"
           "brackets, reports differ from one another.")
