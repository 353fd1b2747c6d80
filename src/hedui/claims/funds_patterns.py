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

__all__ = [
    "AFTER", "BENEFIT", "CHANGE", "CLAUSE", "COMPARED", "HELD", "LEVELS", "LISTED", "MISSING", "RATE_OF", "REGULATION", "SENTENCE", "THRESHOLD",
    "UNIT_PRICE", "cue_before", "cue_in", "heading_measure",
]

MEASURES = frozenset(get_args(Measure))
SENTENCE = re.compile(r"[。!?]")
CLAUSE = re.compile(r"[,;:]")
# 比2020年增加9.16万元 · 较上年减少30.61万元 · 增加/减少0万元
CHANGE = re.compile(r"(?:增加|减少|增长|下降|上升|提高|降低|上涨|增幅|净增|增|减|多|少)(?:了|额|额为|至)?(?:/?(?:增加|减少|增长|下降))?(?:约|近)?$")
COMPARED = re.compile(r"比|较|同比|相比|环比|增加/减少|上年|去年")
# 单价50万元以上通用设备 · 人均补助标准由600元提高到640元 · 最高支付限额30万元
UNIT_PRICE = re.compile(r"(?:单价|单台|单件|单笔|单项|[人户亩车班校场次年月日]均|每(?!年)[^,。;]{0,6}|标准(?!化)|限额|起付线?"
                        r"|封顶线?|上限|下限|门槛|最高支付|定额|限价|时薪|日薪)[^,。;]{0,12}$")
# 每页加工成本按|0.9元|执行
HELD = re.compile(r"按照?$")
# 500万元以上的项目 · 50万元(含)以上设备
THRESHOLD = re.compile(r"(?:的?(?:起付|封顶|限额|标准))|\(?含?\)?(?:及|或)?(?:以上|以下|以内)\(?含?\)?"
                       r"(?:的|特定|通用|专用|项目|设备|工程|采购|资产|合同)")
# 实现产值1.2亿元 · 带动农民增收300万元
BENEFIT = re.compile(r"(?:产值|销售额|营业额|营业收入|销售收入|增收|纯收入|可支配收入|利润|增加值|成交额|交易额|贸易额"
                     r"|(?<!挽回)(?<!挽回直接)经济损失|旅游收入"
                     r"|(?:家庭|人均|农民|农户)年收入|市值|GDP|生产总值|经营性收入|集体经济收入|务工收入|工资性收入)[^,。;]{0,8}$")
# 累计减少医保基金支出1.95亿元
LESS = re.compile(r"(?:减少|节约|节省|压减)[^,;:]{0,14}(?:支出|开支)(?:了|约|近|达)?$")
# 绩效目标为54万元 · 预计需资金54万元
NEAR = re.compile(r"(?:数|资金|经费|为|约|是|了|共|投入|需|近|值|:)*")
RATE_OF = re.compile(r"占[^,。;、)]{0,12}$")
# 10887万元全额到位 · 500万元,已全部拨付到位 · 76.5万元结转下年
AFTER = re.compile(r"(?:资金|的)?(?P<all>[,]?(?:已经|已|均|全部|全额|足额|按时|及时|如期|统一|也|都)+)?(?:按规定)?"
                   r"(?:拨付|下达|分配|支付)?(?P<cue>到位|形成(?:实际)?支出|下达|分配|拨付|支付|支出|使用|执行|收回|追回|缴回|结转|发放|兑付)"
                   r"(?!率|进度|情况|方式|数|合计|总|约|金额|资金|了?\d|为\d|到\d)")
# 尚有180万元未到位
MISSING = re.compile(r"(?:资金)?(?:尚|仍|还)?未(?:能|及时|按时)?(?:到位|下达|拨付)")
# 查处违规机构3家,涉及资金12.4万元
INVOLVED = re.compile(r"涉及(?:财政)?(?:资金|金额)")
# 其中:… · 分别为 · ①遂宁市…
LISTED = re.compile(r"其中|包括|分别|具体为|明细|一是|[①-⑳]|\(其中")
# 项目支出绩效评价管理办法
REGULATION = re.compile(r"(?:办法|条例|规定|意见|细则|制度|规划|规范|法)(?:的通知)?[》〉)]*$")
LEVELS = (
    ("中央", re.compile(r"中央(?!和|、|与|及|级?以)|国家级|财政部")),
    ("省级", re.compile(r"省级|省财政|自治区(?:级|财政|配套|补助|资金|预算)|省(?:本级|配套|补助|资金|拨)|直辖市级")),
    ("市县", re.compile(r"[市县区州盟旗](?:\(县\)|\(区\))?级|本级(?:财政|配套|预算|补助|安排|资金)|[市县区](?:本级|财政|配套|补助|区级)"
                      r"|市县|地方(?:财政|配套|资金)?|州财政")),
    ("其他", re.compile(r"其他资金|自筹|社会资[本金]|自有资金|群众(?:筹|投)|银行贷款")),
)
MIXED = re.compile(r"中央[、和与及](?:省|自治区|地方|市|县)")
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
