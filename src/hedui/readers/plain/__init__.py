"""Bytes of a plain text or Markdown file -> Document; tables in the dialects in which exports write them."""

from hedui.readers.plain.blocks import blocks_of
from hedui.readers.plain.read import read_text

__all__ = ["blocks_of", "read_text"]
