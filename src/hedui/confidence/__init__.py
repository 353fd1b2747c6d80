"""Raw signals of everything read -> the probability that it is right, and all of it assembled into Findings."""

from hedui.confidence.calibrator import PRIORS, Calibrator, Weights, load_calibrator, shipped_calibrator
from hedui.confidence.weighing import weigh

__all__ = ["PRIORS", "Calibrator", "Weights", "load_calibrator", "shipped_calibrator", "weigh"]
