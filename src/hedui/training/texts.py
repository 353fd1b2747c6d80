"""What a run learns from: made reports, annotated reports and unlabelled ones -> lessons and texts, each a step of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hedui.document import Document
from hedui.errors import ReadError, UsageError
from hedui.evaluate.compare import squeeze
from hedui.neural.lessons import read_lessons
from hedui.neural.types import Lesson
from hedui.neural.weak import weak_lessons
from hedui.readers import read
from hedui.synth.generate import write_reports
from hedui.training.lesson_store import save_lessons
from hedui.training.run import Run
from hedui.training.steps import Done, file_digests, read_json, write_json

__all__ = ["COUNTS", "gold_lessons", "made_lessons", "made_reports", "texts_of", "unlabelled_lessons"]

CORPUS, TEXTS, COUNTS = "corpus", "texts.json", "counts.json"
SYNTH = ("synth.generate",)
LESSONS = ("neural.lessons", "training/texts.py", "training/lesson_store.py")
WEAK = (*LESSONS, "neural.weak")
# an unlabelled report is one of the annotated ones when this share of its longer lines stands in them
SAME, LONG = 0.3, 15


def made_reports(run: Run) -> Done:
    """Made reports with their truth, in OUT/corpus; none where they are left out."""
    plan = run.request.plan
    count = 0 if "synthetic" in run.request.without else plan.reports

    def make(folder: Path) -> None:
        if count:
            write_reports(folder / CORPUS, count=count, seed=plan.seed, formats=("txt",), slips=plan.slips, noise=plan.noise,
                          on_step=run.heard("synthetic"))
    return run.workshop.step(1, "made", make, settings=[count, plan.seed, plan.slips, plan.noise], code=SYNTH)


def made_lessons(run: Run, made: Done) -> Done:
    """The lessons of made reports, and their texts."""
    def make(folder: Path) -> None:
        corpus = made.folder / CORPUS
        paths = sorted((corpus / "reports").iterdir()) if corpus.exists() else []
        lessons = read_lessons(corpus / "gold", corpus / "reports", on_step=run.heard("lessons")) if paths else []
        keep(folder, lessons, [read(path).text for path in paths])
    return run.workshop.step(2, "made-lessons", make, after=[made], code=LESSONS)


def gold_lessons(run: Run) -> Done:
    """The lessons of all annotated reports, each under the name of its source."""
    def make(folder: Path) -> None:
        known = {source.name for source in run.sources}
        lessons = [lesson for golds, reports in run.request.pairs for lesson in read_lessons(golds, reports)]
        if strange := [lesson.source for lesson in lessons if Path(lesson.source).name not in known]:
            raise ReadError(strange[0], "标注中没有这份报告 · is none of the annotated reports")
        named = [replace(lesson, source=Path(lesson.source).name) for lesson in lessons]
        keep(folder, named, [read(source.report).text for source in run.sources])
    files = [path for source in run.sources for path in (source.report, *source.golds)]
    return run.workshop.step(3, "gold-lessons", make, settings=digests(files), code=LESSONS)


def unlabelled_lessons(run: Run) -> Done:
    """Weak lessons and the texts of unlabelled reports. What is one of the annotated reports, or much like one, is left
    out, and so is what cannot be read: both are counted."""
    files = [path for folder in run.request.unlabelled for path in sorted(folder.rglob("*")) if path.is_file()]
    if run.request.unlabelled and not files:
        raise UsageError(f"{run.request.unlabelled[0]}: 没有文件 · holds no files")

    def make(folder: Path) -> None:
        tested = {line for source in run.sources for line in lines_of(read(source.report).text)}
        counts = {"known": 0, "unread": 0}
        documents: list[Document] = []
        for at, path in enumerate(files):
            run.on_step("unlabelled", at, len(files))
            try:
                document = read(path)
            except ReadError:
                counts["unread"] += 1
                continue
            if known_share(document.text, tested) >= SAME:
                counts["known"] += 1
            elif sum(len(one.text) for one in documents) < run.request.plan.unlabelled:
                documents.append(document)
        lessons = list(weak_lessons(documents)) if documents and "weak" not in run.request.without else []
        keep(folder, lessons, [document.text for document in documents], **counts)
    return run.workshop.step(4, "unlabelled", make, settings=[digests(files), "weak" in run.request.without,
                                                             digests([source.report for source in run.sources])], code=WEAK)


def keep(folder: Path, lessons: Sequence[Lesson], texts: Sequence[str], **counts: int) -> None:
    save_lessons(folder, lessons)
    write_json(folder / TEXTS, list(texts))
    write_json(folder / COUNTS, {
        "reports": len(texts), "characters": sum(map(len, texts)), "windows": sum(len(one.windows) for one in lessons),
        "tags": sum(len(of) for one in lessons for of in one.tags), "links": sum(len(one.links) for one in lessons), **counts})


def texts_of(done: Done) -> list[str]:
    """The texts of the reports of a step."""
    return list(read_json(done.folder / TEXTS))


def digests(paths: Iterable[Path]) -> list[str]:
    return [f"{path.name} {file_digests([path])[path.name]}" for path in paths]


def lines_of(text: str) -> Iterator[str]:
    return (line for one in text.splitlines() if len(line := squeeze(one)) >= LONG)


def known_share(text: str, tested: set[str]) -> float:
    """The share of the longer lines of `text` that stand in reports which are tested."""
    lines = list(lines_of(text))
    return sum(line in tested for line in lines) / len(lines) if lines else 0.0
