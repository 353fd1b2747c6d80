"""A layout and the pictures of its pages come in, one HTML page goes out that shows how the file was read.

Left the pages with blocks, cells, order and doubtful spots drawn on them, right the text as read. The page needs no network
and no script; its content security policy allows nothing but its own style and pictures.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hedui.document import Block, Cell, Layout
from hedui.export.inspect_marks import Mark, marks_of, repaired_cells
from hedui.export.inspect_words import KINDS

__all__ = ["PagePicture", "inspection_page"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PagePicture:
    """The picture of a page as JPEG and the page's size in points."""

    jpeg: bytes
    width: float
    height: float

    @property
    def address(self) -> str:
        return f"data:image/jpeg;base64,{base64.b64encode(self.jpeg).decode('ascii')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A page to draw."""

    number: int
    width: float
    height: float
    picture: str
    marks: Sequence[Mark]


@cache
def asset(name: str) -> str:
    return files("hedui.export").joinpath("inspect_web", name).read_text(encoding="utf-8")


def pages_of(marks: Mapping[int, Sequence[Mark]], pictures: Mapping[int, PagePicture]) -> list[Shown]:
    """Every page that has a picture or a mark; without a picture it is as large as what stands on it."""
    shown = []
    for number in sorted({*marks, *pictures}):
        held, picture = marks.get(number, ()), pictures.get(number)
        width = picture.width if picture else max((m.box.x1 for m in held), default=0) + 20
        height = picture.height if picture else max((m.box.y1 for m in held), default=0) + 20
        shown.append(Shown(number=number, width=width, height=height, picture=picture.address if picture else "", marks=held))
    return shown


def table_rows(block: Block) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def inspection_page(layout: Layout, pictures: Mapping[int, PagePicture]) -> str:
    """The page; `pictures` by page number, none for a file without pages."""
    document, style = layout.document, asset("inspect.css")
    pages = pages_of(marks_of(layout), pictures)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode("ascii")
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(asset("inspect.html")).render(
        document=document, text=document.text, pages=pages, kinds=KINDS, table_rows=table_rows, style=Markup(style),
        policy=Markup(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"),
        grids=layout.grids, repaired=repaired_cells(layout),
        counts={kind: sum(mark.look == kind for page in pages for mark in page.marks) for kind in KINDS})
