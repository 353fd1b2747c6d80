"""The page of an inspected file: everything read is drawn where it stands, and nothing in a file can act."""

import re

import pytest

from hedui.document import Block, Box, Cell, Document, Grid, GridCell, Issue, Layout, Line, Repair
from hedui.export.inspect import PagePicture, inspection_page
from hedui.export.inspect_marks import marks_of

TEXT = "执行<b>情况</b>\n指标\t98%"


@pytest.fixture
def layout():
    def line(start, end, top, scores=b""):
        edges = tuple(10.0 * i for i in range(end - start + 1)) if scores else ()
        return Line(span=(start, end), box=Box(page=1, x0=0, y0=top, x1=10.0 * (end - start), y1=top + 10), edges=edges, scores=scores)

    table = (12, 18)
    cells = (Cell(row=0, col=0, rows=2, span=(12, 14), box=Box(page=1, x0=0, y0=50, x1=40, y1=70)),
             Cell(row=0, col=1, span=(15, 18), box=Box(page=2, x0=40, y0=50, x1=90, y1=70)))
    document = Document(
        name="扫描<i>.pdf", sha256="0" * 64, media_type="application/pdf", text=TEXT, pages=2,
        blocks=(Block(kind="paragraph", span=(0, 11), page=1), Block(kind="table", span=table, cells=cells, page=1)),
        lines=(line(0, 11, 10, bytes([99] * 10 + [60])), line(12, 14, 55), line(15, 18, 55)),
        issues=(Issue(where="第 1 页", what="歪斜 <2°>"),))
    made = GridCell(row=0, col=1, span=(15, 18), text="98%", repair="shifted")
    grid = Grid(span=table, rows=((made,),), header_rows=0, headers=((),), repairs=(Repair(kind="shifted", rows=(0,), what="移回"),))
    return Layout(document=document, parts=(), sections=(), paragraphs=(), grids=(grid,))


def test_everything_is_marked_where_it_stands(layout):
    marks = marks_of(layout)
    assert [(m.look, m.label) for m in marks[1]] == [("paragraph", "1"), ("table", "2"), ("cell", ""), ("repair", ""), ("doubt", "")]
    assert [(m.look, m.box.x0) for m in marks[2]] == [("table", 40), ("cell", 40)]
    doubt = marks[1][-1]
    assert (doubt.said, doubt.box.x0, doubt.box.x1) == ("> 60%", 100, 110)
    assert marks[1][2].said == "r1 c1 2×1 · 指标"


def test_the_page_shows_pages_marks_and_text(layout):
    page = inspection_page(layout, {1: PagePicture(jpeg=b"\xff\xd8x", width=595, height=842)})
    assert page.count("<svg") == 2 and page.count("<image") == 1 and 'viewBox="0 0 595.0 842.0"' in page
    assert len(re.findall(r'<g class="cell"', page)) == 2
    assert 'rowspan="2"' in page and "移回" in page and 'class="repair"' in page
    assert "<b>情况" not in page and "&lt;b&gt;情况" in page and "<i>.pdf" not in page and "&lt;2°&gt;" in page
    assert "default-src 'none'" in page and "<script" not in page


def test_a_file_without_pages_is_shown_as_it_flows(layout):
    page = inspection_page(Layout(document=Document(
        name="a.txt", sha256="0" * 64, media_type="text/plain", text="一、情况", blocks=(Block(kind="heading", span=(0, 4), level=1),)),
        parts=(), sections=(), paragraphs=()), {})
    assert "不分页" in page and "<svg" not in page and "<h2>一、情况</h2>" in page
