"""The words around months that a balance pays for, and around averages that are weighted. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["BALANCE", "MONTHLY", "PAYS_FOR", "WEIGHED", "WEIGHT"]

# 可支付|8.6个月 · 支付能力为 · 可支付月数达到 · 能够保障发放
PAYS_FOR = re.compile(r"(?:(?:可|能|够)以?(?:持续|继续|再)?(?:支付|支撑|支持|保障|维持|发放)|(?:支付|支撑|保障)(?:能力|月数|时间))"
                      r"(?:能力|月数|时间|发放|待遇|运转)*(?:约|为|是|达到?|有|:)*$")
# 基金累计结余|12345.6万元 · 年末滚存结余为 · 期末余额
BALANCE = re.compile(r"(?:结余|结存|余额)(?:资金|基金|合计|共计|共|达到?|为|是|约|有|:)*$")
# 月均支出|1435.9万元 · 每月平均发放养老金
MONTHLY = re.compile(r"月均|每月|月平均|平均每?月")
# 加权平均得分|86分 · 加权汇总后得分为 · 按权重计算综合满意度
WEIGHED = re.compile(r"(?:加权(?:平均|汇总|计算|合计|求和)*|按(?:照)?权重(?:计算|折算|汇总|加总))[^,;。()]{0,12}$")
# 权重|60% · 占比 · 权重系数为
WEIGHT = re.compile(r"(?:权重|权数|占比|比重)(?:系数|值)?(?:各|均)?(?:占|为|是|:)*$")
