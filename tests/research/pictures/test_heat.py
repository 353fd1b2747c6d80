"""Regions × years: each cell is the figure of its own reports, exact, and leads to all of them."""

from decimal import Decimal

import pytest
from lxml import etree

from hedui.research.pictures.heat import MEASURED, MOST_ROWS, MOST_YEARS, cells_of, heat_map

EXECUTION, CONFLICTS, COVERAGE = (MEASURED[name] for name in ("execution", "conflicts", "coverage"))


def test_a_cell_is_the_ratio_of_sums_and_not_the_mean_of_rates(fact):
    facts = [fact(1, province="北京市", year=2021, funds={"budget": 100, "executed": 50}), fact(2, province="北京市", year=2021, funds={"budget": 900, "executed": 900}),
             fact(3, province="北京市", year=2022, funds={"budget": 10, "executed": 9}), fact(4, province="北京市", year=2022, rate=Decimal("0.1"))]
    _, _, cells = cells_of(facts, EXECUTION)
    assert cells["北京市/2021"].found.value == pytest.approx(0.95) and cells["北京市/2021"].found.n == 2
    assert (cells["北京市/2022"].found.value, cells["北京市/2022"].found.low) == (0.9, None), "a rate without amounts has no weight in a sum"


def test_conflicts_count_reports_without_any_too(fact):
    facts = [fact(n, province="北京市", year=2021, conflicts=n) for n in range(3)] + [fact(9, province="北京市", year=2021, checks=0)]
    _, _, cells = cells_of(facts, CONFLICTS)
    cell = cells["北京市/2021"]
    assert (cell.found.value, cell.found.n) == (1.0, 3) and cell.found.low < 1 < cell.found.high
    assert [item.finding for item in cell.items] == [None, "k-1-0", "k-2-0", "k-2-1"]


def test_provinces_stand_by_code_and_unknown_places_and_years_last(fact):
    facts = [fact(1, province="新疆维吾尔自治区", year=2022), fact(2, province="北京市", year=2020), fact(3)]
    regions, years, cells = cells_of(facts, COVERAGE)
    assert (regions, years) == (["北京市", "新疆维吾尔自治区", ""], ["2020", "2022", ""]) and set(cells) == {"北京市/2020", "新疆维吾尔自治区/2022", "/"}


def test_within_a_province_rows_are_places_and_the_least_of_many_are_one_row(fact):
    facts = [fact(n, province="云南省", region=f"县{n:02}", year=2020) for n in range(60)] + [fact(99, province="云南省", region="县07", year=2020)]
    regions, _, cells = cells_of(facts, COVERAGE, by_county=True)
    assert len(regions) == MOST_ROWS and regions[0] == "县07" and sum(cell.found.n for cell in cells.values()) == 61
    assert cells[f"{regions[-1]}/2020"].found.n == 60 - (MOST_ROWS - 1)


def test_many_years_are_cut_and_none_is_lost(fact):
    facts = [fact(n, province="云南省", year=2000 + n) for n in range(20)]
    _, years, cells = cells_of(facts, COVERAGE)
    assert len(years) == MOST_YEARS and years[0] == "earlier" and sum(cell.found.n for cell in cells.values()) == 20


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("name", MEASURED)
def test_no_report_and_one_report_are_told_as_such(fact, links, name, count):
    facts = [fact(n, province="北京市", year=2020, funds={"budget": 1, "executed": 1}) for n in range(count)]
    picture = heat_map(facts, MEASURED[name], links)
    assert (picture.svg is None) == (count == 0) and picture.notes and len(picture.rows) == count


def test_every_cell_is_a_link_with_a_name_and_names_stay_text(fact, links, hostile):
    facts = [fact(n, province="云南省", region=hostile, year=2020 + n, funds={"budget": 10, "executed": 9}) for n in range(3)]
    picture = heat_map(facts, EXECUTION, links, by_county=True)
    drawn = etree.fromstring(str(picture.svg))
    marks = drawn.findall(".//a")
    assert len(marks) == 3 and all("执行率 90%" in mark.get("aria-label") and hostile in mark.get("aria-label") for mark in marks)
    assert not drawn.findall(".//script") and not drawn.xpath("//*[@style or @onclick]")
    assert set(links.asked) == set(picture.marks) == {row.mark for row in picture.rows}
