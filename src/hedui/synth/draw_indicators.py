"""A field of work and the size of a place in; the indicators with targets, results, weights and scores out."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

from hedui.synth.draw_numbers import between, near, split
from hedui.synth.draw_places import field_of
from hedui.synth.facts import Indicator, rounded
from hedui.synth.words import rows

__all__ = ["draw_indicators", "level_names"]

GREATER = {"county": 1.0, "city": 2.5, "province": 9.0}
# the levels as four kinds of forms call them: output, benefit, satisfaction
FORMS = (
    (("产出指标", "效益指标", "满意度指标"), "指标", "服务对象满意度指标"),
    (("产出指标", "效益指标", "满意度指标"), "指标", "服务对象满意度指标"),
    (("项目产出", "项目效益", "满意度"), "", "服务对象满意度"),
    (("产出", "效益", "满意度"), "指标", "满意度指标"),
    (("产出指标", "效益指标", "满意度指标"), "", "服务对象满意度"),
    (("项目产出", "项目效果", "满意度指标"), "指标", "服务对象满意度指标"),
)
KINDS = {"数量": 0, "质量": 0, "时效": 0, "成本": 0, "经济": 1, "社会": 1, "生态": 1, "可持续": 1, "满意度": 2}
SHARED = ("达到预期", "成效明显", "得到有效提升", "达到预期目标", "效果显著")
REASONS = (
    "受疫情影响，部分工作未能按计划开展", "招标采购周期较长，年底前未完成验收", "部分项目前期工作准备不充分",
    "实际申报对象少于年初预计数", "指标设置偏高，与实际情况有差距", "资金下达较晚，实施时间不足", "冬季施工条件受限，工程跨年实施",
    "基层人员变动频繁，业务衔接不及时", "年初预算编制不够精准", "上级政策调整，相关任务相应核减",
)


@dataclass(frozen=True, kw_only=True)
class Form:
    """How the report calls levels of indicators."""

    level1: tuple[str, ...]
    tail: str
    satisfaction: str


@dataclass(frozen=True, kw_only=True)
class Seed:
    """An indicator before its points: what `things`, `rates`, `states` and `costs` hold, with target and result."""

    level2: str
    name: str
    kind: str
    unit: str
    op: str
    target: Decimal | None
    actual: Decimal | None
    words: tuple[str, str] = ("", "")
    verb: str = ""
    thing: str = ""


def level_names(rng: random.Random) -> Form:
    """One of the usual forms."""
    level1, tail, satisfaction = rng.choice(FORMS)
    return Form(level1=level1, tail=tail, satisfaction=satisfaction)


def reached(rng: random.Random, target: Decimal, step: Decimal) -> Decimal:
    """What came of a target: met, passed, or in one case of eight missed."""
    luck = rng.random()
    if luck < 0.35:
        return target
    share = rng.uniform(1.005, 1.28) if luck < 0.88 else rng.uniform(0.55, 0.97)
    found = rounded(target * Decimal(share) / step, 0) * step
    return found if found > 0 else target


def count_of(rng: random.Random, row: tuple[str, ...], level: str) -> Seed:
    _, verb, thing, unit, low, high, called = row
    number = between(rng, int(low), int(low) + (int(high) - int(low)) * (1.0 if level != "county" else 0.4))
    number *= rng.choice((1.0, GREATER[level])) if int(high) > 60 else 1
    target = near(rng, max(1.0, number))
    whole = Decimal(1) if target < 2000 or rng.random() < 0.7 else Decimal(10)
    light = verb.endswith("*")
    verb = verb.rstrip("*")
    name = thing + verb if not light or rng.random() < 0.4 else thing
    name += called if called not in name and not thing.endswith(("面积", "库容")) and rng.random() < 0.85 else ""
    if rng.random() < 0.35:
        name = verb + thing + (called if name.endswith(called) else "")
    op = rng.choice(("≥", "≥", "≥", "="))
    return Seed(level2="数量", name=name, kind="count", unit=unit, op=op, target=target,
                actual=reached(rng, target, whole), verb=verb + ("*" if light else ""), thing=thing)


def rate_of_row(rng: random.Random, row: tuple[str, ...]) -> Seed:
    _, name, low, high, level2 = row
    down = any(w in name for w in ("失业率", "受害率"))
    value = Decimal(str(round(rng.uniform(float(low), float(high)), rng.choice((0, 1, 1, 2)))))
    whole = float(low) >= 95 and rng.random() < 0.4
    value = Decimal(100) if whole else value
    step = Decimal(5) if value > 40 else Decimal("0.5")
    target = (value / step).to_integral_value(rounding="ROUND_CEILING" if down else "ROUND_FLOOR") * step
    target = Decimal(100) if whole else rounded(max(target, Decimal("0.5")), 1)
    if rng.random() < 0.1 and not down:
        value = rounded(target * Decimal(rng.uniform(0.8, 0.99)), 1)
    op = "≤" if down else rng.choice(("≥", "≥", "≥", "=")) if value >= target else "≥"
    op = "=" if op == "≥" and target == 100 else op
    value = target if op == "=" and value > 90 and rng.random() < 0.9 else value
    return Seed(level2=level2, name=name, kind="rate", unit="%", op=op, target=target, actual=value)


def state_of(rng: random.Random, row: tuple[str, ...]) -> Seed:
    _, name, target, actual, level2 = row
    return Seed(level2=level2, name=name, kind="state", unit="", op="", target=None, actual=None,
                words=(target, rng.choice(actual.split("、"))))


def cost_of(rng: random.Random, row: tuple[str, ...]) -> Seed:
    _, name, unit, low, high, kind = row
    value = between(rng, float(low), float(high))
    target = near(rng, value) if value >= 10 else rounded(Decimal(value), 1)
    up = kind == "time" and "时长" in name
    share = Decimal(rng.uniform(0.8, 1.0) if not up else rng.uniform(1.0, 1.15))
    actual = target if rng.random() < 0.5 else rounded(target * share, 0 if target >= 10 else 2)
    op = "≥" if up else rng.choice(("≤", "≤", "="))
    return Seed(level2="时效" if kind == "time" else "成本", name=name, kind=kind, unit=unit, op=op, target=target,
                actual=target if op == "=" else actual)


def content(rng: random.Random, sector: str) -> Seed:
    """How far people are content."""
    who = rng.choice(field_of(sector)["audience"].split("、"))
    target = Decimal(rng.choice((80, 85, 90, 90, 95)))
    actual = Decimal(str(round(rng.uniform(float(target), 100), rng.choice((0, 1, 2)))))
    if rng.random() < 0.08:
        actual = rounded(target - Decimal(str(round(rng.uniform(0.5, 9), 1))), 1)
    return Seed(level2="满意度", name=f"{who}满意度", kind="rate", unit="%", op="≥", target=target, actual=rounded(actual, 2))


def seeds(rng: random.Random, sector: str, level: str, count: int) -> list[Seed]:
    """`count` indicators or so, output first."""

    def some(name: str, number: int, share: float = 0.75) -> list[tuple[str, ...]]:
        own = [r for r in rows(name) if r[0] == sector]
        common = [r for r in rows(name) if r[0] == "common"]
        mine = rng.sample(own, min(len(own), round(number * share + rng.random() * 0.5)))
        return mine + rng.sample(common, min(len(common), max(0, number - len(mine))))

    found = [count_of(rng, r, level) for r in some("things", max(2, round(count * 0.45)))]
    found += [rate_of_row(rng, r) for r in some("rates", max(1, round(count * 0.25)))]
    found += [cost_of(rng, r) for r in some("costs", max(1, round(count * 0.1)))]
    found += [state_of(rng, r) for r in some("states", max(1, round(count * 0.18)))]
    found.append(content(rng, sector))
    if not any(KINDS[s.level2] == 1 for s in found):
        found.append(state_of(rng, next(r for r in rows("states") if r[0] == sector)))
    if rng.random() < 0.35:  # all states of the report said to be reached in the same words
        shared = rng.choice(SHARED)
        found = [replace(s, words=(s.words[0], shared)) if s.kind == "state" else s for s in found]
    order = list(KINDS)
    return sorted({s.name: s for s in found}.values(), key=lambda s: order.index(s.level2))


def texts(rng: random.Random, seed: Seed) -> tuple[str, str]:
    """Target and result as a table writes them."""
    if seed.target is None or seed.actual is None:
        return seed.words
    sign = {"=": rng.choice(("", "", "=")) if rng.random() < 0.3 else ""}.get(seed.op, seed.op)
    return f"{sign}{seed.target:f}{seed.unit}", f"{seed.actual:f}{seed.unit}"


def degree(seed: Seed) -> Decimal:
    """How far a target was met, 1 at least where it was met."""
    if seed.target is None or seed.actual is None or seed.op == "≤":
        met = seed.target is None or (seed.actual or Decimal(0)) <= seed.target
        return Decimal(1) if met or not seed.actual else rounded((seed.target or Decimal(1)) / seed.actual, 4)
    return rounded(seed.actual / seed.target, 4)


def draw_indicators(rng: random.Random, sector: str, level: str, form: Form, count: int, points: tuple[int, int, int],
                    *, capped: bool) -> tuple[Indicator, ...]:
    """The indicators; weights under each first level sum to its points; a missed target loses its share of them."""
    drawn = seeds(rng, sector, level, count)
    weights: dict[str, Decimal] = {}
    for which in range(3):
        group = [s for s in drawn if KINDS[s.level2] == which]
        exact = 0 if len(group) <= points[which] and rng.random() < 0.7 else 1
        parts = split(rng, Decimal(points[which]), len(group), exact, evenness=12)
        weights |= {s.name: p for s, p in zip(group, parts, strict=True)}
    found = []
    for i, seed in enumerate(drawn, 1):
        share, weight = degree(seed), weights[seed.name]
        missed = share < 1
        score = rounded(weight * share, 2) if missed else weight
        level2 = form.satisfaction if seed.level2 == "满意度" else named(seed.level2, form.tail)
        target_text, actual_text = texts(rng, seed)
        stated = min(share, Decimal(1)) if capped else share
        found.append(Indicator(
            key=f"q{i}", level1=form.level1[KINDS[seed.level2]], level2=level2, name=seed.name, kind=seed.kind, unit=seed.unit,
            op=seed.op, target=seed.target, actual=seed.actual, target_text=target_text, actual_text=actual_text, weight=weight,
            score=score, completion=stated, deviation=stated - 1, missed=missed,
            reason=rng.choice(REASONS) if missed else None, verb=seed.verb, thing=seed.thing))
    return tuple(found)


def named(level2: str, tail: str) -> str:
    """数量 -> 数量指标, 可持续 -> 可持续影响指标."""
    stem = {"可持续": "可持续影响", "经济": "经济效益", "社会": "社会效益", "生态": "生态效益"}.get(level2, level2)
    return stem + tail
