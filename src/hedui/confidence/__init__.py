"""Raw signals of everything read -> the probability that it is right, and all of it assembled into Findings."""

from hedui.confidence.calibrator import PRIORS, SCHEMA, Calibrator, Weights, load_calibrator, shipped_calibrator
from hedui.confidence.weighing import Signals, signals_of, weigh

__all__ = ["PRIORS", "SCHEMA", "Calibrator", "Signals", "Weights", "load_calibrator", "shipped_calibrator", "signals_of", "weigh"]
