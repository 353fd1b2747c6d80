#!/usr/bin/env python3
"""A pool of made reports (coverage_pool.py) -> how often the intervals of `hedui.research.doubt` hold the truth.

usage: coverage.py POOL.jsonl DRAWS.jsonl [--draws 200] [--first 0] [--reports 300] [--checked 60] [--wrong 0.15]

The pool is the population, and what its annotations tell of it is the truth. Every draw takes so many reports out of it, with replacement, as hedui
read them, and asks for a figure in four ways: with everything taken as read; weighted by confidence as told; with a model of errors fitted on 150
other reports, drawn too, whose truth is known; and with --checked of the reports looked at by hand, those that `to_check` says. Readings are those of
the pool and, with --wrong, worse ones: of so many values a digit is mistaken, the unit slipped, another report's value taken or nothing read.
DRAWS.jsonl gets a line a draw, figure and way; coverage_told.py makes the table and the picture of such files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from coverage_frames import facts_of, worse
from tqdm import tqdm

from hedui.research.doubt import (
    Checked,
    Estimate,
    correlation,
    difference,
    fit_errors,
    mean,
    median,
    rank_correlation,
    ratio,
    share,
    slope,
    to_check,
    total,
)

Frame = pd.DataFrame
FITTED_ON = 150
SEED = 8
READ = ("executed", "budget", "score")
WAYS = ("as read", "confidence", "fitted", "checked", "truth")


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
    Case(name="rank correlation of execution and score", rows="reports", columns=("execution", "score"),
         ask=lambda f, **o: rank_correlation(f, "execution", "score", **o)),
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


def looked_at(reports: Frame, count: int, draw: int) -> Frame:
    """Which of the reports are looked at, one choice for all figures."""
    return to_check(reports, READ, count, confidence={name: f"{name}_p" for name in READ}, seed=draw)


def answers(case: Case, frame: Frame, other: Frame, looked: Frame, ways: Sequence[str]) -> Iterator[tuple[str, Estimate]]:
    """The figure of what was read in `frame`, asked for in every way; `other` are readings with known truth, `looked` what is checked."""
    columns = case.columns
    sure: dict[str, str | float] = {name: f"{name}_p" for name in columns}
    if "as read" in ways:
        yield "as read", case.ask(frame, confidence=1.0)
    if "confidence" in ways:
        yield "confidence", case.ask(frame, confidence=sure)
    if "fitted" in ways and len(columns) == 1:
        known = pd.DataFrame({"read": other[columns[0]], "true": other[f"{columns[0]}_true"], "confidence": other[f"{columns[0]}_p"],
                              "report": other["report"]})
        yield "fitted", case.ask(frame, confidence=sure, errors=fit_errors(known, flips=case.yes_no))
    if "checked" in ways:
        found = truth_of(frame.merge(looked, on="report"), columns)
        yield "checked", case.ask(frame, confidence=sure, checked=Checked(frame=found, weight="stands_for"))


def outcomes(frames: Mapping[str, Frame], draws: range, *, reports: int, looked: int, told: str,
             ways: Sequence[str], cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """Of every draw, figure and way of asking: whether the interval holds the truth, how wide it is, and how far off the figure is by its truth."""
    held = pools(frames)
    ids = np.array(sorted(held["reports"].at))
    truths = {case.name: case.ask(truth_of(held[case.rows].frame, case.columns), confidence=1.0).value for case in cases}
    for draw in tqdm(draws, desc=told, unit="draw", file=sys.stderr):
        rng = np.random.default_rng([SEED, draw])
        chosen, others = rng.choice(ids, reports), rng.choice(ids, FITTED_ON)
        drawn = {name: (pool.drawn(chosen), pool.drawn(others)) for name, pool in held.items()}
        checks = looked_at(drawn["reports"][0], looked, draw)
        for case in cases:
            frame, other = drawn[case.rows]
            best = [("truth", case.ask(truth_of(frame, case.columns), confidence=1.0))] if case.these or "truth" in ways else []
            true = float((best[0][1].value if case.these else truths[case.name]) or 0)
            for way, one in [*answers(case, frame, other, checks, ways), *best]:
                low, high = float(one.low or 0), float(one.high or 0)
                yield {"readings": told, "draw": draw, "figure": case.name, "way": way, "hit": low <= true <= high, "width": high - low,
                       "off": float(one.value or 0) - true, "true": true}


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
    cli.add_argument("out", type=Path)
    for name, default in (("draws", 200), ("first", 0), ("reports", 300), ("checked", 60)):
        cli.add_argument(f"--{name}", type=int, default=default)
    cli.add_argument("--wrong", type=float)
    cli.add_argument("--ways", default=",".join(WAYS), help="some of them, by commas")
    cli.add_argument("--figures", default="", help="figures whose names hold this word; all if left out")
    args = cli.parse_args()
    frames = derived(*facts_of(args.pool))
    told = "as made" if args.wrong is None else f"{args.wrong:.0%} misread"
    with args.out.open("w", encoding="utf-8") as out:
        read = frames if args.wrong is None else made_worse(frames, args.wrong)
        for one in outcomes(read, range(args.first, args.first + args.draws), reports=args.reports, looked=args.checked, told=told,
                            ways=args.ways.split(","), cases=[one for one in CASES if args.figures in one.name]):
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
