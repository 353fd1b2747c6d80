"""Reliabilities -> PNG pictures: reliability diagrams and risk-coverage curves, one small panel a type. Needs matplotlib."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hedui.evaluate.reliability import Reliability

__all__ = ["reliability_png", "risk_coverage_png"]

ACROSS, SIDE, DPI = 4, 2.6, 110
INK, PALE, BAR = "#1f5f8b", "#bbbbbb", "#dce9f2"
TITLE, SMALL = 9, 7


def reliability_png(figures: Mapping[str, Reliability]) -> bytes:
    """A panel for each: the share right against the mean probability told, in bins of equal mass, the diagonal is truth. Axes
    begin where the least sure bin lies, so that what is nearly always right is seen too. The same figures give the same bytes."""
    return drawn(figures, diagram, "probability told", "share right")


def risk_coverage_png(figures: Mapping[str, Reliability]) -> bytes:
    """A panel for each: the share of errors among the surest, as more and more are taken; the dashed line is 1 %."""
    return drawn(figures, curve, "coverage", "risk")


def drawn(figures: Mapping[str, Reliability], panel: Callable[[Axes, Reliability], None], across: str, up: str) -> bytes:
    rows = math.ceil(len(figures) / ACROSS)
    sheet = Figure(figsize=(ACROSS * SIDE, rows * SIDE), dpi=DPI, layout="constrained")
    FigureCanvasAgg(sheet)
    for i, (name, told) in enumerate(figures.items()):
        axes = sheet.add_subplot(rows, ACROSS, i + 1)
        panel(axes, told)
        axes.set_title(title(name, i + 1), fontsize=TITLE)
        axes.tick_params(labelsize=SMALL)
        axes.set_xlabel(across, fontsize=SMALL)
        axes.set_ylabel(up, fontsize=SMALL)
        axes.spines[["top", "right"]].set_visible(False)
    held = io.BytesIO()
    sheet.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def title(name: str, number: int) -> str:
    """The name as any font can draw it; what it says in Chinese becomes the number of the panel.

    >>> title("record@form=scan", 2), title("record@province=四川", 3), title("mention 数字与名称", 1)
    ('record@form=scan', 'record@province 3', 'mention')
    """
    if name.isascii():
        return name
    told = "".join(char for char in name if char.isascii()).rstrip("= ")
    return f"{told} {number}" if "=" in name else told


def diagram(axes: Axes, told: Reliability) -> None:
    least = min(min(mean, share) for mean, share, _ in told.bins)
    start = max(0.0, math.floor((least - 0.02) * 20) / 20)
    axes.plot([start, 1], [start, 1], color=PALE, linewidth=1)
    axes.plot([b[0] for b in told.bins], [b[1] for b in told.bins], color=INK, marker="o", markersize=3, linewidth=1)
    room = (1 - start) * 0.04
    axes.set_xlim(start, 1 + room)
    axes.set_ylim(start, 1 + room)
    axes.set_aspect("equal")
    axes.text(1, start + room, f"ECE {told.ece:.3f}\nn {told.items}", fontsize=SMALL, ha="right", va="bottom")


def curve(axes: Axes, told: Reliability) -> None:
    xs, ys = [0.0, *(at for at, _ in told.curve)], [told.curve[0][1], *(risk for _, risk in told.curve)]
    axes.fill_between(xs, ys, color=BAR, step="pre")
    axes.step(xs, ys, color=INK, linewidth=1, where="pre")
    axes.axhline(0.01, color=PALE, linewidth=1, linestyle="--")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, max(0.02, max(ys) * 1.15))
    axes.text(0.03, 0.95, f"AURC {told.aurc:.4f}\n99 %: {told.coverage:.2f}", fontsize=SMALL, va="top", transform=axes.transAxes)
