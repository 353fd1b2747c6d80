"""Families of members in, the same with slips between files out: each kind changes one member and names those it no longer agrees with."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from hedui.synth.across_facts import city_fund, plain_number
from hedui.synth.across_words import Member, Slip, given_text, passed, share_of, text_of, wan
from hedui.synth.facts import Paper, Share
from hedui.synth.slips import miswritten
from hedui.synth.words import rows

__all__ = ["KINDS", "plant_all"]

Families = Sequence[list[Member]]
TRIES = 20
Planted = tuple[Member, Slip]
Planter = Callable[[Member, list[Member], Families, random.Random], Planted | None]


def mistyped(value: Decimal, rng: random.Random) -> Decimal:
    """Another amount that one slip of a finger makes of it."""
    told = miswritten(f"{value:f}", rng)
    return Decimal(told) if told else value + 10


def province_of(member: Member, family: list[Member]) -> Member | None:
    return next((m for m in family if m.role == "report" and m.facts.year == member.facts.year and m.facts.region.level == "province"), None)


def year_before(member: Member, family: list[Member]) -> Member | None:
    facts = member.facts
    return next((m for m in family if m.role == "report" and m.facts.region == facts.region and m.facts.year == facts.year - 1), None)


def handed_down(member: Member, family: list[Member], _all: Families, rng: random.Random) -> Planted | None:
    """A city that tells another amount than its province handed it, in all its places."""
    top = province_of(member, family)
    if top is None or member.facts.region.level == "province" or any(year_before(m, [member]) for m in family):
        return None  # what it left is told again in the next year
    share = next(s for s in top.facts.fund.places if s.name == member.facts.region.name)
    other = mistyped(share.budget, rng)
    if other < 40 or other == share.budget or not tells(top, share):
        return None
    programme = next(r for r in rows("programmes") if r[1] == member.facts.fund.name)
    told = Share(key=share.key, kind="place", name=share.name, level=None, budget=other, received=other, executed=share.executed)
    fund = city_fund(rng, told, top.facts.fund, programme)
    fund = replace(fund, sources=tuple(s for s in fund.sources if s.level != "市县"))
    papers = tuple(replace(p, amount=part) if part is not None else p for p, part in amounts(member, fund.sources[0].budget))
    facts = replace(member.facts, fund=fund, papers=papers)
    said = {k: v for k, v in member.said.items() if k not in {"given", "left"}}
    if "given" in member.said:
        said["given"] = given_text(rng, top.facts, facts, other)
    slip = Slip(kind="handed_down", files=(top.name, member.name), note=f"省下达{wan(share.budget)}，市报{wan(other)}")
    return replace(member, facts=facts, said=said), slip


def tells(member: Member, share: Share) -> bool:
    """Whether the text of a member says what a place was given."""
    return bool(re.search(rf"{share.name}\D{{0,12}}{share.budget:f}(?![\d.])", text_of(member).replace(",", "")))


def amounts(member: Member, central: Decimal) -> list[tuple[Paper, Decimal | None]]:
    """The papers of a member with the parts of its new central money."""
    handing = [p for p in member.facts.papers if p.role in {"early", "issue"} and p.amount]
    parts, rest = {}, central
    for at, paper in enumerate(handing):
        part = rest if at == len(handing) - 1 else (central / len(handing)).quantize(Decimal("0.01"))
        parts[paper.key], rest = part, rest - part
    return [(p, parts.get(p.key)) for p in member.facts.papers]


def carried_over(member: Member, family: list[Member], _all: Families, rng: random.Random) -> Planted | None:
    """A year that begins with another amount than the one before left."""
    before = year_before(member, family)
    if before is None or "carried" not in member.said or "left" not in before.said:
        return None
    left = before.facts.fund.left
    other = mistyped(left, rng)
    said = member.said | {"carried": member.said["carried"].replace(wan(left), wan(other))}
    return replace(member, said=said), Slip(kind="carried_over", files=(before.name, member.name), note=f"上年结转{wan(left)}，写作{wan(other)}")


def cites(member: Member, number: str, top: Member) -> bool:
    """Whether the text of a member cites a document of its province: without such a text nobody could tell a slip in another."""
    return number in member.said.get("given", "") or (member is top and number in text_of(member))


def cited(member: Member, family: list[Member], _all: Families, rng: random.Random) -> Planted | None:
    """A document of the province under another title, issuer, amount or year of its number."""
    top = province_of(member, family)
    if top is None or member.facts.region.level == "province" or "given" not in member.said:
        return None
    paper = passed(top.facts)
    year, way = str(member.facts.year), rng.choice(("title", "name", "year", "amount"))
    if way == "amount":
        after = next((m for m in family if year_before(m, [member]) and m.role == "report"), None)
        if after is None:
            return None
        share = share_of(member.facts)
        other = mistyped(share, rng)
        said = after.said | {"earlier": given_text(rng, top.facts, member.facts, other, year=True)}
        slip = Slip(kind="cited", files=(member.name, after.name), note=f"{paper.number} 应为{wan(share)}，写作{wan(other)}")
        return replace(after, said=said), slip
    if way == "title" and year in paper.title:
        old, new = paper.title, paper.title.replace(year, str(int(year) - 1))
    elif way == "year" and f"{year}" in paper.number:
        old, new = paper.number, paper.number.replace(year, str(int(year) - 1))
    else:
        another = rng.choice([r[1] for r in rows("programmes") if r[1] != member.facts.fund.name])
        old, new = paper.title, paper.title.replace(member.facts.fund.name, another)
    witness = next((m for m in (top, *family) if m is not member and m.role == "report" and cites(m, paper.number, top)), None)
    if old == new or old not in member.said["given"] or witness is None:
        return None
    said = member.said | {"given": member.said["given"].replace(old, new)}
    numbers = tuple({plain_number(paper.number): None, plain_number(paper.number.replace(old, new)): None})
    return replace(member, said=said), Slip(kind="cited", files=(witness.name, member.name), note=f"应为{old}，写作{new}", numbers=numbers)


def told_twice(member: Member, family: list[Member], _all: Families, rng: random.Random) -> Planted | None:
    """A table in a file of its own with another result than the report of its unit."""
    if member.role != "table":
        return None
    options = [i for i in member.facts.indicators if i.kind in {"count", "rate"} and i.actual is not None and i.actual > 100]
    if not options:
        return None
    chosen = rng.choice(options)
    other = mistyped(chosen.actual or Decimal(0), rng)
    text = chosen.actual_text.replace(f"{chosen.actual:f}", f"{other:f}")
    if text == chosen.actual_text:
        return None
    changed = tuple(replace(i, actual=other, actual_text=text) if i is chosen else i for i in member.facts.indicators)
    slip = Slip(kind="told_twice", files=(member.of, member.name), note=f"{chosen.name} 应为{chosen.actual_text}，写作{text}")
    return replace(member, facts=replace(member.facts, indicators=changed)), slip


def figures_copied(member: Member, family: list[Member], _all: Families, rng: random.Random) -> Planted | None:
    """Last year's results told again."""
    before = year_before(member, family)
    telling = before and [i for i in before.facts.indicators if i.actual is not None and len(f"{i.actual:f}".replace(".", "").strip("0")) >= 3
                          and f"{i.actual:f}" not in i.target_text]
    if before is None or not telling or len(telling) < 5 or any(m.of == member.name for m in family):
        return None
    facts = replace(member.facts, indicators=before.facts.indicators, scores=before.facts.scores, grade=before.facts.grade)
    return replace(member, facts=facts), Slip(kind="figures_copied", files=(before.name, member.name), note="各项完成数与上年相同")


