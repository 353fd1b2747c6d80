"""A piece in, the places named in it out, by lexicons/regions.tsv.

Names in full (康县) and short names that are places and nothing else (成都) stand alone. Short names that may be words
count where a word starts and ends there and the place they lie in stands before them, or where the document has the full
name; until that is known they are weak. Places that follow their superior are one: 四川省南充市.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows
from hedui.mentions.piece import Piece
from hedui.mentions.words import WordIndex, index_words, longest_at, openings

__all__ = ["BORDER", "DATED", "Hit", "Place", "Places", "find_places", "inside", "is_name", "may_be_place",
           "place_at", "places", "unlisted_at"]

# 市|级, 县|域: what makes the last character of a name part of another word
USES = ("free", "near", "apart")
# a word that a large corpus has this often is no name of a county
USUAL = 50
SWALLOWED = {"市": "场民容级值政况", "县": "级域城乡", "区": "域间别分块位级内", "省": "级内", "州": "级", "旗": "帜舰袍"}
# 某市|民政局, 某县|乡村振兴局: what takes none of a name's last character
FIELD = re.compile(r"民政|民族|民宗|民防|乡村振兴|政府|政协|城市管理|城管[局理]|城乡|城建[局委]")
# 上海|路, 四川|话: what makes a short name part of another word
STREET = re.compile(r"大道|大街|胡同|[路街巷话腔]")
# 由|某县: what may stand right before a name that is no word of its own
BORDER = re.compile(r"[^一-鿿]|[由和与经向对在及并为是给以被从于到赴了至省市县区旗受含据]")
# 2022|年西平县: the end of a date belongs to no name
DATED = re.compile(r"\d[年月日号]")
# 青岗|县: a place of a name of its own, if a body follows that is called after it
UNLISTED = re.compile(r"(?P<own>[一-鿿]{2,3}?)[市县区旗](?![级内域外场直属里长城容值]|民(?!政|族|宗|防)|乡(?!村振兴))")


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
        for full in (name, *abridged(name, short)):
            found.setdefault(full, []).append((name, code, own[0] if own else "free", False))
        if len(short) > 1:
            found.setdefault(short, []).append((name, code, use, True))
    by_name = {name: Place(name=name, use=min((use for _, _, use, _ in group), key=USES.index), full=tuple(n for n, *_ in group),
                           codes=tuple(code for _, code, _, _ in group), short=all(short for *_, short in group))
               for name, group in found.items()}
    return Places(index=index_words(by_name), by_name=by_name)


def abridged(name: str, short: str) -> tuple[str, ...]:
    """The usual form of an autonomous name: 黔西南州, 威宁县; none for other names."""
    if len(short) > 1 and name.endswith(("自治州", "自治县", "自治旗")):
        return (short + name[-1],)
    return ()


def place_at(piece: Piece, at: int, *, open_end: bool = False) -> Hit | None:
    """The longest place name at `at`; short and two-character names only where words start and, unless `open_end`, end."""
    text, table = piece.text, places()
    told = longest_at(piece.told, text, at)
    if told is not None and not swallowed(text, at + len(told)):
        return Hit(start=at, end=at + len(told), place=Place(name=told, use="free", full=(told,), codes=(), short=False))
    for name in table.index.get(text[at:at + 2], ()):
        if not text.startswith(name, at):
            continue
        place, end = table.by_name[name], at + len(name)
        if place.short and STREET.match(text, end):
            continue
        if place.short or len(name) == 2:
            if at in piece.words and (open_end or end in piece.words or longest_at(piece.told, text, end)):
                return Hit(start=at, end=end, place=place)
        elif not swallowed(text, end):
            return Hit(start=at, end=end, place=place)
    return None


def swallowed(text: str, end: int) -> bool:
    """Whether the last character of the name that ends at `end` belongs to the word behind it: 某|市场."""
    return text[end:end + 1] in tuple(SWALLOWED.get(text[end - 1], "")) and FIELD.match(text, end) is None


@lru_cache(maxsize=1)
def kinds() -> re.Pattern[str]:
    """Kinds of places, which are no names: 试点|县, 老城|区, not 勐景|县 (lexicons/name_stops.tsv)."""
    ends = [word for word, kind in rows("name_stops") if kind == "place"]
    words, signs = "|".join(word for word in ends if len(word) > 1), "".join(word for word in ends if len(word) == 1)
    return re.compile(rf"[省市县区旗全各本该我内外所有下每个两几级及和的并报含由经请向与给交送呈转告让在对为是以将被把从到赴至了同受].*.$"
        rf"|按.$|(?:{words}).$|[{signs}]区$|[大小强弱穷灾辖城].$|地市|地州|^州")


def unlisted_at(piece: Piece, at: int, *, placed: bool) -> int:
    """The end of what may be a place that no lexicon holds, at `at`; 0 for none."""
    match = UNLISTED.match(piece.text, at)
    return match.end() if match and match.end() in piece.words and is_name(piece, match, placed=placed) else 0


def is_name(piece: Piece, match: re.Match[str], *, placed: bool, usual: int = USUAL) -> bool:
    """Whether `own` of a match may be the name of a place: behind a border or a place (`placed`), where a word starts, and
    neither a kind of place nor a word as usual as `usual`."""
    own, at = match["own"], match.start()
    if at and DATED.match(piece.text, at - 1):
        return False
    bordered = placed or at == 0 or BORDER.match(piece.text, at - 1) is not None or DATED.match(piece.text, at - 2) is not None
    return bordered and at in piece.words and not kinds().search(piece.text[at:match.end("own") + 1]) and piece.weights.get(own, 0) < usual


def may_be_place(name: str) -> bool:
    """Whether a word that ends as places do may be the name of one and no kind of place."""
    return not kinds().search(name)



def inside(outer: Place, inner: Place) -> bool:
    """Whether some place called `inner` lies in one called `outer`; one that no lexicon holds may lie in any."""
    return not inner.codes or any(within(a, b) for a in outer.codes for b in inner.codes)


def within(outer: str, inner: str) -> bool:
    stem = re.sub(r"(?:00)+$", "", outer)
    return outer != inner and inner.startswith(stem)


def find_places(piece: Piece) -> list[tuple[int, int, tuple[str, ...]]]:
    """Start, end and what the document must have in full (nothing for a sure place) of every place named in `piece`."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    if place_at(piece, 0) is None and 0 < unlisted_at(piece, 0, placed=False) == len(piece.text):
        found.append((0, len(piece.text), ()))
    last = None
    for at in sorted({*openings(piece.text, places().index), *openings(piece.text, piece.told)}):
        hit = place_at(piece, at) if last is None or at >= last.end else None
        if hit is None:
            continue
        follows = last is not None and last.end == hit.start and inside(last.place, hit.place)
        if follows:
            found[-1] = (found[-1][0], hit.end, found[-1][2])
        elif hit.place.use == "apart":
            continue
        else:
            found.append((hit.start, hit.end, () if hit.place.use == "free" else hit.place.full))
        last = hit
    return found
