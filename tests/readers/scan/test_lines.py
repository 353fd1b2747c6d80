"""What was read, placed: edges, sizes, runs."""

from __future__ import annotations

import numpy as np
import pytest

from hedui.readers.scan.engine import Reading
from hedui.readers.scan.lines import guessed_size, runs_of, with_dust_doubted
from hedui.readers.scan.widths import Placed

DPI = 144.0  # two pixels a point


def drawn(starts: list[int], width: int = 20) -> np.ndarray:
    """A line whose letters are blocks 20 high at these x."""
    ink = np.zeros((60, 600), np.uint8)
    for x in starts:
        ink[20:40, x:x + width] = 1
    return ink


def reading(text: str, middles: list[float], wide: int) -> Reading:
    return Reading(text=text, centres=tuple(one / wide for one in middles), scores=(0.995, *(0.4,) * (len(text) - 1)))


def test_edges_lie_in_the_gaps_between_letters():
    starts = [100, 124, 148, 172]
    # the middles that the recogniser gives are a little off
    found = runs_of([reading("绩效目标", [13, 35, 56, 84], 110)], [(98, 15, 208, 45)], drawn(starts), DPI)
    assert [run.text for run in found] == ["绩效目标"]
    edges = found[0].edges
    assert edges[0] == 50 and edges[-1] == 96
    assert all(start + 20 <= 2 * edge <= start + 24 for start, edge in zip(starts, edges[1:-1], strict=False))
    assert (found[0].y0, found[0].y1) == (10, 20) and abs(found[0].size - 12) <= 1
    assert list(found[0].scores) == [100, 40, 40, 40]


def test_a_wide_gap_parts_runs():
    starts = [100, 124, 148, 300, 324]
    found = runs_of([reading("指标值完成", [12, 36, 60, 212, 236], 250)], [(98, 15, 348, 45)], drawn(starts), DPI)
    assert [(run.text, run.x0, run.x1) for run in found] == [("指标值", 50, 84), ("完成", 150, 172)]
    assert all(len(run.edges) == len(run.text) + 1 == len(run.scores) + 1 for run in found)


def test_spaces_at_the_ends_are_dropped():
    found = runs_of([reading(" 1 ", [5, 20, 35], 40)], [(90, 15, 130, 45)], drawn([100]), DPI)
    assert [(run.text, len(run.edges), len(run.scores)) for run in found] == [("1", 2, 1)]
    assert runs_of([reading("  ", [5, 20], 40)], [(90, 15, 130, 45)], drawn([100]), DPI) == []


@pytest.mark.parametrize("text, middles, doubted", [
    ("6.7", [10, 13, 16], True),     # dust between 67
    ("6.7", [10, 16, 22], False),
    ("6.元", [10, 13, 16], False),
])
def test_a_point_without_room_is_doubted(text, middles, doubted):
    scores = with_dust_doubted(Placed(text, middles, 12.0), [0.99, 0.9, 0.99])
    assert (scores[1] < 0.5) == doubted and scores[0] == scores[2] == 0.99


@pytest.mark.parametrize("text, middles, height, size", [
    ("1236", [5, 15.6, 26.2, 36.8], 60, 20),   # digits by their steps, whatever ink is above and below
    ("元", [10], 18.4, 20),
    ("6", [5], 14.4, 20),
])
def test_guessed_size(text, middles, height, size):
    assert guessed_size(text, middles, height) == pytest.approx(size)
