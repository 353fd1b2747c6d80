"""Figures of running text: which give a copy away, which stand still for years, and which are of a wider land."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.across.figures import figure_runs, figures, moving_figures, of_its_own, wider_land

CASES = Path(__file__).parent.parent / "cases" / "across_figures.tsv"
ROWS = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
SAID = {"figures": lambda text, _: " ".join(figures(text)), "moving": lambda text, _: " ".join(moving_figures(text)), "land": wider_land}
exact = st.lists(st.integers(1001, 99999).filter(lambda n: n % 10 and not 1900 <= n < 2100), min_size=2, max_size=8, unique=True)


@pytest.mark.parametrize("what, text, place, expected", ROWS)
def test_figures_of_a_text(what, text, place, expected):
    assert (SAID[what](text, place.strip("-")) or "-") == expected


@given(exact, st.text("甲乙丙丁，。；", min_size=1, max_size=5))
def test_runs_do_not_depend_on_the_words_between(numbers, words):
    assert figure_runs("户，".join(map(str, numbers))) == figure_runs(words + words.join(map(str, numbers)) + words)


@given(exact, st.data())
def test_a_figure_put_in_breaks_only_the_runs_it_stands_in(numbers, data):
    """Runs of 4-digit figures and longer are pairs: one figure more breaks one pair, and one changed figure at most two."""
    at = data.draw(st.integers(0, len(numbers) - 1))
    changed = [*numbers[:at], 123457, *numbers[at + 1:]]
    kept = set(figure_runs("户".join(map(str, numbers)))) & set(figure_runs("户".join(map(str, changed))))
    assert len(kept) == len(numbers) - 1 - (at > 0) - (at < len(numbers) - 1)


def test_a_wider_land_takes_its_sentence_alone():
    assert of_its_own("全省共安排48123万元。全市到位4812万元；全省排名第3。", "遵义市") == "全市到位4812万元；"
