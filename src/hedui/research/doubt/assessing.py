"""Rows and a figure asked of them -> the Estimate: the one road that every aggregate takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypedDict

import numpy as np
import pandas as pd

from hedui.errors import UsageError
from hedui.research.doubt.checked import Checked, CheckedRows, checked_rows, rectified
from hedui.research.doubt.errors import AS_TOLD, ErrorModel
from hedui.research.doubt.estimate import Estimate, Figure
from hedui.research.doubt.intervals import Population, Shape, interval, parts_of
from hedui.research.doubt.resampling import as_few, carriers, studentized
from hedui.research.doubt.rows import Confidence, Rows, as_read, rows_under, told_of
from hedui.research.doubt.smooth import Statistic, figure, means_of, pull_of, sums_of

__all__ = ["Options", "Sample", "assess", "estimate", "in_yuan", "is_money", "sample_of"]

FEN = Decimal("0.01")
ITSELF = Statistic(name="mean", features=lambda values: values, value=lambda m, _: m[0])
ENOUGH = 20
WEIGHTED = "按把握加权，以报告为群的刀切法方差 · weighted by confidence, variance by the jackknife over reports"
POWERED = "预测助推推断（PPI++）：{0} 份报告核过，λ={1:.2f} · prediction-powered: {0} checked reports"
FEW = "核过的报告只有 {} 份，范围仅供参考 · few checked reports, the range is rough"


class Options(TypedDict, total=False):
    """What every aggregate may be told.

    `confidence`: the column of it, a number for all, or one of these by column ("confidence" if left out; 1.0: everything is certain).
    `cluster`: what belongs together ("report"; or "report_unit", "province", or several). `level`: of the interval (0.95).
    `population`: how many reports these were drawn from; None, of more than can be counted; "these", these are all there are, so that only
    misreading is in doubt. `errors`: a model of errors fitted on readings like these (`fit_errors`). `checked`: what people found in a sample.
    """

    confidence: Confidence
    cluster: str | Sequence[str]
    level: float
    population: Population
    errors: ErrorModel | None
    checked: Checked | None


def is_money(column: pd.Series) -> bool:
    """Whether a column holds decimals.

    >>> is_money(pd.Series([Decimal("0.10")])), is_money(pd.Series([0.1]))
    (True, False)
    """
    if isinstance(column.dtype, pd.ArrowDtype):
        return str(column.dtype).startswith("decimal")
    return column.dtype == object and any(isinstance(one, Decimal) for one in column.array[:1000])


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What an aggregate is taken over: rows as read, as other models of errors have them, and with what people found where they looked."""

    read: Rows
    others: tuple[Rows, ...] = ()
    checked: CheckedRows | None = None

    @property
    def negative(self) -> bool:
        """Whether any value is below 0."""
        return any(bool((rows.values < 0).any()) for rows in (self.read, *((self.checked.true,) if self.checked else ())))


def sample_of(frame: pd.DataFrame, names: Sequence[str], *, yes_no: bool = False, options: Options) -> Sample:
    """The rows of `frame` in which all of `names` stand."""
    model, checked = options.get("errors") or AS_TOLD, options.get("checked")
    confidence, cluster = options.get("confidence", "confidence"), options.get("cluster", "report")
    told = told_of(frame, names, confidence=confidence, cluster=cluster)
    read = rows_under(model, told, yes_no=yes_no)
    if checked is not None:
        true = rows_under(AS_TOLD, told_of(checked.frame, names, confidence=1.0, cluster=cluster), yes_no=yes_no)
        return Sample(read=read, checked=checked_rows(frame, read, true, checked, cluster))
    others = () if not read.count or told.sure.min() >= 1 else model.alternatives
    return Sample(read=read, others=tuple(rows_under(one, told, yes_no=yes_no) for one in others))


def assess(frame: pd.DataFrame, names: Sequence[str], statistic: Statistic, *, shape: Shape = "plain", yes_no: bool = False,
           options: Options) -> Estimate:
    """The figure of the rows of `frame` in which all of `names` stand."""
    return estimate(sample_of(frame, names, yes_no=yes_no, options=options), statistic, shape=shape, options=options)


def nothing(level: float) -> Estimate:
    nan = float("nan")
    return Estimate(value=nan, low=nan, high=nan, level=level, n=0, reports=0, checked=0, n_effective=0.0, sampling=nan, extraction=nan, model=nan,
                    as_read=nan, method=WEIGHTED, note="没有数据 · no rows")


def estimate(sample: Sample, statistic: Statistic, *, shape: Shape = "plain", options: Options) -> Estimate:
    """The figure of a sample."""
    rows, level, population = sample.read, options.get("level", 0.95), options.get("population")
    if not 0 < level < 1:
        raise UsageError(f"level 应在 0 到 1 之间，而不是 {level!r} · between 0 and 1, say 0.95")
    if not rows.count:
        return nothing(level)
    pull = pull_of(rows, statistic)
    read = figure(statistic, means_of(sums_of(as_read(rows), statistic)), rows.total)
    if sample.checked is not None:
        found = rectified(sample.checked, statistic, these=population == "these")
        value, looked, sums, pulls, off = found.value, sample.checked.looked, found.sums, found.reports, found.each
        parts = parts_of(pulls, found.extraction, (), value, population, freedom=found.freedom, unseen=found.unseen)
        method, note = POWERED.format(looked, found.tuning), "" if looked >= ENOUGH else FEW.format(looked)
    else:
        value, looked, sums, pulls, off = pull.value, 0, pull.sums, pull.reports, np.empty(0)
        others = [figure(statistic, means_of(sums_of(one, statistic)), one.total) for one in sample.others]
        parts = parts_of(pulls, pull.extraction, others, value, population)
        method, note = WEIGHTED, "" if rows.total > 1 else "只有一份报告，说不出范围 · one report alone tells no range"
    if shape == "share":
        tails = None
    elif parts.sampling > 0:
        tails = studentized(statistic, sums, level, correlation=shape == "correlation")
    else:
        tails = studentized(ITSELF, off[:, None], level)
    if tails is not None and looked:
        tails = as_few(tails, carriers(pulls**2) - 1 if parts.sampling > 0 else parts.freedom, level)
    low, high = interval(value, parts, level=level, shape=shape, reports=looked or rows.total, tails=tails)
    if not statistic.signed and value >= 0 and not sample.negative:
        low = max(0.0, low)
    return Estimate(
        value=value, low=low, high=high, level=level, n=rows.count, reports=rows.total, checked=looked,
        n_effective=rows.count * pull.simple / parts.anywhere if parts.anywhere else float(rows.count), sampling=parts.sampling**0.5,
        extraction=parts.extraction**0.5, model=parts.model**0.5, as_read=read, method=method, note=note)


def in_yuan(found: Estimate, exact: Decimal | None = None) -> Estimate:
    """An estimate of money, to the fen; `exact` is the sum as read, where it is a sum."""
    def yuan(figure: Figure | None) -> Decimal | None:
        if figure is None or not np.isfinite(float(figure)):
            return None
        if exact is None or found.as_read is None:
            return Decimal(repr(float(figure))).quantize(FEN)
        return (exact + Decimal(repr(float(figure) - float(found.as_read)))).quantize(FEN)

    return replace(found, value=yuan(found.value), low=yuan(found.low), high=yuan(found.high), as_read=yuan(found.as_read))
