"""Findings -> an audit opinion on each report: its findings by consequence and confidence, and how its figures hang together."""

from hedui.opinion.opine import opinions_of
from hedui.opinion.types import Figure, Formula, Item, Operand, Opinion, Place, Stake, Tally, Web

__all__ = ["Figure", "Formula", "Item", "Operand", "Opinion", "Place", "Stake", "Tally", "Web", "opinions_of"]
