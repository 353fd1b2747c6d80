"""A file in; what hedui or a peer reads in it, with the seconds and memory it takes.

Runs as a process of its own for each reader and format, so that memory is that of this reader alone:
`fidelity_read.py READER JOB...`, a job a pickled `Job`, its answer a pickled `Answer` beside it (`.read`). The first job
warms up. Seconds are those of the core (CPU), the children's too.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import pickle
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fidelity_tables import Place, Table, tables_of
from fidelity_text import PAGE_NUMBER, body_of, squeezed

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers import read_bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    data: bytes
    name: str
    format: str
    dpi: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was read; `document` where the reader gives one, `refused` the reason where it could not read. `engine` are
    the seconds inside the recogniser, None where nothing of it ran; `memory` the peak of the process so far, in MiB."""

    text: str = ""
    tables: list[Table] = field(default_factory=list)
    document: Document | None = None
    refused: str = ""
    seconds: float = 0.0
    engine: float | None = None
    memory: float = 0.0


def used_seconds() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def used_memory() -> float:
    """The peak of this process and its children. The kernel's count for the process starts with what its parent had, so
    Linux is asked for that of the program itself."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    return max(children, int(own[1]) / 1024 if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class EngineClock:
    """Adds up the seconds inside rapidocr's detector and recogniser, whoever calls them."""

    def __init__(self, wanted: bool) -> None:
        self.seconds, self.depth, self.calls = 0.0, 0, 0
        if wanted and importlib.util.find_spec("rapidocr") is not None:
            from rapidocr.ch_ppocr_det import TextDetector
            from rapidocr.ch_ppocr_rec import TextRecognizer
            from rapidocr.inference_engine.onnxruntime import OrtInferSession
            for one in (TextDetector, TextRecognizer, OrtInferSession):
                one.__call__ = self.timed(one.__call__)

    def timed(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def around(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            self.depth += 1
            try:
                return call(*args, **options)
            finally:
                self.depth -= 1
                self.calls += 1
                if not self.depth:
                    self.seconds += time.process_time() - start
        return around


def read_hedui(job: Job) -> Answer:
    try:
        document = read_bytes(job.data, job.name)
    except ReadError as error:
        return Answer(refused=str(error))
    return Answer(text=body_of(document), tables=tables_of(document), document=document)


def pictures_of(job: Job) -> Iterator[Any]:
    """The pages as Pillow pictures of the resolution they were scanned at."""
    if job.format.startswith("tiff"):
        import io

        from PIL import Image, ImageSequence
        for frame in ImageSequence.Iterator(Image.open(io.BytesIO(job.data))):
            yield frame.convert("RGB")
        return
    import pypdfium2
    for page in pypdfium2.PdfDocument(job.data):
        yield page.render(scale=job.dpi / 72).to_pil().convert("RGB")


def told(text: str) -> Answer:
    return Answer(text=PAGE_NUMBER.sub("", text))


def read_tesseract(job: Job) -> Answer:
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        for picture in pictures_of(job):
            picture.save(path, dpi=(job.dpi, job.dpi))
            done = subprocess.run(["tesseract", str(path), "-", "-l", "chi_sim"], capture_output=True, text=True, check=True)
            texts.append(done.stdout)
    return told("\n".join(texts))


def rapid_engine() -> Any:
    """The engine as its makers give it, but for the turning of lines, which turns upright Chinese lines over."""
    from rapidocr import RapidOCR

    threads = int(os.environ.get("HEDUI_OCR_THREADS", "1"))
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error",
                            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                            "EngineConfig.onnxruntime.inter_op_num_threads": 1})


RAPID: list[Any] = []


def read_rapidocr(job: Job) -> Answer:
    import numpy as np

    if not RAPID:
        RAPID.append(rapid_engine())
    pages = [RAPID[0](np.asarray(picture)[:, :, ::-1]).txts or () for picture in pictures_of(job)]
    return told("\n".join(line for page in pages for line in page))


def read_pdfplumber(job: Job) -> Answer:
    import io

    import pdfplumber

    texts: list[str] = []
    tables: list[Table] = []
    with pdfplumber.open(io.BytesIO(job.data)) as file:
        for page in file.pages:
            texts.append(page.extract_text() or "")
            tables += [tuple(Place(row, col, 1, 1, squeezed(cell or "")) for row, line in enumerate(table)
                             for col, cell in enumerate(line)) for table in page.extract_tables()]
            page.close()
    answer = told("\n".join(texts))
    return Answer(text=answer.text, tables=tables)


