"""The text of a document in, the places out that no lexicon holds but the document tells of, as 青岗县 in 受青岗县财政局委托.

A name may start where a clause, a date or a higher place ends, or behind a word that belongs to the sentence (told_patterns.py),
and must go on as names of places do: with a body, with where it lies, with the year of a title, in a list of its like, with
a figure. What a name is at one place it is wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hedui.mentions.bodies import body_behind
from hedui.mentions.regions import USUAL, may_be_place, places
from hedui.mentions.told_patterns import (
    FIGURE,
    HARD,
    LED,
    LISTED,
    ON_LIST,
    OPENED,
    PLACE,
    SITUATED,
    SOFT,
    TITLE,
    VISITED,
)

__all__ = ["told_places"]

# 巴彦塔拉|旗: how long a name may be without its last character, and how far back its beginning is looked for
LONGEST, REACH = 5, 12
# a word as usual as this is in no name
COMMON = 300


def told_places(text: str, weights: Mapping[str, int]) -> frozenset[str]:
    """Names of places that `text` tells of and no lexicon holds; `weights` says how usual a word is.

    >>> sorted(told_places("受青岗县财政局委托，对云桐市、白泉县等5个县开展评价。", {}))
    ['云桐市', '白泉县', '青岗县']
    """
    sure: set[str] = set()
    likely: set[str] = set()
    for start, stem, end, hard in starts(text):
        name = text[start:end]
        usual = USUAL * 10 if hard and body_behind(text, end) else USUAL
        if is_own(name, text[start:stem], weights, usual) and goes_on(text, start, end, hard=hard):
            (sure if hard else likely).add(name)
    longer = {name for name in sure | likely if any(name[i:] in sure for i in range(1, len(name) - 2))}
    return frozenset((sure | likely) - longer)


def starts(text: str) -> Iterator[tuple[int, int, int, bool]]:
    """Start of what may be a name, end of what is its own in it and of the whole, and whether no word of the sentence can reach
    into it where it starts."""
    for match in PLACE.finditer(text):
        last = match.start()
        low = max(0, last - REACH)
        run = text[low:last]
        edge = max((hit.end() for hit in HARD.finditer(run)), default=0)
        hard = edge > 0 or low == 0
        soft = max((hit.end() for hit in SOFT.finditer(run, edge) if last - low - hit.end() >= 2), default=0)
        start = low + max(edge, soft)
        if 2 <= last - start <= LONGEST:
            yield start, last, match.end(), hard and soft <= edge


def is_own(name: str, own: str, weights: Mapping[str, int], usual: int) -> bool:
    """Whether `name`, with `own` before its kind, may be one of its own: no kind of place (试点县), no listed one, not made
    of usual words."""
    known = places().by_name
    if not may_be_place(own + name[-1]) or any(name[i:] in known for i in range(len(name) - 2)):
        return False
    if name[:-1] == own and weights.get(own, 0) >= usual:
        return False
    return len(own) == 2 or not any(weights.get(own[i:i + 2], 0) >= COMMON for i in range(len(own) - 1))


def goes_on(text: str, start: int, end: int, *, hard: bool) -> bool:
    """Whether what stands around `text[start:end]` stands around names of places."""
    if body_behind(text, end) or SITUATED.match(text, end):
        return True
    if LISTED.match(text, end) or ON_LIST.match(text, max(0, start - 8), start):
        return True
    if FIGURE.match(text, end) and (hard or LED.search(text, max(0, start - 4), start)):
        return True
    if VISITED.match(text, end) and not hard:
        return True
    opens = start == 0 or text[start - 1] in "\n\t" or OPENED.search(text, max(0, start - 6), start) is not None
    return opens and TITLE.match(text, end) is not None
