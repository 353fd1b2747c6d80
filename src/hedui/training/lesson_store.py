"""Lessons -> one compressed file of JSON lines and back, so that a step that was made once need not be made again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hedui.neural.types import Anchor, Lesson, Link, Place, Tag, Window

__all__ = ["load_lessons", "save_lessons"]

FILE = "lessons.jsonl.gz"


def save_lessons(folder: Path, lessons: Iterable[Lesson]) -> None:
    """Writes `lessons` into `folder`; equal lessons give equal bytes."""
    with (folder / FILE).open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=3) as file:
        for lesson in lessons:
            file.write(json.dumps(held(lesson), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def load_lessons(folder: Path) -> list[Lesson]:
    """The lessons that `save_lessons` wrote, in their order."""
    with gzip.open(folder / FILE, "rt", encoding="utf-8") as file:
        return [lesson(json.loads(line)) for line in file]


def held(lesson: Lesson) -> dict[str, Any]:
    return {
        "source": lesson.source, "weight": lesson.weight, "windows": [
            [w.kind, w.text, w.context, w.starts, w.ends, w.own, w.section, w.part, w.grid, w.row] for w in lesson.windows],
        "tags": marks(lesson.tags), "anchors": marks(lesson.anchors), "unsure": lesson.unsure,
        "links": [[link.relation, *place(link.head), *place(link.tail)] for link in lesson.links],
    }


def marks(all_marks: Iterable[Iterable[Tag | Anchor]]) -> list[list[tuple[int, int, str]]]:
    return [[(mark.start, mark.end, mark.label) for mark in of_window] for of_window in all_marks]


def place(at: Place) -> tuple[int, int, int]:
    return at.window, at.start, at.end


def lesson(told: dict[str, Any]) -> Lesson:
    return Lesson(
        source=told["source"], weight=told["weight"], windows=tuple(map(window, told["windows"])),
        tags=tuple(tuple(Tag(start=a, end=b, label=label) for a, b, label in of) for of in told["tags"]),
        anchors=tuple(tuple(Anchor(start=a, end=b, label=label) for a, b, label in of) for of in told["anchors"]),
        links=tuple(links(told["links"])), unsure=tuple(tuple((a, b) for a, b in of) for of in told["unsure"]))


def window(told: list[Any]) -> Window:
    kind, text, context, starts, ends, own, section, part, grid, row = told
    return Window(kind=kind, text=text, context=context, starts=tuple(starts), ends=tuple(ends), own=(own[0], own[1]),
                  section=section, part=part, grid=grid, row=row)


def links(told: Iterable[list[Any]]) -> Iterator[Link]:
    for relation, a, b, c, d, e, f in told:
        yield Link(relation=relation, head=Place(window=a, start=b, end=c), tail=Place(window=d, start=e, end=f))
