"""The main job as a Prefect flow: files in, store, tables, workbook and report page out.

Between tasks go names, paths and digests alone. A task reads many files, as a task costs some ten milliseconds; what was
read is in the store before its task ends, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from hedui.batch import Readers, looked, workers_for
from hedui.cases import cased
from hedui.errors import StoreError, UsageError
from hedui.export.tables import FileLine
from hedui.listing import Entry, Listing, list_files
from hedui.neural.loading import model_sha256
from hedui.results import (
    STORE,
    Outputs,
    Plan,
    plan_run,
    read_files,
    results_of,
    settled,
    write_json,
    write_report,
    write_tables,
)
from hedui.store import Store
from hedui.summary import Summary, summarise
from hedui.version import version

__all__ = ["ingest"]

FILES_A_TASK = 64
OnStep = Callable[[str, int, int], None]


def worth_another_try(_task: Any, _run: Any, state: Any) -> bool:
    """A store that another program holds may be free a moment later; nothing else mends itself."""
    return isinstance(state.result(raise_on_failure=False), StoreError)


@task(name="list", cache_policy=NO_CACHE)
def list_inputs(inputs: Sequence[str], out: str) -> Listing:
    """The files to read; OUT is made, and left out where it lies inside the inputs."""
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{out}: 是文件，不是文件夹 · is a file, not a folder")
    listing = cased(list_files(inputs, apart=folder), looked)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: 建不了这个文件夹 · cannot be made: {error.strerror or error}") from error
    return listing


@task(name="plan", cache_policy=NO_CACHE)
def plan(entries: Sequence[Entry], store: str, held_under: str) -> Plan:
    """What is still to read; results are kept under `held_under`, the version that read them."""
    with Store(store) as held:
        return plan_run(entries, held, version=held_under)


@task(name="read", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=5, retry_condition_fn=worth_another_try)
def read_batch(
    entries: Sequence[Entry], store: str, readers: Readers, held_under: str, *, on_file: Callable[[], None]
) -> dict[str, str]:
    """Reads files into the store; the causes of those that could not be read, by name."""
    with Store(store) as held:
        causes = {}
        done = held.done([entry.sha256 for entry in entries if entry.sha256], version=held_under)
        rest = [entry for entry in entries if entry.sha256 not in done]
        for entry, cause in read_files(rest, held, readers, version=held_under):
            on_file()
            if cause is not None:
                causes[entry.name] = cause
        return causes


@task(name="write", cache_policy=NO_CACHE)
def write_results(
    lines: Sequence[FileLine], store: str, out: str, passed_over: Sequence[str], held_under: str, *, cases: Sequence[Entry] = ()
) -> Summary:
    """Everything that lies in OUT beside the store, and what the run came to; `cases` are the entries of several files."""
    with Store(store) as held:
        lines = settled(lines, cases, held, version=held_under)
        digests = [line.sha256 for line in lines if line.sha256 is not None]
        run = held.start_run(digests, version=held_under)
        outputs, folder = Outputs(store=held, version=held_under, lines=lines), Path(out)
        files = [*write_report(outputs, folder), *write_tables(outputs, folder), *write_json(outputs, folder)]
        for line in lines:
            if line.state == "kept" and line.sha256 is not None:
                held.add_name(line.sha256, line.name)
        held.finish_run(run, {line.name: (line.sha256, line.cause if line.state == "failed" else None) for line in lines})
        return summarise(outputs, lines=lines, passed_over=passed_over, out=out, files=[*files, STORE])


@flow(name="hedui", validate_parameters=False, persist_result=False)
def ingest(
    inputs: Sequence[str], out: str, *, store: str | None = None, workers: int | None = None, model: str | None = None,
    on_step: OnStep | None = None
) -> Summary:
    """Reads the files that `inputs` name or hold into `store` (OUT/hedui.sqlite where none is given) and writes OUT.

    `workers` processes read side by side (as many as pay by default); `model` is the folder of the model that reads beside the rules.
    `on_step(stage, done, all)` hears of every file. Results are kept by the rules and the model that read them.
    UsageError and StoreError come through; what goes wrong with one file stands in the summary.
    """
    address = store or str(Path(out) / STORE)
    listing = list_inputs(inputs, out)
    held_under = version(model_sha256(model) if model else None)
    planned = plan(listing.entries, address, held_under)
    todo, done, causes = planned.todo, 0, dict[str, str]()

    def on_file() -> None:
        nonlocal done
        done += 1
        step("read", done, len(todo))

    def step(stage: str, done: int, total: int) -> None:
        if on_step is not None:
            on_step(stage, done, total)

    step("read", 0, len(todo))
    with Readers(workers or workers_for(len(todo)), model=model) as readers:
        for at in range(0, len(todo), FILES_A_TASK):
            causes |= read_batch(todo[at:at + FILES_A_TASK], address, readers, held_under, on_file=on_file)
    step("write", 0, 1)
    cases = [entry for entry in (*planned.kept, *planned.todo) if len(entry.parts) > 1]
    return write_results(results_of(planned, causes), address, out, listing.passed_over, held_under, cases=cases)
