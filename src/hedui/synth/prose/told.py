"""A group of indicators in; results told in sentences out, every figure a claim under the shortest name for what was done."""

from __future__ import annotations

import re
from decimal import Decimal

from hedui.synth.facts import Indicator
from hedui.synth.prose.grammar import filled, worded
from hedui.synth.prose.labels import actual_said, target_said
from hedui.synth.prose.numbering import Numbers, item_number
from hedui.synth.prose.slots import common_slots
from hedui.synth.prose.writer import Writer, last, place, say
from hedui.synth.wording import phrases
from hedui.synth.words import rows

__all__ = ["told_group"]

# what a sentence on a missed target does not say: the target beside it, or that all was done
DENIES = re.compile("<target>|完成年度任务|任务全部完成")


def entry(writer: Writer, at: str, name: str, fields: str = "actual") -> None:
    levels = writer.levels or ("", "")
    writer.blocks["indicators"].append(f"{at} | {levels[0]} | {levels[1]} | {name} | {fields}")


def doing(verb: str, thing: str, text: str) -> str:
    """The name of a result as a template words it: a light verb falls away, otherwise verb and thing in their order."""
    if verb.endswith("*") or not verb:
        return thing
    return thing + verb if "<thing><verb>" in text else verb + thing


def with_tail(writer: Writer, indicator: Indicator) -> str:
    """The result, now and then with 以上 or 余 behind it or in 万."""
    rng, value = writer.rng, indicator.actual
    if value is not None and indicator.kind == "count" and value >= 10000 and value % 100 == 0 and rng.random() < 0.5 and "万" not in indicator.unit:
        surface = f"{(value / 10000).normalize():f}万{indicator.unit}"
        return place(writer, indicator.key, surface, "quantity", "actual", value)
    if value is not None and indicator.kind in {"count", "rate"} and rng.random() < 0.08:
        return f"{{X #{writer.prefix}{indicator.key}x|{actual_said(writer, indicator)}以上}}"
    return actual_said(writer, indicator)


def told_one(writer: Writer, indicator: Indicator) -> str:
    """One indicator's result as a clause."""
    rng = writer.rng
    if indicator.kind == "state":
        key = "state"
    elif "满意度" in indicator.name:
        key = "satisfaction"
    else:
        key = {"count": "count", "rate": "rate"}.get(indicator.kind, "cost")
    templates = [t for t in phrases()[key] if "<details>" not in t and not (indicator.missed and DENIES.search(t))]
    template = rng.choice(templates)
    fields: dict[str, str] = {}

    def actual() -> str:
        text = with_tail(writer, indicator)
        wrapped = text.startswith("{X") and text.endswith("以上}")
        fields["at"] = f"{writer.prefix}{indicator.key}x" if wrapped else last(writer, indicator.key)
        return text

    def target() -> str:
        text = target_said(writer, indicator)
        fields["target"] = last(writer, f"{indicator.key}t")
        return text

    slots = {**common_slots(writer), "name": indicator.name, "verb": indicator.verb.rstrip("*"), "thing": indicator.thing,
             "actual": actual, "target": target,
             "said": "为" if indicator.kind in {"cost", "time"} else rng.choice(("为", "达", "达到", "达到了"))}
    text = filled(template, slots, rng)
    name = doing(indicator.verb, indicator.thing, template) if indicator.kind == "count" else indicator.name
    if writer.table or indicator.kind != "state":
        entry(writer, fields["at"], name, "actual" + (f" target=@{fields['target']}" if "target" in fields else ""))
    return text


def states_together(writer: Writer, states: list[Indicator]) -> str:
    """Several states under one predicate: A、B、C均得到提升."""
    rng = writer.rng
    told = []
    for state in states:
        key = f"{state.key}n"
        told.append(place(writer, key, state.name, "name", "name", spec="X"))
    text = actual_said(writer, states[0])
    at = last(writer, states[0].key)
    if writer.table:
        for state in states:
            entry(writer, last(writer, f"{state.key}n"), state.name, f"actual=@{at}")
    together = "、".join(told[:-1]) + rng.choice(("、", "和", "及")) + told[-1]
    return f"{together}{rng.choice(('均', '都', ''))}{text}"


def extra_pair(writer: Writer, number: int) -> str:
    """Two counts of one deed: 举办…培训班3期，培训210人次."""
    rng = writer.rng
    topic = rng.choice([r[2] for r in rows("things") if r[0] == writer.facts.sector])
    which = rng.randint(0, 2)
    template = phrases()["count_pair"][which]
    units = (("期", "人次"), ("次", "家次"), ("场", "份"))[which]
    low = (rng.randint(2, 24), rng.randint(60, 3000))
    names = ((f"{topic}培训",) * 2, (f"{topic}检查",) * 2, (f"{topic}宣传活动", "发放资料"))[which]
    spots = []
    for i, (value, unit, name) in enumerate(zip(low, units, names, strict=True), 1):
        key = f"x{number}{'ab'[i - 1]}"
        spots.append(place(writer, key, f"{value}{unit}", "quantity", "actual", Decimal(value)))
        entry(writer, last(writer, key), name)
    slots = {**common_slots(writer), "topic": topic, "first": spots[0], "second": spots[1]}
    return filled(template, slots, rng)


