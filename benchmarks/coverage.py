#!/usr/bin/env python3
"""A pool of made reports (coverage_pool.py) -> how often the intervals of `hedui.research.doubt` hold the truth.

usage: coverage.py POOL.jsonl [--draws 200] [--reports 300] [--checked 60] [--wrong 0.15] [-o FIGURES.json]

The pool is the population, and what its annotations tell of it is the truth. Every draw takes so many reports out of it, with replacement, as hedui
read them, and asks for a figure in four ways: with everything taken as read; weighted by confidence as told; with a model of errors fitted on 150
other reports, drawn too, whose truth is known; and with some of the reports checked by hand, one in `--reports` / `--checked`. Readings are those of
the pool and, with --wrong, worse ones: of so many values a digit is mistaken, the unit slipped, another report's value taken or nothing read.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from coverage_frames import facts_of, worse
from scipy.stats import beta
from tqdm import tqdm

from hedui.research.doubt import (
    Checked,
    Estimate,
    correlation,
    difference,
    fit_errors,
    mean,
    median,
    ratio,
    share,
    slope,
    total,
)

Frame = pd.DataFrame
FITTED_ON = 150
SEED = 8
WAYS = ("as read", "confidence", "fitted", "checked")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A figure: of which kind of rows, of which columns, and how it is asked for (`ask`) of a frame."""

    name: str
    rows: str
    columns: tuple[str, ...]
    ask: Callable[..., Estimate]
    these: bool = False

    @property
    def yes_no(self) -> bool:
        return self.name.startswith("share")


CASES = (
    Case(name="share of indicators with full points", rows="indicators", columns=("full",), ask=lambda f, **o: share(f, "full", **o)),
    Case(name="mean share of points", rows="indicators", columns=("rate",), ask=lambda f, **o: mean(f, "rate", **o)),
    Case(name="mean self-score", rows="reports", columns=("score",), ask=lambda f, **o: mean(f, "score", **o)),
    Case(name="median spending", rows="reports", columns=("executed",), ask=lambda f, **o: median(f, "executed", **o)),
    Case(name="mean spending", rows="reports", columns=("executed",), ask=lambda f, **o: mean(f, "executed", **o)),
    Case(name="total spending of these reports", rows="reports", columns=("executed",), ask=lambda f, **o: total(f, "executed", **o), these=True),
    Case(name="execution rate: spending by budget", rows="reports", columns=("executed", "budget"),
         ask=lambda f, **o: ratio(f, "executed", "budget", **o)),
    Case(name="mean execution rate", rows="reports", columns=("execution",), ask=lambda f, **o: mean(f, "execution", **o)),
    Case(name="correlation of execution and score", rows="reports", columns=("execution", "score"),
         ask=lambda f, **o: correlation(f, "execution", "score", **o)),
    Case(name="slope of score on execution", rows="reports", columns=("score", "execution"), ask=lambda f, **o: slope(f, "score", "execution", **o)),
    Case(name="difference of execution, county less city", rows="reports", columns=("execution",),
         ask=lambda f, **o: difference(f, "execution", "level", "county", "city", **o)),
)


def derived(reports: Frame, indicators: Frame) -> Mapping[str, Frame]:
    """The columns that follow from others, as read and as they are."""
    for end in ("", "_true"):
        indicators[f"rate{end}"] = indicators[f"points{end}"] / indicators[f"weight{end}"]
        full = (indicators[f"points{end}"] >= indicators[f"weight{end}"]).astype(float)
        indicators[f"full{end}"] = full.where(indicators[f"rate{end}"].notna())
        rate = reports[f"executed{end}"] / reports[f"budget{end}"]
        reports[f"execution{end}"] = rate.where(rate < 2)
    reports["execution_p"] = reports["executed_p"] * reports["budget_p"]
    indicators["rate_p"] = indicators["full_p"] = indicators["p"]
    return {"reports": reports, "indicators": indicators}


@dataclass(frozen=True, kw_only=True)
class Pool:
    """One kind of rows, and where those of each report lie."""

    frame: Frame
    at: Mapping[int, Any]

    def drawn(self, reports: Any) -> Frame:
        """The rows of `reports`, each drawn one a report of its own."""
        places = [self.at[one] for one in reports if one in self.at]
        numbers = np.repeat([n for n, one in enumerate(reports) if one in self.at], [len(one) for one in places])
        return self.frame.iloc[np.concatenate(places)].assign(report=numbers)


def pools(frames: Mapping[str, Frame]) -> dict[str, Pool]:
    return {name: Pool(frame=frame, at=frame.groupby("report").indices) for name, frame in frames.items()}


