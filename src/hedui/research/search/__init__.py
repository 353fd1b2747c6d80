"""What reports say, found by the words, figures and filters that people type."""

from hedui.research.search.find import Around, around, search
from hedui.research.search.hits import Hit, Hits, marked, snippet

__all__ = ["Around", "Hit", "Hits", "around", "marked", "search", "snippet"]
