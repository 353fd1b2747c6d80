"""Every character, every cell and every merge of a document stands in the Word file made of it."""

from pathlib import Path

import pytest

from hedui.document import Block, Cell, Document
from hedui.readers import read, read_bytes
from hedui.synth.render import WordLook, docx_of, settled
from hedui.synth.render_docx import column_widths

SAMPLES = sorted((Path(__file__).parents[2] / "annotations" / "samples").glob("s*.*"))


def shape(document: Document) -> list[object]:
    """The body of the document: kind, text, cells with their extents."""
    def text(span):
        return document.text[slice(*span)]

    return [(block.kind, text(block.span) if block.kind != "table" else
             [(cell.row, cell.col, cell.rows, cell.cols, text(cell.span)) for cell in block.cells])
            for block in document.blocks if block.role == "body"]


LOOKS = {"plain": WordLook(), "office": WordLook(merge_labels=True, repeat_header=True, header="某省财政厅", split_rows=False),
         "across": WordLook(landscape=True, ruled=False, page_numbers=False)}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_report_comes_back_as_it_was(path, look):
    document = settled(read(path), merge_labels=look.merge_labels)
    assert shape(read_bytes(docx_of(document, look=look), "made.docx")) == shape(document)


def test_the_margins_stand_in_the_margins():
    back = read_bytes(docx_of(read_bytes("某报告\n正文一段。".encode(), "a.txt"), look=WordLook(header="内部资料")), "a.docx")
    assert [back.text[slice(*block.span)] for block in back.blocks if block.role == "header"] == ["内部资料"]
    assert "内部资料" not in "".join(str(one) for one in shape(back))


MERGED = [Cell(row=0, col=0, rows=2, cols=2, span=(0, 1)), Cell(row=0, col=2, span=(1, 2)), Cell(row=1, col=2, rows=2, span=(2, 3)),
          Cell(row=2, col=0, span=(3, 4)), Cell(row=2, col=1, span=(4, 5))]


def test_merged_cells_of_two_directions_stay():
    document = Document(name="m", sha256="", media_type="", text="甲乙丙丁戊",
                        blocks=(Block(kind="table", span=(0, 5), cells=tuple(MERGED)),))
    assert shape(read_bytes(docx_of(document), "m.docx")) == [("table", [
        (0, 0, 2, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 2, 2, 1, "丙"), (2, 0, 1, 1, "丁"), (2, 1, 1, 1, "戊")])]


@pytest.mark.parametrize("text", ["一\t二", "  前有空格", "\u3000\u3000全角空格", "上\n下", "a & b < c > d", "“引号”…—①㎡〔2021〕"])
def test_a_paragraph_keeps_its_characters(text):
    document = Document(name="p", sha256="", media_type="", text=text, blocks=(Block(kind="paragraph", span=(0, len(text))),))
    assert shape(read_bytes(docx_of(document), "p.docx")) == [("paragraph", text)]


def test_columns_share_the_width_and_hold_their_figures():
    text = "项目名称很长很长很长很长很长" + "168437.55"
    cells = (Cell(row=0, col=0, span=(0, 14)), Cell(row=0, col=1, span=(14, 23)), Cell(row=0, col=2, span=(23, 23)))
    widths = column_widths(cells, text, 400)
    assert sum(widths) == pytest.approx(400)
    assert widths[0] > widths[1] > widths[2] and widths[1] > 9 * 10.5 * 0.5
