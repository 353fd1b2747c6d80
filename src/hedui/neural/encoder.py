"""Raw texts in, an encoder that has read them out: masked language modelling, the first stage of training."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from hedui.errors import UsageError
from hedui.neural.batches import even_batches, shuffled_batches
from hedui.neural.checkpoints import fingerprint
from hedui.neural.config import TrainingConfig, as_json
from hedui.neural.fitting import Course, OnStep, best_device, deterministic, fit, no_one
from hedui.neural.masking import IGNORED, masked, pieces_of
from hedui.neural.network import Network, autocast, encoder_width, fresh_network, hub_network
from hedui.neural.saving import load_network, made_from, save_model, weights_mark
from hedui.neural.vocabulary import Vocabulary

__all__ = ["borrow_encoder", "train_encoder"]

# one piece in so many is held back to see when to stop, when there are enough of them
HELD, ENOUGH = 40, 400


class Guesser(nn.Module):
    """The encoder with a head that guesses hidden characters, its last matrix that of the embeddings (Press and Wolf 2017)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        width = encoder_width(network.config)
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(network.vocabulary.size))

    def loss(self, texts: Sequence[str], draws: Sequence[np.random.Generator]) -> Tensor:
        """Mean cross-entropy, in nats, of the characters that `draws` hide."""
        # signs of words would give away what is hidden
        ids, shown, signs = self.network.numbers(texts)
        targets = torch.full(ids.shape, IGNORED)
        first = int(self.network.config.hub is not None)
        for row, (text, draw) in enumerate(zip(texts, draws, strict=True)):
            hidden, truth = masked(text, self.network.vocabulary, draw)
            ids[row, first:first + len(text)] = torch.tensor(hidden)
            targets[row, :len(text)] = torch.tensor(truth)
        with autocast(self.network.device):
            states = self.network.states(ids, shown, torch.zeros_like(signs))
            targets = targets[:, :states.shape[1]].to(states.device)
            guessed = self.transform(states[targets != IGNORED])
            embedded = self.network.encoder.get_input_embeddings().weight  # type: ignore[operator]
            scores = nn.functional.linear(guessed, embedded[:len(self.bias)], self.bias)
        return nn.functional.cross_entropy(scores.float(), targets[targets != IGNORED])


def train_encoder(texts: Sequence[str], vocabulary: Vocabulary, config: TrainingConfig, *, work: Path, start: Path | None = None,
                  on_step: OnStep = no_one) -> Path:
    """Trains an encoder on `texts` and returns its folder in `work`; goes on where an earlier call was killed.

    Begins with random weights, or with those in `start`.
    """
    pieces = list(pieces_of(texts))
    if not pieces:
        raise UsageError("没有可用于训练编码器的文本 · no text to train the encoder on")
    mark = fingerprint("encoder", as_json(config), vocabulary.size, weights_mark(start) if start else "", pieces)
    folder = work / "encoder"
    if made_from(folder, mark):
        return folder
    network = (load_network(start) if start else fresh_network(config.network, vocabulary, seed=config.seed)).to(best_device())
    held = pieces[::HELD] if len(pieces) >= ENOUGH else []
    learnt = [piece for i, piece in enumerate(pieces) if i % HELD] if held else pieces
    with deterministic(config.seed):
        guesser = Guesser(network).to(network.device)
        parameters = [parameter for name, parameter in guesser.named_parameters()
                      if not name.startswith(("network.head", "network.linker"))]
        fit(guesser, [(parameters, config.encoder.rate)],
            Course(stage="encoder", config=config.encoder, checkpoint=work / "encoder.pt", mark=mark),
            plan=plan_of(learnt, config), loss=loss_of(guesser, learnt, config.seed),
            score=score_of(guesser, held, config) if held else None, on_step=on_step)
    save_model(network, folder, half=False, mark=mark)
    (work / "encoder.pt").unlink(missing_ok=True)
    return folder


def borrow_encoder(name: str, config: TrainingConfig, *, work: Path) -> Path:
    """The folder in `work` of a network around a published encoder (a name on the Hugging Face hub, or a folder): what
    `train_encoder` and `train_tagger` take for their `start`."""
    mark = fingerprint("borrowed", name, as_json(config))
    folder = work / "borrowed"
    return folder if made_from(folder, mark) else save_model(hub_network(name, config.network, seed=config.seed), folder, half=False, mark=mark)


def plan_of(pieces: Sequence[str], config: TrainingConfig) -> Callable[[int], list[list[int]]]:
    lengths = [len(piece) for piece in pieces]

    def plan(epoch: int) -> list[list[int]]:
        return shuffled_batches(lengths, characters=config.encoder.characters, seed=config.seed, epoch=epoch)
    return plan


def loss_of(guesser: Guesser, pieces: Sequence[str], seed: int) -> Callable[[Sequence[int], int], Tensor]:
    def loss(indices: Sequence[int], epoch: int) -> Tensor:
        return guesser.loss([pieces[i] for i in indices], [np.random.default_rng([seed, epoch, i]) for i in indices])
    return loss


def score_of(guesser: Guesser, held: Sequence[str], config: TrainingConfig) -> Callable[[], Mapping[str, float]]:
    """The loss on `held`, always with the same characters hidden; its negative is the score."""
    batches = even_batches([len(piece) for piece in held], characters=config.encoder.characters)

    def score() -> Mapping[str, float]:
        with torch.inference_mode():
            losses = [(float(guesser.loss([held[i] for i in indices], [np.random.default_rng([config.seed, i]) for i in indices])),
                       len(indices)) for indices in batches]
        mean = sum(loss * count for loss, count in losses) / sum(count for _, count in losses)
        return {"score": -mean, "held_loss": mean}
    return score
