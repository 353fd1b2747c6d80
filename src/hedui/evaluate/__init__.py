"""Annotations and results in; precision, recall, value accuracy, intervals and the trust that probabilities deserve out.

Things are matched by what they say and not by offsets, so that a scan and a text of one report are measured alike.
"""

from hedui.evaluate.calibration import (
    area_under_risk,
    brier,
    calibration_error,
    clopper_pearson_low,
    coverage,
    risk_coverage,
)
from hedui.evaluate.evaluation import Evaluation, Pooled, evaluate, figures_of
from hedui.evaluate.figures import Figure
from hedui.evaluate.reading import Reading, reading_of_gold, reading_of_output
from hedui.evaluate.reliability import Judged, Reliability, reliabilities, reliability_json, reliability_table
from hedui.evaluate.rightness import right_claims, right_mentions, right_records
from hedui.evaluate.rightness_checks import right_checks
from hedui.evaluate.table import evaluation_json, evaluation_table, miss_lines

__all__ = [
    "Evaluation", "Figure", "Judged", "Pooled", "Reading", "Reliability", "area_under_risk", "brier", "calibration_error",
    "clopper_pearson_low", "coverage", "evaluate", "evaluation_json", "evaluation_table", "figures_of", "miss_lines",
    "reading_of_gold", "reading_of_output", "reliabilities", "reliability_json", "reliability_table", "right_checks",
    "right_claims", "right_mentions", "right_records", "risk_coverage",
]