def truth_of(frame: Frame, columns: tuple[str, ...]) -> Frame:
    """The rows of a frame as they truly are."""
    return frame.assign(**{name: frame[f"{name}_true"] for name in columns})


def answers(case: Case, frame: Frame, other: Frame, looked: int, columns: tuple[str, ...]) -> Iterator[tuple[str, Estimate]]:
    """The figure of what was read in `frame`, asked for in every way; `other` are readings with known truth, `looked` of the reports are checked."""
    sure: dict[str, str | float] = {name: f"{name}_p" for name in columns}
    yield "as read", case.ask(frame, confidence=1.0)
    yield "confidence", case.ask(frame, confidence=sure)
    if len(columns) == 1:
        known = pd.DataFrame({"read": other[columns[0]], "true": other[f"{columns[0]}_true"], "confidence": other[f"{columns[0]}_p"],
                              "report": other["report"]})
        yield "fitted", case.ask(frame, confidence=sure, errors=fit_errors(known, flips=case.yes_no))
    yield "checked", case.ask(frame, confidence=sure, checked=Checked(frame=truth_of(frame[frame["report"] < looked], columns)))


def tallied(frames: Mapping[str, Frame], *, draws: int, reports: int, looked: int, told: str) -> list[dict[str, Any]]:
    """How often each way of asking held the truth, with the width of its ranges by that of reading everything right."""
    held, found = pools(frames), dict[tuple[str, str], list[tuple[bool, float, float]]]()
    ids = np.array(sorted(held["reports"].at))
    truths = {case.name: case.ask(truth_of(held[case.rows].frame, case.columns), confidence=1.0).value for case in CASES}
    for draw in tqdm(range(draws), desc=told, unit="draw", file=sys.stderr):
        rng = np.random.default_rng([SEED, draw])
        chosen, others = rng.choice(ids, reports), rng.choice(ids, FITTED_ON)
        drawn = {name: (pool.drawn(chosen), pool.drawn(others)) for name, pool in held.items()}
        for case in CASES:
            frame, other = drawn[case.rows]
            best = case.ask(truth_of(frame, case.columns), confidence=1.0)
            true = float((best.value if case.these else truths[case.name]) or 0)
            for way, one in [*answers(case, frame, other, looked, case.columns), ("truth", best)]:
                low, high = float(one.low or 0), float(one.high or 0)
                found.setdefault((case.name, way), []).append((low <= true <= high, high - low, float(one.value or 0) / true - 1))
    return [line(name, way, told, rows, found[name, "truth"]) for (name, way), rows in found.items()]


def line(name: str, way: str, told: str, rows: list[tuple[bool, float, float]], best: list[tuple[bool, float, float]]) -> dict[str, Any]:
    count, hits = len(rows), sum(row[0] for row in rows)
    low = float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
    widths = [float(np.median([row[1] for row in some])) for some in (rows, best)]
    return {"readings": told, "figure": name, "way": way, "draws": count, "coverage": round(hits / count, 4), "low": round(low, 4),
            "high": round(high, 4), "width": round(widths[0] / widths[1], 3) if widths[1] else None,
            "bias": round(float(np.mean([row[2] for row in rows])), 5)}


def made_worse(frames: Mapping[str, Frame], wrong: float) -> Mapping[str, Frame]:
    """The same facts, misread more often."""
    rng = np.random.default_rng(SEED)
    reports, indicators = frames["reports"].copy(), frames["indicators"].copy()
    for name in ("budget", "executed", "score"):
        reports[name] = worse(reports, name, f"{name}_p", wrong=wrong, money=name != "score", rng=rng)
    for name in ("points",):
        indicators[name] = worse(indicators, name, "p", wrong=wrong, money=False, rng=rng)
    return derived(reports, indicators)


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("pool", type=Path)
    for name, default in (("draws", 200), ("reports", 300), ("checked", 60)):
        cli.add_argument(f"--{name}", type=int, default=default)
    cli.add_argument("--wrong", type=float)
    cli.add_argument("-o", "--out", type=Path)
    args = cli.parse_args()
    reports, indicators = facts_of(args.pool)
    frames = derived(reports, indicators)
    told = "as made" if args.wrong is None else f"{args.wrong:.0%} misread"
    started = time.process_time()
    lines = tallied(frames if args.wrong is None else made_worse(frames, args.wrong), draws=args.draws, reports=args.reports,
                    looked=args.checked, told=told)
    print(pd.DataFrame(lines).to_string(index=False))
    print(f"{len(reports)} reports, {args.draws} draws of {args.reports}, {time.process_time() - started:.0f} s of CPU")
    if args.out:
        args.out.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
