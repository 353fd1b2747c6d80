"""Probabilities of a report come from the others alone; items go to disk and back."""

import random

import pytest

pytest.importorskip("sklearn")

from hedui.confidence import Item
from hedui.training.calibrating import left_out, load_items, reliabilities_of, save_items, shifted
from hedui.training.sources import Fold


def items_of(source, *, right, count=80):
    dice = random.Random(source)
    return [Item(source=source, kind="fund", id=f"{source}{at}", signals={"closes": float(dice.random() < 0.5)}, right=dice.random() < right)
            for at in range(count)]


# one source is nearly always wrong: whoever has not seen it cannot know
ITEMS = [*items_of("a", right=0.95), *items_of("b", right=0.95), *items_of("c", right=0.05)]
FOLDS = [Fold(name=name, out=(name,)) for name in "abc"]


def side(work, jobs):
    return [work(job) for job in jobs]


def test_a_source_is_weighed_by_the_others():
    told = left_out(ITEMS, FOLDS, side)
    assert sorted(item.id for item, _ in told) == sorted(item.id for item in ITEMS)
    mean = {name: sum(p for item, p in told if item.source == name) / 80 for name in "abc"}
    assert mean["c"] > 0.85 > 0.7 > mean["a"]
    flipped = [*ITEMS[:160], *items_of("c", right=0.9)]
    assert [p for item, p in left_out(flipped, FOLDS, side) if item.source == "c"] == [p for item, p in told if item.source == "c"]


def test_groups_that_share_sources_tell_each_item_once():
    folds = [Fold(name="1", out=("a", "b")), Fold(name="2", out=("b", "c"))]
    assert sorted(item.id for item, _ in left_out(ITEMS, folds, side)) == sorted(item.id for item in ITEMS)


def test_figures_under_shift_and_where_there_is_none():
    found = shifted(ITEMS, {"year": {"2020": ["a"], "2021": ["b", "c"]}, "province": {"x": ["a", "b", "c"]}}, side)
    assert found.keys() == {"claim@year left out"} and found["claim@year left out"].items == 240
    assert reliabilities_of(left_out(ITEMS, FOLDS, side)).keys() == {"claim", "fund"}


def test_items_go_to_disk_and_back(tmp_path):
    save_items(tmp_path / "items.jsonl", ITEMS)
    assert load_items(tmp_path / "items.jsonl") == ITEMS
