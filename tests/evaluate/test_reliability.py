"""Figures of trust by type and shift, their pictures, and the calibrator's card, which says what its metrics say."""

import json
import random
from pathlib import Path

import pytest

from hedui.evaluate import Judged, reliabilities, reliability_json
from hedui.evaluate.calibration_card import calibration_card

MODEL = Path(__file__).parents[2] / "models" / "calibrator"


def judged(*, bent=0.0, kind="record.fund", form="text"):
    noise = random.Random(2)
    told = [noise.random() for _ in range(2000)]
    return [Judged(source=str(i % 4), kind=kind, told=p, right=noise.random() < p - bent, groups={"form": form}) for i, p in enumerate(told)]


def test_figures_by_family_kind_and_shift():
    found = reliabilities([*judged(), *judged(kind="fund", bent=0.3, form="scan"), *judged(kind="score")[:5]])
    assert set(found) == {"claim", "fund", "score", "record", "record.fund", "record@form=text", "claim@form=scan"}
    assert found["record"].ece < 0.04 < 0.2 < found["fund"].ece
    assert found["record.fund"].sources == 4 and found["record.fund"].items == 2000
    assert sum(count for _, _, count in found["fund"].bins) == 2000


def test_pictures_are_png_and_the_same_each_time(tmp_path):
    pytest.importorskip("matplotlib")
    from hedui.evaluate.pictures import write_pictures

    found = reliabilities(judged())
    paths = write_pictures(found, tmp_path / "a")
    assert [p.name for p in paths] == ["reliability.png", "risk_coverage.png", "shift.png"]
    for path in paths:
        assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" and path.stat().st_size > 5000
    assert [p.read_bytes() for p in paths] == [p.read_bytes() for p in write_pictures(found, tmp_path / "b")]


def test_the_card_says_what_the_metrics_say():
    metrics = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))
    assert (MODEL / "card.md").read_text(encoding="utf-8") == calibration_card(metrics)
    assert metrics["types"]["record"]["ece"] <= 0.03 and metrics["types"]["mention"]["ece"] <= 0.03


@pytest.mark.parametrize("name, one", list(json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))["types"].items()))
def test_laws_of_the_figures(name, one):
    assert 0 <= one["ece"] <= 1 and 0 <= one["brier"] <= 1 and 0 <= one["aurc"] <= 1
    assert abs(one["mean"] - one["right"]) <= one["ece"] + 1e-4, "bins lie apart at least as far as all of them together"
    assert one["coverage"] == 1 or one["right"] < 0.99, "what is right 99 times in 100 is covered whole"
    assert one["precision_low"] < one["right"] if one["coverage"] == 1 else one["precision_low"] < 1


def test_chinese_names_of_panels_need_no_chinese_font(tmp_path, recwarn):
    pytest.importorskip("matplotlib")
    from hedui.evaluate.drawings import reliability_png

    assert reliability_png(reliabilities([Judged(source="a", kind="fund", told=0.5, right=i % 2 == 0, groups={"province": "四川"})
                                          for i in range(40)]))
    assert [one for one in recwarn if "Glyph" in str(one.message)] == []


def test_equal_probabilities_are_not_parted_into_right_and_wrong():
    told = reliabilities([Judged(source="a", kind="fund", told=0.7, right=i % 10 < 7) for i in range(100)])["fund"]
    assert told.ece < 1e-9 and len(told.bins) == 10


def test_figures_are_plain_data():
    told = reliability_json(reliabilities(judged()))
    assert json.loads(json.dumps(told)) == told
