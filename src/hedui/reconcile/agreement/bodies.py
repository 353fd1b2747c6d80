"""Names of bodies (县社会救助服务中心) -> those of one part that can only be one body written in two ways.

Reports name many bodies alike, and shorten names by right (交通局, 市场监管局, 医保中心). So both names must be of one place, the
odd one is told once, and they differ in a way that no shortening has: a word of two letters lost from the middle of a long
name, another tail of one service (服务中心, 服务站), other words in a name of the same letters, a letter of the report's own
place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from hedui.document import Layout, Span
from hedui.findings import Check, Mention
from hedui.reconcile.agreement.facts import common_end, common_start
from hedui.reconcile.agreement.names import set_apart
from hedui.reconcile.agreement.told import wording
from hedui.reconcile.places import Place, bodies_of, part_of
from hedui.view import View, clean

__all__ = ["Body", "body_checks", "body_of", "two_ways"]

LONG, MANY, SHARED = 5, 400, 0.6
# 贵州省岑阳县云坳镇|人民政府 · 县|社会救助中心 · 州|住房和城乡建设局
PLACE = re.compile(r"(?P<place>(?:[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗|镇|(?<!城)乡))+"
                   r"|自治区|自治州|[省市州盟县区旗镇乡])(?P<core>.{3,})")
LAST = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6}?)(?P<kind>省|市|州|盟|县|区|旗|镇|乡)$")
# 受|龙澜县财政局: letters of the sentence
STUCK = re.compile(r"^[受对由经向与和及](?=[\u4e00-\u9fff]{5,})")
LOOSE = re.compile(r"[和与及、]")
JOINS = frozenset("和与及")
SERVICES, OFFICES = ("中心", "总站", "站", "所", "处"), ("分局", "局", "厅", "委")
DATE_LINE = re.compile(r"20\d\d年\d{1,2}月(?:\d{1,2}日)?|[二〇○零一二三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月.{0,4}")
# numbered or turned to one side: two bodies of one kind
COUNTED = re.compile(r"第?[一二三四五六七八九十\d]+")


class Body(NamedTuple):
    """A body by the place it is of (bare 县 or named) and the rest of its name without 和, and where it is told first."""

    name: str
    place: str
    core: str
    span: Span


def body_of(name: str, span: Span = (0, 0)) -> Body | None:
    """
    >>> body_of("岑阳县云坳镇人民政府")[1:3], body_of("县教育和体育局")[1:3]
    (('岑阳县云坳镇', '人民政府'), ('县', '教育体育局'))
    """
    found = PLACE.fullmatch(STUCK.sub("", name))
    core = LOOSE.sub("", found["core"]).replace("委员会", "委") if found else ""
    return Body(name, found["place"], core, span) if found and len(core) >= 3 else None


def body_checks(layout: Layout, mentions: Sequence[Mention], places: Sequence[Sequence[Place]] = ()) -> Iterator[Check]:
    """One check for every body named once that another of its part can only be; companies have a rule of their own."""
    told: dict[int, Counter[str]] = defaultdict(Counter)
    bodies: dict[int, dict[str, Body]] = defaultdict(dict)
    for mention in mentions:
        if mention.label == "ORG":
            name, part = clean(layout.document.text, mention.span), part_of(layout, mention.span[0])
            body = None if name.endswith("公司") else body_of(name, mention.span)
            told[part][name] += 1
            if body is not None:
                bodies[part].setdefault(name, body)
    for part, known in bodies.items():
        unit = body_of(layout.parts[part].unit or "") if layout.parts else None
        inside = places[part] if part < len(places) else ()
        yield from signed(layout, part, inside, known, told[part])
        for body in unnamed(dict(known), bodies_of(inside)):
            told[part][body.name] += 1
            known.setdefault(body.name, body)
        if len(known) <= MANY:
            yield from doubled(layout, list(known.values()), told[part], unit)


def unnamed(known: Mapping[str, Body], views: Sequence[View]) -> Iterator[Body]:
    """Names that open and end as a known one of a service does and are told where no body was found: 县农机推广|服务|站."""
    openings = {b.place + b.core[:2] for b in known.values() if b.core.endswith(SERVICES) and len(b.core) >= LONG}
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, sorted(openings)))})[\u4e00-\u9fff]{{1,8}}?(?:{'|'.join(SERVICES)})") if openings else None
    for seen in views if pattern is not None else ():
        for match in pattern.finditer(seen.text) if pattern is not None else ():
            body = body_of(match[0], seen.span(*match.span())) if match[0] not in known else None
            if body is not None and not any(name in match[0] or match[0] in name for name in known):
                yield body


def signed(layout: Layout, part: int, places: Sequence[Place], known: Mapping[str, Body], told: Mapping[str, int]) -> Iterator[Check]:
    """The body that signs a report, alone on a line over a date, where the report is another's of the same place and office:
    教育体育局 under a report of 教育局."""
    unit = body_of(layout.parts[part].unit or "")
    times = sum(n for name, n in told.items() if unit is not None and name.endswith(unit.name))
    for (_, seen), (_, below) in pairwise(places) if unit is not None else ():
        signer = known.get(seen.text.strip())
        if signer is None or unit is None or not DATE_LINE.fullmatch(below.text.strip()) or times < 2:
            continue
        short, long = sorted((signer.core, unit.core), key=len)
        letters = iter(long)
        if short != long and same_place(signer, unit) and short[-1] == long[-1] and all(c in letters for c in short) and unit.name in known:
            yield wording(layout, known[unit.name].span, seen.span(0, len(seen.text)), "落款单位与报告单位不一")


def doubled(layout: Layout, known: Sequence[Body], told: Mapping[str, int], unit: Body | None) -> Iterator[Check]:
    done: set[str] = set()
    for a, b in combinations(known, 2):
        odd, usual = (a, b) if told[a.name] < told[b.name] or (unit is not None and b.name == unit.name) else (b, a)
        if told[odd.name] > 1 or odd.name in done or not (two_ways(a, b) or (unit is not None and misplaced(usual, odd, unit))):
            continue
        if not joined_otherwise(a.name, b.name) and any(other is not odd and other.core == odd.core and same_place(other, odd) and told[other.name]
                                                        for other in known):
            continue
        done.add(odd.name)
        yield wording(layout, usual.span, odd.span, "机构名称不一")


def same_place(a: Body, b: Body) -> bool:
    """Whether two bodies are of one place; 县 alone is any county."""
    return a.place[-1] == b.place[-1] and (len(a.place) == 1 or len(b.place) == 1 or a.place.endswith(b.place) or b.place.endswith(a.place))


def two_ways(a: Body, b: Body) -> bool:
    """Whether two bodies can only be one.

    >>> def of(x, y): return two_ways(body_of(x), body_of(y))
    >>> of("县社会救助服务中心", "县社会救助中心"), of("县退役军人服务中心", "县退役军人服务站"), of("县市场监督管理局", "县市场监管局")
    (True, True, False)
    >>> of("县第一人民医院", "县第二人民医院"), of("青岗县公安局", "青岗县公安分局"), of("县农业技术中心", "县林业技术中心")
    (False, True, False)
    """
    if joined_otherwise(a.name, b.name):
        return True
    if a.core == b.core or not same_place(a, b) or set_apart(a.core, b.core) or COUNTED.sub("", a.core) == COUNTED.sub("", b.core):
        return False
    named = len(a.place) > 1 and len(b.place) > 1
    return lost_word(a.core, b.core) or other_tail(a.core, b.core, named=named) or (named and other_words(a.core, b.core))


def joined_otherwise(a: str, b: str) -> bool:
    """人力资源和社会保障局 and 人力资源与社会保障局: one letter between two words for another that joins as well."""
    other = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) > LONG and len(other) == 1 and set(other[0]) <= JOINS


def lost_word(a: str, b: str) -> bool:
    """Whether the shorter is the longer without two letters in a row of its middle; neither may be short itself."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) != 2 or len(short) < LONG:
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return at >= 2 and len(short) - at >= 1 and short[at:] == long[at + 2:]


