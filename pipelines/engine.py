"""The engine quiet and local, without telemetry, with time to start. `set_up` comes before the first import of Prefect."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from hedui.errors import HeduiError, StoreError

__all__ = ["set_up", "still"]

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


@contextmanager
def still() -> Iterator[None]:
    """Keeps the engine's own words to itself; where the engine itself fails, StoreError says so in one line."""
    logging.getLogger("httpx").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (HeduiError, KeyboardInterrupt):
            raise
        except Exception as error:
            said = " ".join(str(error).split())[:300]
            raise StoreError(f"任务引擎出错 · the engine failed, {type(error).__name__}: {said}") from error
