"""The indicators and the money of a report in; its self-evaluation table in one of several forms out.

Forms differ in their columns: `transfer` has no points, `project` points and reasons, `weights` the points before the target,
`rates` completion and deviation. What stands above the indicators (names, money, goals) is drawn row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hedui.synth.facts import Indicator, percent, rounded
from hedui.synth.marked.claims import BRACKET
from hedui.synth.sheet import Sheet, figure, money, place, points, ratio, row, spread, verified, word
from hedui.synth.tables_money import unit_line

__all__ = ["goal_table"]

FORMS = {
    "transfer": ("level1", "level2", "name", "target", "actual", "reason"),
    "project": ("level1", "level2", "name", "target", "actual", "weight", "score", "reason"),
    "weights": ("level1", "level2", "name", "weight", "target", "actual", "score", "reason"),
    "rates": ("level1", "level2", "name", "target", "actual", "completion", "deviation", "weight", "score"),
    "short": ("level1", "level2", "name", "target", "actual", "completion", "score"),
    "list": ("level1", "level2", "name", "weight", "target", "actual", "completion", "score"),
}
STYLES = {"transfer": ("transfer", "transfer", "project", "rates"), "project": ("project", "project", "weights", "rates", "list"),
          "department": ("project", "weights", "short", "list"), "accounts": ("project", "transfer"),
          "table": ("transfer", "project", "weights", "rates")}


def goal_table(sheet: Sheet) -> None:
    """The whole table, by a form that suits the report."""
    facts, rng = sheet.facts, sheet.rng
    form = rng.choice(STYLES[facts.style])
    columns = FORMS[form]
    year = place(sheet, "year", f"{facts.year}年度", "date", "year", None)
    sheet.head += [f"{facts.programme or ''}{word(sheet, 'caption')}", rng.choice((f"（{year}）", f"({year})", year))]
    if rng.random() < 0.85 and form != "list":
        names(sheet, len(columns))
        funds(sheet, columns)
    if rng.random() < 0.6 and form not in {"list", "short"}:
        goals(sheet, len(columns))
    indicators(sheet, columns)
    if rng.random() < 0.3:
        sheet.foot.append(rng.choice(("注：1.定量指标按完成比例计分。", "填报说明：其他资金包括社会投入资金、银行贷款等。",
                                      "注：各地请在完成值一栏填写截至年末的数据。")))


def names(sheet: Sheet, width: int) -> None:
    """Rows of the name of the money and the bodies."""
    facts, half = sheet.facts, width // 2
    called = facts.programme or facts.bodies.unit.name
    row(sheet, spread((word(sheet, "project"), 2), (place(sheet, "name", called, "name", "programme", None, "X"), width - 2)))
    if sheet.rng.random() < 0.5:
        row(sheet, spread((word(sheet, "owner"), 2), (f"{{O|{facts.bodies.unit.name}}}", half - 2),
                          (word(sheet, "doer"), 1), (f"{{O|{facts.bodies.unit.name}}}", width - half - 1)))
    else:
        row(sheet, spread((word(sheet, "owner"), 2), (f"{{O|{facts.bodies.unit.name}}}", width - 2)))


def funds(sheet: Sheet, columns: Sequence[str]) -> None:
    """The block of the money; with points for execution where the table has points."""
    fund, width = sheet.facts.fund, len(columns)
    scored = "weight" in columns and width >= 8
    unit = "" if sheet.looks.unit_in_cell else f"（{'元' if sheet.looks.yuan else '万元'}）"
    told = sheet.rng.random() < 0.6
    if not told and unit:
        sheet.head.append(unit_line(sheet))
    heads = [word(sheet, "budget"), word(sheet, "executed"), *(["分值"] if scored else []), word(sheet, "rate"),
             *(["得分"] if scored else [])]
    wide = [1] * (len(heads) - 1) + [width - 1 - len(heads)]
    row(sheet, spread((word(sheet, "fund") + (unit if told else ""), 1), ("", 1), *zip(heads, wide, strict=True)))
    total = word(sheet, "total")
    lines: list[tuple[str, str, str | None, Decimal, Decimal]] = [("0", total, None, fund.budget, fund.executed)]
    several = len(fund.sources) > 1
    lines += [(str(i), s.name, s.level, s.budget, s.executed) for i, s in enumerate(fund.sources, 1)]
    for key, name, level, budget, executed in lines:
        shown = ("其中：" if key == "1" and sheet.rng.random() < 0.8 else "") + name
        cells = [money(sheet, "b" + key, budget, "budget", name, level), money(sheet, "e" + key, executed, "executed", name, level)]
        rate = ratio(sheet, "q" + key, ("e" + key, executed), ("b" + key, budget))
        if scored:
            first = key == "0"
            rate_cells = [points(sheet, "w0", Decimal(10), "full") if first else "-", rate,
                          points(sheet, "s0", sheet.facts.scores[0].score, "score") if first else "-"]
        else:
            rate_cells = [rate]
        row(sheet, spread(("^", 1), (shown, 1), *zip([*cells, *rate_cells], wide, strict=True)))
    if scored and sheet.looks.rates == 2 and fund.budget:
        verified(sheet, "ratio", "w0 * q0", "s0", "执行率得分")
    for letter in "be" if several else "":
        verified(sheet, "sum", " + ".join(f"{letter}{i}" for i in range(1, len(lines))), f"{letter}0", "自评表资金合计")


def goals(sheet: Sheet, width: int) -> None:
    """Targets and results of the year in words, two or three counts among them."""
    counts = [x for x in sheet.facts.indicators if x.kind == "count"][: sheet.rng.choice((1, 2, 3))]
    states = [x for x in sheet.facts.indicators if x.kind == "state"][:1]
    if not counts:
        return
    half = 1 + (width - 1) // 2
    planned = [f"{x.name}{{{x.target:f}{x.unit}}}" for x in counts] + [f"{x.name}{x.target_text}" for x in states]
    reached = [f"{x.name}{{{x.actual:f}{x.unit}}}" for x in counts] + [f"{x.name}{x.actual_text}" for x in states]
    texts = [sheet.rng.choice((f"目标{i}：", f"{i}.", f"{i}、")) for i in range(1, len(planned) + 1)]
    joined = ["".join(f"{n}{t}；" for n, t in zip(texts, told, strict=True)).removesuffix("；") + "。" for told in (planned, reached)]
    row(sheet, spread((word(sheet, "goal"), 1), (word(sheet, "planned"), half - 1), (word(sheet, "reached"), width - half)))
    row(sheet, spread(("^", 1), (joined[0], half - 1), (joined[1], width - half)))


def cells_of(sheet: Sheet, number: int, indicator: Indicator, columns: Sequence[str], bracketed: bool) -> dict[str, str]:
    """The cells of one indicator by column."""
    x, key = indicator, str(number)
    unit = x.unit if bracketed and x.kind == "count" and BRACKET.search(f"（{x.unit}）") else ""
    cells = {
        "name": x.name + (f"（{unit}）" if unit else ""),
        "target": figure(sheet, "t" + key, x.target_text, "target", x.target, bare=unit),
        "actual": figure(sheet, "a" + key, x.actual_text, "actual", x.actual, bare=unit),
        "reason": x.reason or "",
    }
    if "weight" in columns:
        cells["weight"] = points(sheet, "w" + key, x.weight, "weight")
    if "score" in columns:
        cells["score"] = points(sheet, "s" + key, x.score, "score")
    if "completion" in columns:
        cells["completion"] = place(sheet, "c" + key, percent(x.completion), "rate", "completion", x.completion)
    if "deviation" in columns:
        cells["deviation"] = place(sheet, "d" + key, percent(x.completion - 1), "rate", "deviation", x.completion - 1)
    return {c: cells[c] for c in columns if c in cells}


def indicators(sheet: Sheet, columns: Sequence[str]) -> None:
    """The header, the rows of indicators and, where there are points, their sum."""
    facts, rng = sheet.facts, sheet.rng
    bracketed, weighed = rng.random() < 0.2, rng.random() < 0.2 and "weight" in columns
    row(sheet, [word(sheet, c) for c in columns])
    sheet.rows.append("@rows " + ",".join(columns))
    if {"weight", "score"} <= set(columns) and f"{sheet.name}w0" not in sheet.stated:
        execution(sheet, columns)
    before: tuple[str, str] = ("", "")
    for i, x in enumerate(facts.indicators, 1):
        cells = cells_of(sheet, i, x, columns, bracketed)
        levels = ["^" if x.level1 == before[0] else level_cell(sheet, x, weighed), "^" if (x.level1, x.level2) == before else x.level2]
        if i > 2 and sheet.looks.dialect == "tabs" and rng.random() < 0.02:
            sheet.rows.append("@page")
        row(sheet, [*levels, *(cells[c] for c in columns[2:])])
        before = (x.level1, x.level2)
        row_checks(sheet, str(i), x, columns)
    if "score" in columns and "weight" in columns:
        totals(sheet, columns, weighed)


def execution(sheet: Sheet, columns: Sequence[str]) -> None:
    """Budget execution as an indicator of its own, where no block of the money gives its points."""
    score, rate = sheet.facts.scores[0], sheet.facts.fund.rate
    cells = {"level1": score.name, "level2": score.name, "name": "预算执行率", "target": place(sheet, "t0", "100%", "rate", "target", Decimal(1)),
             "actual": place(sheet, "a0", percent(rate), "rate", "rate", rate), "weight": points(sheet, "w0", score.full, "full"),
             "score": points(sheet, "s0", score.score, "score")}
    if "completion" in columns:
        cells["completion"] = place(sheet, "c0", percent(rate), "rate", "completion", rate)
    if "deviation" in columns:
        cells["deviation"] = place(sheet, "d0", percent(rate - 1), "rate", "deviation", rate - 1)
    row(sheet, [cells.get(c, "") for c in columns])
    verified(sheet, "ratio", "w0 * a0", "s0", "执行率得分")


def level_cell(sheet: Sheet, x: Indicator, weighed: bool) -> str:
    """The first level, its points beside it in some tables."""
    if not weighed:
        return x.level1
    mine = [i for i, y in enumerate(sheet.facts.indicators, 1) if y.level1 == x.level1]
    full = rounded(sum((sheet.facts.indicators[i - 1].weight for i in mine), Decimal(0)))
    key = f"l{mine[0]}"
    verified(sheet, "sum", " + ".join(f"w{i}" for i in mine), key, f"{x.level1}分值合计")
    return f"{x.level1}（{place(sheet, key, f'{full:f}分', 'quantity', 'full', full)}）"


def row_checks(sheet: Sheet, key: str, x: Indicator, columns: Sequence[str]) -> None:
    """Completion by its own arithmetic, and targets that the table itself says were missed."""
    if x.target and x.actual is not None and "completion" in columns and x.op != "≤":
        exact = (x.actual / x.target - x.completion).copy_abs() <= Decimal("0.00005")
        if exact:
            verified(sheet, "ratio", f"a{key} / t{key}", f"c{key}", f"{x.name}完成率")
    if x.missed and x.score < x.weight and "score" in columns and x.target is not None and x.actual is not None:
        sign = "<" if x.op != "≤" else ">"
        verified(sheet, "target", f"t{key} , a{key}", f"s{key}", f"{x.name}未达标，已扣分",
                 computed=f"{x.actual:f}{x.unit} {sign} {x.target:f}{x.unit}")


def totals(sheet: Sheet, columns: Sequence[str], weighed: bool) -> None:
    """The row of sums and its checks."""
    facts = sheet.facts
    weights = [f"w{i}" for i in range(len(facts.indicators) + 1)]
    scores = [f"s{i}" for i in range(len(facts.indicators) + 1)]
    full, got = rounded(facts.full), rounded(facts.total) if sheet.rng.random() < 0.7 else facts.total
    cells = {"weight": points(sheet, "wt", full, "full"), "score": points(sheet, "st", got, "total")}
    first = min(columns.index("weight"), columns.index("score"))
    sheet.rows.append("@rows")
    row(sheet, [*spread((word(sheet, "points"), first)), *(cells.get(c, "") for c in columns[first:])])
    verified(sheet, "sum", " + ".join(weights), "wt", "分值合计")
    verified(sheet, "sum", " + ".join(scores), "st", "得分合计")
