"""Every group of sources left out in turn -> networks that have not seen them, what these read, and what to let them do.

Three rounds, each of jobs that know nothing of one another and run side by side: tune a network on the gold of the others;
read what was left out by rules, by it alone (in 8-bit integers as it ships, and before these) and by the one that has seen
no gold, and observe what it would do otherwise than rules; read again by rules and model together, the model doing what gained on the other sources.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from hedui.neural.config import TrainingConfig
from hedui.neural.fusion.files import NETWORK, POLICY, RANKER
from hedui.neural.fusion.model import model_of
from hedui.neural.fusion.policy import Observation, Policy, choose_policy
from hedui.neural.fusion.ranker import Ranker, load_ranker
from hedui.neural.saving import load_network
from hedui.neural.stored import load_engine
from hedui.neural.types import Lesson
from hedui.training.calibrating import save_items
from hedui.training.lesson_store import load_lessons
from hedui.training.measures import held_figures
from hedui.training.networks import Texts, configured, tuned, weights_of
from hedui.training.readings import by_model_alone, by_rules, fused, observed, opened
from hedui.training.run import Run
from hedui.training.sources import Fold, Source
from hedui.training.steps import Done, Workshop, file_digests, read_json, write_json

__all__ = ["ITEMS", "OBSERVED", "aside", "figures_in", "fused_folds", "marks", "observations", "observed_folds",
           "parted", "policy_of", "ranker_in", "replayed", "sources_in", "tuned_folds"]

# what a model is less sure of it does not do, whatever it would have gained: reports that rules read well would pay for it
SURE = 0.95
FIGURES, OBSERVED, ITEMS = "figures.json", "observed.json", "items.jsonl"
JUDGING = ("training.readings", "training/folds.py", "training/measures.py")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tuning:
    """One job of the first round."""

    workshop: Workshop
    fold: Fold
    name: str
    start: Path
    gold: Done
    base: Done
    made: Done
    config: TrainingConfig
    replay: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Judging:
    """One job of the second or third round: sources left out, the network and the ranker that have not seen them, and a network
    that has seen no gold at all (None where there is none)."""

    workshop: Workshop
    fold: Fold
    name: str
    sources: tuple[Source, ...]
    tuned: Done
    ranker: Done | None = None
    untaught: Path | None = None
    base: Done | None = None
    policy: Policy | None = None


def tuned_folds(run: Run, texts: Texts, start: Done, base: Done, *, name: str = "fold", config: TrainingConfig | None = None,
                folds: Sequence[Fold] | None = None) -> tuple[Done, ...]:
    """A network for each fold, tuned on the gold of the others with some made reports among it."""
    jobs = [Tuning(workshop=replace(run.workshop, on_line=None), fold=fold, name=f"{name}-{at + 1}", start=weights_of(base, start),
                   gold=texts.gold, base=base, made=texts.made, config=configured(run, config or run.request.plan.fine),
                   replay=run.request.plan.replay)
            for at, fold in enumerate(folds or run.folds)]
    if "gold" in run.request.without:
        jobs = [replace(job, replay=-1) for job in jobs]
    return aside(run, tune, jobs, name)


def tune(job: Tuning) -> Done:
    """The network of one fold."""
    lessons = [] if job.replay < 0 else [one for one in load_lessons(job.gold.folder) if one.source not in job.fold.out]
    if lessons:
        lessons += replayed(job.made, job.replay)
    return tuned(job.workshop, 8, job.name, start=job.start, lessons=lessons, config=job.config, after=[job.base, job.gold],
                 settings=[job.fold.out, job.replay])


def replayed(made: Done, count: int) -> list[Lesson]:
    """So many made lessons, spread evenly."""
    lessons = load_lessons(made.folder) if count else []
    return lessons[::max(1, len(lessons) // max(1, count))][:count]


def observed_folds(run: Run, tuned_: Sequence[Done], start: Done, base: Done, *, rankers: Sequence[Done | None],
                   name: str = "observed", folds: Sequence[Fold] | None = None) -> tuple[Done, ...]:
    """What rules read of each fold's sources, what models alone do, and what network and ranker would do otherwise than rules."""
    path = weights_of(base, start)
    jobs = [Judging(workshop=replace(run.workshop, on_line=None), fold=fold, name=f"{name}-{at + 1}", sources=sources_in(run, fold),
                    tuned=done, ranker=ranker, untaught=path, base=base)
            for at, (fold, done, ranker) in enumerate(zip(folds or run.folds, tuned_, rankers, strict=True))]
    return aside(run, observe_fold, jobs, name)


