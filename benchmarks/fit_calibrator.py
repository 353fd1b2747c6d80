#!/usr/bin/env python3
"""Annotated reports in; the weights of the calibrator, its metrics, its card and pictures out. Needs the extra `train`.

usage: fit_calibrator.py GOLD_DIR REPORT_DIR [GOLD_DIR REPORT_DIR ...] -o models/calibrator

REPORT_DIR may hold the reports as they came, or the same printed or scanned (same name, another ending).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hedui.evaluate.calibrating import calibration_items
from hedui.evaluate.calibrator_files import write_calibrator


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR REPORT_DIR")
    cli.add_argument("-o", "--out", type=Path, required=True)
    args = cli.parse_args()
    if len(args.folders) % 2:
        cli.error("folders come in pairs: GOLD_DIR REPORT_DIR")
    pairs = zip(args.folders[::2], args.folders[1::2], strict=True)
    write_calibrator([item for gold, reports in pairs for item in calibration_items(gold, reports)], args.out)
    print((args.out / "card.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
