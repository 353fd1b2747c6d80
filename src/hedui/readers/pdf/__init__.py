"""Bytes of a PDF -> Document, page by page."""
