"""The guard of the figures: it lets noise pass and nothing that got worse."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "check_baseline.py"
spec = importlib.util.spec_from_file_location("check_baseline", SCRIPT)
check_baseline = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_baseline)

BASELINE = {"mentions": 0.98, "bad_spans": 0.0, "checks.holds.wrong": 1.0}


@pytest.mark.parametrize("change, fallen", [
    ({}, 0), ({"mentions": 0.975}, 0), ({"mentions": 0.9749}, 1), ({"bad_spans": 1.0}, 1),
    ({"checks.holds.wrong": 0.0}, 0), ({"checks.holds.wrong": 1.001}, 1), ({"mentions": None}, 1), ({"new": 0.1}, 0),
])
def test_what_is_worse(change, fallen):
    figures = {name: value for name, value in {**BASELINE, **change}.items() if value is not None}
    assert len(check_baseline.worse(figures, BASELINE)) == fallen


def run(tmp_path, monkeypatch, figures, *more):
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"figures": figures}), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["check", str(path), str(tmp_path / "baseline.json"), *more])
    return check_baseline.main()


def test_a_baseline_is_written_and_never_lowered(tmp_path, monkeypatch, capsys):
    assert run(tmp_path, monkeypatch, BASELINE) == 1
    assert run(tmp_path, monkeypatch, BASELINE, "--write") == 0
    assert run(tmp_path, monkeypatch, BASELINE) == 0
    assert run(tmp_path, monkeypatch, {**BASELINE, "mentions": 0.9}, "--write") == 1
    assert json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8")) == BASELINE
    assert "worse: mentions: 0.9800 before, 0.9000 now" in capsys.readouterr().out
