"""Where words of degree are no result: plans, targets, names of indicators, surveys, what figures bear out."""

from __future__ import annotations

import re

__all__ = ["BORNE_OUT", "DONE_ANYHOW", "FACTS", "FIXED", "MARKED", "NOT_TOLD", "PLANNED", "RESULT", "TARGET", "TARGETED", "UNTOLD_HEADS", "WHOLE"]

# heads of sections that tell no results
UNTOLD_HEADS = re.compile(r"下一步|改进|建议|整改措施|目标(?!.{0,6}(?:完成|实现|分析))|原则|目的|依据|概况|背景|立项|实施内容|评价工作|评价指标"
    r"|问题|名词解释|职能|职责")
PLANNED = re.compile(r"下一?步|今后|明年|下一年|将(?!军|近|于\d)|拟(?!建)|力争|争取|确保|要求|建议|旨在|应当|须|为(?:了|进一步|更好|贯彻|加强"
    r"|保证|保障)|推进力度|有待|需(?:进一步|要|继续)"
                     r"|预计|打算|是下一|使(?!用)[^,。;]{2,20}(?:得到|有所)")
TARGET = re.compile(r"(?:年度|总体|绩效|区域|阶段性|具体|项目)+目标(?:为|是|:|如下)|目标:|主要(?:目标|任务)是|不(?:少|低|高|超)(?:于|过)|(?:达到"
    r"|提高到?)[\d.]+[^,。;]{0,6}以上|以上(?=[,。;])|计划(?:安排|再|新|拟)")
NOT_TOLD = re.compile(r"一类(?:的)?(?:表述|提法)|难以衡量|无法衡量|关于[^,。;]*通知|基本(?:满意|情况)|表示满意|满意的?\d|《[^》]*$|阶段\("
    r"|\d+月[—\-至到]\d+月|项目内容(?:包括|为)|工作内容")
MARKED = re.compile(r"[得扣]\d+(?:\.\d+)?分")
# 指标值为有所改善: what was asked, not what was reached
TARGETED = re.compile(r"(?:指标值|目标值|预期值|年初目标|预算控制数|标准值)(?:[^,。;]{0,4}?(?:为|是|:|“)[^,。;]{0,8})?$")
RESULT = re.compile(r"(?:实际)?(?:完成(?:值|情况)|完成情况|实际(?:值|完成值|完成情况|完成))(?:为|是|:|“|情况)?:?")
# 由6.2%下降到5.1% · 比上年提高2.7个百分点: figures of a change that bear words of degree out
BORNE_OUT = re.compile(r"(?:由|从)[^,。;]{0,12}\d[^,。;]{0,10}(?:到|至|为)\d|[比较](?:上年|去年|同期|20\d\d年|上一?年度|改造前"
    r"|项目实施前)[^,。;]{0,16}\d|个百分点|同比[^,。;]{0,6}\d")
FIXED = re.compile(r"基本(?:公共|医疗|养老|生活|建设|支出|情况|康复|服务|单位|原则|辅助|农田|需求|功能|满意|保险|药物|草原|殖|权益|态度|民生|盘)"
    r"|持续(?:时间|期)|稳定(?:就业|在)|逐步(?:实施|开展)阶段|初步(?:设计|统计|测算|核算|验收)|较上年|较大(?:及以上|事故|的)|进一步(?:加强|强化"
    r"|规范)[^,。;]{2,}|总体(?:目标|执行率|预算|规划|要求|方案|到位|支出|投资|绩效|情况(?!良|较)|得分)|正在[^,。;]{0,4}完善信息")
WHOLE = re.compile(r"目标|任务|指标|总体|各项|年度")
DONE_ANYHOW = re.compile(r"(?:完成率|偏差率)\(?[^,。;]{0,3}[\d.]+%|\d{4}年|\d+月")
# what a row may answer in words without hiding anything
FACTS = re.compile(r"^(?:无|没有|是|否|有|已?完成|不适用|未发生|零|0|合法合规|/|-|—|已?印发|(?:已)?(?:建成|投入使用|建成并投入使用|出台|发布"
    r"|签订|通过验收))$")
