"""PDF -> pages as they look, and the document they make."""

from hedui.readers.pdf.pages import pdf_pages

__all__ = ["pdf_pages"]
