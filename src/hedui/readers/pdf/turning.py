"""Glyphs that stand sideways or upside down on the page -> runs of characters, and which way a page is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hedui.readers.pages import Run
from hedui.readers.pdf.frame import Matrix, box_through, level_frame, through, turned_back
from hedui.readers.pdf.glyphs import Glyph
from hedui.readers.pdf.runs import runs_of

__all__ = ["main_turns", "turned_runs"]


def main_turns(glyphs: Sequence[Glyph]) -> int:
    """The quarter turns clockwise at which most of a page's print stands: a wide table is set sideways on an upright page."""
    counts = [sum(glyph.look.turns == turns for glyph in glyphs) for turns in range(4)]
    return counts.index(max(counts))


def turned(glyph: Glyph, frame: Matrix) -> Glyph:
    x0, y0, x1, y1 = box_through(frame, glyph.x0, glyph.y0, glyph.x1, glyph.y1)
    x, y = through(frame, glyph.x, glyph.y)
    return glyph._replace(x0=x0, y0=y0, x1=x1, y1=y1, x=x, y=y)


def turned_runs(glyphs: Iterable[Glyph], turns: int, width: float, height: float) -> Iterator[Run]:
    """Runs of print that stands at `turns` quarter turns, each with the room it takes on the page (`width` and `height` in
    points) and without edges, which are for level print."""
    frame, back = level_frame(-turns % 4, width, height), turned_back(-turns % 4, width, height)
    for run in runs_of([turned(glyph, frame) for glyph in glyphs], ()):
        x0, y0, x1, y1 = box_through(back, run.x0, run.y0, run.x1, run.y1)
        yield Run(text=run.text, x0=x0, y0=y0, x1=x1, y1=y1, size=run.size, bold=run.bold)
