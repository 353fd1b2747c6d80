"""A name and the text it was told in, the pieces of that text it was put together from out.

开通药店直接结算 was told as 开通 … 药店直接结算 around its number: 开通170家药店直接结算.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio

__all__ = ["pieces"]

# what an unmatched character of the name costs, another piece, and a character between pieces or to the value
UNMATCHED, PIECE, FAR = 2.0, 2.0, 0.02
ALIKE, MOST = 85, 4
NEVER = 1e9


def pieces(name: str, text: str, blocked: NDArray[np.bool_], value: int) -> tuple[float, list[tuple[int, int]]] | None:
    """The cheapest way to read `name` out of `text` in its order, and its cost; None where the pieces together are less
    than 85 % like the name.

    `blocked` marks characters of figures, which are no part of a name; `value` is where its value begins. A piece has two
    characters or more. Dynamic programming over characters of the name and of the text with affine costs of gaps
    (Gotoh 1982).
    """
    cost, came = table(name, text, blocked)
    ends = cost + UNMATCHED * np.arange(len(name) - 1, -1, -1)[:, None] + FAR * np.abs(np.arange(len(text)) - value)[None, :]
    best = int(np.argmin(ends))
    i, j = divmod(best, len(text))
    if ends[i, j] >= NEVER:
        return None
    found = [part for part in parted(text, traced(came, i, j), blocked) if part[1] - part[0] >= 2]
    joined = "".join(text[start:end] for start, end in found)
    if not found or len(found) > MOST or ratio(joined, name) < ALIKE:
        return None
    return float(ends[i, j]), found


def table(name: str, text: str, blocked: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """`cost[i, j]` of the best reading that puts character i of the name on character j of the text, and where it came
    from: -1 from nowhere, else i' · len(text) + j'."""
    size = len(text)
    chars = np.array([ord(char) for char in text])
    far = FAR * np.arange(size)
    cost = np.full((len(name), size), NEVER)
    came = np.full((len(name), size), -1, dtype=np.int64)
    # the cheapest end of a piece at or before each j, brought up to it, and which it is
    best: NDArray[np.float64] = np.full(size, NEVER)
    origin: NDArray[np.int64] = np.full(size, -1, dtype=np.int64)
    for i, char in enumerate(name):
        match: NDArray[Any] = (chars == ord(char)) & ~blocked
        here = np.full(size, UNMATCHED * i)
        source = np.full(size, -1, dtype=np.int64)
        jump = best[:-1] + PIECE
        better = jump < here[1:]
        here[1:][better], source[1:][better] = jump[better], origin[:-1][better]
        if i:
            along = cost[i - 1, :-1]
            better = along <= here[1:]
            here[1:][better], source[1:][better] = along[better], ((i - 1) * size + np.arange(size - 1))[better]
        cost[i][match], came[i][match] = here[match], source[match]
        flat = cost[i] - far
        lowest = np.minimum.accumulate(flat)
        first = np.maximum.accumulate(np.where(flat == lowest, np.arange(size), 0))
        left = best + UNMATCHED
        new = lowest + far
        origin = np.where(new < left, i * size + first, origin)
        best = np.minimum(new, left)
    return cost, came


def traced(came: NDArray[np.int64], i: int, j: int) -> list[tuple[int, int]]:
    """The pieces, in order, of the reading that ends at (i, j)."""
    size = came.shape[1]
    found = [(j, j + 1)]
    while (before := int(came[i, j])) >= 0:
        next_i, next_j = divmod(before, size)
        if next_i == i - 1 and next_j == j - 1:
            found[-1] = (next_j, found[-1][1])
        else:
            found.append((next_j, next_j + 1))
        i, j = next_i, next_j
    return found[::-1]


def parted(text: str, found: list[tuple[int, int]], blocked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The same pieces cut where the text is: 在职行政人员、5名事业人员工资 may go on with the first 人员 or the second."""
    whole = found[:1]
    for start, end in found[1:]:
        first, last = whole[-1]
        most = 0
        while start + most < end - 1 and last + most < start and text[last + most] == text[start + most]:
            most += 1
        move = max(range(most + 1), key=lambda k: (border(text, last + k, blocked) + border(text, start + k - 1, blocked), k))
        whole[-1] = (first, last + move)
        whole.append((start + move, end))
    return whole


def border(text: str, at: int, blocked: NDArray[np.bool_]) -> bool:
    """Whether a name ends before or begins behind the character at `at`: a stop, a figure, or the end of the text."""
    return at >= len(text) or bool(blocked[at]) or not text[at].isalnum()
