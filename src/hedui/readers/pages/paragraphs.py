"""Lines and tables in reading order -> paragraphs, each the lines it takes, over columns and pages; tables stay between.

A line runs on when it is full: what the next one opens with would not have fit in it. What opens with an indent, a number
at the margin, or after a wider space begins anew; so do centred lines, lines of labels that gaps part, entries of contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hedui.readers.pages import marks
from hedui.readers.pages.frames import Frame, Key, frames_of, key_of, letters
from hedui.readers.pages.lines import TextLine, print_units
from hedui.readers.pages.order import Placed
from hedui.readers.pages.regions import Region

__all__ = ["Paragraph", "paragraphs_of"]

# distances in letters: an indent, what centred lines miss the middle by, how far from both margins they stand
INDENT, INDENTED, MISSED, CENTRED, HALF = 0.8, 2.4, 1.0, 1.8, 0.5
# a line that starts farther in than any indent stands on the right
DEEP = 6.0
# how a line's letters may differ from the next one's, and its distance from the usual one
SIZES, SCANNED_SIZES, TELLING, WIDER = 1.08, 1.25, 8, 1.35
FULL_SLACK, SCANNED_SLACK, SPACE, UNFINISHED, STRICT = 0.3, 0.9, 0.3, 2.0, 6.0
# a line with a wide gap that fills less of the width than this stands alone; so many gaps make a row
SPREAD, ROW_GAPS = 0.75, 2
TITLE_LINES = 4
# how much of a paragraph tells whether it counts
COUNTED_LINES = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """The lines of one paragraph, and whether they are its title-like, centred ones."""

    lines: tuple[Placed, ...]
    centred: bool = False


def opening_width(line: TextLine) -> float:
    """The width, in Chinese characters, of what a line opens with and no line end may part."""
    count = marks.unparted(line.text)
    if len(line.edges) == len(line.text) + 1:
        return (line.edges[count] - line.x0) / line.em
    return print_units(line.text[:count])


def indent(item: Placed, frame: Frame) -> float:
    """How far from the left margin a line starts, in letters. A recognised bracket starts with its ink, which stands on
    the right of its square."""
    bracket = item.scanned and item.line.text.startswith(marks.OPENERS)
    return (item.line.x0 - frame.left) / item.line.em - bracket * HALF


def symmetric(item: Placed, frame: Frame) -> bool:
    return abs((item.line.x0 - frame.left) - (frame.right - item.line.x1)) < 2 * MISSED * item.line.em


def centred(item: Placed, frame: Frame) -> bool:
    """Whether a line stands in the middle, away from both margins by more than an indent; a line that opens with the usual
    indent and happens to end as far from the right margin does not."""
    inward = indent(item, frame)
    usual = frame.indented and inward < INDENTED
    return inward > CENTRED and not usual and (frame.right - item.line.x1) / item.line.em > CENTRED and symmetric(item, frame)


def full(above: Placed, below: Placed, frame: Frame, next_frame: Frame) -> bool:
    """Whether what `below` opens with would not have fit behind `above`. A line may be shorter where it ends within a
    sentence, and where `below` starts at the margin as no paragraph does."""
    slack = SCANNED_SLACK if above.scanned else FULL_SLACK
    if above.line.text[-1].isascii() or below.line.text[0].isascii():
        slack += SPACE
    if indent(below, next_frame) < INDENT:
        slack += STRICT if next_frame.strict else 0 if above.line.text.endswith(marks.ENDED) else UNFINISHED
    return (frame.right - above.line.x1) / above.line.em < opening_width(below.line) + slack


def hanging(first: TextLine, below: TextLine) -> bool:
    """Whether `below` starts where the text behind the number of the paragraph's first line does."""
    found = marks.OPENING.match(first.text)
    if found is None or marks.OPENING.match(below.text) or len(first.edges) != len(first.text) + 1 or found.end() >= len(first.text):
        return False
    return abs(first.edges[found.end()] - below.x0) < 0.7 * first.em


def same_letters(above: Placed, below: Placed) -> bool:
    """Whether two lines are set in letters of one size; a few recognised letters do not tell."""
    if not above.scanned:
        low, high = sorted((above.line.size, below.line.size))
        return high <= SIZES * low
    low, high = sorted((above.line.em, below.line.em))
    return high <= SCANNED_SIZES * low or min(print_units(item.line.text) for item in (above, below)) < TELLING


