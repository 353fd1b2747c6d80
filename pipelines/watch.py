"""Looking at inputs as a Prefect flow: one look and the run it asks for, as a schedule wants it, or look after look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from prefect import flow

from hedui.bulk.intake import Entered, Request
from hedui.bulk.rounds import EVERY_SECONDS, rounds
from hedui.pipelines.cluster import flow_on
from hedui.pipelines.ingest import ingest
from hedui.summary import Summary

__all__ = ["watch"]


def read(request: Request, entered: Entered) -> Summary:
    """What a look found, read by the flow of every run."""
    summary: Summary = flow_on(ingest, request.cluster, store=request.store)(**asdict(request), entered=entered)
    return summary


@flow(name="hedui-watch", validate_parameters=False, persist_result=False)
def watch(inputs: Sequence[str], out: str, *, store: str | None = None, workers: int = 0, model: str | None = None, weights: str | None = None,
          web: bool = False, cluster: str | None = None, lake: str | None = None, every: float = EVERY_SECONDS, once: bool = True) -> int:
    """Reads what is new under `inputs`: once, as a schedule asks, or every so many seconds; how many looks had news."""
    request = Request(inputs=tuple(inputs), out=out, store=store, workers=workers, model=model, weights=weights, web=web, cluster=cluster,
                      lake=lake)
    return sum(one.summary is not None for one in rounds(request, read, every=every, once=once))
