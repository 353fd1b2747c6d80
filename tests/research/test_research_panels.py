"""Panels say what rows say, with the rows and reports behind each figure."""

from decimal import Decimal

import pytest

from hedui.errors import UsageError
from hedui.research.panels import measures


@pytest.mark.parametrize("measure", sorted(measures()))
def test_every_measure_of_every_region(store, measure):
    found = store.by("region", measure=measure)
    assert list(found.columns) == ["region", "value", "low", "high", "n", "reports", "n_effective"]
    assert len(found) and (found["n"] > 0).all() and found["reports"].sum() <= store.reports.count()
    assert found.attrs["zh"] and found["region"].is_monotonic_increasing


def test_an_execution_rate_is_the_ratio_of_sums(store):
    frame = store.reports.where(budget_yuan=(0, None)).frame(["executed_yuan", "budget_yuan", "execution_confidence"])
    weights = frame["execution_confidence"].astype(float)
    wanted = (frame["executed_yuan"].astype(float) * weights).sum() / (frame["budget_yuan"].astype(float) * weights).sum()
    found = store.by(measure="execution_rate")
    assert found["value"][0] == pytest.approx(wanted) and found["low"][0] <= found["value"][0] <= found["high"][0]
    assert found["n"][0] == len(frame)


def test_money_stays_money(store):
    found = store.by("year", measure="budget")
    assert all(isinstance(one, Decimal) for one in found["value"])


def test_where_and_wide(store):
    some = store.by("region", measure="unclosed", where="kind:ratio")
    assert 0 < some["n"].sum() <= store.checks.where(kind="ratio").count()
    assert store.by(measure="unclosed", where={"kind": "ratio"})["n"][0] == store.checks.where(kind="ratio").count()
    wide = store.by("region", "year", measure="self_score", wide=True)
    long = store.by("region", "year", measure="self_score")
    assert wide.count().sum() == len(long)
    assert store.by("region", measure="self_score", least=10).empty


@pytest.mark.parametrize("keys, measure, told", [(("region",), "self_scor", "是不是 self_score"), (("colour",), "self_score", "cannot be grouped")])
def test_what_is_not_known_is_told(store, keys, measure, told):
    with pytest.raises(UsageError, match=told):
        store.by(*keys, measure=measure)
