"""A conflict of the checks in, the theme it belongs to and how grave it is out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["SEVERITIES", "THEMES", "severity_of", "theme_of_check"]

THEMES = ("funds", "rate", "score", "target", "result", "completion", "satisfaction", "problem", "period", "unit", "name")
SEVERITIES = {"funds": "high", "rate": "high", "score": "high", "completion": "high", "satisfaction": "high", "target": "medium",
              "result": "high", "unit": "medium", "period": "low", "name": "low", "problem": "medium"}

PERIOD = re.compile(r"^(?:年度|日期|年份|时间|期限|月份)|(?:年度|日期)不一|年度[^：]{0,8}不符")
SCORE = re.compile(r"得分|总分|分值|评分|扣分|权重|等级")
POINTS = re.compile(r"\d\s*分$|^\d{1,3}(?:\.\d+)?$")
MONEY = re.compile(r"[万亿]?元")
UNITLESS, LEAST_WEIGHTS = re.compile(r"\d{1,3}(?:\.\d+)?$"), 5  # a column of weights or points
SATISFIED = re.compile(r"[^：（]{0,20}满意[^：]{0,10}：")
FIGURE = re.compile(r"^(?:≥|≤|不低于|不超过)?(\d[\d,.]*)([^\d,.]*)$")


def theme_of_check(check: Mapping[str, Any], claims: Sequence[Mapping[str, Any]] = ()) -> str:
    """The theme of a check with the verdict `conflict`; `claims` are the rows of the claims it quotes.

    >>> theme_of_check({"kind": "unit", "note": "9.82亩 应为 9.82万亩", "stated": "9.82亩", "inputs": "9.82万亩", "computed": ""})
    'unit'
    """
    kind, note, stated, inputs = (str(check.get(name) or "") for name in ("kind", "note", "stated", "inputs"))
    names = " ".join(str(claim.get("name") or claim.get("measure") or "") for claim in claims)
    if kind == "unit" or rescaled(inputs, stated):
        return "unit"
    if kind == "label":
        return "period" if PERIOD.search(note) else "name"
    if kind == "target":
        missed = note.partition("，却称")
        if POINTS.search((missed[2].strip("“” ") or stated).split("（")[0].strip("”")):
            return "score"
        return "satisfaction" if "满意" in missed[0] else "completion"
    if "目标值" in note or "标准值" in note:
        return "target"
    if SATISFIED.match(note) or ("满意" in names and kind in ("table", "restated", "ratio")):
        return "satisfaction"
    scored = any(claim.get("type") == "score" for claim in claims) or SCORE.search(note)
    if scored or (POINTS.search(stated) and stated.endswith("分")) or (kind in ("sum", "ratio") and "分" in inputs and not MONEY.search(inputs)):
        return "score"
    if kind == "sum" and UNITLESS.match(stated) and note.count("+") >= LEAST_WEIGHTS and not MONEY.search(note):
        return "score"
    if kind in ("ratio", "growth") and "%" in stated:
        return "rate"
    if MONEY.search(stated) or MONEY.search(inputs) or any(claim.get("type") == "fund" for claim in claims):
        return "rate" if "%" in stated else "funds"
    if MONEY.search(str(check.get("computed") or "")):
        return "funds"
    if "%" in stated and ("完成值" not in note or re.search(r"执行率|到位率|拨付率|支[付出]率", note)):
        return "rate"
    return "rate" if kind == "growth" else "result"


def rescaled(one: str, two: str) -> bool:
    """The same figure under units of two scales: 12.6万平方米 and 12.6平方米.

    >>> rescaled("12.6万平方米", "12.6平方米"), rescaled("12.6", "12.6万元")
    (True, False)
    """
    first, second = FIGURE.match(one), FIGURE.match(two)
    return bool(first and second and first[1] == second[1] and first[2] and second[2] and first[2] != second[2] and
                (first[2].endswith(second[2]) or second[2].endswith(first[2])))


def severity_of(theme: str, check: Mapping[str, Any]) -> str:
    """high, medium or low: what would change a judgement of the money or its results, what misleads, what is a slip of the pen."""
    return "low" if check.get("tier") == "wording" or "笔误" in str(check.get("note") or "") else SEVERITIES[theme]