def extra_list(writer: Writer, number: int) -> str | None:
    """Counts by places under one predicate: A县6个、B县31个…薄弱学校改造全部完成."""
    facts, rng = writer.facts, writer.rng
    whole = [i for i in facts.indicators if i.kind == "count" and not i.verb.endswith("*")]
    names = list(facts.region.below) or [b.short for b in facts.bodies.others if b.kind in {"organ", "school", "hospital"}]
    if not whole or len(names) < 3:
        return None
    found = rng.choice([r for r in rows("things") if r[0] == facts.sector and not r[1].endswith("*")])
    who = rng.sample(names, 3)
    parts = []
    for i, name in enumerate(who):
        key = f"y{number}{'abc'[i]}"
        value = rng.randint(2, 90)
        parts.append(name + place(writer, key, f"{value}{found[3]}", "quantity", "actual", Decimal(value)))
        entry(writer, last(writer, key), name + found[2] + found[1])
    lead = filled("<lead>", common_slots(writer), rng)
    return f"{lead}{'、'.join(parts)}{found[2]}{found[1]}{rng.choice(('全部完成', '任务均已完成', '已全部完成'))}"


def extra_by(writer: Writer, number: int) -> str:
    """Counts by who did it: 完成省教育厅对31所、市教育局对21所校舍的抽查."""
    facts, rng = writer.facts, writer.rng
    found = rng.choice([r for r in rows("things") if r[0] == facts.sector])
    what = rng.choice(("抽查", "检查", "复核", "验收"))
    above, mine = facts.bodies.upper_unit.short, facts.bodies.unit.short
    parts = []
    for letter, who in (("a", above), ("b", mine)):
        key, value = f"y{number}{letter}", rng.randint(2, 90)
        parts.append(place(writer, key, f"{value}{found[3]}", "quantity", "actual", Decimal(value)))
        entry(writer, last(writer, key), who + what)
    slots = {**common_slots(writer), "upper": above, "us_": mine, "k1": parts[0], "k2": parts[1], "thing": found[2], "what": what}
    return worded("list_by", slots, rng)


def clauses(writer: Writer, members: list[Indicator], first: bool) -> list[str]:
    rng = writer.rng
    states = [i for i in members if i.kind == "state"]
    shared = [i for i in states if states and i.actual_text == states[0].actual_text]
    out = [told_one(writer, i) for i in members if not (i in shared and len(shared) > 1)]
    if len(shared) > 1:
        out.append(states_together(writer, shared))
    number = sum(1 for k in writer.stated if re.fullmatch(rf"{writer.prefix}[xy]\d+a", k)) + 1
    if first and rng.random() < 0.6:
        out.insert(rng.randint(0, len(out)), extra_pair(writer, number))
    if first and rng.random() < 0.4 and (text := extra_list(writer, number + 1)):
        out.append(text)
    if first and rng.random() < 0.25 and writer.facts.bodies.upper_unit.short != writer.facts.bodies.unit.short:
        out.insert(rng.randint(0, len(out)), extra_by(writer, number + 2))
    return out


def told_group(writer: Writer, members: list[Indicator], level1: str, level2: str, *, lead: str, numbers: Numbers) -> None:
    """One or several paragraphs behind `lead`."""
    rng = writer.rng
    writer.levels = (level1, level2)
    parts = clauses(writer, members, first=any(i.kind == "count" for i in members))
    form = rng.choice(("number", "first", "semicolon", "stops", "lines"))
    if form == "lines" and lead.strip() == "" and len(parts) > 1:
        for n, part in enumerate(parts, 1):
            say(writer, f"{lead}{item_number(numbers, n)}{part}。")
        return
    if form == "number" and len(parts) <= 20:
        text = "".join(f"{'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'[n]}{p}{rng.choice('。；') if n + 1 < len(parts) else '。'}" for n, p in enumerate(parts))
    elif form == "first" and 1 < len(parts) <= 8:
        text = "".join(f"{'一二三四五六七八'[n]}是{p}{'；' if n + 1 < len(parts) else '。'}" for n, p in enumerate(parts))
    else:
        text = (rng.choice(("；", "；", "，")) if form == "semicolon" else "。").join(parts) + "。"
    tail = worded("praise", common_slots(writer), rng) if rng.random() < 0.35 else ""
    say(writer, lead + text + tail)
