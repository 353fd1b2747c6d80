"""A page -> its tables and the runs that stand in none of them; every run goes one way or the other."""

from __future__ import annotations

from collections.abc import Sequence

from hedui.readers.pages.cells import filled
from hedui.readers.pages.lattice import Lattice, lattices
from hedui.readers.pages.page import Page, Run
from hedui.readers.pages.regions import Region
from hedui.readers.pages.unruled import open_tables

__all__ = ["find_tables"]


def region_of(lattice: Lattice, runs: Sequence[Run], page: int) -> tuple[Region, list[Run]] | None:
    """The table in a lattice and the runs outside it; None where it holds no text."""
    cells, outside = filled(lattice, runs, page)
    if not any(cell.text for cell in cells):
        return None
    box = (lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    return Region(box=box, cells=cells, xs=lattice.xs, page=page, ruled=True), outside


def find_tables(page: Page) -> tuple[list[Region], list[Run]]:
    """The tables of a page from the top down, and the runs in none of them in the order they came in.

    A frame around one piece of text is a table of one cell; `join_tables` makes paragraphs of it where it does not go on
    a table of the page before.
    """
    found, levels = lattices(page.rules, page.runs, scanned=page.scanned)
    regions = []
    loose = [run for run in page.runs if run.text.strip()]
    for lattice in found:
        made = region_of(lattice, loose, page.number)
        if made is not None:
            region, loose = made
            regions.append(region)
    opened, rest = open_tables(loose, levels, page.number)
    return sorted([*regions, *opened], key=lambda region: (region.box[1], region.box[0])), rest
