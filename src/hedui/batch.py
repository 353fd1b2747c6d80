"""Files in, what was read in each of them out, each read in a process that may be lost with it; one bad file never stops the rest."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from hedui.cases import Looked, here, is_packed, look, read_case
from hedui.confidence import Calibrator, load_calibrator, shipped_calibrator
from hedui.document import Document
from hedui.errors import PassingError, ReadError, defect
from hedui.export import to_json
from hedui.extract import extract
from hedui.findings import Findings
from hedui.isolation import Allowance, Crew, Lost, Why
from hedui.listing import Entry
from hedui.neural.loading import load_model, weights_of
from hedui.progress import OnStep
from hedui.readers import read
from hedui.readers.limits import MAX_MEMORY_BYTES, MAX_SECONDS, MAX_STILL_SECONDS
from hedui.sources import is_remote, local_copy
from hedui.sources.copies import CHANGED

if TYPE_CHECKING:
    from hedui.neural.fusion.model import Model

__all__ = ["ALLOWANCE", "Outcome", "Readers", "cause_of", "document_in", "extracted", "light", "looked", "outcome", "processes", "scale", "told",
           "workers_for"]

FILES_A_WORKER = 8
# processes that fetch files wait for the network most of the time
FETCHERS = 4
MOST_WORKERS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one file came to: findings and their JSON, or the cause why not; `passing` where another try may do."""

    entry: Entry
    findings: Findings | None = None
    output: str = ""
    cause: str | None = None
    passing: bool = False


@lru_cache(maxsize=1)
def loaded(folder: str, threads: int | None) -> Model:
    """The model in `folder`, loaded once a process."""
    return load_model(folder, threads=threads)


@lru_cache(maxsize=4)
def scale(folder: str | None, calibrator: str | None) -> Calibrator:
    """The weights in the file `calibrator`, else those of the model in `folder`, else the shipped ones; loaded once a process."""
    weights = weights_of(folder, calibrator)
    return shipped_calibrator() if weights is None else load_calibrator(weights)


def extracted(document: Document, folder: str | None, threads: int | None, calibrator: str | None = None) -> Findings:
    """What rules find in a document, with the model in `folder` and the weights in `calibrator` where these are given."""
    weights = scale(folder, calibrator)
    if folder is None:
        return extract(document, calibrator=weights)
    model = loaded(folder, threads)
    return extract(document, tagger=model.tagger, linker=model.linker, calibrator=weights)


def opened(entry: Entry, *, stock: Path | None = None) -> Document:
    """The file of `entry`, wherever it lies, as it was when it was listed. ReadError where it cannot be read or has changed."""
    with local_copy(entry.path, sha256=entry.sha256, stock=stock) as path:
        document = replace(read(path), name=entry.name)
    if entry.sha256 is not None and document.sha256 != entry.sha256:
        raise ReadError(entry.name, CHANGED)
    return document


def document_in(entry: Entry, *, stock: Path | None = None) -> Document:
    """The file or case of `entry` as read, of what was fetched earlier and lies in the folder `stock` where it does. ReadError where it cannot
    be."""
    return read_case(entry, stock=stock) if entry.parts else opened(entry, stock=stock)


def outcome(entry: Entry, *, model: str | None = None, threads: int | None = None, calibrator: str | None = None) -> Outcome:
    """Reads one file or case and extracts it, with the model in the folder `model`, weighed by the file `calibrator` (by the model's own or
    the shipped weights without one). Whatever goes wrong is told in `cause`."""
    if entry.cause is not None:
        return Outcome(entry=entry, cause=entry.cause, passing=entry.passing)
    try:
        findings = extracted(document_in(entry), model, threads, calibrator)
        return Outcome(entry=entry, findings=findings, output=to_json(findings))
    except Exception as error:
        return Outcome(entry=entry, cause=told(error), passing=isinstance(error, PassingError))


def told(error: Exception) -> str:
    """Why nothing came of a file, in one line."""
    if isinstance(error, ReadError):
        return f"{error.where} {error.cause}".strip()
    return LOST["memory"] if isinstance(error, MemoryError) else defect(error)


