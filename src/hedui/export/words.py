"""Chinese and English words for what tables and summaries show."""

from __future__ import annotations

__all__ = ["COLUMNS", "SHEETS", "WORDS", "heading", "word"]

WORDS = {
    "sum": ("合计", "sum"), "difference": ("差额", "difference"), "ratio": ("比率", "share or rate"),
    "growth": ("增幅", "growth"), "restated": ("前后说法", "told twice"), "table": ("文与表", "text against table"),
    "target": ("目标", "target"), "unit": ("单位", "unit slip"), "label": ("年份名称", "year or name"),
    "conflict": ("不符", "conflict"), "rounding": ("舍入", "rounding"), "consistent": ("相符", "consistent"),
    "numeric": ("数值关系", "arithmetic"), "value": ("取值", "values"), "wording": ("措辞", "wording"),
    "indicator": ("指标", "indicator"), "fund": ("资金", "fund"), "document": ("文件依据", "cited document"),
    "score": ("得分", "score"), "agree": ("文表一致", "agree"), "differ": ("文表不一", "differ"),
    "narrative_only": ("只见正文", "narrative only"), "table_only": ("只见表格", "table only"),
    "read": ("已读", "read"), "kept": ("已有结果", "read before"), "same": ("内容相同", "same content"),
    "part": ("并入报告", "read with its report"), "failed": ("未能读出", "failed"),
    "quarantined": ("已隔离", "quarantined"), "waiting": ("未读完", "still to read"),
}
COLUMNS = {
    "file": ("文件", "file"), "sha256": ("内容摘要", "sha256"), "report": ("报告", "report"),
    "report_unit": ("编制单位", "unit"), "report_year": ("年度", "year"), "programme": ("项目", "programme"),
    "id": ("编号", "id"), "kind": ("种类", "kind"), "verdict": ("结论", "verdict"), "tier": ("层次", "tier"),
    "note": ("算式", "formula"), "stated": ("所写", "stated"), "computed": ("算得", "computed"),
    "inputs": ("依据", "operands"), "start": ("起", "start"), "end": ("止", "end"), "confidence": ("把握", "confidence"),
    "type": ("类别", "type"), "status": ("状态", "status"), "name": ("名称", "name"), "level1": ("一级指标", "level 1"),
    "level2": ("二级指标", "level 2"), "target": ("目标值", "target"), "actual": ("完成值", "actual"),
    "completion": ("完成率", "completion"), "deviation": ("偏差率", "deviation"), "weight": ("分值", "weight"),
    "score": ("得分", "score"), "full": ("满分", "full marks"), "grade": ("等级", "grade"), "reason": ("原因", "reason"),
    "yuan": ("金额（元）", "yuan"), "measure": ("口径", "measure"), "scope": ("范围", "scope"),
    "fund_year": ("资金年度", "year of the fund"), "level": ("层级", "level"), "documents": ("依据文号", "documents"),
    "number": ("文号", "document number"), "title": ("标题", "title"), "issuers": ("发文机关", "issuers"),
    "amounts": ("下达金额（元）", "amounts in yuan"), "state": ("状态", "state"), "cause": ("说明", "cause"),
    "characters": ("字数", "characters"), "reports": ("报告数", "reports"), "claims": ("陈述", "claims"),
    "checks": ("核对", "checks"), "conflicts": ("不符", "conflicts"), "what": ("项目", "item"), "count": ("数目", "count"),
}
SHEETS = {
    "summary": "结论 Summary", "conflicts": "冲突 Conflicts", "checks": "核对 Checks", "records": "记录 Records",
    "files": "文件 Files",
}


def word(key: str) -> str:
    """`key` in both languages.

    >>> word("conflict")
    '不符 conflict'
    """
    return " ".join(WORDS[key]) if key in WORDS else key


def heading(column: str) -> str:
    """The head of a column in both languages, Chinese on the first line."""
    return "\n".join(COLUMNS[column])
