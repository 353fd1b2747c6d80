"""Bytes of a saved web page (HTML, MHT) -> Document: what a reader of the page sees."""

from hedui.readers.web.read import read_web

__all__ = ["read_web"]
