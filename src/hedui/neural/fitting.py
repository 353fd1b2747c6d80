"""The loop that all stages share: batches and a loss go in, a trained module comes out, and a killed run goes on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from hedui.neural.checkpoints import Checkpoint, load_checkpoint, save_checkpoint
from hedui.neural.config import StageConfig

__all__ = ["Course", "OnStep", "best_device", "deterministic", "fit", "no_one"]

OnStep = Callable[[str, int, int, Mapping[str, float]], None]
Batch = TypeVar("Batch")
Score = Callable[[], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """One stage to run: its name, its settings, the file it keeps its place in, and what that file must have begun with."""

    stage: str
    config: StageConfig
    checkpoint: Path
    mark: str


def no_one(stage: str, done: int, total: int, figures: Mapping[str, float]) -> None:
    """Hears how far training has come and says nothing."""


def best_device() -> torch.device:
    """The graphics card where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@contextmanager
def deterministic(seed: int) -> Iterator[None]:
    """Inside, torch draws from `seed` and uses algorithms that give the same bytes each time; outside nothing changes."""
    before = torch.are_deterministic_algorithms_enabled()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        # on a card some kernels have no deterministic form; then training warns and goes on
        torch.use_deterministic_algorithms(True, warn_only=torch.cuda.is_available())
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before)


def rate_at(step: int, *, warm_up: int, total: int) -> float:
    """The share of the learning rate at `step`: a line up during warm-up, then a line down to nothing.

    >>> [rate_at(step, warm_up=2, total=4) for step in range(4)]
    [0.5, 1.0, 1.0, 0.5]
    """
    if step < warm_up:
        return (step + 1) / warm_up
    return max(0.0, (total - step) / max(1, total - warm_up))


def random_states() -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        states["cuda"] = torch.cuda.get_rng_state()
    return states


def set_random_states(states: Mapping[str, Tensor]) -> None:
    torch.set_rng_state(states["cpu"])
    if "cuda" in states and torch.cuda.is_available():
        torch.cuda.set_rng_state(states["cuda"])


def copied(module: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().cpu().clone() for name, value in module.state_dict().items()}


@dataclass(kw_only=True)
class Standing:
    """Where the loop is; see `Checkpoint`."""

    epoch: int = 0
    done: int = 0
    step: int = 0
    stale: int = 0
    best: float | None = None
    figures: Mapping[str, float] | None = None
    kept: Mapping[str, Tensor] | None = None


def fit(module: nn.Module, rates: Sequence[tuple[Sequence[nn.Parameter], float]], course: Course, *,
        plan: Callable[[int], Sequence[Batch]], loss: Callable[[Batch, int], Tensor], score: Score | None = None,
        on_step: OnStep = no_one) -> Mapping[str, float]:
    """Trains `module` in place and returns the figures of the epoch that it keeps.

    `plan(epoch)` gives the batches of an epoch, `loss(batch, epoch)` a scalar, `score()` the figures on held lessons, of
    which `score` decides: the weights of the best epoch are kept, without `score` those of the last.
    AdamW (Loshchilov and Hutter 2019), linear warm-up and decay, gradients clipped by norm.
    """
    config = course.config
    total = steps_of(plan, config)
    optimizer = torch.optim.AdamW([{"params": list(group), "lr": rate} for group, rate in rates], weight_decay=config.decay)
    warm_up = max(1, math.ceil(config.warm_up * total))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, warm_up=warm_up, total=total))
    standing = resumed(module, optimizer, scheduler, course)
    parameters = [parameter for group, _ in rates for parameter in group]

    def keep() -> None:
        save_checkpoint(course.checkpoint, Checkpoint(
            epoch=standing.epoch, done=standing.done, step=standing.step, stale=standing.stale, best=standing.best,
            figures=standing.figures or {}, module=copied(module), kept=standing.kept, optimizer=optimizer.state_dict(),
            scheduler=scheduler.state_dict(), random=random_states()), mark=course.mark)

    while standing.step < total and standing.stale < config.patience:
        module.train()
        for batch in plan(standing.epoch)[standing.done:]:
            told = learn(batch, standing.epoch, loss, optimizer, parameters, clip=config.clip)
            scheduler.step()
            standing.step, standing.done = standing.step + 1, standing.done + 1
            on_step(course.stage, standing.step, total, {**(standing.figures or {}), "loss": told})
            if standing.step >= total:
                break
            if standing.step % config.save_every == 0:
                keep()
        judge(module, standing, score)
        standing.epoch, standing.done = standing.epoch + 1, 0
        keep()
    if standing.kept is not None:
        module.load_state_dict(standing.kept)
    module.eval()
    return standing.figures or {}


def steps_of(plan: Callable[[int], Sequence[Any]], config: StageConfig) -> int:
    """How many batches the stage has in all."""
    total = 0
    for epoch in range(config.epochs):
        total += len(plan(epoch))
        if config.steps is not None and total >= config.steps:
            return config.steps
    return total


def learn(batch: Batch, epoch: int, loss: Callable[[Batch, int], Tensor], optimizer: torch.optim.Optimizer,
          parameters: Sequence[nn.Parameter], *, clip: float) -> float:
    """One step on one batch; returns its loss. A batch with nothing to learn (no gradient) changes nothing."""
    optimizer.zero_grad(set_to_none=True)
    value = loss(batch, epoch)
    if value.requires_grad:
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters, clip)
        optimizer.step()
    return float(value.detach())


def judge(module: nn.Module, standing: Standing, score: Score | None) -> None:
    """Scores the epoch that has ended and keeps its weights when they are the best so far."""
    if score is None:
        return
    module.eval()
    figures = score()
    if standing.best is None or figures["score"] > standing.best:
        standing.best, standing.figures, standing.kept, standing.stale = figures["score"], figures, copied(module), 0
    else:
        standing.stale += 1


def resumed(module: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LambdaLR,
            course: Course) -> Standing:
    """Where to go on: at the checkpoint when there is one, else at the start."""
    held = load_checkpoint(course.checkpoint, mark=course.mark)
    if held is None:
        return Standing()
    module.load_state_dict(held.module)
    optimizer.load_state_dict(dict(held.optimizer))
    scheduler.load_state_dict(dict(held.scheduler))
    set_random_states(held.random)
    return Standing(epoch=held.epoch, done=held.done, step=held.step, stale=held.stale, best=held.best,
                    figures=held.figures or None, kept=held.kept)
