"""Funds from budget to execution and what is left: reports in, exact sums by stage out, drawn as a waterfall.

Only reports count that tell both budget and execution, so that every bar stands for the same reports. Where one of them does not tell a stage
between (issued 下达, received 到位), its budget stands there as not told, and is neither guessed nor dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from hedui.research.pictures.ranges import Range, ratio_range
from hedui.research.pictures.svg import drawing, line, linked, rect, stacked, steps, text, written
from hedui.research.pictures.told import exact, interval, money, percent, reports
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["Stage", "stages_of", "waterfall"]

NOTHING = Decimal(0)
NAMES: Mapping[str, Words] = {
    "budget": Words("预算", "budget"), "issued": Words("下达", "issued"), "received": Words("到位", "received"), "executed": Words("支出", "executed"),
    "carried_out": Words("结转", "carried over"), "saved": Words("节约", "saved"), "left": Words("去向未写明", "not accounted for"),
}
TITLE = Words("资金从预算到支出", "Funds from budget to execution")
LEFT, WIDE, TOP, TALL, FOOT = 92.0, 760.0, 24.0, 260.0, 66.0
BAR = 58.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A bar: where it begins and ends in yuan, of the budget so much of reports that do not tell it, and the reports that do."""

    name: str
    begins: Decimal
    ends: Decimal
    untold: Decimal
    items: tuple[Item, ...]

    @property
    def yuan(self) -> Decimal:
        return self.ends - self.begins


def counted(facts: Sequence[ReportFacts]) -> list[ReportFacts]:
    return [one for one in facts if "budget" in one.funds and "executed" in one.funds]


def stage(name: str, held: Sequence[ReportFacts], *, begins: Decimal = NOTHING, untold: bool = True) -> Stage:
    telling = [one for one in held if name in one.funds]
    told = sum((one.funds[name].yuan for one in telling), NOTHING)
    silent = sum((one.funds["budget"].yuan for one in held if name not in one.funds), NOTHING) if untold else NOTHING
    items = tuple(Item(report=one, told=exact(one.funds[name].yuan), finding=one.funds[name].record) for one in telling)
    return Stage(name=name, begins=begins, ends=begins + told, untold=silent, items=items)


def stages_of(facts: Sequence[ReportFacts]) -> tuple[Stage, ...]:
    """Budget, issued, received and executed from zero; carried over, saved and what is not accounted for above what was executed, so that they end
    at the budget. Sums are exact."""
    held = counted(facts)
    if not held:
        return ()
    budget, issued, received, executed = (stage(name, held) for name in ("budget", "issued", "received", "executed"))
    carried = stage("carried_out", held, begins=executed.ends, untold=False)
    saved = stage("saved", held, begins=carried.ends, untold=False)
    silent = tuple(Item(report=one, told=exact(rest), finding=one.funds["executed"].record) for one in held if (rest := rest_of(one)))
    left = Stage(name="left", begins=saved.ends, ends=budget.ends, untold=NOTHING, items=silent)
    return budget, issued, received, executed, carried, saved, left


def rest_of(one: ReportFacts) -> Decimal:
    """What is left of a budget that was neither executed nor is told as carried over or saved."""
    return one.funds["budget"].yuan - sum((one.funds[name].yuan for name in ("executed", "carried_out", "saved") if name in one.funds), NOTHING)


def said(one: Stage, n: int) -> Words:
    name, amount = NAMES[one.name], money(one.yuan)
    untold_zh, untold_en = ("", "")
    if one.untold:
        untold_zh, untold_en = f"，另有预算 {money(one.untold).zh} 的报告未写明", f"; reports with a budget of {money(one.untold).en} do not tell it"
    return Words(f"{name.zh} {amount.zh}，{reports(len(one.items)).zh}（共 {n:,} 份）{untold_zh}",
                 f"{name.en} {amount.en}, {reports(len(one.items)).en} of {n:,}{untold_en}")


