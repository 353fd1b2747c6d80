"""A title or the words before it -> the bodies that issued the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from hedui.claims.documents_patterns import GLUED, ISSUED_AS, TELLS_ISSUER
from hedui.claims.passages import Passage, Placed

__all__ = ["issuers_in", "told_issuers"]

APART = re.compile(r"[、,，\s　]+|(?<=[部厅局委办会室府院])和(?=[\u4e00-\u9fff]{2,})")
TOGETHER = re.compile(r"等?(?:[一二三四五六七八九十两\d]+个?)?(?:部门|单位|部委|家)$")
JOINED = re.compile(r"[、,]|和|与|及|会同|联合")


def issuers_in(title: str) -> tuple[str, ...]:
    """The bodies that open a title, also where they are written without a mark between them.

    >>> issuers_in("财政部、国家医保局关于下达补助资金预算的通知")
    ('财政部', '国家医保局')
    >>> issuers_in("某省财政厅某省教育厅关于印发管理办法的通知"), issuers_in("项目支出绩效评价管理办法")
    (('某省财政厅', '某省教育厅'), ())
    """
    found = ISSUED_AS.match(title)
    if not found:
        return ()
    bodies: list[str] = []
    for piece in APART.split(found["heads"]):
        bodies += split_bodies(TOGETHER.sub("", piece))
    return tuple(dict.fromkeys(bodies))


def split_bodies(piece: str) -> list[str]:
    """The bodies in `piece`: it is split only where every part ends as names of bodies do."""
    if not piece or not GLUED.search(piece):
        return []
    found = list(GLUED.finditer(piece))
    whole = "".join(m.group() for m in found)
    if whole != piece:
        return [piece] if piece.startswith(found[0].group()) and len(found) == 1 and len(piece) <= 20 else []
    bodies: list[str] = []
    for match in found:
        name = match.group()
        if name == "中共中央国务院":
            bodies += ["中共中央", "国务院"]
        elif bodies and len(name) < 3:
            bodies[-1] += name
        else:
            bodies.append(name)
    return bodies


def told_issuers(passage: Passage, cited: Placed) -> tuple[str, ...]:
    """The bodies named right before a title or number in its sentence: `财政部《…》`, `财政部、教育部印发的《…》`."""
    bodies: list[str] = []
    edge = cited.start
    gap = TELLS_ISSUER
    for at in range(bisect_left(passage.placed, cited.start, key=attrgetter("start")) - 1, -1, -1):
        org = passage.placed[at]
        if org.mention.label != "ORG" or not gap.fullmatch(passage.text, org.end, edge):
            break
        bodies.insert(0, str(org.mention.value))
        edge, gap = org.start, JOINED
    return tuple(bodies)
