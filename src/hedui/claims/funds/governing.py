"""The words before and behind an amount -> the measure that governs it.

A verb right before the amount governs it; without one, a verb right behind (`…万元全部到位`, `…万元没有支付`), the document that
hands it out (`…万元,由□下达`), or its place in a pair of lists (`预算、支出分别为…`). Words that only name a share of
the money (配套, 拨付) go with the list they stand in.
"""

from __future__ import annotations

import re

from hedui.claims.funds.patterns import cue_before, cue_in
from hedui.findings import Measure

__all__ = ["Told", "handed_out", "own_words", "paired", "set_beside", "told_before", "told_behind"]

Told = tuple[Measure, bool]
PAREN = re.compile(r"[(][^()]*[)]")
# 10887万元全额到位 · 500万元,已全部拨付到位 · 76.5万元结转下年
AFTER = re.compile(r"(?:资金|的)?(?:已?[于在][^,。;]{1,10}?)?(?P<all>[,]?(?:已经|已|均|全部|全额|足额|按时|及时|如期|统一|也|都)+)?(?:按规定)?"
                   r"(?:拨付|下达|分配|支付)?(?P<cue>到位|形成(?:实际)?支出|下达|分配|拨付|支付|支出|使用|执行|收回|追回|缴回|结转|发放|兑付)"
                   r"(?!率|进度|情况|方式|数|合计|总|约|金额|资金|了?\d|为\d|到\d)")
# 尚有180万元未到位 · 其余0.34万元正在追缴
MISSING = re.compile(r"(?:资金)?(?:尚|仍|还)?未(?:能|及时|按时|足额|实际|落实)*(?:到位|下达|拨付|配套|落实)"
                     r"|(?:资金)?(?:尚|仍|还|正|暂)?(?:正在|在|未|未能|待)(?:追缴|追回|追偿|清退|退缴|整改)")
# 47.7万元未支付 · 仍有112万元未用完 · 257.4万元工程款因未到付款节点没有支付,结转下年
UNSPENT = re.compile(r"[^,。;、:()\d]{0,24}?(?:没有|未)(?:能|及时|按时|实际|形成|完成)*(?:支付|支出|使用|执行|动用|列支|付款|兑付)(?!的?标准|率)"
                     r"|[^,。;、:()\d]{0,10},?(?:已|全部|按规定|按程序)*结转(?:至|到)?(?:下|次|明|20\d\d|以后)"
                     r"|[^,。;、:()\d]{0,16}?待[^,。;:()]{0,16}?(?:支付|拨付|兑付|结算|使用)|(?:为|系|属|是)(?:工程)?(?:质量保证金|质保金|尾款|余款)"
                     r"|(?:资金)?(?:仍|尚|还|一直)?(?:滞留|沉淀|闲置|结存)|(?:资金)?(?:尚|仍|还)?(?:没有?|未)(?:用完|花完|报账|报销)")
# 县级资金80万元执行52.3万元: what is spent of an amount told right behind it
OUT_OF = re.compile(r"(?:已|实际|仅|只)*(?:执行|支出|支付|使用)(?:了)?\d")
# 以上资金合计3300万元,截至评价基准日已全部到位
ARRIVED = re.compile(r",(?:截至|截止|于|已于|目前|现)[^,。;]{0,20}(?:到位|到账)(?!率)")
# 180万元(某财行〔2024〕33号下达)
BRACKET = re.compile(r"\([^()]*□[^()]*(?:下达|拨付|分配|安排)\)")
# 州级补助(某财社〔2024〕17号)96万元
NUMBERED = re.compile(r"[^□》()]\(□+\)$")
# 918万元,由省财政厅《关于下达…的通知》(某财农〔2023〕6号)下达
HANDED = re.compile(r",?[^,。;\d]{0,4}[由以](?P<body>[^,。;□\d]{0,20})[□()、,和及与]+(?:号|等|[两二三]份)*"
                    r"(?:文件?)?[^,。;\d□]{0,6}(?:下达|安排|拨付|分配|追加)")
