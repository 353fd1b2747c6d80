"""What was read in one file, and what was printed -> its score; the scores of many -> one line for each format and reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fidelity_make import Made
from fidelity_read import Answer
from fidelity_tables import Table, TableScore, scored_tables, tables_of
from fidelity_text import TextScore, body_of, scored_text

from hedui.document import Document
from hedui.errors import ReadError
from hedui.evaluate import Figure, Reading, figures_of, reading_of_output
from hedui.export import to_output
from hedui.extract import extract
from hedui.readers import read_bytes

# the figures of findings that are shown, and what they are called here
FINDINGS = {"mentions": "mentions", "indicators.table.fields": "fields", "checks.conflicts.numeric.recall": "conflicts",
            "checks.conflicts.precision": "precision"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    document: Document
    text: str
    tables: list[Table]
    reading: Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class FileScore:
    """`findings` are figures by name (mentions, fields, conflicts, precision), in counts of hits, said and wanted."""

    name: str
    format: str
    reader: str
    pages: int | None
    text: TextScore
    tables: Sequence[TableScore]
    surplus: int
    findings: dict[str, tuple[int, int, int]]
    seconds: float
    engine: float | None
    memory: float
    refused: str = ""


def reading_of(document: Document) -> Reading:
    return reading_of_output(to_output(extract(document)))


def truth_of(document: Document) -> Truth:
    return Truth(document=document, text=body_of(document), tables=tables_of(document), reading=reading_of(document))


def figure_counts(said: Reading, wanted: Reading) -> dict[str, tuple[int, int, int]]:
    figures: dict[str, Figure] = figures_of(said, wanted)
    return {short: figures[name].counts for name, short in FINDINGS.items() if name in figures}


def document_of(answer: Answer) -> Document | None:
    if answer.document is not None:
        return answer.document
    try:
        return read_bytes(answer.text.encode(), "read.txt")
    except ReadError:
        return None


def scored(made: Made, reader: str, answer: Answer, truth: Truth) -> FileScore:
    """The score of one reading; what was not read at all counts as wrong."""
    document = document_of(answer)
    nothing = Reading(heads=(), mentions=(), indicators=(), funds=(), documents={}, scores=(), checks=())
    tables, surplus = scored_tables(truth.tables, answer.tables)
    return FileScore(
        name=made.name, format=made.format, reader=reader, pages=made.pages, text=scored_text(truth.text, answer.text),
        tables=tables, surplus=surplus, seconds=answer.seconds, engine=answer.engine, memory=answer.memory, refused=answer.refused,
        findings=figure_counts(reading_of(document) if document else nothing, truth.reading))


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Figures over several files of one format by one reader; None where there was nothing to measure."""

    format: str
    reader: str
    files: int
    pages: int
    cer: float | None
    folded: float | None
    bag: float | None
    teds: float | None
    structure: float | None
    cells: float | None
    tables: int
    tables_read: int
    surplus: int
    mentions: float | None
    fields: float | None
    conflicts: float | None
    precision: float | None
    seconds: float | None
    engine: float | None
    memory: float
    name: str = ""

    def plain(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in self.__slots__}


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def f1(scores: Iterable[FileScore], name: str) -> float | None:
    counts = [score.findings[name] for score in scores if name in score.findings]
    hit, said, wanted = (sum(count[i] for count in counts) for i in range(3))
    return share(2 * hit, said + wanted)


def pool_of(scores: Sequence[FileScore]) -> Pool:
    tables = [table for score in scores for table in score.tables]
    wanted = sum(score.text.wanted for score in scores)
    pages = sum(score.pages or 0 for score in scores)
    seconds = sum(score.seconds for score in scores)
    engine = [score.engine for score in scores if score.engine is not None]
    return Pool(
        format=scores[0].format, reader=scores[0].reader, files=len(scores), pages=pages, tables=len(tables),
        name=scores[0].name if len(scores) == 1 else "",
        folded=share(sum(score.text.apart for score in scores), wanted),
        cer=share(sum(score.text.wrong for score in scores), wanted), bag=share(sum(score.text.unlike for score in scores), wanted),
        teds=share(sum(table.teds for table in tables), len(tables)),
        structure=share(sum(table.structure for table in tables), len(tables)),
        cells=share(sum(table.cells for table in tables), sum(table.size for table in tables)),
        tables_read=sum(table.read for table in tables), surplus=sum(score.surplus for score in scores),
        mentions=f1(scores, "mentions"), fields=f1(scores, "fields"), conflicts=f1(scores, "conflicts"),
        precision=f1(scores, "precision"),
        seconds=share(seconds, pages or len(scores)), engine=share(sum(engine), seconds) if engine else None,
        memory=max(score.memory for score in scores))


def pooled(scores: Sequence[FileScore]) -> list[Pool]:
    """One line for each format and reader, in the order they come."""
    keys = dict.fromkeys((score.format, score.reader) for score in scores)
    return [pool_of([score for score in scores if (score.format, score.reader) == key]) for key in keys]
