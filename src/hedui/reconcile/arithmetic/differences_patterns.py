"""How reports tell what one figure is more or less than another. All of them match on a view."""

from __future__ import annotations

import re

__all__ = ["AGAINST", "COMPARED", "GAP_AFTER", "GAP_BEFORE", "LIMIT_TOLD", "NOT_DONE", "POINTS_APART"]

# 尚余|47.07万元 · 净增|6支 · 多出|20个 · 调减 · 比上年多支出|306.76万元 · 差|234万元 · 空编|7名
GAP_BEFORE = re.compile(
    r"(?:余|剩|差|欠[拨付缴]?|缺|缺口|短缺|空编|缺编|节约|节省|节支|结转|结存|沉淀|压减|核减|审减|核增|调增|调减|追加|增加|减少|净增|净减|增长|新增"
    r"|增收|减收|超支|超收|相差|差额|多出?|少|高出?|低|超出|提前|缩短|延长|仍有|还有|[未尚][^,;。]{0,8})"
    r"(?:了|为|是|有|的|资金|支出|支付|支|收入|完成|安排|投入|发放|使用|达到?|约|:)*$")
# 少于计划|5台 · 比下达计划多 · 超出不多于40件的目标|6件 · 高出控制价
COMPARED = re.compile(r"(?:多于|少于|高于|低于|高出|低出|超过|超出|超|短于|早于|晚于|不足|未达)[^,;。\d]{0,10}$")
# 超过19000套的目标|1145套: the figure before it is what it is compared with
LIMIT_TOLD = re.compile(r"^的?[^,;。\d]{0,8}(?:目标|计划|任务|指标|控制|标准|上限|下限|预算|上年|去年|同期)[^,;。\d]{0,6}$")
# 33个|均为灾后重新设计 stands behind: 没有完工的|33个
NOT_DONE = re.compile(r"(?:未|没有?|尚)[^,;。]{0,10}的?$")
# 5批次|尚在办理 · 11人|未发放 · 234万元|缺口
GAP_AFTER = re.compile(r"^[^,;。]{0,8}?(?:尚未|未能|没有|未|尚在|仍在|待|缺口|差额|结余|结转|跨年)")
# 高出目标值|5.4个百分点 · 比上年提高 · 低于 · 相差 · 距目标仍差
POINTS_APART = re.compile(r"(?:高|低|提高|提升|上升|增加|增长|下降|降低|减少|多|少|超过?|差|差距|回落|缩小|扩大)(?:于|出|过|了|为)?[^,;。\d]{0,10}$")
AGAINST = re.compile(r"比|较|高于|低于|高出|超|由|从|与|距")
