"""The fit of the calibrator: it learns what tells right from wrong, kinds share strength, sources are tried unseen."""

import random
import subprocess
import sys

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is needed to fit weights")

from hedui.confidence import Item, load_calibrator, weights_json
from hedui.confidence.fitting import fit, held_out, isotonic, scale_of
from hedui.confidence.pooling import folds_of
from hedui.evaluate import brier, calibration_error


def drawn(*, sources=5, of=60, share=0.9, gain=0.5, kind="fund", groups=None):
    """Items that are right nine times in ten with the signal `held` and four times in ten without."""
    noise = random.Random(5)
    items = []
    for source in range(sources):
        for i in range(of):
            held = float(noise.random() < 0.6)
            items.append(Item(source=f"{source}.txt", kind=kind, right=noise.random() < share - (1 - held) * gain, id=f"{kind}/{source}/{i}",
                              signals={"held": held, "noise": noise.random()}, groups=(groups or {}).get(source, {})))
    return items


def test_what_tells_right_from_wrong_gets_its_weight():
    weights = fit(drawn())["fund"]
    assert weights.probability({"held": 1.0, "noise": 0.5}) == pytest.approx(0.9, abs=0.05)
    assert weights.probability({"held": 0.0, "noise": 0.5}) == pytest.approx(0.4, abs=0.08)
    assert abs(weights.signals["noise"]) < weights.signals["held"] / 4


def test_sources_left_out_are_told_better_than_by_the_plain_share():
    items = drawn(sources=5)
    told, right = held_out(items), [item.right for item in items]
    share = sum(right) / len(right)
    assert brier(told, right) < brier([share] * len(right), right) - 0.03
    assert calibration_error(told, right, bins=4) < 0.08


def test_a_kind_with_few_items_borrows_from_its_family():
    items = [*drawn(), *drawn(of=3, kind="score")]
    weights = fit(items)
    assert weights["score"].probability({"held": 1.0}) > weights["score"].probability({"held": 0.0}) + 0.2
    assert weights["score"].low > weights["fund"].low and weights["score"].high < weights["fund"].high


def test_nothing_is_told_as_certain():
    weights = fit(drawn(share=1.0, gain=0.0))["fund"]
    assert 0.97 < weights.probability({"held": 1.0}) <= weights.high < 1.0
    few, many = fit(drawn(sources=3, share=1.0, gain=0.0))["fund"], fit(drawn(sources=12, share=1.0, gain=0.0))["fund"]
    assert few.high < many.high


def test_a_record_is_as_sure_as_its_claims_let_it_be():
    claims = drawn()
    records = [Item(source=c.source, kind="record.fund", right=c.right, id=f"r{c.id}", signals={}, parts=(c.id,)) for c in claims]
    weights = fit([*claims, *records])["record.fund"]
    assert weights.signals["worst"] + weights.signals["best"] > 0.1
    told = held_out([*claims, *records])[len(claims):]
    sure = [p for p, c in zip(told, claims, strict=True) if c.signals["held"]]
    unsure = [p for p, c in zip(told, claims, strict=True) if not c.signals["held"]]
    assert min(sure) > max(unsure)


def test_a_group_is_left_out_whole():
    odd = {0: {"province": "甲"}, 1: {"province": "甲"}}
    items = [*drawn(sources=4, groups=odd)]
    wrong = [Item(source=i.source, kind=i.kind, signals={**i.signals, "odd": 1.0}, right=False, id=i.id, groups=i.groups)
             if i.groups else i for i in items]
    by_source, by_province = held_out(wrong), held_out(wrong, by="province")
    of = [n for n, item in enumerate(wrong) if item.groups]
    assert sum(by_source[n] for n in of) < sum(by_province[n] for n in of) - 0.2 * len(of)


def test_folds_keep_sources_whole():
    items = drawn(sources=7, of=5)
    folds = folds_of(items, 3)
    assert len({(item.source, fold) for item, fold in zip(items, folds, strict=True)}) == 7
    assert len(set(folds)) == 3


def test_a_bent_scale_is_found_by_isotonic_regression():
    import numpy as np

    noise = np.random.default_rng(3)
    odds = noise.uniform(-3, 3, 4000)
    right = (noise.random(4000) < np.where(odds > 0, 0.95, 0.6)).astype(float)
    slope, shift, knots = scale_of(odds, right, np.ones(4000), np.arange(4000) % 5)
    assert (slope, shift) == (1.0, 0.0) and knots == isotonic(odds, right, np.ones(4000))
    straight = (noise.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    slope, shift, knots = scale_of(odds, straight, np.ones(4000), np.arange(4000) % 5)
    assert knots == () and slope == pytest.approx(1.0, abs=0.15) and abs(shift) < 0.15


def test_the_same_items_give_the_same_file_and_it_reads_back(tmp_path):
    items = [*drawn(sources=4), *drawn(sources=4, share=1.0, gain=0.0, kind="score")]
    weights = fit(items)
    assert weights_json(weights) == weights_json(fit(items))
    (tmp_path / "weights.json").write_text(weights_json(weights), encoding="utf-8")
    read = load_calibrator(tmp_path / "weights.json")
    for signals in ({"held": 1.0}, {"held": 0.0, "noise": 0.3}):
        assert read.probability("fund", signals) == pytest.approx(weights["fund"].probability(signals), abs=1e-3)


def test_one_source_is_refused():
    with pytest.raises(ValueError, match="two sources"):
        fit(drawn(sources=1))


def test_running_needs_no_library_of_models():
    code = "import sys, hedui.confidence, hedui.evaluate; print([m for m in ('sklearn', 'matplotlib', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
