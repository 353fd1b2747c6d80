"""What the linker learns from: portions of pairs, states that are read once, and vectors of spans."""

from dataclasses import replace

import numpy as np
import torch
from toy_lessons import TINY, VOCABULARY, marked, toy_lesson, toy_network

from hedui.neural.linker_lessons import OTHERS, portions_of
from hedui.neural.linker_spans import span_vectors
from hedui.neural.linker_states import states_of
from hedui.neural.network import fresh_network
from hedui.neural.types import Lesson, Link, Place

LESSONS = [toy_lesson(seed) for seed in range(3)]


def lesson_of(*windows, links=()):
    held, tags, anchors = zip(*windows, strict=True)
    return Lesson(source="one.txt", windows=held, tags=tags, anchors=anchors, links=tuple(links), unsure=((),) * len(held))


def test_windows_in_which_nothing_may_belong_together_are_left_out():
    bodies = marked("[省财政厅/ORG]和[县道路局/ORG]")
    one = lesson_of(bodies, marked("[道路完工率/NAME]达到[5%/RATE],[省财政厅/ORG]"), marked("[培训人数/NAME]已达到"))
    (portion,) = portions_of([one], 512)
    assert portion.windows == (1,)
    assert [end.label for end in portion.ends] == ["NAME", "RATE"]
    assert len(portion.pairs) == 1 and not portion.truth.any()


def test_a_name_in_prose_has_its_row_and_some_others_with_it():
    rows = [marked(f"[培训人数/NAME]|[{number}%/RATE]", kind="row") for number in range(100)]
    same = Link(relation="same", head=Place(window=0, start=0, end=4), tail=Place(window=100, start=0, end=4))
    first, *_ = portions_of([lesson_of(marked("[培训人数/NAME]已达到"), *rows, links=[same])], 9)
    assert {0, 100} <= set(first.windows) and 20 < len(first.windows) <= OTHERS + 2
    assert first.truth.sum() == 1
    (pair,) = np.flatnonzero(first.truth.any(1))
    assert first.ends[first.pairs.tail[pair]].place == same.tail


def test_every_true_link_is_learnt_once():
    told = sum(int(portion.truth.sum()) for portion in portions_of(LESSONS, 64))
    assert told == sum(len(lesson.links) for lesson in LESSONS)


def test_states_are_those_of_the_encoder_whether_kept_or_not_and_whatever_was_asked_before():
    network, portions = toy_network(), portions_of(LESSONS, 64)
    assert len(portions) > 6
    kept, again, none = (states_of(network, LESSONS, portions, **told) for told in ({}, {}, {"kept": 0}))
    backwards = {id(portion): again(portion) for portion in reversed(portions)}
    for portion in portions:
        texts = [LESSONS[portion.lesson].windows[number].text for number in portion.windows]
        for text, one, other, anew in zip(texts, kept(portion), backwards[id(portion)], none(portion), strict=True):
            assert torch.equal(one, other) and one.dtype == torch.float16
            assert torch.allclose(one, anew, atol=2e-3)
            assert np.allclose(network.read([text])[1][0], one, atol=5e-3)


def test_vectors_stand_in_the_order_of_ends():
    network = fresh_network(replace(TINY, dropout=0.0), VOCABULARY, seed=0)
    portion = portions_of(LESSONS, 512)[0]
    states = states_of(network, LESSONS, [portion])(portion)
    together = span_vectors(network.linker, states, portion)
    for number, end in enumerate(portion.ends):
        hidden = states[portion.windows.index(end.place.window)][None].float()
        alone = network.linker.spans(hidden, torch.ones(hidden.shape[:2], dtype=torch.bool), torch.tensor([(0, end.place.start, end.place.end)]))
        assert torch.allclose(together[number], alone[0], atol=1e-5)
