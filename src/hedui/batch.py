"""Files in, what was read in each of them out, each read in a process that may be lost with it; one bad file never stops the rest."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

from hedui.cases import Looked, here, is_packed, look, read_case
from hedui.document import Document
from hedui.errors import ReadError, defect
from hedui.export import to_json
from hedui.extract import extract
from hedui.findings import Findings
from hedui.isolation import Allowance, Crew, Lost, Why
from hedui.listing import Entry
from hedui.neural.loading import load_model
from hedui.progress import OnStep
from hedui.readers import read
from hedui.readers.limits import MAX_MEMORY_BYTES, MAX_SECONDS, MAX_STILL_SECONDS

if TYPE_CHECKING:
    from hedui.neural.fusion.model import Model

__all__ = ["Outcome", "Readers", "cause_of", "light", "looked", "outcome", "workers_for"]

FILES_A_WORKER = 8
MOST_WORKERS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one file came to: findings and their JSON, or the cause why not."""

    entry: Entry
    findings: Findings | None = None
    output: str = ""
    cause: str | None = None


@lru_cache(maxsize=1)
def loaded(folder: str, threads: int | None) -> Model:
    """The model in `folder`, loaded once a process."""
    return load_model(folder, threads=threads)


def extracted(document: Document, folder: str | None, threads: int | None) -> Findings:
    """What rules find in a document, with the model in `folder` where one is given."""
    if folder is None:
        return extract(document)
    model = loaded(folder, threads)
    return extract(document, tagger=model.tagger, linker=model.linker, calibrator=model.calibrator)


def outcome(entry: Entry, *, model: str | None = None, threads: int | None = None) -> Outcome:
    """Reads one file or case and extracts it, with the model in the folder `model`. Whatever goes wrong is told in `cause`."""
    if entry.cause is not None:
        return Outcome(entry=entry, cause=entry.cause)
    try:
        document = read_case(entry) if entry.parts else replace(read(entry.path), name=entry.name)
        findings = extracted(document, model, threads)
        return Outcome(entry=entry, findings=findings, output=to_json(findings))
    except ReadError as error:
        return Outcome(entry=entry, cause=f"{error.where} {error.cause}".strip())
    except MemoryError:
        return Outcome(entry=entry, cause=LOST["memory"])
    except Exception as error:
        return Outcome(entry=entry, cause=defect(error))


def light(entry: Entry, *, threads: int, model: str | None = None) -> Outcome:
    """`outcome` without what only the reading needs, for the way from one process to another; recognition of pictures
    takes `threads` threads where the user has not set HEDUI_OCR_THREADS."""
    os.environ.setdefault("HEDUI_OCR_THREADS", str(threads))
    done = outcome(entry, model=model, threads=threads)
    if done.findings is None:
        return done
    document = replace(done.findings.document, blocks=(), lines=())
    return replace(done, findings=replace(done.findings, document=document, layout=None))


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


def looked(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Looked]]:
    """What files hold; those that must be unpacked are opened in a process that may be lost with one of them."""
    packed: list[Entry] = []
    plain: list[Entry] = []
    for entry in entries:
        (packed if is_packed(entry) else plain).append(entry)
    yield from here(plain)
    with Crew(function=look, workers=1, allowance=ALLOWANCE, context=processes()) as crew:
        for entry, found in crew.results(packed):
            yield entry, Looked((), causes=((entry.name, cause_of(found)),)) if isinstance(found, Lost) else found


class Readers(Crew[Entry, Outcome]):
    """Processes that read files; each file in one of them, which may die of it. `model` is the folder of the model that each
    of them loads once, None for rules alone."""

    def __init__(self, workers: int = 1, *, model: str | None = None, allowance: Allowance = ALLOWANCE) -> None:
        each = max(1, (os.cpu_count() or 1) // workers)
        super().__init__(function=partial(light, threads=each, model=model), workers=workers, allowance=allowance, context=processes())

    def outcomes(self, entries: Iterable[Entry], *, on_step: OnStep | None = None) -> Iterator[Outcome]:
        """What each of `entries` came to, as they are done; one that killed its process is told with the cause."""
        for entry, done in self.results(entries, on_step=on_step):
            yield Outcome(entry=entry, cause=cause_of(done)) if isinstance(done, Lost) else done


def workers_for(files: int) -> int:
    """How many processes pay for `files` files."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS, files // FILES_A_WORKER))
