#!/usr/bin/env python3
"""Made reports nobody has met, with known slips; how many of these hedui finds, and how often it cries wolf.

usage: audit.py [--reports N] [--seed S] [--slips SHARE] [--jobs N] [--shuffled N] [--misses] [-o FIGURES.json]

The seed is none that training (7) or tests draw with. Reports are read by rules alone, as text. Prints, by kind of check, the recall
of numeric conflicts and the share of false ones among those said, what is said of reports that hold none, how the share of false ones
falls as only surer conflicts are shown, what `within_fdr` leaves, and the share of sentences whose relations are all right.
--shuffled holds the odds of chance against so many reports whose digits are dealt out anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from audit_chance import Trial, bins_of, trials_in
from audit_score import Audited, Kind, audited, by_kind, miss_lines, quiet

from hedui.confidence import within_fdr
from hedui.evaluate import area_under_risk, risk_coverage

SEED = 910_001
TIMES = 2
TIERS = ("numeric", "value", "wording")
SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)
RATES = (0.01, 0.03, 0.05, 0.1)
RECALL, FALSE, PER_REPORT = 0.97, 0.03, 1 / 50


def run(*, reports: int, seed: int, slips: float, jobs: int) -> list[Audited]:
    """Reports 1 … `reports` of `seed`, read in `jobs` processes."""
    numbers = range(1, reports + 1)
    if jobs < 2:
        return [audited(seed, number, slips) for number in numbers]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(partial(audited_number, seed, slips), numbers, chunksize=5))


def audited_number(seed: int, slips: float, number: int) -> Audited:
    return audited(seed, number, slips)


def risk_at(reports: Sequence[Audited]) -> list[dict[str, float]]:
    """For each least confidence of SHOWN: how many conflicts of any tier are shown, the share of false ones, and of the conflicts told."""
    said = [one for report in reports for one in report.said]
    planted = sum(len(report.planted) for report in reports)
    kept = [(least, [one for one in said if one.confidence >= least]) for least in (0.0, *SHOWN)]
    return [{"confidence": least, "said": len(of), "false": share(sum(one.answer == "false" for one in of), len(of)),
             "told": share(sum(one.answer == "told" for one in of), planted)} for least, of in kept]


def kept_within(reports: Sequence[Audited]) -> list[dict[str, float]]:
    """For each of RATES: what `within_fdr` shows of all reports together, and the share false and told of it."""
    said = [one for report in reports for one in report.said]
    planted = sum(len(report.planted) for report in reports)
    told = []
    for allowed in RATES:
        kept = within_fdr([one.check for one in said], allowed)
        ids = {id(check) for check in kept}
        of = [one for one in said if id(one.check) in ids]
        told.append({"rate": allowed, "said": len(of), "false": share(sum(one.answer == "false" for one in of), len(of)),
                     "told": share(sum(one.answer == "told" for one in of), planted)})
    return told


def share(some: int, of: int) -> float:
    return round(some / of, 4) if of else 0.0


def figures_of(reports: Sequence[Audited]) -> dict[str, Any]:
    said = [one for report in reports for one in report.said]
    told, true = [one.confidence for one in said], [one.answer != "false" for one in said]
    sound, false = quiet(reports)
    return {"reports": len(reports), "sound": sound, "false_of_sound": false,
            "kinds": {tier: {kind: {**asdict(of), "recall": of.recall, "told_recall": of.told_recall, "false_discovery": of.false_discovery}
                             for kind, of in by_kind(reports, tier=tier).items()} for tier in TIERS},
            "sentences": sentences_of(reports), "within_fdr": kept_within(reports), "risk": risk_at(reports),
            "area_under_risk": round(area_under_risk(told, true), 4) if said else None,
            "risk_curve": [[round(x, 4), round(y, 4)] for x, y in risk_coverage(told, true)] if said else []}


HEADER = ("slips", "caught", "recall", "planted", "told", "recall", "said", "echo", "false", "FDR")
TITLES = ("笔误", "查出", "查全", "应报", "报中", "查全", "报出", "连带", "误报", "误报率")


def sentences_of(reports: Sequence[Audited]) -> tuple[int, int]:
    """How many sentences have all their relations right, and how many have any."""
    return sum(report.sentences[0] for report in reports), sum(report.sentences[1] for report in reports)


def shuffled_lines(trials: Sequence[Trial]) -> list[str]:
    lines = ["", f"{'打乱数字 shuffled digits':20}{'相符 held':>10}{'预计仍相符 predicted':>22}{'仍相符 fitted':>14}"]
    return lines + [f"{one.low:9g} – {one.high:<9g}{one.checks:12}{one.predicted:22.2f}{one.fitted:16}" for one in bins_of(trials)]


def table_of(reports: Sequence[Audited]) -> str:
    lines = [f"{'类别 kind':18}" + "".join(f"{a + ' ' + b:>{11 - len(a)}}" for a, b in zip(TITLES, HEADER, strict=True))]
    for tier in TIERS:
        lines += [row(f"{tier} {kind}", of) for kind, of in by_kind(reports, tier=tier).items()]
    sound, false = quiet(reports)
    lines += ["", f"无误的报告 reports without slips: {sound}; 误报 false conflicts: {false} ({per(false, sound)} per report; bar {PER_REPORT:g})"]
    lines += ["", f"{'把握 confidence':16}{'报出 said':>10}{'误报率 FDR':>12}{'报中 told':>12}"]
    lines += [f"≥ {one['confidence']:<16g}{one['said']:10}{one['false']:14.4f}{one['told']:14.4f}" for one in risk_at(reports)]
    lines += [f"FDR ≤ {one['rate']:<12g}{one['said']:10}{one['false']:14.4f}{one['told']:14.4f}" for one in kept_within(reports)]
    perfect, sentences = sentences_of(reports)
    lines += ["", f"整句全对 sentence-perfect: {perfect}/{sentences} = {rate(perfect / sentences if sentences else None)}"]
    return "\n".join(lines)


def row(name: str, of: Kind) -> str:
    below = (of.recall is not None and of.recall < RECALL) or (of.false_discovery or 0) > FALSE
    told = (of.slips, of.caught, rate(of.recall), of.planted, of.told, rate(of.told_recall), of.said, of.echo, of.false,
            rate(of.false_discovery))
    return f"{name:20}" + "".join(f"{one:>11}" for one in told) + ("  *" if below and name.startswith("numeric") else "")


def rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def per(count: int, of: int) -> str:
    return f"{count / of:.4f}" if of else "–"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reports", type=int, default=500)
    cli.add_argument("--seed", type=int, default=SEED)
    cli.add_argument("--slips", type=float, default=0.5, help="share of reports with one to four slips")
    cli.add_argument("--jobs", type=int, default=2)
    cli.add_argument("--shuffled", type=int, default=0, metavar="N")
    cli.add_argument("--misses", action="store_true")
    cli.add_argument("-o", "--out", type=Path)
    args = cli.parse_args()
    if args.reports < 1:
        cli.error("--reports: 至少 1 份 · at least 1")
    reports = run(reports=args.reports, seed=args.seed, slips=args.slips, jobs=args.jobs)
    print(table_of(reports))
    trials = [trial for number in range(1, args.shuffled + 1) for trial in trials_in(args.seed, number, TIMES)]
    if trials:
        print(*shuffled_lines(trials), sep="\n")
    if args.misses:
        print(*miss_lines(reports), sep="\n")
    if args.out:
        told = {"seed": args.seed, "slips": args.slips, **figures_of(reports), "shuffled": [asdict(one) for one in bins_of(trials)]}
        args.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
