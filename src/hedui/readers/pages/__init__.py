"""Pages as they look (runs of characters and ruled lines, from PDF, scan or OFD) -> blocks with their places."""

from hedui.readers.pages.drafts import page_drafts
from hedui.readers.pages.page import Page, Rule, Run

__all__ = ["Page", "Rule", "Run", "page_drafts"]
