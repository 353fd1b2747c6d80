"""A figure of a scan -> the figures that may have been printed: one character taken for another that looks like it, by how certain the
recogniser was of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from hedui.document import Document
from hedui.lexicons import rows
from hedui.places import Places
from hedui.reconcile.repairs.figures import Written
from hedui.reconcile.repairs.slips import Slip, units

__all__ = ["Glyphs"]

# certainty in percent from which on a character of a figure is wrong in this share of all cases: measured on 12,245 of them in 36 made reports,
# scanned at 75 and 60 dpi (of 20, 106, 183 and 11,936 in turn 9, 39, 20 and 16 were wrong)
CERTAINTIES, WRONG = (0, 50, 80, 95), (0.45, 0.37, 0.11, 0.0013)
# decimals, and how many of 2,658 numbers read there without a point had lost one before as many
LOST_POINTS = ((1, 9 / 2658), (2, 3 / 2658))
# 1,234.5 · 645.55
NUMERAL = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")


@cache
def mistaken() -> dict[str, tuple[tuple[str, float], ...]]:
    """Character as read -> those that it may have been in print, with the share of each in all its misreadings."""
    found: dict[str, list[tuple[str, float]]] = {}
    for read, printed, share in rows("glyphs_mistaken", "hedui.reconcile.repairs"):
        found.setdefault(read, []).append((printed, float(share)))
    return {read: tuple(others) for read, others in found.items()}


class Glyphs:
    """The characters of a file as recognised; a file that gives its own text has none that could be taken for others."""

    def __init__(self, document: Document) -> None:
        self.recognised = any(line.scores for line in document.lines)
        self._places = Places(document)

    def wrong(self, at: int) -> float:
        """How likely the character at `at` is another one; 0 where it was not recognised."""
        lines = self._places.lines((at, at + 1)) if self.recognised else []
        scores = [line.scores[at - line.span[0]] for line in lines if len(line.scores) > at - line.span[0]]
        return WRONG[bisect_right(CERTAINTIES, min(scores)) - 1] if scores else 0.0

    def slips(self, figure: Written) -> Iterator[Slip]:
        """Every figure that reads as `figure` where one character is taken for another or a point is lost; none where all was given by the
        file."""
        for i, char in enumerate(figure.number + figure.tail[:1]):
            others = mistaken().get(char, ())
            wrong = self.wrong(figure.spots[i]) if others else 0.0
            for printed, share in others if wrong else ():
                meant = reread(figure, i, printed)
                if meant is not None:
                    yield Slip(meant, "recognised", wrong * share)
        if self.recognised and figure.number.isdigit() and len(figure.number) > 1:
            for places, lost in LOST_POINTS:
                number = f"{Decimal(figure.number).scaleb(-places):f}"
                yield Slip(replace(figure, number=number), "recognised", lost)


def reread(figure: Written, at: int, printed: str) -> Written | None:
    """The figure with `printed` in place of its character at `at`; None where that is no figure."""
    if at < len(figure.number):
        number = figure.number[:at] + printed + figure.number[at + 1:]
        return replace(figure, number=number) if NUMERAL.fullmatch(number) else None
    factor = next((factor for unit, factor, _ in units().get(figure.tail[:1], ()) if unit == printed), None)
    return None if factor is None else replace(figure, tail=printed + figure.tail[1:], scale=figure.scale * Decimal(factor))