ABOVE = re.compile(r"省|自治区|财政部|国家|中央|上级|直辖市")
# 又以某财社〔2023〕41号追加中央资金538万元
ADDED = re.compile(r"[由以根据][^,。;]{0,20}□\)?(?:文件?)?[^,;:□]{0,6}(?:追加|安排)[^,;:]*$")
# 某财社〔2020〕19号提前下达300万元、2021年6月某财社〔2021〕6号追加40万元
MORE = re.compile(r"□\)?(?:文件?)?(?:再|又)?追加[^,;:]*$")
# 某财农〔2024〕12号《…的通知》拨来300万元
SENT = re.compile(r"□[》)]?(?:文件?)?(?:拨来|拨入|下拨)[^,;:]*$")
# 、重点研发计划204万元 · 、公租房筹集131万元: a name in a list, not a plan
NAMED = re.compile(r"^(?:其中:?|、)[^,;:、]{2,16}(?:计划|筹集|筹措|投入)$")
# 项目总预算4680万元,由各级财政共同筹措:中央…1560万元
SHARED_OUT = re.compile(r"筹[措集][:：,]")
# 抽查凭证486份,涉及金额1895万元
LOOKED_AT = re.compile(r"(?:抽查|核查|抽取|复核)(?![^。;]*(?:发现|多发|查出|违规|问题))[^。;]*涉及[^,;:。]{0,6}(?:资金|金额)(?:共|合计|达)?$"
                       r"|(?:抽查|核查)(?:资金|金额)(?:共|合计|达)?$")
# 到位1326万元,差234万元
SHORT = re.compile(r"^[,;](?:仍|还|尚|只)?(?:差|短缺|短|欠)(?:了)?$")
# 拨付给企业17856万元 · 直接打卡的低保、特困补贴分别为218万元 · 实际采购452.8万元
PAID_OUT = re.compile(r"(?:拨付|拨|支付|兑付|发放)(?:给|至|到)[^,;:。]{0,8}(?:企业|公司|个人|农户|群众|学员|学生|对象)[^,;:。]{0,4}$"
                      r"|打卡[^,;:。]{0,18}$|实际采购(?:金额|额|支出)?$")
# 再加上2023年结转过来的52.6万元
BROUGHT = re.compile(r"结转(?:过来|而来|转入|来)的?$")
# 为2386名劳动者追发工资3124万元
WON_BACK = re.compile(r"(?:追发|追讨|讨回|追缴)[^,;:。]{0,6}$")
# 收入总计1218万元,支出总计1218万元: totals of both sides (annotation guidelines, Funds)
BOTH_SIDES = re.compile(r"(?<!预算)(?<!部门)(?:收入|支出|收、?支)(?:决算)?总计(?:为|各|均为|数)*$")
# 运营总成本3741万元 · 运营亏损2028万元
RUNNING = re.compile(r"(?:运营|经营|生产)(?:总)?(?:成本|亏损)(?:为|共)*$")
PLAIN: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (BOTH_SIDES, "other"), (RUNNING, "other"), (SHORT, "other"), (LOOKED_AT, "executed"), (PAID_OUT, "executed"), (SENT, "issued"),
    (BROUGHT, "carried_in"), (WON_BACK, "recovered"))
# 与2022年的2598万元相比,支出增加142万元
BESIDE = re.compile(r"(?:与|同|较|比)[^,;]{0,16}(?:年|年度|同期|上年)的?(?:决算数)?$")
COMPARED = re.compile(r"相比(?:较)?,[^,。;]{0,4}?(?P<cue>支出|收入|结余|预算)[^,。;\d]{0,4}(?:增|减|多|少|上升|下降)")
# 没有超出42万元的预算盘子
OF_BUDGET = re.compile(r"的[^,。;]{0,6}预算(?!执行|支出)")
# 3.2万元,现已退回
GIVEN_BACK = re.compile(r",?(?:现|目前|均)?已(?:全部|全额|按要求)?(?:退回|追回|清退|退缴|缴回|上缴)")
MATCHING = re.compile(r"配套[^,;:]{0,6}$")
FIRM = re.compile(r"预算|安排|应|列入|计划|承诺")
# 县级财政在年初预算中列支1000万元
PLACED = re.compile(r"预算(?:中|内|里)?[^,;:]{0,6}列支[^,;:]{0,6}$")
# 移民支出里面,…项目扶持拨付1053.92万元
PAID = re.compile(r"[,、;](?!累计|实际|共|已|全年|当年|其中|目前)[^,、;:□]{2,20}(?:拨付|划拨|拨款)(?:了)?$")
# 收到上级拨付专项资金420万元
GOT = re.compile(r"(?:收到|接收|取得|获得)(?![^,;:]*后)[^,;:]*$")
# 预计 · 拟: what follows is a plan, whatever its verb
PLANNED = re.compile(r"(?:(?<!模)拟(?!定|合)|预计|打算|力争|争取(?=[^,。;]{0,2}(?:足额|全额|落实|尽快))|下一步|明年|下年度?"
                     r"|计划(?=[^,。;]{0,4}(?:申报|争取|申请|筹措)))"
                     r"(?![^;。]*(?:实际|已|截至|累计))")
