"""A region, its bodies and a programme in; the structure of the money and the documents that hand it out, out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hedui.synth.draw_numbers import between, near, split
from hedui.synth.draw_places import field_of
from hedui.synth.facts import Bodies, Body, Fund, Paper, Region, Share, rounded
from hedui.synth.words import rows

__all__ = ["draw_fund", "draw_papers", "numbered_apart"]

SIZE = {"province": (3000, 400000), "city": (400, 40000), "county": (25, 9000)}
BRACKETS = ("〔{}〕",) * 8 + ("（{}）", "({})", "[{}]")


def sources_of(rng: random.Random, region: Region, style: str) -> list[tuple[str, str]]:
    """Names and levels of where the money comes from."""
    province = "自治区" if region.province_word == "自治区" else "市级" if region.province_word == "市" else "省级"
    local = {"province": [], "city": [("市级", "市县")], "county": [("县级" if region.word == "县" else "本级", "市县")]}[region.level]
    above = [("中央", "中央"), (province, "省级")] if style == "transfer" else [(province, "省级")]
    if style in {"project", "department"} and rng.random() < 0.6:
        above = []
    found = (above if rng.random() < 0.8 else above[:1]) + (local or ([] if above else [(province, "省级")]))
    found = list(dict.fromkeys(found))
    if len(found) > 2 and rng.random() < 0.4:
        found.pop()
    if rng.random() < 0.12:
        found.append(("其他", "其他"))
    return found


def rate_drawn(rng: random.Random) -> float:
    return rng.choices((1.0, rng.uniform(0.93, 0.999), rng.uniform(0.6, 0.93), rng.uniform(0.15, 0.6)), (3, 5, 3, 1))[0]


def shares(rng: random.Random, region: Region, style: str, places: int) -> tuple[Share, ...]:
    names = sources_of(rng, region, style)
    low, high = SIZE[region.level]
    whole = rounded(Decimal(between(rng, low, high)), places) if places else near(rng, between(rng, low, high))
    budgets = split(rng, max(whole, Decimal(20)), len(names), places)
    words = rng.choice(("资金", "财政资金", "补助资金", "资金"))
    full, found = rng.random() < 0.8, []
    for i, ((name, level), budget) in enumerate(zip(names, budgets, strict=True), 1):
        received = budget if full or level == "中央" else rounded(budget * Decimal(rng.uniform(0.7, 0.99)), places)
        spent = rounded(received * Decimal(rate_drawn(rng)), max(places, rng.choice((0, 1, 2))))
        title = name + ("资金" if name in {"其他"} else words)
        found.append(Share(key=f"s{i}", kind="source", name=title, level=level, budget=budget, received=received,
                           executed=min(spent, received)))
    return tuple(found)


def by_place(rng: random.Random, region: Region, budget: Decimal, executed: Decimal, places: int) -> tuple[Share, ...]:
    """The money of the places below, with the region's own part now and then; both sums close."""
    names = list(region.below)
    if rng.random() < 0.5:
        names.insert(0, {"province": region.province_word, "city": region.word}[region.level] + "本级")
    if len(names) < 2 or executed < 1:
        return ()
    parts = split(rng, budget, len(names), places)
    rest = split(rng, budget - executed, len(names), 2) if budget - executed > 1 else [Decimal(0)] * len(names)
    spent = [b - r for b, r in zip(parts, rest, strict=True)]
    for i, value in enumerate(spent):  # what one place lacks, the richest gives
        if value <= 0:
            richest = max(range(len(spent)), key=lambda j: spent[j])
            spent[richest], spent[i] = spent[richest] + value - 1, Decimal(1)
    if sum(spent, Decimal(0)) != executed or min(spent) <= 0 or any(s > b for s, b in zip(spent, parts, strict=True)):
        spent = [b * 0 for b in parts]
    return tuple(
        Share(key=f"p{i}", kind="place", name=name, level=None, budget=b, received=b, executed=s)
        for i, (name, b, s) in enumerate(zip(names, parts, spent, strict=True), 1)
    )


