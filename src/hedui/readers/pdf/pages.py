"""Bytes of a PDF -> its pages as they look, one by one.

A page is given by its text layer where that can be trusted (`trust`), by its picture where not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from hedui.document import Issue
from hedui.readers.pages import Page
from hedui.readers.pdf.beside import UNREAD_PICTURE, with_pictures
from hedui.readers.pdf.drawn import Drawn, drawn_on
from hedui.readers.pdf.fields import with_fields
from hedui.readers.pdf.frame import after, level_frame, page_frame
from hedui.readers.pdf.glyphs import Glyph, glyphs_of
from hedui.readers.pdf.opening import opened, refuse_waiting_page
from hedui.readers.pdf.picture import page_picture, resolution, too_large
from hedui.readers.pdf.rules import rules_of
from hedui.readers.pdf.runs import runs_of
from hedui.readers.pdf.trust import Doubt, beside, doubt_of, lost
from hedui.readers.pdf.turning import main_turns, turned_runs
from hedui.readers.showing import show, watched

__all__ = ["DAMAGED", "LARGE", "pdf_pages"]

# points of an A4 page, for one whose size cannot be read
A4 = (595.3, 841.9)
# pdfium keeps what it has parsed of an open document; it is opened anew after so many pages, so that memory stays flat
PAGES_AT_ONCE = 50
# a page rendered at less than this many pixels an inch loses its small print
COARSE = 100
# pixels an inch of a page that somebody looks at
SHOWN = 120
DAMAGED = "这一页损坏，读不出；请从原件另存 / this page is damaged and cannot be read; save the original anew"
LARGE = ("这一页的图片像素过多，没有识别；请降低分辨率后另存 / "
         "a picture on this page has too many pixels and was not recognised; save it at a lower resolution")
NOTHING_SEEN = "这一页是图片，没有认出文字 / this page is a picture in which no text was found"
SHRUNK = "这一页尺寸过大，只以低分辨率识别 / this page is so large that it was recognised at a low resolution"
CUT_SHORT = "这一页内容过多，超出上限的部分没有读 / there is too much on this page; what is over the limit is left out"
UNSEEN = "这一页有隐藏文字，没有读 / hidden text on this page is left out"
ASLANT = "这一页有斜排文字（如水印），没有读 / text set aslant on this page (such as a watermark) is left out"
LOST = ("这一页有些字符在字体中没有说明，读作“\ufffd” / "
        "some characters on this page, which the font does not name, are read as “\ufffd”")


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """What is on a page, put so that most of its print is level, and its size; `turns` are the quarter turns clockwise
    that this took beyond the page's own, `cut_short` tells that there was more than is read."""

    glyphs: list[Glyph]
    drawn: Drawn
    width: float
    height: float
    turns: int
    cut_short: bool


def laid(page: pdfium.PdfPage) -> Laid:
    frame, width, height = page_frame(page)
    glyphs, cut_short = glyphs_of(page, frame)
    turns = -main_turns(glyphs) % 4
    if turns:
        frame = after(frame, level_frame(turns, width, height))
        width, height = (height, width) if turns % 2 else (width, height)
        glyphs, cut_short = glyphs_of(page, frame)
    drawn = drawn_on(page, frame)
    return Laid(glyphs=glyphs, drawn=drawn, width=width, height=height, turns=turns, cut_short=cut_short or drawn.cut_short)


def where(number: int) -> str:
    return f"第 {number} 页 / page {number}"


def on_page(glyph: Glyph, sheet: Laid) -> bool:
    """Whether a glyph stands on the page, and not on the margin that is cut off."""
    return 0 <= glyph.x0 + glyph.x1 <= 2 * sheet.width and 0 <= glyph.y0 + glyph.y1 <= 2 * sheet.height


def on_it(sheet: Laid) -> list[Glyph]:
    return [glyph for glyph in sheet.glyphs if not glyph.look.unseen and on_page(glyph, sheet)]


