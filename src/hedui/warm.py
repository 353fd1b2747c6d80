"""Imported by the server that reading processes are forked from: what each of them needs is loaded once, and shared."""

from hedui.extract import extract
from hedui.mentions import mentions_of_text

__all__ = ["extract"]

mentions_of_text("预算1200万元")
