#!/usr/bin/env python3
"""Check that a gold file is well formed and that every quote stands where it says.

usage: check_gold.py [GOLD.json ...] [--samples DIR]     all without names; reports lie in samples/ beside gold/
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LABELS = {"AMOUNT", "RATE", "QUANTITY", "DATE", "DOCNO", "TITLE", "ORG", "REGION"}
MEASURES = {
    "budget",
    "issued",
    "received",
    "executed",
    "carried_in",
    "carried_out",
    "income",
    "saved",
    "recovered",
    "contract",
    "other",
}
PARTS = {"self_evaluation", "indicator_table", "final_accounts", "department_evaluation"}
KINDS = {"sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label"}
VERDICTS = {"consistent", "rounding", "conflict"}
TIERS = {"numeric", "value", "wording", "judgement"}
LEVELS = {"中央", "省级", "市县", "其他", None}
KEYS = {
    "reports": ("line_start", "line_end", "title", "kind", "unit", "region", "year", "programme"),
    "mentions": ("line", "nth", "text", "label", "value", "unit", "op"),
    "indicators": (
        "source",
        "line",
        "level1",
        "level2",
        "name",
        "target",
        "actual",
        "completion",
        "deviation",
        "weight",
        "score",
        "reason",
    ),
    "funds": ("source", "line", "text", "yuan", "measure", "scope", "year", "level", "documents"),
    "documents": ("line", "number", "title", "issuers", "amounts"),
    "scores": ("line", "name", "full", "score", "grade"),
    "checks": ("kind", "inputs", "stated", "computed", "verdict", "note", "tier"),
}
# 2020-03-24 · 2021-06 · 2020 · --10-30 · 2022-Q4
ISO = re.compile(r"(?:\d{4}(?:-(?:\d\d(?:-\d\d)?|Q[1-4]))?|--\d\d(?:-\d\d)?)")
# 财社〔2019〕221号 · 2015年第78号政府令 · 中央5号文
NUMBER = re.compile(r"[^\s()〔〕\[\]]+〔\d{4}〕\d+号(?:;[^\s;]+)*|(?:\d{4}年)?第\d+号(?:政府)?令|[^\s\d]+\d+号文?")

Gold = dict[str, Any]


def text_of(path: Path) -> str:
    """The text that the gold's lines count: the file itself, or what the reader gives for a Word file."""
    if path.suffix == ".docx":
        from hedui.readers import read

        return read(path).text
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def fields(gold: Gold) -> Iterator[str]:
    """Fields missing or too many."""
    for key, wanted in KEYS.items():
        for i, item in enumerate(gold[key]):
            if set(item) | {"full"} != {*wanted, "full"}:
                yield f"{key}[{i}]: fields {sorted(set(item) ^ set(wanted))}"


def shape(gold: Gold) -> Iterator[str]:
    """Words outside the lists, values of the wrong form."""
    for i, m in enumerate(gold["mentions"]):
        if m["label"] not in LABELS or m["op"] not in {None, ">=", "<=", ">", "<", "~"}:
            yield f"mentions[{i}]: {m['label']} {m['op']}"
        if m["label"] in {"AMOUNT", "RATE", "QUANTITY"} and not decimal(m["value"]):
            yield f"mentions[{i}]: value {m['value']!r}"
        if m["label"] == "DATE" and not ISO.fullmatch(m["value"]):
            yield f"mentions[{i}]: date {m['value']!r}"
        if m["label"] == "DOCNO" and not NUMBER.fullmatch(m["value"]):
            yield f"mentions[{i}]: number {m['value']!r}"
    for i, x in enumerate(gold["indicators"]):
        if (
            x["source"] not in {"narrative", "table"}
            or not x["name"]
            or any(re.search(r"\s|↵|¶", v) for v in x.values() if isinstance(v, str))
        ):
            yield f"indicators[{i}]: {x}"
    for i, x in enumerate(gold["funds"]):
        if x["measure"] not in MEASURES or x["level"] not in LEVELS or not decimal(x["yuan"]) or not x["scope"]:
            yield f"funds[{i}]: {x}"
    for i, x in enumerate(gold["reports"]):
        if x["kind"] not in PARTS:
            yield f"reports[{i}]: {x['kind']}"
    for i, x in enumerate(gold["checks"]):
        if (
            x["kind"] not in KINDS
            or x["verdict"] not in VERDICTS
            or x["tier"] not in TIERS
            or not x["note"]
            or not x["inputs"]
        ):
            yield f"checks[{i}]: {x}"


