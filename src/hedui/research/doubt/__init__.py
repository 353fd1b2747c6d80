"""Figures over many reports with the range that holds the truth, misreading included."""

from hedui.research.doubt.aggregates import correlation, difference, mean, ratio, share, slope, total
from hedui.research.doubt.assessing import Options
from hedui.research.doubt.checked import Checked
from hedui.research.doubt.choosing import to_check
from hedui.research.doubt.duplicates import copies, near_duplicates
from hedui.research.doubt.errors import AS_TOLD, ErrorModel, fit_errors
from hedui.research.doubt.estimate import Estimate
from hedui.research.doubt.quantiles import median, quantile
from hedui.research.doubt.ranks import rank_correlation

__all__ = ["AS_TOLD", "Checked", "ErrorModel", "Estimate", "Options", "copies", "correlation", "difference", "fit_errors", "mean", "median",
           "near_duplicates", "quantile", "rank_correlation", "ratio", "share", "slope", "to_check", "total"]
