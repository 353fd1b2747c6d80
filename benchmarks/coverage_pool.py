#!/usr/bin/env python3
"""Made reports read once -> a pool: a line a report, with what its annotations tell and what was read of it, each with its confidence.

usage: coverage_pool.py POOL.jsonl [--count N] [--workers W]

Half of the reports are as exported (noise 0.1), half as a poor character recognition leaves them (noise 0.8: digits are mistaken too), three in
ten have slips. Rules alone read them. The pool is what coverage.py draws from; made anew byte for byte from its seed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tqdm import tqdm

from hedui.evaluate.rightness import right_records
from hedui.extract import extract
from hedui.fields import plain_fields
from hedui.findings import Findings
from hedui.gold import Gold, read_gold
from hedui.readers import read
from hedui.synth.generate import make_report
from hedui.synth.marked.build import write_report

__all__ = ["POOL_SEED", "pool_lines"]

POOL_SEED = 80_000
NOISE = (0.1, 0.8)
KEPT = ("indicator", "fund", "score")


def fact(kind: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": kind, **{name: value for name, value in fields.items() if value not in (None, [], ())}, **more}


def read_facts(findings: Findings, golds: list[Gold], text: str) -> list[dict[str, Any]]:
    found = []
    for report in findings.reports:
        right = right_records(report.records, report.claims, report.checks, golds, text)
        found += [fact(one.type, plain_fields(one.fields), confidence=round(one.confidence, 5), status=one.status, right=good)
                  for one, good in zip(report.records, right, strict=True) if one.type in KEPT]
    return found


def pool_line(number: int, seed: int = POOL_SEED) -> str | None:
    """The line of report `number`; None where its draw fits no page."""
    noise = NOISE[number % 2]
    try:
        made = make_report(seed, number, noise=noise)
    except ValueError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path, gold_path = Path(folder) / f"{made.name}.txt", Path(folder) / "gold.json"
        write_report(made.page, path)
        gold_path.write_text(made.gold, encoding="utf-8")
        document = read(path)
        gold = read_gold(gold_path, text=document.text)
        findings = extract(document)
    told = [fact(claim.type, plain_fields(claim.fields), origin=claim.origin) for claim in gold.claims if claim.type in KEPT]
    facts = made.facts
    return json.dumps({"report": number, "noise": noise, "level": facts.region.level, "province": facts.region.province, "year": facts.year,
                       "told": told, "read": read_facts(findings, [gold], document.text)}, ensure_ascii=False, default=str)


def pool_lines(count: int, *, workers: int = 1) -> Iterator[str]:
    """The lines of the first `count` numbers."""
    with ProcessPoolExecutor(workers) as crew:
        yield from (line for line in crew.map(pool_line, range(1, count + 1), chunksize=16) if line)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("pool", type=Path)
    cli.add_argument("--count", type=int, default=3000)
    cli.add_argument("--workers", type=int, default=2)
    args = cli.parse_args()
    with args.pool.open("w", encoding="utf-8") as out:
        for line in tqdm(pool_lines(args.count, workers=args.workers), total=args.count, desc="读 reading", unit="份", file=sys.stderr):
            out.write(line + "\n")
            out.flush()


if __name__ == "__main__":
    main()
