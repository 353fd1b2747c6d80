"""A page in; the Word file out: headings with styles and automatic numbers, tables merged both ways, page header and footer."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from hedui.synth.marked.page import Page
from hedui.synth.marked.source import Part
from hedui.synth.marked.tables import Table, render_table

__all__ = ["write_word"]

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
STAMP = (2024, 1, 1, 0, 0, 0)
# # 部门概况 · ## 主要职能 · >h page header · >f page footer
PREFIX = re.compile(r"^(#{1,3}|>[hf]) ")


def numbering(document: Any) -> str:
    """Add one outline list to the file; its number."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {NS} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {NS} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return "90"


def add_line(document: Any, line: str, text: str, number: str) -> None:
    """The element `line`, of which `text` stands on the page."""
    match = PREFIX.match(line)
    if match and match[1].startswith(">"):
        section = document.sections[0]
        (section.header if match[1] == ">h" else section.footer).paragraphs[0].text = text
    elif match:
        level = len(match[1])
        paragraph = document.add_heading(text, level)
        properties = paragraph._p.get_or_add_pPr()
        list_properties = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", str(level - 1)), ("w:numId", number)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            list_properties.append(child)
        properties.append(list_properties)
    else:
        document.add_paragraph(text)


def add_table(document: Any, table: Table, cells: Iterator[str]) -> None:
    """The table; `cells` are the texts of its cells as they stand on the page, merged ones once."""
    width = max(len(row.cells) for row in table.rows)
    drawn = document.add_table(rows=len(table.rows), cols=width, style="Table Grid")
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(table.rows):
        if len(row.cells) != width:
            raise ValueError(f"table {table.name}, row {r + 1}: {len(row.cells)} cells of {width}")
        for c in range(width):
            ends[table.origin(r, c)] = (r, c)
    grid = [row.cells for row in drawn.rows]  # at once: drawn.cell(r, c) goes over the whole table for each
    for (r, c), (last_row, last_col) in sorted(ends.items()):
        cell = grid[r][c]
        if (r, c) != (last_row, last_col):
            cell = cell.merge(grid[last_row][last_col])
        cell.text = next(cells)


def settled(data: bytes) -> bytes:
    """The same package with a fixed time on every part, so that building twice gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def write_word(page: Page, path: Path) -> None:
    """Write the report of `page` to `path` as a Word file."""
    document = docx.Document()
    number = numbering(document)
    lines = iter(page.marked.text.split("\n"))
    for element in page.source.elements:
        if isinstance(element, Table):
            texts = [next(lines).split("\t") for _ in render_table(element, page.source.dialect)]
            add_table(document, element, chain.from_iterable(texts))
        elif not isinstance(element, Part):
            add_line(document, element, next(lines, ""), number)
    stream = BytesIO()
    document.save(stream)
    path.write_bytes(settled(stream.getvalue()))
