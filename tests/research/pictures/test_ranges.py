"""Intervals against libraries and known figures."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.research.pictures.ranges import correlation_range, mean_range, ratio_range, share_range, student

stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 30, 1000])
def test_t_is_that_of_the_tables(degrees):
    assert student(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=2e-3)


@pytest.mark.parametrize("hits, n", [(0, 5), (5, 5), (3, 17), (500, 1000)])
def test_shares_are_wilsons(hits, n):
    low, high = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert (share_range(hits, n).low, share_range(hits, n).high) == pytest.approx((low, high))


def test_means_and_correlations_are_those_of_scipy():
    xs, ys = [1, 5, 2, 8, 4, 9], [2, 4, 3, 7, 9, 8]
    found = mean_range(xs)
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, 5, loc=sum(xs) / 6, scale=stats.sem(xs)), rel=2e-3)
    r = stats.pearsonr(xs, ys)
    between = r.confidence_interval(0.95)
    told = correlation_range(xs, ys)
    assert (told.value, told.low, told.high) == pytest.approx((r.statistic, between.low, between.high))
    assert correlation_range([1, 1, 1, 1], ys[:4]) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.decimals(1, 1000, places=2), st.decimals(1, 1000, places=2)), min_size=2, max_size=20))
def test_a_ratio_of_sums_does_not_hang_on_the_unit(pairs):
    parts, wholes = zip(*pairs, strict=True)
    one, other = ratio_range(parts, wholes), ratio_range([part * 10000 for part in parts], [whole * 10000 for whole in wholes])
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), abs=1e-9)
    assert one.value == pytest.approx(float(sum(parts, Decimal(0)) / sum(wholes, Decimal(0))))