PAIR = re.compile(r"(?P<names>[^,;:。□]{2,40}?)(?:资金|数|金额|总额)?(?:依次|分别)(?:为|是|达到?|:)+$")
JOINED = re.compile(r"[、和与及]")
GIVEN = frozenset({"issued", "received", "executed", "contract"})
OPEN = frozenset({"issued", "contract"})
GRANTED = frozenset({"budget", "issued", "contract"})
KEPT = frozenset({"carried_out", "saved", "recovered"})
TAKEN = frozenset({"received", "executed", "carried_out"})


def paired(words: str) -> tuple[Measure, ...]:
    """The measures that open a pair of lists: they go to the amounts in order.

    >>> paired("2023年预算数、支出数分别为"), paired("办公费和差旅费分别为")
    (('budget', 'executed'), ())
    """
    found = PAIR.search(words)
    cues = [cue_in(piece) for piece in JOINED.split(found["names"])] if found else []
    measures = tuple(cue[0] for cue in cues if cue)
    return measures if len(measures) == len(cues) and len(set(measures)) > 1 else ()


def own_words(words: str) -> str:
    """`words`, the text from the last amount to this one, without what still belongs to that one: a bracket, and the
    document that handed it out."""
    words = PAREN.sub("", words, count=1) if words.startswith("(") else words
    handed = HANDED.match(words)
    return words[handed.end():] if handed and words[handed.end():].startswith((",", ";", "、")) else words


def told_before(words: str, head: Measure | None, level: str | None) -> Told | None:
    """The measure told in `words`, the text from the last amount to this one, and whether its own clause tells it. `head`
    is the measure of the list it stands in, None where it stands in none."""
    for pattern, measure in PLAIN:
        if pattern.search(words):
            return measure, True
    told = cue_before(words)
    if told is None:
        return ("issued", True) if NUMBERED.search(words) else None
    measure, own = told
    if own and PLACED.search(words):
        measure = "received" if head == "received" else "budget"
    elif own and measure == "budget" and (
            (ADDED.search(words) and level in ("中央", "省级")) or (MORE.search(words) and head == "issued")):
        measure = "issued"
    elif head and NAMED.search(words) and measure in ("budget", "received"):
        measure, own = head, False
    elif head == "budget" and measure == "received" and SHARED_OUT.search(words):
        measure = "budget"
    elif own and measure == "issued" and GOT.search(words):
        measure = "received"
    elif own and measure == "issued" and head == "executed" and PAID.search(words):
        measure = "executed"
    elif measure == "budget" and head in TAKEN and MATCHING.search(words) and not FIRM.search(words):
        measure = head or measure
    return ("budget" if measure in GIVEN and own and PLANNED.search(words) else measure), own


def told_behind(rest: str, told: Told | None, *, part: bool = False) -> Measure | None:
    """The measure told right behind an amount, a bracket between them skipped. Where one is `told` before it already,
    only `全部到位` and its like count; what a comma sets off is no more than a remark on a budget or on a `part` of a total."""
    if MISSING.match(rest):
        return "other"
    if OF_BUDGET.match(rest):
        return "budget"
    own = bool(told and told[1])
    bare = PAREN.sub("", rest, count=1) if rest.startswith("(") else rest
    if (not own or (told and told[0] in OPEN)) and UNSPENT.match(bare):
        return "carried_out"
    if not own and OUT_OF.match(bare):
        return "budget"
    if GIVEN_BACK.match(bare):
        return "recovered"
    if (own and told and told[0] in KEPT) or (bare.startswith(",") and (part or (own and told and told[0] in GRANTED))):
        return None
    found = AFTER.match(bare)
    if not found or (own and not found["all"]) or (not found["all"] and bare.startswith(",")):
        return "received" if not told and ARRIVED.match(bare) else None
    cue = cue_in(found["cue"])
    return cue[0] if cue else None


def set_beside(words: str, rest: str) -> Measure | None:
    """The measure of an earlier amount that this year's is compared with right behind it.

    >>> set_beside("与2022年的", "相比,支出增加142万元"), set_beside("与2022年的", "持平")
    ('executed', None)
    """
    found = COMPARED.match(rest) if BESIDE.search(words) else None
    cue = cue_in(found["cue"]) if found else None
    return cue[0] if cue else None


def handed_out(rest: str) -> bool:
    """Whether a document of a body above is said right behind an amount, or in brackets, to hand it out."""
    if BRACKET.match(rest):
        return True
    found = HANDED.match(PAREN.sub("", rest, count=1) if rest.startswith("(") else rest)
    return found is not None and (not found["body"] or bool(ABOVE.search(found["body"])))
