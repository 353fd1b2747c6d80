"""Confidences put right by what people decided: as far as the decisions go, weighed as a sample."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.confidence.calibrator import Calibrator, Weights
from hedui.confidence.recalibrating import Decision, Scale, cross_fitted, held_by, rescaled, scale_of


def decided(told, right, count, *, kind="record.fund", weight=1.0):
    """`count` decisions, the share `right` of them right, over ten reports."""
    return [Decision(source=f"s{n % 10}", kind=kind, told=told, right=(n * 7919) % count < right * count, weight=weight) for n in range(count)]


def test_nothing_decided_changes_nothing():
    assert scale_of([]) == Scale() and Scale().probability("record.fund", 0.8) == pytest.approx(0.8)


@pytest.mark.parametrize("told, right", [(0.9, 0.6), (0.6, 0.9), (0.8, 0.8)])
def test_many_decisions_are_believed(told, right):
    assert scale_of(decided(told, right, 1000)).probability("record.fund", told) == pytest.approx(right, abs=0.02)


@pytest.mark.parametrize("count, low, high", [(1, 0.8, 0.88), (5, 0.5, 0.75), (500, 0.0, 0.05)])
def test_few_decisions_change_little(count, low, high):
    assert low < scale_of(decided(0.9, 0.0, count)).probability("record.fund", 0.9) < high


def test_a_kind_departs_from_its_family():
    scale = scale_of([*decided(0.9, 0.9, 400), *decided(0.9, 0.5, 400, kind="record.indicator")])
    assert scale.probability("record.fund", 0.9) > 0.8 > 0.65 > scale.probability("record.indicator", 0.9)


def test_what_was_drawn_seldom_counts_for_more():
    """All doubted records are looked at and a tenth of the others: the weighted share that is right is that of all, the plain one is not."""
    rng = random.Random(5)
    true = [(0.7, rng.random() < 0.6) for _ in range(400)] + [(0.95, rng.random() < 0.97) for _ in range(8000)]
    seen = [Decision(source=str(n % 50), kind="record.fund", told=told, right=right, weight=1.0 if told < 0.9 else 10.0)
            for n, (told, right) in enumerate(true) if told < 0.9 or rng.random() < 0.1]
    held = held_by(seen, [one.told for one in seen])
    whole = sum(right for _, right in true) / len(true)
    plain = sum(one.right for one in seen) / len(seen)
    assert abs(held.right - whole) < 2 * held.error < 0.03 and abs(plain - whole) > 0.05


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.01, 0.99), st.booleans()), min_size=1, max_size=30), st.floats(0.1, 50))
def test_only_how_weights_compare_matters(told, times):
    one = [Decision(source=s, kind="record.fund", told=p, right=r) for s, p, r in told]
    more = [Decision(source=s, kind="record.fund", told=p, right=r, weight=times) for s, p, r in told]
    assert scale_of(one).shift == pytest.approx(scale_of(more).shift, abs=1e-3)
    assert held_by(one, [x.told for x in one]).brier == pytest.approx(held_by(more, [x.told for x in one]).brier)


def test_a_report_is_put_right_by_others():
    lone = [Decision(source="a", kind="record.fund", told=0.9, right=False) for _ in range(50)]
    others = [Decision(source=s, kind="record.fund", told=0.9, right=True) for s in "bcdef" for _ in range(50)]
    told = cross_fitted([*lone, *others])
    assert min(told[:50]) > 0.9 and cross_fitted(lone) == pytest.approx([0.9] * 50)


@pytest.mark.parametrize("knots", [(), ((-2.0, 0.1), (2.0, 0.9))])
def test_the_weights_tell_what_the_scale_says(knots):
    weights = {"record.fund": Weights(bias=1.0, signals={"held": 0.5}, knots=knots), "fund": Weights(bias=1.0, signals={})}
    scale = Scale(slope=0.8, shift=-0.5, kinds={"record.fund": -0.2})
    found = Calibrator(weights=rescaled(weights, scale, kinds=frozenset({"record.fund"})))
    for held in (-6.0, 2.0):
        before = weights["record.fund"].probability({"held": held})
        assert found.probability("record.fund", {"held": held}) == pytest.approx(scale.probability("record.fund", before), abs=1e-9)
    assert found.weights["fund"] == weights["fund"] and math.isclose(found.probability("fund", {}), weights["fund"].probability({}))
