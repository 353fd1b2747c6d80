"""Tellings of one thing held against each other: figures, funds, indicators, rows, names, labels, targets."""
