"""The label model on simulated votes, where the answers are known, and the laws that hold for any votes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedui.neural.weak.label_model import fit_votes, majority, weights_of
from hedui.neural.weak.types import ABSTAIN

CLASSES = 4


def simulated(seed: int, n: int, right: list[float], coverage: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Answers of four classes, and votes that are right so often and cast so often, wrong ones spread evenly."""
    random = np.random.default_rng(seed)
    truth = random.choice(CLASSES, size=n, p=[0.4, 0.3, 0.2, 0.1])
    votes = np.empty((n, len(right)), dtype=np.int64)
    for j, (good, said) in enumerate(zip(right, coverage, strict=True)):
        wrong = (truth + random.integers(1, CLASSES, size=n)) % CLASSES
        votes[:, j] = np.where(random.random(n) < good, truth, wrong)
        votes[random.random(n) >= said, j] = ABSTAIN
    return truth, votes


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_accuracies_are_recovered_without_answers(seed: int) -> None:
    right = [0.95, 0.8, 0.7, 0.6, 0.85]
    _, votes = simulated(seed, 4000, right, [0.9, 0.8, 0.9, 0.7, 0.5])
    assert fit_votes(votes, CLASSES, trust=0.0).accuracies() == pytest.approx(right, abs=0.05)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_unequal_functions_are_weighed_better_than_counted(seed: int) -> None:
    truth, votes = simulated(seed, 3000, [0.95, 0.55, 0.55, 0.55, 0.5], [1.0] * 5)
    model = fit_votes(votes, CLASSES)
    weighed = (model.probabilities(votes).argmax(axis=1) == truth).mean()
    counted = (majority(votes, CLASSES).argmax(axis=1) == truth).mean()
    assert weighed > counted + 0.05


def test_probabilities_mean_what_they_say() -> None:
    truth, votes = simulated(7, 6000, [0.9, 0.8, 0.7, 0.75], [0.8] * 4)
    chances = fit_votes(votes, CLASSES).probabilities(votes)
    sure = chances.max(axis=1)
    near = (sure > 0.8) & (sure < 0.95)
    assert (chances.argmax(axis=1) == truth)[near].mean() == pytest.approx(sure[near].mean(), abs=0.05)


def test_a_function_told_again_in_one_group_adds_less_than_another_voice() -> None:
    _, votes = simulated(5, 2000, [0.8, 0.8, 0.8], [1.0] * 3)
    doubled = np.concatenate([votes, votes[:, :1], votes[:, :1]], axis=1)
    free = fit_votes(doubled, CLASSES).probabilities(doubled).max(axis=1).mean()
    damped = fit_votes(doubled, CLASSES, groups=[0, 1, 2, 0, 0]).probabilities(doubled).max(axis=1).mean()
    once = fit_votes(votes, CLASSES).probabilities(votes).max(axis=1).mean()
    assert abs(damped - once) < abs(free - once)


def test_silence_tells_where_a_function_can_only_speak_for() -> None:
    """One function speaks of most items of class 0 and of few others: where it says nothing, class 0 is less likely."""
    random = np.random.default_rng(3)
    truth = random.integers(0, 2, size=3000)
    speaks = np.where(random.random(3000) < np.where(truth == 0, 0.9, 0.05), 0, ABSTAIN)
    others = [np.where(random.random(3000) < 0.8, truth, 1 - truth) for _ in range(2)]
    votes = np.stack([speaks, *others], axis=1)
    silent = fit_votes(votes, 2, silent=[True, False, False])
    heard = fit_votes(votes, 2)
    assert (silent.probabilities(votes).argmax(axis=1) == truth).mean() > (heard.probabilities(votes).argmax(axis=1) == truth).mean() + 0.03
    quiet = np.array([[ABSTAIN, ABSTAIN, ABSTAIN]])
    assert silent.probabilities(quiet)[0, 0] < silent.prior[0]
    assert heard.probabilities(quiet)[0] == pytest.approx(heard.prior)


def test_belief_holds_where_votes_cannot_tell() -> None:
    """Two functions that always disagree: the one believed more firmly is followed."""
    votes = np.tile(np.array([[0, 1], [1, 0]]), (200, 1))
    model = fit_votes(votes, 2, right=[0.95, 0.8], trust=[0.5, 0.05])
    assert (model.probabilities(votes).argmax(axis=1) == votes[:, 0]).all()


def test_nothing_to_learn_from_gives_the_belief() -> None:
    model = fit_votes(np.empty((0, 3), dtype=np.int64), CLASSES)
    assert model.prior == pytest.approx([0.25] * CLASSES)
    assert model.accuracies() == pytest.approx([0.8] * 3)
    assert model.probabilities(np.empty((0, 3), dtype=np.int64)).shape == (0, CLASSES)


def test_it_stops_when_nothing_moves_and_at_the_most_rounds() -> None:
    _, votes = simulated(1, 500, [0.9, 0.8, 0.8], [1.0] * 3)
    done = fit_votes(votes, CLASSES)
    assert 1 < done.rounds < 500
    assert fit_votes(votes, CLASSES, most=2).rounds == 2
    again = fit_votes(votes, CLASSES)
    assert np.array_equal(done.tables, again.tables)


def test_votes_of_a_group_share_their_voice() -> None:
    votes = np.array([[0, 0, 1, ABSTAIN], [0, ABSTAIN, 1, 1]])
    weights = weights_of(votes, (0, 0, 1, 2), (False, False, False, True))
    assert weights == pytest.approx(np.array([[0.5 ** 0.5, 0.5 ** 0.5, 1, 1], [1, 0, 1, 1]]))


ANY_VOTES = st.integers(1, 40).flatmap(lambda n: st.integers(1, 5).flatmap(
    lambda m: arrays(np.int64, (n, m), elements=st.integers(ABSTAIN, 2))))


@settings(max_examples=60, deadline=None)
@given(votes=ANY_VOTES, silent=st.booleans())
def test_rows_and_tables_are_probabilities(votes: np.ndarray, silent: bool) -> None:
    model = fit_votes(votes, 3, silent=[silent] * votes.shape[1], most=50)
    chances = model.probabilities(votes)
    assert chances.shape == (len(votes), 3) and (chances >= 0).all()
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(votes)))
    assert model.tables.sum(axis=2) == pytest.approx(np.ones((votes.shape[1], 3)))
    assert model.prior.sum() == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(votes=ANY_VOTES, seed=st.integers(0, 99))
def test_the_order_of_functions_does_not_matter(votes: np.ndarray, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(votes.shape[1])
    one = fit_votes(votes, 3, most=40).probabilities(votes)
    other = fit_votes(votes[:, order], 3, most=40).probabilities(votes[:, order])
    assert one == pytest.approx(other, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(votes=ANY_VOTES, said=st.integers(0, 2), silent=st.booleans())
def test_what_all_say_is_likelier_than_before(votes: np.ndarray, said: int, silent: bool) -> None:
    model = fit_votes(votes, 3, silent=[silent] * votes.shape[1], most=50)
    agreed = np.full((1, votes.shape[1]), said)
    assert model.probabilities(agreed)[0, said] >= model.prior[said] - 1e-9
