"""How reports write total and dimension scores in prose: patterns on the words right before and around `…分`."""

from __future__ import annotations

import re

__all__ = [
    "ASIDE",
    "BARE_TOTAL",
    "BETWEEN",
    "CLAUSE",
    "DEDUCTED",
    "FULL_WORD",
    "GRADES",
    "INDICATOR",
    "OF_ANSWERS",
    "OF_SECTION",
    "OUT_OF",
    "OWN_SCORE",
    "POINTS",
    "RESPECTIVE",
    "SCORE_WORD",
    "STANDARD",
    "SUM",
    "TOTAL",
    "WEAK_TOTAL",
    "WHOLE",
    "dimension_at",
    "dimension_of_heading",
    "first_dimension",
    "topic_of",
]

# 91.9分 · 20分, but not 90分以上, 60分钟, 80-90分 · 综合得分：96.5 (the word 分 before it alone)
POINTS = re.compile(r"(?<![\d.\-~—至])(?P<number>\d+(?:\.\d+)?)分(?![钟别之析类配布数值解公担辨割]|\(?含?\)?以[上下]|及以)"
                    r"|(?:(?<=[得评总打]分:)|(?<=[得评总打]分为)|(?<=[得评总打]分是))(?P<naked>\d{1,3}(?:\.\d+)?)(?=[,;。()]|$)")
LINK = r"(?:均为|各为|分别为|达到|评定为|共计|合计|为|是|:|共|计|达|占|了)*\(?$"
HOW = r"(?:实际|自评|自我|评价|复评|综合|总体|整体|最终|最后|总|平均|加权|评定|认定|核定|考核|绩效|合计|累计|折算|量化)*"
# 满分 · 指标权重分值为 · 总分值: the number behind is what can be had
FULL_WORD = re.compile(r"(?:(?<![得获])满分值?|总?分值|标准分值?|权重(?:总?分值?)?|基础分|应得分?|分数占比|占)" + LINK)
# 实际得分为 · 得 · 自评得分 · 综合打分 · 自评: the number behind is what was had
SCORE_WORD = re.compile(rf"(?:{HOW}(?:得分|评分|打分|计分|评定分数|分数)(?:结果|情况|值)?|自评分值?|自评总分"
                        rf"|(?:自评|评价|评定|考核|评审|打分)结果|{HOW}(?:实|共|获|取)?得(?:满分)?|自评|总评"
                        r"|(?:自我|总体|综合|整体)(?:评价|评定))" + LINK)
# 综合评价得分 · 总得分 · 绩效自评得分 · 自评总分
TOTAL = re.compile(r"(?:总分|总得分|总评分|总评|(?:综合|总体|最终|最后|自我|整体|本次|绩效|自评|评价|平均|加权)[^,;。:]{0,8}"
                   r"(?:得分|评分|打分|计分|分数|总分|自评分)|自评分|平均分|(?:评分|自评|评价|评定|考核)结果|(?:总体|综合|整体)(?:评价|评定))"
                   r"(?:结果|情况|值)?" + LINK)
# 满意度调查综合得分: of answers, not of the report
OF_ANSWERS = re.compile(r"满意度|问卷|调查")
# 本项目 · 该专项资金 · 我局 · nothing: whose score it is where the words before 得分 name no dimension
WEAK_TOTAL = re.compile(r"(?:.*(?:项目|资金|经费|补助|补贴|奖补|专项|支出|预算|部门|单位"
                        r"|我[\u4e00-\u9fff]{1,2}|全[省市县区州旗乡镇]|绩效|整体|总体|情况)(?:的|共)?)?")
# 自评总分 · 项目总分: told or to be had, as what stands around says
BARE_TOTAL = re.compile(r"总分(?:为|是|:)?$")
# 单位自评标准是 · 各项指标分值分别为 · 权重设置
STANDARD = re.compile(r"标准|分值|权重|满分|设置|指标体系|百分制|分配")
GRADE_WORD = r"(?P<grade>优秀|良好|较好|中等|合格|及格|一般|较差|优|良|好|中|差|不合格)"
# 自评结果为“优” · 绩效评价等级”好” · 评价等次为良好 · 属“良”档 · 为“优”等次
GRADES = (re.compile(r"(?:等级|评级|等次|档次|结果|结论|评定|级别|属于|评为|评价为|划分|确定)(?:评定|确定|认定)?(?:均?为|是|属于|属|:)*[\"“”'‘’「]*"
                     + GRADE_WORD + r"(?![\u4e00-\u9fff])"),
          re.compile(r"[\"“'‘「]" + GRADE_WORD + r"[\"”'’」](?:等|档|级)"))
