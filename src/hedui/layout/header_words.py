"""Headers that no list holds -> the role of their column, told by how names of such columns are built.

Templates of provinces and counties vary the words around a fixed end: 年度|年初|预期|计划 … 指标值|目标值, 实际|全年 … 完成值,
自评|评价 … 得分. Only short names are read this way; lexicons/columns.tsv goes first.
"""

from __future__ import annotations

import re

__all__ = ["role_by_words"]

MAX_HEADER = 20
WHEN = r"(?:20\d\d年度?|全年|年度|本年度?|年初|年中|年末|当年|项目|绩效|部门|预算|财政)*"
PLANNED = r"(?:设定|设置|预期|预计|计划|申报|批复|目标|考核|评价)*"
FAMILIES = tuple((role, re.compile(pattern)) for role, pattern in (
    # 一级指标(分值) · 一级指标及权重
    ("level1", r"一级(?:绩效)?指标(?:名称|及权重|及分值|类别)?"),
    ("level2", r"二级(?:绩效)?指标(?:名称|及权重|及分值|类别)?"),
    # 三级指标内容 · 绩效指标内容 · 具体指标名称
    ("name", r"三级(?:绩效)?指标(?:名称|内容|及权重|及分值)?|(?:具体|考核|明细)指标|(?:具体|考核|评价|绩效|明细)?指标(?:名称|内容)"),
    # 2021年度预期指标值 · 年初绩效目标值 · 计划指标值
    ("target", rf"{WHEN}{PLANNED}{WHEN}(?:指标值|目标值|标准值|计划值|预期值|任务值|目标数|计划数量|指标目标)"),
    # 全年实际完成指标值 · 年末完成值 · 自评完成情况 · 实际完成指标
    ("actual", rf"(?!.*绩效指标){WHEN}(?:实际|自评)+(?:完成|实现|达到|执行)*(?:指标|目标)?(?:值|数值|结果|情况)"
               rf"|{WHEN}(?:完成|实现|达成)(?:指标|目标)?(?:值|数值|结果)"
               r"|实际完成指标|(?:年度)?(?:完成|实现)情况"),
    ("completion", r"(?:指标|目标|任务|实际|年度|绩效)*(?:完成|达成|实现)(?:率|比例|程度|比率)"),
    ("deviation", r"(?:指标|目标)?(?:偏差|偏离)(?:率|度|程度)"),
    ("weight", r"(?:指标|评价|评分|权重|标准|三级)*(?:分值|权重|权数|满分值?|标准分|基准分|总分值)"),
    ("score", r"(?:自评|评价|实际|考核|指标|单位|部门|综合|最终)*(?:得分|评分|自评分|自评分值|得分值|打分)(?:情况|值)?"),
    # 未完成原因及拟采取的改进措施 · 偏差原因及整改措施 · 原因说明
    ("reason", r".{0,6}(?:原因|未完成|偏差|扣分).{0,12}(?:措施|分析|说明|原因|情况|改进)|(?:未完成|偏离|扣分)原因|原因"),
    # 全年预算数 · 年度预算安排数 · 调整后预算数
    ("budget_start", r"年初(?:预算|安排|批复){1,2}(?:数|金额|资金)"),
    ("budget", rf"{WHEN}(?:调整|调整后|下达|安排|批复|申请|追加)*(?:全年)?预算(?:安排|下达|批复)?(?:数|金额|资金|总额)?"),
    ("executed", rf"{WHEN}(?:实际)?(?:预算)?(?:执行|支出|使用)(?:数|金额|资金|额)|(?:实际|累计|已)(?:形成)?(?:支出|使用|拨付|执行"
        rf"|支付)(?:资金|数|金额|额)?"),
    ("received", rf"{WHEN}(?:实际)?(?:资金)?到位(?:数|金额|资金|额)"),
    ("rate", rf"{WHEN}(?:资金)?(?:执行|到位|支出|使用)(?:率|进度|比例)"),
    # 年初设定的绩效目标 · 年度总体目标
    ("goal", r"(?:年初|年度|预期|全年)(?:设定|预期|总体|绩效|的)*目标"),
    ("goal_actual", rf"{WHEN}(?:总体)?(?:绩效)?目标(?:实际)?(?:完成|实现)情况(?:综述|说明)?|{WHEN}(?:实际)?(?:完成|实现)情况(?:综述|说明)"),
))


def role_by_words(header: str) -> str | None:
    """The role of a column whose bare header is `header`, None where its words tell none.

    >>> role_by_words("全年实际完成指标值"), role_by_words("年度预期指标值"), role_by_words("实施单位")
    ('actual', 'target', None)
    """
    if not 2 <= len(header) <= MAX_HEADER:
        return None
    return next((role for role, pattern in FAMILIES if pattern.fullmatch(header)), None)
