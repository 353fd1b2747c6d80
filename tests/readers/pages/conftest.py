"""Pages set by hand: paragraphs broken into lines as printers do, each line a run with the edges of its characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from hedui.readers.pages.lines import print_units
from hedui.readers.pages.page import Page, Run

WIDE, HIGH, LEFT, TOP = 595.0, 842.0, 75.0, 100.0
LETTERS, SIZE, LEADING, LINES = 37, 12.0, 20.0, 32
NOT_FIRST = "，。、；：！？）》”%"
NOT_LAST = "（《“"


def set_line(text: str, x: float, y: float, size: float = SIZE, *, bold: bool = False) -> Run:
    """A line of print: a Chinese character is as wide as high, others half as wide."""
    at = [x]
    for char in text:
        at.append(at[-1] + size * print_units(char))
    return Run(text=text, x0=x, x1=at[-1], y0=y, y1=y + size, size=size, edges=tuple(at), bold=bold)


def broken(text: str, indent: float, letters: float) -> list[str]:
    """Lines of at most `letters` Chinese characters, the first shorter by `indent`, with no mark where it must not stand."""
    lines, line = [], ""
    room = letters - indent
    for char in text:
        if line and print_units(line + char) > room:
            keep = len(line)
            while keep > 1 and ((line + char)[keep] in NOT_FIRST or line[keep - 1] in NOT_LAST):
                keep -= 1
            lines.append(line[:keep])
            line, room = line[keep:], letters
        line += char
    return [*lines, line]


def set_pages(paragraphs: Sequence[str], *, indent: float = 2, letters: float = LETTERS, gap: float = 0,
              lines_a_page: int = LINES) -> list[Page]:
    """Pages on which the paragraphs are set, each opened by an indent of so many letters, `gap` points apart."""
    pages: list[list[Run]] = [[]]
    y, count = TOP, 0
    for paragraph in paragraphs:
        for index, line in enumerate(broken(paragraph, indent, letters)):
            if count == lines_a_page:
                pages.append([])
                y, count = TOP, 0
            pages[-1].append(set_line(line, LEFT + (0 if index else indent * SIZE), y))
            y, count = y + LEADING, count + 1
        y += gap
    return [Page(number=number, width=WIDE, height=HIGH, runs=tuple(runs)) for number, runs in enumerate(pages, start=1)]


@pytest.fixture(name="line", scope="session")
def line_fixture() -> Callable[..., Run]:
    return set_line


@pytest.fixture(name="pages_of", scope="session")
def pages_fixture() -> Callable[..., list[Page]]:
    return set_pages
