"""Lessons in, a network that tags characters out: the second stage of training, and how well it does on other lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from hedui.errors import UsageError
from hedui.neural.batches import shuffled_batches
from hedui.neural.checkpoints import fingerprint, lesson_marks
from hedui.neural.config import TrainingConfig, as_json
from hedui.neural.decoding import tags_of
from hedui.neural.engine import BIO
from hedui.neural.fitting import Course, OnStep, best_device, deterministic, fit, no_one
from hedui.neural.masking import IGNORED
from hedui.neural.network import Network, autocast
from hedui.neural.reading import read_windows
from hedui.neural.saving import load_network, made_from, save_model, weights_mark
from hedui.neural.types import Lesson, Tag, Window

__all__ = ["f1_figures", "tag_figures", "train_tagger"]

NUMBER = {label: i for i, label in enumerate(BIO)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One window with a number for each character (of BIO, or `IGNORED`), and what its loss counts for."""

    text: str
    targets: NDArray[np.int64]
    weight: float


def train_tagger(lessons: Sequence[Lesson], start: Path, *, held: Sequence[Lesson] = (), config: TrainingConfig, work: Path,
                 on_step: OnStep = no_one) -> Path:
    """Trains encoder and tag head on `lessons` from the weights in `start` (of an encoder, or of a tagger to be tuned) and
    returns the tagger's folder in `work`; goes on where an earlier call was killed. Keeps the epoch that does best on
    `held`, without them the last.
    """
    mark = fingerprint("tagger", as_json(config), weights_mark(start), lesson_marks(lessons), lesson_marks(held))
    folder = work / "tagger"
    if made_from(folder, mark):
        return folder
    examples = [example for lesson in lessons for example in examples_of(lesson)]
    if not examples:
        raise UsageError("没有可用于训练的标注 · no annotated windows to train the tagger on")
    network = load_network(start, device=best_device())
    lengths = [len(example.text) for example in examples]

    def plan(epoch: int) -> list[list[int]]:
        return shuffled_batches(lengths, characters=config.tagger.characters, seed=config.seed, epoch=epoch)

    with deterministic(config.seed):
        fit(network, [([*network.encoder.parameters(), *network.stem.parameters()], config.tagger.rate),
                      (list(network.head.parameters()), config.tagger.head_rate)],
            Course(stage="tagger", config=config.tagger, checkpoint=work / "tagger.pt", mark=mark), plan=plan,
            loss=loss_of(network, examples), score=score_of(network, held) if held else None, on_step=on_step)
    save_model(network, folder, half=False, mark=mark)
    (work / "tagger.pt").unlink(missing_ok=True)
    return folder


def examples_of(lesson: Lesson) -> Iterable[Example]:
    """The windows of `lesson` in which anything is to be learnt."""
    for window, tags, unsure in zip(lesson.windows, lesson.tags, lesson.unsure, strict=True):
        targets = targets_of(window, tags, unsure)
        if (targets != IGNORED).any():
            yield Example(text=window.text, targets=targets, weight=lesson.weight)


def targets_of(window: Window, tags: Sequence[Tag], unsure: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """What each character is, `IGNORED` for context, for what is unsure, and for what a neighbour answers for unless a
    tag reaches there."""
    targets = np.full(len(window.text), IGNORED)
    begin, end = window.own
    targets[begin:end] = NUMBER["O"]
    for tag in tags:
        if begin <= tag.start < end:
            targets[tag.start] = NUMBER[f"B-{tag.label}"]
            targets[tag.start + 1:tag.end] = NUMBER[f"I-{tag.label}"]
    for first, last in unsure:
        targets[first:last] = IGNORED
    targets[:window.context] = IGNORED
    return targets


def loss_of(network: Network, examples: Sequence[Example]) -> Callable[[Sequence[int], int], Tensor]:
    """Cross-entropy a character, in nats, weighted by lesson."""
    def loss(indices: Sequence[int], epoch: int) -> Tensor:
        batch = [examples[i] for i in indices]
        with autocast(network.device):
            scores = network.tag_scores(network.states(*network.numbers([example.text for example in batch]))).float()
        targets = torch.full(scores.shape[:2], IGNORED)
        for row, example in enumerate(batch):
            targets[row, :len(example.text)] = torch.from_numpy(example.targets)
        targets = targets.to(scores.device)
        each = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none")
        weights = torch.tensor([example.weight for example in batch], device=scores.device)
        counted = (weights[:, None] * (targets != IGNORED)).flatten()
        # a window of little weight moves the network little even when its whole batch has little
        return (each * counted).sum() / (targets != IGNORED).sum().clamp(min=1)
    return loss


def score_of(network: Network, held: Sequence[Lesson]) -> Callable[[], Mapping[str, float]]:
    def score() -> Mapping[str, float]:
        return tag_figures(network, held)
    return score


def tag_figures(network: Network, lessons: Iterable[Lesson]) -> Mapping[str, float]:
    """F1 of exact spans with their labels in what the windows own, unsure ranges left out: `score` over all labels
    together, and `f1 LABEL` for each that occurs."""
    counts = Counter[tuple[str, str]]()
    for lesson in lessons:
        reading = read_windows(network, lesson.windows, kept=0)
        for window, unsure, gold, found in zip(lesson.windows, lesson.unsure, lesson.tags, tags_of(reading, lesson.anchors), strict=True):
            truth = {(tag.start, tag.end, tag.label) for tag in gold
                     if window.own[0] <= tag.start < window.own[1] and sure(tag.start, tag.end, unsure)}
            told = {(tag.start, tag.end, tag.label) for tag in found if sure(tag.start, tag.end, unsure)}
            for kind, spans in (("right", truth & told), ("missed", truth - told), ("wrong", told - truth)):
                counts.update((label, kind) for _, _, label in spans)
    return f1_figures(counts)


def sure(start: int, end: int, unsure: Sequence[tuple[int, int]]) -> bool:
    return not any(start < last and first < end for first, last in unsure)


def f1_figures(counts: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """Micro F1 over all labels as `score`, and that of each label, from counts of (label, right | missed | wrong).

    >>> f1_figures({("ORG", "right"): 1, ("ORG", "missed"): 1, ("REGION", "wrong"): 1})
    {'score': 0.5, 'f1 ORG': 0.6666666666666666, 'f1 REGION': 0.0}
    """
    def f1(labels: Iterable[str]) -> float:
        right, missed, wrong = (sum(counts.get((label, kind), 0) for label in labels) for kind in ("right", "missed", "wrong"))
        return 2 * right / (2 * right + missed + wrong) if right + missed + wrong else 0.0

    labels = sorted({label for label, _ in counts})
    return {"score": f1(labels), **{f"f1 {label}": f1([label]) for label in labels}}
