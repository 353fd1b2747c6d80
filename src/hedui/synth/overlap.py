"""Two collections of texts in; what they share in vocabulary and in running characters out.

White space is left out and digits count as one, so that figures neither help nor hurt. A long verbatim run that is no formula of
the field would show that something was copied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Overlap", "grams", "overlap", "plain"]

HAN = re.compile(r"[一-鿿]")
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Shares are of what the real texts hold, distinct things counted once: characters, pairs of characters (the nearest thing
    to words without a dictionary), runs of four; `running_4` counts every run of four of the real texts. `copied_12` is the
    share of distinct runs of twelve Chinese characters that stand in the made texts word for word, `longest` some of them."""

    real_characters: int
    made_characters: int
    characters: float
    pairs: float
    distinct_4: float
    running_4: float
    made_distinct_4: int
    copied_12: float
    longest: tuple[str, ...]


def plain(text: str) -> str:
    """`text` half-width, without white space, every digit a 0."""
    return re.sub(r"\d", "0", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def grams(text: str, size: int) -> Iterable[str]:
    """All runs of `size` characters."""
    return (text[i:i + size] for i in range(len(text) - size + 1))


def distinct(texts: Sequence[str], size: int, *, han: bool = False) -> set[str]:
    found = {gram for text in texts for gram in grams(text, size)}
    return {gram for gram in found if len(HAN.findall(gram)) == size} if han else found


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def overlap(made: Sequence[str], real: Sequence[str]) -> Overlap:
    """What of the texts `real` is seen in the texts `made`."""
    ours, theirs = [plain(t) for t in made], [plain(t) for t in real]

    def seen(size: int, han: bool = False) -> tuple[set[str], set[str]]:
        wanted = distinct(theirs, size, han=han)
        return wanted & distinct(ours, size), wanted

    fours, all_fours = seen(4)
    running = [gram in fours for text in theirs for gram in grams(text, 4)]
    twelves, all_twelves = seen(12, True)
    ones, all_ones = seen(1, True)
    twos, all_twos = seen(2, True)
    return Overlap(
        real_characters=sum(map(len, theirs)), made_characters=sum(map(len, ours)), characters=share(len(ones), len(all_ones)),
        pairs=share(len(twos), len(all_twos)), distinct_4=share(len(fours), len(all_fours)),
        running_4=share(sum(running), len(running)), made_distinct_4=len(distinct(ours, 4)),
        copied_12=share(len(twelves), len(all_twelves)), longest=tuple(sorted(twelves)[:SHOWN]))
