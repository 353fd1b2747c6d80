"""Corrected reports of a store -> a folder of annotations and one of their reports, as every other source of training.

Only reports count whose tasks are all decided: of others nobody has said that the rest is right. A report is the original file where it is
found by its content, else its text; a text in which a quote of the annotation does not stand where it says is left out and told.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from hedui.errors import HeduiError, StoreError, UsageError
from hedui.gold import gold_json, read_gold
from hedui.readers import read
from hedui.review.gold import gold_of_report
from hedui.review.leaving import reports_of
from hedui.review.opened import Opened
from hedui.review.serve import open_store
from hedui.store import Store
from hedui.store.tasks import Filter, listed

__all__ = ["Corrected", "corrected_folder", "corrected_from", "write_corrected"]

GOLD, REPORTS = "gold", "reports"
PENDING = frozenset({"open", "blind", "skipped"})
EVERY = 10**9


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """`pair` is the folder of annotations and that of their reports; `used` how many reports stand in them, `unfinished` how many were looked at
    and have tasks left, `lost` those whose text cannot be read again as it was, each with the cause."""

    pair: tuple[Path, Path]
    used: int
    unfinished: int
    lost: tuple[str, ...]


def corrected_folder(out: Path) -> Path:
    """Where the corrected reports of a training run to `out` are kept: beside it.

    >>> corrected_folder(Path("models/hedui_zh")).as_posix()
    'models/.hedui_zh.corrected'
    """
    whole = out.resolve() if out.name in ("", "..") else out
    return whole.with_name(f".{whole.name}.corrected")


def originals(folders: Iterable[Path]) -> Mapping[str, Path]:
    """The files below `folders` by their content."""
    found = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as held:
            found[file_digest(held, "sha256").hexdigest()] = path
    return found


def finished(store: Store) -> tuple[list[Opened], int]:
    """The reports that somebody looked at and nothing is left to decide of, and how many have something left."""
    pending = {(one.sha256, one.report) for one in listed(store, Filter(state=None), limit=EVERY) if one.state in PENDING}
    found = list(reports_of(store, looked=True))
    done = [one for one in found if (one.place.sha256, one.place.report) not in pending]
    return done, len(found) - len(done)


def write_corrected(store: Store, folder: Path, *, sources: Sequence[Path] = ()) -> Corrected:
    """Writes the corrected reports of `store` into `folder`, which is emptied first. UsageError where there is none that is wholly decided."""
    done, unfinished = finished(store)
    known = originals(sources) if sources else {}
    pair, lost, used = (folder / GOLD, folder / REPORTS), [], 0
    try:
        shutil.rmtree(folder, ignore_errors=True)
        for one in pair:
            one.mkdir(parents=True)
        for opened in done:
            try:
                put(opened, pair, known.get(opened.place.sha256))
                used += 1
            except HeduiError as error:
                lost.append(f"{opened.read.output['source']['name']}: {error}")
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: 写不进去 · cannot be written: {error.strerror or error}") from error
    if not used:
        raise UsageError("没有全部看完的报告可学：待办里一份报告的各项都判断过才算 · there is no report to learn from: it counts once everything "
                         "of it in the queue is decided" + "".join(f"\n  {line}" for line in lost))
    return Corrected(pair=pair, used=used, unfinished=unfinished, lost=tuple(lost))


def put(opened: Opened, pair: tuple[Path, Path], original: Path | None) -> None:
    """One annotation and its report; a ReadError of `read_gold` where its quotes do not stand in the report as it is read."""
    sha256, text = opened.place.sha256[:16], opened.read.text
    report = pair[1] / f"{sha256}{original.suffix.lower() if original else '.txt'}"
    if not report.exists():
        if original is not None:
            shutil.copyfile(original, report)
        else:
            report.write_text(text, encoding="utf-8", newline="")
    path = pair[0] / f"{sha256}-{opened.place.report}.json"
    path.write_text(gold_json(gold_of_report(opened, name=report.name)), encoding="utf-8", newline="\n")
    try:
        read_gold(path, text=read(report).text)
    except HeduiError:
        path.unlink()
        if not any(pair[0].glob(f"{sha256}-*.json")):
            report.unlink()
        raise


def corrected_from(out: str, folder: Path, *, address: str | None = None, sources: Sequence[str] = ()) -> Corrected:
    """The corrected reports of the results folder `out`; see `write_corrected`. UsageError where a folder of `sources` is not there."""
    paths = [Path(one) for one in sources]
    if missing := [one for one in paths if not one.is_dir()]:
        raise UsageError(f"{missing[0]}: 没有这个文件夹 · no such folder")
    with open_store(out, address) as store:
        return write_corrected(store, folder, sources=paths)
