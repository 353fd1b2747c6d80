"""What a store holds done again as a Prefect flow: planned as a task, then weighed, extracted or read as in any run."""

from __future__ import annotations

from dataclasses import replace

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from hedui.bulk.address import address_in
from hedui.bulk.intake import Entered, Request
from hedui.bulk.reprocessing import begin_again, plan_again, request_again
from hedui.pipelines.ingest import AGAIN, done
from hedui.store import Store
from hedui.summary import Summary

__all__ = ["reprocess"]


@task(name="plan", cache_policy=NO_CACHE, **AGAIN)
def plan(out: str, store: str | None, model: str | None, weights: str | None, workers: int | None) -> tuple[Request, Entered]:
    """The request of the last run as it is asked for now, and the run that does it again."""
    with Store(address_in(out, store), existing=True) as held:
        request = request_again(held, out=out, address=store, model=model, weights=weights, workers=workers)
        return request, begin_again(request, plan_again(request, held), held)


@flow(name="hedui-reprocess", validate_parameters=False, persist_result=False)
def reprocess(out: str, *, store: str | None = None, model: str | None = None, weights: str | None = None, workers: int | None = None,
              cluster: str | None = None) -> Summary:
    """Does everything again that the last run to `out` found and that another model, weights or version would make otherwise; see
    `hedui.bulk.reprocessing.request_again`. `cluster` is set by `flow_on`."""
    request, entered = plan(out, store, model, weights, workers)
    summary: Summary = done(replace(request, cluster=cluster), entered)
    return summary
