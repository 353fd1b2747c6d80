"""Imported by the server that reading processes are forked from: what each of them needs is loaded once, and shared.

What is loaded stays for good, so that it is taken out of the rounds of the garbage collector, which would also copy it into
every process by touching it. A report is many thousand small objects that are gone with it: the collector looks at them more seldom.
"""

import gc

from hedui.extract import extract
from hedui.mentions import mentions_of_text

__all__ = ["extract"]

mentions_of_text("预算1200万元")
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
