"""Comparing results with annotations as a Prefect flow, with the figures as a table on Prefect's own pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from hedui.errors import StoreError
from hedui.evaluate import Evaluation, evaluation_json
from hedui.evaluate import evaluate as plain
from hedui.evaluate.table import figure_rows

__all__ = ["evaluate"]


@task(name="compare", cache_policy=NO_CACHE, retries=0)
def compare(gold: str, reports: str) -> Evaluation:
    """The figures of the results under `reports` beside the annotations in `gold`."""
    return plain(gold, reports)


@task(name="tell", cache_policy=NO_CACHE, retries=0)
def tell(found: Evaluation, figures: str | None) -> None:
    """The figures as an artifact, and in the file `figures` where one is named. StoreError where it cannot be written."""
    create_table_artifact(figure_rows(found), key="hedui-figures",
                          description=f"{len(found.by_source)} 份与标注相比 · reports held against annotations")
    if figures is not None:
        try:
            Path(figures).write_text(evaluation_json(found), encoding="utf-8", newline="\n")
        except OSError as error:
            raise StoreError(f"{figures}: 写不进去 · cannot be written: {error.strerror or error}") from error


@flow(name="hedui-evaluate", validate_parameters=False, persist_result=False)
def evaluate(gold: str, reports: str, *, figures: str | None = None) -> dict[str, Any]:
    """Compares the results under `reports` with the annotations in `gold` (see `hedui.evaluate.evaluate`); every figure by name. UsageError where
    nothing is to be compared."""
    found = compare(gold, reports)
    tell(found, figures)
    return {name: pooled.figure.value for name, pooled in found.figures.items()}
