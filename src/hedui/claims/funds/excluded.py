"""The words around an amount -> whether it is no fund: a change, a price or standard, a threshold, a result of the economy."""

from __future__ import annotations

import re

from hedui.claims.funds.patterns import CLAUSE, SHARE, cue_in

__all__ = ["BENEFITS", "excluded", "follows_excluded"]

# 比2020年增加9.16万元 · 较上年减少30.61万元 · 增加/减少0万元 · 比预算少支出5.2万元
CHANGE = re.compile(r"(?:增加|减少|增长|下降|上升|提高|降低|上涨|增幅|净增|增|(?<![审核])减|多|少)"
                    r"(?:支出|支付|支|拨|收)?(?:了|额|额为|至)?(?:/?(?:增加|减少|增长|下降))?(?:约|近)?$")
COMPARED = re.compile(r"比|较|同比|相比|环比|增加/减少|上年|去年")
# 同意调减区级预算15.24万元 · 超预算0.6万元
CUT = re.compile(r"(?:调减|压减)[^,;:]{0,8}(?:预算|指标|规模)(?:数|资金|经费|共|了|为)*$"
                 r"|调减(?:了|额|额为|数)?$|超(?:出|过)?(?:预算|概算|合同价?|支)(?:了|约)?$")
# 单价50万元以上通用设备 · 人均补助标准由600元提高到640元 · 最高支付限额30万元 · 单批次检验成本1463元
# 单个企业最高补助500万元 · 设备台均5.01万元 · 户均补助按目标户数测算为6906元 · 单座(块)造价分别为4.35万元和2.62万元
UNIT_PRICE = re.compile(r"(?:单(?:价|台|件|笔|项|人|户|个|家|次|亩|座|场|期|批|例|车|套|村|校|站|所|点|处|园|井|桩|公里|平方米)"
                        r"|[人户亩车班校场次年月日台床座块村件套]均(?!已|由|按|为财政)(?:[^,。;]{0,10}按[^,。;]{0,12})?|均价|平均"
                        r"|每(?!年)[^,。;]{0,6}|人次(?:均|补[贴助]|成本|费用)|车公里|造价分别为"
                        r"|标准(?!化)|限额|起付线?|封顶线?|上限|下限|门槛|最[高低](?!投标|限价)|[一二三特优][等级]奖|定额|限价|时薪|日薪)[^,。;]{0,12}$")
# 每页加工成本按|0.9元|执行
HELD = re.compile(r"按照?$")
# 500万元以上的项目 · 50万元(含)以上设备
THRESHOLD = re.compile(r"(?:的?(?:起付|封顶|限额|标准))|\(?含?\)?(?:及|或)?(?:以上|以下|以内)\(?含?\)?"
                       r"(?:\)|的|特定|通用|专用|项目|设备|工程|采购|资产|合同)")
# 实际完成14万元,达到标准值≤14万元要求
MEETS = re.compile(r",?(?:达到|符合|未超过?|低于|高于|优于)[^,。;]{0,6}(?:标准|目标|指标|设定)值")
# 200元至3万元不等
SPREAD = re.compile(r"不等|(?:至|到|-|~|—)+\d[\d.]*[万亿]?元(?:/?[\u4e00-\u9fff]{0,2})?不等")
# 实现产值1.2亿元 · 带动农民增收300万元 · 村集体年收益11.2万元 · 新增利税1.37亿元
BENEFIT = re.compile(
    r"(?:产值|销售额|营业额|营业收入|(?<!经)营收(?!入)|销售收入|增收|纯收入|可支配收入|利润|利税|纳税额?|缴税|税收(?:收入|贡献)?|增加值|成交额|交易额|贸易额|进出口(?:总)?额"
    r"|(?<!挽回)(?<!挽回直接)经济损失|旅游(?:总|综合)?收入|(?:家庭|人均|农民|农户)年收入|市值|GDP|生产总值|经营性收入|集体(?:经济)?总?收入"
    r"|全社会[^,。;]{0,10}投入|(?:止付|冻结)资金|务工收入|工资性收入|(?<!利息)(?<!资本)收益(?!率)|分红|增效|节本|减负|资产[^,。;]{0,6}(?:总额|总值|原值|净值|价值)"
    r"|(?:存款|贷款|信贷|储蓄)余额|注册资本|评估值)(?!返还|奖励|补助|补贴)[^,。;]{0,8}$"
    r"|(?:合作社|企业|公司|农场|园区|村集体|基地|商户|农户|群众|农民|景区)(?![^,。;]*(?:基金|保险))[^,。;]{0,12}(?:收入|收益)[^,。;]{0,8}$")
# 带动社会投资1.2亿元 · 引进项目12个,计划总投资126亿元
DRAWN = re.compile(r"(?:带动|撬动|拉动|吸引|引进|引入)[^,。;]{0,14}(?:投资|投入|资本|资金|消费)(?:共|约|近|超|额|总额|达)*$")
SIGNED = re.compile(r"招商(?:引资|推介|活动)|签约项目|(?:引进|落地|入驻)(?:企业|项目)")
INVESTED = re.compile(r"(?:总?投资|资金|金额|额)(?:额|总额)?(?:共|约|近|超|达|为)*$")
RATE_OF = re.compile(r"占[^,。;、)]{0,12}$")
# 经济效益方面,… · 从实施效果看,…
BENEFITS = re.compile(r"(?<!使用)效益|(?:实施|项目|工作|带动)(?:效果|成效)")
# 比上年的12,597元 · 成交额26亿元,上年为21亿元 · 低于1500元的控制价 · 控制在概算指标65万元以内 · 均突破20万元: it goes on with what is no fund
GOES_ON = re.compile(r"(?:比|较|与|低于|高于|不高于|不低于|不超过|未超过?|超过|突破|控制在|限定在|提高到|增加到)[^,。;:]{0,14}$"
                     r"|^(?:至|到|-|~|—|、|和|节约|节省|高出|低)$|^[,(](?:上年|去年)(?:同期)?(?:为|是)?$|^[,(]20\d\d年(?:度|同期)?(?:为|是)$")
ALL = re.compile(r"总|合计|共|累计")
# 一般公共预算收入8亿元,其中税收收入5亿元
REVENUE = re.compile(r"预算收入|财政收入|非税")


def excluded(before: str, after: str) -> bool:
    """Whether the clause says that the amount is a change, a unit price, a threshold or an economic result."""
    clause = CLAUSE.split(before)[-1]
    if CHANGE.search(clause) and (COMPARED.search(before) or not cue_in(CHANGE.sub("", clause))):
        return True
    if CUT.search(clause) or UNIT_PRICE.search(clause) or DRAWN.search(clause):
        return True
    if BENEFIT.search(clause) and not REVENUE.search(before):
        return True
    if HELD.search(clause) and re.match(r"的?标准|执行|落实|发放|补助", after):
        return True
    if SIGNED.search(before) and INVESTED.search(clause) and "合同" not in clause:
        return True
    if RATE_OF.search(clause) and not SHARE.match(after):
        return True
    return bool(THRESHOLD.match(after) or SPREAD.match(after) or MEETS.match(after)) or after.startswith(("/", "每人", "的概率"))


def follows_excluded(between: str) -> bool:
    """Whether an amount only measures the one before it, which is no fund: `between` are the words between the two."""
    return bool(GOES_ON.search(between)) and not ALL.search(between) and not re.search(r"[。;]", between)