def doubled(member: Member, family: Sequence[Member]) -> bool:
    """Whether a report is a corrected edition, or has one."""
    return member.role == "edition" or any(m.role == "edition" and m.of == member.name for m in family)


def another(member: Member, home: list[Member], families: Families, rng: random.Random, *, sibling: bool) -> Member | None:
    """A report of another programme, or of a like unit of the same province."""
    own = member.facts
    for _ in range(TRIES):
        family = rng.choice(families) if not sibling else home
        pool = [m for m in family if m.role == "report" and not doubled(m, family) and m.facts.region.level == own.region.level and (
            (m.facts.region != own.region and m.facts.year == own.year) if sibling else not alike(m.facts.fund.name, own.fund.name))]
        if pool or sibling:
            return rng.choice(pool) if pool else None
    return None


def alike(one: str, two: str) -> bool:
    return len(set(one) & set(two)) > min(len(one), len(two)) / 2


def goals_copied(member: Member, family: list[Member], families: Families, rng: random.Random) -> Planted | None:
    """The goals of another programme, its name put right or not."""
    other = another(member, family, families, rng, sibling=False)
    if other is None:
        return None
    text = other.said["goals"]
    if rng.random() < 0.5:
        text = text.replace(other.facts.fund.name, member.facts.fund.name)
    return (replace(member, said=member.said | {"goals": text}),
            Slip(kind="goals_copied", files=(other.name, member.name), note=f"目标是{other.facts.fund.name}的"))


