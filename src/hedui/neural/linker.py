"""Lessons in, a linker out; a reading with typed spans in, links with probabilities out: the third stage of training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from hedui.errors import UsageError
from hedui.neural.batches import even_batches
from hedui.neural.checkpoints import fingerprint, lesson_marks
from hedui.neural.config import TrainingConfig, as_json
from hedui.neural.fitting import Course, OnStep, autocast, best_device, deterministic, fit, no_one
from hedui.neural.linker_lessons import Portion, ends_of, gold_of, portions_of, shuffled_portions
from hedui.neural.network import Network
from hedui.neural.pairs import PairFeatures, ScoredLink, Typed, far_pairs, near_pairs
from hedui.neural.reading import Reading, read_windows
from hedui.neural.saving import load_network, made_from, save_model, weights_mark
from hedui.neural.tagger import f1_figures
from hedui.neural.types import RELATIONS, Lesson

__all__ = ["ScoredLink", "Typed", "link_figures", "links_of", "train_linker"]

Floats = NDArray[np.float32]
# pairs that are scored at once
PAIRS = 32_768
CHARACTERS = 8192


def links_of(network: Network, reading: Reading, heads: Sequence[Typed], tails: Sequence[Typed], *,
             at_least: float = 0.05) -> list[ScoredLink]:
    """The links between `heads` and `tails` that are allowed (relations.tsv) and at least so probable, each relation of a
    pair by itself. `heads` and `tails` may share spans."""
    pairs = [features for features in (near_pairs(heads, tails), far_pairs(heads, tails, reading.windows)) if len(features)]
    if not pairs:
        return []
    network.eval()
    with torch.inference_mode():
        vectors = span_vectors(network, reading, [*heads, *tails])
        found = [link for features in pairs
                 for link in scored_links(network, vectors[:len(heads)], vectors[len(heads):], features, heads, tails, at_least)]
    return found


def span_vectors(network: Network, reading: Reading, ends: Sequence[Typed]) -> Tensor:
    """(ends, span_width), windows read in batches of like length."""
    by_window: dict[int, list[int]] = {}
    for index, one in enumerate(ends):
        by_window.setdefault(one.place.window, []).append(index)
    numbers = sorted(by_window)
    vectors = torch.zeros(len(ends), network.config.span_width, device=network.device)
    for batch in even_batches([len(reading.windows[number].text) for number in numbers], characters=CHARACTERS):
        chosen = [numbers[i] for i in batch]
        hidden, shown = states_of(network, reading, chosen)
        order = [index for number in chosen for index in by_window[number]]
        spans = torch.tensor([(row, ends[index].place.start, ends[index].place.end)
                              for row, number in enumerate(chosen) for index in by_window[number]], device=network.device)
        with autocast(network.device):
            vectors[order] = network.linker.spans(hidden, shown, spans).float()
    return vectors


def states_of(network: Network, reading: Reading, chosen: Sequence[int]) -> tuple[Tensor, Tensor]:
    """The encoder's states of the windows `chosen`, padded, as kept in `reading` or read again, and where they are none."""
    held = [reading.states[number] for number in chosen]
    if any(one is None for one in held):
        again = read_windows(network, [reading.windows[number] for number in chosen])
        held = list(again.states)
    lengths = [len(reading.windows[number].text) for number in chosen]
    padded = np.zeros((len(chosen), max(lengths), held[0].shape[1] if held[0] is not None else 0), dtype=np.float32)
    for row, one in enumerate(held):
        if one is not None:
            padded[row, :len(one)] = one
    shown = torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]
    return torch.from_numpy(padded).to(network.device), shown.to(network.device)


def scored_links(network: Network, heads: Tensor, tails: Tensor, features: PairFeatures, typed_heads: Sequence[Typed],
                 typed_tails: Sequence[Typed], at_least: float) -> Iterable[ScoredLink]:
    for begin in range(0, len(features), PAIRS):
        piece = features.only(slice(begin, begin + PAIRS))
        probabilities = network.linker(heads, tails, piece).sigmoid().cpu().numpy()
        for pair, relation in np.argwhere(piece.allowed & (probabilities >= at_least)).tolist():
            yield ScoredLink(relation=RELATIONS[relation], head=typed_heads[piece.head[pair]], tail=typed_tails[piece.tail[pair]],
                             probability=float(probabilities[pair, relation]))


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
            loss=loss_of(network, lessons), score=score_of(network, held) if held else None, on_step=on_step)
    save_model(network, folder, half=False, mark=mark)
    (work / "linker.pt").unlink(missing_ok=True)
    return folder


def loss_of(network: Network, lessons: Sequence[Lesson]) -> Callable[[Portion, int], Tensor]:
    """Binary cross-entropy over all allowed relations of all pairs of a portion, weighted by lesson."""
    def loss(portion: Portion, epoch: int) -> Tensor:
        lesson = lessons[portion.lesson]
        if not portion.pairs:
            return torch.zeros(())
        with torch.no_grad(), autocast(network.device):
            ids, shown = network.numbers([lesson.windows[number].text for number in portion.windows])
            hidden = network.states(ids, shown).float()
        rows = {number: row for row, number in enumerate(portion.windows)}
        spans = torch.tensor([(rows[one.place.window], one.place.start, one.place.end) for one in portion.ends], device=network.device)
        with autocast(network.device):
            # states end where characters do, also where a published encoder has marks around them
            vectors = network.linker.spans(hidden, shown_of(lesson, portion, hidden), spans)
            losses = [part_of_loss(network, vectors, features, truth) for features, truth in portion.pairs]
        return lesson.weight * torch.stack([loss for loss, _ in losses]).sum() / sum(count for _, count in losses)
    return loss


def shown_of(lesson: Lesson, portion: Portion, hidden: Tensor) -> Tensor:
    lengths = torch.tensor([len(lesson.windows[number].text) for number in portion.windows], device=hidden.device)
    return torch.arange(hidden.shape[1], device=hidden.device)[None, :] < lengths[:, None]


def part_of_loss(network: Network, vectors: Tensor, features: PairFeatures, truth: Floats) -> tuple[Tensor, int]:
    scores = network.linker(vectors, vectors, features).float()
    may = torch.from_numpy(features.allowed).to(scores.device)
    each = nn.functional.binary_cross_entropy_with_logits(scores[may], torch.from_numpy(truth).to(scores.device)[may], reduction="sum")
    return each, int(features.allowed.sum())


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
