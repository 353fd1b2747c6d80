#!/usr/bin/env python3
"""Made reports with planted slips in -> how often what is proposed for a figure is what stood there before the slip.

usage: repairs.py [-n COUNT] [-s SEED] [--scanned N]     every report has slips; the seed should be one that nothing was fitted on

With --scanned, N reports without slips are printed, scanned at 75 and 60 dpi and read back instead (needs LibreOffice and `hedui[scan]`).

Printed are the proposals, those that are true, and of the slips of figures those that stand in a conflict and those repaired. A slip is
known by the note that it left (应为A，写作B); targets scored all the same leave none, so that what is proposed for them counts as wrong.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter

from repairs_scanned import scanned_reports, tell_scanned

from hedui.extract import extract
from hedui.findings import Check, Repair
from hedui.readers import read_bytes
from hedui.synth.generate import make_report
from hedui.view import fold

NOTE = re.compile(r"^(?P<kind>\w+) .* ! .*应为(?P<meant>.+?)，写作(?P<written>.+)$", re.M)
NUMERAL = re.compile(r"-?\d[\d.]*")


def plain(text: str) -> str:
    return re.sub(r"[\s,]", "", fold(text))


def numeral(text: str) -> str:
    found = NUMERAL.search(plain(text))
    return found[0] if found else ""


def same(one: Repair, slip: re.Match[str]) -> bool:
    """Whether a proposal takes one slip back; cells may leave out the unit that the text has."""
    written, meant = one.stated.value or one.stated.text, one.proposed
    if slip["kind"] == "unit":
        return (plain(written), plain(meant)) == (plain(slip["written"]), plain(slip["meant"]))
    return (numeral(written), numeral(meant)) == (numeral(slip["written"]), numeral(slip["meant"]))


def disputed(checks: list[Check], slip: re.Match[str]) -> bool:
    return any(numeral(q.value or q.text) == numeral(slip["written"])
               for c in checks if c.verdict == "conflict" for q in (*c.inputs, c.stated))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("-n", "--count", type=int, default=60)
    cli.add_argument("-s", "--seed", type=int, default=930001)
    cli.add_argument("--scanned", type=int, default=0, metavar="N")
    args = cli.parse_args()
    if args.scanned:
        print(tell_scanned(scanned_reports(args.scanned, args.seed)))
        return
    told: Counter[str] = Counter()
    for number in range(1, args.count + 1):
        try:
            made = make_report(args.seed, number, slips=1.0, noise=0.05)
        except ValueError as error:
            print(f"r{number:05d}: 没有做成 · not made: {error}")
            continue
        slips = list(NOTE.finditer(made.source))
        found = extract(read_bytes(made.page.marked.text.encode(), f"{made.name}.txt"))
        checks = [c for report in found.reports for c in report.checks]
        repairs = [one for report in found.reports for one in report.repairs]
        told["proposed"] += len(repairs)
        told["true"] += sum(any(same(one, slip) for slip in slips) for one in repairs)
        told["slips"] += len(slips)
        told["disputed"] += sum(disputed(checks, slip) for slip in slips)
        told["repaired"] += sum(any(same(one, slip) for one in repairs) for slip in slips)
    print(f"proposed {told['proposed']}, true {told['true']} ({told['true'] / max(1, told['proposed']):.3f}); "
          f"slips {told['slips']}, in a conflict {told['disputed']}, repaired {told['repaired']} "
          f"({told['repaired'] / max(1, told['disputed']):.3f} of those in a conflict)")


if __name__ == "__main__":
    main()
