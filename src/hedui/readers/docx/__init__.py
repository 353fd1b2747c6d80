"""Bytes of a docx -> Document, straight from its XML."""

from hedui.readers.docx.read import read_docx

__all__ = ["read_docx"]
