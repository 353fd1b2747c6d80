"""Made reports printed to Word, PDF and scans; what each format costs to read, in CPU time and pages.

The same reports in every format, fewer of the dearer ones. PDF and scans need LibreOffice.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bulk_rows import Row
from bulk_stages import Clock, step_rows

from hedui.bulk.jobs import Job, do
from hedui.listing import list_files
from hedui.readers import read
from hedui.synth.render import CLEAN_200, docx_of, office, pdf_of_many, pdf_of_pictures, scans_of

__all__ = ["COUNTS", "formats_rows", "printed"]

# how many of each format pay: a scan costs some hundred texts
COUNTS: Mapping[str, int] = {"txt": 40, "docx": 40, "pdf": 20, "scan.pdf": 3}


def printed(folder: Path, paths: Sequence[Path], counts: Mapping[str, int] = COUNTS) -> dict[str, tuple[Path, ...]]:
    """Writes the first of `paths` in every format into `folder`, and leaves what is there; without LibreOffice texts and Word alone."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, tuple[Path, ...]] = {}
    for kind, count in counts.items():
        if kind in ("pdf", "scan.pdf") and office() is None:
            continue
        found[kind] = tuple(folder / f"{path.stem}.{kind}" for path in paths[:count])
        absent = [(path, target) for path, target in zip(paths, found[kind], strict=False) if not target.exists()]
        for (_, target), data in zip(absent, made(kind, [path for path, _ in absent]), strict=True):
            target.write_bytes(data)
    return found


def made(kind: str, paths: Sequence[Path]) -> Iterator[bytes]:
    """The bytes of each report in a format."""
    if kind == "txt":
        yield from (path.read_bytes() for path in paths)
        return
    words = [docx_of(read(path)) for path in paths]
    if kind == "docx":
        yield from words
    elif words:
        pdfs = pdf_of_many(words, timeout=600)
        yield from pdfs if kind == "pdf" else (pdf_of_pictures(scans_of(pdf, look=CLEAN_200, seed=7), CLEAN_200.dpi) for pdf in pdfs)


def formats_rows(files: Mapping[str, Sequence[Path]]) -> Iterator[Row]:
    """For every format: what reading alone (bytes to text and tables) and the whole way to what is kept cost, with the pages and bytes of a document.
    The first file of a format is read before, as what it needs is loaded then; pictures are recognised by one thread."""
    os.environ["HEDUI_OCR_THREADS"] = "1"
    for kind, paths in files.items():
        clock, lengths, pages = Clock(), list[int](), list[int]()
        read(paths[0])
        for entry in list_files(paths).entries:
            document = clock("read", lambda entry=entry: read(entry.path))  # type: ignore[misc]
            whole = clock("whole", lambda entry=entry: do(Job(entry=entry), threads=1))  # type: ignore[misc]
            if whole.packed is None:
                raise RuntimeError(f"{entry.name}: {whole.cause}")
            lengths.append(len(document.text))
            pages.append(document.pages or 0)
        for step, seconds in clock.spent.items():
            yield from step_rows("formats", kind, seconds, sum(lengths), step)
        kilobytes = statistics.mean(path.stat().st_size for path in paths) / 1000
        for figure, value in (("pages a document", statistics.mean(pages)), ("kB a document", kilobytes)):
            if value:
                yield Row(part="formats", subject=kind, figure=figure, value=value, unit="", n=len(paths), conditions="read")
