"""A seed in; families of reports that belong together out: a province and its cities, over several years, on one programme.

What one member tells of another agrees: a city was given what its province handed it, a year begins with what the one before left,
and one document number has one title everywhere (`World` sees to that over all families of a run).
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hedui import lexicons
from hedui.errors import UsageError
from hedui.synth.draw import GRADES, POINTS, scores_of, title_of
from hedui.synth.draw_indicators import draw_indicators, level_names
from hedui.synth.draw_money import draw_fund, draw_papers
from hedui.synth.draw_numbers import split
from hedui.synth.draw_places import draw_bodies, field_of, short_of, under
from hedui.synth.facts import Facts, Fund, Paper, Region, Share, rounded
from hedui.synth.words import rows

__all__ = ["Family", "World", "draw_family", "plain_number"]

SERIAL = re.compile(r"(\d+)号$")
MOST_CITIES = 4
ERAS, AN_ERA = (2018, 2010), 900  # families of one province and programme lie years apart


def plain_number(number: str) -> str:
    """A document number in its standard brackets."""
    return re.sub(r"[〔（(\[](\d{4})[〕）)\]]", r"〔\1〕", number)


def yearless(number: str, title: str) -> tuple[str, str]:
    """A number without its year, and the core of the title it goes with."""
    return re.sub(r"〔\d{4}〕", "", number), re.sub(r"^.*?关于|印发|的?通知|[〈〉《》]", "", title)


@dataclass
class World:
    """What is taken in a run: the document of each number, the number of each document, the programmes of each province. No two
    numbers of one title differ in the year alone: that would read as a slip."""

    numbers: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    serials: dict[tuple[str, str], str] = field(default_factory=dict)
    papers: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    families: set[tuple[str, str, int]] = field(default_factory=set)

    def settled(self, paper: Paper) -> Paper:
        """`paper` under the one number that its title and issuers have."""
        key, number = (paper.title, paper.issuers), paper.number
        if key in self.papers:
            return replace(paper, number=self.papers[key])
        while (plain := plain_number(number)) in self.numbers or self.serials.get(yearless(plain, paper.title), plain) != plain:
            number = SERIAL.sub(lambda m: f"{int(m[1]) + 1}号", number)
        self.numbers[plain], self.papers[key], self.serials[yearless(plain, paper.title)] = key, number, plain
        return replace(paper, number=number)


@dataclass(frozen=True, kw_only=True)
class Family:
    """Reports of one programme in one province: `years` in order, for each the province's facts first, then its cities'."""

    name: str
    years: tuple[tuple[Facts, ...], ...]


def draw_family(number: int, world: World, dice: random.Random) -> Family:
    """Family `number`: a province and programme that no other family has, two or three years. UsageError where
    there are no more."""
    while True:
        province, sign, word = dice.choice([r for r in rows("provinces") if r[2] != "市"])
        programme = dice.choice([r for r in rows("programmes") if r[2] in {"transfer", "both"}])
        era = ERAS[min(len(world.families) // AN_ERA, len(ERAS) - 1)]
        if (province, programme[1], era) not in world.families:
            break
        if len(world.families) >= AN_ERA * len(ERAS):
            raise UsageError(f"最多 {AN_ERA * len(ERAS)} 套 · at most {AN_ERA * len(ERAS)} families")
    world.families.add((province, programme[1], era))
    code = next(r[0] for r in lexicons.rows("regions") if r[1] == province)
    cities = under(dice, code, "2")
    common: dict[str, Any] = {"province": province, "province_short": short_of(province), "province_word": word}
    below = tuple(dice.sample(cities, min(len(cities), dice.randint(3, 7))))
    top = Region(name=province, level="province", word=word, code=sign, city=None, below=below, **common)
    regions = [region_of(dice, top, name, code) for name in dice.sample(below, min(len(below), dice.randint(2, MOST_CITIES)))]
    first = era + dice.randint(0, 4)
    years = [one_year(dice, world, top, regions, programme, year) for year in range(first, first + dice.choice((2, 2, 3)))]
    return Family(name=f"f{number:05d}", years=tuple(years))


def region_of(rng: random.Random, top: Region, name: str, code: str) -> Region:
    found = next(r[0] for r in lexicons.rows("regions") if r[1] == name and r[4] == code)
    counties = under(rng, found, "3")
    return Region(name=name, level="city", word=name[-1] if name[-1] in "州盟" else "市", code=top.code + name[0], city=None,
                  below=tuple(counties[:6]), province=top.province, province_short=top.province_short, province_word=top.province_word)


def one_year(rng: random.Random, world: World, top: Region, regions: list[Region], programme: tuple[str, ...], year: int) -> tuple[Facts, ...]:
    """The facts of one year: the province's, then those of the cities it hands money to."""
    fund = draw_fund(rng, top, "transfer", programme)
    while not fund.places or any(share.budget < 40 for share in fund.places):
        fund = draw_fund(rng, top, "transfer", programme)
    head = facts_of(rng, world, top, fund, programme, year, papers=None)
    shares = {share.name: share for share in fund.places}
    return (head, *(facts_of(rng, world, region, city_fund(rng, shares[region.name], fund, programme), programme, year, papers=head.papers)
                    for region in regions))


