"""How reports write total and dimension scores in prose: patterns on the words right before and around `…分`."""

from __future__ import annotations

import re

__all__ = ["ASIDE", "FULL_WORD", "GRADE", "INDICATOR", "POINTS", "SCORE_WORD", "STANDARD", "TOTAL", "WHOLE", "dimension_at", "first_dimension"]

# 91.9分 · 20分, but not 90分以上, 60分钟, 80-90分
POINTS = re.compile(r"(?<![\d.\-~—至])(?P<number>\d+(?:\.\d+)?)分(?![钟别之析类配布数值解公担辨割]|\(?含?\)?以[上下]|及以)")
LINK = r"(?:均为|各为|分别为|达到|共计|合计|为|是|:|共|计|达|占|了)*\(?$"
# 满分 · 指标权重分值为 · 总分值: the number behind is what can be had
FULL_WORD = re.compile(r"(?:满分|分值|标准分|权重|总分值|应得分?|分数占比|占)" + LINK)
# 实际得分为 · 得 · 自评得分: the number behind is what was had
SCORE_WORD = re.compile(r"(?:(?:实际|自评|评价|综合|最终|总|平均|评定|最后)*(?:得分|评分|评定分数|分数)(?:结果|情况)?|自评分"
                        r"|(?:自评|评价|评定|考核)结果|得)" + LINK)
# 综合评价得分 · 总得分 · 绩效自评得分 · 自评总分
TOTAL = re.compile(r"(?:总分|总得分|总评分|(?:综合|总体|最终|最后|自我|整体|本次|绩效|自评|评价|平均)[^,;。:]{0,8}"
                   r"(?:得分|评分|分数|总分|自评分)|自评分|平均分|(?:评分|自评|评价|评定|考核)结果)(?:结果|情况)?" + LINK)
# 单位自评标准是 · 各项指标分值分别为 · 权重设置
STANDARD = re.compile(r"标准|分值|权重|满分|设置|指标体系|百分制|分配")
# 自评结果为“优” · 绩效评价等级”好” · 评价等次为良好
GRADE = re.compile(r"(?:等级|评级|等次|档次|结果|结论|评定|级别|属于|评为|评价为)(?:评定|确定|认定)?(?:均?为|是|属于|属|:)?[\"“”'‘’「]*"
                   r"(?P<grade>优秀|良好|较好|中等|合格|及格|一般|较差|优|良|好|中|差|不合格)(?![\u4e00-\u9fff])")
# 本项指标得3分 · 扣1分: scores of single indicators and deductions
INDICATOR = re.compile(r"(?:本|该|此|各|每)(?:一)?(?:项|个)?(?:三级|二级)?指标|三级指标|扣(?:减|除|了)?$|[加减扣]$|每[^,]{0,10}得?$")
DIMENSION = re.compile(
    r"(?P<name>(?:(?:项目|绩效|部门|资金|财政)?(?:决策|过程管理|过程|投入和管理|投入与管理|投入|产出|效果|效益|效率|管理)|履职效能|履职效益|履职完成情况|履职|预算(?:资金)?执行(?:率|情况)?|资金执行率"
    r"|(?:服务对象|社会公众|社会|公众|群众)?满意度|运行成本|管理效率|社会效应|可持续发展能力|可持续影响|成本|预算管理|项目决策和过程)"
    r"(?:类)?(?:指标)?)(?:得分|部分|方面|情况|自评|评分|实际|的)*")
WHOLE = re.compile(r"(?:其中|分别为|即|包括|:)*(?P<name>[\u4e00-\u9fff“”\"]{2,14})$")
KEPT = re.compile(r"(?:产出|效益|满意度|服务对象满意度|社会满意度|社会公众满意度|公众满意度|成本|数量"
                  r"|质量|时效|决策|过程|投入|管理|效果|履职|效率|履职效能|运行成本|管理效率)指标")
ASIDE = re.compile(r"[\"“”‘’「」]")


def plain_name(name: str) -> str:
    """The name of a dimension without the words that only say that it is one.

    >>> plain_name("项目决策类指标"), plain_name("产出指标"), plain_name("过程管理指标"), plain_name("预算执行")
    ('项目决策', '产出指标', '过程管理', '预算执行')
    """
    if KEPT.fullmatch(name):
        return name
    return re.sub(r"(?:类指标|类|指标|情况)$", "", name)


def dimension_at(clause: str) -> tuple[str, int, int] | None:
    """The dimension that ends `clause`, and where it stands.

    >>> dimension_at("其中:预算执行"), dimension_at("项目决策类指标"), dimension_at("资金到位率")
    (('预算执行', 3, 7), ('项目决策', 0, 7), None)
    """
    found = max(DIMENSION.finditer(clause), key=re.Match.end, default=None)
    if found is None or found.end() != len(clause) or re.search(r"[\u4e00-\u9fff]{5,}$", clause[:found.start()].replace("其中", "")):
        return None
    return plain_name(found["name"]), found.start("name"), found.end("name")


def first_dimension(sentence: str) -> tuple[str, int, int] | None:
    """The dimension that opens a sentence: `项目决策指标从…四方面考察` -> 项目决策."""
    found = DIMENSION.search(sentence)
    if found is None or found.start() > 6:
        return None
    return plain_name(found["name"]), found.start("name"), found.end("name")
