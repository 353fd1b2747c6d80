"""A piece in, the named bodies in it out: 财政部, 市医保局, 四川省某县人民医院, 某某科技有限公司.

A body is (a) one known by name; (b) places and levels (省, 市, 县), then a field of government or a name of its own, then an
ending (lexicons/institution_kinds.tsv); (c) a field of government with an ending, alone (财政厅); (d) a firm. Bodies named
by level alone (省局), by 各 or 我, groups for a task, inner offices and kinds of bodies are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hedui.mentions.grammar import (
    ANY,
    ATTACHED,
    BRANCH,
    INNER,
    INNER_LIST,
    JOINTS,
    LEVEL,
    LEVELS,
    LONGEST_PREFIX,
    NO_NAME,
    OUTLET,
    PARTNERS,
    REACH,
    STATION,
    SURE,
    TOWN,
    WHOLE,
    ZONE,
    grammar,
)
from hedui.mentions.piece import Piece
from hedui.mentions.regions import BORDER, DATED, inside, is_name, place_at, unlisted_at
from hedui.mentions.words import longest_at, openings

__all__ = ["body_behind", "find_bodies"]

# a word that a large corpus has this often is no name of a town or a zone
TOWNS = 3000
# borders that a Chinese character follows: no body begins with another
BEFORE_NAME = tuple(re.compile(f"(?:{border.pattern})(?=[一-鿿])") for border in (BORDER, DATED))


def find_bodies(piece: Piece) -> Iterator[tuple[int, int, float]]:
    """Start, end and confidence of every named body in `piece`, none inside another."""
    last = 0
    for at in starts_in(piece):
        end, sure = body_at(piece, at) if at >= last else (0, 0.0)
        if end:
            yield at, end, sure
            last = end
    yield from find_firms(piece)
    for match in STATION.finditer(piece.text):
        yield match.start(), match.end(), 0.9


def body_at(piece: Piece, at: int) -> tuple[int, float]:
    """The end of the body that starts at `at` (0: none does) and how sure it is."""
    known = known_at(piece, at)
    prefix = prefix_end(piece, at)
    placed = prefix > at and place_at(piece, at, open_end=True) is not None
    unlisted = unlisted_at(piece, prefix, placed=placed)
    for start in (unlisted, prefix):
        if start > at:
            end, sure = after_prefix(piece, start, placed=placed or start == unlisted)
            if end and end >= known:
                return end, sure
    if known:
        return known, 1.0
    for start in (at, prefix):
        zone = ZONE.match(piece.text, start)
        if zone and is_name(piece, zone, placed=start > at, usual=TOWNS):
            end, sure = after_prefix(piece, zone.end(), placed=True)
            if end:
                return end, min(sure, 0.8)
    town = TOWN.match(piece.text, at)
    if town and not grammar().stop.search(town["own"]) and is_name(piece, town, placed=False, usual=TOWNS):
        return town.end(), 0.8
    return (alone(piece, at), 0.9) if prefix == at else (0, 0.0)


def starts_in(piece: Piece) -> list[int]:
    """Where a body may start at all: where a listed word, a place told of or a level does, or a border stands before it."""
    text = piece.text
    bordered = {match.end() for border in BEFORE_NAME for match in border.finditer(text)}
    levels = {at for at, char in enumerate(text) if char in LEVELS}
    starts = bordered.union((0,), levels, openings(text, grammar().heads), openings(text, piece.told))
    return sorted(at for at in starts if at < len(text) - 1)


def known_at(piece: Piece, at: int) -> int:
    """The end of a body known by name at `at`, with the local branch behind it; 0 for none."""
    text, table = piece.text, grammar()
    name = longest_at(table.known, text, at)
    if name is None:
        return 0
    end = at + len(name)
    if name[-1] in "部局委署厅" and text[end:end + 1] in {"门", "长", "级", "队"}:
        return 0
    if (len(name) <= 4 or table.kinds[name] == "usual") and not (at in piece.words and end in piece.words):
        return 0
    if table.kinds[name] == "usual" and ANY.search(text[max(0, at - 8):at]):
        return 0
    return branch_end(piece, end)


def branch_end(piece: Piece, end: int) -> int:
    """The end of a local branch right behind a national body: 国家税务总局|某省税务局."""
    outlet = outlet_at(piece.text, end)
    if outlet:
        return outlet.end()
    start = end + 1 if piece.text.startswith("驻", end) else end
    prefix = prefix_end(piece, start)
    if prefix > start and place_at(piece, start) is not None:
        branch, _ = after_prefix(piece, prefix, placed=True)
        return branch or end
    return end


def outlet_at(text: str, at: int) -> re.Match[str] | None:
    """The outlet of the bank or firm that ends at `at`: 某银行|某县支行."""
    return OUTLET.match(text, at) if text.endswith(("银行", "公司", "集团", "信用社", "联社"), 0, at) else None


def prefix_end(piece: Piece, at: int) -> int:
    """The end of the places and levels that stand in a row from `at`."""
    end, last = at, None
    while end - at < LONGEST_PREFIX:
        hit = place_at(piece, end, open_end=True)
        if hit is not None and (hit.place.use != "apart" or (last is not None and inside(last.place, hit.place))):
            end, last = hit.end, hit
            continue
        match = LEVEL.match(piece.text, end)
        if match is None or (end == at and match[0] in {"州", "旗", "盟", "师"} and at not in piece.words):
            return end
        end = match.end()
    return end


def opens(text: str, at: int) -> bool:
    """Whether nothing but punctuation stands right before `at`."""
    return at == 0 or not "一" <= text[at - 1] <= "鿿"


def after_prefix(piece: Piece, at: int, *, placed: bool) -> tuple[int, float]:
    """The end of a body whose places and levels end at `at`; `placed` if a place is among them."""
    text, table = piece.text, grammar()
    field = field_end(text, at)
    if field:
        return sub_office(text, field), 1.0
    match = table.party.match(text, at)
    if match and piece.text[at - 1] != "国":
        return match.end(), 1.0
    end = named_end(piece, at, placed=placed)
    return (end, 0.8) if end else (0, 0.0)


def field_end(text: str, at: int, *, more: int = 2) -> int:
    """The end of a field of government with its ending at `at`, or of several fields that have one: 教育科技|和|体育|局; 0 for none."""
    table = grammar()
    for field in table.fields.get(text[at:at + 2], ()):
        if text.startswith(field, at):
            end = at + len(field)
            match = table.organ.match(text, end)
            if match:
                return match.end()
            joined = more and field_end(text, end + (text[end:end + 1] in JOINTS), more=more - 1)
            if joined:
                return joined
    return 0


def body_behind(text: str, at: int) -> bool:
    """Whether a field of government with its ending or a body of a level stands at `at`, as behind the name of a place."""
    return bool(field_end(text, at)) or grammar().party.match(text, at) is not None or TOWN.match(text, at) is not None


def sub_office(text: str, end: int) -> int:
    """The end of a branch named behind its body: 公安局|某区分局, 公安局|交警支队; the body's own end where there is none."""
    match = BRANCH.match(text, end)
    if match:
        return match.end()
    own = field_end(text, end)
    return own if own and text[:own].endswith(("支队", "大队", "总队", "中队", "中心", "分局")) else end