def draw_fund(rng: random.Random, region: Region, style: str, programme: tuple[str, ...]) -> Fund:
    """All figures of the money, agreeing."""
    decimals = rng.choice((0, 0, 1, 2, 2))
    sources = shares(rng, region, style, decimals)
    budget = sum((s.budget for s in sources), Decimal(0))
    executed = sum((s.executed for s in sources), Decimal(0))
    places = by_place(rng, region, budget, executed, decimals) if region.below and style == "transfer" else ()
    names = programme[3].split("、")
    rng.shuffle(names)
    uses: tuple[Share, ...] = ()
    if executed > 10:
        parts = split(rng, executed, len(names), 2)
        uses = tuple(
            Share(key=f"u{i}", kind="use", name=n, level=None, budget=p, received=p, executed=p)
            for i, (n, p) in enumerate(zip(names, parts, strict=True), 1)
        )
    recovered = rounded(budget * Decimal(rng.uniform(0.001, 0.01)), 2) if rng.random() < 0.15 else None
    return Fund(name=programme[1], sources=sources, places=places, uses=uses, recovered=recovered or None)


def number_of(rng: random.Random, code: str, year: int, *, long: bool = False) -> str:
    """A document number in one of the usual forms."""
    serial = rng.randint(1, 620 if long else 260)
    return f"{code}{rng.choice(BRACKETS).format(year)}{serial}号"


def title_of(rng: random.Random, role: str, *, issuers: tuple[str, ...], year: int, fund: str, work: str) -> str:
    pattern = rng.choice([r[1] for r in rows("papers") if r[0] == role])
    joined = rng.choice((" ", "、")).join(issuers)
    return "".join({"I": joined, "Y": str(year), "M": fund, "S": work if role != "early" else ""}.get(c, c) for c in pattern)


def paper(rng: random.Random, key: str, role: str, code: str, year: int, issuers: tuple[Body, ...], *, fund: Fund, work: str,
          fiscal: int, level: str | None = None, amount: Decimal | None = None) -> Paper:
    names = tuple(i.name for i in issuers)
    title = title_of(rng, role, issuers=names, year=fiscal, fund=fund.name, work=work)
    return Paper(key=key, role=role, number=number_of(rng, code, year, long=role in {"early", "issue"}), title=title,
                 issuers=names, issuer_shorts=tuple(i.short for i in issuers), level=level, amount=amount)


def handed_out(rng: random.Random, total: Decimal, places: int) -> list[Decimal]:
    count = rng.choice((1, 2, 2, 3)) if total > 50 else 1
    return split(rng, total, count, places)


def draw_papers(rng: random.Random, region: Region, bodies: Bodies, fund: Fund, sector: str, year: int) -> tuple[Paper, ...]:
    """The documents of the report: those that ask for it, those that hand money out, and rules."""
    field = field_of(sector)
    work = rng.choice(field["work"].split("、"))
    common: dict[str, Any] = {"fund": fund, "work": work, "fiscal": year}
    great = region.level == "province"
    asked = bodies.treasury if great else bodies.upper_finance if rng.random() < 0.5 else bodies.finance
    code = "财监" if great else (region.province_word and region.code[0] + "财绩")
    found = [paper(rng, "d1", "notice", code, year + 1, (asked,), **common)]
    top = next((s for s in fund.sources if s.level == "中央"), None)
    number = 2
    pair = (bodies.treasury, bodies.ministry) if rng.random() < 0.5 else (bodies.treasury,)
    if top:
        exponent = top.budget.as_tuple().exponent
        parts = handed_out(rng, top.budget, max(0, -exponent) if isinstance(exponent, int) else 0)
        for i, amount in enumerate(parts):
            role, when = ("early", year - 1) if i == 0 and len(parts) > 1 else ("issue", year)
            found.append(paper(rng, f"d{number}", role, field["treasury_code"], when, pair, level="中央", amount=amount, **common))
            number += 1
    two = (bodies.finance, bodies.unit) if rng.random() < 0.5 else (bodies.finance,)
    role = "pass" if fund.places else "own"
    sign = region.code + field["treasury_code"] + rng.choice(("", "", "指", "发"))
    found.append(paper(rng, f"d{number}", role, sign, year, two, amount=fund.budget, **common))
    for role, made in (("method", field["treasury_code"]), ("plan", region.code + field["code"] + rng.choice(("发", "", "办")))):
        number += 1
        by = (bodies.treasury,) if role == "method" else (bodies.unit,)
        when = year - rng.randint(0, 4)
        found.append(paper(rng, f"d{number}", role, made, when, by, **(common | {"fiscal": when})))
    return tuple(numbered_apart(found))


def numbered_apart(papers: Iterable[Paper]) -> Iterator[Paper]:
    """The documents, one whose number another bears already with the next that is free: no two bear one number."""
    taken: set[str] = set()
    for one in papers:
        number = one.number
        while (key := re.sub(r"\W", "", number)) in taken:
            number = re.sub(r"\d+(?=号$)", lambda serial: str(int(serial[0]) + 1), number)
        taken.add(key)
        yield replace(one, number=number)