def written_page(sheet: Laid, number: int) -> Page:
    """The page as its text layer and its paths give it."""
    shown = on_it(sheet)
    named = [glyph._replace(text="\ufffd") if glyph.unmapped else glyph for glyph in shown]
    rules = rules_of(sheet.drawn.strokes, sheet.width, sheet.height)
    runs = runs_of([glyph for glyph in named if glyph.look.turns == 0], rules)
    for turns in (1, 2, 3):
        runs += turned_runs((glyph for glyph in named if glyph.look.turns == turns), turns, sheet.width, sheet.height)
    told = ((CUT_SHORT, sheet.cut_short), (LARGE, too_large(sheet.drawn.pictures)),
            (UNSEEN, any(glyph.look.unseen and not glyph.text.isspace() for glyph in sheet.glyphs)),
            (ASLANT, any(glyph.look.turns is None for glyph in shown)), (LOST, lost(shown)[0] > 0))
    return Page(number=number, width=sheet.width, height=sheet.height, runs=tuple(runs), rules=rules, turned=sheet.turns,
                issues=tuple(Issue(where=where(number), what=what) for what, so in told if so))


def with_pictures_read(read: Page, page: pdfium.PdfPage, sheet: Laid) -> Page:
    """The page with what stands in its large pictures; only told where they cannot be shown as the page is read."""
    pictures = beside(sheet.drawn, on_it(sheet), sheet.width, sheet.height)
    if not pictures or too_large(sheet.drawn.pictures):
        return read
    if sheet.turns:
        return replace(read, issues=(*read.issues, Issue(where=where(read.number), what=UNREAD_PICTURE)))
    dpi = resolution(pictures, sheet.width, sheet.height)
    return with_pictures(read, pictures, page_picture(page, dpi), dpi)


def pictured_page(page: pdfium.PdfPage, sheet: Laid, number: int, doubt: Doubt) -> Page:
    """The page as its picture is recognised."""
    from hedui.readers.scan import recognised_page

    if too_large(sheet.drawn.pictures):
        return written_page(sheet, number)
    wide, high = page.get_size()
    dpi = resolution(sheet.drawn.pictures, wide, high)
    read = recognised_page(page_picture(page, dpi), number=number, dpi=dpi)
    told = [doubt.value if read.runs else NOTHING_SEEN, *([SHRUNK] if dpi < COARSE else [])]
    return replace(read, issues=(*(Issue(where=where(number), what=what) for what in told), *read.issues))


def page_of(document: pdfium.PdfDocument, name: str, index: int) -> Page:
    """Page `index` (from 0) of the document; an empty one with an issue where it is damaged."""
    number = index + 1
    try:
        page = with_fields(document, index)
    except pdfium.PdfiumError:
        return Page(number=number, width=A4[0], height=A4[1], issues=(Issue(where=where(number), what=DAMAGED),))
    try:
        sheet = laid(page)
        doubt = doubt_of(sheet.glyphs, sheet.drawn, sheet.width, sheet.height)
        if index == 0:
            refuse_waiting_page(document, name, "".join(glyph.text for glyph in sheet.glyphs))
        if doubt is not None:
            return pictured_page(page, sheet, number, doubt)
        if watched():
            show(number, np.rot90(page_picture(page, SHOWN), -sheet.turns), sheet.width, sheet.height)
        return with_pictures_read(written_page(sheet, number), page, sheet)
    finally:
        page.close()


def pdf_pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of the PDF in `data`, each read when it is asked for and let go before the next.

    Raises ReadError where the file is protected, damaged, a form that draws itself, or has too many pages. A page that
    cannot be read is an empty one with an issue.
    """
    first, count = 0, 1
    while first < count:
        with opened(data, name) as document:
            count = len(document)
            for index in range(first, min(first + PAGES_AT_ONCE, count)):
                yield page_of(document, name, index)
        first += PAGES_AT_ONCE
