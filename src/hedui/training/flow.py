"""A request -> a model with its card: the steps in their order, each a plain function that can be given another engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from hedui.confidence import Item
from hedui.evaluate.pictures import write_pictures
from hedui.readers import read
from hedui.training import folds as rounds
from hedui.training import networks, texts
from hedui.training.calibrating import left_out, load_items, reliabilities_of, shifted
from hedui.training.lesson_store import load_lessons
from hedui.training.likeness import likeness
from hedui.training.metrics import data_of, metrics_of
from hedui.training.networks import Texts
from hedui.training.rankers import Rankers, ranked, ranker_weights
from hedui.training.request import Kind, Request
from hedui.training.run import OnStep, Run, begun
from hedui.training.ship import METRICS, PICTURES, ship, weights_figures
from hedui.training.sources import shared_by
from hedui.training.steps import Done, read_json, write_json

__all__ = ["Steps", "Trained", "train"]

MEASURED = ("training.metrics", "training.likeness", "training.calibrating", "evaluate.pictures", "evaluate.drawings", "training/flow.py")
WITHOUT: tuple[Kind, ...] = ("synthetic", "weak")


@dataclass(frozen=True, kw_only=True, slots=True)
class Through:
    """What came of one way through the folds."""

    texts: Texts
    start: Done
    base: Done
    tuned: tuple[Done, ...]
    rankers: Rankers
    seen: tuple[Done, ...]
    fused: tuple[Done, ...]

    @property
    def figures(self) -> Mapping[str, Mapping[str, Any]]:
        """By reader and source."""
        return rounds.figures_in((*self.seen, *self.fused))

    @property
    def items(self) -> list[Item]:
        """Everything read by rules and model together in reports left out."""
        return list(chain.from_iterable(load_items(done.folder / rounds.ITEMS) for done in self.fused))


def final(run: Run, through: Through) -> Done:
    """The network that ships: tuned on all gold."""
    plan = run.request.plan
    gold = [] if "gold" in run.request.without else load_lessons(through.texts.gold.folder)
    lessons = [*gold, *rounds.replayed(through.texts.made, plan.replay)] if gold else []
    return networks.tuned(run.workshop, 11, "final", start=networks.weights_of(through.base, through.start), lessons=lessons,
                          config=networks.configured(run, plan.fine), after=[through.base, through.texts.gold], settings=plan.replay)


def measure(run: Run, through: Through, last: Done, others: Mapping[str, Through]) -> Done:
    """metrics.json and the pictures of how far probabilities hold."""
    def make(folder: Path) -> None:
        counted = {name: read_json(done.folder / texts.COUNTS) for name, done in (
            ("made", through.texts.made), ("unlabelled", through.texts.unlabelled), ("gold", through.texts.gold))}
        items = through.items
        groups = {"province": shared_by(run.sources, "regions"), "year": shared_by(run.sources, "years")}
        reliable = reliabilities_of(left_out(items, run.folds, run.aside.side_by_side))
        reliable |= shifted(items, groups, run.aside.side_by_side)
        write_json(folder / METRICS, metrics_of(
            run, data=data_of(run, counted), figures=through.figures, reliable=reliable,
            policy=rounds.policy_of(run, through.seen), seen=rounds.parted(run, rounds.observations(through.seen))[0],
            ablation={name: one.figures for name, one in others.items()}, weights=weights_figures(last),
            ranker=ranker_weights(through.rankers.final),
            likeness=likeness(texts.texts_of(through.texts.made), {one.name: read(one.report).text for one in run.sources})))
        write_pictures(reliable, folder / PICTURES)
    rankers = [] if through.rankers.final is None else [through.rankers.final]
    after = [last, *rankers, *through.seen, *through.fused, *(done for one in others.values() for done in (*one.seen, *one.fused))]
    return run.workshop.step(12, "metrics", make, settings=run.workshop.date, after=after, code=MEASURED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """The functions that a run consists of."""

    made_reports: Callable[..., Done] = texts.made_reports
    made_lessons: Callable[..., Done] = texts.made_lessons
    gold_lessons: Callable[..., Done] = texts.gold_lessons
    unlabelled_lessons: Callable[..., Done] = texts.unlabelled_lessons
    vocabulary: Callable[..., Done] = networks.vocabulary
    encoder: Callable[..., Done] = networks.encoder
    base: Callable[..., Done] = networks.base
    tuned_folds: Callable[..., tuple[Done, ...]] = rounds.tuned_folds
    ranked: Callable[..., Rankers] = ranked
    observed_folds: Callable[..., tuple[Done, ...]] = rounds.observed_folds
    fused_folds: Callable[..., tuple[Done, ...]] = rounds.fused_folds
    final: Callable[..., Done] = final
    measure: Callable[..., Done] = measure
    ship: Callable[..., Path] = ship


@dataclass(frozen=True, kw_only=True, slots=True)
class Trained:
    """The folder of a finished model and what was measured."""

    folder: Path
    metrics: Mapping[str, Any] = field(repr=False)


def train(request: Request, *, steps: Steps = Steps(), on_step: OnStep | None = None,
          on_line: Callable[[str], None] | None = None) -> Trained:
    """Trains what `request` asks for and puts it in its place. A run that was stopped goes on where it was: steps that are
    done are found again. UsageError, ReadError and StoreError say in one line what is wrong."""
    with begun(request, environment=os.environ, on_step=on_step, on_line=on_line) as run:
        through = through_folds(run, steps)
        others = {f"{name}": through_folds(other, steps, prefix=f"{name}-") for name, other in variants(run)}
        last = steps.final(run, through)
        measured = steps.measure(run, through, last, others)
        folder = steps.ship(request.out, last, rounds.policy_of(run, through.seen), through.items, measured, through.rankers.final)
    return Trained(folder=folder, metrics=read_json(folder / METRICS))


def through_folds(run: Run, steps: Steps, *, prefix: str = "") -> Through:
    """From texts to what was read in every source left out."""
    made = steps.made_lessons(run, steps.made_reports(run))
    learnt = Texts(made=made, gold=steps.gold_lessons(run), unlabelled=steps.unlabelled_lessons(run))
    start = steps.encoder(run, learnt, steps.vocabulary(run, learnt))
    base = steps.base(run, learnt, start, run.request.plan.base)
    tuned = steps.tuned_folds(run, learnt, start, base, name=f"{prefix}fold")
    rankers = steps.ranked(run)
    seen = steps.observed_folds(run, tuned, start, base, rankers=rankers.folds, name=f"{prefix}observed")
    return Through(texts=learnt, start=start, base=base, tuned=tuned, rankers=rankers, seen=seen,
                   fused=steps.fused_folds(run, tuned, seen, rankers=rankers.folds, name=f"{prefix}fused"))


def variants(run: Run) -> Sequence[tuple[str, Run]]:
    """The runs of the ablation, all with the cheap settings: with everything, and without one kind each."""
    request = run.request
    if not request.ablation:
        return ()
    cheap = replace(request, plan=replace(request.plan, base=request.plan.cheap), ablation=False)
    kinds = [kind for kind in WITHOUT if kind not in request.without and (kind != "weak" or request.unlabelled)]
    told: list[tuple[str, frozenset[Kind]]] = [("nothing", request.without), *((kind, request.without | {kind}) for kind in kinds)]
    if "gold" not in request.without:
        told.append(("gold", request.without | {"gold"}))
    return [(name, replace(run, request=replace(cheap, without=without))) for name, without in told]
