"""metrics.json -> the card of the model, Chinese with English beside it; nothing in it comes from anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hedui.training.card_tables import (
    MEANT,
    ablation_table,
    calibration_table,
    data_table,
    figures_table,
    likeness_table,
    policy_table,
    worst_table,
)
from hedui.training.metrics import worsened, worst_of

__all__ = ["card_of"]

Metrics = Mapping[str, Any]
FIELDS_NOTE = """每个文件都由没有见过它的模型来读，用法（哪类结果听模型的）和概率也由别的文件定出；方括号是对各条重抽样得到的中间 95%。
“模型”一列去掉了规则读出的单位、地区、文件名、正文指标、资金；其余项目模型不读，故空着。
Every report was read by a network that had not seen it, and what that network may do and how sure it is was settled on
other reports; brackets hold the middle 95 % over draws of single things. *Model* goes without the rules' bodies, regions,
titles, indicators in prose and funds; the rest no network reads, so those cells are empty."""

# readings that the card holds against that of the model
APART = {
    "untaught": "只学合成报告的模型比也学了其他标注报告的 A model of made reports alone against one that also saw other gold",
    "precise": "不压成 int8 的模型比压了的 The model in full precision against int8, in which it ships",
}


def card_of(metrics: Metrics) -> str:
    """The whole card; the same metrics give the same bytes."""
    return "\n\n".join(part.strip("\n") for part in parts(metrics)) + "\n"


def parts(metrics: Metrics) -> Iterator[str]:
    for part in (head, data, figures, policy, confidence, ablation, failures):
        yield from part(metrics)


def head(metrics: Metrics) -> Iterator[str]:
    weights, plan = metrics["weights"], metrics["plan"]
    network = plan["base"]["network"]
    yield "# hedui_zh 学出来的读法 The learned reading"
    yield ("规则之外的第二双眼睛：按字读的小型编码器，认出单位、地区、文件名、指标名和每笔金额的作用，再把它们连起来。只在它胜过规则的地方说了算。\n"
           "A second pair of eyes beside the rules: a small character-level encoder that finds bodies, regions, titles, names of\n"
           "indicators and the role of every amount, and ties them together. It has a say only where it beats the rules.")
    shape = metrics["encoder"] or f"{network['layers']} 层 layers × {network['width']}"
    if network["lexical"] and not metrics["encoder"]:
        shape += ("，下面是 LAC（百度，Apache 2.0）的字向量和双向循环层，不再训练 over the frozen embeddings and\n"
                  "  recurrent layers of LAC (Baidu, Apache 2.0)")
    yield "\n".join((
        f"- 日期 date: {metrics['date']}　版本 version: hedui {metrics['version']}　设置 plan: {plan['name']}, seed {plan['seed']}",
        f"- 网络 network: {shape}，{weights['parameters']:,} 个参数 parameters，fp16，{weights['bytes'] / 1e6:.1f} MB；读时用 read as int8",
        *((f"- 名称排序 ranker: 正文里每个数值可能的名称由 {metrics['ranker']:,} 个权重的条件逻辑回归排序，随模型读报告时用纯 Python 算 "
           "a conditional logit over the names that a value in running text may have",) if metrics.get("ranker") else ()),
        f"- sha256: `{weights['sha256']}`",
        "- 许可 licence: Apache-2.0",
        "- 用法 use: `hedui run 报告 -o out --model models/hedui_zh`，`spacy.load(\"models/hedui_zh\")`",
    ))


def data(metrics: Metrics) -> Iterator[str]:
    held = metrics["data"]
    yield "## 数据 Data"
    yield data_table(held)
    if held.get("unlabelled", {}).get("known"):
        yield (f"{held['unlabelled']['known']} 份无标注报告与检验用的报告相同或相近，未用 · were left out as they are, or are much like, "
               "reports that are tested.")
    yield "留出的单元（同一行的文件从不一个在训练、一个在检验）。Left out together: files of one line are never in training and test at once."
    yield "\n".join(f"{at}. {'、'.join(fold['out'])}" for at, fold in enumerate(metrics["folds"], start=1))
    if metrics["likeness"]:
        yield ("### 合成报告像不像真的 How near made reports are to annotated ones\n\n"
               "标注报告里的字、相邻两字、四字串和十二字串，有多大份额也在合成报告里（数字不分大小，四字串另按出现次数计）。\n"
               "The share of each annotated report's distinct characters, pairs, runs of four (also by count) and runs of twelve that stand\n"
               "in the made ones too; all digits are one.")
        yield likeness_table(metrics["likeness"])


def figures(metrics: Metrics) -> Iterator[str]:
    yield "## 规则、模型、一起 Rules, model, both"
    yield FIELDS_NOTE
    for scope, readers in metrics["figures"].items():
        yield f"### {'全部 all' if scope == 'all' else scope}"
        yield figures_table(readers)
    told = [line for other, meant in APART.items() if (line := drop(metrics["figures"]["all"], other, meant))]
    if told:
        yield "\n".join(told)


def drop(readers: Mapping[str, Mapping[str, Any]], other: str, told: str) -> str:
    """How much higher or lower `other` reads than the model that ships."""
    if not {"model", other} <= readers.keys():
        return ""
    both = [(name, readers[other][name]["value"], readers["model"][name]["value"])
            for name in ("mentions.ORG", "mentions.REGION", "mentions.TITLE", "indicators.narrative", "indicators.narrative.fields", "funds")
            if name in readers["model"] and name in readers[other]]
    return f"- {told}: " + "，".join(f"{MEANT[name]} {a - b:+.3f}" for name, a, b in both if a is not None and b is not None)


def policy(metrics: Metrics) -> Iterator[str]:
    yield "## 模型何时说了算 What the model is used for"
    yield ("在留出的文件上，模型若照做，有多少处会变对、变错；净增不足 5，变对的不到九成，或变错的文件不少于变对的，就不用；没有列出的\n"
           "动作，模型与规则没有分歧。On reports left out: how many places would have become right and wrong had the model had its way. What\n"
           "gains fewer than five, is right less than nine times in ten, or helps in no more reports than it harms, is off; of actions\n"
           "that are not listed there was no case.")
    if metrics["tuned"]:
        yield (f"规则照着写过的报告（{'、'.join(metrics['tuned'])}）不算在内：规则在那里几乎不错，与它不同便是错；\n"
               "在那里模型反而会读错一些，见上面各表。\n"
               "Reports that rules were written to are not counted: rules hardly err there, so whatever differs from them is wrong. There the\n"
               "model makes some readings worse, as the tables above show; it is for reports that nobody wrote rules to.")
    yield policy_table(metrics["policy"]) if metrics["policy"] else "没有一处与规则不同。It differs from the rules nowhere."


def confidence(metrics: Metrics) -> Iterator[str]:
    yield "## 概率可信吗 Can its probabilities be trusted"
    yield ("每个文件的概率由别的文件定出。ECE 用等量分箱，AURC 是风险—覆盖曲线下的面积；“99% 可信”是从最有把握的数起、读对率不低于 99% 的最大\n"
           "份额，下限是这一读对率的 Clopper-Pearson 95% 下限。\n"
           "Each report is weighed by weights fitted on the others. ECE over bins of equal mass, AURC the area under the risk-coverage\n"
           "curve; coverage is the largest share, surest first, that is 99 % right, with the lower 95 % bound of that precision.")
    yield calibration_table(metrics["calibration"])
    yield ("用哪些特征来定概率，是看着这些文件选的，所以这些数偏乐观。\n"
           "Which signals probabilities rest on was chosen with these same reports in view, so these figures are optimistic.")
    if metrics["drawings"]:
        yield "\n".join(f"![{name}]({name})" for name in metrics["drawings"])
    if metrics["shift"]:
        yield ("### 换了省份、年份 Another province, another year\n\n"
               "同省、同年的文件一起留出，概率由其余的定出。Reports of one province, of one year, weighed by what was fitted on the others.")
        yield calibration_table(metrics["shift"])


def ablation(metrics: Metrics) -> Iterator[str]:
    if metrics["ablation"]:
        yield "## 少了哪一样会怎样 What each kind of data is worth"
        yield ("同样的简短设置各跑一遍，只互相比较。Runs with the same short settings, to be compared with one another alone.")
        yield ablation_table({name: scopes["all"] for name, scopes in metrics["ablation"].items()})


def failures(metrics: Metrics) -> Iterator[str]:
    readers = metrics["figures"]["all"]
    yield "## 已知的短处 Known failures"
    yield worst_table(worst_of(readers.get("both") or readers["rules"]))
    worse = worsened(metrics["by_source"])
    yield ("模型参与后比只用规则更差之处（对/报/应）。Where both together read worse than rules alone (right/said/wanted)：\n"
           + "\n".join(f"- {source}：{MEANT[name]} {slashed(before)} → {slashed(after)}" for source, name, before, after in worse)
           if worse else "没有一份文件因模型参与而比只用规则更差。In no report do both together read worse than rules alone.")
    yield ("规则是看着其中一些报告写的，没见过的报告上规则会读错得更多。报告不多，方括号之外还有报告之间的差别。\n"
           "The rules were written with some of these reports in view and will read others worse. The reports are few: beyond the\n"
           "brackets, reports differ from one another.")


def slashed(counts: Iterable[int]) -> str:
    return "/".join(map(str, counts))
