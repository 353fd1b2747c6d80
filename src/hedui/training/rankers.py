"""Annotated sources -> for every fold a ranker that has seen none of what is left out, and one of all sources, which ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hedui.neural.fusion.files import RANKER
from hedui.training.folds import aside, marks, ranker_in, sources_in
from hedui.training.ranking import Case, cases_of, fit_ranker
from hedui.training.readings import opened, read_by_rules
from hedui.training.run import Run
from hedui.training.sources import Source
from hedui.training.steps import Done, Workshop, read_json, write_json

__all__ = ["Rankers", "ranked", "ranker_weights"]

CASES = "cases.json"
CODE = ("training.ranking", "training.readings", "training/rankers.py")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rankers:
    """A ranker for each fold, and that of all sources; none where nothing is learned from annotations."""

    folds: tuple[Done | None, ...]
    final: Done | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One job: sources whose readings by rules are made cases."""

    workshop: Workshop
    name: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitting:
    """One job: cases that a ranker is fitted on."""

    workshop: Workshop
    name: str
    read: tuple[Done, ...]


def ranked(run: Run) -> Rankers:
    """The rankers of a run; that of a fold rests on the other folds' sources."""
    if "gold" in run.request.without:
        return Rankers(folds=(None,) * len(run.folds))
    workshop = replace(run.workshop, on_line=None)
    read = aside(run, read_cases, [Reading(workshop=workshop, name=f"cases-{at + 1}", sources=sources_in(run, fold))
                                   for at, fold in enumerate(run.folds)], "cases")
    jobs = [Fitting(workshop=workshop, name=f"ranker-{at + 1}", read=tuple(one for one in read if one is not done))
            for at, done in enumerate(read)]
    *folds, final = aside(run, fit_cases, [*jobs, Fitting(workshop=workshop, name="ranker", read=read)], "ranker")
    return Rankers(folds=tuple(folds), final=final)


def read_cases(job: Reading) -> Done:
    """The cases of one fold's sources."""
    def make(folder: Path) -> None:
        cases: list[Case] = []
        for source in map(opened, job.sources):
            told = read_by_rules(source)
            cases += cases_of(told.layout, told.mentions, told.claims, source.golds)
        write_json(folder / CASES, numbered(cases))
    return job.workshop.step(8, job.name, make, settings=marks(job.sources), code=CODE)


def fit_cases(job: Fitting) -> Done:
    """A ranker of some folds; none where these hold no case."""
    def make(folder: Path) -> None:
        ranker = fit_ranker(cases_in(job.read))
        if ranker is not None:
            ranker.save(folder / RANKER)
    return job.workshop.step(8, job.name, make, after=job.read, code=CODE)


def numbered(cases: Sequence[Case]) -> dict[str, Any]:
    """Cases as JSON, every trait told once and then by its number: there are many choices."""
    traits = sorted({trait for case in cases for choice in case.choices for trait in choice})
    numbers = {trait: str(at) for at, trait in enumerate(traits)}
    return {"traits": traits, "cases": [{"source": case.source, "right": case.right,
                                         "choices": [" ".join(numbers[trait] for trait in choice) for choice in case.choices]}
                                        for case in cases]}


def cases_in(read: Sequence[Done]) -> list[Case]:
    found: list[Case] = []
    for held in (read_json(done.folder / CASES) for done in read):
        traits = held["traits"]
        found += [Case(source=one["source"], right=tuple(one["right"]),
                       choices=tuple(tuple(traits[int(at)] for at in choice.split()) for choice in one["choices"]))
                  for one in held["cases"]]
    return found


def ranker_weights(done: Done | None) -> int:
    """How many weights the ranker of a step has."""
    ranker = ranker_in(done)
    return 0 if ranker is None else len(ranker.weights)
