#!/usr/bin/env python3
"""Build the sample reports and their gold from the marked sources: those in sources/ to samples/ and gold/ beside it.

usage: build_samples.py [--out DIR] [--list] [SOURCE ...]     all sources without names; --list shows what was read as what
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from check_gold import text_of  # noqa: E402  the folder is found from this file

from hedui.synth.marked import build_file  # noqa: E402


def listing(report: Path, truth: Path) -> str:
    """Every mention, and every digit that no mention covers, to be read through by the author."""
    gold = json.loads(truth.read_text(encoding="utf-8"))
    out = [
        f"{m['line']}\t{m['label']}\t{m['text']}\t{m['value']}\t{m['unit']}\t{m['op'] or ''}" for m in gold["mentions"]
    ]
    if report.suffix != ".docx":
        for number, line in enumerate(text_of(report).split("\n"), 1):
            for m in (m for m in gold["mentions"] if m["line"] == number):
                line = line.replace(m["text"], "…", 1)
            if re.search(r"\d", line):
                out.append(f"{number}\tleft\t{line[:160]}")
    for key in ("indicators", "funds", "documents", "scores", "checks"):
        out += [f"{key[:-1]}\t{json.dumps(item, ensure_ascii=False)}" for item in gold[key]]
    return "\n".join(out) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Build what is asked for; 1 if a source is wrong."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("sources", nargs="*", type=Path)
    cli.add_argument("--out", type=Path, help="write samples/ and gold/ here instead of beside the sources")
    cli.add_argument("--list", action="store_true")
    args = cli.parse_args(arguments)
    wrong = False
    for source in args.sources or sorted(HERE.glob("**/sources/*.src")):
        home = source.resolve().parents[1]
        to = args.out / home.relative_to(HERE) if args.out and home.is_relative_to(HERE) else args.out or home
        samples, gold = to / "samples", to / "gold"
        for folder in (samples, gold):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            report, truth = build_file(source, samples, gold)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            wrong = True
            continue
        if args.list:
            sys.stdout.write(listing(report, truth))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
