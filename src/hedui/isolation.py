"""Items in, what a function makes of each out, made in processes that may hang, crash or run out of memory.

A process is lost with the one item it was at; the others go on, and a fresh one takes its place. A process that says how
far it has come (`hedui.progress`) is given time as long as it moves.
"""

from __future__ import annotations

import mmap
import multiprocessing
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeVar

from hedui.errors import defect
from hedui.progress import OnStep, heard

__all__ = ["Allowance", "Crew", "Lost", "Why"]

Item = TypeVar("Item")
Result = TypeVar("Result")
Why = Literal["still", "slow", "memory", "crash"]
TICK = 0.5
# a process that has grown beyond this share of its memory gives back what it holds by making way for a fresh one
GROWN = 0.5
# exit codes of a process that the system killed, or that gave up for want of memory (Windows knows no SIGKILL)
OF_MEMORY = frozenset({-getattr(signal, "SIGKILL", 9), -signal.SIGABRT})
# what is handed to a process that is still at work must fit into the pipe beside its answer, or both would wait for one another
AHEAD_BYTES = 16_384
# programs that a killed process had started may write for a moment longer
SWEEPS, BETWEEN_SWEEPS = 5, 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What one item may take: seconds without a step, seconds in all, bytes of memory."""

    still: float
    seconds: float
    memory: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """An item was lost: its process stood still, was too slow, wanted too much memory, or crashed with `code` (the negative
    number of a signal or an exit code); or what was to be done raised an error, which `said` tells in one line. It took `seconds`."""

    why: Why
    code: int | None = None
    said: str = ""
    seconds: float = field(default=0.0, compare=False)


def limit_memory(most: int) -> None:
    """Has every allocation beyond `most` bytes of data fail in this process (RLIMIT_DATA, getrlimit(2)), or beyond what it
    may have at all; nothing where the system knows no such limit."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (least, least))


def memory_now() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return 0


def answer(function: Callable[[Any], Any], item: Any, memory: int) -> tuple[bool, Any]:
    """Whether the process is to make way, and what came of an item, packed."""
    try:
        result = function(item)
        grown = memory_now() > memory * GROWN
        return grown, ForkingPickler.dumps(("last" if grown else "done", result))
    except MemoryError:
        return True, ForkingPickler.dumps(("last", Lost(why="memory")))
    except Exception as error:
        return False, ForkingPickler.dumps(("done", Lost(why="crash", said=defect(error))))


