#!/usr/bin/env python3
"""How near made reports are to real ones: vocabulary and runs of characters of each annotated report that the made ones hold.

usage: synth_overlap.py MADE_DIR REPORT.txt … [-o FIGURES.json] [--runs]

MADE_DIR is what `hedui synth` wrote. Where a gold of the same name lies in --gold, only the annotated lines count. Figures are
printed by source; the texts themselves are not, unless --runs asks for the runs of twelve that stand in both.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from hedui.readers import read
from hedui.synth.overlap import overlap


def annotated(path: Path, gold: Path | None) -> str:
    """The text of a report, cut to the lines that its gold covers."""
    text = read(path).text
    found = gold / f"{path.stem}.json" if gold else None
    if found is None or not found.exists():
        return text
    first, last = json.loads(found.read_text(encoding="utf-8"))["lines"]
    return "\n".join(text.split("\n")[first - 1:last])


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("made", type=Path)
    cli.add_argument("reports", type=Path, nargs="+")
    cli.add_argument("--gold", type=Path)
    cli.add_argument("-o", "--out", type=Path)
    cli.add_argument("--runs", action="store_true")
    args = cli.parse_args()
    made = [path.read_text(encoding="utf-8") for path in sorted((args.made / "reports").glob("*.txt"))]
    if not made:
        cli.error(f"{args.made}: 没有生成的报告 · no made reports")
    figures = {}
    print(f"{len(made)} made reports\nsource        chars   vocabulary  pairs  4-grams distinct / running  12-grams copied")
    for path in args.reports:
        found = overlap(made, [annotated(path, args.gold)])
        figures[path.name] = {k: v for k, v in asdict(found).items() if k != "longest"}
        print(f"{path.stem[:12]:12} {found.real_characters:6}  {found.characters:10.3f}  {found.pairs:5.3f}  {found.distinct_4:16.3f} / "
              f"{found.running_4:.3f}  {found.copied_12:15.4f}", *(found.longest if args.runs else ()), sep="\n    " if args.runs else "")
    if args.out:
        args.out.write_text(json.dumps({"made": len(made), "sources": figures}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
