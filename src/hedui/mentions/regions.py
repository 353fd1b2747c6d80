"""A piece in, the places named in it out, by lexicons/regions.tsv.

Names in full (康县) and short names that are places and nothing else (成都) stand alone. Short names that may be words
count where a word starts and ends there and the place they lie in stands before them, or where the document has the full
name; until that is known they are weak. Places that follow their superior are one: 四川省攀枝花市.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows
from hedui.mentions.piece import Piece
from hedui.mentions.words import WordIndex, index_words

__all__ = ["Place", "Places", "find_places", "place_at", "places"]

# 市|级, 县|域: what makes the last character of a name part of another word
USES = ("free", "near", "apart")
SWALLOWED = {"市": "场民容级值政况", "县": "级域城乡", "区": "域间别分块位级内", "省": "级内", "州": "级", "旗": "帜舰袍"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A name as it may stand in a text: `use` as in the lexicon, `full` and `codes` of every place it may mean."""

    name: str
    use: str
    full: tuple[str, ...]
    codes: tuple[str, ...]
    short: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    index: WordIndex
    by_name: dict[str, Place]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    start: int
    end: int
    place: Place


@lru_cache(maxsize=1)
def places() -> Places:
    """All names of lexicons/regions.tsv, full and short."""
    found: dict[str, list[tuple[str, str, str, bool]]] = {}
    for code, name, short, _level, _parent, use, *own in rows("regions"):
        found.setdefault(name, []).append((name, code, own[0] if own else "free", False))
        if len(short) > 1:
            found.setdefault(short, []).append((name, code, use, True))
    by_name = {name: Place(name=name, use=min((use for _, _, use, _ in group), key=USES.index), full=tuple(n for n, *_ in group),
                           codes=tuple(code for _, code, _, _ in group), short=all(short for *_, short in group))
               for name, group in found.items()}
    return Places(index=index_words(by_name), by_name=by_name)


def place_at(piece: Piece, at: int, *, open_end: bool = False) -> Hit | None:
    """The longest place name at `at`; short and two-character names only where words start and, unless `open_end`, end."""
    text, table = piece.text, places()
    for name in table.index.get(text[at:at + 2], ()):
        if not text.startswith(name, at):
            continue
        place, end = table.by_name[name], at + len(name)
        if place.short or len(name) == 2:
            if at in piece.words and (open_end or end in piece.words):
                return Hit(start=at, end=end, place=place)
        elif text[end:end + 1] not in SWALLOWED.get(name[-1], "") or end == len(text):
            return Hit(start=at, end=end, place=place)
    return None


def inside(outer: Place, inner: Place) -> bool:
    """Whether some place called `inner` lies in one called `outer`."""
    return any(within(a, b) for a in outer.codes for b in inner.codes)


def within(outer: str, inner: str) -> bool:
    stem = re.sub(r"(?:00)+$", "", outer)
    return outer != inner and inner.startswith(stem)


def find_places(piece: Piece) -> list[tuple[int, int, tuple[str, ...]]]:
    """Start, end and what the document must have in full (nothing for a sure place) of every place named in `piece`."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    at, last = 0, None
    while at < len(piece.text) - 1:
        hit = place_at(piece, at)
        if hit is None:
            at += 1
            continue
        follows = last is not None and last.end == hit.start and inside(last.place, hit.place)
        if follows:
            found[-1] = (found[-1][0], hit.end, found[-1][2])
        elif hit.place.use == "apart":
            at += 1
            continue
        else:
            found.append((hit.start, hit.end, () if hit.place.use == "free" else hit.place.full))
        last, at = hit, hit.end
    return found
