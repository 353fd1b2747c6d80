"""Figures with ranges: classical where everything is certain, honest where it is not, exact where it is money."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from hedui.confidence.recalibrating import Decision, scale_of
from hedui.errors import UsageError
from hedui.research.doubt import correlation, difference, fit_errors, mean, median, quantile, ratio, share, slope, total


def drawn(n: int = 60, seed: int = 1, *, rows: int = 1, sure: float | None = None) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    x = rng.normal(5, 1, n)
    frame = pd.DataFrame({"report": [f"r{i // rows:03d}" for i in range(n)], "x": x, "y": 2 * x + rng.normal(0, 1, n), "yes": x > 5,
                          "group": np.where(np.arange(n) % 2, "市", "县"), "confidence": rng.uniform(0.6, 1, n) if sure is None else sure})
    return frame.assign(money=[Decimal(int(v * 1000)) / 100 for v in x])


def test_of_certain_symmetric_values_it_is_about_student_s_interval():
    frame = pd.DataFrame({"report": range(20), "x": [*range(10), *(-n for n in range(10))], "confidence": 1.0})
    found = mean(frame, "x")
    half = student.ppf(0.975, 19) * frame["x"].std() / 20**0.5
    assert (found.value, found.low, found.high) == pytest.approx((0.0, -half, half), rel=0.05, abs=0.05)


def test_money_is_skewed_and_the_interval_longer_on_its_side():
    rng = np.random.default_rng(3)
    found = mean(pd.DataFrame({"report": range(80), "x": rng.lognormal(0, 1.5, 80), "confidence": 1.0}), "x")
    assert found.high - found.value > 1.5 * (found.value - found.low)


@pytest.mark.parametrize("sign, least", [(1, 0.0), (-1, None)])
def test_what_is_never_negative_is_not_negative_altogether(sign, least):
    money = [*(sign * one for one in (1.0, 1.5, 2.0)), 900.0]
    frame = pd.DataFrame({"report": range(4), "paid": money, "planned": [2.0, 2.0, 2.0, 950.0], "confidence": 1.0})
    found = [one.low for one in (mean(frame, "paid"), total(frame, "paid", population=None), ratio(frame, "paid", "planned"))]
    assert all(low >= least for low in found) and 0.0 in found if least is not None else min(found) < 0


def test_of_many_reports_it_is_student_s_interval():
    frame = pd.DataFrame({"report": range(3000), "x": np.random.default_rng(5).normal(0, 1, 3000), "confidence": 1.0})
    half = student.ppf(0.975, 2999) * frame["x"].std() / 3000**0.5
    found = mean(frame, "x")
    assert (found.low, found.high) == pytest.approx((found.value - half, found.value + half))
    assert found.n_effective == pytest.approx(2999) and found.model == found.extraction == 0


def test_certain_figures_are_the_plain_ones():
    frame = drawn(sure=1.0)
    line = np.polyfit(frame["x"], frame["y"], 1)
    assert slope(frame, "y", "x").value == pytest.approx(line[0])
    assert correlation(frame, "x", "y").value == pytest.approx(np.corrcoef(frame["x"], frame["y"])[0, 1])
    assert "离群" in slope(frame, "y", "x").note and "离群" in correlation(frame, "x", "y").note and not mean(frame, "x").note
    assert ratio(frame, "y", "x").value == pytest.approx(frame["y"].sum() / frame["x"].sum())
    assert share(frame, "yes").value == pytest.approx(frame["yes"].mean())
    apart = frame.groupby("group")["x"].mean()
    assert difference(frame, "x", "group", "县", "市").value == pytest.approx(apart["县"] - apart["市"])
    assert median(frame, "x").value == sorted(frame["x"])[29]


def test_money_is_exact_where_it_is_certain():
    frame = pd.DataFrame({"report": ["a", "b", "c"], "yuan": [Decimal("99999999999999999.01"), Decimal("0.02"), None], "confidence": 1.0})
    found = total(frame, "yuan")
    assert found.value == found.low == found.high == found.as_read == Decimal("99999999999999999.03")
    assert isinstance(mean(frame, "yuan").value, Decimal)


def test_doubt_widens_the_total_and_leaves_what_was_read_beside_it():
    frame = drawn()
    found = total(frame, "money")
    assert found.as_read == sum(frame["money"]) and found.low < found.value < found.high
    assert found.extraction > 0 and found.sampling == 0
    assert total(frame, "money", population=None).sampling > 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.001, 3.0, 1e9]))
def test_order_says_nothing_and_scale_carries_over(seed, by):
    frame = drawn(24, seed, rows=3)
    mixed = frame.sample(frac=1, random_state=seed)
    for ask in (lambda f: mean(f, "x"), lambda f: ratio(f, "x", "y"), lambda f: correlation(f, "x", "y"), lambda f: share(f, "yes")):
        one, other = ask(frame), ask(mixed)
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), rel=1e-9)
    one, other = mean(frame, "x"), mean(frame.assign(x=frame["x"] * by), "x")
    assert (other.value, other.low, other.high) == pytest.approx((one.value * by, one.low * by, one.high * by), rel=1e-9)


def test_ranges_shrink_as_reports_come_in_and_not_with_rows_of_the_same_report():
    narrow, wide = mean(drawn(400), "x"), mean(drawn(40), "x")
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2
    once = drawn(40, sure=1.0)
    again = pd.concat([once] * 5)
    assert mean(again, "x").error == pytest.approx(mean(once, "x").error)
    assert mean(again, "x").n_effective == pytest.approx(mean(once, "x").n_effective)


def test_a_population_that_is_here_leaves_misreading_alone():
    frame = drawn(50)
    all_of_them = mean(frame, "x", population="these")
    part = mean(frame, "x", population=100)
    assert all_of_them.sampling == 0 and all_of_them.extraction > 0
    assert part.sampling == pytest.approx(mean(frame, "x").sampling / 2**0.5)


def test_less_sure_rows_count_less():
    frame = pd.DataFrame({"report": ["a", "b", "c"], "x": [1.0, 1.0, 9.0], "confidence": [0.9, 0.9, 0.1]})
    assert mean(frame, "x").value == pytest.approx((0.9 + 0.9 + 0.9) / 1.9)
    assert mean(frame, "x").as_read == pytest.approx(11 / 3)


def test_shares_of_all_and_none_stay_within_bounds():
    frame = pd.DataFrame({"report": range(30), "all": True, "none": False, "confidence": 1.0})
    assert share(frame, "all").high == 1 and 0.8 < share(frame, "all").low < 1
    assert share(frame, "none").low == 0 and 0 < share(frame, "none").high < 0.2


def known(n: int, seed: int) -> pd.DataFrame:
    """Yes and no of which one in five is misread, a yes more often than a no, and the confidence says one in twenty."""
    rng = np.random.default_rng(seed)
    true = rng.random(n) < 0.7
    wrong = rng.random(n) < np.where(true, 0.25, 0.1)
    return pd.DataFrame({"report": np.arange(n), "true": true.astype(float), "read": (true ^ wrong).astype(float), "confidence": 0.95})


def test_a_model_fitted_on_known_readings_puts_the_share_right():
    frame = known(4000, 2)
    plain, fitted = share(frame, "read"), share(frame, "read", errors=fit_errors(known(6000, 3), flips=True))
    assert plain.high < 0.65 and fitted.low < frame["true"].mean() < fitted.high
    assert fitted.model > 0


def test_the_fit_is_that_of_the_desk_s_recalibration():
    frame = known(300, 4)
    found = fit_errors(frame, flips=True).scale
    asked = scale_of([Decision(source="", kind=str(int(x > 0.5)), told=p, right=x == y) for x, y, p in zip(
        frame["read"], frame["true"], frame["confidence"], strict=True)])
    assert (found.slope, found.of("0"), found.of("1")) == pytest.approx((asked.slope, asked.of("0"), asked.of("1")), abs=1e-3)


@pytest.mark.parametrize("ask, told", [
    (lambda f: mean(f, "z"), "z"), (lambda f: mean(f, "group"), "group"), (lambda f: share(f, "x"), "x"), (lambda f: mean(f, "x", level=95), "level"),
    (lambda f: mean(f, "x", confidence="y"), "y"), (lambda f: mean(f, "x", population=3), "population"), (lambda f: quantile(f, "x", 50), "q"),
    (lambda f: difference(f, "x", "group", "县", "省"), "省"), (lambda f: mean(f, "x", cluster="unit"), "unit"),
    (lambda f: mean(f, "x", errors=fit_errors(known(50, 1), flips=True)), "errors"),
])
def test_what_cannot_be_asked_is_told_in_a_line(ask, told):
    with pytest.raises(UsageError, match=told) as raised:
        ask(drawn())
    assert "\n" not in str(raised.value)


def test_nothing_gives_nothing():
    found = mean(drawn().assign(x=np.nan), "x")
    assert found.n == 0 and found.value != found.value and "–" in str(found)
