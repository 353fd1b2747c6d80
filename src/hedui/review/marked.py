"""The text of a report -> the HTML of its paragraphs and tables, cut at every place that something was read from.

Each piece is a `span` with its first offset (`data-s`, in characters) and the mention it belongs to, so that a browser can light any place and
tell which place was selected. Everything is escaped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from hedui.export.page_blocks import Heading, Paragraph, Table, blocks
from hedui.export.page_grids import grid_table

__all__ = ["html_of"]

Span = tuple[int, int]
Json = Mapping[str, Any]


def cuts_of(report: Json, more: Iterable[Span]) -> list[int]:
    """Every offset at which something starts or ends that was read in a report."""
    spans = [one["span"] for kind in ("mentions", "claims") for one in report[kind]]
    spans += [pair for claim in report["claims"] for pair in claim.get("spans", {}).values()]
    spans += [quote["span"] for check in report["checks"] for quote in (*check["inputs"], check["stated"])]
    return sorted({at for span in (*spans, *more) for at in span})


class Pieces:
    """The text between two offsets as HTML, in pieces."""

    def __init__(self, text: str, cuts: Sequence[int], mentions: Iterable[tuple[Span, str, str]]) -> None:
        self.text, self.cuts = text, cuts
        self.mentions = sorted(mentions)
        self.starts = [span[0] for span, _, _ in self.mentions]

    def holder(self, at: int) -> tuple[str, str] | None:
        """Id and label of the innermost mention that holds the character at `at`."""
        n = bisect_right(self.starts, at)
        for (_, end), name, label in reversed(self.mentions[max(0, n - 4):n]):
            if at < end:
                return name, label
        return None

    def html(self, start: int, end: int) -> str:
        inner = self.cuts[bisect_right(self.cuts, start):bisect_left(self.cuts, end)]
        found, at = [], start
        for stop in (*inner, end):
            held = self.holder(at)
            own = f' class="m {escape(held[1])}" data-m="{escape(held[0])}"' if held else ""
            found.append(f'<span data-s="{at}"{own}>{escape(self.text[at:stop])}</span>')
            at = stop
        return "".join(found)


def html_of(output: Json, report: Json, mentions: Iterable[tuple[Span, str, str]], more: Iterable[Span] = ()) -> str:
    """One report of an output; `mentions` are the spans, ids and labels as they stand now, `more` other places to cut at."""
    text, (start, end) = output["text"], report["span"]
    headings = {one["heading"][0]: Heading(end=one["heading"][1], level=one.get("level") or 1)
                for one in output.get("sections") or () if one["heading"][0] < one["heading"][1]}
    grids = [grid_table(grid, text) for grid in output.get("grids") or () if grid["span"][0] < end and grid["span"][1] > start]
    held = list(mentions)
    pieces = Pieces(text, sorted({*cuts_of(report, more), *(at for span, _, _ in held for at in span)}), held)
    drawn = blocks(text, grids=grids, headings=headings or None)
    return "\n".join(block_html(block, pieces) for block in drawn if block.span[0] < end and block.span[1] > start)


def block_html(block: Paragraph | Table, pieces: Pieces) -> str:
    if isinstance(block, Table):
        return table_html(block, pieces)
    start, end = block.span
    if not block.level:
        return f"<p>{pieces.html(start, end)}</p>"
    tag = f"h{min(block.level + 2, 6)}"
    if block.lead is None:
        return f"<{tag}>{pieces.html(start, end)}</{tag}>"
    return f"<p><b>{pieces.html(start, block.lead)}</b>{pieces.html(block.lead, end)}</p>"


def table_html(table: Table, pieces: Pieces) -> str:
    return f'<div class="wide" tabindex="0" role="region" aria-label="表格 table"><table>{"".join(rows_html(table, pieces))}</table></div>'


def rows_html(table: Table, pieces: Pieces) -> Iterator[str]:
    for n, row in enumerate(table.rows):
        tag = "th" if n < table.header_rows else "td"
        cells = (f'<{tag}{extent("colspan", cell.cols)}{extent("rowspan", cell.rows)}>{pieces.html(*cell.span)}</{tag}>' for cell in row)
        yield f"<tr>{''.join(cells)}</tr>"


def extent(name: str, size: int) -> str:
    return f' {name}="{size}"' if size > 1 else ""