def other_tail(a: str, b: str, *, named: bool) -> bool:
    """服务中心 and 服务站 of one long name; 公安局 and 公安分局, 水利厅 and 水利局 where both name their place."""
    for tails, least in ((SERVICES, LONG - 1), (OFFICES, 2)):
        if tails is OFFICES and not named:
            continue
        x, y = (next((t for t in tails if core.endswith(t)), "") for core in (a, b))
        if x and y and x != y and a[:-len(x)] == b[:-len(y)] and len(a) - len(x) >= least:
            return True
    return False


def other_words(a: str, b: str) -> bool:
    """文化旅游体育局 and 文体旅游广电局: most letters in common, the first and the last, and each with some of its own; one word
    changed for another (信息中心, 事务中心) makes another body."""
    if a[0] != b[0] or a[-1] != b[-1] or min(len(a), len(b)) <= LONG:
        return False
    x, y = Counter(a), Counter(b)
    start, end = common_start(a, b), common_end(a, b)
    turned = not set(a[start:len(a) - end]).isdisjoint(b[start:len(b) - end])
    return (x & y).total() >= SHARED * max(len(a), len(b)) and bool(x - y) and bool(y - x) and turned


def misplaced(usual: Body, odd: Body, unit: Body) -> bool:
    """Whether `odd` has the core of the reporting unit, and its place but for one letter: 云坳镇 and 云坝镇."""
    if usual.core != odd.core or usual.core != unit.core:
        return False
    own, other = LAST.search(usual.place), LAST.search(odd.place)
    if own is None or other is None or own["kind"] != other["kind"] or not unit.place.endswith(own[0]):
        return False
    x, y = own["name"], other["name"]
    return len(x) == len(y) and sum(p != q for p, q in zip(x, y, strict=True)) == 1 and not set_apart(x, y)
