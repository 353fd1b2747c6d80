"""The engine quiet and local, without telemetry, with time to start. `set_up` comes before the first import of Prefect."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPException
from urllib.request import urlopen

from hedui.errors import EngineError, HeduiError

__all__ = ["Engine", "set_up", "still"]

START_SECONDS, STOP_SECONDS = 120, 20

SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
}


def set_up() -> None:
    """Sets what the user has not set; a user's own Prefect server and log level stay as they are."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Engine:
    """The engine, started beside what else there is to do; a server of its own where the user has none (PREFECT_API_URL), which ends with
    this process however that ends."""

    def __init__(self) -> None:
        set_up()
        self._over, self._closing = threading.Event(), threading.Event()
        self._server: subprocess.Popen[bytes] | None = None
        if not os.environ.get("PREFECT_API_URL"):
            port = free_port()
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
            own = {**os.environ, "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
            self._server = subprocess.Popen([sys.executable, "-m", "hedui.pipelines.server", str(port)], env=own, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._waiter = threading.Thread(target=self._wait, daemon=True)
        self._waiter.start()

    def _wait(self) -> None:
        with suppress(Exception):  # what keeps it from starting the flow meets again, and tells
            until = time.monotonic() + START_SECONDS
            while time.monotonic() < until and (self._server is None or self._server.poll() is None) and not answers():
                if self._closing.wait(0.2):
                    return
            import hedui.pipelines.ingest  # noqa: F401
        self._over.set()

    @property
    def ready(self) -> bool:
        """Whether it has started, or never will."""
        return self._over.is_set()

    @property
    def own(self) -> bool:
        """Whether nobody but this process knows it."""
        return self._server is not None

    def close(self) -> None:
        """Ends the server, if it is our own; no import is left half done."""
        self._closing.set()
        self._waiter.join()
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            del os.environ["PREFECT_API_URL"]


def answers() -> bool:
    try:
        with urlopen(f"{os.environ['PREFECT_API_URL']}/health", timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException):
        return False


@contextmanager
def still() -> Iterator[None]:
    """Keeps the engine's own words to itself; where the engine itself fails, EngineError says so in one line."""
    logging.getLogger("httpx").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (HeduiError, KeyboardInterrupt):
            raise
        except Exception as error:
            said = " ".join(str(error).split())[:300]
            raise EngineError(f"任务引擎出错 · the engine failed, {type(error).__name__}: {said}") from error
