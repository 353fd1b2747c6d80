"""A TextObject of an OFD page -> its glyphs on the upright page (GB/T 33190-2016, 11: text objects)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from hedui.readers.ofd.parts import children, numbers
from hedui.readers.pdf.frame import Matrix, box_through, through
from hedui.readers.pdf.glyphs import Glyph, Look
from hedui.readers.safe_xml import Element

__all__ = ["glyphs_of_object", "steps"]

# what stands for a character that has no code of its own (GB/T 33190-2016, 11)
NO_CODE = "¤"
BOLD_WEIGHT = 600
LEANING = 8.0
ASCENT, DESCENT = 0.86, 0.14
# the room of letters and digits in heights of a letter, the most that usual fonts give them
ROOMS = {**dict.fromkeys("mwMW@%&", 0.95), **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ", 0.75)}
HALF = 0.58


def steps(text: str | None, most: int) -> list[float]:
    """The offsets of a DeltaX or DeltaY, `g <times> <offset>` spelt out; at most `most` of them.

    >>> steps("3 g 2 1.5 4", 10), steps("g 99999 1", 3), steps("x 1", 2)
    ([3.0, 1.5, 1.5, 4.0], [1.0, 1.0, 1.0], [1.0])
    """
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        group = words[at] == "g"
        pair = numbers(" ".join(words[at + 1:at + 3]) if group else words[at], 2 if group else 1)
        if pair is not None:
            times = int(pair[0]) if group else 1
            found += [pair[-1]] * max(0, min(times, most - len(found)))
        at += 3 if group else 1
    return found


def room_of(char: str) -> float:
    """How wide a character may be, in heights of a letter.

    >>> [room_of(char) for char in "年1W"]
    [1.0, 0.58, 0.95]
    """
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else ROOMS.get(char, HALF)


def turns_of(matrix: Matrix, char_direction: float) -> int | None:
    """The quarter turns clockwise at which characters stand; None for print aslant."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) + char_direction
    turns = round(angle / 90)
    return turns % 4 if abs(angle - 90 * turns) <= LEANING else None


def placed(code: Element, size: float, x: float, y: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a TextCode, its place and its room, in mm before any turning. Inside a TextCode spaces stand as
    characters: a letter or digit set wide (up to a full width) has all the room up to the next."""
    signs = [" " if char == "\t" else char for char in code.text or "" if char == "\t" or unicodedata.category(char) != "Cc"]
    across, down = steps(code.get("DeltaX"), len(signs)), steps(code.get("DeltaY"), len(signs))
    upright = bool(down) and not across
    for at, char in enumerate(signs):
        room = room_of(char) * size
        step = 0.0 if upright else across[at] if at < len(across) else room
        yield char, x, y, step if 0 < step <= max(room, size) else room
        x, y = x + step, y + (down[at] if at < len(down) else 0.0)


def glyphs_of_object(element: Element, matrix: Matrix, *, bold: bool, unseen: bool) -> Iterator[Glyph]:
    """The glyphs of a TextObject; `matrix` is the way from its own coordinates in mm to points on the page."""
    size = (numbers(element.get("Size"), 1) or (0.0,))[0]
    scale = (numbers(element.get("HScale"), 1) or (1.0,))[0] or 1.0
    weight = (numbers(element.get("Weight"), 1) or (0.0,))[0]
    look = Look(size=size * math.hypot(matrix[2], matrix[3]), bold=bold or weight >= BOLD_WEIGHT, unseen=unseen,
                turns=turns_of(matrix, (numbers(element.get("CharDirection"), 1) or (0.0,))[0]))
    if look.size <= 0:
        return
    x = y = 0.0
    for code in children(element, "TextCode"):
        x, y = (numbers(code.get("X"), 1) or (x,))[0], (numbers(code.get("Y"), 1) or (y,))[0]
        for char, at, base, room in placed(code, size * scale, x, y):
            box = box_through(matrix, at, base - ASCENT * size, at + room, base + DESCENT * size)
            to = through(matrix, at, base)
            yield Glyph(text=char, x0=box[0], y0=box[1], x1=box[2], y1=box[3], x=to[0], y=to[1], look=look,
                        unmapped=char == NO_CODE or unicodedata.category(char) == "Co")
