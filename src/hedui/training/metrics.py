"""What a run measured -> metrics.json: the one place that card and README take their figures from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hedui import __version__
from hedui.evaluate.reliability import Reliability, reliability_json
from hedui.neural.fusion.policy import Observation, Policy
from hedui.training.measures import BARS, pooled_figures, shown_figures
from hedui.training.plan import plan_json
from hedui.training.run import Run
from hedui.training.sources import Source

__all__ = ["SCHEMA", "ablation_figures", "data_of", "metrics_of", "policy_figures", "scores_of", "worsened", "worst_of"]

SCHEMA = "hedui-metrics/2"
Held = Mapping[str, Mapping[str, Mapping[str, Any]]]
ENOUGH, WORST = 20, 6
DIGITS = 4


def metrics_of(run: Run, *, data: Mapping[str, Any], figures: Held, reliable: Mapping[str, Reliability], policy: Policy,
               seen: Sequence[Observation], ablation: Mapping[str, Held], weights: Mapping[str, Any],
               likeness: Mapping[str, Any], ranker: int = 0) -> dict[str, Any]:
    """Everything that the card says. `figures` are by reader and source, `ablation` the same of other runs, `reliable` how far
    probabilities of what was left out hold, by family, kind and (`@`) shift, `ranker` how many weights the ranker has."""
    plan = run.request.plan
    told = reliability_json(reliable)
    return {
        "schema": SCHEMA, "version": __version__, "date": run.workshop.date, "plan": plan_json(plan),
        "encoder": run.request.encoder, "without": sorted(run.request.without), "data": data,
        "tuned": sorted({collection_name(source) for source in run.sources if run.request.pairs[source.collection][0] in run.request.tuned}),
        "folds": [{"name": fold.name, "out": list(fold.out)} for fold in run.folds],
        "figures": scores_of(figures, run.sources, draws=plan.draws, seed=plan.seed),
        "by_source": by_source(figures), "policy": policy_figures(policy, seen), "likeness": dict(likeness),
        "calibration": {name: one for name, one in told.items() if "@" not in name},
        "shift": {name: one for name, one in told.items() if "@" in name},
        "ablation": ablation_figures(ablation, run.sources, draws=plan.draws, seed=plan.seed), "weights": dict(weights), "ranker": ranker,
    }


def scores_of(figures: Held, sources: Sequence[Source], *, draws: int, seed: int) -> dict[str, Any]:
    """By scope (all sources; those of each pair of folders), reader and name."""
    return {name: {reader: shown_figures(pooled_figures({source: held[source] for source in of if source in held}, draws=draws, seed=seed))
                   for reader, held in figures.items()}
            for name, of in scopes(sources).items()}


def scopes(sources: Sequence[Source]) -> dict[str, list[str]]:
    """All sources, and where there are several pairs of folders those of each, by the folder of reports."""
    found = {"all": [source.name for source in sources]}
    for source in sources:
        if any(other.collection != source.collection for other in sources):
            found.setdefault(collection_name(source), []).append(source.name)
    return found


def collection_name(source: Source) -> str:
    folder = source.report.parent
    return f"{source.collection + 1} {folder.parent.name}/{folder.name}"


def by_source(figures: Held) -> dict[str, Any]:
    """The counts [hit, said, wanted] of each source by reader."""
    found: dict[str, dict[str, Any]] = {}
    for reader, held in figures.items():
        for source, of in held.items():
            found.setdefault(source, {})[reader] = {name: counts(of[name][1]) for name in BARS if name in of}
    return found


def counts(outcomes: Iterable[Sequence[int]]) -> list[int]:
    sums = [0, 0, 0]
    for *outcome, times in outcomes:
        sums = [total + part * times for total, part in zip(sums, outcome, strict=True)]
    return sums


def policy_figures(policy: Policy, seen: Sequence[Observation]) -> list[dict[str, Any]]:
    """For every kind of action: how many cases there were on reports left out, how many would have made the reading righter
    and wronger, the threshold (None: off), and what acting from there upwards gains
    and loses."""
    found: dict[tuple[str, str], list[Observation]] = {}
    for one in seen:
        found.setdefault((one.kind, one.action), []).append(one)
    rows = []
    for (kind, action), cases in sorted(found.items()):
        least = policy.thresholds.get((kind, action))  # type: ignore[arg-type]
        acted = [one for one in cases if least is not None and one.probability >= least]
        rows.append({
            "kind": kind, "action": action, "cases": len(cases), "righter": sum(one.gained > 0 for one in cases),
            "wronger": sum(one.gained < 0 for one in cases), "threshold": None if least is None else round(least, DIGITS),
            "acted": len(acted), "gained": sum(one.gained > 0 for one in acted), "lost": sum(one.gained < 0 for one in acted),
            "sources": len({one.source for one in cases}),
        })
    return rows


def ablation_figures(runs: Mapping[str, Held], sources: Sequence[Source], *, draws: int, seed: int) -> dict[str, Any]:
    """The same figures of runs that went without something."""
    return {name: scores_of(held, sources, draws=draws, seed=seed) for name, held in runs.items()}


def data_of(run: Run, counted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What was learned from and tested on, with counts; of sources their names alone."""
    return {**counted, "sources": [
        {"name": source.name, "folder": collection_name(source), "years": list(source.years)}
        for source in run.sources]}


def worst_of(figures: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The lowest figures of one reader that rest on enough things, the worst first."""
    told = [(name, one) for name, one in figures.items() if one["value"] is not None and one["counts"][2] >= ENOUGH]
    return sorted(told, key=lambda pair: (pair[1]["value"], pair[0]))[:WORST]



def worsened(by_source: Mapping[str, Mapping[str, Mapping[str, Sequence[int]]]]) -> list[tuple[str, str, Sequence[int], Sequence[int]]]:
    """Where rules and model together read a report worse than rules alone: source, figure, and the counts of both. More wrong
    or fewer right is worse.

    >>> worsened({"a": {"rules": {"funds": [3, 3, 3]}, "both": {"funds": [3, 4, 3]}}})
    [('a', 'funds', [3, 3, 3], [3, 4, 3])]
    """
    return [(source, name, before, after) for source, readers in by_source.items()
            for name, before in readers.get("rules", {}).items()
            if (after := readers.get("both", {}).get(name)) and errors(after) > errors(before)]


def errors(counts: Sequence[int]) -> int:
    hit, said, wanted = counts
    return said + wanted - 2 * hit
