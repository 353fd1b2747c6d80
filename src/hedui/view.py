"""A normalised view of a piece of text, with the way back to the characters it came from.

Rules match on a view, findings carry spans of the original. A view has half-width forms (NFKC where it gives one
character for one), simplified glyphs, no export noise, no white space but a single space between two Latin letters or
digits that are apart on one line; line and page breaks vanish, so that a number or title cut by one reads whole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hedui.document import Span
from hedui.lexicons import rows

__all__ = ["View", "clean", "fold", "view"]

# [bookmark: _Toc15378446]二、机构设置 · **公正公开原则。** · $\geq 70\%$ · zero-width characters of web exports
NOISE = re.compile(r"\[bookmark:[^\]\n]*\]|\*\*|\$|[\u200b-\u200f\u2060\ufeff\x07]")
LATEX = {r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\leqslant": "≤", r"\leq": "≤", r"\le": "≤", r"\%": "%",
         r"\times": "×", r"\sim": "~", r"\pm": "±"}
DROP = re.compile("|".join(
    [NOISE.pattern, *(f"(?P<latex{i}>{re.escape(k)}(?![a-z])\\s*)" for i, k in enumerate(LATEX)), r"(?P<space>\s+)"]))
LATEX_BY_GROUP = {f"latex{i}": v for i, v in enumerate(LATEX.values())}


@dataclass(frozen=True, slots=True)
class View:
    """`text` as matched; character i of it came from `text[starts[i]:ends[i]]` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span in the original of `text[start:end]`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """Traditional glyph to simplified, one for one (lexicons/glyphs.tsv)."""
    return {traditional: simple for traditional, simple in rows("glyphs")}


@lru_cache(maxsize=65536)
def fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1 or unicodedata.category(char) == "No":
        return char
    return simplified().get(folded, folded)


def fold(text: str) -> str:
    """`text` in half-width, simplified form, character for character.

    >>> fold("（２０２１）")
    '(2021)'
    """
    return "".join(map(fold_char, text))


def apart(text: str, start: int, end: int) -> bool:
    """Whether the white space `text[start:end]` parts two Latin words or two numbers on one line."""
    if start == 0 or end == len(text) or "\n" in text[start:end]:
        return False
    left, right = text[start - 1], text[end]
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def clean(text: str, span: Span | None = None) -> str:
    r"""`text[span]` without white space and export noise, its own glyphs kept: a cell or name as a person copies it.

    >>> clean("（一） $\\geq 70\\%$")
    '（一）≥70%'
    """
    return view(text, span, folded=False).text


def view(text: str, span: Span | None = None, *, folded: bool = True) -> View:
    r"""The view of `text[span]` (of all of it without one); `folded` off keeps full-width and traditional glyphs.

    >>> view("执行率 19.24 %，\n共24\n01 万元").text
    '执行率19.24%,共2401万元'
    >>> view(r"$\geq 70\%$").text
    '≥70%'
    """
    start, end = span or (0, len(text))
    piece = text[start:end]
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def keep(until: int) -> None:
        chars.append(fold(piece[at:until]) if folded else piece[at:until])
        starts.extend(range(start + at, start + until))
        ends.extend(range(start + at + 1, start + until + 1))

    for match in DROP.finditer(piece):
        keep(match.start())
        at = match.end()
        group = match.lastgroup
        if group == "space":
            mark = " " if apart(piece, match.start(), match.end()) else ""
        else:
            mark = LATEX_BY_GROUP.get(group or "", "")
        if mark:
            chars.append(mark)
            starts.append(start + match.start())
            ends.append(start + match.end())
    keep(len(piece))
    return View("".join(chars), tuple(starts), tuple(ends))