def city_fund(rng: random.Random, share: Share, whole: Fund, programme: tuple[str, ...]) -> Fund:
    """What a city was given, by where it comes from, with money of its own in one case of three."""
    names = [(s.name, s.level) for s in whole.sources if s.level in {"中央", "省级"}] or [("省级资金", "省级")]
    budgets = split(rng, share.budget, len(names), 2)
    sources = [Share(key=f"s{i}", kind="source", name=name, level=level, budget=part, received=part,
                     executed=rounded(part * Decimal(rng.choice((1, rng.uniform(0.6, 1)))), 2))
               for i, ((name, level), part) in enumerate(zip(names, budgets, strict=True), 1)]
    if rng.random() < 0.33:
        own = rounded(share.budget * Decimal(rng.uniform(0.05, 0.4)), 2) or Decimal(1)
        sources.append(Share(key=f"s{len(sources) + 1}", kind="source", name="市级资金", level="市县", budget=own, received=own,
                             executed=rounded(own * Decimal(rng.uniform(0.7, 1)), 2)))
    spent = sum((s.executed for s in sources), Decimal(0))
    uses = programme[3].split("、")
    parts = split(rng, spent, len(uses), 2) if spent > 10 else []
    return Fund(name=programme[1], sources=tuple(sources), places=(), uses=tuple(
        Share(key=f"u{i}", kind="use", name=name, level=None, budget=part, received=part, executed=part)
        for i, (name, part) in enumerate(zip(uses, parts, strict=bool(parts)), 1)))


def facts_of(rng: random.Random, world: World, region: Region, fund: Fund, programme: tuple[str, ...], year: int,
             papers: tuple[Paper, ...] | None) -> Facts:
    """The facts of one report; a city cites the documents of its province, each with its own share of the money."""
    sector = programme[0]
    bodies = draw_bodies(rng, region, sector)
    drawn = tuple(world.settled(p) for p in draw_papers(rng, region, bodies, fund, sector, year))
    if papers is not None:
        above = [p for p in papers if p.role in {"early", "issue"} and p.amount]
        top = next((s for s in fund.sources if s.level == "中央"), None)
        shares = split(rng, top.budget, len(above), 2) if top and above else []
        own = [p for p in drawn if p.role not in {"early", "issue"}]
        handed = [replace(p, key=f"d{i}", amount=share) for i, (p, share) in enumerate(zip(above, shares, strict=bool(shares)), 2)]
        drawn = tuple(replace(p, key=f"d{i}") for i, p in enumerate((own[0], *handed, *own[1:]), 1))
    indicators = draw_indicators(rng, sector, region.level, level_names(rng), rng.choice((9, 12, 15, 18)), rng.choice(POINTS), capped=True)
    scores = scores_of(indicators, fund.rate)
    total = sum((s.score for s in scores), Decimal(0))
    return Facts(
        seed=rng.randrange(2**40), kind="self_evaluation", style="transfer", sector=sector, year=year,
        title=title_of(rng, "transfer", region, bodies, fund, year), programme=fund.name, region=region, bodies=bodies, fund=fund, papers=drawn,
        indicators=indicators, scores=scores, grade=next(g for least, g in GRADES if total >= least),
        goal=rng.choice(field_of(sector)["work"].split("、")))
