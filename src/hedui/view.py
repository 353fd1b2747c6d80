"""A normalised view of a piece of text, with the way back to the characters it came from.

Rules match on a view, findings carry spans of the original. A view has half-width forms (NFKC where it gives one
character for one), simplified glyphs, no export noise, no white space but a single space between two Latin letters or
digits that are apart on one line; line and page breaks vanish, so that a number or title cut by one reads whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hedui.document import Span
from hedui.lexicons import rows

__all__ = ["View", "clean", "fold", "view"]

# [bookmark: _Toc15378446]二、机构设置 · **公正公开原则。** · $\geq 70\%$ · 12<br>座 · zero-width characters of web exports
NOISE = re.compile(r"\[bookmark:[^\]\n]*\]|\*\*|\$|</?(?:br|b|i|u|p|strong|em|sub|sup|span|div|font)(?:\s[^<>\n]{0,200})?/?>"
                   r"|[\u200b-\u200f\u2060\ufeff\x07]")
LATEX = {r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\leqslant": "≤", r"\leq": "≤", r"\le": "≤", r"\%": "%",
         r"\times": "×", r"\sim": "~", r"\pm": "±"}
# &ge;95%: signs of HTML in tables that OCR programs write
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&ge;": "≥", "&le;": "≤", "&nbsp;": "", "&times;": "×"}
# what all that is dropped begins with
MARK = re.compile(r"[\[*$<\\&\s\u200b-\u200f\u2060\ufeff\x07]")
DROP = re.compile("(?=" + MARK.pattern + ")(?:" + "|".join(
    [NOISE.pattern, *(f"(?P<latex{i}>{re.escape(k)}(?![a-z])\\s*)" for i, k in enumerate(LATEX)),
     *(f"(?P<entity{i}>{k})" for i, k in enumerate(ENTITIES)), r"(?P<space>\s+)"]) + ")")
SIGN_BY_GROUP = {f"latex{i}": v for i, v in enumerate(LATEX.values())} | {
    f"entity{i}": v for i, v in enumerate(ENTITIES.values())}


@dataclass(frozen=True, slots=True)
class View:
    """`text` as matched; character i of it came from `text[starts[i]:ends[i]]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The span in the original of `text[start:end]`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]


class Folds(dict[int, str]):
    """Code point -> its folded character, worked out when first asked for (a table for `str.translate`)."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = unicodedata.normalize("NFKC", char)
        single = len(folded) == 1 and unicodedata.category(char) != "No"
        self[point] = simplified().get(folded, folded) if single else char
        return self[point]


FOLDS = Folds()


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """Traditional glyph to simplified, one for one (lexicons/glyphs.tsv)."""
    return {traditional: simple for traditional, simple in rows("glyphs")}


def fold(text: str) -> str:
    """`text` in half-width, simplified form, character for character.

    >>> fold("（２０２１）")
    '(2021)'
    """
    return text.translate(FOLDS)


@lru_cache(maxsize=16)
def folded_whole(text: str) -> str:
    """`fold` of a whole text, which its views are cut out of."""
    return fold(text)


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
    piece = text if span is None else text[slice(*span)]
    return view(text, span, folded=False).text if MARK.search(piece) else piece


@lru_cache(maxsize=8192)
def view(text: str, span: Span | None = None, *, folded: bool = True) -> View:
    r"""The view of `text[span]` (of all of it without one); `folded` off keeps full-width and traditional glyphs.

    >>> view("执行率 19.24 %，\n共24\n01 万元").text
    '执行率19.24%,共2401万元'
    >>> view(r"$\geq 70\%$").text, view("&ge;70<br/>%").text
    ('≥70%', '≥70%')
    """
    start, end = span or (0, len(text))
    piece = text[start:end]
    marks = list(DROP.finditer(piece)) if MARK.search(piece) else []
    if not marks:
        seen = piece if not folded else fold(piece) if span is None else folded_whole(text)[start:end]
        return View(seen, range(start, end), range(start + 1, end + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in marks:
        chars.append(piece[at:match.start()])
        starts.extend(range(start + at, start + match.start()))
        ends.extend(range(start + at + 1, start + match.start() + 1))
        at = match.end()
        mark = replacement(piece, match)
        if mark:
            chars.append(mark)
            starts.append(start + match.start())
            ends.append(start + match.end())
    chars.append(piece[at:])
    starts.extend(range(start + at, end))
    ends.extend(range(start + at + 1, end + 1))
    joined = "".join(chars)
    return View(fold(joined) if folded else joined, tuple(starts), tuple(ends))


def replacement(piece: str, match: re.Match[str]) -> str:
    """What stands in a view for a stretch that is dropped: a sign of LaTeX or HTML, a space that parts two words, or nothing."""
    if match.lastgroup == "space":
        return " " if apart(piece, match.start(), match.end()) else ""
    return SIGN_BY_GROUP.get(match.lastgroup or "", "")
