"""The words that make a sum, a difference, a share, a rate or a growth of figures. All of them match on a view."""

from __future__ import annotations

import re

__all__ = [
    "ALL_TOLD",
    "BASE",
    "BASE_CUE",
    "CARRIED_IN",
    "CHANGE",
    "COMPLETED",
    "COMPLETION",
    "CUE",
    "DONE",
    "DOWN",
    "EXECUTION_NAME",
    "FULL",
    "GROWN",
    "ISSUED",
    "ITEM",
    "JOINT_PARTS",
    "JOINT_TOTAL",
    "LEFT",
    "LIST_CUE",
    "NAMED_CUE",
    "NUMERAL",
    "OF_BASE",
    "OF_BUDGET",
    "OF_YEARS_BUDGET",
    "OPEN_END",
    "OUTSET",
    "OWN_SUBJECT",
    "PART_OF",
    "PER",
    "PLANNED",
    "PLANNED_WORD",
    "RATE_NAME",
    "RISEN_FROM",
    "RISEN_TO",
    "SCORED",
    "SPENT",
    "TARGET",
    "TOTAL",
    "UNPAID",
    "WHICH_CUE",
    "WHOLE_POINTS",
    "WHOLE_SCORE",
    "joined",
]


def joined(*words: str) -> str:
    """The words as alternatives, longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# 1,885.40
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
# 一、 · (一) · 1. · 1、 · (1) · ①
ITEM = re.compile(
    r"[-•]?\s?(?:(?P<chapter>[一二三四五六七八九十]{1,3}、)|(?P<section>\([一二三四五六七八九十]{1,3}\))|(?P<point>\d{1,2}[.、．](?!\d))"
    r"|(?P<subpoint>\(\d{1,2}\))|(?P<circle>[①-⑳]))")

WHICH = r"(?P<which>其中(?:包括|包含|,|:)?)"
SPLIT = (r"(?P<split>分别(?:为|是|有|系):?|包括:?|包含:|由|(?:具体)?(?:如下|内容|构成|情况)(?:为|是|如下)?:|具体为:?|(?:即|为|是):|(?<=[,;])即"
         r"|从[^,;:。]{1,8}看:)")
SORTED = r"(?P<sorted>(?:按|分)[^,;:。]{1,6}(?:划分|来?分|来?看)[,:])"
LOOSE = r"(?P<loose>主要(?:是|为|包括|有)?:?(?:用于)?|用于)"
# 合计2401万元。|其中：|中央…、自治区… · 分别为 · 包括： · 按用途分， · 主要用于
CUE = re.compile(f"{SORTED}|{WHICH}|{LOOSE}|{SPLIT}")
# 基本支出|中， · 项目支出|主要包括： — a list whose total was told before
NAMED_CUE = re.compile(r"(?:^|[。;])[\s\d、.()一二三四五六七八九十]{0,5}(?:\d{4}年度?)?(?P<whole>[^,;:。\d]{3,30}?)"
                       r"(?:(?:当|之)?中,|(?:主要)?(?:包括|用于|构成)(?:以下方面)?:)")
WHICH_CUE = re.compile(r"其中[:,]")
# …完成预算100%。|其中： — the parts follow in paragraphs of their own
LIST_CUE = re.compile(r"(?:其中|包括|分别(?:为|是)|(?:如下|构成|情况|内容))?:$")
# 其中：|公务用车购置支出0万元 — opens a paragraph whose total stands in the one above
OUTSET = re.compile(r"其中[,:]?")
# 省级资金18600万元，两级|合计|172920万元 · 2022年共计下达 · 资金总额
TOTAL = re.compile(r"(?:(?P<sum>(?:^|,|;)(?:合计|共计|总计|总共))|合计|共计|总计|总共|总额|总收入|总支出|总投资|总投入|累计|调整后(?:预算)?|,共)"
                   r"(?:下达|到位|安排|支出|投入|收到|完成|拨付|收入|筹集|落实)?(?:了|资金|补助资金|金额)*(?:为|达到?)?:?$")
# 等 · 余
OPEN_END = re.compile(r"等(?:等)?[,;。)]|等(?:方面|项目|费用|支出)")

SPENT_WORDS = joined("支出", "执行", "使用", "支付", "列支", "开支", "完成投资")
PLANNED_WORDS = joined("预算", "计划", "下达", "安排", "分配", "到位", "拨付", "收入", "总投资", "投资额", "补助资金", "专项资金", "资金总额", "经费",
                       "批复", "概算", "总额", "目标", "合计", "共计", "筹集", "资金")
# 实际支出 · 执行数为 · 累计支付
SPENT = re.compile(SPENT_WORDS)
# 预算资金 · 下达 · 到位 · 总收入
PLANNED = re.compile(PLANNED_WORDS)
# 支出|预算|为 · 支出|计划 (and not 预算|支出)
PLANNED_WORD = re.compile(r"预算|计划|下达|安排|到位|收入|概算|目标|投资额")
# 应付未付 · 尚未支付
UNPAID = re.compile(r"未付|未支付|未支出|应付|尚未|暂付|结余|结转|剩余|超支")
# 年末结余 · 结转下年 · 剩余 · 余下的 · 尚余 (and not 上年结余)
LEFT = re.compile(r"(?:结余|结转|剩余|未支出|未使用|未执行|未支付|节余|余下|尚余|尚有|仍有|还有|仍余|净结余|[,;。]余)"
                  r"(?:资金|数|金额|下年度?|使用|为|的|共|共计|合计|款)*$")
# 中央和省级资金|合计|172920万元
JOINT_TOTAL = re.compile(r"(?P<names>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6})*(?:和|与|及|、)[\u4e00-\u9fff]{2,6}?)"
                         r"(?:财政)?(?:补助)?(?:资金)?(?:合计|共计|总计)(?:为|达到?)?:?$")
JOINT_PARTS = re.compile(r"、|和|与|及")
# 共计下达…补助资金|10887万元
ALL_TOLD = re.compile(r"(?:合计|共计|总计|总共|累计|总额)[^,;。]{0,40}$")
# 根据…（财社〔2019〕221号）|下达|8297万元
ISSUED = re.compile(r"(?:下达|拨付|安排)(?:了|我[省市县区局]|资金|补助资金)*$")
# 上年结转 · 年初结余
CARRIED_IN = re.compile(r"上年|年初|以前年度|历年|往年|期初")

# ,|占本年支出合计的|99.84% · 占比为 · 占总额的比重为
PART_OF = re.compile(r"占(?:比|(?P<whole>[^,;:。]*?))(?:的?(?:比重|比例|比))?(?:的|约|为|是|达到?|:)*$")
# 324.07万元。|授予中小企业合同金额|占 — the share is of something that the figure before it does not tell
OWN_SUBJECT = re.compile(r"(?:^|[。;,])(?!其)[^,;。]{2,}(?:金额|资金|支出|收入|数量|[额数])$")
# 执行率 · 资金按时到位率为 · 得分率达到 · 群众满意度
RATE_NAME = re.compile(r"(?P<name>[^,;:。()\d]{0,24}?(?:率|比例|进度|比重|(?:满意|知晓|认可|支持|信任)程?度|覆盖面))"
                       r"(?:的|为|是|达到?了?|:|约|仅|均|都|共)*$")
# 完成预算的 · 完成年度目标任务的 · 为预算的 · 相当于年初计划的 · 达到目标值的
COMPLETED = re.compile(r"(?:完成(?:了)?|(?:相当于|达到?|为|是)(?=[^,;:。]{0,14}的$))"
                       r"(?P<whole>(?:[^,;:。]{0,12})?(?:预算|目标|任务|计划|指标值?)[^,;:。\d]{0,6}?)(?:的|为|达到?)*$")
# 实际完成|10.15公里 · 实际支出
DONE = re.compile(r"(?:完成|做到|达到|落实|支出|发放|补助|建成|参加|培训|实际)[^,;。]*$")
# 完成率 · 目标完成率为
COMPLETION = re.compile(r"完成(?:率|比例)(?:为|是|达到?|:)*$")
# 预算完成率 · 资金预算完成率为: what was spent of the budget
OF_BUDGET = re.compile(r"预算完成(?:率|进度)(?:为|是|达到?|:)*$")
# 占|全年预算|的96.09%
OF_YEARS_BUDGET = re.compile(r"(?:全年|年度|年初|本年|当年)?预算(?:总额|资金|数)?")
# 指标值为≥|15000人 · 年初目标 · 目标值
TARGET = re.compile(r"(?:指标值|目标值?|计划值?|任务数?|预期值?|标准值|预算)(?:为|是|:)?(?:≥|≤|>=|<=|不低于|不少于|不超过|达到?)*(?:[^,;。:]{0,6})$")
# 预算执行率 · 资金到位率 · 支付进度
EXECUTION_NAME = re.compile(joined("执行", "支出", "支付", "使用", "列支", "到位", "拨付", "下达"))
# 分值20分 · 满分 · 权重
FULL = re.compile(r"(?:分值|满分|权重分?|总分|标准分|应得分)(?:为|是|共|合计|:)*$")
# 实际得分 · 得分为 · 自评得
SCORED = re.compile(r"(?:得分|实得|评分|自评得|自评分?|得|评价分数|扣分后)(?:为|是|合计|共|:)*$")
# 总得分为 · 综合得分 · 自评得分
WHOLE_SCORE = re.compile(joined("总得分", "总分", "综合得分", "综合评价得分", "总评得分", "最终得分", "评价得分", "自评得分", "综合评分", "得分",
                                "评价总分", "自评总分", "最终评分", "整体绩效得分") + r"(?:结果)?(?:为|是|共|:)*$")
# 总分100分 · 满分为
WHOLE_POINTS = re.compile(r"(?:总分值?|满分|总分值|合计)(?:为|是|共|:)*$")

# ,|增加|234.46万元 · 各减少
CHANGE = re.compile(r"(?:增加|增长|减少|下降|提高|降低|上升|增多|多出|少于)(?:/(?:减少|下降))?(?:了|额|为|支出|收入)*$")
# 增长|57.03% · 下降了 · 增幅为
GROWN = re.compile(r"(?:增加|增长|减少|下降|提高|降低|上升|增幅|增长率|降幅|上涨)(?:/(?:减少|下降))?(?:了|率|为|达到?|幅度)*$")
DOWN = re.compile(r"减少|下降|降低|降幅|少$")
# 由600元|提高到|640元
RISEN_TO = re.compile(r"(?:提高|增加|增长|上升|提升|下降|减少|降低|扩大)(?:到|至)|[增升降减](?:到|至)$")
RISEN_FROM = re.compile(r"(?:由|从)[^,;。]*$")
# 完成投资计划200万元|的|93% · 占总投资300万元|的|60%
OF_BASE = re.compile(r"^的(?:约|近)?$")
BASE_CUE = re.compile(r"(?:占|完成|达到?|为)[^,;。]*$")
# 比2021年的|1096.4万元 · 与上年支出|6127.3万元|相比 · 上年为
BASE = re.compile(r"(?:(?:比|较|由|与|同|和|从)(?:上年度?|去年|上一年度?|\d{4}年度?|年初|全年)(?:同期|同时期)?(?:的|度的)?"
                  r"|(?:^|[,;(])(?:上年度?|去年|上一年度?)(?:同期|同时期)?(?:的|度的)?)(?P<what>[^,;。]{0,8})$")
# 亩均投资|1800元/亩
PER = re.compile(r"[人亩户均头件次车校村]均[^,;。]*$|每[人亩户件次个][^,;。]*$")
