#!/usr/bin/env python3
"""Draws of coverage.py -> how often the intervals held the truth, as a table on the screen and a picture.

usage: coverage_told.py DRAWS.jsonl [DRAWS.jsonl ...] [--picture docs/explanation/coverage.svg]

Coverage comes with its own Clopper-Pearson interval; `width` is the middle width of the ranges, `bias` the middle error of the figure by the truth.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from scipy.stats import beta

__all__ = ["coverage_table"]

LEVEL, LEAST, MOST = 0.95, 0.93, 0.97
COLOURS = {"confidence": "#0072b2", "fitted": "#009e73", "checked": "#d55e00", "as read": "#777777", "truth": "#000000"}


def coverage_table(draws: pd.DataFrame) -> pd.DataFrame:
    """By readings, figure and way: draws, coverage and its 95 % interval, width, bias."""
    once = draws.drop_duplicates(["readings", "figure", "way", "draw"])
    once = once.assign(relative=once["off"] / once["true"].abs())
    by = once.groupby(["readings", "figure", "way"], sort=False)
    found = by.agg(draws=("hit", "size"), hits=("hit", "sum"), width=("width", "median"), bias=("relative", "median")).reset_index()
    misses = found["draws"] - found["hits"]
    low = beta.ppf(0.025, found["hits"].clip(lower=1), misses + 1)
    high = beta.ppf(0.975, found["hits"] + 1, misses.clip(lower=1))
    return found.assign(coverage=found["hits"] / found["draws"], low=low, high=pd.Series(high).where(misses > 0, 1.0))


def write_picture(table: pd.DataFrame, path: Path) -> None:
    mpl.rcParams.update({"svg.hashsalt": "hedui", "svg.fonttype": "path", "font.size": 9})
    kinds = list(dict.fromkeys(table["readings"]))
    figures = list(dict.fromkeys(table["figure"]))
    picture, places = plt.subplots(1, len(kinds), figsize=(4 + 3.6 * len(kinds), 0.6 + 0.42 * len(figures)), sharey=True, squeeze=False)
    for place, kind in zip(places[0], kinds, strict=True):
        shown = table[table["readings"] == kind]
        place.axvspan(LEAST, MOST, color="#dddddd", label="93–97 %")
        for n, (way, rows) in enumerate(shown.groupby("way", sort=False)):
            at = [figures.index(one) + 0.16 * (n - 0.5) for one in rows["figure"]]
            arms = [(rows["coverage"] - rows["low"]).clip(lower=0), (rows["high"] - rows["coverage"]).clip(lower=0)]
            place.errorbar(rows["coverage"], at, xerr=arms, fmt="os^Dv"[n % 5],
                           color=COLOURS[str(way)], label=str(way), markersize=4, linewidth=1)
        place.axvline(LEVEL, color="black", linewidth=0.8)
        place.set(title=kind, xlabel="share of draws whose range held the truth", xlim=(max(0.0, min(0.8, table["low"].min() - 0.02)), 1.0))
    places[0][0].set_yticks(range(len(figures)), figures)
    places[0][0].invert_yaxis()
    places[0][-1].legend(loc="lower left", fontsize=8)
    picture.savefig(path, bbox_inches="tight", metadata={"Date": None, "Title": "Coverage of nominal 95 % ranges"})


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("draws", nargs="+", type=Path)
    cli.add_argument("--picture", type=Path)
    args = cli.parse_args()
    table = coverage_table(pd.concat([pd.read_json(path, lines=True) for path in args.draws]))
    print(table.to_string(index=False, float_format=lambda x: f"{x:.4g}"))
    if args.picture:
        write_picture(table, args.picture)


if __name__ == "__main__":
    main()
