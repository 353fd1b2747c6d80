"""Spearman's rank correlation: that of scipy where all is certain, with a range that a few reports far out do not upset."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from hedui.research.doubt import Checked, correlation, rank_correlation
from hedui.research.doubt.assessing import sample_of
from hedui.research.doubt.ranks import of_rows
from hedui.research.doubt.smooth import pull_of

TRUE = 6 / np.pi * np.arcsin(0.6 / 2)  # of two normal columns with a correlation of 0.6 (Pearson 1907)


def drawn(n: int, seed: int, *, digits: int = 9, sure: float = 1.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, n)
    return pd.DataFrame({"report": [f"r{i:04d}" for i in range(n)], "x": x.round(digits), "confidence": sure,
                         "y": (0.6 * x + 0.8 * rng.normal(0, 1, n)).round(digits)})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([9, 1, 0]))
def test_of_certain_rows_it_is_that_of_scipy_ties_and_all(seed, digits):
    frame = drawn(40, seed, digits=digits)
    found = rank_correlation(frame, "x", "y")
    assert found.value == pytest.approx(found.as_read) == pytest.approx(spearmanr(frame["x"], frame["y"])[0])
    assert -1 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("digits", [9, 0])
def test_what_a_report_pulls_is_what_leaving_it_out_changes(digits):
    frame = drawn(200, 3, digits=digits)
    sample = sample_of(frame, ["x", "y"], options={})
    pulls = pull_of(sample.read, of_rows(sample.read)).reports
    whole = spearmanr(frame["x"], frame["y"])[0]
    left_out = [199 * (whole - spearmanr(frame["x"].drop(n), frame["y"].drop(n))[0]) for n in range(200)]
    assert pulls == pytest.approx(left_out - np.mean(left_out), abs=0.03 * np.std(left_out))


def test_only_order_counts():
    frame = drawn(60, 4)
    one, other = rank_correlation(frame, "x", "y"), rank_correlation(frame.assign(x=np.exp(3 * frame["x"])), "x", "y")
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))
    turned = rank_correlation(frame.assign(x=-frame["x"]), "x", "y")
    assert (turned.value, turned.low, turned.high) == pytest.approx((-one.value, -one.high, -one.low), abs=0.02)


def test_reports_far_out_do_not_carry_it():
    frame = drawn(300, 5)
    far = pd.concat([frame, pd.DataFrame({"report": ["a", "b"], "x": [40.0, -40.0], "y": [-40.0, 40.0], "confidence": 1.0})])
    assert correlation(far, "x", "y").value < -0.5
    assert rank_correlation(far, "x", "y").low < TRUE < rank_correlation(far, "x", "y").high
    assert "rank_correlation" in correlation(far, "x", "y").note and not rank_correlation(far, "x", "y").note


def test_what_was_checked_puts_it_right():
    hits = naive = 0
    for seed in range(40):
        true, rng = drawn(200, seed), np.random.default_rng(seed)
        read = true.assign(y=np.where(rng.random(200) < 0.3, rng.permutation(true["y"]), true["y"]), confidence=0.9)
        looked = Checked(frame=true.sample(60, random_state=seed))
        found = rank_correlation(read, "x", "y", checked=looked)
        hits += found.low <= TRUE <= found.high
        plain = rank_correlation(read, "x", "y", confidence=1.0)
        naive += plain.low <= TRUE <= plain.high
    assert hits >= 35 and naive < 20 and found.checked == 60


def test_nothing_gives_nothing():
    found = rank_correlation(drawn(20, 1).assign(x=np.nan), "x", "y")
    assert found.n == 0 and found.value != found.value
