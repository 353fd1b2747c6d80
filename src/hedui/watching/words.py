"""What the page of a run calls things, in both languages, and what became otherwise in whole sentences."""

from __future__ import annotations

from hedui.export.words import WORDS
from hedui.watching.drift import LARGE, MODERATE, Shift

__all__ = ["STATE_WORDS", "far", "feature", "percent", "sentence", "value_of"]

Pair = tuple[str, str]
STATE_WORDS: dict[str, Pair] = {
    "seen": ("待读", "waiting"), "reading": ("正在读", "being read"), "done": ("已读", "done"),
    "failed": ("未能读出", "failed"), "quarantined": ("已隔离", "quarantined"),
}
LABELS: dict[str, Pair] = {
    "AMOUNT": ("金额", "amounts"), "RATE": ("比率", "rates"), "QUANTITY": ("数量", "quantities"), "DATE": ("日期", "dates"),
    "DOCNO": ("文号", "document numbers"), "TITLE": ("文件标题", "titles"), "ORG": ("单位名称", "bodies"), "REGION": ("地区名称", "regions"),
}
GAPS: dict[str, Pair] = {
    "unit": ("编制单位", "a unit"), "region": ("地区", "a region"), "year": ("年度", "a year"), "programme": ("项目名称", "a programme"),
    "budget": ("预算数", "a budget"), "executed": ("支出数", "money spent"), "rate": ("执行率", "an execution rate"),
    "score": ("得分", "a score"), "table": ("自评表", "a table"),
}
BLANKS: dict[str, Pair] = {"target": ("目标值", "a target"), "actual": ("完成值", "a result")}
ORIGINS: dict[str, Pair] = {"narrative": ("正文", "from text"), "table": ("表格", "from tables")}
WHOLES: dict[str, Pair] = {
    "mentions": ("读出的数字与名称", "mentions"), "claims": ("陈述", "claims"), "checks": ("核对", "checks"), "records": ("记录", "records"),
    "sure_claims": ("陈述的把握", "confidence of claims"), "sure_checks": ("核对的把握", "confidence of checks"),
    "sure_records": ("记录的把握", "confidence of records"), "length": ("每份字数", "characters a file"),
    "gaps": ("报告缺项", "what reports lack"), "blanks": ("指标缺项", "what indicators lack"),
    "per_thousand.mentions": ("每千字读出的数字与名称", "mentions a thousand characters"), "per_report.claims": ("每份报告的陈述", "claims a report"),
    "per_report.checks": ("每份报告的核对", "checks a report"), "per_report.records": ("每份报告的记录", "records a report"),
}


def feature(name: str) -> Pair:
    """What a feature or a family of features is called.

    >>> feature("gaps.rate")
    ('缺执行率的报告', 'reports without an execution rate')
    >>> feature("checks.conflict.numeric.sum")
    ('“合计”不符（数值关系）占核对', 'checks: sum, conflict (arithmetic)')
    """
    if name in WHOLES:
        return WHOLES[name]
    family, _, key = name.partition(".")
    if family == "gaps":
        return f"缺{GAPS[key][0]}的报告", f"reports without {GAPS[key][1]}"
    if family == "blanks":
        return f"缺{BLANKS[key][0]}的指标", f"indicators without {BLANKS[key][1]}"
    if family == "mentions":
        return f"{LABELS[key][0]}占读出的数字与名称", f"{LABELS[key][1]} among mentions"
    if family == "checks":
        verdict, tier, kind = (WORDS[part] for part in key.split("."))
        return f"“{kind[0]}”{verdict[0]}（{tier[0]}）占核对", f"checks: {kind[1]}, {verdict[1]} ({tier[1]})"
    thing, where = key.split(".")
    side = ORIGINS[where] if family == "claims" else WORDS[where]
    return f"{WORDS[thing][0]}（{side[0]}）占{WHOLES[family][0]}", f"{WORDS[thing][1]} ({side[1]}) among {WHOLES[family][1]}"


def percent(share: float) -> str:
    """A share with three digits that count.

    >>> percent(0.1234), percent(0.00042), percent(0)
    ('12.3 %', '0.042 %', '0 %')
    """
    return f"{100 * share:.3g} %" if share < 0.9995 else "100 %"


def value_of(name: str, value: float) -> str:
    """A value of a feature as people read it."""
    if name == "length":
        return f"{2**value:,.0f}"
    if name.startswith("sure_"):
        return f"{value:.3f}"
    return f"{1000 * value:.3g}" if name.startswith("per_thousand") else f"{value:.3g}" if name.startswith("per_") else percent(value)


def sentence(shift: Shift) -> Pair:
    """What became otherwise, in words.

    >>> sentence(Shift(name="gaps.rate", before=0.04, now=0.12, p=0.0, q=0.0, notable=True))[0]
    '缺执行率的报告：本批 12 %，上次 4 %，较上次多'
    """
    more = shift.now > shift.before
    degree = ("高", "低") if shift.name.startswith("sure_") else ("长", "短") if shift.name == "length" else ("多", "少")
    chinese, english = feature(shift.name)
    now, before = value_of(shift.name, shift.now), value_of(shift.name, shift.before)
    return (f"{chinese}：本批 {now}，上次 {before}，较上次{degree[0] if more else degree[1]}",
            f"{english}: {now}, last time {before}, {'up' if more else 'down'}")


def far(index: float) -> Pair:
    """What a population stability index means by its customary bounds."""
    if index < MODERATE:
        return "稳定", "stable"
    return ("有变化", "some change") if index < LARGE else ("变化大", "large change")
