"""Annotated rows of tables in, the cells of their names, targets and results out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from hedui.document import Grid, GridCell, Layout, Span
from hedui.findings import Indicator
from hedui.gold import GoldClaim
from hedui.layout import column_role
from hedui.neural.lessons.align_marks import Marks, Wanted
from hedui.neural.lessons.align_narrative import FIGURES, Field, Told
from hedui.neural.lessons.align_text import Placed, key, stretch_of

__all__ = ["align_rows"]

# how many lines of characters an annotated line and its row may be apart where a cell has lines of its own
NEAR = 600
ALIKE = 90
VALUES: tuple[tuple[Wanted, Field], ...] = (("row target", "target"), ("row actual", "actual"), ("row completion", "completion"))


class Rows:
    """The cells of all grids by what they say."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.by_text: dict[str, list[tuple[Grid, int, GridCell]]] = {}
        self.all: list[tuple[Grid, int, GridCell]] = []
        for grid in layout.grids:
            for number, row in enumerate(grid.rows):
                for cell in row:
                    if cell.origin and cell.text:
                        self.by_text.setdefault(key(cell.text), []).append((grid, number, cell))
                        self.all.append((grid, number, cell))

    def find(self, name: str, line: Span) -> tuple[Grid, int, GridCell] | None:
        """The cell with this name on or near `line`; one that only begins with it or is much like it must be on the line."""
        def apart(found: tuple[Grid, int, GridCell]) -> int:
            start, end = found[2].span
            return max(0, start - line[1], line[0] - end)

        exact = min(self.by_text.get(name, ()), key=apart, default=None)
        if exact and apart(exact) <= NEAR:
            return exact
        on_line = [one for one in self.all if apart(one) == 0]
        return next((one for one in on_line if name in key(one[2].text)),
                    next((one for one in on_line if ratio(name, key(one[2].text)) >= ALIKE), None))


def align_rows(layout: Layout, claims: Sequence[tuple[GoldClaim, Span]], mentions: Placed, marks: Marks) -> list[Told]:
    """Tags and links of the indicators of tables; each claim with the span of its line."""
    rows = Rows(layout)
    told = []
    for claim, line in claims:
        assert isinstance(claim.fields, Indicator)
        fields = claim.fields
        found = rows.find(key(fields.name), line)
        marks.count("row name", found is not None, fields.name)
        if found is None:
            marks.unsure.append(line)
            continue
        grid, number, cell = found
        span = part_of(layout.document.text, cell.span, key(fields.name))
        marks.tags.append((span, "NAME"))
        told.append(Told(name=key(fields.name), pieces=(span,)))
        for kind, field in VALUES:
            value = getattr(fields, field)
            if value:
                done = align_value(layout, grid, grid.rows[number], cell, field, key(value), span, mentions, marks)
                marks.count(kind, done, f"{fields.name} {value}")
    return told


def part_of(text: str, span: Span, said: str) -> Span:
    """Where `said` stands in the cell at `span`; the whole cell where it is cut or told in another way."""
    stretch = stretch_of(text, [span])
    place = next(stretch.places(said), None) or (0, len(stretch.text))
    return stretch.span(*place) if stretch.text else span


def align_value(layout: Layout, grid: Grid, row: Sequence[GridCell], name: GridCell, field: Field, value: str, head: Span,
                mentions: Placed, marks: Marks) -> bool:
    """Links the name with the figure of the cell that says `value` in the column of `field`, or with its words."""
    cells = list(cells_of(grid, row, name, field, value))
    if not cells:
        return False
    for cell in cells[:1] if key(cells[0].text) == value else cells:
        figures = [span for span, _, _ in mentions.within(cell.span, *FIGURES)]
        if not figures and any(map(str.isdecimal, cell.text)):
            marks.unsure.append(cell.span)
            continue
        words = key(cell.text)
        if not figures and not any(map(str.isalpha, words)):
            continue
        tails = figures or [part_of(layout.document.text, cell.span, value)]
        if not figures:
            marks.tags.append((tails[0], "STATE"))
        for tail in tails:
            marks.link(field, [head], tail)
    return True


def cells_of(grid: Grid, row: Sequence[GridCell], name: GridCell, field: Field, value: str) -> Iterator[GridCell]:
    """The cells that say `value`: one under a header of that role, else the first behind the name; or those that together
    say it (≥ | 90 | %)."""
    held = [cell for cell in row if cell.col > name.col and cell.text and cell.span[0] < cell.span[1]]
    same = [cell for cell in held if key(cell.text) == value]
    if not same:
        same = [cell for cell in held if value in key(cell.text)][:1]
    under = [cell for cell in same if cell.col < len(grid.headers) and field in map(column_role, grid.headers[cell.col])]
    if under or same:
        yield (under or same)[0]
        return
    for first in range(len(held)):
        for last in range(first + 2, min(first + 4, len(held)) + 1):
            if "".join(key(cell.text) for cell in held[first:last]) == value:
                yield from held[first:last]
                return
