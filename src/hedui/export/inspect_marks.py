"""A layout -> what is drawn over each page: blocks in order, cells, and the spots where reading was hard or mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hedui.document import Block, Box, Document, Layout, Span
from hedui.export.inspect_words import KINDS, REPAIRS
from hedui.places import Places

__all__ = ["Mark", "marks_of", "repaired_cells"]

# a character recognised with less certainty (percent) is marked
DOUBTFUL = 80
TOLD = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A rectangle on a page: `look` is its class, `label` what is written at its corner, `said` what pointing at it tells."""

    look: str
    box: Box
    label: str = ""
    said: str = ""

    @property
    def width(self) -> float:
        return max(self.box.x1 - self.box.x0, 0.5)

    @property
    def height(self) -> float:
        return max(self.box.y1 - self.box.y0, 0.5)


def cut(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= TOLD else f"{told[:TOLD]}…"


def around(boxes: list[Box]) -> Iterator[Box]:
    """One box a page."""
    pages: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        pages[box.page].append(box)
    for page, held in pages.items():
        yield Box(page=page, x0=min(b.x0 for b in held), y0=min(b.y0 for b in held), x1=max(b.x1 for b in held),
                  y1=max(b.y1 for b in held))


def block_marks(document: Document, places: Places, number: int, block: Block) -> Iterator[Mark]:
    look = block.kind if block.role == "body" else "margin"
    boxes = [*places.boxes(block.span), *(cell.box for cell in block.cells if cell.box is not None)]
    said = f"{number} · {KINDS[look]} · {cut(document.text[slice(*block.span)])}"
    for box in around(boxes):
        yield Mark(look=look, box=box, label=str(number), said=said)
    for cell in block.cells:
        if cell.box is not None:
            extent = f" {cell.rows}×{cell.cols}" if cell.rows > 1 or cell.cols > 1 else ""
            yield Mark(look="cell", box=cell.box, said=f"r{cell.row + 1} c{cell.col + 1}{extent} · {cut(document.text[slice(*cell.span)])}")


def doubtful_marks(document: Document) -> Iterator[Mark]:
    """Characters that were hard to recognise."""
    for line in document.lines:
        for i, score in enumerate(line.scores):
            if score < DOUBTFUL and len(line.edges) == len(line.scores) + 1:
                char = document.text[line.span[0] + i]
                yield Mark(look="doubt", said=f"{char} {score}%", box=Box(
                    page=line.box.page, x0=line.edges[i], y0=line.box.y0, x1=line.edges[i + 1], y1=line.box.y1))


def repaired_cells(layout: Layout) -> Mapping[Span, str]:
    """Cells that were put right, with what was done to them."""
    return {cell.span: REPAIRS[cell.repair] for grid in layout.grids for row in grid.rows for cell in row
            if cell.repair and cell.text and (cell.repair != "labels" or cell.origin)}


def marks_of(layout: Layout) -> Mapping[int, list[Mark]]:
    """The marks of each page, those below first."""
    document, places = layout.document, Places(layout.document)
    marks: dict[int, list[Mark]] = defaultdict(list)
    found = [mark for i, block in enumerate(document.blocks) for mark in block_marks(document, places, i + 1, block)]
    found += [Mark(look="repair", box=box, said=said) for span, said in repaired_cells(layout).items() for box in places.boxes(span)]
    for mark in [*found, *doubtful_marks(document)]:
        marks[mark.box.page].append(mark)
    return marks
