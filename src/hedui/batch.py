"""Files in, what was read in each of them out, in this process or in several; one bad file never stops the rest."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing.context import BaseContext

from hedui.errors import ReadError
from hedui.export import to_json
from hedui.extract import extract
from hedui.findings import Findings
from hedui.listing import Entry
from hedui.readers import read

__all__ = ["Outcome", "outcome", "outcomes", "workers_for"]

FILES_A_WORKER = 8
MOST_WORKERS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one file came to: findings and their JSON, or the cause why not."""

    entry: Entry
    findings: Findings | None = None
    output: str = ""
    cause: str | None = None


def defect(error: BaseException) -> str:
    """One line on an error that nobody foresaw, with the place in hedui it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    said = " ".join(str(error).split())[:200]
    return f"程序出错，请报告此问题 · unexpected {type(error).__name__} at {place}: {said}"


def outcome(entry: Entry) -> Outcome:
    """Reads one file and extracts it. Whatever goes wrong is told in `cause`."""
    if entry.cause is not None:
        return Outcome(entry=entry, cause=entry.cause)
    try:
        findings = extract(replace(read(entry.path), name=entry.name))
        return Outcome(entry=entry, findings=findings, output=to_json(findings))
    except ReadError as error:
        return Outcome(entry=entry, cause=f"{error.where} {error.cause}".strip())
    except Exception as error:
        return Outcome(entry=entry, cause=defect(error))


def light(entry: Entry) -> Outcome:
    """`outcome` without what only the reading needs, for the way from one process to another."""
    done = outcome(entry)
    if done.findings is None:
        return done
    document = replace(done.findings.document, blocks=(), lines=())
    return replace(done, findings=replace(done.findings, document=document, layout=None))


def processes() -> BaseContext:
    """How processes start: from a server that has loaded hedui once where the system allows it."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["hedui.batch"])
    return context


def alone(entry: Entry) -> Outcome:
    """Reads one file in a process of its own, which may die of it."""
    with ProcessPoolExecutor(1, mp_context=processes()) as pool:
        try:
            return pool.submit(light, entry).result()
        except BrokenProcessPool:
            return Outcome(entry=entry, cause="读取进程被系统终止，多半是内存不足 · the reading process died, most "
                                              "likely for want of memory")


def workers_for(files: int) -> int:
    """How many processes pay for `files` files: a process loads for seconds, a report is read in one."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS, files // FILES_A_WORKER))


def outcomes(entries: Sequence[Entry], *, workers: int = 1) -> Iterator[Outcome]:
    """What each of `entries` came to, as they are done; with several `workers` in processes of their own.

    A file that kills its process is told apart by reading again, one by one, those that were under way.
    """
    if workers == 1:
        yield from map(outcome, entries)
        return
    broken: list[Entry] = []
    with ProcessPoolExecutor(workers, mp_context=processes()) as pool:
        waiting: dict[Future[Outcome], Entry] = {pool.submit(light, entry): entry for entry in entries}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                broken.append(waiting[future])
    yield from map(alone, broken)
