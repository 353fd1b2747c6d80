"""A seed in; the facts of one made report out, all figures agreeing. The same seed gives the same facts."""

from __future__ import annotations

import random
from decimal import Decimal

from hedui.synth.draw_indicators import draw_indicators, level_names
from hedui.synth.draw_money import draw_fund, draw_papers
from hedui.synth.draw_places import draw_bodies, draw_region, field_of
from hedui.synth.facts import Bodies, Facts, Fund, Indicator, Region, Score, rounded
from hedui.synth.words import rows

__all__ = ["draw_facts"]

STYLES = (("transfer", 8), ("project", 8), ("department", 5), ("accounts", 2), ("table", 1))
KINDS = {"transfer": "self_evaluation", "project": "self_evaluation", "department": "department_evaluation",
         "accounts": "final_accounts", "table": "indicator_table"}
POINTS = ((50, 30, 10), (50, 30, 10), (50, 30, 10), (60, 20, 10), (40, 40, 10))
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def title_of(rng: random.Random, style: str, region: Region, bodies: Bodies, fund: Fund, year: int) -> str:
    """The report's title."""
    unit, place, name = bodies.unit.name, region.name, fund.name
    choices = {
        "transfer": (f"{place}{year}年度{name}绩效自评报告", f"{year}年{place}{name}绩效自评报告", f"{name}转移支付{year}年度绩效自评报告",
                     f"{unit}关于{year}年度{name}绩效自评情况的报告"),
        "project": (f"{unit}{year}年度{name}支出绩效自评报告", f"{year}年{name}绩效自评报告", f"{name}绩效自评报告",
                    f"{unit}{name}{year}年度绩效评价报告"),
        "department": (f"{unit}{year}年度部门整体支出绩效自评报告", f"{unit}{year}年度部门整体绩效评价报告", f"{year}年{unit}整体支出绩效自评报告"),
        "accounts": (f"{unit}{year}年度部门决算", f"{year}年度{unit}部门决算"),
        "table": (f"{year}年度{name}绩效目标自评表", f"{name}绩效目标自评表"),
    }
    return rng.choice(choices[style])


def scores_of(indicators: tuple[Indicator, ...], rate: Decimal) -> tuple[Score, ...]:
    """Budget execution and each first level, the points as the indicators sum to."""
    found = [Score(key="z1", name="预算执行", full=Decimal(10), score=rounded(10 * rate, 2))]
    for i, level in enumerate(dict.fromkeys(x.level1 for x in indicators), 2):
        mine = [x for x in indicators if x.level1 == level]
        full, got = sum((x.weight for x in mine), Decimal(0)), sum((x.score for x in mine), Decimal(0))
        found.append(Score(key=f"z{i}", name=level, full=rounded(full), score=rounded(got)))
    return tuple(found)


def draw_facts(seed: int) -> Facts:
    """The facts of the report number `seed`."""
    rng = random.Random(seed * 2 + 1)
    style = rng.choices([s for s, _ in STYLES], [n for _, n in STYLES])[0]
    programme = rng.choice([r for r in rows("programmes") if style not in {"transfer", "project"} or r[2] in {style, "both"}])
    sector, year = programme[0], rng.choice((2018, 2019, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024))
    region = draw_region(rng)
    bodies = draw_bodies(rng, region, sector)
    money = draw_fund(rng, region, style, programme)
    papers = draw_papers(rng, region, bodies, money, sector, year)
    size = rng.choice((6, 9, 12, 15, 18, 22, 28)) if style != "accounts" else 8
    indicators = draw_indicators(rng, sector, region.level, level_names(rng), size, rng.choice(POINTS), capped=rng.random() < 0.5)
    scores = scores_of(indicators, money.rate)
    total = sum((s.score for s in scores), Decimal(0))
    return Facts(
        seed=seed, kind=KINDS[style], style=style, sector=sector, year=year,
        title=title_of(rng, style, region, bodies, money, year),
        programme=money.name if style in {"transfer", "project", "table"} else None,
        region=region, bodies=bodies, fund=money, papers=papers, indicators=indicators, scores=scores,
        grade=next(g for least, g in GRADES if total >= least),
        goal=rng.choice(field_of(sector)["work"].split("、")),
    )
