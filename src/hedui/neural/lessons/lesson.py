"""Reports and their annotations in, lessons out: windows with what stands in them and what belongs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from hedui.document import Document, Layout
from hedui.errors import ReadError, UsageError
from hedui.findings import Mention
from hedui.gold import Gold, GoldClaim, GoldMention, read_gold
from hedui.gold.lines import Lines
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.neural.lessons.align import aligned
from hedui.neural.lessons.drawn import Drawn, anchors_of, tags_of
from hedui.neural.types import Lesson
from hedui.neural.windows import windows_of
from hedui.readers import read

__all__ = ["lesson_of", "read_lessons"]

# an annotation that quotes another text than the one at hand teaches nothing
MISPLACED = 0.2


def lesson_of(layout: Layout, golds: Sequence[Gold], mentions: Sequence[Mention], *, source: str) -> Lesson:
    """The lesson of one report: `golds` are its annotations with spans, `mentions` what rules read in it (the anchors).

    Characters outside the annotated lines, and paragraphs where something annotated was not found, are `unsure`.
    """
    windows = windows_of(layout)
    drawn = Drawn(windows, aligned(layout, golds, mentions), mentions)
    return Lesson(source=source, windows=windows, tags=tuple(map(tags_of, drawn.tags)), links=drawn.links,
                  anchors=tuple(map(anchors_of, drawn.anchors)), unsure=tuple(tuple(sorted(set(one))) for one in drawn.unsure))


def read_lessons(gold_dir: Path | str, report_dir: Path | str, *, on_step: Callable[[int, int, str], None] | None = None) -> list[Lesson]:
    """A lesson for every report under `report_dir` that an annotation in `gold_dir` (*.json) is of, by file name.

    UsageError where there is no annotation, ReadError where a report is missing or more than a fifth of the quotes of an
    annotation do not stand in it. `on_step` hears number, total and source before each report.
    """
    paths = sorted(Path(gold_dir).glob("*.json"))
    if not paths:
        raise UsageError(f"{gold_dir}: 没有标注文件（*.json） · no annotations (*.json)")
    by_source: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        by_source[PurePosixPath(read_gold(path).source).name].append(path)
    reports = {path.name: path for path in sorted(Path(report_dir).rglob("*"), reverse=True) if path.is_file()}
    lessons = []
    for number, (source, held) in enumerate(sorted(by_source.items()), start=1):
        if source not in reports:
            raise ReadError(held[0].name, f"标注所指的报告 {source} 不在 {report_dir} 中，请补上该文件 · the annotated report {source} "
                            f"is not in {report_dir}; put it there")
        if on_step:
            on_step(number, len(by_source), source)
        document = read(reports[source])
        layout = arrange(document)
        golds = [placed_gold(path, document) for path in held]
        lessons.append(lesson_of(layout, golds, find_mentions(layout), source=source))
    return lessons


def placed_gold(path: Path, document: Document) -> Gold:
    """The annotation with the spans of its quotes in `document`; some may not stand there (a report made over into another
    format), but not more than a fifth."""
    try:
        return read_gold(path, text=document.text)
    except ReadError:
        gold, lines = read_gold(path), Lines(document.text)
    mentions = tuple(placed_mention(one, lines) for one in gold.mentions)
    claims = tuple(placed_claim(one, lines) for one in gold.claims)
    quoted = [one.quote.span for one in mentions] + [one.span for one in claims if one.text is not None]
    missing = quoted.count(None)
    if missing > MISPLACED * len(quoted):
        raise ReadError(path.name, f"{len(quoted)} 处引文中有 {missing} 处不在报告 {document.name} 的所指行，请核对报告是否就是所标注的文件 · "
                        f"{missing} of {len(quoted)} quotes do not stand in {document.name} on their lines; is it the annotated file?")
    return replace(gold, mentions=mentions, claims=claims)


def placed_mention(found: GoldMention, lines: Lines) -> GoldMention:
    quote = found.quote
    span = lines.span(quote.line, quote.text, quote.nth)
    return replace(found, quote=replace(quote, span=lines.whole(span, quote.full) if span and quote.full else span))


def placed_claim(found: GoldClaim, lines: Lines) -> GoldClaim:
    return found if found.text is None else replace(found, span=lines.span(found.line, found.text))
