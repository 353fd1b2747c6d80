"""The files of a run and a store in, what is still to read and the results that lie in a folder out.

In OUT lie hedui.sqlite, json/<name>.json, one Parquet file a table, hedui.xlsx and report.html.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from hedui.batch import Readers
from hedui.errors import StoreError
from hedui.export import dumps
from hedui.export.excel import write_excel
from hedui.export.page import write_page
from hedui.export.parquet import write_parquet
from hedui.export.tables import FileLine
from hedui.findings import content_id
from hedui.listing import Entry, Piece
from hedui.store import Store

__all__ = ["STORE", "Outputs", "Plan", "fitting", "json_names", "plan_run", "read_files", "results_of", "settled", "write_json", "write_report",
           "write_tables"]

MOST_STEP_BYTES = 200
STORE, WORKBOOK, PAGE = "hedui.sqlite", "hedui.xlsx", "report.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a run has to do: the contents to read (`todo`), those read before (`kept`), the files whose content another
    file has (`same`, with the name of that file) and those that could not be opened (`failed`)."""

    todo: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    same: Mapping[str, str]
    failed: Mapping[str, str]


def plan_run(entries: Sequence[Entry], store: Store, *, version: str) -> Plan:
    """Parts the files of a run by what is known of them; of files with one content the first by name is read."""
    first: dict[str, Entry] = {}
    same: dict[str, str] = {}
    for entry in entries:
        if entry.sha256 is None:
            continue
        if first.setdefault(entry.sha256, entry) is not entry:
            other = first[entry.sha256]
            same[entry.name] = other.name
            same |= {part.name: like.name for part, like in zip(entry.parts[1:], other.parts[1:], strict=False)}
    done = store.done(list(first), version=version)
    return Plan(
        todo=tuple(entry for digest, entry in first.items() if digest not in done),
        kept=tuple(entry for digest, entry in first.items() if digest in done),
        same=same, failed={entry.name: entry.cause or "" for entry in entries if entry.sha256 is None},
    )


def read_files(entries: Sequence[Entry], store: Store, readers: Readers, *, version: str) -> Iterator[tuple[Entry, str | None]]:
    """Reads files into the store; each with its cause where it could not be read, as they are done."""
    for done in readers.outcomes(entries):
        if done.findings is not None:
            store.keep(done.findings, done.output, version=version)
        yield done.entry, done.cause


def results_of(plan: Plan, causes: Mapping[str, str]) -> tuple[FileLine, ...]:
    """What each file of a run came to, in the order of their names."""
    lines = [FileLine(name=entry.name, state="kept", sha256=entry.sha256) for entry in plan.kept]
    lines += [FileLine(name=entry.name, state="failed" if entry.name in causes else "read", sha256=entry.sha256,
                       cause=causes.get(entry.name, "")) for entry in plan.todo]
    lines += [part_line(entry, part, causes.get(entry.name)) for entry in (*plan.kept, *plan.todo) for part in entry.parts[1:]]
    lines += [FileLine(name=name, state="same", cause=f"= {other}") for name, other in plan.same.items()]
    lines += [FileLine(name=name, state="failed", cause=cause) for name, cause in plan.failed.items()]
    return tuple(sorted(lines, key=lambda line: line.name))


def part_line(case: Entry, part: Piece, cause: str | None) -> FileLine:
    """What a file came to that is read with the report of its case."""
    return FileLine(name=part.name, state="part" if cause is None else "failed", sha256=part.sha256, case=case.name,
                    cause=f"→ {case.name}" if cause is None else cause)


def unread(case: Entry, store: Store, *, version: str) -> dict[str, str]:
    """The files of a case that its result holds nothing of, with their causes."""
    output = json.loads(store.output(case.sha256 or "", version=version))
    read = {member["sha256"] for member in output["source"].get("members", ())}
    return {part.name: next((issue["what"] for issue in output["issues"] if part.name.rpartition("/")[2] in issue["where"]), "")
            for part in case.parts if part.sha256 not in read}


