"""A page in; what fills the slots that any template may use, names of bodies and places marked through the writer."""

from __future__ import annotations

import calendar
import random

from hedui.synth.facts import Paper
from hedui.synth.prose.grammar import USED, Slots
from hedui.synth.prose.writer import Writer, last, place
from hedui.synth.words import rows

__all__ = ["cited", "common_slots", "register"]


def register(writer: Writer) -> None:
    """All names that may stand in the report."""
    bodies, region = writer.facts.bodies, writer.facts.region
    named = (bodies.unit, bodies.finance, bodies.upper_unit, bodies.upper_finance, bodies.ministry, bodies.treasury,
             *bodies.units_below, *bodies.others)
    writer.orgs |= {n for b in named for n in (b.name, b.short)}
    writer.orgs |= {"党中央", "国务院", "省委", "省政府", "市委", "市政府", f"{region.name}人民政府"}
    writer.orgs |= {f"{w}委" for w in "县区州"} | {f"{w}政府" for w in "县区州"} | {"自治区党委", "自治区人民政府"}
    writer.regions |= {region.name, *region.below, region.province} | ({region.city} if region.city else set())


def us(writer: Writer) -> str:
    unit = writer.facts.bodies.unit
    mine = "我" + {"局": "局", "厅": "厅", "会": "会"}.get(unit.name[-1], "单位")
    writer.us = writer.us or writer.rng.choice((unit.short, unit.name, mine, mine))
    return writer.us if writer.rng.random() < 0.85 else writer.rng.choice((unit.short, mine))


def council(writer: Writer) -> str:
    word = writer.facts.region.word
    return {"省": "省委、省政府", "自治区": "自治区党委、自治区人民政府", "市": "市委、市政府", "县": "县委、县政府",
            "区": "区委、区政府", "州": "州委、州政府"}.get(word, "市委、市政府")


def cited(writer: Writer, paper: Paper, amounts: str = "") -> str:
    """The number of a document as a place that is claimed, its title said right before it or (`title` empty) by nobody."""
    text = place(writer, paper.key, paper.number, "docno", "document")
    key = last(writer, paper.key)
    writer.blocks["documents"].append(f"{key} | {','.join(issuers_said(paper))} | {amounts}")
    return text


def issuers_said(paper: Paper) -> tuple[str, ...]:
    """Who issued a document as its title says it: the bodies it begins with."""
    return paper.issuers if paper.title.startswith(paper.issuers[0]) else ()


def by_role(writer: Writer, *roles: str) -> Paper:
    return next(p for p in writer.facts.papers if p.role in roles)


def day(rng: random.Random, year: int) -> str:
    return days(rng, year, 1)


def days(rng: random.Random, year: int, count: int = 2) -> str:
    """Days of the year in their order, 至 between them."""
    drawn = []
    for _ in range(count):
        month = rng.randint(1, 12)
        drawn.append((month, rng.randint(1, calendar.monthrange(year, month)[1])))
    return "至".join(f"{{{year}年{month}月{number}日}}" for month, number in sorted(drawn))


def named_paper(writer: Writer, role: str) -> Slots:
    """Title and number of the report's document of that role."""
    paper = by_role(writer, role)
    return {f"{role}_title": lambda: paper.title, f"{role}_no": lambda: cited(writer, paper)}


def title_from(writer: Writer, role: str) -> str:
    facts = writer.facts
    values = {"I": "", "Y": str(facts.year), "M": facts.fund.name, "S": facts.goal}
    return "".join(values.get(c, c) for c in writer.rng.choice([r[1] for r in rows("papers") if r[0] == role]))


def common_slots(writer: Writer) -> Slots:
    """Slots that any template may use."""
    facts, rng = writer.facts, writer.rng
    bodies, region, year = facts.bodies, facts.region, facts.year
    word = region.word if region.word != "自治区" else "区"
    firms = [b.name for b in bodies.others if b.kind == "firm"] or [bodies.units_below[0].name if bodies.units_below else bodies.finance.name]
    media = [b.name for b in bodies.others if b.kind == "media"] or ["部门网站"]
    method, plan = by_role(writer, "method"), by_role(writer, "plan")
    great = region.level == "province"
    doers = [b.name for b in bodies.others if b.kind != "media"]
    slots: dict[str, object] = {
        USED: writer.used,
        "unit": bodies.unit.name, "finance": bodies.finance.name, "finshort": bodies.finance.short,
        "upfin_s": (bodies.treasury if great else bodies.upper_finance).short,
        "upper": (bodies.ministry if great else bodies.upper_unit).short, "region": region.name,
        "fund": facts.fund.name, "work": facts.goal, "here": f"我{word}", "all": f"全{word}",
        "uses": "、".join(u.name for u in facts.fund.uses[:3]) or facts.goal,
        "subject": facts.fund.name if facts.programme else "部门整体支出",
        "year": f"{{{year}年}}", "years": lambda: f"{{{year}{rng.choice(('年', '年度'))}}}", "lasty": f"{{{year - 1}年}}",
        "yearend": f"{{{year}年12月31日}}", "monthend": lambda: f"{{{year}年{rng.randint(3, 12)}月底}}",
        "month": lambda: f"{{{rng.randint(1, 12)}月}}", "nextmonth": lambda: f"{{{year + 1}年{rng.randint(3, 12)}月}}",
        "nextend": lambda: f"{{{year + 1}年{rng.randint(3, 12)}月底}}", "day": lambda: day(rng, year),
        "days": lambda: days(rng, year), "us": lambda: us(writer),
        "council": council(writer),
        "top": lambda: rng.choice(("党中央、国务院", council(writer), f"党中央、国务院和{council(writer)}")),
        "body": lambda: rng.choice(doers), "firm": lambda: rng.choice(firms), "media": lambda: rng.choice(media),
        "auditor": lambda: rng.choice([b.short for b in bodies.others if b.name.endswith("审计局")] or [bodies.finance.short]),
        "place": lambda: rng.choice(region.below or (region.name,)), "own_rule": lambda: title_from(writer, "method"),
        "plan_title2": lambda: title_from(writer, "plan"), "law": "中华人民共和国预算法", "law2": "中华人民共和国会计法",
        "method_title": method.title, "method_no": lambda: cited(writer, method), "plan_title": plan.title,
        "plan_no": lambda: cited(writer, plan), **named_paper(writer, "notice"),
    }
    return slots  # type: ignore[return-value]
