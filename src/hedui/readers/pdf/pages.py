"""Bytes of a PDF -> its pages as they look, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped,unused-ignore]

from hedui.readers.pages import Page, Run
from hedui.readers.pdf.drawn import drawn_on
from hedui.readers.pdf.frame import box_through, level_frame, page_frame, through, turned_back
from hedui.readers.pdf.glyphs import Glyph, glyphs_of
from hedui.readers.pdf.opening import opened
from hedui.readers.pdf.rules import rules_of
from hedui.readers.pdf.runs import runs_of

__all__ = ["pdf_pages"]


def turned(glyph: Glyph, frame: tuple[float, float, float, float, float, float]) -> Glyph:
    x0, y0, x1, y1 = box_through(frame, glyph.x0, glyph.y0, glyph.x1, glyph.y1)
    x, y = through(frame, glyph.x, glyph.y)
    return glyph._replace(x0=x0, y0=y0, x1=x1, y1=y1, x=x, y=y)


def turned_runs(glyphs: Iterable[Glyph], turns: int, width: float, height: float) -> Iterator[Run]:
    """Runs of print that stands at so many quarter turns, each with the room it takes on the page and without edges."""
    frame, back = level_frame(-turns % 4, width, height), turned_back(-turns % 4, width, height)
    for run in runs_of([turned(glyph, frame) for glyph in glyphs], ()):
        x0, y0, x1, y1 = box_through(back, run.x0, run.y0, run.x1, run.y1)
        yield Run(text=run.text, x0=x0, y0=y0, x1=x1, y1=y1, size=run.size, bold=run.bold)


def page_of(page: pdfium.PdfPage, number: int) -> Page:
    frame, width, height = page_frame(page)
    glyphs, _ = glyphs_of(page, frame)
    drawn = drawn_on(page, frame)
    rules = rules_of(drawn.strokes)
    seen = [glyph for glyph in glyphs if not glyph.look.unseen]
    runs = runs_of([glyph for glyph in seen if glyph.look.turns == 0], rules)
    for turns in (1, 2, 3):
        runs += turned_runs((glyph for glyph in seen if glyph.look.turns == turns), turns, width, height)
    return Page(number=number, width=width, height=height, runs=tuple(runs), rules=rules)


def pdf_pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of the PDF in `data`, each read when it is asked for and let go before the next.

    Raises ReadError where the file is protected, damaged, a form that draws itself, or has too many pages.
    """
    with opened(data, name) as document:
        for index in range(len(document)):
            page = document[index]
            try:
                yield page_of(page, index + 1)
            finally:
                page.close()
