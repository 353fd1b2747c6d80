"""Training as a Prefect flow: the steps of `hedui.training.flow` as tasks, in the order that stands there.

Between tasks go names, paths and digests alone. Nothing is tried again by itself: what goes wrong in training goes wrong
again, and the steps that are done are found by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from hedui.training.flow import Steps, Trained
from hedui.training.flow import train as plain
from hedui.training.plan import chosen_plan
from hedui.training.request import Request, request_of

__all__ = ["train", "train_model"]

OnStep = Callable[[str, int, int], None]


def tasked(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    """The step as a task, which is not tried again and not kept by the engine."""
    return task(name=name, cache_policy=NO_CACHE, retries=0)(step)


TASKS = Steps(**{step.name: tasked(step.name, getattr(Steps(), step.name)) for step in fields(Steps)})


@flow(name="hedui-train", validate_parameters=False, persist_result=False)
def train(request: Request, *, on_step: OnStep | None = None, on_line: Callable[[str], None] | None = None) -> Trained:
    """The model that `request` asks for; see `hedui.training.flow.train`."""
    return plain(request, steps=TASKS, on_step=on_step, on_line=on_line)


@flow(name="hedui-train-model", validate_parameters=False, persist_result=False)
def train_model(folders: Sequence[str], out: str, *, unlabelled: Sequence[str] = (), quick: bool = False, seed: int = 7, reports: int | None = None,
                minutes: int | None = None, tuned: Sequence[str] = ()) -> str:
    """The folder of the model trained on `folders` (annotations and reports, in pairs), asked for in plain values as a deployment has them; see
    `hedui.training.request.request_of` and `hedui.training.plan.chosen_plan`."""
    plan = chosen_plan(quick=quick, seed=seed, reports=reports, minutes=minutes)
    return str(train(request_of(folders, out, plan, unlabelled=unlabelled, tuned=tuned)).folder)
