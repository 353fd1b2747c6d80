"""Which windows are read and learnt together, and what is hidden of them."""

import numpy as np
import pytest
from toy_lessons import VOCABULARY, toy_lesson, toy_network, window

from hedui.neural.batches import even_batches, shuffled_batches
from hedui.neural.linker_lessons import ends_of
from hedui.neural.links import links_of
from hedui.neural.masking import IGNORED, masked, pieces_of
from hedui.neural.pairs import ScoredLink, Typed, allowed, far_pairs, near_pairs
from hedui.neural.reading import read_windows
from hedui.neural.types import MEASURES, RELATIONS, Place

LENGTHS = [3, 200, 17, 17, 90, 1, 40, 250, 33, 61] * 5


@pytest.mark.parametrize("make", [
    lambda: even_batches(LENGTHS, characters=300), lambda: shuffled_batches(LENGTHS, characters=300, seed=1, epoch=2)])
def test_every_window_once_within_the_bound(make):
    batches = make()
    assert sorted(index for batch in batches for index in batch) == list(range(len(LENGTHS)))
    assert all(len(batch) == 1 or max(LENGTHS[i] for i in batch) * len(batch) <= 300 for batch in batches)
    assert batches == make()


def test_the_order_changes_with_seed_and_epoch():
    orders = {str(shuffled_batches(LENGTHS, characters=300, seed=seed, epoch=epoch)) for seed in (0, 1) for epoch in (0, 1)}
    assert len(orders) == 4


def test_a_share_is_hidden_and_can_be_guessed():
    text = "省财政厅下达资金123.45万元,道路完工率达到99%。" * 8
    shown, targets = masked(text, VOCABULARY, np.random.default_rng(0))
    truth = VOCABULARY.ids(text)
    chosen = [i for i, target in enumerate(targets) if target != IGNORED]
    assert 0.12 < len(chosen) / len(text) < 0.22
    assert all(targets[i] == truth[i] for i in chosen)
    assert all(shown[i] == truth[i] for i in range(len(text)) if i not in chosen)
    assert sum(shown[i] == VOCABULARY.special[4] for i in chosen) > 0.5 * len(chosen)
    assert (shown, targets) == masked(text, VOCABULARY, np.random.default_rng(0))


def test_figures_are_hidden_whole():
    text = "省1234.5县" * 20
    for seed in range(5):
        _, targets = masked(text, VOCABULARY, np.random.default_rng(seed))
        for begin in range(1, len(text), 8):
            assert len({target == IGNORED for target in targets[begin:begin + 6]}) == 1


def test_pieces_hold_all_lines():
    text = "第一行\n\n第二行 \n" + "长句子。" * 120
    pieces = list(pieces_of([text]))
    assert all(0 < len(piece) <= 200 for piece in pieces)
    assert pieces[0].startswith("第一行") and "第二行" in pieces[0]
    assert "".join(pieces).count("长句子。") >= 120


def ends(text_window, *spans):
    return [Typed(place=Place(window=text_window, start=start, end=end), label=label) for start, end, label in spans]


def test_only_allowed_pairs_near_one_another():
    heads = ends(0, (0, 4, "NAME"), (10, 14, "ORG"), (20, 24, "issued"))
    tails = ends(0, (5, 8, "RATE"), (10, 14, "ORG"), (240, 244, "RATE"), (30, 34, "SCOPE")) + ends(1, (0, 3, "RATE"))
    features = near_pairs(heads, tails)
    told = {(int(h), int(t), tuple(RELATIONS[r] for r in np.flatnonzero(may)))
            for h, t, may in zip(features.head, features.tail, features.allowed, strict=True)}
    assert told == {(0, 0, ("target", "actual", "completion")), (2, 1, ("scope",)), (2, 3, ("scope",))}


def test_measures_stand_for_amounts():
    for measure in MEASURES:
        pair = near_pairs(ends(0, (0, 3, measure)), ends(0, (4, 6, "SCOPE")))
        assert pair.allowed[0].tolist() == [relation == "scope" for relation in RELATIONS]
    assert allowed()[0].sum() == 3 * 5 + 5 + 1 + 1 + 1 + 1


def test_names_in_prose_pair_with_names_in_rows_of_their_part():
    windows = [window("道路完工率"), window("道路完工率|5", kind="row"), window("桥梁|6", kind="row"), window("道路|7", kind="row", part=1)]
    names = [*ends(0, (0, 5, "NAME")), *ends(1, (0, 5, "NAME")), *ends(2, (0, 2, "NAME")), *ends(3, (0, 2, "NAME"))]
    features = far_pairs(names, names, windows)
    assert list(zip(features.head.tolist(), features.tail.tolist(), strict=True)) == [(0, 1), (0, 2)]
    assert features.buckets["overlap"][0] > features.buckets["overlap"][1]
    assert len(far_pairs(names, names, windows, most=1)) == 1


def test_links_are_allowed_and_the_same_whether_states_are_kept_or_not():
    lesson, network = toy_lesson(0), toy_network()
    spans = ends_of(lesson)
    told = [links_of(network, read_windows(network, lesson.windows, kept=kept), spans, spans, at_least=0.0) for kept in (0, 10_000)]
    assert len(told[0]) > 20 and all(isinstance(one, ScoredLink) for one in told[0])
    assert [(one.relation, one.head, one.tail) for one in told[0]] == [(one.relation, one.head, one.tail) for one in told[1]]
    assert np.allclose([one.probability for one in told[0]], [one.probability for one in told[1]], atol=1e-3)
    kinds = {(lesson.windows[one.head.place.window].kind, lesson.windows[one.tail.place.window].kind) for one in told[0] if one.relation == "same"}
    assert kinds == {("prose", "row")}
    assert links_of(network, read_windows(network, lesson.windows), [], spans) == []


def test_a_window_reads_the_same_alone_and_among_others():
    lesson, network = toy_lesson(1), toy_network()
    together = read_windows(network, lesson.windows).scores
    for number, one in enumerate(lesson.windows):
        alone = read_windows(network, [one]).scores[0]
        assert alone.shape == (len(one.text), 35)
        assert np.allclose(alone, together[number], atol=1e-4)
        assert np.allclose(np.exp(alone).sum(1), 1, atol=1e-4)
