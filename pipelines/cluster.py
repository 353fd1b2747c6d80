"""A Dask cluster as the place where a flow reads: what it needs of the store, its runner, how many places read in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hedui.errors import UsageError

if TYPE_CHECKING:
    from prefect import Flow

__all__ = ["check_cluster", "flow_on", "places"]

MISSING = "一个集群要先安装 · a cluster needs: pip install 'hedui[cluster]'"


def check_cluster(cluster: str, store: str | None) -> None:
    """UsageError where machines of a cluster could not meet: at a store in a file, at an engine that only this machine sees."""
    if store is None or store.startswith("sqlite"):
        raise UsageError("集群要用各机器都连得上的结果库：--store postgresql+psycopg://… · a cluster needs a store that every machine reaches")
    if not os.environ.get("PREFECT_API_URL"):
        raise UsageError("集群要用各机器都连得上的 Prefect：先 prefect server start --host 本机地址，再设 PREFECT_API_URL · a cluster needs a "
                         "Prefect server that every machine reaches: start one and set PREFECT_API_URL")
    if "://" not in cluster:
        raise UsageError(f"{cluster}: 应为调度器地址，如 tcp://10.0.0.1:8786 · the address of a Dask scheduler is wanted")


def flow_on(flow: Flow[..., Any], cluster: str | None, *, store: str | None) -> Flow[..., Any]:
    """`flow` as it is, or with the Dask cluster whose scheduler is at the address `cluster` as its runner."""
    if cluster is None:
        return flow
    check_cluster(cluster, store)
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise UsageError(MISSING) from error
    return flow.with_options(task_runner=DaskTaskRunner(address=cluster))


def places() -> int:
    """How many workers the cluster of this flow has now."""
    from prefect_dask import get_dask_client

    with get_dask_client() as client:
        return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
