"""How reports tell what one of many gets or costs. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["EACH", "GROWN_WORD", "IN_ROW", "ONE_OF"]

# 每人次补贴|0.60元 · 每条线路奖励|20万元 · 平均每期|73人次 · 户均|1952元 · 单座造价|4.35万元 · 车公里补贴|1.39元 · 日均
EACH = re.compile(r"每(?:一|个)?(?P<each>[\u4e00-\u9fff]{1,5})|(?P<mean>[\u4e00-\u9fff])均"
                  r"|单(?:位|个|[\u4e00-\u9fff])?(?:造价|成本|价|耗|产)|平均|折合"
                  r"|(?:造价|成本|标准|补贴|补助|单价|工资|投入|费用)[^,;。]{0,3}$")
# /公里 · /人
ONE_OF = re.compile(r"/\s*(?P<each>[\u4e00-\u9fff]{1,4})")
# 33.33%|、|20.00%
IN_ROW = re.compile(r"\s*(?:、|,|和|及|与|以及)\s*")
GROWN_WORD = re.compile(r"(?:增长|下降|增幅|降幅|涨幅|上升|上涨|提高|降低|增加|减少|提升|缩短|压缩|回升|升幅|超出?)[^,;。\d]{0,8}$")
