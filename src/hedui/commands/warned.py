"""Warnings of hedui in, lines for whoever waits out: above the bar, in the same words whatever else has set up logging."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["warned"]


class Line(logging.Handler):
    """Each warning as a line of its own, above a bar where one is drawn."""

    def emit(self, record: logging.LogRecord) -> None:
        from tqdm import tqdm

        tqdm.write(record.getMessage(), file=sys.stderr)


@contextmanager
def warned() -> Iterator[None]:
    """Tells the warnings of the logger `hedui` for as long as a command runs; the engine's own form of them is not told beside."""
    logger, line = logging.getLogger("hedui"), Line(logging.WARNING)
    before = logger.propagate
    logger.addHandler(line)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(line)
