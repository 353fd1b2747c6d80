"""Surveys, their votes and the label model in, figures of every labelling function out, for the model card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedui.gold import Gold
from hedui.neural.weak.functions import ballots_of, functions_of
from hedui.neural.weak.label_model import majority
from hedui.neural.weak.model import LabelModel
from hedui.neural.weak.truth import truth_of
from hedui.neural.weak.types import ABSTAIN, CLASSES, KINDS, Kind, Survey

__all__ = ["FunctionFigures", "SureFigures", "figures_of", "figures_table", "sure_figures"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionFigures:
    """Of one function: the share of items it votes on, of these the share on which another votes otherwise, how often it
    is right by the model, and how often by annotations, of `judged` items (None without)."""

    kind: Kind
    name: str
    coverage: float
    conflicts: float
    estimated: float
    accuracy: float | None
    judged: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SureFigures:
    """Of the items of one class by annotation or by what is said: precision and recall of the label model's sure items, of
    the majority of votes, and of the rules alone; a pair is (right, said, wanted)."""

    kind: Kind
    label: str
    sure: tuple[int, int, int]
    majority: tuple[int, int, int]
    rules: tuple[int, int, int]


def figures_of(surveys: Sequence[Survey], model: LabelModel,
               golds: Mapping[str, Sequence[Gold]] | None = None) -> tuple[FunctionFigures, ...]:
    """`golds` are annotations by source, read with their text; they are only held against the votes."""
    found = []
    for kind in KINDS:
        votes, truth = votes_and_truth(surveys, kind, golds or {})
        estimated = model.models[kind].accuracies()
        spoken = votes != ABSTAIN
        for j, function in enumerate(functions_of(kind)):
            mine = spoken[:, j]
            others = (spoken & (votes != votes[:, j, None])).any(axis=1) & mine
            judged = mine & (truth != ABSTAIN)
            right = float((votes[judged, j] == truth[judged]).mean()) if judged.any() else None
            found.append(FunctionFigures(
                kind=kind, name=function.name, coverage=share(mine.sum(), len(votes)), conflicts=share(others.sum(), mine.sum()),
                estimated=float(estimated[j]), accuracy=right, judged=int(judged.sum())))
    return tuple(found)


def sure_figures(surveys: Sequence[Survey], model: LabelModel, golds: Mapping[str, Sequence[Gold]], *,
                 sure: float = 0.9) -> tuple[SureFigures, ...]:
    """The label model's sure items, the majority of votes (ties say nothing) and the rules alone, by class."""
    found = []
    for kind in KINDS:
        votes, truth = votes_and_truth(surveys, kind, golds)
        chances = model.models[kind].probabilities(votes)
        said = np.where(chances.max(axis=1) >= sure, chances.argmax(axis=1), ABSTAIN)
        shares = majority(votes, len(CLASSES[kind]))
        top = np.sort(shares, axis=1)
        most = np.where(top[:, -1] > top[:, -2], shares.argmax(axis=1), ABSTAIN)
        rules = votes[:, [f.name.startswith("rules") for f in functions_of(kind)]].max(axis=1, initial=ABSTAIN)
        for number, label in enumerate(CLASSES[kind]):
            told = [counts(one, truth, number) for one in (said, most, rules)]
            if told[0][2]:
                found.append(SureFigures(kind=kind, label=label, sure=told[0], majority=told[1], rules=told[2]))
    return tuple(found)


def counts(said: NDArray[np.int64], truth: NDArray[np.int64], number: int) -> tuple[int, int, int]:
    known = truth != ABSTAIN
    return (int(((said == number) & (truth == number)).sum()), int(((said == number) & known).sum()), int((truth == number).sum()))


def votes_and_truth(surveys: Sequence[Survey], kind: Kind,
                    golds: Mapping[str, Sequence[Gold]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    held = [(survey, ballots_of(survey, kind)) for survey in surveys]
    votes = np.concatenate([np.empty((0, len(functions_of(kind))), dtype=np.int64), *(ballots.votes for _, ballots in held)])
    truth = [truth_of(golds.get(survey.source, ()), survey, ballots) for survey, ballots in held]
    return votes, np.concatenate([np.empty(0, dtype=np.int64), *truth])


def share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def figures_table(figures: Sequence[FunctionFigures]) -> str:
    """Markdown, one line a function."""
    rows = [f"| {f.kind} | {f.name} | {f.coverage:.3f} | {f.conflicts:.3f} | {f.estimated:.3f} | "
            f"{'–' if f.accuracy is None else f'{f.accuracy:.3f}'} | {f.judged} |" for f in figures]
    return "\n".join(("| kind | function | coverage | conflicts | estimated | accuracy | judged |", "|---|---|---|---|---|---|---|", *rows))
