"""A piece in, the named bodies in it out: 财政部, 市医保局, 四川省某县人民医院, 某某科技有限公司.

A body is (a) one known by name; (b) places and levels (省, 市, 县), then a field of government or a name of its own, then an
ending (lexicons/institution_kinds.tsv); (c) a field of government with an ending, alone (财政厅); (d) a firm. Bodies named
by level alone (省局), by 各 or 我, groups for a task, inner offices and kinds of bodies are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hedui.lexicons import rows, words
from hedui.mentions.piece import Piece
from hedui.mentions.regions import BORDER, inside, is_name, place_at, places, unlisted_at
from hedui.mentions.words import WordIndex, index_words, longest_at

__all__ = ["find_bodies"]

# 市|医保局, not 城市, 我市, 市级: a level that stands for a place
LEVEL = re.compile(
    r"自治区|自治州|自治县|自治旗|兵团|国家|中共|(?:高新|经开|开发|示范|度假|保税|综保|管理|矿)区"
    r"|(?<![我全各本该外跨两多地城都超上集节联结社园辖小学景院片山灾牧林库首夜门股菜楼街分选防农郊疫墓禁专特每几州])"
    r"[省市县区旗州盟师](?![级内域外场民直属里长城乡容值际]|委员(?!会))")
LEVELS = frozenset("自兵国中高经开示度保综管矿省市县区旗州盟师")
# 各市|医疗保障局 · 各县(区)|财政局
ANY = re.compile(r"(?:各|每个?|两|其他|相关|有关|所有|(?<=[(（])[省市县区州旗]{1,2}[)）]|[)）])[省市县区州旗盟、级地()（）及和]*$")
# 四川|大学: endings that a place alone may stand before
WHOLE = frozenset({"大学", "学院", "银行", "海关", "监狱", "机场", "铁路局", "监管局", "海事局", "京剧院", "福利院", "博物院"})
# 949电台 · 101.8交通广播电台
STATION = re.compile(r"(?<![\d.第])\d{2,3}(?:\.\d)?(?:交通|新闻|音乐)?(?:广播)?电台")
ATTACHED = re.compile(r"(?:第[一二三四五六七八九十]{1,2}|附属)[一-鿿]{0,8}?(?:医院|中学|小学|学校)|[一-鿿]{0,4}学院")
BRANCH = re.compile(r"[一-鿿]{2,4}?分局")
NO_NAME = re.compile(r"[年月日个名上考读进入所办]")
# 温泉|乡人民政府
TOWN = re.compile(r"(?P<own>[一-鿿]{2,3}?)(?:乡|镇|街道)(?:人民政府|政府|党委|卫生院|中心卫生院|中心小学|中心校|中心学校|小学|中学|敬老院|财政所)")
PARTNERS = re.compile(r"[(（](?:特殊)?普通合伙[)）]")
REACH = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """The lexicons of bodies, indexed, with one pattern of endings a kind."""

    known: WordIndex
    kinds: dict[str, str]
    fields: WordIndex
    organ: re.Pattern[str]
    party: re.Pattern[str]
    free: re.Pattern[str]
    firm: re.Pattern[str]
    stop: re.Pattern[str]
    firm_stop: re.Pattern[str]
    generic: frozenset[str]
    heads: frozenset[str]


def endings(kind: str) -> re.Pattern[str]:
    """The endings of a kind, the longest first, none that another word swallows."""
    pieces = []
    for row in sorted(rows("institution_kinds"), key=lambda row: -len(row[0])):
        if row[1] == kind:
            barred = "|".join(map(re.escape, row[2].split())) if len(row) > 2 else ""
            pieces.append(re.escape(row[0]) + (f"(?!{barred})" if barred else ""))
    return re.compile("|".join(pieces))


def borders(signs: str, kind: str) -> re.Pattern[str]:
    """`signs` and the words of a kind that no name of a body holds (lexicons/name_stops.tsv)."""
    return re.compile("|".join((signs, *(word for word, own in rows("name_stops") if own == kind))))


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    kinds = {row[0]: row[1] for row in rows("institutions")}
    known, fields = index_words(kinds), index_words(words("departments"))
    return Grammar(known=known, kinds=kinds, fields=fields, heads=frozenset({*known, *fields, *places().index}),
                   organ=endings("organ"), party=endings("party"), free=endings("free"), firm=endings("firm"),
                   stop=borders(r"[^一-鿿A-Za-z0-9·]", "stop"), firm_stop=borders(r"[^一-鿿A-Za-z0-9()（）·]", "firm"),
                   generic=frozenset(word for word, kind in rows("name_stops") if kind == "generic"))


def find_bodies(piece: Piece) -> Iterator[tuple[int, int, float]]:
    """Start, end and confidence of every named body in `piece`, none inside another."""
    at = 0
    while at < len(piece.text) - 1:
        end, sure = body_at(piece, at)
        if end:
            yield at, end, sure
        at = end or at + 1
    yield from find_firms(piece)
    for match in STATION.finditer(piece.text):
        yield match.start(), match.end(), 0.9


def body_at(piece: Piece, at: int) -> tuple[int, float]:
    """The end of the body that starts at `at` (0: none does) and how sure it is."""
    if not may_start(piece.text, at):
        return 0, 0.0
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
        town = TOWN.match(piece.text, start)
        if town and "乡" not in town["own"] and is_name(piece, town, placed=start > at, usual=3000):
            return town.end(), 0.8
    return (alone(piece, at), 0.9) if prefix == at else (0, 0.0)


def may_start(text: str, at: int) -> bool:
    """Whether a body may start at `at` at all: a listed word or a level does, or a border stands before it."""
    return text[at:at + 2] in grammar().heads or text[at] in LEVELS or at == 0 or BORDER.match(text, at - 1) is not None


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
    start = end + 1 if piece.text.startswith("驻", end) else end
    prefix = prefix_end(piece, start)
    if prefix > start and place_at(piece, start) is not None:
        branch, _ = after_prefix(piece, prefix, placed=True)
        return branch or end
    return end


def prefix_end(piece: Piece, at: int) -> int:
    """The end of the places and levels that stand in a row from `at`."""
    end, last = at, None
    while True:
        hit = place_at(piece, end, open_end=True)
        if hit is not None and (hit.place.use != "apart" or (last is not None and inside(last.place, hit.place))):
            end, last = hit.end, hit
            continue
        match = LEVEL.match(piece.text, end)
        if match is None or (end == at and match[0] in {"州", "旗", "盟", "师"} and at not in piece.words):
            return end
        end = match.end()


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


def field_end(text: str, at: int) -> int:
    """The end of a field of government with its ending at `at`, 0 for none."""
    table = grammar()
    for field in table.fields.get(text[at:at + 2], ()):
        if text.startswith(field, at):
            match = table.organ.match(text, at + len(field))
            if match:
                return match.end()
    return 0


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
    tail = piece.text[at:end]
    if tail.endswith(("中心", "站", "所", "院", "办", "办公室", "办事处")):
        return end if re.search(r"(?:局|厅|委|服务中心|经办中心|事务中心|管理中心|信息中心|稽查局)$", tail) else 0
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
            partners = PARTNERS.match(text, match.end())
            yield begin, partners.end() if partners else attached(text, match.end()), 0.9


def is_university(piece: Piece, start: int, end: int) -> bool:
    """Whether what ends in 大学 is a name: a word of the dictionary, or long enough and no clause (考上大学)."""
    name = piece.text[start:end]
    return name in piece.weights or (len(name) >= 6 and not NO_NAME.search(name))