def work(orders: Connection, function: Callable[[Any], Any], memory: int, place: str) -> None:
    """The life of a process: an item in, steps and a result out, until no more come; its files for a while lie in `place`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(memory)
    tempfile.tempdir = place
    grown = False
    with suppress(EOFError, BrokenPipeError):
        while not grown:
            item = orders.recv()
            with heard(lambda *said: orders.send(("step", said))):
                grown, answered = answer(function, item, memory)
            orders.send_bytes(answered)


def sweep(place: str) -> None:
    """Removes a folder and what is in it."""
    for _ in range(SWEEPS):
        shutil.rmtree(place, ignore_errors=True)
        if not Path(place).exists():
            return
        time.sleep(BETWEEN_SWEEPS)


@dataclass(eq=False, slots=True)
class Worker(Generic[Item]):
    """One process, the folder of its temporary files, and its items: the one it is at, and what it goes on with."""

    process: BaseProcess
    orders: Connection
    place: str
    items: deque[Item] = field(default_factory=deque)
    began: float = 0.0
    moved: float = 0.0

    def go_on(self) -> None:
        """Counts the time of the item that it is at from now."""
        self.began = self.moved = time.monotonic()

    def end(self) -> int | None:
        """Ends the process, by force where it does not end by itself, and clears up behind it; its exit code."""
        self.orders.close()
        self.process.join(0.2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        sweep(self.place)
        return self.process.exitcode


def why_of(code: int | None) -> Why:
    return "memory" if code in OF_MEMORY else "crash"


@dataclass(eq=False, kw_only=True)
class Crew(Generic[Item, Result]):
    """`workers` processes that do `function`, started when first wanted and kept until the crew is closed.

    `function` must be importable by name, its items and results picklable; what it raises counts as a crash, and is told.
    An item that `ahead` allows, and that is small, is handed to a process that is still at another, so that it goes on at once while others
    hear of what it made; it goes to another process where this one is lost. What takes long should not be: it waits while others are free.
    """

    function: Callable[[Item], Result]
    workers: int
    allowance: Allowance
    context: BaseContext = field(default_factory=multiprocessing.get_context)
    ahead: Callable[[Item], bool] | None = None
    _back: deque[Item] = field(default_factory=deque)
    _idle: list[Worker[Item]] = field(default_factory=list)
    _busy: list[Worker[Item]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends every process, whatever it is at."""
        for worker in [*self._idle, *self._busy]:
            if worker in self._busy:
                worker.process.kill()
            worker.end()
        self._idle, self._busy = [], []

    def results(self, items: Iterable[Item], *, on_step: OnStep | None = None) -> Iterator[tuple[Item, Result | Lost]]:
        """Each of `items` with what became of it, as they are done; an item is taken when a process is free for it, or has
        room for what it goes on with. `on_step` hears the steps of all."""
        waiting = iter(items)
        try:
            self._fill(waiting)
            while self._busy:
                ready = wait([worker.orders for worker in self._busy], TICK)
                heard = ((worker, self._heard(worker, on_step) if worker.orders in ready else None) for worker in list(self._busy))
                came = [found for worker, said in heard if (found := said or self._overdue(worker)) is not None]
                self._fill(waiting)  # before anybody is told, so that no process waits for what is done with the results
                yield from came
        finally:
            for worker in self._busy:
                worker.process.kill()
                worker.end()
            self._busy, self._back = [], deque()

    def _fill(self, waiting: Iterator[Item]) -> None:
        """Gives every free process an item, and then those at work what they go on with, while there are any."""
        for item in self._taken(waiting, self.workers - len(self._busy)):
            self._begin(item)
        for worker in self._busy if self.ahead else ():
            for item in self._taken(waiting, 2 - len(worker.items)):
                if not self._handed(worker, item):
                    self._back.appendleft(item)
                    return

    def _handed(self, worker: Worker[Item], item: Item) -> bool:
        """Gives a process that is at work what it goes on with, where that may wait."""
        if self.ahead is None or not self.ahead(item):
            return False
        packed = ForkingPickler.dumps(item)
        if len(packed) > AHEAD_BYTES:
            return False
        with suppress(ConnectionError):  # what it died of is told when it is listened to
            worker.orders.send_bytes(packed)
        worker.items.append(item)
        return True

    def _taken(self, waiting: Iterator[Item], count: int) -> Iterator[Item]:
        """At most `count` items, first those that came back from processes that were lost or made way."""
        for _ in range(min(count, len(self._back))):
            count -= 1
            yield self._back.popleft()
        yield from islice(waiting, max(0, count))

    def _start(self) -> Worker[Item]:
        ours, theirs = self.context.Pipe()
        place = tempfile.mkdtemp(prefix="hedui-")
        process = self.context.Process(  # type: ignore[attr-defined]
            target=work, args=(theirs, self.function, self.allowance.memory, place), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours, place)

    def _begin(self, item: Item) -> None:
        worker = self._idle.pop() if self._idle else self._start()
        try:
            worker.orders.send(item)
        except ConnectionError:  # killed while it waited
            worker.end()
            worker = self._start()
            with suppress(ConnectionError):  # what it died of is told when it is listened to
                worker.orders.send(item)
        worker.items.append(item)
        worker.go_on()
        self._busy.append(worker)

    def _heard(self, worker: Worker[Item], on_step: OnStep | None) -> tuple[Item, Result | Lost] | None:
        """What a worker has to say: None for a step."""
        try:
            kind, said = worker.orders.recv()
        except (EOFError, OSError):
            code = worker.end()
            return self._lose(worker, Lost(why=why_of(code), code=code))
        if kind == "step":
            worker.moved = time.monotonic()
            if on_step is not None:
                on_step(*said)
            return None
        if isinstance(said, Lost):
            said = replace(said, seconds=time.monotonic() - worker.began)
        item = worker.items.popleft()
        if kind == "last":
            worker.end()
            self._leave(worker)
        elif worker.items:
            worker.go_on()
        else:
            self._busy.remove(worker)
            self._idle.append(worker)
        return item, said

    def _overdue(self, worker: Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """The item of a worker that is late; not while it has something to say that we were too busy to hear."""
        now = time.monotonic()
        still, slow = now - worker.moved > self.allowance.still, now - worker.began > self.allowance.seconds
        if not (still or slow) or worker.orders.poll():
            return None
        worker.process.kill()
        worker.end()
        return self._lose(worker, Lost(why="still" if still else "slow"))

    def _lose(self, worker: Worker[Item], lost: Lost) -> tuple[Item, Result | Lost]:
        item = worker.items.popleft()
        self._leave(worker)
        return item, replace(lost, seconds=time.monotonic() - worker.began)

    def _leave(self, worker: Worker[Item]) -> None:
        """Has others do what a worker that has ended was to go on with."""
        self._busy.remove(worker)
        self._back.extend(worker.items)
