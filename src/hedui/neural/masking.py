"""Raw texts in, pieces with some of their characters hidden out: what the encoder learns from before it learns any label.

Spans of one to three characters are hidden, as in SpanBERT (Joshi et al. 2020), in shares of BERT (Devlin et al. 2019):
of the 15 % chosen eight tenths are masked, one tenth is another character, one tenth stays. A run of digits or Latin
letters is hidden whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from hedui.neural.vocabulary import Characters
from hedui.neural.windows import CLOSE, CORE
from hedui.neural.windows_cut import cuts
from hedui.view import view

__all__ = ["IGNORED", "masked", "pieces_of"]

IGNORED = -100
SHARE = 0.15
LONGEST = 3
RUN = re.compile(r"[0-9A-Za-z.,]+|.", re.DOTALL)


def pieces_of(texts: Iterable[str]) -> Iterator[str]:
    """Views of the lines of `texts`, short neighbours together, long ones cut, each of at most `CORE` characters."""
    for text in texts:
        held = ""
        for line in text.splitlines():
            shown = view(line).text
            if held and len(held) + len(shown) + len(CLOSE) > CORE:
                yield held
                held = ""
            if len(shown) > CORE:
                yield from (shown[begin:end] for begin, end, _ in cuts(shown, CORE))
            elif shown.strip():
                held = f"{held}{CLOSE}{shown}" if held else shown
        if held:
            yield held


def masked(text: str, vocabulary: Characters, draw: np.random.Generator) -> tuple[list[int], list[int]]:
    """The ids of `text` with some hidden, and for each character its true id where it must be guessed, else `IGNORED`."""
    units = [match.span() for match in RUN.finditer(text)]
    ids = vocabulary.ids(text)
    shown, targets = list(ids), [IGNORED] * len(ids)
    for start, end in chosen_spans(units, len(text), draw):
        kind = draw.random()
        for i in range(start, end):
            targets[i] = ids[i]
            if kind < 0.8:
                shown[i] = vocabulary.special[4]
            elif kind < 0.9:
                shown[i] = int(draw.integers(len(vocabulary.special), vocabulary.size))
    return shown, targets


def chosen_spans(units: Sequence[tuple[int, int]], length: int, draw: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Spans of one to `LONGEST` units that touch no other, until `SHARE` of the characters is covered."""
    taken = bytearray(len(units) + 1)
    rest = max(1.0, SHARE * length)
    for first in draw.permutation(len(units)).tolist():
        if rest <= 0:
            return
        last = min(len(units), first + int(draw.integers(1, LONGEST + 1)))
        if any(taken[max(0, first - 1):last + 1]):
            continue
        taken[first:last] = b"\1" * (last - first)
        start, end = units[first][0], units[last - 1][1]
        rest -= end - start
        yield start, end