def settled(lines: Sequence[FileLine], cases: Sequence[Entry], store: Store, *, version: str) -> tuple[FileLine, ...]:
    """The lines of a run with the files of `cases` as they came out: those that could not be read as failed. Where that is
    the report, its case goes by the name of the first file that was read."""
    told = {line.name: line for line in lines}
    for case in cases:
        lead = told[case.name]
        if len(case.parts) < 2 or lead.state not in ("read", "kept"):
            continue
        causes = unread(case, store, version=version)
        if case.name in causes:
            first = next(part.name for part in case.parts if part.name not in causes)
            told[first] = replace(lead, name=first)
        told |= {name: FileLine(name=name, state="failed", case=case.name, cause=cause) for name, cause in causes.items()}
    return tuple(told.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Outputs:
    """The outputs of a run, read from the store one by one as often as they are asked for, under their present names."""

    store: Store
    version: str
    lines: Sequence[FileLine]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for line in self.lines:
            if line.state in ("read", "kept") and line.sha256 is not None:
                output = json.loads(self.store.output(line.sha256, version=self.version))
                output["source"]["name"] = line.name
                yield output


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what goes wrong while a result is written into StoreError with its path and what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: 写不进去（{error.strerror or error}），请看磁盘空间、权限，或文件是否正打开着 · cannot be written; check "
                         "space and permissions, and close it where it is open") from error


def json_names(names: Sequence[str]) -> dict[str, str]:
    """The path under json/ for each name: without its suffix where that tells it apart.

    >>> json_names(["a.txt", "b.txt", "b.docx"])
    {'a.txt': 'a.json', 'b.txt': 'b.txt.json', 'b.docx': 'b.docx.json'}
    """
    short = {name: "/".join(map(fitting, name.split("/"))) for name in names}
    stems = {name: PurePosixPath(path).with_suffix("").as_posix() for name, path in short.items()}
    taken = Counter(stems.values())
    paths = {name: f"{stem if taken[stem] == 1 else short[name]}.json" for name, stem in stems.items()}
    folders = {str(folder) for path in paths.values() for folder in PurePosixPath(path).parents}
    return {name: f"{path}.json" if path in folders else path for name, path in paths.items()}


def fitting(step: str) -> str:
    """One step of a path, so short that file systems take it (255 bytes): what is longer keeps its start and its suffix,
    with a digest of the whole between."""
    if len(step.encode("utf-8", "replace")) <= MOST_STEP_BYTES:
        return step
    start = step.encode("utf-8", "replace")[:MOST_STEP_BYTES - 40].decode("utf-8", "ignore")
    return f"{start}~{content_id('n', step)[-12:]}{PurePosixPath(step).suffix[:8]}"


def write_json(outputs: Outputs, out: Path) -> tuple[str, ...]:
    """One JSON a file under OUT/json."""
    paths = json_names([line.name for line in outputs.lines if line.state in ("read", "kept")])
    folder = out / "json"
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for output in outputs:
            path = folder / paths[output["source"]["name"]]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dumps(output), encoding="utf-8", newline="\n")
    return (f"json/（{len(paths)}）",)


def write_tables(outputs: Outputs, out: Path) -> tuple[str, ...]:
    """The Parquet files and the workbook."""
    with told(out):
        parquet = write_parquet(outputs, out)
    with told(out / WORKBOOK):
        book = write_excel(outputs, out / WORKBOOK, lines=outputs.lines)
    return (book.name, *(path.name for path in parquet))


def write_report(outputs: Outputs, out: Path) -> tuple[str, ...]:
    """The report page."""
    failures = {line.name: line.cause for line in outputs.lines if line.state == "failed"}
    with told(out / PAGE):
        return (write_page(outputs, out / PAGE, failures=failures).name,)