def light(entry: Entry, *, threads: int, model: str | None = None, calibrator: str | None = None) -> Outcome:
    """`outcome` without what only the reading needs, for the way from one process to another; recognition of pictures
    takes `threads` threads where the user has not set HEDUI_OCR_THREADS."""
    os.environ.setdefault("HEDUI_OCR_THREADS", str(threads))
    done = outcome(entry, model=model, threads=threads, calibrator=calibrator)
    if done.findings is None:
        return done
    document = replace(done.findings.document, blocks=(), lines=())
    return replace(done, findings=replace(done.findings, document=document, layout=None, signals=None))


def processes() -> BaseContext:
    """How processes start: from a server that has loaded hedui once where the system allows it."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["hedui.warm"])
    return context


LOST: Mapping[Why, str] = {
    "still": "读取停住不动，已中止；请检查文件或拆开再读 · reading stood still and was stopped; check the file or split it",
    "slow": "读取时间太长，已中止；请拆成单份报告再读 · reading took too long and was stopped; split it into single reports",
    "memory": "内存不足，读取进程被中止；请拆开再读 · out of memory, the reading process died; split the file",
    "crash": "读取进程异常退出，文件可能已损坏；请另存后再读 · the reading process died of this file; save it anew",
}
ALLOWANCE = Allowance(still=MAX_STILL_SECONDS, seconds=MAX_SECONDS, memory=MAX_MEMORY_BYTES)


def cause_of(lost: Lost) -> str:
    """Why an item was lost, and what to do."""
    return lost.said or LOST[lost.why]


def looked(entries: Sequence[Entry], *, stock: Path | None = None) -> Iterator[tuple[Entry, Looked]]:
    """What files hold; those that must be unpacked are opened in a process that may be lost with one of them, and those that one died of once
    more: it may have been ended from outside. What was fetched earlier and lies in the folder `stock` is not fetched again."""
    packed: list[Entry] = []
    plain: list[Entry] = []
    for entry in entries:
        (packed if is_packed(entry) else plain).append(entry)
    yield from here(plain)
    far = sum(is_remote(entry.path) for entry in packed)
    with Crew(function=partial(look, stock=stock), workers=min(FETCHERS, max(1, far // FILES_A_WORKER)), allowance=ALLOWANCE,
              context=processes()) as crew:
        died: list[Entry] = []
        for entry, found in crew.results(packed):
            if isinstance(found, Lost) and found.code is not None:
                died.append(entry)
            else:
                yield entry, told_of(entry, found)
        for entry, found in crew.results(died):
            yield entry, told_of(entry, found)


def told_of(entry: Entry, found: Looked | Lost) -> Looked:
    return Looked((), causes=((entry.name, cause_of(found)),), sure=False) if isinstance(found, Lost) else found


class Readers(Crew[Entry, Outcome]):
    """Processes that read files; each file in one of them, which may die of it. `model` is the folder of the model that each
    of them loads once, None for rules alone; `calibrator` the file of the weights that say how sure they are, None for those of the
    model or the shipped ones."""

    def __init__(self, workers: int = 1, *, model: str | None = None, calibrator: str | None = None, allowance: Allowance = ALLOWANCE) -> None:
        each = max(1, (os.cpu_count() or 1) // workers)
        super().__init__(function=partial(light, threads=each, model=model, calibrator=calibrator), workers=workers, allowance=allowance,
                         context=processes())

    def outcomes(self, entries: Iterable[Entry], *, on_step: OnStep | None = None) -> Iterator[Outcome]:
        """What each of `entries` came to, as they are done; one that killed its process is told with the cause."""
        for entry, done in self.results(entries, on_step=on_step):
            yield Outcome(entry=entry, cause=cause_of(done)) if isinstance(done, Lost) else done


def workers_for(files: int) -> int:
    """How many processes pay for `files` files."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS, files // FILES_A_WORKER))
