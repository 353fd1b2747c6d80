"""What a sentence says of an amount of money: patterns and cue words (lexicons/measures.tsv) -> its measure.

Precedence: a cue of `over` in the clause of the amount, then the nearest cue before it, clause by clause. What a hiding
entry covers is never a cue, nor is anything inside a cited title.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast, get_args

from hedui.findings import Measure
from hedui.lexicons import rows

__all__ = ["AREAS", "CLAUSE", "LISTED", "SENTENCE", "SHARE", "SHARED", "USES", "cue_before", "cue_in", "heading_measure"]

MEASURES = frozenset(get_args(Measure))
SENTENCE = re.compile(r"[。!?]")
CLAUSE = re.compile(r"[,;:]")
# 累计减少医保基金支出1.95亿元
LESS = re.compile(r"(?:减少|节约|节省|压减)[^,;:]{0,14}(?:支出|开支|费用|成本|电费|经费)(?:了|约|近|达)?$")
# 绩效目标为54万元 · 预计需资金54万元
NEAR = re.compile(r"(?:数|资金|经费|为|约|是|了|的|共|投入|需|近|值|:)*")
# 58万元的72.72%: the amount is only what another is measured by
SHARE = re.compile(r"的(?:\d|百分之|比例)")
# ,占到位资金的92.3% · 为调整后预算的96%
SHARED = re.compile(r"[,(](?:约|分别)?占[^,;:。(]{0,20}?[\d.]+%\)?|(?:为|相当于|完成|达到?)[^,;:。(]{0,12}的[\d.]+%")
# 查处违规机构3家,涉及资金12.4万元
INVOLVED = re.compile(r"涉及(?:财政)?(?:资金|金额)")
# 从用途看,… · 按支出内容分,… · 资金主要用于以下方面:… · 支出构成为:…
USES = re.compile(r"[从按分][^,。;:]{0,6}(?:用途|支出|使用|对象)[^,。;:]{0,6}(?:看|分|归类)|分用途|按用途"
                  r"|(?:资金|经费|支出|款项)(?:主要|具体|重点|全部)?(?:用于|投向)"
                  r"|(?:支出|使用)(?:构成|结构|内容|明细|方向|去向)")
# 按地区分,… · 分区县看,…: what is handed on to the places below
AREAS = re.compile(r"[从按分][^,。;:]{0,3}(?:地区|区域|县区|区县|县市|市县|市州|州市|盟市|乡镇)[^,。;:]{0,4}(?:分|看|分配)?(?=[,:])")
# 其中:… · 分别为 · ①遂宁市… · 按资金来源分,…
LISTED = re.compile(r"其中|包括|分别|具体为|明细|一是|[①-⑳]|\(其中|[从按分][^,。;:]{1,10}(?:看|分|划分|归类)(?:为|[,:])|" + USES.pattern)
# （二）资金到位情况 · 三、支出决算情况说明
HEADING = re.compile(
    r"(?P<hide>(?:分配|使用|支出|管理|安排|支付)的?(?:原则|办法|制度|依据|方案|因素|标准)|项目支出绩效|预算绩效|支出绩效|目标|原则|办法|制度|预算法|一般公共预算|政府性基金预算|国有资本经营预算|预算单位|财政拨款)"
    r"|(?P<income>收入)|(?P<executed>支出|执行|使用|支付|决算)|(?P<received>到位|落实|筹集)|(?P<issued>下达|分配|拨付)"
    r"|(?P<carried_out>结转|结余)|(?P<budget>预算|计划|申报|批复|安排|投入)|(?P<contract>合同|中标)|(?P<recovered>监管|查处|追回)")


@lru_cache(maxsize=1)
def cues() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    found = {cue: (where, measure) for cue, where, measure in rows("measures")}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))), found


def measured(name: str) -> Measure | None:
    return cast(Measure, name) if name in MEASURES else None


@lru_cache(maxsize=8192)
def cue_in(clause: str) -> tuple[Measure, int, int] | None:
    """The measure that a clause ending at an amount tells, and where its cue stands.

    >>> cue_in("自治区本级资金到位"), cue_in("追回违规列支资金"), cue_in("一般公共预算执行率为")
    (('received', 5, 9), ('recovered', 0, 2), None)
    """
    pattern, known = cues()
    if less := LESS.search(clause):
        return "saved", less.start(), less.end()
    nearest: tuple[Measure, int, int] | None = None
    for match in pattern.finditer(clause):
        where, name = known[match.group()]
        measure = measured(name)
        if measure is None or (where == "near" and not NEAR.fullmatch(clause, match.end())):
            continue
        if where == "over":
            return measure, match.start(), match.end()
        nearest = measure, match.start(), match.end()
    return nearest


def cue_before(segment: str) -> tuple[Measure, bool] | None:
    """The measure told in `segment`, the text from the last amount to this one, nearest clause first; and whether the
    cue stands in the clause of the amount itself.

    >>> cue_before("资金下达后,项目单位实际支出"), cue_before(",其中:青石市")
    (('executed', True), None)
    """
    told: tuple[Measure, bool] | None = None
    for index, clause in enumerate(reversed(CLAUSE.split(segment))):
        found = cue_in(clause)
        if found and told is None:
            told = found[0], index == 0
            if not INVOLVED.search(clause):
                return told
        elif found and found[0] == "recovered":
            return found[0], False
    return told


def heading_measure(title: str) -> Measure | None:
    """The one measure that a heading or caption names, None where it names several or none.

    >>> heading_measure("资金到位情况"), heading_measure("资金计划、到位及使用情况"), heading_measure("收入决算情况说明")
    ('received', None, 'income')
    """
    named = {m.lastgroup for m in HEADING.finditer(title)} - {"hide"}
    if named in ({"executed", "budget"}, {"income", "executed"}) and re.search(r"预算执行|(?:收入|支出)决算", title):
        named = named - {"budget"} if "budget" in named else named
    if named == {"income", "executed"} and "收入决算" in title and "支出" not in title:
        named = {"income"}
    return measured(next(iter(named)) or "") if len(named) == 1 else None
