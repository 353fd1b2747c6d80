"""Facts about money in; how reports tell what was handed out, received, spent and left, out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hedui.synth.facts import Paper, Share
from hedui.synth.prose.grammar import filled, worded
from hedui.synth.prose.slots import cited, common_slots
from hedui.synth.prose.writer import Writer, check, fund, last, percentage, say
from hedui.synth.wording import phrases

__all__ = ["executed", "issued", "passed", "received"]


def para(writer: Writer, text: str) -> None:
    say(writer, writer.indent + text)


def document_said(writer: Writer, paper: Paper, name: str) -> str:
    """《…》（…号), the amount it hands out linked."""
    amounts = last(writer, name) if name and writer.prefix + name in writer.stated else ""
    number = cited(writer, paper, amounts)
    form = writer.rng.choice(("《{t}》（{n}）", "《{t}》（{n}）", "《{t}》({n})", "《{t}》{n}"))
    return form.format(t=paper.title, n=number)


def issued(writer: Writer) -> None:
    """What came from above, document by document."""
    facts, rng = writer.facts, writer.rng
    papers = [p for p in facts.papers if p.role in {"early", "issue"} and p.amount]
    if not papers:
        background(writer)
        return
    total = sum((p.amount for p in papers if p.amount), Decimal(0))
    verb = rng.choice(("下达", "下达", "拨付", "安排", "分配"))
    scope = rng.choice((facts.fund.name, f"中央财政{facts.fund.name}"))
    pieces = []
    for i, paper in enumerate(papers, 1):
        assert paper.amount is not None
        sum_text = fund(writer, f"i{i}", paper.amount, "issued", scope, level="中央", documents=writer.prefix + paper.key)
        said = document_said(writer, paper, f"i{i}")
        if last(writer, paper.key) != writer.prefix + paper.key:  # told before: the fund rests on the newest citation
            line = writer.blocks["funds"][-1]
            writer.blocks["funds"][-1] = line.replace(writer.prefix + paper.key, last(writer, paper.key))
        form = rng.choice(("根据{d}{v}{a}", "{d}{v}{a}", "以{d}{v}{a}", "通过{d}，{v}{a}", "{a}由{d}{v}"))
        pieces.append(form.format(d=said, v=verb, a=sum_text))
    if len(papers) == 1:
        para(writer, filled(f"[<years>，/]{pieces[0]}。", common_slots(writer), rng))
        return
    whole = fund(writer, "i", total, "issued", scope, level="中央", documents=",".join(last(writer, p.key) for p in papers))
    joined = rng.choice(("；", "，")).join(pieces)
    who = rng.choice((facts.bodies.treasury.name, f"{facts.bodies.treasury.name}、{facts.bodies.ministry.name}", "中央财政"))
    slots = {**common_slots(writer), "whole": whole, "parts": joined, "verb": verb, "scope": scope, "who": who,
             "times": "一两三四五"[len(papers) - 1]}
    para(writer, worded("issued_total", slots, rng))
    check(writer, "sum", " + ".join(f"i{i}" for i in range(1, len(papers) + 1)), "i", "各次下达合计")


def background(writer: Writer) -> None:
    para(writer, worded("background", common_slots(writer), writer.rng))


def listed(writer: Writer, parts: Sequence[str]) -> str:
    """Parts one behind the other, as this sentence joins them."""
    return writer.rng.choice(("、", "，", "；", "、")).join(parts)


def one(writer: Writer, share: Share, name: str, value: Decimal, measure: str, *, verb: str = "", documents: str = "",
        level: str | None = None, inherited: str | None = None) -> str:
    """A share and its amount: 中央资金480万元, 清溪县安排120万元."""
    text = fund(writer, name, value, measure, share.name, level=level or share.level or inherited, documents=documents)
    form = writer.rng.choice(("{n}{v}{a}", "{n}{v}{a}", "{n}{a}")) if verb else writer.rng.choice(("{n}{a}", "{n}{a}", "{n}为{a}"))
    return form.format(n=share.name, v=verb, a=text)


def passed(writer: Writer) -> None:
    """What the region planned, by source, and handed on by place."""
    facts, rng = writer.facts, writer.rng
    money = facts.fund
    paper = next(p for p in facts.papers if p.role in {"pass", "own"})
    slots = dict(common_slots(writer))
    whole = fund(writer, "b", money.budget, "budget", money.name if facts.programme else "年初预算",
                 level=money.sources[0].level if len(money.sources) == 1 else None, documents=writer.prefix + paper.key)
    said = document_said(writer, paper, "b")
    line = writer.blocks["funds"][-1]
    writer.blocks["funds"][-1] = line.replace(writer.prefix + paper.key, last(writer, paper.key))
    parts = [one(writer, s, f"b_{s.key}", s.budget, "budget") for s in money.sources] if len(money.sources) > 1 else []
    slots |= {"whole": whole, "doc": said, "detail_": ("，其中：" if rng.random() < 0.5 else "，其中") + listed(writer, parts) if parts else ""}
    para(writer, worded("budget_total", slots, rng))
    check(writer, "sum", " + ".join(f"b_{s.key}" for s in money.sources), "b", "各级资金合计") if parts else None
    if money.places:
        by_place(writer)


def by_place(writer: Writer) -> None:
    """The money by places, with how many there are."""
    places, rng = writer.facts.fund.places, writer.rng
    verb = rng.choice(("", "", "安排", "分配", "下达"))
    parts = [one(writer, s, s.key, s.budget, "issued", verb=verb) for s in places]
    lead = worded("by_place", {**common_slots(writer), "count": f"{{{len(places)}个}}"}, rng)
    para(writer, f"{lead}{listed(writer, parts)}。")
    check(writer, "sum", " + ".join(s.key for s in places), "b", "各地资金合计")


def received(writer: Writer) -> None:
    """What came in and the rate."""
    facts, rng = writer.facts, writer.rng
    money = facts.fund
    whole = fund(writer, "r", money.received, "received", money.name if facts.programme else "项目资金",
                 level=money.sources[0].level if len(money.sources) == 1 else None)
    parts = []
    if len(money.sources) > 1 and rng.random() < 0.7:
        for s in money.sources:
            text = one(writer, s, f"r_{s.key}", s.received, "received", verb="到位")
            if rng.random() < 0.3:
                text += "，到位率" + percentage(writer, f"rr_{s.key}", s.received / s.budget, "received rate")
                check(writer, "ratio", f"r_{s.key} / b_{s.key}", f"rr_{s.key}", "到位率")
            parts.append(text)
    rate = percentage(writer, "rr", money.received_rate, "received rate")
    tail = rng.choice(("，其中：", "。其中，", "，其中")) + listed(writer, parts) if parts else ""
    para(writer, worded("received_total", {**common_slots(writer), "whole": whole, "rate": rate, "detail_": tail}, rng))
    check(writer, "ratio", "r / b", "rr", "到位率")
    if parts:
        check(writer, "sum", " + ".join(f"r_{s.key}" for s in money.sources), "r", "到位合计")


def executed(writer: Writer) -> None:
    """What was spent, with the rate, by source or use or place, and what is left."""
    facts, rng = writer.facts, writer.rng
    money = facts.fund
    alone = money.sources[0].level if len(money.sources) == 1 else None
    whole = fund(writer, "e", money.executed, "executed", money.name if facts.programme else "年度支出", level=alone)
    rate = percentage(writer, "er", money.rate, "rate")
    slots = {**common_slots(writer), "whole": whole, "rate": rate}
    text = worded("executed_total", slots, rng)
    ways = [w for w, ok in (("s", len(money.sources) > 1), ("u", len(money.uses) > 1),
                            ("p", bool(money.places) and all(p.executed for p in money.places))) if ok]
    sentences = [text]
    for way in rng.sample(ways, min(len(ways), rng.choice((0, 1, 1, 2)))):
        sentences.append(spent_by(writer, way))
    if money.left > 0 and rng.random() < 0.75:
        left = fund(writer, "left", money.left, "carried_out", "结转资金", level=alone)
        sentences.append(worded("left_over", {**slots, "left": left}, rng))
        check(writer, "difference", "r - e", "left", "到位减支出")
    if money.recovered and rng.random() < 0.8:
        back = fund(writer, "rec", money.recovered, "recovered", "违规资金")
        sentences.append(worded("recovered", {**slots, "back": back}, rng))
    cut = rng.randint(1, len(sentences))
    for group in (sentences[:cut], sentences[cut:]):
        para(writer, "".join(group)) if group else None
    check(writer, "ratio", "e / b", "er", "预算执行率")
    check(writer, "sum", " + ".join(f"e_{s.key}" for s in money.sources), "e", "各级资金支出合计")
    check(writer, "sum", " + ".join(f"e_{s.key}" for s in money.uses), "e", "各项用途支出合计")
    check(writer, "sum", " + ".join(f"e_{s.key}" for s in money.places), "e", "各地支出合计")


def spent_by(writer: Writer, way: str) -> str:
    """What was spent, by source (`s`), use (`u`) or place (`p`)."""
    facts, rng = writer.facts, writer.rng
    shares = {"s": facts.fund.sources, "u": facts.fund.uses, "p": facts.fund.places}[way]
    verb = rng.choice(("支出", "支出", "", "使用", "实际支出", "执行", "已拨付"))
    with_rate = rng.random() < 0.5
    alone = facts.fund.sources[0].level if len(facts.fund.sources) == 1 else None
    parts = []
    for s in shares:
        text = one(writer, s, f"e_{s.key}", s.executed, "executed", verb=verb, inherited=alone)
        if with_rate and way == "u":
            text += rng.choice(("，占", "（占")) + percentage(writer, f"er_{s.key}", s.executed / facts.fund.executed, "share")
            text += "）" if "（占" in text else ""
            check(writer, "ratio", f"e_{s.key} / e", f"er_{s.key}", "占比")
        elif with_rate:
            text += "，执行率" + percentage(writer, f"er_{s.key}", s.rate, "rate")
            check(writer, "ratio", f"e_{s.key} / {'b_' if way == 's' else ''}{s.key}", f"er_{s.key}", "执行率")
        parts.append(text)
    lead = rng.choice([p for p in phrases()[f"spent_{way}"]])
    joined = "；".join(parts) if with_rate else listed(writer, parts)
    return filled(lead, common_slots(writer), rng) + joined + "。"