def observe_fold(job: Judging) -> Done:
    """Figures of readings and observations of one fold."""
    def make(folder: Path) -> None:
        network = load_engine(job.tuned.folder / NETWORK, threads=1)
        precise = load_network(job.tuned.folder / NETWORK)
        untaught = None if job.untaught is None else load_network(job.untaught)
        told: dict[str, dict[str, Any]] = {}
        seen: list[dict[str, Any]] = []
        for source in map(opened, job.sources):
            told[source.name] = {"rules": held_figures(by_rules(source)), "model": held_figures(by_model_alone(source, network)),
                                 "precise": held_figures(by_model_alone(source, precise))}
            if untaught is not None:
                told[source.name]["untaught"] = held_figures(by_model_alone(source, untaught))
            seen += [asdict(one) for one in observed(source, network, ranker_in(job.ranker))]
        write_json(folder / FIGURES, told)
        write_json(folder / OBSERVED, seen)
    after = [one for one in (job.tuned, job.ranker, job.base) if one is not None]
    return job.workshop.step(9, job.name, make, after=after, settings=marks(job.sources), code=JUDGING)


def fused_folds(run: Run, tuned_: Sequence[Done], seen: Sequence[Done], *, rankers: Sequence[Done | None], name: str = "fused",
                folds: Sequence[Fold] | None = None) -> tuple[Done, ...]:
    """What rules and model read together of each fold's sources, by the policy that the other folds' observations chose."""
    jobs = [Judging(workshop=replace(run.workshop, on_line=None), fold=fold, name=f"{name}-{at + 1}", sources=sources_in(run, fold),
                    tuned=done, ranker=ranker, policy=policy_of(run, [one for one in seen if one is not seen[at]]))
            for at, (fold, done, ranker) in enumerate(zip(folds or run.folds, tuned_, rankers, strict=True))]
    return aside(run, fuse_fold, jobs, name)


def fuse_fold(job: Judging) -> Done:
    """Figures and calibration items of one fold."""
    policy = job.policy or Policy()

    def make(folder: Path) -> None:
        model = model_of(load_engine(job.tuned.folder / NETWORK, threads=1), policy, ranker=ranker_in(job.ranker))
        told, items = {}, []
        for source in map(opened, job.sources):
            found, read = fused(source, model)
            told[source.name] = {"both": held_figures(found)}
            items += read
        write_json(folder / FIGURES, told)
        save_items(folder / ITEMS, items)
        policy.save(folder / POLICY)
    settings = [marks(job.sources), sorted((kind, action, least) for (kind, action), least in policy.thresholds.items())]
    after = [one for one in (job.tuned, job.ranker) if one is not None]
    return job.workshop.step(10, job.name, make, after=after, settings=settings, code=JUDGING)


def observations(seen: Sequence[Done]) -> list[Observation]:
    """Everything that was observed in these folds."""
    return [Observation(**one) for done in seen for one in read_json(done.folder / OBSERVED)]


def policy_of(run: Run, seen: Sequence[Done]) -> Policy:
    """What the model may do after what was observed in these folds."""
    telling, beside = parted(run, [one for one in observations(seen) if one.probability >= SURE])
    chosen = choose_policy(telling, beside=beside)
    return Policy(thresholds={key: max(least, SURE) for key, least in chosen.thresholds.items()})


def parted(run: Run, seen: Sequence[Observation]) -> tuple[Sequence[Observation], Sequence[Observation]]:
    """What was observed in sources that no rule was written to, and in the others: a model that differs from rules where they were
    made to be right is wrong by design. Where every source is of one kind all of them tell."""
    tuned = {source.name for source in run.sources if run.request.pairs[source.collection][0] in run.request.tuned}
    telling = [one for one in seen if one.source not in tuned]
    return (telling, [one for one in seen if one.source in tuned]) if telling else (seen, ())


def figures_in(folds: Sequence[Done]) -> Mapping[str, Mapping[str, Any]]:
    """By reader and source, what the folds measured."""
    found: dict[str, dict[str, Any]] = {}
    for done in folds:
        for source, readers in read_json(done.folder / FIGURES).items():
            for reader, held in readers.items():
                found.setdefault(reader, {})[source] = held
    return found


def ranker_in(done: Done | None) -> Ranker | None:
    """The ranker that a step fitted; none where it had nothing to learn from."""
    return load_ranker(done.folder / RANKER) if done is not None and (done.folder / RANKER).is_file() else None


def sources_in(run: Run, fold: Fold) -> tuple[Source, ...]:
    return tuple(source for source in run.sources if source.name in fold.out)


def marks(sources: Sequence[Source]) -> list[object]:
    """What tells one state of the sources from another."""
    return [sorted(file_digests([source.report, *source.golds]).items()) for source in sources]


def aside(run: Run, work: Callable[[Any], Done], jobs: Sequence[Any], name: str) -> tuple[Done, ...]:
    """The jobs side by side, those that were done before at once."""
    return tuple(run.aside.side_by_side(work, jobs, on_done=lambda done, total: run.on_step(name, done, total)))
