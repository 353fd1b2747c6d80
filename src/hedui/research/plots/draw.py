"""Frames and estimates in, plots out: colours that colour-blind people tell apart, ranges wherever there is doubt, n in every caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hedui.research.doubt import Estimate
from hedui.research.pictures.ranges import share_range
from hedui.research.plots.fonts import chinese_font
from hedui.research.plots.names import named
from hedui.research.plots.plot import Plot

__all__ = ["bars", "heat", "points", "ranges", "reliability"]

# Okabe & Ito, Color Universal Design (2008)
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#595959"
NAMED = 12
BINS = 10


@contextmanager
def canvas(width: float, height: float, *, title: str, x: str = "", y: str = "") -> Iterator[tuple[Figure, Axes]]:
    style: dict[Any, Any] = {"font.family": [chinese_font(), "DejaVu Sans"], "font.size": 11, "axes.spines.top": False, "axes.spines.right": False,
             "axes.unicode_minus": False, "axes.titlesize": 13, "axes.titlelocation": "left", "axes.edgecolor": GREY,
             "axes.axisbelow": True, "axes.grid": True, "grid.color": "#e5e5e5", "figure.facecolor": "white"}
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title)
        axes.set_xlabel(x)
        axes.set_ylabel(y)
        yield figure, axes
        figure.draw_without_rendering()  # while the font of this style counts


def floats(values: pd.Series) -> np.ndarray:
    return np.array([float("nan") if value is None or value is pd.NA else float(value) for value in values])


def refs_of(frame: pd.DataFrame) -> list[list[str]]:
    return [[str(ref)] if isinstance(ref, str) else [] for ref in frame["ref"]] if "ref" in frame else [[] for _ in range(len(frame))]


def points(frame: pd.DataFrame, x: str, y: str, *, title: str, x_name: str, y_name: str, told: Estimate | None = None,
           name: str | None = None) -> Plot:
    """A point a row of `frame` that has both numbers; `told` is what holds of them all, for the caption; the farthest out are named by
    column `name`."""
    held = frame[frame[x].notna() & frame[y].notna()]
    xs, ys = floats(held[x]), floats(held[y])
    with canvas(7.2, 4.6, title=title, x=x_name, y=y_name) as (figure, axes):
        axes.scatter(xs, ys, s=34, color=BLUE, alpha=0.65, linewidths=0)
        if name is not None and len(held):
            away = np.abs(xs - np.median(xs)) / (np.std(xs) or 1) + np.abs(ys - np.median(ys)) / (np.std(ys) or 1)
            for at in np.argsort(-away)[:3]:
                right = xs[at] > np.median(xs)
                axes.annotate(str(held[name].iloc[at])[:NAMED], (xs[at], ys[at]), xytext=(-6 if right else 6, 4), textcoords="offset points",
                              ha="right" if right else "left", fontsize=9, color=GREY)
    total = f"n={len(held):,}，另有 {len(frame) - len(held):,} 份没有两个数 · {len(frame) - len(held):,} without both"
    caption = f"{title}。{total}" + (f"；{told}" if told is not None else "")
    alt = f"散点图 scatter: {y_name} × {x_name}, n={len(held)}" + (f", {told}" if told is not None else "")
    return Plot(figure=figure, caption=caption, alt=alt, behind=refs_of(held))


def ranges(groups: Mapping[str, Estimate], *, title: str, x_name: str, behind: Mapping[str, Sequence[str]] | None = None,
           as_percent: bool = False) -> Plot:
    """An estimate a group, its range as a line, with n beside the name; in the order given, the first on top."""
    scale = 100 if as_percent else 1
    known = {name: one for name, one in groups.items() if one.value is not None and one.value == one.value}
    with canvas(7.2, 1.4 + 0.34 * max(1, len(known)), title=title, x=x_name) as (figure, axes):
        for at, one in enumerate(known.values()):
            low, high = (float(end) * scale if end is not None and end == end else None for end in (one.low, one.high))
            if low is not None and high is not None:
                axes.plot([low, high], [at, at], color=BLUE, linewidth=2.2, solid_capstyle="butt")
            axes.plot([float(one.value or 0) * scale], [at], "o", color=BLUE, markersize=6)
        axes.set_yticks(range(len(known)), [f"{named(name)}（{one.n:,}）" for name, one in known.items()])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
    level = next(iter(known.values())).level if known else 0.95
    caption = (f"{title}。括号内为条数，横线为 {level:.0%} 区间（抽样与误读都算在内） · n in brackets, lines are {level:.0%} intervals, "
               "sampling and misreading both in")
    alt = f"{title}: " + "; ".join(f"{name} {one}" for name, one in list(known.items())[:NAMED])
    return Plot(figure=figure, caption=caption, alt=alt, behind=[list((behind or {}).get(name, ())) for name in known])


def bars(counts: pd.Series, *, title: str, x_name: str, n: int, behind: Mapping[str, Sequence[str]] | None = None) -> Plot:
    """A bar a name, the longest on top."""
    held = counts.sort_values(ascending=False, kind="stable")
    with canvas(7.2, 1.4 + 0.32 * max(1, len(held)), title=title, x=x_name) as (figure, axes):
        axes.barh(range(len(held)), [float(value) for value in held], color=BLUE, height=0.7)
        axes.set_yticks(range(len(held)), [named(str(name)) for name in held.index])
        for at, value in enumerate(held):
            axes.annotate(f"{value:g}", (float(value), at), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, color=GREY)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.08)
    alt = f"{title}: " + "; ".join(f"{name} {value:g}" for name, value in list(held.items())[:NAMED])
    return Plot(figure=figure, caption=f"{title}。n={n:,}", alt=alt, behind=[list((behind or {}).get(str(name), ())) for name in held.index])


def heat(table: pd.DataFrame, *, title: str, name: str, n: int, as_percent: bool = False,
         behind: Mapping[tuple[str, str], Sequence[str]] | None = None) -> Plot:
    """A matrix as colours (cividis) with its numbers written in; empty cells are where nothing is told."""
    values = np.array([[float("nan") if pd.isna(value) else float(value) for value in row] for row in table.to_numpy(dtype=object)])
    with canvas(2.2 + 0.75 * max(1, table.shape[1]), 1.6 + 0.34 * max(1, table.shape[0]), title=title) as (figure, axes):
        drawn = axes.imshow(values, cmap="cividis", aspect="auto")
        axes.set_xticks(range(table.shape[1]), [str(one) for one in table.columns])
        axes.set_yticks(range(table.shape[0]), [str(one) for one in table.index])
        axes.grid(visible=False)
        middle = float(np.nanmean(values)) if np.isfinite(values).any() else 0.0
        for row, column in np.argwhere(np.isfinite(values)):
            value = values[row, column]
            axes.text(column, row, f"{value:.0%}" if as_percent else f"{value:g}", ha="center", va="center", fontsize=9,
                      color="white" if value < middle else "black")
        figure.colorbar(drawn, ax=axes, label=name, shrink=0.8)
    cells = [(str(row), str(column)) for row in table.index for column in table.columns]
    alt = f"{title}: {table.shape[0]} × {table.shape[1]}"
    return Plot(figure=figure, caption=f"{title}。n={n:,}；空格为没有数据 · empty where nothing is told", alt=alt,
                behind=[list((behind or {}).get(cell, ())) for cell in cells])


def reliability(confidence: pd.Series, right: pd.Series, *, title: str) -> Plot:
    """How often what is said to be sure is right: bins of equal size, with Wilson's 95 % intervals (Wilson, JASA 22, 1927), beside the line on
    which both are the same."""
    order = np.argsort(floats(confidence), kind="stable")
    sure, so = floats(confidence)[order], np.asarray(right, dtype=float)[order]
    with canvas(5.2, 4.8, title=title, x="所说的把握 confidence", y="真的对的 share that is right") as (figure, axes):
        axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--")
        lows: list[float] = []
        for part in np.array_split(np.arange(len(sure)), min(BINS, max(1, len(sure)))):
            if len(part):
                mean, share = float(sure[part].mean()), float(so[part].mean())
                found = share_range(round(share * len(part)), len(part))
                axes.plot([mean, mean], [found.low or 0.0, 1.0 if found.high is None else found.high], color=BLUE, linewidth=2)
                lows += [mean, share]
                axes.plot([mean], [share], "o", color=BLUE, markersize=6)
        floor = max(0.0, float(np.floor(min(lows) * 10) / 10)) if len(sure) else 0.0
        axes.set_xlim(floor, 1.005)
        axes.set_ylim(floor, 1.005)
    error = float(abs(sure.mean() - so.mean())) if len(sure) else 0.0
    caption = f"{title}。n={len(sure):,}；竖线为 95% 区间，总的偏差 {error:.3f} · lines are 95 % intervals, overall gap {error:.3f}"
    return Plot(figure=figure, caption=caption, alt=f"{title}: n={len(sure)}, gap {error:.3f}")
