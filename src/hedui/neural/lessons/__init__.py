"""Reports and their annotations -> lessons that the network learns from."""

from hedui.neural.lessons.align import alignment_of
from hedui.neural.lessons.lesson import lesson_of, read_lessons

__all__ = ["alignment_of", "lesson_of", "read_lessons"]