def far_below(above: Placed, below: Placed, frame: Frame) -> bool:
    """Whether more space than usual stands between two lines of one column."""
    if (above.page, above.column) != (below.page, below.column):
        return False
    step = (below.line.middle - above.line.middle) / max(letters(above), letters(below))
    return step < 0 or step > WIDER * frame.pitch


def apart(above: Placed, below: Placed, frame: Frame) -> bool:
    """Whether two lines are no part of one paragraph by what they are, whatever room is left."""
    lines = above.line, below.line
    if not same_letters(above, below) or far_below(above, below, frame) or marks.is_contents(above.line.text) \
            or marks.ANNEX.fullmatch(below.line.text):
        return True
    if marks.OPENING.match(below.line.text) and (above.line.bold != below.line.bold
                                           or (marks.HEADING.match(below.line.text) and above.line.text.endswith(marks.ENDED))):
        return True
    return any((line.gapped and print_units(line.text) < SPREAD * frame.width / line.em) or is_row(line) for line in lines)


def is_row(line: TextLine) -> bool:
    """Whether a line is the row of a table that nothing rules: three pieces or more, and no sentence."""
    return line.gaps >= ROW_GAPS and not marks.STOPS.search(line.text)


def held_fast(above: Placed, below: Placed) -> bool:
    """Whether no line end that a writer made stands between two lines: a bracket opens at the end of the one, or the other
    begins with what closes or parts."""
    return above.line.text.endswith(marks.OPENERS) or below.line.text.startswith(marks.CLOSERS)


def runs_on(held: Sequence[Placed], below: Placed, frames: Mapping[Key, Frame]) -> bool:
    """Whether `below` goes on with the paragraph whose lines so far are `held`."""
    first, above = held[0], held[-1]
    frame, next_frame = frames[key_of(above)], frames[key_of(below)]
    if apart(above, below, frame):
        return False
    if held_fast(above, below):
        return True
    on_the_right = len(held) == 1 and indent(first, frame) > DEEP and not centred(first, frame)
    if on_the_right or not full(above, below, frame, next_frame):
        return False
    if centred(below, next_frame):
        return all(symmetric(item, frame) for item in held[:TITLE_LINES]) and not marks.CLAUSES.search(first.line.text)
    inward = indent(below, next_frame)
    if inward < INDENT:
        return on_at_margin(held, below, indented=next_frame.indented and (len(held) > 1 or indent(first, frame) >= INDENT))
    if hanging(first.line, below.line) or (len(held) > 1 and abs(inward - indent(above, frame)) < INDENT / 2):
        return True
    level = abs(inward - indent(first, frame)) < INDENT / 2 and not (next_frame.indented and inward < INDENTED)
    return level and not first.line.text.endswith(marks.ENDED) and not marks.OPENING.match(below.line.text)


def on_at_margin(held: Sequence[Placed], below: Placed, *, indented: bool) -> bool:
    """Whether a line that starts at the left margin below a full one goes on, where paragraphs are `indented` or not."""
    text, ended = below.line.text, held[-1].line.text.endswith(marks.ENDED)
    if ended and marks.APART.match(text):
        return False
    if indented:
        return True
    if marks.OPENING.match(text):
        return marks.counts_on("".join(item.line.text for item in held[-COUNTED_LINES:]), text)
    return not (ended and marks.labelled(held[0].line.text) and marks.labelled(text))


def paragraphs_of(items: Sequence[Placed | Region]) -> Iterator[Paragraph | Region]:
    """The paragraphs and tables that `items` of all pages, in reading order and without margins, make."""
    frames = frames_of([item for item in items if isinstance(item, Placed)])
    held: list[Placed] = []
    for item in items:
        if held and (isinstance(item, Region) or not runs_on(held, item, frames)):
            yield Paragraph(lines=tuple(held), centred=centred(held[0], frames[key_of(held[0])]))
            held = []
        if isinstance(item, Region):
            yield item
        else:
            held.append(item)
    if held:
        yield Paragraph(lines=tuple(held), centred=centred(held[0], frames[key_of(held[0])]))
