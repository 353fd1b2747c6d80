"""One input in, what the store keeps of it out: read, or what was kept of it extracted or weighed again. Done in a process that may be lost
with it, so that the one that writes has little to do."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from hedui.again import reweighed
from hedui.batch import document_in, extracted, scale, told
from hedui.bulk.parts import unread_of, with_unread
from hedui.errors import PassingError
from hedui.export import Output
from hedui.export.json import to_output
from hedui.findings import Findings
from hedui.kept import document_bytes, document_of, signals_bytes, signals_from
from hedui.listing import Entry
from hedui.store.ledger import Stage
from hedui.store.packed import Packed, packed
from hedui.store.packing import unpack_json
from hedui.watching.profile import profile_of, profile_text

__all__ = ["Did", "Job", "do", "is_quick"]

# a text of so many bytes (33,000 characters) is read in about a second; scans, and what LibreOffice opens first, take longer however small
QUICK_BYTES, QUICK = 100_000, frozenset({".txt", ".md", ".csv", ".html", ".htm", ".json", ".docx", ".xlsx"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What is to be done with an input of `size` bytes: read it, or extract or weigh again what was kept of it (`output`, `signals` and
    `document` as the store keeps them). `stock` is the folder of what was fetched already (`hedui.sources.stock`)."""

    entry: Entry
    stage: Stage = "read"
    size: int = 0
    output: bytes = b""
    signals: bytes = b""
    document: bytes = b""
    stock: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Did:
    """What came of a job in `seconds`: what the store is to keep, or the cause why nothing; `passing` where another try may do."""

    packed: Packed | None = None
    cause: str = ""
    passing: bool = False
    seconds: float = 0.0


def is_quick(job: Job) -> bool:
    """Whether a job as a rule takes little time, so that it may wait behind another."""
    return job.stage == "weigh" or (job.size <= QUICK_BYTES and PurePosixPath(job.entry.name).suffix.lower() in QUICK and len(job.entry.parts) < 2)


def do(job: Job, *, threads: int, model: str | None = None, weights: str | None = None) -> Did:
    """Does a job with the model in the folder `model` and the weights in the file `weights`. Whatever goes wrong is told in `cause`;
    recognition of pictures takes `threads` threads where the user has not set HEDUI_OCR_THREADS."""
    os.environ.setdefault("HEDUI_OCR_THREADS", str(threads))
    began = time.monotonic()
    try:
        did = Did(packed=done(job, threads, model, weights))
    except Exception as error:
        did = Did(cause=told(error), passing=isinstance(error, PassingError))
    return replace(did, seconds=time.monotonic() - began)


def done(job: Job, threads: int, model: str | None, weights: str | None) -> Packed:
    """What the store keeps of a job."""
    if job.stage == "weigh":
        output = reweighed(unpack_json(job.output), signals_from(job.signals), scale(model, weights))
        return packed(output, signals=job.signals, profile=profile_in_short(output, job.entry))
    read = job.stage == "read"
    document = document_in(job.entry, stock=job.stock) if read else document_of(job.document, text=unpack_json(job.output)["text"])
    return packed_of(extracted(document, model, threads, weights), job.entry, read=read)


def profile_in_short(output: Output, entry: Entry) -> str:
    """What an output holds in figures, and of a case which of its files it holds nothing of."""
    profile = profile_text(profile_of(output))
    return with_unread(profile, unread_of(output, [(part.name, part.sha256) for part in entry.parts])) if len(entry.parts) > 1 else profile


def packed_of(findings: Findings, entry: Entry, *, read: bool) -> Packed:
    """What the store keeps of findings; of the Document only what was just `read`, what was extracted again is kept already."""
    output = to_output(findings)
    return packed(output, profile=profile_in_short(output, entry), signals=None if findings.signals is None else signals_bytes(findings.signals),
                  document=document_bytes(findings.document, text=False) if read else None)
