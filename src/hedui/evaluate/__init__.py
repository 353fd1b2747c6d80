"""Annotations and results in; precision, recall, value accuracy and intervals that hold them out.

Things are matched by what they say and not by offsets, so that a scan and a text of one report are measured alike.
"""

from hedui.evaluate.calibration import brier, calibration_error, coverage, wilson_low
from hedui.evaluate.evaluation import Evaluation, Pooled, evaluate, figures_of
from hedui.evaluate.figures import Figure
from hedui.evaluate.reading import Reading, reading_of_gold, reading_of_output
from hedui.evaluate.rightness import right_claims, right_mentions, right_records
from hedui.evaluate.rightness_checks import right_checks
from hedui.evaluate.table import evaluation_json, evaluation_table, miss_lines

__all__ = [
    "Evaluation", "Figure", "Pooled", "Reading", "brier", "calibration_error", "coverage", "evaluate",
    "evaluation_json", "evaluation_table", "figures_of", "miss_lines", "reading_of_gold",
    "reading_of_output", "right_checks", "right_claims", "right_mentions", "right_records", "wilson_low",
]
