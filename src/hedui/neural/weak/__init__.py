"""Reports without annotations -> lessons: labelling functions vote, a label model weighs the votes, what is sure is learned."""

from hedui.neural.weak.card import FunctionFigures, SureFigures, figures_of, figures_table, sure_figures
from hedui.neural.weak.lessons import lesson_of_votes, surveys_of, weak_lessons
from hedui.neural.weak.model import LabelModel, fit_label_model, load_label_model, save_label_model
from hedui.neural.weak.survey import survey_file, survey_of
from hedui.neural.weak.types import Survey

__all__ = [
           "FunctionFigures",
           "LabelModel",
           "SureFigures",
           "Survey",
           "figures_of",
           "figures_table",
           "fit_label_model",
           "lesson_of_votes",
           "load_label_model",
           "save_label_model",
           "sure_figures",
           "survey_file",
           "survey_of",
           "surveys_of",
           "weak_lessons",
]
