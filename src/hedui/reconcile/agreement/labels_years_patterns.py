"""Places of a report that can only name its own year. All of them match on a view; `told` is the year as quoted."""

from __future__ import annotations

import re

__all__ = ["ANOTHER", "CLOSED", "EVALUATED", "HEAD", "SCORED"]

YEAR = r"(?P<told>(?P<year>20\d\d)年度?)"
# 综合评价，某市2019年度饮水工程维修养护项目得92.49分 · 2019年度两项补贴资金绩效自评总分为97.2分
SCORED = re.compile(YEAR + r"(?:(?!20\d\d年)[^,。;]){2,40}?(?:(?:自评|评价|综合|考核|最终)(?:得分|总分|结果)|总得分|得分?)(?:为|是)?:?\d")
# 组织对2017年度纳入预算管理的8个项目开展了绩效自评
EVALUATED = re.compile(r"(?:组织|会同)[^,。;]{0,8}对" + YEAR + r"(?:(?!20\d\d年)[^,。;]){2,30}(?:开展|进行|实施)了?[^,。;]{0,8}(?:自评|评价)")
# 截至2018年12月31日，各项目累计支出10128.4万元
CLOSED = re.compile(r"截[至止]" + YEAR[:-len("年度?)")] + r"年(?:12月31日|12月底|年?底|年?末))(?:(?!20\d\d年)[^。;]){0,30}?"
                    r"(?:支出|支付|执行|拨付|列支)(?:(?!20\d\d年)[^。;]){0,12}?\d[\d,.]*[万亿]?元")
# 2018年度项目支出绩效自评表 · 附件 2018年度…
HEAD = re.compile(r"(?:附[件表]\d*[:、.]?\s*)?" + YEAR + r"[^,。;:|]{0,30}(?:自评表|评分表|得分表|情况表|完成表)(?:[(][^()]*[)])?$")
# measured against, or told of, another year on purpose
ANOTHER = re.compile(r"上年|去年|同比|较20|比20|相比|以前年度|历年|自20\d\d年|结转|分别")
