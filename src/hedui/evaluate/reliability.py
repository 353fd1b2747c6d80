"""Probabilities told of many items and what is right -> how far they can be trusted, by type of item and by shift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hedui.confidence.items import family_of
from hedui.evaluate.calibration import (
    Bin,
    area_under_risk,
    bins_of,
    brier,
    calibration_error,
    coverage,
    risk_coverage,
)

__all__ = ["FAMILIES", "Judged", "Reliability", "reliabilities", "reliability_json", "reliability_of", "reliability_table"]

FAMILIES = ("mention", "claim", "check", "record")
DIGITS, POINTS = 4, 60
FEWEST = 20
MEANT = {"mention": "数字与名称", "claim": "结论", "check": "核对", "record": "记录"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One item of `source`: the probability `told` of it and whether it is `right`; `groups` as in `confidence.Item`."""

    source: str
    kind: str
    told: float
    right: bool
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliability:
    """What probabilities of `items` items of `sources` reports came to: the share `right`, the `mean` told, Brier score, expected
    calibration error, area under the risk-coverage curve, coverage at 99 % precision and the lower Clopper-Pearson bound
    of that precision; `bins` (mean told, share right, items) and `curve` (coverage, risk) are drawn."""

    items: int
    sources: int
    right: float
    mean: float
    brier: float
    ece: float
    aurc: float
    coverage: float
    precision_low: float
    bins: tuple[Bin, ...]
    curve: tuple[tuple[float, float], ...]


def reliability_of(judged: Sequence[Judged]) -> Reliability:
    """The figures of at least one item."""
    told, right = [one.told for one in judged], [one.right for one in judged]
    share, low = coverage(told, right)
    return Reliability(
        items=len(judged), sources=len({one.source for one in judged}), right=sum(right) / len(right), mean=sum(told) / len(told),
        brier=brier(told, right), ece=calibration_error(told, right), aurc=area_under_risk(told, right), coverage=share,
        precision_low=low, bins=tuple(bins_of(told, right)), curve=tuple(thinned(risk_coverage(told, right))))


def thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """Some of many points, the last among them."""
    step = max(1, len(points) // POINTS)
    return [*points[:-1:step], points[-1]]


def reliabilities(judged: Iterable[Judged]) -> dict[str, Reliability]:
    """By name: each family (`record`), each kind (`record.fund`), and each family under each shift (`record@form=scan`, and so
    on for provinces and years), these where there are at least 20 items."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        family = family_of(one.kind)
        for name in dict.fromkeys((family, one.kind, *(f"{family}@{key}={value}" for key, value in one.groups.items()))):
            found[name].append(one)
    names = sorted(found, key=lambda name: ("@" in name, FAMILIES.index(family_of(name.split("@")[0])), name not in FAMILIES, name))
    return {name: reliability_of(found[name]) for name in names if "@" not in name or len(found[name]) >= FEWEST}


def reliability_json(figures: Mapping[str, Reliability]) -> dict[str, Any]:
    """The figures as plain data, rounded: fit for metrics.json."""
    return {name: {"items": r.items, "sources": r.sources,
                   **{key: round(getattr(r, key), DIGITS) for key in ("right", "mean", "brier", "ece", "aurc", "coverage", "precision_low")}}
            for name, r in figures.items()}


def reliability_table(metrics: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Rows of a Markdown table out of what `reliability_json` gives."""
    rows = ["| 类 kind | 条 items | 报告 reports | 对 right | 均值 mean | Brier | ECE | AURC | 99% 可信 coverage | 下限 low |",
            "|---|---|---|---|---|---|---|---|---|---|"]
    return rows + [f"| {name}{' ' + MEANT[name] if name in MEANT else ''} | {m['items']} | {m['sources']} | {m['right']:.3f} | {m['mean']:.3f} | "
                   f"{m['brier']:.4f} | {m['ece']:.3f} | {m['aurc']:.4f} | {m['coverage']:.2f} | {m['precision_low']:.3f} |"
                   for name, m in metrics.items()]
