"""Names as reports write them in, keys under which two files tell of one thing out."""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from hedui.across.lands import codes_of
from hedui.across.names_patterns import (
    ABOUT,
    BARE_PLACE,
    CITED,
    DATED,
    GENERAL,
    HANDED,
    HANDING,
    LEVELS,
    NUMBER_PARTS,
    PLACE_HEAD,
    TAIL,
    WITHOUT,
)
from hedui.findings import Tier
from hedui.view import fold

__all__ = ["WHOLE", "kindred", "named_programme", "number_parts", "place_head", "place_of", "plain_title",
           "programme_key", "scope_parts", "squeezed", "subject_of", "tail_of", "titles_differ", "unit_key"]

WHOLE = "*"  # the programme of a report on all a unit spends
LIKE, SHORT, LONGEST = 80, 6, 14


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def place_head(text: str) -> str:
    """The place that a text begins with: the longest name of a division, else what is shaped like one; "" for none.

    >>> place_head("温州市下达"), place_head("青岗县教育局"), place_head("城市管理局")
    ('温州市', '青岗县', '')
    """
    known = next((text[:size] for size in range(min(LONGEST, len(text)), 2, -1) if codes_of(text[:size])), "")
    head = None if known else PLACE_HEAD.match(text)
    return known or (head[0] if head else "")


def unit_key(unit: str | None, region: str | None) -> str:
    """The name of a unit with its own place before it and none that lies around it; "" where neither is told.

    >>> unit_key("市卫生健康局", "遵义市"), unit_key("贵州省遵义市卫生健康局", "遵义市"), unit_key(None, "遵义市")
    ('遵义市卫生健康局', '遵义市卫生健康局', '遵义市')
    """
    name, place = squeezed(unit or ""), place_of(region)
    if not name:
        return place
    if place and place in name[1:]:
        return name[name.index(place):]
    bare = BARE_PLACE.match(name)
    if bare and place:
        return place + name[bare.end():]
    head = place_head(name)
    inner = place_head(name[len(head):]) if head.endswith(("省", "自治区", "市")) else ""
    return name[len(head):] if inner and len(name) - len(head) - len(inner) > 2 else name


def place_of(region: str | None) -> str:
    """The innermost place of a region: 贵州省遵义市 is 遵义市."""
    text = squeezed(region or "")
    while (head := place_head(text)) and place_head(rest := text[len(head):]):
        text = rest
    return text


def tail_of(unit: str) -> str:
    """What a unit is, without its place: 卫生健康局 of 遵义市卫生健康局; "" where no place leads."""
    head = place_head(unit)
    return unit[len(head):] if head and len(unit) - len(head) > 2 else ""


def programme_key(name: str | None) -> str:
    """A programme without year, whose money it is, and the words that any programme ends on; `WHOLE` where none is told.

    >>> programme_key("2022年中央财政基本公共卫生服务补助资金"), programme_key("基本公共卫生服务项目"), programme_key(None)
    ('基本公共卫生服务', '基本公共卫生服务', '*')
    """
    text = DATED.sub("", squeezed(name or ""))
    text = HANDED.sub("", text)
    return TAIL.sub("", text) or text or WHOLE


def kindred(one: str, two: str) -> bool:
    """Whether two programmes may be one, or one a part of the other: one name holds the other, or nearly reads like it."""
    return WHOLE in (one, two) or one in two or two in one or ratio(one, two) >= LIKE


def scope_parts(scope: str, programme: str) -> tuple[str, str]:
    """The place that the scope of a fund names, and what the money is for; a citation before them is passed over.

    >>> scope_parts("省财政厅以《关于下达学生资助的通知》(黔财教(2022)5号)下达遵义市学生资助补助经费", "学生资助")
    ('遵义市', '')
    >>> scope_parts("遵义市", "学生资助"), scope_parts("省级补助资金", "学生资助"), scope_parts("设备购置", "学生资助")
    (('遵义市', ''), ('', ''), ('', '设备购置'))
    """
    text = HANDING.sub("", CITED.sub("\n", squeezed(scope)).rpartition("\n")[2])
    place = place_head(text)
    return place, subject_of(text[len(place):], programme)


def subject_of(scope: str, programme: str) -> str:
    """What a fund is for besides its programme; "" for the programme's own money.

    >>> subject_of("年度资金总额", "学生资助"), subject_of("学生资助补助经费到位", "学生资助"), subject_of("设备购置", "学生资助")
    ('', '', '设备购置')
    """
    text = DATED.sub("", squeezed(scope))
    if programme != WHOLE and programme in text:
        before, _, after = text.partition(programme)
        text = f"{HANDED.sub('', before)} {after}"
    text = LEVELS.sub(" ", text)
    kept = [piece for piece in GENERAL.sub(" ", text).split() if len(piece) > 1]
    return "".join(kept)


def plain_title(title: str) -> str:
    """A title as compared: without the bodies that lead it, marks, and the words that come and go."""
    text = squeezed(title)
    return WITHOUT.sub("", text[max(0, text.find("关于")):])


def lies_in(short: str, long: str) -> bool:
    return len(short) >= SHORT and int(LCSseq.similarity(short, long)) == len(short)


def titles_differ(one: str, two: str) -> Tier | None:
    """How far two titles of one number are apart: None where one is the other or leaves words out, else `value` where years or
    figures differ or they are other titles, `wording` where they nearly read alike.

    >>> titles_differ("关于下达2022年学生资助补助经费预算的通知", "财政部 教育部关于下达2022年学生资助补助经费的通知")
    >>> titles_differ("关于下达2022年学生资助补助经费的通知", "关于下达2021年学生资助补助经费的通知")
    'value'
    """
    a, b = plain_title(one), plain_title(two)
    years = [set(re.findall(r"(?:19|20)\d{2}", t)) for t in (a, b)]
    if years[0] and years[1] and not years[0] & years[1]:
        return "value"
    short, long = sorted((a, b), key=len)
    if lies_in(short, long):
        return None
    return "wording" if ratio(a, b) >= LIKE else "value"


def named_programme(title: str) -> str:
    """The key of the programme whose money a title hands out; "" where it hands out none.

    >>> named_programme("财政部关于提前下达2022年学生资助补助经费预算的通知")
    '学生资助'
    """
    match = ABOUT.search(squeezed(title))
    return programme_key(match["name"]) if match else ""


def number_parts(number: str) -> tuple[str, str, str] | None:
    """A document number as sign, year and serial number."""
    match = NUMBER_PARTS.match(squeezed(number))
    return (match["code"], match["year"], match["serial"]) if match else None
