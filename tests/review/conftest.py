"""A store with one report in it, two people, and a desk over it."""

import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.review.laying import lay_out_all
from hedui.review.opened import open_report
from hedui.review.perform import perform
from hedui.review.routing import Routing
from hedui.store import Store
from hedui.store.people import add_person, everyone

PEOPLE = (("甲", "annotator"), ("乙", "adjudicator"))
READ = """云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
2022年预算安排1200.50万元，实际支出1126.05万元，预算执行率93.80%。
"""


def lay(path, found) -> None:
    """A store of one report, its tasks and two people."""
    with Store(path) as store:
        store.keep(to_json(found), version="v")
        lay_out_all(store, Routing(below=0.9, audit=0.0))
        for name, role in PEOPLE:
            add_person(store, name=name, role=role, secret="x")


def over(laid, path, found) -> Iterator[SimpleNamespace]:
    """The store `laid` copied to `path`: `open()` the report, `do(sayings, who, group)` acts on it; `a` and `b` are two people."""
    shutil.copy(laid, path)
    with Store(path) as store:
        people = {one.name: one for one in everyone(store)}
        sha, report = found.document.sha256, found.reports[0].id

        def opened(until=None):
            return open_report(store, sha, report, until=until)

        def do(sayings, who, group):
            return perform(store, opened(), tuple(sayings), person=who.id, group=group)

        a, b = (people[name] for name, _ in PEOPLE)
        yield SimpleNamespace(store=store, findings=found, sha256=sha, report=report, a=a, b=b, open=opened, do=do, path=path)


@pytest.fixture(scope="session")
def laid_by_hand(tmp_path_factory, made):
    """A store of the report built by hand, which takes a moment to make; it is copied for each test."""
    path, found = tmp_path_factory.mktemp("laid") / "hedui.sqlite", made()
    lay(path, found)
    return path, found


@pytest.fixture(scope="session")
def laid_read(tmp_path_factory):
    """A store of a report that was really read."""
    path, found = tmp_path_factory.mktemp("laid") / "hedui.sqlite", extract(read_bytes(READ.encode(), "云岭县.txt"))
    lay(path, found)
    return path, found


@pytest.fixture
def table(tmp_path, laid_by_hand) -> Iterator[SimpleNamespace]:
    """The report built by hand."""
    path, found = laid_by_hand
    yield from over(path, tmp_path / "hedui.sqlite", found)


@pytest.fixture
def table_read(tmp_path, laid_read) -> Iterator[SimpleNamespace]:
    """A report that was really read."""
    path, found = laid_read
    yield from over(path, tmp_path / "hedui.sqlite", found)