# 本项指标得3分: scores of single indicators
INDICATOR = re.compile(r"(?:(?<!成)本|该|此|各|每)(?:一)?(?:项|个)?(?:三级|二级)?指标|三级指标|加$"
                       r"|每[^,]{0,10}得?$|(?:本|该|此|各|每)项(?:实际|自评)?得分?$")
# 扣1分 · 各扣0.5分 · 共扣减3.2分 · 失分合计1.79分
DEDUCTED = re.compile(r"(?:扣(?:减|除|了|掉|分)?|减|失分?)(?:去|了|掉)?(?:共计|合计|为|计|共|:)?$")
# 该部分满分15分，得13分 · 分值20分，实际得分18分: what stands under the heading of a dimension
OF_SECTION = re.compile(r"(?:(?:该|本|此|这一?|本项)(?:部分|方面|类别?|维度|一级指标|大类|板块)(?:指标)?)?(?:共|总|权重|指标)?")
# 1.投入指标(10分)。自评得分9分。
OWN_SCORE = re.compile(r"[)）]?。(?:实际|自评|评价)?得分?(?:为|是|:)?")
# 得分36分(满分40分)
OUT_OF = re.compile(r"[(,](?:满分|总分值?|分值|权重(?:分值?)?|标准分)(?:为|是|:)?")
SUM = re.compile(r"(?:共计|合计|总计)(?:得分|自评|得)?(?:为|是|:)?$")
CLAUSE = re.compile(r"[,;:。、(]")
# 决策、过程、产出、效益四个方面得分分别为18分、17分、…: names in a row, then their numbers in a row
RESPECTIVE = re.compile(r"(?P<names>[^,;。:(]+?)(?:等)?(?:[二三四五六2-6](?:个|大|项|类)?(?:一级)?(?:方面|部分|维度|指标|类|项|板块|环节)+)?的?"
                        r"(?P<what>(?:(?:实际|自评|评价|指标|权重)*(?:得分|评分|打分|分值|满分|得|权重))?(?:情况)?(?:分别|依次)(?:得分?|自评|评分|满分|分值|打分)?)(?:为|是|:)?$")
BETWEEN = re.compile(r"[、,]?(?:和|及|以及)?")
DIMENSION = re.compile(
    r"(?P<name>(?:管理效率|运行成本|(?:项目|绩效|部门|资金|财政)?(?:决策|过程管理|过程|投入和管理|投入与管理|投入|产出|效果|效益|效率|管理)|履职效能|履职效益|履职完成情况|履职|预算(?:资金)?执行(?:率|情况)?|资金执行率"
    r"|(?:服务对象|社会公众|受益对象|社会|公众|群众)?满意度|社会效应|可持续发展能力|可持续影响|成本|预算管理|项目决策和过程)"
    r"(?:类)?(?:指标)?)(?:得分|部分|方面|情况|自评|评分|实际|的)*")
WHOLE = re.compile(r"(?:其中|分别为|即|包括|:)*(?P<name>[\u4e00-\u9fff“”\"]{2,14})$")
KEPT = re.compile(r"(?:产出|效益|满意度|服务对象满意度|社会满意度|社会公众满意度|公众满意度|成本|数量"
                  r"|质量|时效|预算执行率|决策|过程|投入|管理|效果|履职|效率|履职效能|运行成本|管理效率)指标")
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


# 从决策看，得18分 · 在项目决策方面，程序完整，得18分
TOPIC = re.compile(r"(?:其中|[一二三四五]是|从|在|就)?[,:]?")
HEADING_END = re.compile(r"(?:情况|完成|实现|分析|评价|绩效|得分|指标|方面|部分)*")
TOPIC_END = re.compile(r"(?:来)?(?:看|方面|部分|指标|层面|上|中|环节|类)*[,:]")


def topic_of(words: str) -> tuple[str, int, int] | None:
    """The dimension that words name as what they are about: `从决策看,程序完整,` -> 决策."""
    found = DIMENSION.search(words)
    if found is None or not TOPIC.fullmatch(words[:found.start()].lstrip("。;,、")) or not TOPIC_END.match(words, found.end()):
        return None
    return plain_name(found["name"]), found.start("name"), found.end("name")


def first_dimension(sentence: str) -> tuple[str, int, int] | None:
    """The dimension that opens a sentence: `项目决策指标从…四方面考察` -> 项目决策."""
    found = DIMENSION.search(sentence)
    if found is None or found.start() > 6:
        return None
    return plain_name(found["name"]), found.start("name"), found.end("name")


def dimension_of_heading(title: str) -> str | None:
    """The dimension that a heading is all about.

    >>> dimension_of_heading("项目决策情况"), dimension_of_heading("产出指标完成情况分析"), dimension_of_heading("成本控制")
    ('项目决策', '产出指标', None)
    """
    found = DIMENSION.match(title)
    return plain_name(found["name"]) if found and HEADING_END.fullmatch(title, found.end()) else None
