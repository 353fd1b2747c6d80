"""Paragraphs of a docx that are rows or cells of a table set with tabs -> the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from hedui.document import Block, Span
from hedui.readers.plain.blocks import blocks_of

__all__ = ["with_typed_tables"]


def moved(block: Block, by: int) -> Block:
    def shifted(span: Span) -> Span:
        return span[0] + by, span[1] + by

    return replace(block, span=shifted(block.span), cells=tuple(replace(cell, span=shifted(cell.span)) for cell in block.cells))


def typed(text: str, run: Sequence[Block]) -> Iterator[Block]:
    """The blocks of neighbouring paragraphs with tabs, those that make a table put together."""
    start, end = run[0].span[0], run[-1].span[1]
    at = 0
    for table in (moved(block, start) for block in blocks_of(text[start:end]) if block.kind == "table"):
        while run[at].span[1] <= table.span[0]:
            yield run[at]
            at += 1
        yield replace(table, page=run[at].page)
        while at < len(run) and run[at].span[0] < table.span[1]:
            at += 1
    yield from run[at:]


def with_typed_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks` with every table that was set with tabs as a table; the text stays as it is."""
    def tabbed(block: Block) -> bool:
        return block.kind == "paragraph" and block.role == "body" and block.number is None and "\t" in text[slice(*block.span)]

    found: list[Block] = []
    for is_tabbed, group in groupby(blocks, key=tabbed):
        run = list(group)
        found += typed(text, run) if is_tabbed and len(run) > 1 else run
    return tuple(found)
