"""Whether prefect.yaml works: deploys all of it to a server of its own, has a worker of the pool do one run, and looks what is on Prefect's pages.

    python benchmarks/bulk_deployments.py [REPORT_DIR]

Ends with an AssertionError where a deployment is missing, the run is not Completed, or an artifact is not there; tells the seconds of each step.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hedui.pipelines.engine import Engine

ROOT = Path(__file__).parents[1]
WANTED = {"ingest", "ingest-gpu", "reprocess", "watch", "evaluate", "train"}


def prefect(*arguments: str) -> None:
    """Prefect's own command line, quietly."""
    done = subprocess.run([sys.executable, "-m", "prefect", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, f"prefect {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)


def wait_for(engine: Engine) -> None:
    while not engine.ready:
        time.sleep(0.2)


def look() -> tuple[set[str], list[Any], dict[str, Any]]:
    """The deployments, runs of flows and artifacts on the server."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return ({one.name for one in client.read_deployments()}, list(client.read_flow_runs()),
                {one.key: one.data for one in client.read_artifacts() if one.key})


def main(reports: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PREFECT_HOME"] = str(Path(folder) / "home")
        os.environ.pop("PREFECT_API_URL", None)
        engine = Engine()
        try:
            with timed("a server of its own"):
                wait_for(engine)
            with timed("pools and the limit of batches"):
                prefect("work-pool", "create", "hedui", "--type", "process")
                prefect("work-pool", "create", "gpu", "--type", "process")
                prefect("concurrency-limit", "create", "hedui-read", "2")
            with timed("prefect deploy --all"):
                prefect("--no-prompt", "deploy", "--all")
            out = Path(folder) / "out"
            given = json.dumps({"inputs": [str(reports)], "out": str(out)})
            with timed("a run asked for"):
                prefect("deployment", "run", "hedui/ingest", "--params", given)
            with timed("a run done by a worker of the pool"):
                prefect("worker", "start", "--pool", "hedui", "--run-once")
            names, runs, artifacts = look()
            assert names == WANTED, names
            assert [run.state_name for run in runs] == ["Completed"], [(run.name, run.state_name, run.state and run.state.message) for run in runs]
            assert artifacts["hedui-progress"] == 100.0 and "conflicts" in artifacts["hedui-summary"]
            assert (out / "report.html").is_file() and list((out / "json").iterdir())
            print(f"deployments: {', '.join(sorted(names))}; artifacts: {', '.join(sorted(artifacts))}")
        finally:
            engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "annotations" / "samples"))
