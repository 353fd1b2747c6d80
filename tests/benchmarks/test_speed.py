"""The long texts that speed is measured on: of the size asked for, each copy with figures of its own."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "speed.py"
spec = importlib.util.spec_from_file_location("speed", SCRIPT)
speed = importlib.util.module_from_spec(spec)
spec.loader.exec_module(speed)
TEXT = "某县自评报告\n预算1234.56万元，执行1100.00万元，培训312人。\n" * 5


@pytest.mark.parametrize("size", [500, 5000, 50000])
def test_texts_are_as_long_as_asked_for(size):
    text = speed.repeated(TEXT, size)
    assert size - 100 < len(text.encode()) <= size
    assert text == speed.repeated(TEXT, size)
    assert text.endswith("\n") and "\ufffd" not in text


def test_copies_differ_in_their_figures_alone():
    copies = speed.repeated(TEXT, 5000).split("\n\n")
    assert len(set(copies[:-1])) == len(copies) - 1 > 5
    assert {len(copy) for copy in copies[:-1]} == {len(copies[0])}
    assert all(copy.count("万元") == copies[0].count("万元") for copy in copies[:-1])


def test_every_step_of_the_route_is_timed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(speed.WARM, encoding="utf-8")
    assert list(speed.route(path)) == ["read", "layout", "mentions", "claims", "reconcile", "confidence", "json"]
