"""Two tellings of one thing -> how alike they are, whatever their white space, brackets and export marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import TypeVar

__all__ = ["NUMBERS", "number", "pair", "same_value", "similar", "squeeze"]

A = TypeVar("A")
B = TypeVar("B")
NUMBERS = frozenset({"AMOUNT", "RATE", "QUANTITY"})
SIGNS = {"\\geq": ">=", "\\leq": "<=", "≥": ">=", "≤": "<="}
OPENING, CLOSING = re.compile(r"[〔\[【]"), re.compile(r"[〕\]】]")
NOISE = re.compile(r"[\s$*“”\"'‘’]")


def squeeze(text: object) -> str:
    r"""Text as it is compared: NFKC, one kind of bracket, no white space, quotation and export marks, no stop at the end.

    >>> squeeze("财社〔2021〕 5号。"), squeeze("$\\geq 90$%"), squeeze(None)
    ('财社(2021)5号', '>=90%', '')
    """
    told = unicodedata.normalize("NFKC", "" if text is None else str(text))
    for sign, plain in SIGNS.items():
        told = told.replace(sign, plain)
    return NOISE.sub("", OPENING.sub("(", CLOSING.sub(")", told))).rstrip("。;,")


def number(value: object) -> Decimal | None:
    """The number that `value` writes, None where it writes none."""
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None


def same_value(label: str, said: object, wanted: object) -> bool:
    """Whether two values of a mention mean the same: as numbers where the label is one of a number, else as text."""
    if label in NUMBERS:
        read = number(said)
        return read is not None and read == number(wanted)
    return squeeze(said) == squeeze(wanted)


def similar(wanted: str, said: str, *, least: float = 0.0) -> float:
    """Similarity of two squeezed texts from 0 to 1 (Ratcliff and Obershelp); 0 where one is empty or it is under `least`.

    >>> similar("培训人数", "培训人数"), similar("培训人数", "")
    (1.0, 0.0)
    """
    if not wanted or not said:
        return 0.0
    if wanted == said:
        return 1.0
    matcher = SequenceMatcher(None, wanted, said, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def pair(wanted: Sequence[A], said: Sequence[B], close: Callable[[A, B], float]) -> dict[int, int]:
    """Each of `wanted` with at most one of `said`, the closest first: index to index; what is not close at all stays
    alone.

    >>> pair([1, 5], [5, 2], lambda a, b: max(0, 2 - abs(a - b)))
    {1: 0, 0: 1}
    """
    scored = sorted(((close(w, s), i, j) for i, w in enumerate(wanted) for j, s in enumerate(said)),
                    key=lambda found: (-found[0], found[1], found[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for closeness, i, j in scored:
        if closeness <= 0:
            break
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
