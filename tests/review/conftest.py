"""A store with one report in it, two people, and a desk over it."""

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
from hedui.store.people import add_person

READ = """云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
2022年预算安排1200.50万元，实际支出1126.05万元，预算执行率93.80%。
"""


def laid(path, found) -> Iterator[SimpleNamespace]:
    """`open()` the report, `do(sayings, who, group)` acts on it; `a` and `b` are two people."""
    with Store(path) as store:
        store.keep(to_json(found), version="v")
        lay_out_all(store, Routing(below=0.9, audit=0.0))
        people = [add_person(store, name=name, role=role, secret="x") for name, role in (("甲", "annotator"), ("乙", "adjudicator"))]
        sha, report = found.document.sha256, found.reports[0].id

        def opened(until=None):
            return open_report(store, sha, report, until=until)

        def do(sayings, who, group):
            return perform(store, opened(), tuple(sayings), person=who.id, group=group)

        yield SimpleNamespace(store=store, findings=found, sha256=sha, report=report, a=people[0], b=people[1], open=opened, do=do, path=path)


@pytest.fixture
def table(tmp_path, made) -> Iterator[SimpleNamespace]:
    """The report built by hand."""
    yield from laid(tmp_path / "hedui.sqlite", made())


@pytest.fixture
def table_read(tmp_path) -> Iterator[SimpleNamespace]:
    """A report that was really read."""
    yield from laid(tmp_path / "hedui.sqlite", extract(read_bytes(READ.encode(), "云岭县.txt")))
