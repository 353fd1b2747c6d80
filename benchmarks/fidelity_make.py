"""Reports -> the files of each format that are read back, each with the document it was made of."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hedui.document import Block, Document
from hedui.readers import read, read_bytes
from hedui.synth.render import (
    BAD_150,
    CLEAN_200,
    CLEAN_300,
    ScanLook,
    WordLook,
    docx_of,
    html_of,
    pdf_of_html,
    pdf_of_many,
    pdf_of_pictures,
    scans_of,
    settled,
    tiff_of_pictures,
)

SCANS = {"scan150": BAD_150, "scan200": CLEAN_200, "scan300": CLEAN_300}
FORMATS = ("docx", "pdf", "pdfweb", *SCANS, "tiff200")
TITLES = {"docx": "Word", "pdf": "PDF（LibreOffice）", "pdfweb": "PDF（Chromium）", "scan150": "扫描 150 dpi 差 / bad scan",
          "scan200": "扫描 200 dpi / scan", "scan300": "扫描 300 dpi / scan", "tiff200": "TIFF 200 dpi"}
OFFICE = WordLook(merge_labels=True, repeat_header=True, header="预算绩效管理资料汇编")
LOOKS = {"plain": WordLook(), "office": OFFICE, "bare": WordLook(ruled=False), "across": WordLook(landscape=True, merge_labels=True)}
WARM = "某县绩效自评报告\n全年预算480万元，执行458.4万元。\n指标\t目标\t完成\n培训人数\t300人\t312人\n"
PAGE_CHARACTERS, ROW_CHARACTERS, HALF_LINE = 800, 45, 17


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A file as made: of the report `name`, with `truth` in it; `pages` None where the format has none."""

    name: str
    format: str
    data: bytes
    truth: Document
    pages: int | None
    dpi: float = 200


def weight(block: Block) -> float:
    """How much of a page a block takes, in characters of running text."""
    characters = block.span[1] - block.span[0]
    if block.kind != "table":
        return characters + HALF_LINE
    return max(characters, ROW_CHARACTERS * len({cell.row for cell in block.cells}))


def shortened(document: Document, pages: float) -> Document:
    """The document with blocks for about so many pages: its title, then tables with what stands before them, then the
    rest from the start."""
    body = [index for index, block in enumerate(document.blocks) if block.role == "body"]
    tables = [near for index in body if document.blocks[index].kind == "table" for near in (index - 1, index) if near in body]
    kept: set[int] = set()
    room = pages * PAGE_CHARACTERS
    for index in dict.fromkeys((*body[:1], *tables, *body)):
        room -= weight(document.blocks[index])
        if room >= 0 or not kept:
            kept.add(index)
    return settled(replace(document, blocks=tuple(document.blocks[index] for index in sorted(kept))), join_tables=True)


def page_count(pdf: bytes) -> int:
    import pypdfium2

    file = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return len(file)
    finally:
        file.close()


def fitting(document: Document, pages: int, look: WordLook) -> Document:
    """The document shortened until it prints on at most `pages` pages."""
    for part in (1.0, 0.85, 0.7, 0.55, 0.4):
        short = shortened(document, pages * part)
        if page_count(pdf_of_many([docx_of(short, look=look)])[0]) <= pages:
            return short
    return short


def truths_of(paths: Iterable[Path], *, pages: int | None, look: WordLook) -> list[tuple[str, Document]]:
    """What is rendered: a small report to warm up on, named "", then each of `paths`."""
    documents = [("", read_bytes(WARM.encode(), "warm.txt")), *((path.stem, read(path)) for path in paths)]
    return [(name, settled(fitting(document, pages, look) if pages and name else document, merge_labels=look.merge_labels, join_tables=True))
            for name, document in documents]


def made_files(truths: Sequence[tuple[str, Document]], formats: Sequence[str], look: WordLook,
               step: Callable[[], object] = lambda: None) -> list[Made]:
    """Every report in every format, report by report; `step` is called after each file."""
    words = [docx_of(document, look=look) for _, document in truths]
    printed = [{"pdf": pdf} for pdf in pdf_of_many(words, timeout=60 + 10 * len(words))] if set(formats) - {"docx", "pdfweb"} else []
    made = []
    for index, (name, document) in enumerate(truths):
        pdf = printed[index]["pdf"] if printed else b""
        for format in formats:
            dpi = SCANS.get(format, CLEAN_200).dpi
            data = file_of(format, words[index], pdf, document, look, seed=index)
            count = None if format == "docx" else page_count(data if format == "pdfweb" else pdf)
            made.append(Made(name=name, format=format, data=data, truth=document, pages=count, dpi=dpi))
            step()
    return made


def file_of(format: str, word: bytes, pdf: bytes, document: Document, look: WordLook, seed: int) -> bytes:
    if format == "docx":
        return word
    if format == "pdf":
        return pdf
    if format == "pdfweb":
        return pdf_of_html(html_of(document, ruled=look.ruled))
    scan: ScanLook = SCANS.get(format, CLEAN_200)
    pictures = scans_of(pdf, look=scan, seed=seed)
    return tiff_of_pictures(pictures, scan.dpi) if format.startswith("tiff") else pdf_of_pictures(pictures, scan.dpi)
