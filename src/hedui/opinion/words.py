"""What things are called in an opinion, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from hedui.findings import SIGNS as VERDICTS
from hedui.lexicons import rows

__all__ = ["COLUMNS", "KINDS", "MEASURES", "SAID", "SIGNS", "sureness"]

MEASURES: Mapping[str, str] = {
    "budget": "预算", "issued": "下达", "received": "到位", "executed": "支出", "carried_in": "上年结转", "carried_out": "结转",
    "income": "收入", "saved": "节约", "recovered": "收回", "contract": "合同",
}
KINDS: Mapping[str, tuple[str, str]] = {
    "conflict": ("不符", "does not agree"), "rounding": ("舍入", "rounding"), "remark": ("疑问", "question"),
}
SIGNS: Mapping[str, str] = {**{str(verdict): sign for verdict, sign in VERDICTS.items()}, "remark": "?"}
COLUMNS: Mapping[str, tuple[str, str]] = {
    "rank": ("序", "no."), "stated": ("报告所写", "what the report says"), "formula": ("算式与依据", "formula and operands"),
    "computed": ("算得或另处所写", "comes out, or told elsewhere"), "difference": ("相差", "difference"),
    "yuan": ("涉及金额", "yuan at stake"),
    "confidence": ("可信度", "confidence"), "advice": ("建议改法、备注", "proposed repair, remarks"),
}
# what is wrong, in plain words, by the kind of check; remarks by their own kind
SAID: Mapping[str, tuple[str, str]] = {
    "sum": ("合计与各项之和不等", "the total is not the sum of its parts"),
    "difference": ("差额与两数相减不等", "the difference is not what the subtraction gives"),
    "ratio": ("比率与相除所得不等", "the rate is not what the division gives"),
    "growth": ("增减幅度与两期数字不合", "the change does not go with the two periods"),
    "restated": ("同一事项前后说法不一", "one thing is told in two ways"),
    "table": ("正文与表格不一致", "text and table differ"),
    "target": ("完成情况与目标不合", "the result does not go with the target"),
    "unit": ("单位有误", "the unit is wrong"),
    "label": ("年份、名称或文号不一", "a year, name or document number differs"),
    "remark.answers": ("没有回答所问的指标", "it does not answer its indicator"),
    "remark.unit": ("答的单位与指标不同", "answered in another unit"),
    "remark.object": ("说的不是同一对象", "it speaks of another object"),
    "remark.comparator": ("只报界限，没有实际数", "a bound and no result"),
    "remark.period": ("时段与所问不合", "another period than was asked"),
    "remark.boast": ("套话，没有数", "boilerplate without a figure"),
    "remark.rate": ("比率不合情理", "a rate that can hardly be"),
    "remark.date": ("日期不合情理", "a date that can hardly be"),
    "remark.scored": ("得分与规则不合", "the score does not go with its rule"),
    "remark.quality": ("定性说法不同", "qualitative wording differs"),
    "remark.excess": ("超过目标过多", "far over its target"),
    "remark.goal": ("总体目标与完成情况不合", "the goal does not go with what was done"),
    "remark.reason": ("缺偏差或扣分的原因", "no reason is given"),
    "remark.outline": ("标题序号或所列项数不合", "numbering or a count of what is listed"),
}


def sureness(confidence: float) -> tuple[str, str]:
    """A probability in words, after sureness.tsv.

    >>> sureness(0.97)
    ('几乎可以肯定', 'almost certain')
    """
    return next((zh, en) for least, zh, en in rows("sureness", "hedui.opinion") if confidence >= float(least))