def notes_of(facts: Sequence[ReportFacts], stages: Sequence[Stage]) -> Iterator[Words]:
    held = counted(facts)
    n, rate = reports(len(held)), rate_of(held)
    yield Words(f"n = {n.zh}写明预算和支出（共 {len(facts):,} 份）；总执行率 {percent(rate.value, 2)}（95% 区间 {interval(rate, as_percent=True)}，只含抽样误差）。",
                f"n = {n.en} of {len(facts):,} tell budget and execution; together {percent(rate.value, 2)} was executed (95% interval "
                f"{interval(rate, as_percent=True)}, sampling alone).")
    yield Words("每份报告取口径最大的一笔资金；金额逐分相加，不四舍五入。斜纹是没有写明这一环节的报告的预算。",
                "Of each report its widest fund; amounts are added to the cent. Hatched: budgets of reports that do not tell the stage.")
    if stages[-1].yuan < 0:
        yield Words("结转和节约之和超过预算与支出之差：有的报告结转含往年结余。", "What is carried over and saved is more than what was left: some reports count "
                    "leftovers of earlier years.")


def rate_of(held: Sequence[ReportFacts]) -> Range:
    return ratio_range([one.funds["executed"].yuan for one in held], [one.funds["budget"].yuan for one in held])


def waterfall(facts: Sequence[ReportFacts], href: Href) -> Picture:
    """The waterfall of the funds of all reports that tell budget and execution."""
    stages, n = stages_of(facts), len(counted(facts))
    marks = {one.name: Mark(key=one.name, said=said(one, n), items=one.items) for one in stages if one.items}
    alt = Words("预算、下达、到位、支出各一根柱，结转、节约和未写明去向的差额接在支出之上，数字见下表",
                "Bars of budget, issued, received and executed; what was carried over, saved or is not accounted for stands above what was executed; "
                "figures below")
    rows = tuple(Row((f"{NAMES[one.name].zh} · {NAMES[one.name].en}", exact(one.yuan), str(len(one.items)), exact(one.untold)),
                     one.name if one.items else None) for one in stages)
    silent = Words(f"所选的 {len(facts):,} 份报告里没有一份同时写明预算和支出。", f"None of the {len(facts):,} reports chosen tells both budget and execution.")
    return Picture(name="funds", title=TITLE, alt=alt, rows=rows, marks=marks,
                   svg=drawing(WIDE, TOP + TALL + FOOT, alt, drawn(stages, marks, href), "waterfall") if stages else None,
                   head=(Words("环节", "stage"), Words("金额（元）", "yuan"), Words("报告数 n", "reports n"), Words("未写明者的预算（元）", "budget of those silent, yuan")),
                   notes=tuple(notes_of(facts, stages)) if stages else (silent,))


def drawn(stages: Sequence[Stage], marks: Mapping[str, Mark], href: Href) -> Iterator[Markup]:
    top = max(max(one.begins, one.ends, one.ends + one.untold) for one in stages)
    bottom = min(NOTHING, *(min(one.begins, one.ends) for one in stages))
    gap = (WIDE - LEFT - 20) / len(stages)

    def up(yuan: Decimal) -> float:
        return TOP + TALL * float((top - yuan) / (top - bottom))

    unit = Decimal(10) ** 8 if top >= Decimal(10) ** 8 else Decimal(10) ** 4
    for tick in steps(float(bottom / unit), float(top / unit)):
        y = up(Decimal(str(tick)) * unit)
        yield line(LEFT, y, WIDE - 10, y, "grid")
        yield text(LEFT - 8, y + 4, f"{tick:,}", "name")
    yield written(8, TOP - 10, Words("亿元", "CNY 100 m") if unit > 10 ** 4 else Words("万元", "CNY 10,000"), "unit")
    for column, one in enumerate(stages):
        x = LEFT + column * gap + (gap - BAR) / 2
        if column and one.name not in ("issued", "received", "executed"):
            yield line(x - (gap - BAR) - BAR * 0.2, up(one.begins), x, up(one.begins), "join")
        high, low = max(one.begins, one.ends), min(one.begins, one.ends)
        body = rect(x - 4, TOP, BAR + 8, TALL, "reach")
        if one.untold:
            body += rect(x, up(high + one.untold), BAR, up(high) - up(high + one.untold), "untold")
        body += rect(x, up(high), BAR, max(up(low) - up(high), 1.5), f"stage {one.name}")
        yield linked(marks[one.name], body, href, at=(0, column)) if one.name in marks else body
        yield stacked(x + BAR / 2, TOP + TALL + 18, NAMES[one.name], "tick")
        yield text(x + BAR / 2, up(high + one.untold) - 5, money(one.yuan).zh, "value")
        yield text(x + BAR / 2, TOP + TALL + 52, f"n={len(one.items):,}", "tick")
