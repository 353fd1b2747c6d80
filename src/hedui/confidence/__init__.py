"""Raw signals of everything read -> the probability that it is right, and all of it assembled into Findings."""

from hedui.confidence.calibrator import (
    PRIORS,
    SCHEMA,
    Calibrator,
    Weights,
    load_calibrator,
    shipped_calibrator,
    weights_json,
)
from hedui.confidence.fdr import within_fdr
from hedui.confidence.items import Item, family_of
from hedui.confidence.probabilities import Probabilities, probabilities
from hedui.confidence.signals_records import disputes_of
from hedui.confidence.weighing import signals_of, weigh

__all__ = ["PRIORS", "SCHEMA", "Calibrator", "Item", "Probabilities", "Weights", "disputes_of", "family_of", "load_calibrator",
           "probabilities", "shipped_calibrator", "signals_of", "weigh", "weights_json", "within_fdr"]
