"""The main job as a Prefect flow: the steps of `hedui.bulk.running` as tasks, in the order that stands there.

Between tasks go digests, paths and counts alone. A task reads many inputs, as a task costs some ten milliseconds. The key of its cache is made
of contents, version and the moment since when each waits; what is read, and what is not, the ledger knows.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE, CacheKeyFnPolicy
from prefect.futures import PrefectFuture
from prefect.tasks import exponential_backoff
from pydantic import SecretStr

from hedui.bulk.intake import Entered, Request
from hedui.bulk.running import Batch, Steps, begin, read_batch, run, write_out
from hedui.errors import HeduiError
from hedui.pipelines.cluster import places
from hedui.store.ledger import State
from hedui.summary import NAMED, Summary, summary_lines
from hedui.watching.exits import passes

__all__ = ["AGAIN", "done", "ingest"]

TRIES, FIRST_WAIT_SECONDS = 6, 2


def worth_another_try(_task: Any, _run: Any, state: Any) -> bool:
    """A store or a server that is away or held may be there a moment later; nothing else mends itself."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, HeduiError) and passes(error)


def stamp(_context: Any, given: Mapping[str, Any]) -> str:
    return str(given["batch"].stamp)


AGAIN: dict[str, Any] = {"retries": TRIES, "retry_jitter_factor": 0.2, "retry_condition_fn": worth_another_try,
                        "retry_delay_seconds": exponential_backoff(backoff_factor=FIRST_WAIT_SECONDS)}
list_inputs = task(name="list", cache_policy=NO_CACHE, **AGAIN)(begin)
write_results = task(name="write", cache_policy=NO_CACHE, **AGAIN)(write_out)


@task(name="read", cache_policy=CacheKeyFnPolicy(cache_key_fn=stamp), tags=["hedui-read"], **AGAIN)
def read_inputs(batch: Batch, request: Request) -> Mapping[State, int]:
    """Reads a batch into the store, with the processes of the process that runs the task."""
    return read_batch(batch, request)


class Progress:
    """How many batches are done, as Prefect's own pages show it; told at most once a second."""

    def __init__(self, batches: int) -> None:
        self._batches, self._done, self._told = batches, 0, time.monotonic()
        self._id = cast("UUID", create_progress_artifact(0.0, key="hedui-progress", description=self._said))

    @property
    def _said(self) -> str:
        return f"批次 batches {self._done} / {self._batches}"

    def one_more(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._told >= 1 or self._done == self._batches:
            self._told = now
            update_progress_artifact(self._id, 100 * self._done / self._batches, description=self._said)


def read_here(batches: Iterable[Batch], request: Request) -> None:
    some = tuple(batches)
    progress = Progress(len(some))
    for batch in some:
        read_inputs(batch, request)
        progress.one_more()


def artifacts(summary: Summary) -> None:
    """What a run came to, as Prefect's own pages show it."""
    create_markdown_artifact("\n\n".join(summary_lines(summary)), key="hedui-summary", description="核对结果 · what the run came to")
    lost = [{"文件 file": line.name, "原因 cause": line.cause} for line in summary.failed[:NAMED]]
    if lost:
        create_table_artifact(lost, key="hedui-failures", description="未能读出 · could not be read")


def read_elsewhere(batches: Iterable[Batch], request: Request) -> None:
    """Hands batches to the runner of the flow, two for each place that reads, so that none waits and the engine holds few."""
    some = tuple(batches)
    progress = Progress(len(some))
    handed: deque[PrefectFuture[Mapping[State, int]]] = deque()

    def await_one() -> None:
        handed.popleft().result()
        progress.one_more()

    for batch in some:
        if len(handed) >= 2 * places():
            await_one()
        handed.append(read_inputs.submit(batch, request))
    while handed:
        await_one()


@flow(name="hedui", validate_parameters=False, persist_result=False)
def ingest(inputs: Sequence[str], out: str, *, store: str | SecretStr | None = None,
           workers: int = 0, model: str | None = None, weights: str | None = None,
           web: bool = False, metrics: str | None = None, cluster: str | None = None, lake: str | None = None,
           entered: Entered | None = None) -> Summary:
    """Reads the files that `inputs` name or hold; see `hedui.bulk.running.run` and `hedui.bulk.intake.Request`. A run that has begun already is given
    as `entered`; `cluster` is set by `flow_on`."""
    store = store.get_secret_value() if isinstance(store, SecretStr) else store
    return done(Request(inputs=tuple(inputs), out=out, store=store, workers=workers, model=model, weights=weights, web=web, metrics=metrics,
                        cluster=cluster, lake=lake), entered)


def done(request: Request, entered: Entered | None = None) -> Summary:
    """A run within a flow: its steps as tasks, and what it came to as artifacts."""
    read = read_elsewhere if request.cluster else read_here
    summary = run(request, steps=Steps(begin=list_inputs, read=read, write=write_results), entered=entered)
    artifacts(summary)
    return summary