def squeeze(text: str) -> str:
    """`text` without white space."""
    return re.sub(r"\s+", "", text)


def decimal(text: object) -> bool:
    try:
        return isinstance(text, str) and Decimal(text).is_finite()
    except InvalidOperation:
        return False


def quotes(gold: Gold) -> Iterator[tuple[str, Gold]]:
    for key in ("mentions", "funds"):
        yield from ((f"{key}[{i}]", item) for i, item in enumerate(gold[key]))
    for i, item in enumerate(gold["checks"]):
        yield from ((f"checks[{i}].{j}", q) for j, q in enumerate([*item["inputs"], item["stated"]]))


def places(gold: Gold, lines: list[str]) -> Iterator[str]:
    """Quotes that do not stand on their line, mentions that overlap or reach out of the lines."""
    low, high = gold["lines"]
    for where, quote in quotes(gold):
        if not low <= quote["line"] <= min(high, len(lines)):
            yield f"{where}: line {quote['line']} outside {low}-{high}"
        elif not quote["text"] or quote["text"] not in lines[quote["line"] - 1]:
            yield f"{where}: line {quote['line']} does not hold {quote['text']!r}"
    taken: dict[int, list[tuple[int, int]]] = {}
    for i, m in enumerate(gold["mentions"]):
        body = lines[m["line"] - 1]
        found = [at for at in range(len(body)) if body.startswith(m["text"], at)]
        if len(found) < m["nth"]:
            yield f"mentions[{i}]: no occurrence {m['nth']} of {m['text']!r} on line {m['line']}"
        else:
            at = found[m["nth"] - 1]
            taken.setdefault(m["line"], []).append((at, at + len(m["text"])))
    for line, spans in taken.items():
        for one, two in zip(sorted(spans), sorted(spans)[1:], strict=False):
            if two[0] < one[1]:
                yield f"line {line}: two mentions overlap at {two[0]}"
    for key in ("indicators", "documents", "scores"):
        for i, item in enumerate(gold[key]):
            if not low <= item["line"] <= high:
                yield f"{key}[{i}]: line {item['line']}"


def cover(gold: Gold) -> Iterator[str]:
    """Reports that overlap or leave the lines, claims that no mention backs."""
    ends = 0
    for i, x in enumerate(gold["reports"]):
        if not ends < x["line_start"] <= x["line_end"] <= gold["lines"][1]:
            yield f"reports[{i}]: lines {x['line_start']}-{x['line_end']}"
        ends = x["line_end"]
    money = Counter((m["line"], m["value"]) for m in gold["mentions"] if m["label"] == "AMOUNT")
    for i, x in enumerate(gold["funds"]):
        if not money[x["line"], x["yuan"]]:
            yield f"funds[{i}]: no amount of {x['yuan']} on line {x['line']}"
    numbers = {m["value"] for m in gold["mentions"] if m["label"] == "DOCNO"}
    for i, x in enumerate(gold["documents"]):
        if x["number"] not in numbers:
            yield f"documents[{i}]: {x['number']} is not mentioned"


def faults(gold: Gold, text: str) -> list[str]:
    """All that is wrong with `gold` of the report `text`; empty if nothing is."""
    wrong = list(fields(gold)) or list(shape(gold))
    return wrong or [*places(gold, text.split("\n")), *cover(gold)]


def main(arguments: list[str] | None = None) -> int:
    """Check the files named; 1 if anything is wrong."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", nargs="*", type=Path)
    cli.add_argument("--samples", type=Path)
    args = cli.parse_args(arguments)
    wrong = 0
    for path in args.gold or sorted(HERE.glob("**/gold/*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        bad = faults(gold, text_of((args.samples or path.resolve().parents[1] / "samples") / gold["source"]))
        for line in bad:
            sys.stdout.write(f"{path.name}: {line}\n")
        counts = {k: len(gold[k]) for k in KEYS}
        conflicts = Counter(c["tier"] for c in gold["checks"] if c["verdict"] == "conflict")
        sys.stdout.write(f"{gold['source']} {counts} conflicts {dict(conflicts)} {'BAD' if bad else 'ok'}\n")
        wrong += len(bad)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
