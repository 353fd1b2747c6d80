"""A folder of annotations and a folder of results -> every figure, by source and over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from hedui.errors import UsageError
from hedui.evaluate.bootstrap import DRAWS, SEED, Interval, interval_over_claims, interval_over_sources
from hedui.evaluate.checks import check_figures
from hedui.evaluate.claims import claim_figures
from hedui.evaluate.figures import Figure, pooled
from hedui.evaluate.mentions import mention_figures
from hedui.evaluate.reading import Reading, reading_of_gold, reading_of_output
from hedui.evaluate.sentences import sentence_figures
from hedui.export import load_output
from hedui.gold import Gold, read_gold

__all__ = ["Evaluation", "Pooled", "evaluate", "figures_of"]

ENOUGH = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooled:
    """A figure over all sources: its intervals over claims and over sources, and the worst source that has at least 20
    things wanted (its figure and name)."""

    figure: Figure
    claims: Interval | None
    sources: Interval | None
    worst: tuple[float, str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """`by_source` has each source's figures by name, `figures` those over all; `absent` are annotated sources without a
    result, which no figure counts."""

    by_source: Mapping[str, Mapping[str, Figure]]
    figures: Mapping[str, Pooled]
    absent: tuple[str, ...] = ()


def figures_of(said: Reading, wanted: Reading) -> dict[str, Figure]:
    """Every figure of one source, by name."""
    found = (*mention_figures(said, wanted), *claim_figures(said, wanted), *check_figures(said, wanted))
    return {figure.name: figure for figure in found}


def evaluate(gold_dir: Path | str, report_dir: Path | str, *, draws: int = DRAWS, seed: int = SEED) -> Evaluation:
    """Holds the results under `report_dir` (*.json of schema hedui/1) against the annotations in `gold_dir`.

    Annotations find their result by the name of their source; several of one source (its parts) count together and
    should cover all of it. UsageError where there are no annotations, or no result for any of them.
    """
    golds = golds_by_source(Path(gold_dir))
    outputs = outputs_by_source(Path(report_dir), wanted=frozenset(golds))
    if not outputs:
        raise UsageError(f"{report_dir}: 没有与标注对应的结果（{'、'.join(sorted(golds)[:3])}…） · no result here belongs to an annotation")
    by_source = {source: figures_in(load_output(outputs[source]), golds[source]) for source in sorted(outputs)}
    return Evaluation(by_source=by_source, figures=over_all(by_source, draws=draws, seed=seed),
                      absent=tuple(sorted(golds.keys() - outputs.keys())))


def figures_in(output: Mapping[str, Any], golds: Sequence[Gold]) -> dict[str, Figure]:
    """Every figure of one source, with those that need its text."""
    found = figures_of(reading_of_output(output), reading_of_gold(golds))
    return found | {figure.name: figure for figure in sentence_figures(output, golds)}


def golds_by_source(folder: Path) -> dict[str, list[Gold]]:
    """The annotations in `folder`, by the file name of their source."""
    found: dict[str, list[Gold]] = defaultdict(list)
    for path in sorted(folder.glob("*.json")):
        gold = read_gold(path)
        found[PurePosixPath(gold.source).name].append(gold)
    if not found:
        raise UsageError(f"{folder}: 没有标注文件（*.json） · no annotations (*.json)")
    return found


def outputs_by_source(folder: Path, *, wanted: frozenset[str]) -> dict[str, Path]:
    """The result of each source `wanted`, by the name of the source that it bears."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.json")):
        if path.name.startswith("."):
            continue
        source = PurePosixPath(load_output(path)["source"]["name"]).name
        if source in wanted:
            if source in found:
                raise UsageError(f"{source}: 有两份结果 · two results: {found[source]}, {path}")
            found[source] = path
    return found


def over_all(by_source: Mapping[str, Mapping[str, Figure]], *, draws: int, seed: int) -> dict[str, Pooled]:
    names = dict.fromkeys(name for figures in by_source.values() for name in figures)
    return {name: pool({s: f[name] for s, f in by_source.items() if name in f}, draws=draws, seed=seed) for name in names}


def pool(figures: Mapping[str, Figure], *, draws: int, seed: int) -> Pooled:
    each: Sequence[Figure] = list(figures.values())
    whole = pooled(each)
    worst = min(((f.value, source) for source, f in figures.items() if f.counts[2] >= ENOUGH), default=None)
    return Pooled(figure=whole, worst=worst, claims=interval_over_claims(whole, draws=draws, seed=seed),
                  sources=interval_over_sources(each, draws=draws, seed=seed))
