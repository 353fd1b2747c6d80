#!/usr/bin/env python3
"""Figures of a scorer and the committed baseline in, what got worse out; fails when a figure fell or a count rose.

usage: check_baseline.py FIGURES.json [BASELINE.json]
       check_baseline.py FIGURES.json [BASELINE.json] --write      raise the baseline to these figures

A rate may fall 0.005 under its baseline and no further; a count of faults (spans that do not hold their text, sums said
to hold that do not) may not rise at all; a figure of the baseline that is not there any more is a fall.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

SLACK = 0.005
FAULTS = frozenset({"bad_spans", "checks.holds.wrong"})
BASELINE = Path(__file__).parent / "baseline.json"


def worse(figures: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """One line for each figure that is worse than its baseline."""
    told = []
    for name, before in baseline.items():
        now = figures.get(name)
        if now is None:
            told.append(f"{name}: {before:g} before, not there now")
        elif name in FAULTS:
            if now > before:
                told.append(f"{name}: {before:g} before, {now:g} now")
        elif now < before - SLACK - 1e-9:
            told.append(f"{name}: {before:.4f} before, {now:.4f} now, more than {SLACK} under it")
    return told


def better(figures: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """One line for each figure that the baseline does not know or that rose above it."""
    return [f"{name}: {baseline.get(name, 0):.4f} → {now:.4f}" for name, now in figures.items()
            if name not in baseline or (name not in FAULTS and now > baseline[name] + SLACK)]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("figures", type=Path)
    cli.add_argument("baseline", type=Path, nargs="?", default=BASELINE)
    cli.add_argument("--write", action="store_true", help="write the figures as the new baseline, unless one is worse")
    args = cli.parse_args()
    figures = json.loads(args.figures.read_text(encoding="utf-8"))["figures"]
    baseline = json.loads(args.baseline.read_text(encoding="utf-8")) if args.baseline.exists() else {}
    fallen = worse(figures, baseline)
    for line in fallen:
        print(f"worse: {line}")
    for line in better(figures, baseline):
        print(f"better: {line}")
    if fallen:
        return 1
    if args.write:
        args.baseline.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    elif not args.baseline.exists():
        print(f"no baseline at {args.baseline}; write one with --write")
        return 1
    print(f"{len(baseline) or len(figures)} figures hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