def named_end(piece: Piece, at: int, *, placed: bool) -> int:
    """The end of a body with a name of its own behind its place: 市|保险行业|协会; 0 for none."""
    text = piece.text
    limit = min(len(text), at + REACH)
    stop = grammar().stop.search(text, at, limit)
    limit = stop.start() if stop else limit
    for match in grammar().free.finditer(text, at, min(len(text), limit)):
        name = text[at:match.start()]
        if name in grammar().generic or (len(name) < 2 and not (placed and not name and match[0] in WHOLE)):
            continue
        if match[0] == "局" and name[-1:] in set("格布大全结战开时"):
            continue
        if match.end() in piece.words or match.end() == limit:
            return attached(text, match.end())
    return 0


def attached(text: str, end: int) -> int:
    """The end of a hospital or school that belongs to the body ending at `end`: 某医科大学|附属第二医院."""
    match = ATTACHED.match(text, end)
    return match.end() if match else end


def alone(piece: Piece, at: int) -> int:
    """The end of a field of government with its ending that stands without a place: 财政厅; 0 for none."""
    if at not in piece.words and not opens(piece.text, at):
        return 0
    end = field_end(piece.text, at)
    if not end or ANY.search(piece.text[max(0, at - 8):at]):
        return 0
    if INNER.search(piece.text, max(0, at - 40), at) and INNER_LIST.match(piece.text, end):
        return 0
    tail = piece.text[at:end]
    if tail.endswith(("中心", "站", "所", "院", "办", "办公室", "办事处")):
        return end if tail.endswith(SURE) else 0
    return end


def find_firms(piece: Piece) -> Iterator[tuple[int, int, float]]:
    """Firms, from their ending back over the words of their name to one that belongs to the sentence."""
    text, table = piece.text, grammar()
    for match in table.firm.finditer(text):
        start = match.start()
        low = max(0, start - 24)
        stops = [stop.end() for stop in table.firm_stop.finditer(text, low, start)]
        begin = max(stops, default=low)
        while begin < start and begin not in piece.words:
            begin += 1
        if match[0] == "大学" and not is_university(piece, begin, match.end()):
            continue
        if start - begin >= 2 and text[begin:start] not in table.generic:
            tail = PARTNERS.match(text, match.end()) or outlet_at(text, match.end())
            yield begin, tail.end() if tail else attached(text, match.end()), 0.9


def is_university(piece: Piece, start: int, end: int) -> bool:
    """Whether what ends in 大学 is a name: a word of the dictionary, or long enough and no clause (考上大学)."""
    name = piece.text[start:end]
    return name in piece.weights or (len(name) >= 6 and not NO_NAME.search(name))
