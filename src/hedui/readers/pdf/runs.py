"""Glyphs of a page, level print of one direction -> runs of characters that stand next to one another.

Glyphs drawn one after the other tell the base lines; what stands on one base line is read from left to right in whichever
order it was drawn, and parted at gaps and where a ruled line stands between two characters. White space that the page
draws is kept inside a run; a space that it only leaves between Latin words is put in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hedui.readers.pages import Rule, Run
from hedui.readers.pdf.glyphs import Glyph

__all__ = ["runs_of"]

Piece = list[Glyph]

# in heights of a letter: the gap that parts two runs (a justified line leaves up to half a letter between characters),
# the least gap that is a space between Latin words, how far base lines of one line may lie apart, how far a character
# may stand back over the one before it (kerning, brackets drawn half as wide)
GAP, LATIN_SPACE, SAME_LINE, BACK = 1.0, 0.18, 0.12, 0.6
# the same character again within this many points (or this share of its height, for small print) is the
# same one; it is looked for by squares of the page
TWICE, TWICE_SHARE, SQUARE = 1.0, 0.15, 8.0
# what says nothing where something else is printed on it
BLANKS = (" ", "\u3000", "_")
# where print stands about its base line, in heights of a letter
ASCENT, DESCENT = 0.86, 0.14
# a ruled line parts two characters when it reaches at least this far into the height of both
CROSSED = 0.5


def twice(first: Glyph, second: Glyph) -> bool:
    """Whether the second glyph is the first drawn again, a little aside, to make it bold."""
    near = min(TWICE, TWICE_SHARE * first.look.size) + 0.01
    return first.text == second.text and abs(first.x - second.x) <= near and abs(first.y - second.y) <= near


def follows(first: Glyph, second: Glyph) -> bool:
    size = max(first.look.size, second.look.size)
    return abs(first.y - second.y) <= SAME_LINE * size and -BACK * size <= second.x0 - first.x1 <= GAP * size \
        and second.x0 >= first.x0


def pieces_of(glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    """Glyphs that follow one another in the order in which they are drawn."""
    piece: Piece = []
    for glyph in glyphs:
        if piece and not follows(piece[-1], glyph):
            yield piece
            piece = []
        piece.append(glyph)
    if piece:
        yield piece


def by_line(pieces: Iterable[Piece]) -> list[list[Glyph]]:
    """The glyphs of pieces that stand on one base line, from left to right. A line keeps to the base line of its first
    piece, so that cells side by side do not draw one another in."""
    lines: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].y):
        first = lines[-1][0] if lines else None
        if first is not None and piece[0].y - first.y <= SAME_LINE * max(first.look.size, piece[0].look.size):
            lines[-1] += piece
        else:
            lines.append(list(piece))
    return [sorted(line, key=lambda glyph: glyph.x0) for line in lines]


def uncovered(line: Sequence[Glyph]) -> Iterator[Glyph]:
    """The line without spaces and fill-in lines that another character stands on: a program that lacks a glyph draws the
    space of one font and the character of another."""
    right = float("-inf")
    ahead = [glyph for glyph in line if glyph.text not in BLANKS]
    at = 0
    for glyph in line:
        if glyph.text not in BLANKS:
            right = max(right, glyph.x1)
            at += 1
            yield glyph
            continue
        middle = (glyph.x0 + glyph.x1) / 2
        if right <= middle and not (at < len(ahead) and ahead[at].x0 < middle):
            yield glyph


def near_squares(glyph: Glyph) -> set[tuple[str, int, int]]:
    """The squares of the page, with the character, in which the same one drawn twice may stand."""
    return {(glyph.text, int((glyph.x + dx) // SQUARE), int((glyph.y + dy) // SQUARE))
            for dx in (-TWICE, TWICE) for dy in (-TWICE, TWICE)}


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Glyphs without those drawn again over themselves; what was drawn more than once is bold."""
    kept: list[Glyph] = []
    squares: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for glyph in glyphs:
        near = (at for square in near_squares(glyph) if square in squares for at in squares[square] if twice(kept[at], glyph))
        again = next(near, None)
        if again is None:
            squares[(glyph.text, int(glyph.x // SQUARE), int(glyph.y // SQUARE))].append(len(kept))
            kept.append(glyph)
        elif not kept[again].look.bold:
            kept[again] = kept[again]._replace(look=replace(kept[again].look, bold=True))
    return kept


def same_room(first: Glyph, second: Glyph) -> bool:
    return (first.x0, first.x1, first.y) == (second.x0, second.x1, second.y) and first.x0 < first.x1


def spread(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """A ligature's characters, which all have the room of the ligature, side by side in it."""
    at = 0
    while at < len(glyphs):
        end = at + 1
        while end < len(glyphs) and same_room(glyphs[at], glyphs[end]):
            end += 1
        left, wide = glyphs[at].x0, (glyphs[at].x1 - glyphs[at].x0) / (end - at)
        for number, glyph in enumerate(glyphs[at:end]):
            yield glyph if end - at == 1 else glyph._replace(x0=left + wide * number, x1=left + wide * (number + 1))
        at = end


def cut(piece: Piece, rules: Sequence[Rule]) -> Iterator[Piece]:
    """The piece in parts, parted where an upright rule stands between two of its characters."""
    base, size = piece[0].y, piece[0].look.size
    top, bottom = base - ASCENT * size, base + DESCENT * size
    crossing = [rule.x0 for rule in rules if piece[0].x0 < rule.x0 < piece[-1].x1
                and min(bottom, rule.y1) - max(top, rule.y0) >= CROSSED * size]
    if not crossing:
        yield piece
        return
    start = 0
    for at in range(1, len(piece)):
        left, right = (piece[at - 1].x0 + piece[at - 1].x1) / 2, (piece[at].x0 + piece[at].x1) / 2
        if any(left < x <= right for x in crossing):
            yield piece[start:at]
            start = at
    yield piece[start:]


def trimmed(piece: Piece) -> Piece:
    """The piece without white space at its ends."""
    start, end = 0, len(piece)
    while start < end and piece[start].text.isspace():
        start += 1
    while end > start and piece[end - 1].text.isspace():
        end -= 1
    return piece[start:end]


def worded(first: Glyph, second: Glyph) -> bool:
    """Whether the gap between two glyphs is a space between Latin words that is left and not drawn."""
    return second.x0 - first.x1 > LATIN_SPACE * second.look.size and first.text.isascii() and second.text.isascii() \
        and not first.text.isspace() and not second.text.isspace()


def run_of(piece: Piece) -> Run:
    characters: list[str] = []
    edges: list[float] = []
    right = piece[0].x0
    for glyph, before in zip(piece, (None, *piece), strict=False):
        if before is not None and worded(before, glyph):
            characters.append(" ")
            edges.append(right)
        for number, character in enumerate(glyph.text):
            characters.append(character)
            edges.append(max(glyph.x0 + (glyph.x1 - glyph.x0) * number / len(glyph.text), edges[-1] if edges else glyph.x0))
        right = max(right, glyph.x1, edges[-1])
    size = max(glyph.look.size for glyph in piece)
    base = max(glyph.y for glyph in piece)
    heavy = sum(glyph.look.bold for glyph in piece) * 2 > len(piece)
    return Run(text="".join(characters), x0=edges[0], y0=base - ASCENT * size, x1=right, y1=base + DESCENT * size, size=size,
               edges=(*edges, right), bold=heavy)


def runs_of(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Run]:
    """The runs that level glyphs make. `rules` are the ruled lines of the page; of them the upright ones part runs."""
    upright = [rule for rule in rules if not rule.level]
    found = []
    for line in by_line(pieces_of(spread(once(glyphs)))):
        for piece in pieces_of(uncovered(line)):
            for part in cut(piece, upright):
                kept = trimmed(part)
                if kept:
                    found.append(run_of(kept))
    return found
