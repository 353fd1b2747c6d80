"""Annotations in the form of annotations/guidelines.md -> frozen types with spans, and findings -> the same form.

An annotation names a line and quotes it; with the text at hand every quote gets its span. What is written from findings
is where annotators start from: they correct it, hedui never takes it for gold by itself.
"""

from hedui.gold.read import read_gold
from hedui.gold.types import Gold, GoldCheck, GoldClaim, GoldMention, GoldQuote, GoldReport
from hedui.gold.write import gold_json, gold_of

__all__ = ["Gold", "GoldCheck", "GoldClaim", "GoldMention", "GoldQuote", "GoldReport", "gold_json", "gold_of", "read_gold"]
