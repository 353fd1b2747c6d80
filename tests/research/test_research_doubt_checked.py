"""What people checked puts readings right, as the closed forms of the papers do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hedui.errors import UsageError
from hedui.research.doubt import Checked, mean, median, ratio, share, to_check, total
from hedui.research.doubt.aggregates import MEAN
from hedui.research.doubt.assessing import sample_of
from hedui.research.doubt.checked import rectified
from hedui.research.doubt.resampling import as_few, carriers


def misread(n: int, looked: int, seed: int, *, off: float = 0.5) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """As read (too low by `off` on average), as it is, and what of that was checked."""
    rng = np.random.default_rng(seed)
    true = pd.DataFrame({"report": [f"r{i:04d}" for i in range(n)], "x": rng.normal(10, 2, n), "z": rng.normal(20, 1, n), "confidence": 1.0})
    read = true.assign(x=true["x"] - off + rng.normal(0, 0.5, n))
    return read, true, true.iloc[:looked]


def test_it_is_ppi_plus_plus():
    """Angelopoulos, Duchi & Zrnic 2023, example 1 and (13): of two samples apart, λ = Cov / ((1 + n/N) Var)."""
    read, true, checked = misread(500, 100, 1)
    f, y, unlabelled = read["x"][:100].to_numpy(), true["x"][:100].to_numpy(), read["x"][100:].to_numpy()
    tuning = np.cov(f, y, ddof=0)[0, 1] / ((1 + 100 / 400) * np.var(np.concatenate([f, unlabelled])))
    value = tuning * unlabelled.mean() + (y - tuning * f).mean()
    error = (tuning**2 * unlabelled.var() / 400 + (y - tuning * f).var() / 100) ** 0.5
    found = mean(read, "x", checked=Checked(frame=checked))
    assert found.value == pytest.approx(value, abs=0.3 * error)
    assert found.error == pytest.approx(error, rel=0.05)


def test_with_lambda_one_it_is_the_difference_estimator():
    read, true, checked = misread(300, 60, 2)
    sample = sample_of(read, ["x"], options={"checked": Checked(frame=checked)})
    found = rectified(sample.checked, MEAN, tuning=1.0)
    assert found.value == pytest.approx(read["x"].mean() + (true["x"] - read["x"])[:60].mean())


def test_it_finds_the_truth_where_readings_are_off_and_says_so():
    read, true, checked = misread(600, 80, 3)
    assert mean(read, "x").high < 10
    found = mean(read, "x", checked=Checked(frame=checked))
    assert found.low < 10 < found.high and found.checked == 80 and "PPI++" in found.method
    alone = mean(checked, "x")
    assert found.high - found.low < (alone.high - alone.low) * 0.7
    middle = median(read, "x", checked=Checked(frame=checked))
    assert middle.low < true["x"].median() < middle.high
    both = ratio(read, "x", "z", checked=Checked(frame=checked))
    assert both.low < 0.5 < both.high


def test_worthless_readings_leave_the_checked_ones():
    _, _, checked = misread(400, 100, 4)
    noise = pd.DataFrame({"report": [f"r{i:04d}" for i in range(400)], "x": np.random.default_rng(9).normal(0, 50, 400), "confidence": 1.0})
    found, alone = mean(noise, "x", checked=Checked(frame=checked)), mean(checked, "x")
    assert found.high - found.low == pytest.approx(alone.high - alone.low, rel=0.1)


def test_unequal_chances_are_made_up_for():
    """What looks wrong is looked at more often; weights put that right."""
    hits = naive = 0
    for seed in range(60):
        read, true, _ = misread(400, 0, seed)
        rng = np.random.default_rng(seed)
        chance = np.where(true["x"] > 11, 0.6, 0.15)
        looked = true.assign(weight=1 / chance)[rng.random(400) < chance]
        found = mean(read, "x", checked=Checked(frame=looked, weight="weight"))
        hits += found.low <= 10 <= found.high
        plain = mean(read.assign(x=0.0), "x", checked=Checked(frame=looked))
        naive += plain.low <= 10 <= plain.high
    assert hits >= 53 and naive < 30


def test_what_may_be_far_off_is_looked_at_first():
    rng = np.random.default_rng(11)
    true = pd.DataFrame({"report": range(300), "x": rng.lognormal(3, 1, 300)})
    wrong = rng.random(300) < 0.1
    read = true.assign(x=np.where(wrong, true["x"] * 10, true["x"]), confidence=np.where(wrong, 0.6, 0.98))
    chosen = to_check(read, "x", 60, seed=2)
    assert len(chosen) == 60 and (chosen["stands_for"] >= 1).all() and chosen["report"].is_monotonic_increasing
    assert wrong[chosen["report"]].mean() > 0.25 and chosen["stands_for"].sum() == pytest.approx(300, rel=0.2)
    assert chosen.equals(to_check(read, "x", 60, seed=2)) and not chosen.equals(to_check(read, "x", 60, seed=3))
    found = total(read, "x", checked=Checked(frame=true.merge(chosen), weight="stands_for"))
    even = total(read, "x", checked=Checked(frame=true.sample(60, random_state=2)))
    assert found.low < true["x"].sum() < found.high and found.error < 0.7 * even.error


def test_each_unit_is_chosen_as_often_as_it_says():
    rng = np.random.default_rng(12)
    read = pd.DataFrame({"report": range(40), "x": rng.lognormal(3, 1, 40), "confidence": rng.uniform(0.5, 1, 40)})
    times, weight = np.zeros(40), np.zeros(40)
    for seed in range(800):
        chosen = to_check(read, "x", 10, seed=seed)
        times[chosen["report"]] += 1
        weight[chosen["report"]] = chosen["stands_for"]
    assert times / 800 == pytest.approx(1 / weight, abs=0.06)


def test_of_few_reports_all_are_looked_at():
    read = pd.DataFrame({"report": ["a", "a", "b"], "x": [1.0, 2.0, np.nan], "confidence": [0.9, 0.8, np.nan]})
    assert to_check(read, "x", 5).to_dict("list") == {"report": ["a", "b"], "stands_for": [1.0, 1.0]}
    with pytest.raises(UsageError, match="至少"):
        to_check(read, "x", 1)
    with pytest.raises(UsageError, match="没有行"):
        to_check(read[:0], "x", 5)


def test_checks_that_met_no_misreading_do_not_make_a_total_certain():
    read = pd.DataFrame({"report": range(100), "x": np.arange(1.0, 101), "confidence": 0.9})
    found = total(read, "x", checked=Checked(frame=read.sample(30, random_state=1)))
    assert found.value == pytest.approx(5050, rel=0.02) and found.error > 50
    assert total(read.assign(confidence=1.0), "x", checked=Checked(frame=read.sample(30, random_state=1))).error == 0


@pytest.mark.parametrize("squares, count", [([1.0, 1.0] * 10, 20), ([1e4, 1, 1, 0], 1), ([0.0] * 9, 9), ([3.0], 1)])
def test_a_sum_is_known_as_well_as_those_who_carry_it(squares, count):
    assert carriers(np.array(squares)) == pytest.approx(count, rel=0.01)


@pytest.mark.parametrize("freedom, reach", [(20, 2.086), (2, 4.303), (1, 12.706), (0.2, 12.706)])
def test_tails_are_no_shorter_than_student_s(freedom, reach):
    assert as_few((-1.0, 2.0), freedom, 0.95) == pytest.approx((-reach, reach), rel=0.001)
    assert as_few((-40.0, 2.0), freedom, 0.95)[0] == -40


def test_what_one_checked_report_carries_is_hardly_known_on_either_side():
    read, true, _ = misread(200, 60, 10, off=0.0)
    true.loc[3, "x"] = read.loc[3, "x"] = 5000.0
    found = mean(read, "x", checked=Checked(frame=true[:60]))
    assert found.low == 0 and found.high - found.value > 12 * found.error
    even = mean(read.drop(3), "x", checked=Checked(frame=true[:60].drop(3)))
    assert max(even.value - even.low, even.high - even.value) < 2.5 * even.error


def test_facts_that_were_not_read_are_counted_in():
    read, true, _ = misread(200, 0, 8, off=0.0)
    left = read.assign(x=read["x"].where(np.arange(200) % 4 > 0))
    found = total(left, "x", checked=Checked(frame=true.iloc[:100]))
    assert found.low < true["x"].sum() < found.high and float(left["x"].sum()) < found.low


def test_single_rows_may_be_checked():
    rng = np.random.default_rng(6)
    read = pd.DataFrame({"id": range(600), "report": np.arange(600) // 6, "yes": rng.random(600) < 0.5, "confidence": 0.9})
    true = read.assign(yes=read["yes"] | (rng.random(600) < 0.4))
    found = share(read, "yes", checked=Checked(frame=true[rng.random(600) < 0.3], by="id"))
    assert found.low < 0.7 < found.high and found.checked > 50 and share(read, "yes").high < 0.62


@pytest.mark.parametrize("checked, told", [
    (lambda f: Checked(frame=f[:1]), "两份"), (lambda f: Checked(frame=f[:9], by="id"), "id"),
    (lambda f: Checked(frame=f[:9].assign(w=0.5), weight="w"), "权重"),
])
def test_what_cannot_be_used_is_told(checked, told):
    read, true, _ = misread(20, 0, 7)
    with pytest.raises(UsageError, match=told):
        mean(read, "x", checked=checked(true))
