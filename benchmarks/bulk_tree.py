"""A command in; what it and every process it started took: seconds of the clock and of the cores, memory over time. Linux alone.

The bench makes itself the parent of what its children leave behind (PR_SET_CHILD_SUBREAPER, prctl(2)), so that the CPU time of a process
that outlives the command is counted too, and nothing is left running.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["MIB", "Ran", "Sample", "adopt", "members", "memory", "ran", "reap", "tree_cpu"]

MIB = 1 << 20
PR_SET_CHILD_SUBREAPER = 36
GRACE = 20.0
SELDOM = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """The memory of a tree of processes at a moment, in MiB."""

    second: float
    pss: float
    processes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """What a command took: exit code, seconds of the clock, CPU seconds of the whole tree, samples of its memory, and what it said."""

    code: int
    wall: float
    cpu: float
    samples: tuple[Sample, ...]
    said: str

    @property
    def peak(self) -> float:
        """The most memory in MiB."""
        return max((sample.pss for sample in self.samples), default=0.0)

    @property
    def growth(self) -> float:
        """How much more memory the last quarter of the run took than the second, as a share: what leaks grows."""
        quarter = len(self.samples) // 4
        if quarter == 0:
            return 0.0
        early, late = self.samples[quarter:2 * quarter], self.samples[-quarter:]
        before, after = (max(sample.pss for sample in some) for some in (early, late))
        return after / before - 1


def adopt() -> None:
    """Makes this process the parent of what its children leave behind. OSError where the system refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def pss(pid: int) -> float:
    """The proportional set size of a process in MiB (smaps_rollup, proc(5)); 0 where it is gone."""
    with suppress(OSError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def members() -> tuple[psutil.Process, ...]:
    """Every process below this one that still runs."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return tuple(found)


def memory(began: float) -> Sample:
    """The memory of all that runs below this process now, `second` seconds after `began`."""
    each = [pss(process.pid) for process in members()]
    return Sample(second=time.monotonic() - began, pss=sum(each), processes=len(each))


def reap(grace: float = GRACE) -> int:
    """Waits for all that is left below this process, and ends what is still there after `grace` seconds; how many had to be ended."""
    until, ended = time.monotonic() + grace, 0
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = members()
        if not left:
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            return ended
        if time.monotonic() > until:
            for process in left:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGKILL)
                    ended += 1
        time.sleep(0.05)


def tree_cpu() -> float:
    """CPU seconds so far of this process and all below it, with those of children that were waited for."""
    total = 0.0
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            used = process.cpu_times()
            total += used.user + used.system + used.children_user + used.children_system
    return total


def spent() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ran(command: Sequence[str | Path], *, cores: frozenset[int] | None = None, env: Mapping[str, str] | None = None, every: float = 0.5,
        log: Path | None = None, on_tick: Callable[[float], bool] | None = None, within: float = float("inf")) -> Ran:
    """Runs `command` to its end on `cores` (all of them by default) and looks at its memory every `every` seconds, more seldom
    where looking would take more than a fiftieth of the time; `on_tick(second)` is asked 20 times a second, until it says True. Needs `adopt`
    once. TimeoutError after `within` seconds."""
    where = log or Path(os.devnull)
    began, before, samples, due, asking = time.monotonic(), spent(), list[Sample](), 0.0, on_tick is not None
    with where.open("wb") as file:
        child = subprocess.Popen([str(part) for part in command], stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                 env={**os.environ, **env} if env is not None else None,
                                 preexec_fn=None if cores is None else lambda: os.sched_setaffinity(0, cores))
        while child.poll() is None:
            now = time.monotonic() - began
            if now >= due:
                samples.append(memory(began))
                due = now + max(every, SELDOM * (time.monotonic() - began - now))
            if asking and on_tick is not None:
                asking = not on_tick(now)
            if now > within:
                child.kill()
                child.wait()
                reap(0)
                raise TimeoutError(f"{command[0]}: more than {within:.0f} s")
            time.sleep(0.05)
        wall = time.monotonic() - began
    reap()
    said = log.read_text(encoding="utf-8", errors="replace") if log is not None else ""
    return Ran(code=child.returncode, wall=wall, cpu=spent() - before, samples=tuple(samples), said=said)


if sys.platform != "linux":
    raise ImportError("the bench reads /proc and pins cores: Linux alone")
