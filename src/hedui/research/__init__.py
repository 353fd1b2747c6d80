"""What many reports claim, as tables with evidence: for those who mine them."""

from hedui.research.opening import open_store
from hedui.research.report_facts import report_facts
from hedui.research.query import Filter, Query, Term, parse_query
from hedui.research.store import ResearchStore
from hedui.research.table import Table

__all__ = ["Filter", "Query", "ResearchStore", "Table", "Term", "open_store", "parse_query", "report_facts"]
