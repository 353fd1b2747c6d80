"""Surveys in, one label model a kind of item out, kept as JSON: probabilities of every item, and figures of every function."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedui.errors import ReadError
from hedui.neural.weak.functions import ballots_of, functions_of, groups_of
from hedui.neural.weak.label_model import VoteModel, fit_votes
from hedui.neural.weak.types import CLASSES, KINDS, Ballots, Kind, Survey

__all__ = ["LabelModel", "fit_label_model", "load_label_model", "save_label_model"]

# how firmly the classes of a kind are believed to be as frequent: what pairs are proposed says nothing of how many hold
BALANCE: Mapping[Kind, float] = {"span": 0.25, "measure": 0.25, "name": 1.0}
FORM = "hedui-label-model/1"
AGAIN = "请用 hedui train 重新生成 · make it anew with hedui train"


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelModel:
    """A model of votes for each kind, with the names of the functions it was learned for; `reports` is how many reports
    it was learned from, `items` how many items of each kind."""

    models: Mapping[Kind, VoteModel]
    functions: Mapping[Kind, tuple[str, ...]]
    reports: int
    items: Mapping[Kind, int]

    def probabilities(self, ballots: Ballots) -> NDArray[np.float64]:
        """(items, classes) in the order of `CLASSES[ballots.kind]`."""
        return self.models[ballots.kind].probabilities(ballots.votes)


def fit_label_model(documents: Sequence[Survey]) -> LabelModel:
    """The label model of `documents`, learned from how their labelling functions agree; no annotation is looked at."""
    return fit_ballots([{kind: ballots_of(survey, kind) for kind in KINDS} for survey in documents])


def fit_ballots(reports: Sequence[Mapping[Kind, Ballots]]) -> LabelModel:
    models: dict[Kind, VoteModel] = {}
    sizes: dict[Kind, int] = {}
    for kind in KINDS:
        functions = functions_of(kind)
        votes = np.concatenate([np.empty((0, len(functions)), dtype=np.int64), *(report[kind].votes for report in reports)])
        sizes[kind] = len(votes)
        models[kind] = fit_votes(votes, len(CLASSES[kind]), groups=groups_of(functions), silent=[f.silent for f in functions],
                                 right=[f.right for f in functions], trust=[f.trust for f in functions], balance=BALANCE[kind])
    return LabelModel(models=models, reports=len(reports), items=sizes,
                      functions={kind: tuple(f.name for f in functions_of(kind)) for kind in KINDS})


def save_label_model(model: LabelModel, path: Path) -> None:
    """Written whole or not at all; the same model gives the same bytes."""
    held = {"form": FORM, "reports": model.reports, "kinds": {kind: {
        "items": model.items[kind], "classes": list(CLASSES[kind]), "functions": list(model.functions[kind]),
        "prior": rounded(model.models[kind].prior), "tables": rounded(model.models[kind].tables),
        "groups": list(model.models[kind].groups), "silent": list(model.models[kind].silent),
        "rounds": model.models[kind].rounds} for kind in KINDS}}
    half = path.with_name(f".{path.name}.half")
    half.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    half.replace(path)


def rounded(values: NDArray[np.float64]) -> Any:
    return np.round(values, 10).tolist()


def load_label_model(path: Path) -> LabelModel:
    """The model kept at `path`; ReadError where it is no label model, is of another version or was made for other
    functions than these."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(path.name, f"不是可读的标注模型，{AGAIN} · not a label model that can be read ({error})") from error
    if not isinstance(held, dict) or held.get("form") != FORM:
        found = held.get("form") if isinstance(held, dict) else type(held).__name__
        raise ReadError(path.name, f"标注模型版本不符：{found!r}，应为 {FORM!r}，{AGAIN} · found form {found!r}, expected {FORM!r}")
    try:
        kinds = {kind: held["kinds"][kind] for kind in KINDS}
        return LabelModel(models={kind: kept_model(path, kind, kinds[kind]) for kind in KINDS}, reports=int(held["reports"]),
                          functions={kind: tuple(kinds[kind]["functions"]) for kind in KINDS},
                          items={kind: int(kinds[kind]["items"]) for kind in KINDS})
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(path.name, f"标注模型残缺，{AGAIN} · parts of the label model are missing or of the wrong kind ({error})") from error


def kept_model(path: Path, kind: Kind, held: Mapping[str, Any]) -> VoteModel:
    functions, classes = functions_of(kind), CLASSES[kind]
    if tuple(held["functions"]) != tuple(f.name for f in functions) or tuple(held["classes"]) != classes:
        raise ReadError(path.name, f"标注函数或类别已变，{AGAIN} · made for other labelling functions or classes", where=kind)
    prior, tables = np.array(held["prior"], dtype=np.float64), np.array(held["tables"], dtype=np.float64)
    shape = (len(functions), len(classes), len(classes) + 1)
    sums = (*prior.sum(keepdims=True), *tables.sum(axis=2).ravel()) if tables.shape == shape else (math.nan,)
    if prior.shape != (len(classes),) or not np.allclose(sums, 1.0, atol=1e-6) or min(prior.min(), tables.min()) < 0:
        raise ReadError(path.name, f"标注模型的概率不成立，{AGAIN} · its figures are no probabilities of {shape}", where=kind)
    return VoteModel(prior=prior, tables=tables, groups=tuple(map(int, held["groups"])),
                     silent=tuple(map(bool, held["silent"])), rounds=int(held["rounds"]))
