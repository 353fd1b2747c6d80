"""Lessons in, a linker out; a reading with typed spans in, links with probabilities out: the third stage of training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from hedui.errors import UsageError
from hedui.neural.checkpoints import fingerprint, lesson_marks
from hedui.neural.config import TrainingConfig, as_json
from hedui.neural.fitting import Course, OnStep, best_device, deterministic, fit, no_one
from hedui.neural.linker_lessons import Portion, ends_of, gold_of, portions_of, shuffled_portions
from hedui.neural.linker_spans import span_vectors
from hedui.neural.linker_states import states_of
from hedui.neural.links import links_of
from hedui.neural.network import Network, autocast
from hedui.neural.reading import read_windows
from hedui.neural.saving import load_network, made_from, save_model, weights_mark
from hedui.neural.tagger import f1_figures
from hedui.neural.types import Lesson

__all__ = ["link_figures", "train_linker"]


def train_linker(lessons: Sequence[Lesson], tagger: Path, *, held: Sequence[Lesson] = (), config: TrainingConfig, work: Path,
                 on_step: OnStep = no_one) -> Path:
    """Trains the linker on `lessons` over the encoder of `tagger`, which stays as it is, and returns the folder of the whole
    network in `work`; goes on where an earlier call was killed. Keeps the epoch that does best on `held`, without them the last.
    """
    mark = fingerprint("linker", as_json(config), weights_mark(tagger), lesson_marks(lessons), lesson_marks(held))
    folder = work / "linker"
    if made_from(folder, mark):
        return folder
    if not any(lesson.links for lesson in lessons):
        raise UsageError("标注中没有可学的关系 · no links to train the linker on")
    network = load_network(tagger, device=best_device())

    portions = portions_of(lessons, config.linker.characters)

    def plan(epoch: int) -> list[Portion]:
        return shuffled_portions(portions, seed=config.seed, epoch=epoch)

    with deterministic(config.seed):
        fit(network.linker, [([*network.linker.layer.parameters()], config.linker.rate),
                             ([parameter for name, parameter in network.linker.named_parameters() if not name.startswith("layer.")],
                              config.linker.head_rate)],
            Course(stage="linker", config=config.linker, checkpoint=work / "linker.pt", mark=mark), plan=plan,
            loss=loss_of(network, lessons, states_of(network, lessons, portions)), score=score_of(network, held) if held else None,
            on_step=on_step)
    save_model(network, folder, half=False, mark=mark)
    (work / "linker.pt").unlink(missing_ok=True)
    return folder


def loss_of(network: Network, lessons: Sequence[Lesson],
            states: Callable[[Portion], Sequence[Tensor]]) -> Callable[[Portion, int], Tensor]:
    """Binary cross-entropy, the mean over the pairs of a portion that each relation allows, summed over the relations, so that
    many pairs of one relation do not drown another; weighted by lesson. `states` gives those of the encoder for the portion's windows."""
    def loss(portion: Portion, epoch: int) -> Tensor:
        may = torch.from_numpy(portion.pairs.allowed).to(network.device).float()
        truth = torch.from_numpy(portion.truth).to(network.device)
        with autocast(network.device):
            vectors = span_vectors(network.linker, states(portion), portion)
            scores = network.linker(vectors, vectors, portion.pairs).float()
        losses = nn.functional.binary_cross_entropy_with_logits(scores, truth, reduction="none") * may
        return lessons[portion.lesson].weight * (losses.sum(0) / may.sum(0).clamp(min=1)).sum()
    return loss


def score_of(network: Network, held: Sequence[Lesson]) -> Callable[[], Mapping[str, float]]:
    def score() -> Mapping[str, float]:
        return link_figures(network, held)
    return score


def link_figures(network: Network, lessons: Iterable[Lesson]) -> Mapping[str, float]:
    """F1 of links between the true ends: `score` over all relations together, and `f1 RELATION` for each that occurs."""
    counts = Counter[tuple[str, str]]()
    for lesson in lessons:
        ends = ends_of(lesson)
        reading = read_windows(network, lesson.windows)
        told = {(link.relation, link.head.place, link.tail.place) for link in links_of(network, reading, ends, ends, at_least=0.5)}
        truth = gold_of(lesson, ends)
        for kind, links in (("right", truth & told), ("missed", truth - told), ("wrong", told - truth)):
            counts.update((relation, kind) for relation, _, _ in links)
    return f1_figures(counts)
