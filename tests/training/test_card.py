"""Metrics become tables and a card; README is filled between markers; what is committed matches."""

import hashlib
import json
from pathlib import Path

import pytest

from hedui.errors import UsageError
from hedui.training.card import card_of
from hedui.training.card_tables import figures_table, policy_table, table
from hedui.training.fill import TABLES, fill, main
from hedui.training.measures import figure_of, held_figures, pooled_figures, shown_figures

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "hedui_zh"


def one(value, counts, worst=None):
    return {"value": value, "counts": counts, "claims": [value - 0.1, value], "sources": None, "worst": worst}


FIGURES = {"rules": {"mentions.ORG": one(0.8, [8, 10, 10]), "scores": one(1.0, [30, 30, 30])},
           "model": {"mentions.ORG": one(0.7, [7, 10, 10]), "scores": one(1.0, [30, 30, 30])},
           "precise": {"mentions.ORG": one(0.75, [7, 10, 10])},
           "both": {"mentions.ORG": one(0.9, [27, 30, 30], [0.8, "a.txt"]), "scores": one(1.0, [30, 30, 30])}}
CALIBRATION = {name: {"items": 40, "sources": 2, "right": 0.9, "mean": 0.9, "ece": 0.02, "brier": 0.05, "aurc": 0.0123, "coverage": 0.7,
                      "precision_low": 0.96}
               for name in ("mention", "mention.ORG")}
METRICS = {
    "schema": "hedui-metrics/2", "version": "9.9", "date": "2026-01-02", "encoder": None, "without": [], "tuned": [],
    "plan": {"name": "quick", "seed": 7, "base": {"network": {"lexical": False, "layers": 1, "width": 64}}},
    "data": {name: {"reports": 3, "characters": 3000, "windows": 30, "tags": 40, "links": 9} for name in ("made", "gold")},
    "folds": [{"name": "1", "out": ["a.txt", "b.txt"]}, {"name": "2", "out": ["c.txt"]}],
    "figures": {"all": FIGURES}, "calibration": CALIBRATION,
    "by_source": {"a.txt": {"rules": {"funds": [3, 3, 3]}, "both": {"funds": [3, 4, 3]}}},
    "likeness": {"a.txt": {"characters": 0.9, "pairs": 0.5, "distinct_4": 0.3, "running_4": 0.4, "copied_12": 0.0123}},
    "policy": [{"kind": "ORG", "action": "add", "cases": 9, "righter": 7, "wronger": 1, "threshold": 0.6, "acted": 8, "gained": 7, "lost": 1,
                "sources": 2},
               {"kind": "TITLE", "action": "drop", "cases": 3, "righter": 1, "wronger": 2, "threshold": None, "acted": 0, "gained": 0,
                "lost": 0, "sources": 1}],
    "shift": {"record@year left out": CALIBRATION["mention"]}, "ablation": {}, "drawings": ["shift.png"],
    "weights": {"sha256": "abc", "bytes": 1_500_000, "parameters": 700_000},
}


def test_tables():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n|---|---|\n| 1 | 2 |"
    shown = figures_table(FIGURES)
    assert "| 单位 bodies | 10 | 0.800 [0.700, 0.800] | 0.700 [0.600, 0.700] | 0.900 [0.800, 0.900] | +0.100 |" in shown
    assert "| 得分 scores | 30 | 1.000 [0.900, 1.000] |  | 1.000 [0.900, 1.000] | 0.000 |" in shown
    decided = policy_table(METRICS["policy"])
    assert "概率 ≥ 0.60 时用" in decided and "不用：没有胜过规则" in decided


def test_the_card_says_what_was_measured():
    card = card_of(METRICS)
    for said in ("2026-01-02", "hedui 9.9", "`abc`", "Apache-2.0", "a.txt、b.txt", "700,000", "1.5 MB", "a.txt 0.800", "0.900",
                 "a.txt：资金 funds 3/3/3 → 3/4/3", "| a.txt | 0.900 | 0.500 | 0.300 | 0.400 | 0.0123 |", "| 7/1 |", "0.0123", "optimistic",
                 "![shift.png](shift.png)", "record 记录，year left out", "against int8, in which it ships: 单位 bodies +0.050"):
        assert said in card
    assert card == card_of(json.loads(json.dumps(METRICS)))


def test_readme_is_filled_between_markers_alone():
    text = "前\n<!-- figures:reading -->\n旧\n<!-- /figures -->\n中\n<!-- figures:calibration -->\n<!-- /figures -->\n后\n"
    filled = fill(text, METRICS)
    assert filled.startswith("前\n<!-- figures:reading -->\n| 项目") and "旧" not in filled and filled.endswith("<!-- /figures -->\n后\n")
    assert fill(filled, METRICS) == filled


def test_a_page_is_filled_in_place(tmp_path, capsys):
    page, metrics = tmp_path / "page.md", tmp_path / "metrics.json"
    page.write_text("<!-- figures:calibration -->\n<!-- /figures -->\n", encoding="utf-8")
    metrics.write_text(json.dumps(METRICS), encoding="utf-8")
    assert main([str(page), str(metrics)]) == 0
    told = page.read_text(encoding="utf-8")
    assert "| mention 数字与名称 | 40 |" in told and "mention.ORG" not in told
    page.write_text("<!-- figures:nosuch -->\n<!-- /figures -->\n", encoding="utf-8")
    for args in ([str(page), str(metrics)], [str(page)], [str(page), str(tmp_path / "none.json")]):
        assert main(args) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("text", ["<!-- figures:nosuch -->\n<!-- /figures -->", "<!-- figures:reading -->\n"])
def test_wrong_markers_are_told(text):
    with pytest.raises(UsageError):
        fill(text, METRICS)


def test_figures_go_to_json_and_back():
    held = {"a": {"funds": ["f1", [[1, 1, 1, 3], [0, 1, 0, 1]]]}, "b": {"funds": ["f1", [[1, 1, 1, 5]]]}}
    figure = figure_of("funds", held["a"]["funds"])
    assert json.loads(json.dumps(held_figures({"funds": figure})))["funds"][0] == "f1"
    assert held_figures({"funds": figure}) == {"funds": ["f1", [[0, 1, 0, 1], [1, 1, 1, 3]]]}
    shown = shown_figures(pooled_figures(held, draws=50, seed=1))["funds"]
    assert shown["counts"] == [8, 9, 8] and shown["value"] == 0.9412 and shown["claims"][0] < shown["value"]


@pytest.mark.skipif(not (MODEL / "metrics.json").exists(), reason="no model is committed")
def test_committed_card_and_readme_match_the_metrics():
    metrics = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))
    assert (MODEL / "card.md").read_text(encoding="utf-8") == card_of(metrics)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert fill(readme, metrics) == readme
    assert [name for name in TABLES if f"<!-- figures:{name} -->" not in readme] == []


@pytest.mark.skipif(not (MODEL / "metrics.json").exists(), reason="no model is committed")
def test_the_committed_model_is_the_one_that_was_measured():
    weights = json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))["weights"]
    held = (MODEL / "hedui_network" / "network.safetensors").read_bytes()
    assert (hashlib.sha256(held).hexdigest(), len(held)) == (weights["sha256"], weights["bytes"])
    kept = [path for path in (ROOT / "models").rglob("*") if path.is_file() and ".work" not in str(path)]
    assert sum(path.stat().st_size for path in kept) < 25_000_000
