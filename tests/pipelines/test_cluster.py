"""The same flow on a Dask cluster of three machines, one of which loses its power in the middle: nothing is lost, nothing is there twice."""

import importlib.util
import os
import socket
import subprocess
import sys
import time

import pytest

from hedui.bulk.intake import Request
from hedui.bulk.running import run
from hedui.errors import UsageError
from hedui.pipelines.cluster import check_cluster
from hedui.store import Store
from hedui.store.ledger import totals
from hedui.store.proof import proof
from tests.pipelines.machines import HERE, can_be_made, machines

REPORT = """青岚县{n}号农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数9{n}万元，执行率97%。
"""
FILES = 40


@pytest.mark.parametrize("cluster, store, api, told", [
    ("tcp://10.0.0.1:8786", None, "http://10.0.0.1:4200/api", "store that every machine reaches"),
    ("tcp://10.0.0.1:8786", "sqlite:///out/hedui.sqlite", "http://10.0.0.1:4200/api", "store that every machine reaches"),
    ("tcp://10.0.0.1:8786", "postgresql+psycopg://h/b", "", "Prefect server that every machine reaches"),
    ("10.0.0.1", "postgresql+psycopg://h/b", "http://10.0.0.1:4200/api", "address of a Dask scheduler"),
])
def test_what_a_cluster_lacks_is_told(monkeypatch, cluster, store, api, told):
    monkeypatch.setenv("PREFECT_API_URL", api)
    with pytest.raises(UsageError, match=told):
        check_cluster(cluster, store)


def free_port():
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return probe.getsockname()[1]


def until(what, seconds, over=lambda: False):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end and not over(), "it did not come to this in time"
        time.sleep(0.1)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex((HERE, port)) == 0


@pytest.mark.skipif(not can_be_made(), reason="no network namespaces may be made here: no cluster was tried")
@pytest.mark.skipif(importlib.util.find_spec("prefect_dask") is None, reason="prefect-dask is not installed: no cluster was tried")
def test_a_machine_that_is_lost_costs_nothing(postgres, tmp_path, read_here):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n:02}.txt").write_text(REPORT.format(n=n + 10), encoding="utf-8")
    with machines(4) as (head, *workers):
        prefect, dask = free_port(), 8786
        environment = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": f"http://{HERE}:{prefect}/api", "DO_NOT_TRACK": "1",
                       "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
        server = subprocess.Popen([sys.executable, "-m", "hedui.pipelines.server", str(prefect), HERE], env={**os.environ, **environment})
        try:
            scheduler = f"tcp://{head.address}:{dask}"
            head.start([sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", head.address, "--port", str(dask), "--no-dashboard"])
            for one in workers:
                one.start([sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--host", one.address, "--nthreads", "1",
                           "--no-dashboard"], **environment)
            until(lambda: answers(prefect), 90)
            hedui = subprocess.Popen([sys.executable, "-m", "hedui.cli", "run", str(folder), "-o", str(out), "--model", "none", "--workers", "1",
                                      "--store", postgres, "--cluster", scheduler], env={**os.environ, **environment},
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            with Store(postgres) as store:
                until(lambda: totals(store)["done"] > 3, 120, over=lambda: hedui.poll() is not None)
                workers[0].kill()
                told, _ = hedui.communicate(timeout=180)
                assert hedui.returncode == 0, told
                found = proof(store)
                assert found.holds and found.states["done"] == found.inputs == FILES, told
                assert store.counts()["results"] == FILES
        finally:
            server.kill()
            server.wait()
    plain = Request(inputs=(str(folder),), out=str(tmp_path / "plain"))
    run(plain)
    for path in (tmp_path / "plain" / "json").iterdir():
        assert path.read_bytes() == (out / "json" / path.name).read_bytes()
