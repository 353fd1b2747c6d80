"""Whatever a file holds: blocks are in order and apart, cells lie in their table, every span holds its text."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.assemble import Draft, DraftCell, assemble

Docx = Callable[..., bytes]
WORDS = st.text(st.sampled_from("一指标（）%≥90.5万元 AB"), max_size=8)
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def cell(content: str, cols: int, merge: str) -> str:
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cols}"/>{down}</w:tcPr>{content}</w:tc>'


def table(rows: list[list[str]]) -> str:
    inside = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{inside}</w:tbl>"


def box(content: str) -> str:
    return f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"


PARAGRAPHS = WORDS.map(paragraph)


def larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    contents = st.lists(smaller, max_size=3).map("".join)
    cells = st.builds(cell, contents, st.integers(1, 3), st.sampled_from(["", "", "restart", "continue"]))
    rows = st.lists(st.lists(cells, max_size=4), max_size=4)
    return rows.map(table) | contents.map(box) | contents


BODIES = st.recursive(PARAGRAPHS, larger, max_leaves=25)


def check_spans(document: Document) -> None:
    at = 0
    for block in document.blocks:
        assert at <= block.span[0] <= block.span[1] <= len(document.text)
        at = block.span[1]
        inside = block.span[0]
        for one in block.cells:
            assert inside <= one.span[0] <= one.span[1] <= block.span[1]
            inside = one.span[1]
        taken = [(row, col) for one in block.cells for row in range(one.row, one.row + one.rows)
                 for col in range(one.col, one.col + one.cols)]
        assert len(taken) == len(set(taken))
    between = "".join(document.text[end:start] for end, start in zip(
        [0, *(block.span[1] for block in document.blocks)], [*(block.span[0] for block in document.blocks), len(document.text)],
        strict=True))
    assert not between.strip("\n")


@given(BODIES)
@SLOW
def test_spans_of_any_docx(docx: Docx, body: str) -> None:
    try:
        document = read_bytes(docx(body), "a.docx")
    except ReadError as error:
        assert "no words" in error.cause
        return
    check_spans(document)


CELLS = st.builds(DraftCell, row=st.integers(0, 5), col=st.integers(0, 5), text=WORDS)
DRAFTS = (st.builds(Draft, kind=st.just("paragraph"), text=WORDS)
          | st.lists(CELLS, unique_by=lambda one: (one.row, one.col)).map(lambda cells: Draft(kind="table", cells=tuple(cells))))


@given(st.lists(DRAFTS))
def test_every_span_holds_its_text(drafts: list[Draft]) -> None:
    text, blocks, _ = assemble(drafts)
    assert len(blocks) == len(drafts)
    for draft, block in zip(drafts, blocks, strict=True):
        if draft.kind == "table":
            wanted = sorted((one.row, one.col, one.text) for one in draft.cells)
            assert [(one.row, one.col, text[slice(*one.span)]) for one in block.cells] == wanted
        else:
            assert text[slice(*block.span)] == draft.text
