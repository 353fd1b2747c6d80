"""An output and the signals kept beside it in, the output as other weights make it out; which versions read and weigh now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hedui.confidence import Calibrator, probabilities
from hedui.errors import ReadError
from hedui.export import Output
from hedui.export.json import confidence
from hedui.neural.loading import model_sha256, weights_of, weights_sha256
from hedui.signals import Signals
from hedui.version import Versions, versions

__all__ = ["reweighed", "versions_with"]

OTHERS = "保存的信号与结果不是同一次读取的，请重新读取 · the signals kept are not those of this output; read the file again"


def reweighed(output: Output, signals: Signals, calibrator: Calibrator) -> Output:
    """An output of schema hedui/1 with the probabilities that `calibrator` gives its mentions, claims, checks and records by their
    `signals`. ReadError where these are not of this output."""
    found = probabilities(signals, calibrator)
    groups: dict[str, Sequence[float]] = {"mentions": found.mentions, "claims": found.claims, "checks": found.checks, "records": found.records}
    for name, told in groups.items():
        if len(told) != sum(len(report[name]) for report in output["reports"]):
            raise ReadError(output["source"]["name"], OTHERS)
    rest = {name: iter(told) for name, told in groups.items()}
    return {**output, "reports": [{**report, **{name: sure(report[name], told) for name, told in rest.items()}} for report in output["reports"]]}


def sure(items: Sequence[Output], found: Iterator[float]) -> list[Output]:
    return [{**item, "confidence": confidence(next(found))} for item in items]


def versions_with(model: Path | str | None = None, calibrator: Path | str | None = None) -> Versions:
    """The versions that read with the model in the folder `model` and weigh by the file `calibrator`, by the weights of the model where
    there is none, and by the shipped ones where it has none. ReadError where one cannot be read."""
    weights = weights_of(model, calibrator)
    return versions(None if model is None else model_sha256(model), weights=None if weights is None else weights_sha256(weights))
