"""Two lists of tables, wanted and read -> which belongs to which, TEDS, TEDS of the structure alone, cells that are right.

TEDS after Zhong, ShafieiBavani and Jimeno Yepes, "Image-based table recognition: data, model, and evaluation" (ECCV
2020): 1 - edit distance of the trees / nodes of the larger one. A tree is table > tr > td; a cell of another extent
costs 1, another text its share of differing characters. Texts are compared as `squeezed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from apted import APTED, Config
from fidelity_text import squeezed
from rapidfuzz.distance import Levenshtein

from hedui.document import Block, Document


class Place(NamedTuple):
    """A cell: where it begins, its extent, its text squeezed."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


Table = tuple[Place, ...]


def tables_of(document: Document) -> list[Table]:
    """The tables of the body, cells in reading order."""
    def table(block: Block) -> Table:
        return tuple(sorted(Place(cell.row, cell.col, cell.rows, cell.cols, squeezed(document.text[slice(*cell.span)]))
                            for cell in block.cells))
    return [table(block) for block in document.blocks if block.kind == "table" and block.role == "body"]


@dataclass(slots=True)
class Node:
    tag: str
    rows: int = 1
    cols: int = 1
    text: str = ""
    children: list[Node] = field(default_factory=list)


class Costs(Config):
    """What it costs to make one node another; to add or drop one costs 1."""

    def rename(self, node1: Node, node2: Node) -> float:
        if (node1.tag, node1.rows, node1.cols) != (node2.tag, node2.rows, node2.cols):
            return 1.0
        return Levenshtein.normalized_distance(node1.text, node2.text)

    def children(self, node: Node) -> list[Node]:
        return node.children


def tree_of(table: Table, texts: bool) -> Node:
    rows = [Node("tr") for _ in range(max((place.row + place.rows for place in table), default=0))]
    for place in table:
        rows[place.row].children.append(Node("td", place.rows, place.cols, place.text if texts else ""))
    return Node("table", children=rows)


def count(node: Node) -> int:
    return 1 + sum(map(count, node.children))


def teds(wanted: Table, read: Table, *, texts: bool = True) -> float:
    """Tree edit distance similarity, 0 to 1; without `texts` that of the structure alone.

    >>> teds((Place(0, 0, 1, 1, "甲乙"),), (Place(0, 0, 1, 1, "甲丙"),))
    0.8333333333333334
    """
    one, other = tree_of(wanted, texts), tree_of(read, texts)
    if one == other:
        return 1.0
    return 1 - APTED(one, other, Costs()).compute_edit_distance() / max(count(one), count(other))


def likeness(one: Table, other: Table) -> float:
    """The share of characters that two tables have in common."""
    left, right = (Counter("".join(place.text for place in table)) for table in (one, other))
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def pairs_of(wanted: Sequence[Table], read: Sequence[Table]) -> dict[int, int]:
    """Which table was read for which wanted one: the likest first, of equally like ones those at like places."""
    ranked = sorted((-round(likeness(one, other), 2), abs(i / len(wanted) - j / len(read)), i, j)
                    for i, one in enumerate(wanted) for j, other in enumerate(read))
    pairs: dict[int, int] = {}
    for unlike, _, i, j in ranked:
        if unlike < -0.2 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def rows_of(table: Table) -> list[dict[int, Place]]:
    """The cells of each row by column, those that begin above it left out."""
    rows: list[dict[int, Place]] = [{} for _ in range(max((place.row + 1 for place in table), default=0))]
    for place in table:
        rows[place.row][place.col] = place
    return rows


def right_in_row(wanted: dict[int, Place], read: dict[int, Place]) -> int:
    return sum(place[1:] == read[col][1:] for col, place in wanted.items() if col in read)


def right_cells(wanted: Table, read: Table) -> int:
    """How many wanted cells were read with their column, extent and text, rows set side by side where most are right."""
    before = [0] * (len(rows_of(read)) + 1)
    for row in rows_of(wanted):
        now = [0]
        for at, other in enumerate(rows_of(read)):
            now.append(max(now[-1], before[at + 1], before[at] + right_in_row(row, other)))
        before = now
    return before[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableScore:
    """One wanted table: `read` is False where none was found for it; `cells` right ones of `size`."""

    read: bool
    teds: float = 0.0
    structure: float = 0.0
    cells: int = 0
    size: int


def scored_tables(wanted: Sequence[Table], read: Sequence[Table]) -> tuple[list[TableScore], int]:
    """The score of each wanted table, and how many tables were read that belong to none."""
    pairs = pairs_of(wanted, read)
    scores = [TableScore(read=True, size=len(table), teds=teds(table, read[pairs[i]]), cells=right_cells(table, read[pairs[i]]),
                         structure=teds(table, read[pairs[i]], texts=False)) if i in pairs else TableScore(read=False, size=len(table))
              for i, table in enumerate(wanted)]
    return scores, len(read) - len(pairs)
