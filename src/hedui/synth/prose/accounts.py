"""A department's income and spending: figures drawn around what the facts say was spent, told with checks that close."""

from __future__ import annotations

from decimal import Decimal

from hedui.synth.draw_numbers import split
from hedui.synth.facts import rounded
from hedui.synth.prose.grammar import worded
from hedui.synth.prose.slots import common_slots
from hedui.synth.prose.writer import Writer, amount, check, fund, percentage, say

__all__ = ["PARTS"]


def part_said(writer: Writer, whole: str, names: tuple[str, ...], total: Decimal, measure: str, scopes: tuple[str, ...],
              *, shares: bool) -> dict[str, str]:
    """Slots for the parts of `total`: amounts under `names`, their shares under the names with r."""
    slots, parts = {}, split(writer.rng, total, len(names), 2)
    for name, part, scope in zip(names, parts, scopes, strict=True):
        slots[name] = fund(writer, name, part, measure, scope)
        if shares:
            slots[f"{name}r"] = percentage(writer, f"{name}r", part / total, "share")
            check(writer, "ratio", f"{name} / {whole}", f"{name}r", "占比")
    check(writer, "sum", " + ".join(names), whole, "分项合计")
    return slots


def told(writer: Writer, key: str, slots: dict[str, str]) -> None:
    say(writer, writer.indent + worded(key, {**common_slots(writer), **slots}, writer.rng))


def income(writer: Writer) -> None:
    """Income in all and by kind."""
    total = writer.facts.fund.received
    slots = {"i": fund(writer, "n", total, "income", "本年收入")}
    parts = part_said(writer, "n", ("n1", "n2", "n3"), total, "income", ("财政拨款收入", "事业收入", "其他收入"), shares=True)
    text = worded("income", {**common_slots(writer), **slots, **{k.replace("n", "i"): v for k, v in parts.items()}}, writer.rng)
    if "政府性基金预算财政拨款收入" in text:
        blocks = writer.blocks["funds"]
        blocks[:] = [b.replace("| 事业收入", "| 政府性基金预算财政拨款收入") if b.startswith(f"{writer.prefix}n2 ") else b for b in blocks]
    say(writer, writer.indent + text)


def spending(writer: Writer) -> None:
    """Spending in all, basic and project; then staff and running costs."""
    total = writer.facts.fund.executed
    slots = {"o": fund(writer, "o", total, "executed", "本年支出")}
    basic, project = split(writer.rng, total, 2, 2)
    for name, part, scope in (("o1", basic, "基本支出"), ("o2", project, "项目支出")):
        slots[name] = fund(writer, name, part, "executed", scope)
        slots[f"{name}r"] = percentage(writer, f"{name}r", part / total, "share")
        check(writer, "ratio", f"{name} / o", f"{name}r", "占比")
    check(writer, "sum", "o1 + o2", "o", "基本支出与项目支出")
    told(writer, "spending", slots)
    if basic > 1 and writer.rng.random() < 0.8:
        people = part_said(writer, "o1", ("w1", "w2"), basic, "executed", ("人员经费", "公用经费"), shares=False)
        told(writer, "people", people)


def totals(writer: Writer) -> None:
    """Income and spending, carried over sums included, and their growth."""
    rng, fundamental = writer.rng, writer.facts.fund.received
    whole = rounded(fundamental * Decimal(rng.uniform(1.0, 1.1)), 2)
    grown = rounded(whole * Decimal(rng.uniform(0.02, 0.2)), 2)
    slots = {"t": fund(writer, "t", whole, "other", "收、支总计"), "grow": amount(writer, "tg", grown, "growth"),
             "growr": percentage(writer, "tgr", grown / (whole - grown), "growth")}
    check(writer, "growth", "tg / (t - tg)", "tgr", "增长率")
    told(writer, "totals", slots)


def public(writer: Writer) -> None:
    """The three public costs."""
    rng = writer.rng
    total = rounded(Decimal(rng.uniform(3, 90)), 2)
    less = rounded(total * Decimal(rng.uniform(0.02, 0.3)), 2)
    slots = {"g": fund(writer, "g", total, "executed", "“三公”经费"), "gd": amount(writer, "gd", less, "growth"),
             "gr": percentage(writer, "gr", less / (total + less), "growth")}
    check(writer, "growth", "gd / (g + gd)", "gr", "下降率")
    slots |= part_said(writer, "g", ("g1", "g2", "g3"), total, "executed",
                       ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), shares=False)
    told(writer, "public", slots)


def purchase(writer: Writer) -> None:
    """Government procurement."""
    total = rounded(Decimal(writer.rng.uniform(20, 2600)), 2)
    slots = {"p": fund(writer, "pz", total, "executed", "政府采购支出总额")}
    parts = part_said(writer, "pz", ("pz1", "pz2", "pz3"), total, "executed", ("货物支出", "工程支出", "服务支出"), shares=False)
    told(writer, "purchase", slots | {k.replace("pz", "p"): v for k, v in parts.items()})


PARTS = {"income": income, "spending": spending, "totals": totals, "public": public, "purchase": purchase}
