"""What headers of columns of figures tell: what is left, how it changed, what one costs. All of them match on folded headers without spaces."""

from __future__ import annotations

import re

__all__ = ["CHANGED", "GROWTH", "LEFT_OVER", "OF_ONE", "OF_WHOLE", "OVER_LAST"]

# 结余数 · 未支出数 · 差额 · 尚未拨付
LEFT_OVER = re.compile(r"结余|结转|剩余|节余|余额|节约|节支|未[支执使拨兑完到]|差额|差异|差值|缺口|沉淀|欠[拨付]|超支|核减|审减")
# 增减额 · 比上年增加 · 变动
CHANGED = re.compile(r"增减|增加|减少|变动|增长|净增|差额|差异")
# 增长率 · 增减(%) · 同比
GROWTH = re.compile(r"增长|增幅|增减|升降|变动|同比|环比|降幅")
# 预算比上年增长 · 环比增速: over the row above
OVER_LAST = re.compile(r"(?:比|较)上[年期季月]|环比|同比")
# 人均标准 · 补助单价 · 元/人
OF_ONE = re.compile(r"标准|单价|均|每|定额|/")
# 执行率 · 占比 · 完成比例
OF_WHOLE = re.compile(r"率|占比|比重|比例|进度|[占比]%|%")
