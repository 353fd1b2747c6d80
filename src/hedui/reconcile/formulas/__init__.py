"""Formulas as programs: named, written as text, run over intervals, told as checks."""
