"""What a task costs in each of Prefect's runners over a bare call: seconds of processor and clock, and the memory that a runner holds.

    python benchmarks/bulk_runners.py [--tasks 100] [--runners here threads dask ray]

Every runner is given the same tasks, which do nothing, once it has started and has done a few. Processor seconds are those of this process and
all that it started, Prefect's server apart; on a machine with other work on it they are what can be compared. Dask and Ray run here with two
workers of one thread each. Ray is measured where prefect-ray is installed; hedui does not need it.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "300")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("DO_NOT_TRACK", "1")

import psutil
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

WARM, WORKERS = 6, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Of one task: milliseconds of processor, of the server's processor, and of the clock; `memory` in MB of all processes but the server."""

    runner: str
    processor: float
    server: float
    clock: float
    memory: float


@task(cache_policy=NO_CACHE)
def nothing(number: int) -> int:
    return number


def spent() -> tuple[float, float, float]:
    """Processor seconds of ours and of the server until now, and the memory that ours hold."""
    ours = server = memory = 0.0
    me = psutil.Process()
    for process in [me, *me.children(recursive=True)]:
        try:
            seconds = sum(process.cpu_times()[:2])
            if any("prefect.server" in word for word in process.cmdline()):
                server += seconds
            else:
                ours += seconds
                memory += process.memory_full_info().uss
        except psutil.Error:
            continue
    return ours, server, memory


def cost_of(runner: str, many: int, call: Callable[[int], list[int]]) -> Cost:
    """What `call` of so many tasks costs a task, after a few have been done."""
    assert call(WARM) == list(range(WARM))
    ours, server, _ = spent()
    began = time.perf_counter()
    assert call(many) == list(range(many))
    clock = time.perf_counter() - began
    ours_now, server_now, memory = spent()
    return Cost(runner=runner, processor=1000 * (ours_now - ours) / many, server=1000 * (server_now - server) / many, clock=1000 * clock / many,
                memory=memory / 2**20)


def called(many: int) -> list[int]:
    return [nothing(number) for number in range(many)]


def submitted(many: int) -> list[int]:
    return [future.result() for future in [nothing.submit(number) for number in range(many)]]


def runner_of(name: str) -> Any:
    if name == "dask":
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(cluster_kwargs={"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None})
    if name == "ray":
        from prefect_ray import RayTaskRunner

        return RayTaskRunner(init_kwargs={"num_cpus": WORKERS, "include_dashboard": False})
    from prefect.task_runners import ThreadPoolTaskRunner

    return ThreadPoolTaskRunner(max_workers=WORKERS)


def measured(name: str, many: int) -> Cost:
    """The cost of a runner: `bare` calls the function, `here` the task in the flow's own thread, which is how one machine runs hedui."""
    if name == "bare":
        return cost_of(name, many, lambda number: [nothing.fn(at) for at in range(number)])

    @flow(name=f"cost-{name}", persist_result=False)
    def costs() -> Cost:
        return cost_of(name, many, called if name == "here" else submitted)

    cost: Cost = costs.with_options(task_runner=runner_of(name))()
    return cost


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--tasks", type=int, default=100)
    given.add_argument("--runners", nargs="+", default=["bare", "here", "threads", "dask", "ray"])
    asked = given.parse_args()
    print("| runner | processor ms a task | server ms a task | clock ms a task | memory MB |\n|---|---:|---:|---:|---:|")
    for name in asked.runners:
        try:
            cost = measured(name, asked.tasks)
        except ImportError as error:
            print(f"| {name} | – | – | – | – | ({error})")
            continue
        print(f"| {name} | {cost.processor:.1f} | {cost.server:.1f} | {cost.clock:.1f} | {cost.memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
