"""What happens in a run as JSON lines for programs that watch it, in a file of bounded size or on a stream.

Only the fields of `Fields` are written, so that no text of a report gets in; addresses lose the names, passwords and signatures in them.
"""

from __future__ import annotations

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Literal, Self, TextIO, TypedDict, Unpack

from pythonjsonlogger.json import JsonFormatter

from hedui.errors import StoreError
from hedui.watching.causes import kind_of
from hedui.watching.rows import Row

__all__ = ["Fields", "Journal", "fit_to_log"]

Level = Literal["info", "warning", "error"]
LEVELS: dict[Level, int] = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
MOST_BYTES, BACKUPS = 20_000_000, 5
LONGEST = 500
WHO = re.compile(r"(?<=://)[^/@\s]+@")
ASKED = re.compile(r"(\w+://[^\s?#]*)[?#]\S*")
DEFECT = re.compile(r"(unexpected \w+ at [\w.<>?]+(?::\d+)?): .*", re.DOTALL)


class Fields(TypedDict, total=False):
    """What a line may hold beside time, level, event and run: which document, in which stage and state, how long it took and why it failed."""

    sha256: str
    name: str
    stage: str
    state: str
    media_type: str | None
    bytes: int
    characters: int | None
    seconds: float | None
    attempts: int
    cause: str | None
    kind: str | None
    done: int
    total: int
    version: str
    engine: str
    workers: int
    exit: int


def fit_to_log(text: str) -> str:
    """`text` without what is nobody's business: who signs in to an address and with what, the words that an unforeseen error quotes.

    >>> fit_to_log("s3://key:secret@bucket/a.docx?X-Amz-Signature=77aa 打不开")
    's3://bucket/a.docx 打不开'
    """
    plain = DEFECT.sub(r"\1", ASKED.sub(r"\1", WHO.sub("", text)))
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


class Rotating(RotatingFileHandler):
    """A file that starts anew when it is large; where it cannot be written this is told once, and the run goes on."""

    told = False

    def handleError(self, record: logging.LogRecord) -> None:
        self.tell(sys.exc_info()[1])

    def tell(self, error: BaseException | None) -> None:
        if not self.told:
            self.told = True
            print(f"{self.baseFilename}: 日志写不进去，运行继续 · the log cannot be written, the run goes on: {error}", file=sys.stderr)  # noqa: T201

    def close(self) -> None:
        try:
            super().close()
        except OSError as error:  # what was still to be written
            self.tell(error)


class Journal:
    """The log of one run, in the file `to` (about 20 MB, five older ones kept beside it) or on a stream. One process writes a file.

    StoreError where the file cannot be opened; what goes wrong later stops no run.
    """

    def __init__(self, to: Path | TextIO, *, run: str) -> None:
        self.run = run
        try:
            self._handler = logging.StreamHandler(to) if not isinstance(to, Path) else Rotating(
                to, maxBytes=MOST_BYTES, backupCount=BACKUPS, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise StoreError(f"{to}: 日志写不进去 · the log cannot be written: {error.strerror or error}") from error
        self._handler.setFormatter(JsonFormatter([], timestamp="time", json_ensure_ascii=False))
        self._logger = logging.Logger("hedui.run")
        self._logger.addHandler(self._handler)

    def say(self, event: str, level: Level = "info", **fields: Unpack[Fields]) -> None:
        """One line: what happened, and what of."""
        known = {name: fit_to_log(value) if isinstance(value, str) else value
                 for name, value in fields.items() if name in Fields.__annotations__ and value is not None}
        self._logger.log(LEVELS[level], {"level": level, "event": event, "run": self.run, **known})

    def settled(self, row: Row, *, characters: int | None = None) -> None:
        """One line on a document that is done, failed (a warning) or quarantined (an error)."""
        level: Level = "error" if row.state == "quarantined" else "warning" if row.state == "failed" else "info"
        cause = None if row.state == "done" else row.cause
        self.say("settled", level, stage="read", sha256=row.sha256, name=row.name, state=row.state, media_type=row.media_type, bytes=row.bytes,
                 characters=characters, seconds=row.seconds, attempts=row.attempts, cause=cause, kind=None if cause is None else kind_of(cause))

    def close(self) -> None:
        self._handler.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
