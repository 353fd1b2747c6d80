"""A page with text and large pictures -> the page with what the pictures say, where they show writing.

A table pasted as a picture is read, a photograph is not: a picture is recognised where most of it is paper, and kept where
enough characters in it are certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hedui.document import Issue
from hedui.readers.pages import Page, Run
from hedui.readers.pdf.drawn import Picture
from hedui.readers.showing import unseen

__all__ = ["READ_PICTURE", "UNREAD_PICTURE", "with_pictures"]

POINTS = 72.0
# how light and how little coloured (of 255) a point of paper is, and the share of paper in a picture of print
LIGHT, COLOURED, PAPER = 170, 40, 0.55
# the least number of characters, and how certain they are on average in percent, of what is print and not an emblem
FEWEST, CERTAIN = 20, 88.0
READ_PICTURE = ("这一页有图片，图中的文字由识别得出 / there are pictures on this page; the text in them was recognised")
UNREAD_PICTURE = "这一页有图片，图中的文字没有读 / there are pictures on this page, the text in them is not read"


def is_paper(picture: NDArray[np.uint8]) -> bool:
    """Whether most of a picture (h, w, 3) is white or grey as paper is, which no photograph of a place is."""
    if not picture.size:
        return False
    small = picture[::4, ::4].astype(np.int16)
    light, dark = small.max(axis=2), small.min(axis=2)
    return bool(np.mean((dark >= LIGHT) & (light - dark <= COLOURED)) >= PAPER)


def printed(found: Page) -> bool:
    scores = b"".join(run.scores for run in found.runs)
    return not found.turned and len(scores) >= FEWEST and sum(scores) >= CERTAIN * len(scores)


def apart_from(run: Run, others: Sequence[Run]) -> bool:
    """Whether a recognised run is none of those that the text layer gives already."""
    x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
    return not any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in others)


def with_pictures(page: Page, pictures: Sequence[Picture], shown: NDArray[np.uint8], dpi: float) -> Page:
    """The page with the print of `pictures` in its runs and rules, and an issue that says what was read and what not.
    `shown` (h, w, 3) is how the page looks at `dpi` pixels an inch."""
    from hedui.readers.scan import recognised_page

    scale = dpi / POINTS
    runs, rules, told = list(page.runs), list(page.rules), dict[str, None]()
    for picture in pictures:
        x0, y0 = max(picture.x0, 0.0), max(picture.y0, 0.0)
        part = shown[round(y0 * scale):round(picture.y1 * scale), round(x0 * scale):round(picture.x1 * scale)]
        with unseen():
            found = recognised_page(np.ascontiguousarray(part), number=page.number, dpi=dpi) if is_paper(part) else None
        if found is None or not printed(found):
            told[UNREAD_PICTURE] = None
            continue
        told[READ_PICTURE] = None
        runs += [run for run in (run.moved(x0, y0) for run in found.runs) if apart_from(run, page.runs)]
        rules += [rule.moved(x0, y0) for rule in found.rules]
    issues = (Issue(where=f"第 {page.number} 页 / page {page.number}", what=what) for what in told)
    return replace(page, runs=tuple(runs), rules=tuple(rules), issues=(*page.issues, *issues))
