"""Patterns of headings: which name a level of indicators, which stand over goals or results and which over neither."""

from __future__ import annotations

import re

__all__ = [
    "AIMED", "ANALYSED", "CLOSING", "GENERIC", "GOAL", "GRADED", "GRADED_PART", "INDICATOR", "ISSUED", "LEVEL1", "LEVEL2", "LEVEL_NAME",
    "NEVER", "NO_RESULT", "OUTER_NAME", "RESULT", "STRONG", "TASK", "TOLD", "TOTAL",
]

# what headings add to the name of a level: 产出指标完成情况分析 -> 产出指标
ANALYSED = re.compile(r"(?:目标)?(?:完成|得分|实现|达成)情况(?:的)?(?:分析|说明)?$|(?<=指标)情况(?:的)?(?:分析|说明)?$|(?:完成)?(?:分析|说明)$")
LEVEL1 = re.compile(r"产出|效益|效果|满意度|决策|过程|投入|成本|项目完成|年度总体目标|总体目标$|履职|预算执行|(?:过程|项目)管理|可持续影响")
LEVEL2 = re.compile(r"(?:数量|质量|时效|成本|社会|经济|生态|可持续|满意)")
LEVEL_NAME = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:数量|质量|时效|成本|效益|可持续影响|满意度))(?:目标)?(?:指标)?")
# 产出指标 · 项目效益 · 履职产出情况 · 满意度方面: a level of the first rank and nothing else
OUTER_NAME = re.compile(r"(?:项目|履职|部门)?(?:产出|效益|效果|满意度)(?:类)?(?:指标|目标)?(?:方面|情况)?")
GENERIC = re.compile(r"绩效(?:目标|评价)?(?:指标)?(?:总体)?(?:完成|实现|分析)?(?:情况)?(?:分析)?$|(?<!产出)(?<!效[益果])(?<!满意度)指标分析|绩效情况"
                     r"|绩效目标(?:完成)?情况|评价指标分析")
# headings whose paragraphs tell results of indicators
RESULT = re.compile(r"绩效(?:目标|指标)[^管]{0,8}(?:完成|实现|分析|达成)|指标(?:情况|完成|分析|得分|实现|达成|自评|评价|评分|执行|落实)"
                    r"|产出|效益|效果|满意度|可持续(?:影响|性)|项目完成|项目决策|过程管理|年度总体目标|目标(?:任务)?(?:完成|实现|达成)"
                    r"|绩效(?:完成情况|实现|分析)|(?<!预算)绩效情况|数量指标|质量指标|时效指标|成本指标|履职效能|履职(?:目标)?完成")
# （二）绩效目标 · 部门整体支出绩效目标 · 年度绩效目标设定情况: headings over what is aimed at
GOAL = re.compile(r"^(?!.*(?:下达|偏离|预算[及和与、]))(?:[^，。]*(?:绩效|总体|年度|预期|年初|任务|整体|具体|主要|项目|资金|区域|总|^)目标(?:任务)?"
                  r"(?:[及和与])?(?:绩效|具体|主要)?(?:指标)?(?:值)?(?:的)?(?:设[定置立]|申报|批复|概述|概况|内容|简介|确定)?(?:情况)?"
                  r"|[^，。]*绩效指标(?:的)?(?:设[定置立]|申报)(?:情况)?|[^，。]*预期(?:产出|效益|效果|成果)[^，。]{0,8})$")
# 绩效目标分解下达情况: the goals stand in it among what was issued
ISSUED = re.compile(r"绩效目标.*(?:下达|分解)|(?:下达|分解).*绩效目标")
# …并同步下达区域绩效目标，要求|年内新改建农村公路…: from here on it tells them
AIMED = re.compile(r"绩效目标(?:表|任务)?[，,]?(?:具体|分别|主要|总体)?(?:要求|明确了?|规定|确定了?|设定|为|是|包括|即|如下|[：:])(?:[：:])?")
# 存在的问题和下步工作 · 四 改进方向: a line that is a heading though it has no number of a heading
CLOSING = re.compile(r"(?![表图附])(?:[一二三四五六七八九十]{1,2}|\d{1,2})?[\s、.．]*(?:存在|主要|有关|相关|下|改进|意见|对策|工作|自评|评价|的){0,3}"
                     r"(?:问题|不足|建议|打算|措施|结论|下一?步|改进)(?:[及和与、]?(?:的|问题|不足|原因|分析|改进|整改|建议|措施|方向|意见|工作|打算|安排|计划|下一?步|对策|结果应用)){0,6}")
# 绩效目标完成情况: what came of it
TOLD = re.compile(r"完成|实现|达成|得分|分析|自评|评价")
# 专项资金绩效目标完成情况 · 绩效指标完成情况及偏差原因: what stands under it is told, whatever else the heading names
STRONG = re.compile(r"(?<!总体)绩效(?:目标|指标)(?:任务)?(?:完成|实现|达成)(?:程度|情况)")
# 资金管理 under 项目过程 · 绩效目标 under 项目决策: a part of what an evaluation report grades
GRADED = re.compile(r"(?:项目|指标)?(?:决策|过程|投入)(?:管理)?(?:指标|类|情况|分析)*|绩效(?:评价)?指标.*分析")
GRADED_PART = re.compile(r"(?:项目|资金|财务|业务|组织|绩效|预算)(?:立项|投入|目标|管理|实施|编制|分配|使用|执行|落实|到位)(?:指标|情况|分析)*")
# under these nothing is a result, however the nearer headings read
NEVER = re.compile(r"体系|评价标准|原则|评价方法|评价内容|名词解释")
NO_RESULT = re.compile(r"资金|偏离|改进|原因|目的|原则|依据|内容|方法|结论|建议|问题|公开|应用|工作完成|分解下达|下达"
                       r"|评价体系|指标体系|概况|决算|预算绩效管理"
                       r"|措施|组织|评价标准|收入|支出")
TOTAL = re.compile(r"总体(?:绩效)?目标(?:完成|实现)情况")
# 抽检批次完成率 · “你点我检”活动场次 · 工程管护机制: the name of an indicator
INDICATOR = re.compile(r"(?:[率度次]|比例|比重|占比|[人户件次个项总家]数|发生数|数量|产量|总量|面积|里程|长度|规模|人口|成本|造价|单价|增收|时间|时限"
                       r"|时长|周期|年限|[及合完规准有明充严适可效]性|机制)$")
# headings of tasks open with what is to be done: 持续做好参保工作 · 加强基础设施建设
TASK = re.compile(r"(?:持续|继续|切实|加强|加快|加大|推[进动]|提[高升]|完善|落实|强化|优化|深化|有效|全面|积极|健全|抓)")
