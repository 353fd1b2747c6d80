"""Plots for notebooks: figures of matplotlib that know what lies behind each of their marks."""

from hedui.research.plots.draw import bars, heat, points, ranges, reliability
from hedui.research.plots.plot import Plot

__all__ = ["Plot", "bars", "heat", "points", "ranges", "reliability"]
