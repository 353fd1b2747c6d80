"""What happens in a run in, figures for Prometheus out: served while the run goes on, or left in a file where cron runs are collected.

Names and units follow Prometheus' naming practices (https://prometheus.io/docs/practices/naming/). No figure names a document.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, start_http_server, write_to_textfile
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hedui.errors import HeduiError, StoreError, UsageError
from hedui.watching.causes import kind_of, kinds
from hedui.watching.memory import tree_memory
from hedui.watching.rows import Row
from hedui.watching.runs import STATES

__all__ = ["Meters", "address_of", "served", "write_meters"]

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
WINDOW = 60.0  # seconds that the rate is taken over
FRESH = 2.0  # seconds that totals are good for, however often they are asked for
Totals = Callable[[], Mapping[str, int]]


class Standing(Collector):
    """How things stand when they are asked for: documents by state, those waiting, whether the store answers, workers, memory and rate."""

    def __init__(self, totals: Totals, workers: Callable[[], int], memory: Callable[[], int], rate: Callable[[], float]) -> None:
        self._totals, self._workers, self._memory, self._rate = totals, workers, memory, rate
        self._held: Mapping[str, int] = {}
        self._up, self._asked = False, float("-inf")

    def _now(self) -> Mapping[str, int]:
        if time.monotonic() - self._asked >= FRESH:
            try:
                self._held, self._up = self._totals(), True
            except HeduiError:
                self._up = False
            self._asked = time.monotonic()
        return self._held

    def collect(self) -> Iterator[Metric]:
        totals = self._now()
        documents = GaugeMetricFamily("hedui_documents", "Documents in the ledger by state.", labels=["state"])
        for state in STATES:
            documents.add_metric([state], totals.get(state, 0))
        yield documents
        for name, told, value in (
            ("hedui_queue_length", "Documents that are not done, failed or quarantined yet.", totals.get("seen", 0) + totals.get("reading", 0)),
            ("hedui_store_up", "1 where the store answered; 0 where the figures of documents are those of the last answer.", self._up),
            ("hedui_workers_alive", "Processes that read.", self._workers()),
            ("hedui_memory_bytes", "Memory of the run and all its processes, shared pages once.", self._memory()),
            ("hedui_documents_per_second", "Documents settled a second over the last minute.", self._rate()),
        ):
            yield GaugeMetricFamily(name, told, value=float(value))


class Meters:
    """The figures of one run. `totals` gives documents by state, `workers` how many processes read; both are asked at each scrape, from
    another thread. `settled` hears of every document that is done, failed or quarantined."""

    def __init__(self, *, totals: Totals, workers: Callable[[], int], version: str, memory: Callable[[], int] = tree_memory) -> None:
        self.registry = CollectorRegistry()
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()
        self._seconds = Histogram("hedui_document_seconds", "Seconds that reading a document took.", ["media_type"], buckets=BUCKETS,
                                  registry=self.registry)
        self._characters = Counter("hedui_characters", "Characters of text read.", registry=self.registry)
        self._failures = Counter("hedui_failures", "Documents that failed or were quarantined, by kind of cause.", ["kind"], registry=self.registry)
        for kind in kinds():
            self._failures.labels(kind)
        self._ended = Gauge("hedui_run_last_end_timestamp_seconds", "When the last run ended, 0 while one goes on.", registry=self.registry)
        self._exit = Gauge("hedui_run_last_exit_code", "How the last run ended; meaningless while one goes on.", registry=self.registry)
        self._began = Gauge("hedui_run_start_timestamp_seconds", "When the run began.", registry=self.registry)
        self._began.set_to_current_time()
        Info("hedui", "The version that reads.", registry=self.registry).info({"version": version})
        self.registry.register(Standing(totals, workers, memory, self._rate))

    def settled(self, row: Row, *, characters: int = 0) -> None:
        """One document is done, failed or quarantined; `characters` of its text."""
        with self._lock:
            self._recent.append(time.monotonic())
        self._rate()
        if row.seconds is not None:
            self._seconds.labels(row.media_type or "unknown").observe(row.seconds)
        self._characters.inc(characters)
        if row.state in ("failed", "quarantined"):
            self._failures.labels(kind_of(row.cause)).inc()

    def ended(self, code: int) -> None:
        """The run is over and leaves with this exit code."""
        self._ended.set_to_current_time()
        self._exit.set(code)

    def _rate(self) -> float:
        since = time.monotonic() - WINDOW
        with self._lock:
            while self._recent and self._recent[0] < since:
                self._recent.popleft()
            return len(self._recent) / WINDOW


def address_of(text: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:9108`, `[::1]:9108` or `:9108` (this machine alone). UsageError where it is no such address.

    >>> address_of(":9108")
    ('127.0.0.1', 9108)
    """
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise UsageError(f"{text}: 不是“主机:端口”，例如 127.0.0.1:9108 · not host:port, such as 127.0.0.1:9108")
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)


@contextmanager
def served(meters: Meters, address: str) -> Iterator[int]:
    """Serves the figures at `address` for as long as this lasts; gives the port, which the system chooses where 0 is asked for.
    UsageError where the address is none or taken."""
    host, port = address_of(address)
    try:
        server, thread = start_http_server(port, host, meters.registry)
    except OSError as error:
        raise UsageError(f"{address}: 开不了指标端口，请换一个 · cannot serve metrics here, choose another: {error.strerror or error}") from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_meters(meters: Meters, path: Path) -> Path:
    """Leaves the figures in a file for the textfile collector of Prometheus' node exporter, which sees the old or the new one and never
    half of it. StoreError where it cannot be written."""
    try:
        write_to_textfile(str(path), meters.registry)
    except OSError as error:
        raise StoreError(f"{path}: 指标文件写不进去 · the file of metrics cannot be written: {error.strerror or error}") from error
    return path
