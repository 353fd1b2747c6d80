"""The fit of the calibrator: it learns what tells right from wrong, and says nothing where it cannot know."""

import importlib
import json
import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="scikit-learn is needed to fit weights")
HERE = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def fitting():
    sys.path.insert(0, str(HERE))
    yield importlib.import_module("fit_calibrator")
    sys.path.remove(str(HERE))


def drawn(fitting, *, sources=8, of=100, share=0.9, gain=0.5, kind="fund"):
    """Items that are right nine times in ten with the signal `held` and four times in ten without."""
    noise = random.Random(5)
    items = []
    for source in range(sources):
        for _ in range(of):
            held = float(noise.random() < 0.6)
            right = noise.random() < share - (1 - held) * gain
            items.append(fitting.Item(source=f"{source}.txt", kind=kind, right=right,
                                      signals={"held": held, "noise": noise.random()}))
    return items


def test_what_tells_right_from_wrong_gets_its_weight(fitting):
    weights = fitting.fit(drawn(fitting))
    assert weights.probability({"held": 1.0, "noise": 0.5}) == pytest.approx(0.9, abs=0.04)
    assert weights.probability({"held": 0.0, "noise": 0.5}) == pytest.approx(0.4, abs=0.06)
    assert abs(weights.signals["noise"]) < weights.signals["held"] / 4


def test_sources_left_out_are_told_better_than_by_the_plain_share(fitting):
    from hedui.evaluate import brier, calibration_error

    held = fitting.held_out(drawn(fitting, sources=5, of=80))
    assert brier(held.told, held.right) < brier(held.plain, held.right) - 0.03
    assert calibration_error(held.told, held.right, bins=4) < 0.06
    assert len(held.right) == 400 and held.sources == 5


@pytest.mark.parametrize("change", [{"share": 1.0, "gain": 0.0}, {"sources": 2}])
def test_where_errors_are_few_the_share_is_all_there_is(fitting, change):
    items = drawn(fitting, **change)
    weights = fitting.fit(items)
    assert weights.signals == {}
    share = (sum(item.right for item in items) + 1) / (len(items) + 2)
    assert weights.probability({"held": 1.0}) == pytest.approx(share)
    assert weights.high < 1.0


def test_weights_and_card_are_written_for_every_kind(fitting, tmp_path):
    from hedui.confidence import load_calibrator

    items = [*drawn(fitting, sources=4), *drawn(fitting, sources=4, share=1.0, gain=0.0, kind="score")]
    kinds = fitting.by_kind(items)
    weights = {kind: fitting.fit(of) for kind, of in kinds.items()}
    (tmp_path / "weights.json").write_text(fitting.weights_json(weights), encoding="utf-8")
    assert set(json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))["weights"]) == {"fund", "score"}
    read = load_calibrator(tmp_path / "weights.json")
    assert read.probability("fund", {"held": 1.0}) == pytest.approx(weights["fund"].probability({"held": 1.0}), abs=1e-4)
    card = fitting.card({kind: fitting.held_out(of) for kind, of in kinds.items()}, weights, ["0.txt", "1.txt"])
    assert "| fund | 400 | 4 |" in card and "0.txt、1.txt" in card and "常数 constant" in card
