"""Regions × years: reports in, a cell for each with its figure, interval and reports out, drawn as a heat map."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hedui.research.pictures.chosen import in_order
from hedui.research.pictures.ranges import Range, mean_range, ratio_range
from hedui.research.pictures.svg import drawing, linked, rect, text, written
from hedui.research.pictures.told import NONE, UNKNOWN, cut, interval, joined, percent, points, reports
from hedui.research.pictures.types import Href, Item, Mark, Picture, ReportFacts, Row, Words

__all__ = ["MEASURED", "Cell", "Measured", "cells_of", "heat_map"]

MOST_ROWS, MOST_YEARS, FEW = 40, 12, 5
LEFT, CELL, HIGH, TOP, FOOT = 150.0, 74.0, 26.0, 30.0, 58.0
REST, EARLIER = "*", "earlier"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What a heat map shows: which reports tell it, how they come to one figure, and the edges between its nine colours."""

    name: str
    title: Words
    what: Words
    note: Words
    tells: Callable[[ReportFacts], Sequence[Item]]
    range_of: Callable[[Sequence[ReportFacts]], Range]
    edges: tuple[float, ...]
    shown: Callable[[float], str]
    as_percent: bool = False
    as_mean: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A region in a year: the figure with its interval, the reports that tell it, and what each says."""

    region: str
    year: str
    found: Range
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        return f"{self.region}/{self.year}"


def execution_items(one: ReportFacts) -> Sequence[Item]:
    told = one.funds.get("executed") if "budget" in one.funds else None
    return () if told is None or one.rate is None else (Item(report=one, told=percent(one.rate, 2), finding=told.record),)


def execution_range(held: Sequence[ReportFacts]) -> Range:
    return ratio_range([one.funds["executed"].yuan for one in held], [one.funds["budget"].yuan for one in held])


def conflict_items(one: ReportFacts) -> Sequence[Item]:
    if not one.checks:
        return ()
    return [Item(report=one, told=held.note, finding=held.check) for held in one.conflicts] or (Item(report=one, told="0", finding=None),)


def report_items(one: ReportFacts) -> Sequence[Item]:
    return (Item(report=one, told="", finding=None),)


MEASURED: Mapping[str, Measured] = {one.name: one for one in (
    Measured(name="execution", title=Words("预算执行率：地区 × 年度", "Budget execution: regions × years"),
             what=Words("执行率", "execution rate"), tells=execution_items, range_of=execution_range,
             note=Words("执行率 = 执行数之和 ÷ 预算数之和，只计两者都写明的报告，取每份报告口径最大的一笔资金。",
                        "Execution rate = sum executed ÷ sum of budgets, over reports that tell both; of each report its widest fund."),
             edges=(0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99), shown=percent, as_percent=True),
    Measured(name="conflicts", title=Words("每份报告的不符：地区 × 年度", "Conflicts per report: regions × years"),
             what=Words("每份不符", "conflicts per report"), tells=conflict_items,
             range_of=lambda held: mean_range([len(one.conflicts) for one in held]),
             note=Words("每份报告里对不上的核对项数的平均，只计有可核对数字的报告。", "Mean number of checks that do not close, over reports with "
                        "anything to check."),
             edges=(0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0), shown=points),
    Measured(name="coverage", title=Words("报告份数：地区 × 年度", "Reports: regions × years"),
             what=Words("份数", "reports"), tells=report_items,
             range_of=lambda held: Range(value=float(len(held)), low=None, high=None, n=len(held)),
             note=Words("每格是读到的报告份数；空格是没有读到，不等于没有报告。", "Reports that were read; an empty cell says that none was read, not that "
                        "there is none."),
             edges=(2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0), as_mean=False,
             shown=lambda value: f"{value:,.0f}"))}


def regions_of(facts: Sequence[ReportFacts], *, by_county: bool) -> tuple[list[str], Callable[[ReportFacts], str]]:
    """The rows: provinces by code, or the places within one by number of reports; the least of more than MOST_ROWS go into one row."""
    if not by_county:
        names = [*in_order(one.province for one in facts if one.province), *([""] if any(not one.province for one in facts) else [])]
        return names, lambda one: one.province or ""
    held: dict[str, int] = defaultdict(int)
    for one in facts:
        held[one.region or ""] += 1
    order = sorted(held, key=lambda name: (-held[name], name))
    kept = order if len(order) <= MOST_ROWS else order[:MOST_ROWS - 1]
    known = set(kept)
    return [*kept, *([REST] if len(order) > len(kept) else [])], lambda one: (one.region or "") if (one.region or "") in known else REST


def years_of(facts: Sequence[ReportFacts]) -> tuple[list[str], Callable[[ReportFacts], str]]:
    years = sorted({one.year for one in facts if one.year})
    kept = years if len(years) <= MOST_YEARS else years[-MOST_YEARS + 1:]
    known = set(kept)

    def year_of(one: ReportFacts) -> str:
        return "" if not one.year else str(one.year) if one.year in known else EARLIER
    return [*([EARLIER] if len(kept) < len(years) else []), *map(str, kept), *([""] if any(not one.year for one in facts) else [])], year_of


def region_name(region: str) -> Words:
    return UNKNOWN if not region else Words("其余地区", "other places") if region == REST else Words(region, region)


def year_name(year: str) -> Words:
    return UNKNOWN if not year else Words("更早", "earlier") if year == EARLIER else Words(year, year)


def cells_of(facts: Sequence[ReportFacts], measured: Measured, *, by_county: bool = False) -> tuple[list[str], list[str], dict[str, Cell]]:
    """Rows, columns and the cells by key, of reports that tell what is measured."""
    told = [(one, items) for one in facts if (items := measured.tells(one))]
    reports_told = [one for one, _ in told]
    regions, region_of = regions_of(reports_told, by_county=by_county)
    years, year_of = years_of(reports_told)
    held: dict[tuple[str, str], list[tuple[ReportFacts, Sequence[Item]]]] = defaultdict(list)
    for one, items in told:
        held[region_of(one), year_of(one)].append((one, items))
    cells = (Cell(region=region, year=year, found=measured.range_of([one for one, _ in some]), items=tuple(item for _, items in some for item in items))
             for (region, year), some in held.items())
    return regions, years, {cell.key: cell for cell in cells}


def said(cell: Cell, measured: Measured) -> Words:
    region, year, n = region_name(cell.region), year_name(cell.year), reports(cell.found.n)
    value, between = measured.shown(cell.found.value), interval(cell.found, as_percent=measured.as_percent)
    range_zh, range_en = ("", "") if between == NONE else (f"，95% 区间 {between}", f", 95% interval {between}")
    return Words(f"{region.zh} {year.zh}：{measured.what.zh} {value}{range_zh}，{n.zh}", f"{region.en} {year.en}: {measured.what.en} {value}{range_en}, {n.en}")


def drawn(regions: Sequence[str], years: Sequence[str], cells: Mapping[str, Cell], marks: Mapping[str, Mark], measured: Measured,
          href: Href) -> Iterator[Markup]:
    for column, year in enumerate(years):
        yield written(LEFT + (column + 0.5) * CELL, TOP - 10, year_name(year), "tick")
    for row, region in enumerate(regions):
        y = TOP + row * HIGH
        name = region_name(region)
        yield written(LEFT - 8, y + 17, Words(cut(name.zh, 11), cut(name.en, 11)), "name")
        for column, year in enumerate(years):
            cell = cells.get(f"{region}/{year}")
            x = LEFT + column * CELL
            if cell is None:
                yield rect(x + 1, y + 1, CELL - 2, HIGH - 2, "none")
                continue
            step = bisect_right(measured.edges, cell.found.value)
            body = rect(x + 1, y + 1, CELL - 2, HIGH - 2, f"s{step}{' few' if cell.found.n < FEW and measured.as_mean else ''}")
            body += text(x + CELL / 2, y + 17, measured.shown(cell.found.value), f"on s{step}")
            yield linked(marks[cell.key], body, href, at=(row, column))


def legend(measured: Measured, y: float, width: float) -> Iterator[Markup]:
    wide = min((width - 20) / 9, 62.0)
    for step in range(9):
        yield rect(10 + step * wide, y, wide - 1, 10, f"s{step}")
    for step, edge in enumerate(measured.edges):
        yield text(10 + (step + 1) * wide, y + 24, measured.shown(edge), "tick")


def heat_map(facts: Sequence[ReportFacts], measured: Measured, href: Href, *, by_county: bool = False) -> Picture:
    """The heat map of one measure; `by_county` has the places that reports name for rows in place of provinces."""
    regions, years, cells = cells_of(facts, measured, by_county=by_county)
    marks = {key: Mark(key=key, said=said(cell, measured), items=cell.items) for key, cell in cells.items()}
    total = sum(cell.found.n for cell in cells.values())
    whole = measured.range_of([one for one in facts if measured.tells(one)]) if total else None
    notes = [measured.note, *([] if whole is None else whole_told(measured, whole, len(facts))), *kept_out(facts, total)]
    head = (Words("地区", "region"), Words("年度", "year"), measured.what, Words("95% 区间", "95% interval"), Words("报告数 n", "reports n"))
    ordered = [cells[key] for region in regions for year in years if (key := f"{region}/{year}") in cells]
    rows = tuple(Row((joined(region_name(one.region)), joined(year_name(one.year)), measured.shown(one.found.value),
                      interval(one.found, as_percent=measured.as_percent), str(one.found.n)), one.key) for one in ordered)
    width, height = max(LEFT + len(years) * CELL + 10, 520.0), TOP + len(regions) * HIGH + FOOT
    alt = Words(f"{measured.title.zh}，{len(regions)} 行 {len(years)} 列，数字见下表", f"{measured.title.en}, {len(regions)} rows, {len(years)} columns; "
                "the figures stand in the table below")
    svg = None if not cells else drawing(width, height, alt, [
        *drawn(regions, years, cells, marks, measured, href), *legend(measured, TOP + len(regions) * HIGH + 18, width)], "heat")
    return Picture(name=measured.name, title=measured.title, alt=alt, svg=svg, notes=tuple(notes), head=head, rows=rows, marks=marks)


def whole_told(measured: Measured, whole: Range, of: int) -> list[Words]:
    n, between = reports(whole.n), interval(whole, as_percent=measured.as_percent)
    value = measured.shown(whole.value)
    told = [Words(f"全部：{measured.what.zh} {value}" + ("" if between == NONE else f"（95% 区间 {between}）") + f"，n = {n.zh}（共 {of:,} 份）。",
                  f"All: {measured.what.en} {value}" + ("" if between == NONE else f" (95% interval {between})") + f", n = {n.en} of {of:,}.")]
    if between != NONE:
        told.append(Words(f"区间只含抽样误差，以报告为单位，不含读取可能的差错；虚线格 n < {FEW}。",
                          f"Intervals tell of sampling alone, by report, not of what may have been misread; dashed cells have n < {FEW}."))
    return told


def kept_out(facts: Sequence[ReportFacts], total: int) -> list[Words]:
    if total:
        return []
    return [Words(f"所选的 {len(facts):,} 份报告里没有一份写明。", f"None of the {len(facts):,} reports chosen tells it.")]
