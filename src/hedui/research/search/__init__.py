"""What reports say, found by the words, figures and filters that people type."""

from hedui.research.search.find import search
from hedui.research.search.hits import Hit, Hits, marked, snippet

__all__ = ["Hit", "Hits", "marked", "search", "snippet"]
