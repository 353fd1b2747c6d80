"""Rows in, pictures out: SVG, the same bytes for the same rows; Chinese by a font that fontconfig finds, colours that everybody tells apart."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import matplotlib
from bulk_rows import Row
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

__all__ = ["TIMELINES", "chinese_font", "drawn"]

TIMELINES = "memory.csv"
# Okabe and Ito (2008), Color Universal Design; grey for what is not the matter
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#000000", "#999999")
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--", "**")
WIDE, HIGH = 7.6, 3.2


def chinese_font() -> str | None:
    """The family of a font with Chinese letters, None where fontconfig knows none."""
    try:
        done = subprocess.run(["fc-match", "-f", "%{file}\n%{lang}", "sans:lang=zh-cn"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    file, _, langs = done.stdout.partition("\n")
    if "zh-cn" not in langs.split("|"):
        return None
    fontManager.addfont(file)
    return FontProperties(fname=file).get_name()


def figures(rows: Sequence[Row], figure: str, part: str) -> dict[tuple[str, str, int], float]:
    """A figure of every subject, condition and number."""
    return {(row.subject, row.conditions, row.n): row.value for row in rows if (row.part, row.figure) == (part, figure)}


def stages(axes: Axes, rows: Sequence[Row]) -> None:
    held = {key: value for key, value in figures(rows, "CPU a document", "stages").items() if key[0] != "all"}
    readings = list(dict.fromkeys(conditions for _, conditions, _ in held))
    left = dict.fromkeys(readings, 0.0)
    for i, stage in enumerate(dict.fromkeys(subject for subject, _, _ in held)):
        widths = [next((v for (s, c, _), v in held.items() if (s, c) == (stage, reading)), 0.0) for reading in readings]
        axes.barh(readings, widths, left=list(left.values()), label=stage, color=COLOURS[i % len(COLOURS)], hatch=HATCHES[i // len(COLOURS)],
                  edgecolor="white", linewidth=0.6)
        left = {reading: at + width for (reading, at), width in zip(left.items(), widths, strict=True)}
    axes.set_xlabel(said("每份 CPU 毫秒 · CPU ms a document"))
    axes.legend(fontsize=7, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.25), frameon=False)
    axes.invert_yaxis()


def formats(axes: Axes, rows: Sequence[Row]) -> None:
    held = figures(rows, "CPU a document", "formats")
    kinds = list(dict.fromkeys(subject for subject, _, _ in held))
    for i, step in enumerate(("read", "whole")):
        values = [next((v for (s, c, _), v in held.items() if (s, c) == (kind, step)), 0.0) for kind in kinds]
        places = [at + 0.4 * i - 0.2 for at in range(len(kinds))]
        bars = axes.bar(places, values, 0.38, label=step, color=COLOURS[i], hatch=HATCHES[i], edgecolor="white")
        axes.bar_label(bars, fmt="%.0f", fontsize=8)
    axes.set_xticks(range(len(kinds)), kinds)
    axes.set_yscale("log")
    axes.set_ylabel(said("每份 CPU 毫秒 · CPU ms a document"))
    axes.legend(fontsize=8, frameon=False)


def sizes(axes: Axes, rows: Sequence[Row]) -> None:
    for i, subject in enumerate(("first run", "nothing changed", "1 % changed")):
        points = sorted((n, value) for (one, _, n), value in figures(rows, "seconds", "sizes").items() if one == subject)
        if points:
            axes.plot(*zip(*points, strict=True), marker="os^"[i], color=COLOURS[i], label=subject)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(said("份 · documents"))
    axes.set_ylabel(said("秒 · seconds"))
    axes.legend(fontsize=8, frameon=False)


def scaling(axes: Axes, rows: Sequence[Row]) -> None:
    for i, (figure, label) in enumerate((("documents a second", "整个命令 · whole command"), ("beyond start-up", "起动以后 · beyond start-up"))):
        held = [(int(subject.split()[0]), value) for (subject, _, _), value in figures(rows, figure, "scaling").items()]
        axes.plot(*zip(*held, strict=True), marker="os"[i], color=COLOURS[i], label=said(label))
        axes.plot([1, held[-1][0]], [held[0][1], held[0][1] * held[-1][0]], color=COLOURS[i], linestyle=":", linewidth=1)
    axes.set_xticks([count for count, _ in held])
    axes.set_ylim(0)
    axes.set_xlabel(said("核 · cores"))
    axes.set_ylabel(said("份／秒，虚线为正比\ndocuments a second, dotted: in proportion"))
    axes.legend(fontsize=8, frameon=False)


def peers(axes: Axes, rows: Sequence[Row]) -> None:
    held = {key: value for key, value in figures(rows, "ratio to hedui", "peers").items() if not key[0].startswith("hedui")}
    names = [f"{subject}: {task}" for subject, task, _ in held]
    bars = axes.barh(names, list(held.values()), color=COLOURS[0])
    axes.bar_label(bars, fmt="×%.2g", fontsize=8)
    axes.axvline(1, color=COLOURS[3], linewidth=1)
    axes.set_xscale("log")
    axes.set_xlabel(said("CPU 时间是 hedui 的几倍 · CPU time, times hedui's"))
    axes.invert_yaxis()


def memory(axes: Axes, lines: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    for i, (name, points) in enumerate(lines.items()):
        longest = max(second for second, _ in points) or 1
        x, y = [second / longest for second, _ in points], [held for _, held in points]
        axes.plot(x, y, color=COLOURS[i % len(COLOURS)], label=name, linewidth=1.2)
    axes.set_ylim(0)
    axes.set_xlabel(said("一次运行，从始到终 · one run, from start to end"))
    axes.set_ylabel(said("全部进程 PSS，MiB\nPSS of all processes, MiB"))
    axes.legend(fontsize=8, frameon=False)


FONT: list[str | None] = []


def has_chinese() -> bool:
    if not FONT:
        FONT.append(chinese_font())
        if FONT[0] is not None:
            matplotlib.rcParams["font.family"] = [FONT[0], "DejaVu Sans"]
    return FONT[0] is not None


def said(label: str) -> str:
    """A label in both languages, in English alone where no font has Chinese."""
    return label if has_chinese() else label.rpartition(" · ")[2]


def saved(path: Path, draw: Callable[[Axes], None]) -> str:
    """Draws one picture; the same bytes for the same figures."""
    has_chinese()
    with matplotlib.rc_context({"svg.hashsalt": path.stem}):
        sheet = Figure(figsize=(WIDE, HIGH), layout="constrained")
        FigureCanvasSVG(sheet)
        axes = sheet.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(alpha=0.25)
        axes.set_axisbelow(True)
        draw(axes)
        sheet.savefig(path, format="svg", metadata={"Date": None})
    return path.name


def timelines(path: Path) -> dict[str, list[tuple[float, float]]]:
    held: dict[str, list[tuple[float, float]]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                held.setdefault(row["run"], []).append((float(row["second"]), float(row["mib"])))
    return held


PICTURES: Mapping[str, Callable[[Axes, Sequence[Row]], None]] = {
    "stages": stages, "formats": formats, "sizes": sizes, "scaling": scaling, "peers": peers,
}


def drawn(folder: Path, rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Draws what there are figures for into `folder`; the names of the pictures by part."""
    found: dict[str, tuple[str, ...]] = {}
    for part, picture in PICTURES.items():
        own = [row for row in rows if row.part == part]
        if own:
            found[part] = (saved(folder / f"{part}.svg", lambda axes, picture=picture, own=own: picture(axes, own)),)  # type: ignore[misc]
    lines = timelines(folder / TIMELINES)
    if lines:
        found["memory"] = (saved(folder / "memory.svg", lambda axes: memory(axes, lines)),)
    return found
