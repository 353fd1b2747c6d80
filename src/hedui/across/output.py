"""What holds between files in, the JSON of schema `hedui-across/1` and the lines for the terminal out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hedui.across.types import KINDS, Across, CrossCheck, FileQuote

__all__ = ["NAMES", "SCHEMA", "counts", "summary", "to_json", "to_output"]

SCHEMA = "hedui-across/1"
MOST_SHOWN = 10
NAMES = {
    "handed_down": ("上级下达与本级到位", "handed down and received"), "carried_over": ("上年结转与下年结转", "carried over"),
    "cited": ("同一文号", "one document number"), "told_twice": ("同一数据两处填报", "told in two files"),
    "figures_copied": ("数字照抄上年", "last year's figures"), "goals_copied": ("目标照抄其他项目", "another programme's goals"),
    "basis_copied": ("依据是其他项目的", "another programme's basis"), "name_left": ("留有其他单位名称", "another unit's name"),
    "text_copied": ("段落照抄", "copied text"),
}


def quote_output(quote: FileQuote) -> dict[str, Any]:
    return {"file": quote.file, "report": quote.report, "title": quote.title, "span": list(quote.span), "text": quote.text, "value": quote.value,
            "around": quote.around}


def check_output(check: CrossCheck) -> dict[str, Any]:
    return {"id": check.id, "kind": check.kind, "verdict": check.verdict, "tier": check.tier, "note": check.note,
            "confidence": check.confidence, "chance": check.chance, "quotes": [quote_output(quote) for quote in check.quotes]}


def counts(across: Across) -> dict[str, dict[str, int]]:
    """How many checks of each kind hold, differ by rounding, or are conflicts; every kind, in one order."""
    told = Counter((check.kind, check.verdict) for check in across.checks)
    return {kind: {verdict: told[kind, verdict] for verdict in ("conflict", "rounding", "consistent")} for kind in KINDS}


def to_output(across: Across) -> dict[str, Any]:
    """The whole as plain data; spans are `[start, end]` into the text of the file."""
    return {
        "schema": SCHEMA, "files": across.files, "reports": across.reports, "counts": counts(across),
        "checks": [check_output(check) for check in across.checks],
        "editions": [{"kept": {"file": one.kept[0], "report": one.kept[1]},
                      "others": [{"file": file, "report": report} for file, report in one.others]} for one in across.editions],
        "failures": dict(sorted(across.failures.items())), "limits": list(across.limits),
    }


def to_json(across: Across) -> str:
    """The whole as text: the same findings give the same bytes."""
    return json.dumps(to_output(across), ensure_ascii=False, separators=(",", ":")) + "\n"


def summary(across: Across) -> Iterator[str]:
    """What a person wants to know first, line by line."""
    yield f"{across.files} 个文件，{across.reports} 份报告 · {across.files} files, {across.reports} reports"
    for kind, told in counts(across).items():
        if any(told.values()):
            chinese, english = NAMES[kind]
            yield (f"  {chinese} {english}: 不符 conflicts {told['conflict']}，舍入 rounding {told['rounding']}，"
                   f"相符 consistent {told['consistent']}")
    for one in across.editions:
        yield f"  同一报告的不同版本，只用 {one.kept[0]} · editions, used is the one named: {'、'.join(file for file, _ in one.others)}"
    for line in across.limits:
        yield f"  {line}"
    found = [check for check in across.checks if check.verdict == "conflict"]
    for check in found[:MOST_SHOWN]:
        yield f"- {check.note} [{' ↔ '.join(dict.fromkeys(quote.file for quote in check.quotes))}]"
    if len(found) > MOST_SHOWN:
        yield f"… 另有 {len(found) - MOST_SHOWN} 处，见网页 · more on the page"
    if not found:
        yield "文件之间没有发现不符 · no conflict between files"