def read_docling(job: Job) -> Answer:
    import io

    from docling.datamodel.base_models import DocumentStream
    from docling.document_converter import DocumentConverter

    document = DocumentConverter().convert(DocumentStream(name=job.name, stream=io.BytesIO(job.data))).document
    tables = [tuple(Place(cell.start_row_offset_idx, cell.start_col_offset_idx, cell.row_span, cell.col_span, squeezed(cell.text))
                    for cell in table.data.table_cells) for table in document.tables]
    return Answer(text=document.export_to_text(), tables=tables)


# **绩效目标** · ## 一、 · 1\. · <br>
MARKS = re.compile(r"\*\*|(?m:^#+ )|\\(?=[!-/:-@\[-`{-~])|<br ?/?>")


def mineru(*arguments: str) -> None:
    """One call of MinerU's program, which does its work in a server of its own."""
    done = subprocess.run(["mineru", *arguments], capture_output=True, text=True, env=os.environ | {"DO_NOT_TRACK": "1"})
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).strip()[-300:])


def read_mineru(job: Job) -> Answer:
    """What MinerU's tier that needs no models reads; its Markdown is read for text and tables. The work is done in another
    process: seconds are those of the clock, the memory is not known."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / job.name, Path(folder) / "out.md"
        path.write_bytes(job.data)
        start = time.monotonic()
        pages = () if job.format == "docx" else ("--pages", "all")
        mineru("parse", str(path), "--tier", "flash", *pages, "--no-marker", "--force", "--wait", "900", "-o", str(out))
        seconds = time.monotonic() - start
        document = read_bytes(out.read_bytes(), "out.md")
    spans = [span for block in document.blocks for span in ([cell.span for cell in block.cells] or [block.span])]
    text = MARKS.sub("", "\n".join(document.text[slice(*span)] for span in spans))
    return Answer(text=PAGE_NUMBER.sub("", text), tables=tables_of(document), document=document, seconds=seconds,
                  memory=float("nan"))


READERS: dict[str, Callable[[Job], Answer]] = {
    "hedui": read_hedui, "tesseract": read_tesseract, "rapidocr": read_rapidocr, "pdfplumber": read_pdfplumber,
    "docling": read_docling, "mineru": read_mineru,
}
SCANNED = ("scan150", "scan200", "scan300", "tiff200")
READS = {"hedui": ("docx", "pdf", "pdfweb", *SCANNED), "tesseract": SCANNED, "rapidocr": SCANNED,
         "pdfplumber": ("pdf", "pdfweb"), "docling": ("docx", "pdf", "pdfweb", *SCANNED), "mineru": ("docx", "pdf", "pdfweb")}


def missing(reader: str) -> str:
    """Why the reader cannot run here, "" where it can."""
    if reader == "tesseract":
        if shutil.which("tesseract") is None:
            return "没有安装 / not installed"
        known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
        return "" if "chi_sim" in known else "没有 chi_sim 语言包 / chi_sim is missing"
    if reader == "mineru":
        if shutil.which("mineru") is None:
            return "没有安装 / not installed"
        running = subprocess.run(["mineru", "server", "status"], capture_output=True, text=True, check=False)
        return "" if "PID" in running.stdout else "先运行 mineru server start / run it first"
    if reader != "hedui" and importlib.util.find_spec(reader) is None:
        return "没有安装 / not installed"
    return ""


def answered(reader: str, job: Job, clock: EngineClock) -> Answer:
    start, engine, calls = used_seconds(), clock.seconds, clock.calls
    try:
        answer = READERS[reader](job)
    except Exception as error:  # a peer or a reader that fails costs this file, not the run
        answer = Answer(refused=f"{type(error).__name__}: {error}")
    return Answer(text=answer.text, tables=answer.tables, document=answer.document, refused=answer.refused,
                  seconds=answer.seconds or used_seconds() - start, engine=clock.seconds - engine if clock.calls > calls else None,
                  memory=answer.memory or used_memory())


def main(reader: str, *jobs: str) -> int:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    clock: EngineClock | None = None
    for path in map(Path, jobs):
        job: Job = pickle.loads(path.read_bytes())
        clock = clock or EngineClock(job.format in SCANNED and reader in ("hedui", "rapidocr"))
        answer = answered(reader, job, clock)
        path.with_suffix(".read").write_bytes(pickle.dumps(answer))
        print(path.name, flush=True)
    return 0


if __name__ == "__main__":
    # a pickle names the module of its classes, which is this one and not __main__
    import fidelity_read

    sys.exit(fidelity_read.main(*sys.argv[1:]))