def basis_copied(member: Member, family: list[Member], families: Families, rng: random.Random) -> Planted | None:
    """A document that hands out another programme's money, given as one's basis."""
    other = another(member, family, families, rng, sibling=False)
    papers = [p for p in other.facts.papers if p.role in {"early", "issue", "pass"} and other.facts.fund.name in p.title] if other else []
    if other is None or not papers or "given" not in other.said:
        return None
    paper = rng.choice(papers)
    text = f"本项目依据《{paper.title}》（{paper.number}）实施。"
    slip = Slip(kind="basis_copied", files=(other.name, member.name), note=f"依据是{other.facts.fund.name}的", numbers=(plain_number(paper.number),))
    return replace(member, said=member.said | {"basis": text}), slip


def name_left(member: Member, family: list[Member], families: Families, rng: random.Random) -> Planted | None:
    """What a like unit elsewhere did, with its name."""
    other = another(member, family, families, rng, sibling=True)
    if other is None or member.facts.region.level != "city":
        return None
    return (replace(member, said=member.said | {"did": other.said["did"]}),
            Slip(kind="name_left", files=(other.name, member.name), note=f"留有{other.facts.bodies.unit.name}"))


def text_copied(member: Member, family: list[Member], families: Families, rng: random.Random) -> Planted | None:
    """What a like unit elsewhere did, under one's own name."""
    other = another(member, family, families, rng, sibling=True)
    if other is None or member.facts.region.level != "city":
        return None
    text = other.said["did"].replace(other.facts.bodies.unit.name, member.facts.bodies.unit.name)
    return (replace(member, said=member.said | {"did": text}), Slip(kind="text_copied", files=(other.name, member.name), note="做法照抄"))


PLANTERS: dict[str, Planter] = {planter.__name__: planter for planter in (
    handed_down, carried_over, cited, told_twice, figures_copied, goals_copied, basis_copied, name_left, text_copied)}
KINDS = tuple(PLANTERS)


def plant_all(families: Sequence[list[Member]], rng: random.Random, share: float) -> list[tuple[list[Member], list[Slip]]]:
    """Slips in `share` of the members, kinds in turn, at most one a member and none where another slip's member is quoted."""
    made: list[tuple[list[Member], list[Slip]]] = [(family, []) for family in families]
    touched: set[str] = set()
    wanted = list(KINDS)
    for members, slips in made:
        for at in rng.sample(range(len(members)), int(len(members) * share)):
            member = members[at]
            twins = {m.name for m in members if m.of == member.name or (m.role == "edition" and m.of == member.name)}
            if member.name in touched or doubled(member, members):
                continue
            for kind in wanted if member.role == "report" else ["told_twice"]:
                found = PLANTERS[kind](member, members, families, rng)
                if found is None or (twins and kind in {"handed_down", "figures_copied"}) or touched & set(found[1].files):
                    continue
                changed, slip = found
                members[next(i for i, m in enumerate(members) if m.name == changed.name)] = changed
                slips.append(slip)
                touched.update(slip.files)
                wanted = [*(k for k in wanted if k != kind), kind]
                break
    return made
