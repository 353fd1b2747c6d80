"""A database that goes away in the middle of a run, and a disk that fills: told, waited out, nothing lost."""

import os
import subprocess
import sys
import threading

import pytest

from hedui.bulk.intake import Request
from hedui.bulk.patience import patient
from hedui.bulk.running import Steps, read_batch, run
from hedui.store import Store
from hedui.store.proof import proof

REPORT = "青岚县{n}号农村供水工程绩效自评报告\n全年预算数1000万元，全年执行数9{n}万元，执行率97%。\n"
FILES, SECONDS_AWAY = 48, 4


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    for n in range(FILES):
        (root / f"{n:02}.txt").write_text(REPORT.format(n=n + 10), encoding="utf-8")
    return root


def test_a_database_that_goes_away_comes_back_to_a_run_that_waited(postgres, postgres_server, folder, tmp_path, read_here, caplog):
    if os.environ.get("HEDUI_TEST_POSTGRES"):
        pytest.skip("the database of HEDUI_TEST_POSTGRES is not ours to stop")
    gone = []

    def away(one):
        if not gone:
            gone.append(one)
            postgres_server.stop()
            threading.Timer(SECONDS_AWAY, postgres_server.start).start()

    def read(batches, request):
        for batch in batches:
            patient(read_batch)(batch, request, on_read=away)

    summary = run(Request(inputs=(str(folder),), out=str(tmp_path / "out"), store=postgres), steps=Steps(read=read))
    assert gone and "trying again" in caplog.text and "hedui@" not in caplog.text
    assert len([line for line in summary.lines if line.state == "read"]) == FILES
    with Store(postgres) as store:
        found = proof(store)
        assert found.holds and found.states["done"] == found.inputs == store.counts()["results"] == FILES


FULL = """
import resource, sys
from hedui.bulk import patience
from hedui.cli import main
patience.WAITS = (0.1, 0.1)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_that_fills_is_told_and_the_same_command_goes_on(folder, tmp_path):
    command = ["run", str(folder), "-o", str(tmp_path / "out"), "--model", "none", "--workers", "1"]
    full = subprocess.run([sys.executable, "-c", FULL, *command], capture_output=True, text=True, timeout=120)
    assert full.returncode == 75, full.stderr
    assert "Traceback" not in full.stderr and "trying again" in full.stderr
    with Store(tmp_path / "out" / "hedui.sqlite") as store:
        assert proof(store).holds and proof(store).inputs > 0
    roomy = subprocess.run([sys.executable, "-m", "hedui.cli", *command], capture_output=True, text=True, timeout=120)
    assert roomy.returncode == 0, roomy.stderr
    with Store(tmp_path / "out" / "hedui.sqlite") as store:
        assert proof(store).holds and proof(store).states["done"] == FILES
