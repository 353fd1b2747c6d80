"""What is asked for across documents is what going through all of them would give, on both databases."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from hedui.export.json import to_output
from hedui.findings import content_id
from hedui.store import Store
from hedui.store.packed import packed
from hedui.store.results import reports_held
from hedui.store.search import STATUSES, TYPES, Wanted, conflicts_by_kind, found, of_few, records_by_status, reports_by

REGIONS = ("云岭县", "青川县", None)
COUNT = 40
WANTED = [Wanted(type=kind, status=status, year=year, region=region, unit=unit, from_=bounds[0], below=bounds[1]) for kind, status, year, region,
          unit, bounds in product((None, "fund"), (None, "differ"), (None, 2020, 1999), (None, "云岭县"), (None, "很少"), ((None, None), (0.2, 0.7)))]


@pytest.fixture
def findings(made):
    """Reports whose region, year and unit go round, and so do type, status and confidence of their records."""
    found = []
    for number in range(COUNT):
        one = made(f"{number}.txt", f"{made().document.text}{number}")
        report = one.reports[0]
        part = replace(report.part, region=REGIONS[number % 3], year=2020 + number % 2, unit="很少" if number == 7 else "局")
        records = tuple(replace(report.records[n % 2], id=content_id("r", number, n), type=TYPES[(number + n) % 4], status=STATUSES[n % 4],
                                confidence=(number * 7 + n) % 10 / 10) for n in range(6))
        found.append(replace(one, reports=(replace(report, part=part, records=records),)))
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path, findings):
    with Store(tmp_path / "hedui.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres")) as store:
        store.keep_many(packed(to_output(one), version="v") for one in findings)
        store.tidy()
        yield store


def meant(wanted, part, record):
    """Whether a record is what is wanted, told without a database."""
    exact = ((wanted.type, record.type), (wanted.status, record.status), (wanted.kind, part.kind), (wanted.unit, part.unit),
             (wanted.region, part.region), (wanted.year, part.year))
    return all(want is None or want == value for want, value in exact) and (
        wanted.from_ is None or record.confidence >= wanted.from_) and (wanted.below is None or record.confidence < wanted.below)


def test_records_are_those_that_are_wanted_the_least_certain_first(store, findings):
    everything = [(report.part, record) for one in findings for report in one.reports for record in report.records]
    for wanted in WANTED:
        told = found(store, wanted, limit=1000)
        assert {one.id for one in told} == {record.id for part, record in everything if meant(wanted, part, record)}, wanted
        assert [one.confidence for one in told] == sorted(one.confidence for one in told)
    with store.reading() as connection:
        assert {of_few(connection, wanted) for wanted in WANTED} == {True, False}


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(type="fund"), Wanted(year=2020, below=0.7), Wanted(unit="很少")])
def test_pages_are_the_whole_in_order_and_none_twice(store, wanted):
    whole, paged, after = found(store, wanted, limit=1000), [], None
    while page := found(store, wanted, limit=len(whole) // 4, after=after):
        paged += page
        after = page[-1].place
    assert tuple(paged) == whole and len(whole) > 4


def test_what_is_found_tells_where_it_stands(store, findings):
    told = found(store, Wanted(unit="很少"), limit=1)[0]
    document, report = findings[7].document, findings[7].reports[0]
    record = min(report.records, key=lambda one: one.confidence)
    assert (told.sha256, told.report, told.id, told.region, told.year, told.unit) == (document.sha256, report.id, record.id, "青川县", 2021, "很少")


def test_totals_count_every_report_and_record_once(store, findings):
    reports = [one.reports[0] for one in findings]
    assert reports_by(store, "region") == Counter(one.part.region for one in reports)
    assert list(reports_by(store, "unit").items()) == [("局", COUNT - 1), ("很少", 1)]
    assert records_by_status(store) == Counter((record.type, record.status) for one in reports for record in one.records)
    assert conflicts_by_kind(store) == {("target", "conflict"): COUNT}


def test_reports_held_stand_in_the_order_of_contents_and_in_each_as_they_lie_there(store, findings, made):
    one = made("two.txt", f"{made().document.text}二")
    first, second = (replace(one.reports[0], id=name, part=replace(one.reports[0].part, span=span), records=())
                     for name, span in (("p-b", (0, 9)), ("p-a", (9, 20))))
    store.keep_many([packed(to_output(replace(one, reports=(second, first))), version="v")])
    alone = [(found.document.sha256, found.reports[0].id) for found in findings]
    both = [(one.document.sha256, report.id) for report in (first, second)]
    assert reports_held(store) == tuple(sorted([*alone, *both], key=lambda pair: pair[0]))
