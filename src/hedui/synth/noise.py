"""A laid-out page and a rate in; the page with the flaws of exports and of character recognition out, its gold as it was meant.

Each report draws which kinds of flaws it has, since a program errs in its own way throughout a file; the rate says how many
places they touch. Digits are mistaken only from a rate of one half.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hedui.synth.edits import Edit, edited
from hedui.synth.marked.marks import Mark
from hedui.synth.marked.page import Page
from hedui.synth.marked.source import Part
from hedui.synth.marked.tables import Table, render_table
from hedui.synth.words import rows

__all__ = ["FIGURES_FROM", "KINDS", "noised"]

KINDS = ("blanks", "breaks", "bookmarks", "wide", "formulas", "lookalikes", "lost", "margins")
LINELESS = {"blanks", "wide", "lookalikes", "lost"}
FIGURES_FROM = 0.5
FIGURES = {"AMOUNT", "RATE", "QUANTITY"}
# 一、基本情况 · （二）资金使用情况
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
SIGNS = {"≥": r"$\geq ", "≤": r"$\leq "}
SHORT = 24


@dataclass(frozen=True, kw_only=True)
class Spots:
    """What of a page may be touched: the lines of prose (start, end), and for every character whether it lies in a mention,
    and in one of a figure, a date or a number; `digits` whether these may be mistaken."""

    prose: tuple[tuple[int, int], ...]
    marked: bytearray
    figures: bytearray
    digits: bool


@cache
def lookalikes() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("lookalikes")}


def prose_lines(page: Page) -> tuple[tuple[int, int], ...]:
    """Start and end of every line that belongs to no table."""
    ends = [*(start - 1 for start in page.starts[1:]), len(page.marked.text)]
    found, line = [], 0
    for element in page.source.elements:
        if isinstance(element, Table):
            line += len(render_table(element, page.source.dialect))
        elif not isinstance(element, Part):
            if line < len(page.starts):
                found.append((page.starts[line], ends[line]))
            line += 1
    return tuple(found)


def spots_of(page: Page, digits: bool) -> Spots:
    size = len(page.marked.text) + 1
    marked, figures = bytearray(size), bytearray(size)
    for mark in page.marked.mentions:
        ones = b"\1" * (mark.end - mark.start)
        marked[mark.start:mark.end] = ones
        if mark.reading and mark.reading.label in FIGURES | {"DATE", "DOCNO"}:
            figures[mark.start:mark.end] = ones
    for place in page.marked.places.values():  # points and numbers of cells that are no mentions
        if any(c.isdigit() for c in page.marked.text[place.start:place.end]) and place.end - place.start < 12:
            figures[place.start:place.end] = b"\1" * (place.end - place.start)
    return Spots(prose=prose_lines(page), marked=marked, figures=figures, digits=digits)


def figure_marks(page: Page) -> Iterator[tuple[Mark, str]]:
    for mark in page.marked.mentions:
        if mark.reading and mark.reading.label in FIGURES:
            yield mark, page.marked.text[mark.start:mark.end]


def blanks(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """19.24 % · 480 万元 · 19. 24%"""
    for mark, text in figure_marks(page):
        match = re.match(r"[\d,.]+(?=[^\d,.])", text)
        if match and rng.random() < 4 * rate:
            yield Edit(start=mark.start + match.end(), end=mark.start + match.end(), text=" ")
        if "." in text and rng.random() < rate / 2:
            at = mark.start + text.index(".") + rng.choice((0, 1))
            yield Edit(start=at, end=at, text=" ")


def breaks(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """Lines broken where the page was full, in the middle of phrases and of figures."""
    for start, end in spots.prose:
        if end - start > SHORT and rng.random() < 6 * rate:
            width = rng.choice((28, 32, 36, 40, 44))
            for at in range(start + width, end - 2, width) if rng.random() < 0.3 else [rng.randrange(start + 8, end - 4)]:
                yield Edit(start=at, end=at, text="\n")


def bookmarks(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """[bookmark: _Toc87654321]一、基本情况"""
    for start, end in spots.prose:
        if HEADING.match(page.marked.text, start, end) and end - start < 40 and rng.random() < 6 * rate:
            yield Edit(start=start, end=start, text=f"[bookmark: _Toc{rng.randrange(10**7, 10**8)}]")


def wide(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """９５．３３％"""
    for mark, text in figure_marks(page):
        if rng.random() < rate:
            yield from (Edit(start=mark.start + i, end=mark.start + i + 1, text=c.translate(WIDE))
                        for i, c in enumerate(text) if c.translate(WIDE) != c)


def formulas(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    r"""$\geq 90\%$, as programs that read pictures write comparisons."""
    text = page.marked.text
    for mark, told in figure_marks(page):
        sign = text[mark.start - 1:mark.start]
        if sign in SIGNS and told.endswith("%") and rng.random() < 6 * rate:
            yield Edit(start=mark.start - 1, end=mark.start, text=SIGNS[sign])
            yield Edit(start=mark.end - 1, end=mark.end, text=r"\%")
            yield Edit(start=mark.end + 0, end=mark.end + 0, text="$")


def lookalike(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """日 read as 曰, 0 as O."""
    known = lookalikes()
    for match in re.finditer("[" + re.escape("".join(known)) + "]", page.marked.text):
        at = match.start()
        if rng.random() < rate / 10 and (spots.digits or not (spots.figures[at] or match[0].isdigit())):
            yield Edit(start=at, end=at + 1, text=rng.choice(known[match[0]].split("、")) or match[0])


def lost(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """Commas that are gone."""
    for start, end in spots.prose:
        for match in re.finditer("[，、；。：]", page.marked.text[start:end]):
            at = start + match.start()
            if at + 1 < end and not spots.marked[at] and rng.random() < rate / 5:
                yield Edit(start=at, end=at + 1, text="")


def margins(page: Page, spots: Spots, rate: float, rng: random.Random) -> Iterator[Edit]:
    """Page numbers and headers between lines, now and then within a paragraph."""
    title = next((part.title or "" for part, _, _ in page.parts), "")
    form = rng.choice(("- {} -", "— {} —", "第 {} 页 共 {n} 页", "{}", "－{}－", "{}/{n}"))
    header = title if rng.random() < 0.3 else ""
    number, count = 1, rng.randrange(8, 40)
    for start, end in spots.prose[2:]:
        if rng.random() < rate:
            lines = f"{form.format(number, n=count)}\n" + (f"{header}\n" if header else "")
            number += 1
            inner = rng.randrange(start + 8, end - 4) if end - start > 40 and rng.random() < 0.4 else start
            if inner != start and not spots.marked[inner] and not spots.marked[inner - 1]:
                yield Edit(start=inner, end=inner, text="\n" + lines)
            else:
                yield Edit(start=start, end=start, text=lines)


DO = {"blanks": blanks, "breaks": breaks, "bookmarks": bookmarks, "wide": wide, "formulas": formulas, "lookalikes": lookalike,
      "lost": lost, "margins": margins}


def in_place(page: Page, edit: Edit) -> bool:
    """Whether an edit that puts lines in lies in a named place: a claim is quoted from there, and no page number belongs to it."""
    return edit.text.count("\n") > 1 and any(p.start < edit.start < p.end for p in page.marked.places.values())


def noised(page: Page, rate: float, rng: random.Random, *, kinds: tuple[str, ...] | None = None) -> Page:
    """`page` with flaws of `kinds`, drawn if left out; a Word file gets none that break lines. Rate 0 gives the page back."""
    if rate <= 0:
        return page
    chosen = kinds if kinds is not None else tuple(k for k in KINDS if rng.random() < 0.35)
    spots = spots_of(page, rate >= FIGURES_FROM)
    edits = [edit for kind in chosen if not page.source.file.endswith(".docx") or kind in LINELESS
             for edit in DO[kind](page, spots, rate * rng.uniform(0.2, 1.2), rng) if not in_place(page, edit)]
    return edited(page, edits)


