"""Decoding against what one gets by trying every labelling of a short window."""

import itertools

import numpy as np
import pytest
from toy_lessons import window

from hedui.neural.decoding import label_probability, tags_of
from hedui.neural.engine import BIO
from hedui.neural.reading import Reading
from hedui.neural.types import MEASURES, Anchor, Place

SOME = ("O", "B-ORG", "I-ORG", "B-NAME", "I-NAME", "B-issued", "I-issued", "B-executed", "I-executed")


def reading_of(*scores, context=0, own=None):
    """Windows with the given scores (characters, SOME); all other labels are all but impossible."""
    wide = []
    for one in scores:
        held = np.full((len(one), len(BIO)), -50.0, dtype=np.float32)
        held[:, [BIO.index(label) for label in SOME]] = one
        wide.append(held)
    return Reading(windows=tuple(window("字" * len(one), context=context, own=own) for one in scores), scores=tuple(wide),
                   states=(None,) * len(scores))


def spans_of(path):
    found = []
    for i, label in enumerate(path):
        if label.startswith("B-"):
            end = next((j for j in range(i + 1, len(path)) if path[j] != f"I-{label[2:]}"), len(path))
            found.append((i, end, label[2:]))
    return found


def legal(path, anchors):
    if any(label.startswith("I-") and (i == 0 or path[i - 1][2:] != label[2:]) for i, label in enumerate(path)):
        return False
    amounts = {(anchor.start, anchor.end) for anchor in anchors if anchor.label == "AMOUNT"}
    for start, end, label in spans_of(path):
        if label in MEASURES and (start, end) not in amounts:
            return False
        if any(anchor.start < edge < anchor.end for anchor in anchors for edge in (start, end)):
            return False
    return True


def by_trying(scores, anchors):
    """The best spans and the probability of each span, by trying all labellings."""
    weights = {}
    for path in itertools.product(range(len(SOME)), repeat=len(scores)):
        labels = [SOME[i] for i in path]
        if legal(labels, anchors):
            weights[tuple(labels)] = float(np.exp(sum(scores[i, label] for i, label in enumerate(path))))
    total = sum(weights.values())
    best = max(weights, key=weights.get)
    return {span: sum(weight for path, weight in weights.items() if span in spans_of(path)) / total for span in spans_of(best)}


@pytest.mark.parametrize("anchors", [
    [], [Anchor(start=1, end=4, label="AMOUNT")], [Anchor(start=0, end=2, label="AMOUNT"), Anchor(start=2, end=5, label="RATE")],
    [Anchor(start=3, end=5, label="DATE")],
])
@pytest.mark.parametrize("seed", range(3))
def test_the_best_tags_and_their_probabilities(seed, anchors):
    scores = np.random.default_rng(seed).normal(0, 2, (5, len(SOME))).astype(np.float32)
    scores[1:4, 5:] += 3  # so that measures are wanted
    found = tags_of(reading_of(scores), [anchors])[0]
    expected = by_trying(scores, anchors)
    assert [(tag.start, tag.end, tag.label) for tag in found] == sorted(expected)
    assert [tag.probability for tag in found] == pytest.approx([expected[span] for span in sorted(expected)], abs=1e-4)


def test_windows_of_one_batch_do_not_touch_one_another():
    draw = np.random.default_rng(1)
    scores = [draw.normal(0, 2, (n, len(SOME))).astype(np.float32) for n in (1, 4, 2, 7)]
    together = tags_of(reading_of(*scores), [[]] * 4)
    assert together == [tags_of(reading_of(one), [[]])[0] for one in scores]
    assert any(together)


def test_context_and_what_a_neighbour_owns_have_no_tags():
    scores = np.full((6, len(SOME)), -5.0, dtype=np.float32)
    scores[:, SOME.index("B-ORG")] = 0
    found = tags_of(reading_of(scores, context=2, own=(3, 5)), [[]])[0]
    assert [tag.start for tag in found] == [3, 4]


def test_a_tag_may_hold_a_figure_but_not_cut_it():
    scores = np.full((5, len(SOME)), -9.0, dtype=np.float32)
    for i, label in enumerate(["O", "B-NAME", "I-NAME", "O", "O"]):
        scores[i, SOME.index(label)] = 0
    figure = [Anchor(start=2, end=4, label="QUANTITY")]
    assert [(tag.start, tag.end) for tag in tags_of(reading_of(scores), [[]])[0]] == [(1, 3)]
    assert [(tag.start, tag.end) for tag in tags_of(reading_of(scores), [figure])[0]] in ([(1, 4)], [(1, 2)])


def test_the_probability_of_a_label_is_that_of_its_characters():
    scores = np.log(np.full((3, len(SOME)), 1 / len(SOME), dtype=np.float32))
    asked = label_probability(reading_of(scores), Place(window=0, start=0, end=2), "ORG")
    assert asked == pytest.approx((1 / 9) ** 2 * 8 / 9)
    sure = np.full((3, len(SOME)), -30.0, dtype=np.float32)
    sure[0, SOME.index("B-ORG")] = sure[1, SOME.index("I-ORG")] = sure[2, 0] = 0
    reading = reading_of(sure)
    assert label_probability(reading, Place(window=0, start=0, end=2), "ORG") > 0.99
    assert label_probability(reading, Place(window=0, start=0, end=1), "ORG") < 0.01
    assert label_probability(reading, Place(window=0, start=0, end=3), "ORG") < 0.01
