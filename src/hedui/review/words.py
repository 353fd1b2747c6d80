"""What the desk calls things, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from hedui.export.words import COLUMNS, WORDS

__all__ = ["pair"]

OWN: Mapping[str, tuple[str, str]] = {
    "year": ("年度", "year"),
    "doubt": ("拿不准", "doubtful"), "missing": ("缺栏目", "incomplete"), "audit": ("抽查", "random audit"), "blind": ("盲读", "blind reading"),
    "learn": ("供学习", "to learn from"),
    "open": ("未看", "open"), "done": ("已办", "done"), "skipped": ("跳过", "skipped"), "accepted": ("已接受", "accepted"),
    "rejected": ("已拒绝", "rejected"), "real": ("确有错误", "real"), "harmless": ("无妨", "harmless"), "wrong": ("误报", "false alarm"),
    "annotator": ("标注员", "annotator"), "adjudicator": ("裁定员", "adjudicator"), "admin": ("管理员", "admin"),
    "AMOUNT": ("金额", "amount"), "RATE": ("比率", "rate"), "QUANTITY": ("数量", "quantity"), "DATE": ("日期", "date"),
    "DOCNO": ("文号", "document number"), "TITLE": ("标题", "title"), "ORG": ("机构", "body"), "REGION": ("地区", "region"),
    "narrative": ("正文", "text"), "table": ("表格", "table"), "mention": ("提及", "mention"), "claim": ("陈述", "claim"),
    "record": ("记录", "record"), "check": ("核对", "check"), "rules": ("规则", "rules"), "model": ("模型", "model"), "both": ("规则和模型", "both"),
    "accept": ("接受", "accepted"), "reject": ("拒绝", "rejected"), "reopen": ("重开", "reopened"), "edit": ("改", "edited"),
    "span": ("移动", "moved"), "label": ("改类", "relabelled"), "add": ("补", "added"), "link": ("连", "linked"), "unlink": ("断", "unlinked"),
    "decision": ("判断", "decision"), "stands": ("成立", "stands"), "reads": ("应为", "ought to read"), "mentions": ("提及", "mentions"),
    "claims": ("陈述", "claims"), "mark": ("定性", "marked"), "note": ("批注", "noted"), "judge": ("裁定", "judged"),
    "undo": ("撤销", "taken back"), "redo": ("重做", "done again"),
    "budget": ("预算", "budget"), "issued": ("下达", "issued"), "received": ("到位", "received"), "executed": ("支出", "executed"),
    "carried_in": ("上年结转", "carried in"), "carried_out": ("结转", "carried over"), "income": ("收入", "income"), "saved": ("节约", "saved"),
    "recovered": ("收回", "recovered"), "contract": ("合同", "contract"), "other": ("其他", "other"),
}


def pair(key: str) -> tuple[str, str]:
    """`key` in Chinese and in English; itself where nothing is known.

    >>> pair("doubt"), pair("x-1")
    (('拿不准', 'doubtful'), ('x-1', ''))
    """
    return OWN.get(key) or WORDS.get(key) or COLUMNS.get(key) or (key, "")
