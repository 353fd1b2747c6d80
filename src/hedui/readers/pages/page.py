"""What a page shows, whichever way it was made visible: runs of characters, ruled lines, and where they stand.

PDF, scan and OFD each come down to this; everything behind it (reading order, paragraphs, tables) is shared. Coordinates
are points (1/72 inch) from the top left corner of the page as it is read, upright.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hedui.document import Issue

__all__ = ["Page", "Rule", "Run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Characters of one line that stand next to one another, left to right, without a gap that a table or tab makes.

    `edges` are the x of the left edge of each character and of the right edge of the last (len(text) + 1 of them);
    `scores` is the certainty of each character in percent (one byte each), empty where the file itself gives the
    characters. `size` is the height of the letters in points.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    edges: tuple[float, ...] = ()
    scores: bytes = b""
    bold: bool = False

    def moved(self, x: float, y: float) -> Run:
        """The run, `x` further right and `y` further down."""
        return replace(self, x0=self.x0 + x, y0=self.y0 + y, x1=self.x1 + x, y1=self.y1 + y,
                       edges=tuple(edge + x for edge in self.edges))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A ruled line, upright or level: `x0 == x1` or `y0 == y1`, from the top or left end on."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.y0 == self.y1

    def moved(self, x: float, y: float) -> Rule:
        """The rule, `x` further right and `y` further down."""
        return Rule(x0=self.x0 + x, y0=self.y0 + y, x1=self.x1 + x, y1=self.y1 + y)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: `number` counts from 1, `width` and `height` in points. `scanned` where a picture was recognised;
    `turned` the quarter turns clockwise and `tilt` the degrees by which the picture was put upright."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    scanned: bool = False
    turned: int = 0
    tilt: float = 0.0
    issues: tuple[Issue, ...] = ()
