"""A Document to bytes and back, the same to the last digit: its blocks, cells and lines as columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, Protocol

from hedui.document import Block, Box, Cell, Document, Issue, Line, Member, Span
from hedui.errors import ReadError
from hedui.kept.packed import DAMAGED, Numbers, column, packed, spread, unpacked

__all__ = ["SCHEMA", "document_bytes", "document_of"]

SCHEMA = "hedui-document/1"
BLOCK = ("kind", "role", "level", "number", "page")
CELL = ("row", "col", "rows", "cols")
MEMBER = ("name", "sha256", "media_type", "pages", "first_page")
CORNERS = ("x0", "y0", "x1", "y1")
OTHER_TEXT = "文本与保存的内容不是同一份 · not the text that this document was kept without"


class Spanned(Protocol):
    @property
    def span(self) -> Span: ...


def document_bytes(document: Document, *, text: bool = True) -> bytes:
    """The document as bytes that hold no code; the same document gives the same bytes. Without `text` they are for who keeps it
    elsewhere (every output holds it) and gives it back to `document_of`."""
    cells = [cell for block in document.blocks for cell in block.cells]
    lines = document.lines
    numbers, boxes = boxes_apart("cells", [cell.box for cell in cells])
    more, line_boxes = boxes_apart("lines", [line.box for line in lines])
    edges, whole = numbers_apart("edges", [x for line in lines for x in line.edges])
    return packed(SCHEMA, {
        "name": document.name, "sha256": document.sha256, "media_type": document.media_type, "pages": document.pages,
        "text": document.text if text else None, "text_sha256": digest(document.text),
        "issues": [[issue.where, issue.what] for issue in document.issues], "members": table_of(document.members, MEMBER),
        "blocks": {**table_of(document.blocks, BLOCK), "cells": column([len(block.cells) for block in document.blocks])},
        "cells": {**table_of(cells, CELL), **boxes},
        "lines": {**table_of(lines, ()), **line_boxes, "scored": column([len(line.scores) for line in lines]),
                  "edged": column([len(line.edges) for line in lines])},
        "scores": b"".join(line.scores for line in lines).decode("latin-1"), **whole,
    }, {**numbers, **more, **edges})


def document_of(data: bytes, *, text: str | None = None) -> Document:
    """The document that `document_bytes` made `data` of; `text` is its text where it was left out. ReadError where `data` is damaged or of
    another version, or `text` is another."""
    told, numbers = unpacked(data, SCHEMA)
    try:
        full = told["text"] if text is None else text
        if full is None or digest(full) != told["text_sha256"]:
            raise ReadError(told["name"], OTHER_TEXT)
        cells = [Cell(**row, box=box) for row, box in zip(rows_of(told["cells"], CELL), boxes_of("cells", told["cells"], numbers), strict=True)]
        blocks = zip(rows_of(told["blocks"], BLOCK), parted(cells, spread(told["blocks"]["cells"], told["blocks"]["count"])), strict=True)
        return Document(
            name=told["name"], sha256=told["sha256"], media_type=told["media_type"], pages=told["pages"], text=full,
            blocks=tuple(Block(**row, cells=tuple(held)) for row, held in blocks), lines=tuple(lines_of(told, numbers)),
            issues=tuple(Issue(where=where, what=what) for where, what in told["issues"]),
            members=tuple(Member(**row) for row in rows_of(told["members"], MEMBER)))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ReadError(SCHEMA, f"{DAMAGED} ({error!r})") from error


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def lines_of(told: Mapping[str, Any], numbers: Numbers) -> Iterator[Line]:
    table = told["lines"]
    count = table["count"]
    edges = parted(values_of("edges", told, numbers), spread(table["edged"], count))
    scores = parted(told["scores"].encode("latin-1"), spread(table["scored"], count))
    boxes = boxes_of("lines", table, numbers)
    for row, box, at, sure in zip(rows_of(table, ()), boxes, edges, scores, strict=True):
        yield Line(**row, box=box, edges=tuple(at), scores=bytes(sure))


def table_of(items: Sequence[Spanned], names: Sequence[str]) -> dict[str, Any]:
    """Items as columns, their spans as the gap to the one before and the length."""
    ends = [0, *(item.span[1] for item in items)]
    return {"count": len(items), "gap": column([item.span[0] - end for item, end in zip(items, ends, strict=False)]),
            "length": column([item.span[1] - item.span[0] for item in items]),
            **{name: column([getattr(item, name) for item in items]) for name in names}}


def rows_of(table: Mapping[str, Any], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What `table_of` made a table of, as arguments of the items' type."""
    end = 0
    for gap, length, *values in zip(*(spread(table[name], table["count"]) for name in ("gap", "length", *names)), strict=True):
        start, end = end + gap, end + gap + length
        yield {"span": (start, end), **dict(zip(names, values, strict=True))}


def boxes_apart(name: str, boxes: Sequence[Box | None]) -> tuple[dict[str, Sequence[float]], dict[str, Any]]:
    """Boxes as arrays of their corners, and the column of their pages, None where there is no box."""
    arrays: dict[str, Sequence[float]] = {}
    told: dict[str, Any] = {"on": column([None if box is None else box.page for box in boxes])}
    for corner in CORNERS:
        array, plain = numbers_apart(f"{name}.{corner}", [getattr(box, corner) for box in boxes if box is not None])
        arrays |= array
        told |= plain
    return arrays, told


def boxes_of(name: str, table: Mapping[str, Any], numbers: Numbers) -> Iterator[Any]:
    corners = zip(*(values_of(f"{name}.{corner}", table, numbers) for corner in CORNERS), strict=True)
    for page in spread(table["on"], table["count"]):
        yield None if page is None else Box(page=page, **dict(zip(CORNERS, next(corners), strict=True)))


def numbers_apart(name: str, values: Sequence[float]) -> tuple[dict[str, Sequence[float]], dict[str, Any]]:
    """Floats as an array; where there are whole numbers among them, which an array would turn into floats, as plain data."""
    return ({name: values}, {}) if all(type(value) is float for value in values) else ({}, {name: list(values)})


def values_of(name: str, told: Mapping[str, Any], numbers: Numbers) -> Sequence[float]:
    found: Sequence[float] = told[name] if name in told else numbers[name]
    return found


def parted(values: Any, counts: Sequence[int]) -> Iterator[Any]:
    """The values in runs of `counts`. ValueError where they are not as many."""
    cuts = [*accumulate(counts, initial=0)]
    if cuts[-1] != len(values):
        raise ValueError(f"{len(values)} values in runs of {cuts[-1]}")
    return (values[start:end] for start, end in pairwise(cuts))
