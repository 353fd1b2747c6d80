#!/usr/bin/env python3
"""Annotated reports in; the weights of the calibrator, its metrics, its card and pictures out. Needs the extra `train`.

usage: fit_calibrator.py GOLD_DIR REPORT_DIR [GOLD_DIR REPORT_DIR ...] [--scanned PAGES] -o models/calibrator

With --scanned every report is also printed, scanned at 200 dpi and read again, so many pages of it, which needs LibreOffice and
takes some minutes. The shipped calibrator is fitted on real sources and on samples that few rules were written to, since rules are
surer of what they were written to than of anything else:

  python benchmarks/fit_calibrator.py annotations/unseen/gold annotations/unseen/samples annotations/fresh/gold annotations/fresh/samples \
      GOLD_DIR REPORT_DIR --scanned 1 -o models/calibrator
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fidelity_make import made_files, truths_of

from hedui.confidence import Item
from hedui.evaluate.calibrating import calibration_items
from hedui.evaluate.calibrator_files import write_calibrator
from hedui.synth.render_docx import WordLook

SCAN = "scan200"


def write_scans(reports: Path, out: Path, *, pages: int) -> None:
    """`NAME.scan.pdf` in `out` for every report, its first pages with their tables printed and scanned."""
    look = WordLook()
    truths = truths_of(sorted(path for path in reports.iterdir() if path.is_file()), pages=pages, look=look)
    for made in made_files(truths, (SCAN,), look):
        if made.name:
            (out / f"{made.name}.scan.pdf").write_bytes(made.data)


def items_in(pairs: Sequence[tuple[Path, Path]], *, pages: int | None) -> list[Item]:
    items = [item for gold, reports in pairs for item in calibration_items(gold, reports)]
    for gold, reports in pairs if pages else ():
        with tempfile.TemporaryDirectory() as scans:
            write_scans(reports, Path(scans), pages=pages or 0)
            items += calibration_items(gold, Path(scans))
    return items


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR REPORT_DIR")
    cli.add_argument("--scanned", type=int, metavar="PAGES")
    cli.add_argument("-o", "--out", type=Path, required=True)
    args = cli.parse_args()
    if len(args.folders) % 2:
        cli.error("folders come in pairs: GOLD_DIR REPORT_DIR")
    write_calibrator(items_in(list(zip(args.folders[::2], args.folders[1::2], strict=True)), pages=args.scanned), args.out)
    print((args.out / "card.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
