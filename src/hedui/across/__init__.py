"""Between the files of a run: what extraction wrote for many reports in, what cannot be true of all of them out.

`facts` takes from each output what other files can be held against, `shelf` keeps it on disk, one module a question holds
tellings of one thing against each other, and `run` asks them all. Everything is blocked by keys (unit, programme, year, place,
document number, rare pieces of text), so that the work grows with the number of files.
"""

from hedui.across.run import across
from hedui.across.types import Across, CrossCheck, CrossKind, Edition, FileQuote

__all__ = ["Across", "CrossCheck", "CrossKind", "Edition", "FileQuote", "across"]
