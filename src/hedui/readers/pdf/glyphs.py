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

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hedui.readers.docx.symbols import unsymbol
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
# fonts whose characters have codes of their own (U+F000 on), and how their names begin in a PDF
SIGN_FONTS = (("wingdings 2", "wingdings2"), ("wingdings 2", "wingdings-2"), ("wingdings", "wingdings"), ("symbol", "symbol"))
SIGNS = range(0xF020, 0xF100)
# what a hyphen at the end of a line comes out as
HYPHENS = (0x02, 0xFFFE)
# print that leans by up to this many degrees counts as level (or upright)
LEANING = 8.0
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a stretch of text is shown. `size` is the height of the letters in points, `turns` the quarter turns clockwise
    at which it stands on the upright page, None for print aslant; `signs` names a font of signs."""

    size: float
    turns: int | None
    bold: bool
    unseen: bool
    signs: str = ""


class Shape(NamedTuple):
    """What pdfium tells of a text object: its matrix without the shift, font size, render mode, and the font's address."""

    a: float
    b: float
    c: float
    d: float
    size: float
    mode: int
    font: int


class Font(NamedTuple):
    """The name of a font of signs as `unsymbol` knows it, empty for a font of letters; and whether it is bold."""

    signs: str
    bold: bool


class Glyph(NamedTuple):
    """One character on the upright page: `x0` to `x1` and `y0` to `y1` is its room (advance width and font height), `x`
    and `y` the point on the base line where it begins. `unmapped` where the font does not say which character it is; `item`
    is the address of the text object that shows it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float
    look: Look
    unmapped: bool
    item: int = 0


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


def font_of(font: Any) -> Font:
    if not font:
        return Font("", False)
    name = font_name(font).rpartition("+")[2]
    signs = next((known for known, start in SIGN_FONTS if name.startswith(start)), "")
    return Font(signs, any(word in name for word in BOLD_NAMES) or raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT)


def quarter_turns(across: float, down: float) -> int | None:
    """The quarter turns clockwise of print that runs that way.

    >>> quarter_turns(1, 0), quarter_turns(0, 1), quarter_turns(-1, 0.01), quarter_turns(1, -1)
    (0, 1, 2, None)
    """
    angle = math.degrees(math.atan2(down, across)) % 360
    turns = round(angle / 90)
    return turns % 4 if abs(angle - turns * 90) <= LEANING else None


def shape_of(opened: Any, index: int, item: Any) -> Shape:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(opened, index, ctypes.byref(matrix))
    font = raw.FPDFTextObj_GetFont(item)
    return Shape(matrix.a, matrix.b, matrix.c, matrix.d, raw.FPDFText_GetFontSize(opened, index),
                 raw.FPDFTextObj_GetTextRenderMode(item), ctypes.addressof(font.contents) if font else 0)


def look_of(shape: Shape, font: Font, frame: Matrix) -> Look:
    ahead = math.copysign(1, shape.size)
    across = ahead * (shape.a * frame[0] + shape.b * frame[2])
    down = ahead * (shape.a * frame[1] + shape.b * frame[3])
    return Look(size=abs(shape.size) * math.hypot(shape.c, shape.d), turns=quarter_turns(across, down), signs=font.signs,
                bold=font.bold or shape.mode == STROKED_MODE, unseen=shape.mode in UNSEEN_MODES)


class Looks:
    """The looks of a page's text objects, each worked out once: browsers make an object of every letter."""

    def __init__(self, opened: Any, frame: Matrix) -> None:
        self._opened, self._frame = opened, frame
        self._fonts: dict[int, Font] = {}
        self._shapes: dict[Shape, Look] = {}
        self._items: dict[int, Look] = {}

    def of(self, index: int, item: Any) -> Look:
        """The look of the character at `index`, which is of the text object `item`."""
        key = ctypes.addressof(item.contents)
        found = self._items.get(key)
        if found is None:
            shape = shape_of(self._opened, index, item)
            found = self._shapes.get(shape)
            if found is None:
                if shape.font not in self._fonts:
                    self._fonts[shape.font] = font_of(raw.FPDFTextObj_GetFont(item))
                found = self._shapes[shape] = look_of(shape, self._fonts[shape.font], self._frame)
            self._items[key] = found
        return found


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
    room, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_room, to_x, to_y = ctypes.byref(room), ctypes.byref(x), ctypes.byref(y)
    with text_page(page) as opened:
        looks = Looks(opened, frame)
        count = raw.FPDFText_CountChars(opened) if opened else 0
        for index in range(min(count, MAX_PAGE_GLYPHS)):
            item = raw.FPDFText_GetTextObject(opened, index)
            if not item:
                continue
            text = usual(character(opened, index))
            if not text:
                continue
            look = looks.of(index, item)
            if look.signs and ord(text[0]) in SIGNS:
                text = unsymbol(text, look.signs)
            raw.FPDFText_GetLooseCharBox(opened, index, to_room)
            if room.left == room.right and room.bottom == room.top:
                continue
            raw.FPDFText_GetCharOrigin(opened, index, to_x, to_y)
            left, top = through(frame, room.left, room.bottom)
            right, bottom = through(frame, room.right, room.top)
            across, down = through(frame, x.value, y.value)
            found.append(Glyph(text, min(left, right), min(top, bottom), max(left, right), max(top, bottom), across, down,
                               look, raw.FPDFText_HasUnicodeMapError(opened, index) == 1,
                               ctypes.addressof(item.contents)))
    return found, count > MAX_PAGE_GLYPHS
