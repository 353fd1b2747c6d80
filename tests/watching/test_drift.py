"""What became otherwise is told, and chance is not, though the figures of one file hang together."""

import json
import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.watching import drift as drifting
from hedui.watching.drift import drift, false_discovery, stability
from hedui.watching.population import FEATURES, plain_population, population_of, read_population, together
from hedui.watching.words import feature, sentence


def test_a_planted_change_is_told_and_nothing_else(files):
    found = drift(population_of(files(1, 200, lacks_rate=0.05)), population_of(files(2, 200, lacks_rate=0.3)))
    assert [shift.name for shift in found.notable] == ["gaps.rate"]
    [shift] = found.notable
    assert 0.01 < shift.before < 0.1 and 0.2 < shift.now < 0.4 and shift.q < 1e-6
    chinese, english = sentence(shift)
    assert chinese.startswith("缺执行率的报告：本批") and chinese.endswith("较上次多") and "reports without an execution rate" in english


def test_chance_is_told_in_few_runs_of_a_hundred(files):
    """Files are mostly amounts or mostly rates: a test that took figures for independent would alarm nearly always."""
    everything, chance = files(7, 160), random.Random(5)
    alarms = naive = 0
    for _ in range(40):
        chance.shuffle(everything)
        one, other = population_of(everything[:80]), population_of(everything[80:])
        alarms += bool(drift(one, other).notable)
        counts = np.array([one.total.counts["mentions"], other.total.counts["mentions"]], dtype=float)
        expected = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
        naive += ((counts - expected) ** 2 / expected).sum() > 24.3  # chi-square of 7 degrees, p < 0.001
    assert alarms <= 4 < 13 < naive


def test_too_few_files_are_not_compared(files):
    few = drift(population_of(files(1, 29)), population_of(files(2, 200, lacks_rate=0.9)))
    assert few.few and few.shifts == () and not drift(population_of(files(1, 30)), population_of(files(2, 200))).few


def test_a_feature_that_hardly_any_file_has_is_not_tested(files):
    found = drift(population_of(files(1, 60, lacks_rate=0)), population_of(files(2, 60, lacks_rate=0.1)))
    assert "gaps.rate" not in {shift.name for shift in found.shifts} and found.shifts


def test_what_is_sure_and_small_is_not_told(files):
    def with_amounts(profiles, mean):
        counts = [(mean + (-1) ** at, 100, *[0] * 6) for at in range(len(profiles))]
        return population_of(replace(one, counts={**one.counts, "mentions": of}) for one, of in zip(profiles, counts, strict=True))

    found = drift(with_amounts(files(1, 200), 100), with_amounts(files(1, 200), 104))
    [small] = [shift for shift in found.shifts if shift.name == "mentions.AMOUNT"]
    assert small.q < 1e-6 and not small.notable and found.notable == ()
    found = drift(with_amounts(files(1, 200), 100), with_amounts(files(1, 200), 140))
    assert {shift.name for shift in found.notable} >= {"mentions.AMOUNT", "mentions.RATE"}


def test_moments_and_variance_are_those_of_the_definition(files):
    profiles = files(3, 50)
    held = population_of(profiles)
    y = np.array([one.counts["mentions"][0] for one in profiles], dtype=float)
    x = np.array([sum(one.counts["mentions"]) for one in profiles], dtype=float)
    told = held.moments["mentions.AMOUNT"]
    assert (told.y, told.x, told.yy, told.xy, told.xx, told.files) == (y.sum(), x.sum(), (y * y).sum(), (x * y).sum(), (x * x).sum(), 50)
    ratio = y.sum() / x.sum()
    assert drifting.spread(told, 50, ratio) == pytest.approx(50 / 49 * ((y - ratio * x) ** 2).sum() / x.sum() ** 2)
    mean = held.moments["sure_checks"]
    bins = np.array([one.counts["sure_checks"] for one in profiles]).sum(0)
    assert mean.y / mean.x / 40 == pytest.approx((bins * (np.arange(20) + 0.5) / 20).sum() / bins.sum())


def test_parts_and_order_make_no_difference(files, monkeypatch):
    profiles = files(4, 30)
    whole = population_of(profiles)
    monkeypatch.setattr("hedui.watching.population.AT_ONCE", 7)
    assert whole == population_of(reversed(profiles)) == together(population_of(profiles[:11]), population_of(profiles[11:]))
    assert sum(whole.lengths) == whole.files == 30


def test_a_population_comes_back_from_json(files):
    held = population_of(files(5, 12))
    text = json.dumps(plain_population(held))
    assert read_population(json.loads(text)) == held and len(text) < 12_000
    assert read_population(None) is None and read_population(json.loads(text) | {"total": '{"v":0}'}) is None


def test_every_feature_has_words():
    assert all(all(feature(name)) for name in FEATURES) and len({feature(name) for name in FEATURES}) == len(FEATURES)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.001, 0.999))
def test_what_is_told_at_a_rate_is_what_the_procedure_tells(chances, rate):
    """Benjamini and Hochberg: with the largest k for which the k-th smallest p is at most k/m of the rate, the k smallest."""
    ranked = sorted(chances)
    told = max((k for k, p in enumerate(ranked, 1) if p * len(ranked) / k <= rate), default=0)
    found = false_discovery(chances)
    assert sorted(p for p, q in zip(chances, found, strict=True) if q <= rate) == ranked[:told]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=20))
def test_stability_is_symmetric_and_nought_for_the_same(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert stability(one, other) == pytest.approx(stability(other, one)) and stability(one, other) >= -1e-12
    assert stability(one, one) == 0 and math.isfinite(stability(one, other))
