"""A Document -> HTML with headings, paragraphs and real tables, A4 when printed."""

from __future__ import annotations

from html import escape

from hedui.document import Block, Document
from hedui.synth.render_docx import is_title
from hedui.synth.settle import settled, size_of

__all__ = ["html_of"]

STYLE = """
@page { size: A4; margin: 24mm 20mm; @bottom-center { content: "- " counter(page) " -"; font-size: 9pt; } }
body { font-family: "Noto Serif CJK SC", SimSun, serif; font-size: 12pt; line-height: 1.6; margin: 0; }
h1.title { font-size: 16pt; text-align: center; }
h1, h2, h3, h4, h5, h6 { font-size: 12pt; margin: 0; }
p { text-indent: 2em; margin: 0; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; margin: 6pt 0; font-size: 9.5pt; line-height: 1.3; }
td { border: 1px solid black; padding: 2pt 3pt; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 2.2em; }
"""
UNRULED = "td { border: none; }"


def attribute(name: str, value: int) -> str:
    return f' {name}="{value}"' if value > 1 else ""


def table_html(text: str, block: Block) -> str:
    rows: list[list[str]] = [[] for _ in range(size_of(block.cells)[0])]
    for cell in block.cells:
        rows[cell.row].append(f"<td{attribute('rowspan', cell.rows)}{attribute('colspan', cell.cols)}>"
                              f"{escape(text[slice(*cell.span)])}</td>")
    return "<table>\n" + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "\n</table>"


def block_html(text: str, block: Block, index: int) -> str:
    words = text[slice(*block.span)]
    if block.kind == "table":
        return table_html(text, block)
    if is_title(index, words):
        return f'<h1 class="title">{escape(words)}</h1>'
    tag = f"h{min(max(block.level or 1, 1), 6)}" if block.kind == "heading" else "p"
    return f"<{tag}>{escape(words)}</{tag}>"


def html_of(document: Document, *, merge_labels: bool = False, ruled: bool = True) -> str:
    """The document as a page of HTML, without its page headers and footers; `merge_labels` as in `settled`, `ruled` draws the
    lines of tables."""
    document = settled(document, merge_labels=merge_labels)
    body = [block for block in document.blocks if block.role not in ("header", "footer")]
    blocks = "\n".join(block_html(document.text, block, index) for index, block in enumerate(body))
    return (f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(document.name)}</title>'
            f"<style>{STYLE if ruled else STYLE + UNRULED}</style></head>\n<body>\n{blocks}\n</body></html>\n")
