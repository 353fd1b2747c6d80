"""A page's text as pdfium finds it -> its glyphs one by one, in the order in which they are drawn.

pdfium gives the characters of a font's own tables or of the CMaps built into it; it opens no file and runs no script,
whatever the PDF names. The white space that it makes up between characters, which has no room of its own, is left out:
gaps are judged in `runs`.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped,unused-ignore]
import pypdfium2.raw as raw  # type: ignore[import-untyped,unused-ignore]

from hedui.readers.limits import MAX_PAGE_GLYPHS
from hedui.readers.pdf.frame import Matrix, through
from hedui.readers.pdf.letters import usual

__all__ = ["Glyph", "Look", "glyphs_of"]

# PDF text render modes that show nothing (ISO 32000-2, table 104): 3 neither fills nor strokes, 7 clips only
UNSEEN_MODES = (3, 7)
# 2 fills and strokes, which is how bold is made of a font that has none
STROKED_MODE = 2
BOLD_NAMES = ("bold", "black", "heavy", "粗")
BOLD_WEIGHT = 600
NAME_BYTES = 256
# what a hyphen at the end of a line comes out as
HYPHENS = (0x02, 0xFFFE)
# print that leans by up to this many degrees counts as level (or upright)
LEANING = 8.0
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a stretch of text is shown. `size` is the height of the letters in points, `turns` the quarter turns clockwise
    at which it stands on the upright page, None for print aslant."""

    size: float
    turns: int | None
    bold: bool
    unseen: bool


class Glyph(NamedTuple):
    """One character on the upright page: `x0` to `x1` and `y0` to `y1` is its room (advance width and font height), `x`
    and `y` the point on the base line where it begins. `unmapped` where the font does not say which character it is."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float
    look: Look
    unmapped: bool


@contextmanager
def text_page(page: pdfium.PdfPage) -> Iterator[Any]:
    opened = raw.FPDFText_LoadPage(page.raw)
    try:
        yield opened
    finally:
        if opened:
            raw.FPDFText_ClosePage(opened)


def font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(NAME_BYTES)
    raw.FPDFFont_GetBaseFontName(font, buffer, NAME_BYTES)
    return buffer.value.decode("utf-8", "replace").lower()


def is_bold(font: Any) -> bool:
    if not font:
        return False
    name = font_name(font)
    return any(word in name for word in BOLD_NAMES) or raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT


def quarter_turns(across: float, down: float) -> int | None:
    """The quarter turns clockwise of print that runs that way.

    >>> quarter_turns(1, 0), quarter_turns(0, 1), quarter_turns(-1, 0.01), quarter_turns(1, -1)
    (0, 1, 2, None)
    """
    angle = math.degrees(math.atan2(down, across)) % 360
    turns = round(angle / 90)
    return turns % 4 if abs(angle - turns * 90) <= LEANING else None


def look_of(opened: Any, index: int, item: Any, frame: Matrix, bolds: dict[int, bool]) -> Look:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(opened, index, ctypes.byref(matrix))
    size = raw.FPDFText_GetFontSize(opened, index)
    ahead = math.copysign(1, size)
    across = ahead * (matrix.a * frame[0] + matrix.b * frame[2])
    down = ahead * (matrix.a * frame[1] + matrix.b * frame[3])
    mode, font = raw.FPDFTextObj_GetTextRenderMode(item), raw.FPDFTextObj_GetFont(item)
    key = ctypes.addressof(font.contents) if font else 0
    if key not in bolds:
        bolds[key] = is_bold(font)
    return Look(size=abs(size) * math.hypot(matrix.c, matrix.d), turns=quarter_turns(across, down),
                bold=bolds[key] or mode == STROKED_MODE, unseen=mode in UNSEEN_MODES)


def character(opened: Any, index: int) -> str:
    """The character at `index`, two surrogates as one, the second of them as none."""
    code = raw.FPDFText_GetUnicode(opened, index)
    if code in HYPHENS and raw.FPDFText_IsHyphen(opened, index) == 1:
        return "-"
    if code in HIGH:
        low = raw.FPDFText_GetUnicode(opened, index + 1)
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)) if low in LOW else "\ufffd"
    if code in LOW:
        return "" if index and raw.FPDFText_GetUnicode(opened, index - 1) in HIGH else "\ufffd"
    return chr(code)


def glyphs_of(page: pdfium.PdfPage, frame: Matrix) -> tuple[list[Glyph], bool]:
    """The glyphs of a page on the way `frame`, and whether there were more than are read (`MAX_PAGE_GLYPHS`)."""
    found: list[Glyph] = []
    looks: dict[int, Look] = {}
    bolds: dict[int, bool] = {}
    room, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_room, to_x, to_y = ctypes.byref(room), ctypes.byref(x), ctypes.byref(y)
    with text_page(page) as opened:
        count = raw.FPDFText_CountChars(opened) if opened else 0
        for index in range(min(count, MAX_PAGE_GLYPHS)):
            item = raw.FPDFText_GetTextObject(opened, index)
            if not item:
                continue
            text = usual(character(opened, index))
            if not text:
                continue
            key = ctypes.addressof(item.contents)
            look = looks.get(key)
            if look is None:
                look = looks[key] = look_of(opened, index, item, frame, bolds)
            raw.FPDFText_GetLooseCharBox(opened, index, to_room)
            if room.left == room.right and room.bottom == room.top:
                continue
            raw.FPDFText_GetCharOrigin(opened, index, to_x, to_y)
            left, top = through(frame, room.left, room.bottom)
            right, bottom = through(frame, room.right, room.top)
            across, down = through(frame, x.value, y.value)
            found.append(Glyph(text, min(left, right), min(top, bottom), max(left, right), max(top, bottom), across, down,
                               look, raw.FPDFText_HasUnicodeMapError(opened, index) == 1))
    return found, count > MAX_PAGE_GLYPHS
