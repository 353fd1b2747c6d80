"""Real trees of processes: what outlives its parent is counted and ended, memory is that of all, killed runs go on where they were."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import bulk_tree
import pytest
from bulk_tree import Ran, Sample

BENCHMARKS = str(Path(bulk_tree.__file__).parent)
BURN = "import time; until = time.process_time() + 0.4\nwhile time.process_time() < until: pass"


def measured(tmp_path, script, **asked):
    """Runs `script` under the bench, in a process of its own, as the bench adopts everything that its children leave behind."""
    (tmp_path / "script.py").write_text(textwrap.dedent(script), encoding="utf-8")
    driver = f"""
import json, sys
sys.path.insert(0, {BENCHMARKS!r})
from bulk_tree import adopt, members, ran
adopt()
done = ran([sys.executable, {str(tmp_path / "script.py")!r}], every=0.1, **{asked!r})
print(json.dumps([done.code, done.wall, done.cpu, done.peak, max(one.processes for one in done.samples), len(members())]))
"""
    done = subprocess.run([sys.executable, "-c", driver], capture_output=True, text=True, check=True, timeout=60)
    return dict(zip(("code", "wall", "cpu", "peak", "most", "left"), json.loads(done.stdout), strict=True))


def test_what_outlives_its_parent_is_counted(tmp_path):
    found = measured(tmp_path, f"""
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", {BURN!r}], start_new_session=True)
        sys.exit(3)
    """)
    assert found["code"] == 3 and found["cpu"] >= 0.4 and found["left"] == 0


def test_memory_is_that_of_the_whole_tree(tmp_path):
    hold = "held = bytearray(60 << 20); import time; time.sleep(1.2)"
    found = measured(tmp_path, f"""
        import subprocess, sys, time
        held = bytearray(60 << 20)
        subprocess.run([sys.executable, "-c", {hold!r}])
    """)
    assert 120 < found["peak"] < 220 and found["most"] == 2


def test_a_run_is_pinned_to_its_cores(tmp_path):
    found = measured(tmp_path, "import os, sys; sys.exit(len(os.sched_getaffinity(0)))", cores=frozenset({0}))
    assert found["code"] == 1


@pytest.mark.parametrize("held, growth", [([100] * 8, 0.0), ([50, 50, 100, 100, 100, 100, 150, 100], 0.5), ([100], 0.0)])
def test_growth_is_the_last_quarter_over_the_second(held, growth):
    samples = tuple(Sample(second=float(i), pss=float(mib), processes=1) for i, mib in enumerate(held))
    assert Ran(code=0, wall=1, cpu=1, samples=samples, said="").growth == growth
