"""Tables of a docx: merged, deleted and nested cells, and the span of each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx as python_docx
import pytest

from hedui.document import Block, Document
from hedui.readers import read_bytes

Docx = Callable[..., bytes]


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def controlled(content: str) -> str:
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


SPAN2 = '<w:gridSpan w:val="2"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
ACROSS, FURTHER = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'


def drawn(document: Document, block: Block) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.col, cell.rows, cell.cols, document.text[slice(*cell.span)]) for cell in block.cells]


TABLES = {
    "merged across": ([tr(tc("甲", SPAN2), tc("乙")), tr(tc("1"), tc("2"), tc("3"))],
                      [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")]),
    "merged down": ([tr(tc("甲", DOWN), tc("1")), tr(tc("", ON), tc("2")), tr(tc("", ON), tc("3"))],
                    [(0, 0, 3, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2"), (2, 1, 1, 1, "3")]),
    "merged both ways": ([tr(tc("甲", SPAN2 + DOWN), tc("1")), tr(tc("", SPAN2 + ON), tc("2"))],
                         [(0, 0, 2, 2, "甲"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2")]),
    "old merge across": ([tr(tc("甲", ACROSS), tc("", FURTHER), tc("乙"))], [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]),
    "old merge across and down": (
        [tr(tc("甲", ACROSS + DOWN), tc("", FURTHER + DOWN), tc("1")), tr(tc("", ACROSS + ON), tc("", FURTHER + ON), tc("2"))],
        [(0, 0, 2, 2, "甲"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2")]),
    "two merges down, one after the other": (
        [tr(tc("甲", DOWN)), tr(tc("", ON)), tr(tc("乙", DOWN)), tr(tc("", ON))], [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")]),
    "columns left free at the start": ([tr(tc("1"), properties='<w:gridBefore w:val="2"/>')], [(0, 2, 1, 1, "1")]),
    "nothing above to continue": ([tr(tc("甲", ON))], [(0, 0, 1, 1, "甲")]),
    "a continuation of other width": ([tr(tc("甲", DOWN + SPAN2)), tr(tc("乙", ON), tc("丙"))],
                                      [(0, 0, 1, 2, "甲"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "丙")]),
    "a deleted row": ([tr(tc("甲")), tr(tc("乙"), properties='<w:del w:id="1"/>'), tr(tc("丙"))],
                      [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "丙")]),
    "an inserted row": ([tr(tc("甲"), properties='<w:ins w:id="1"/>')], [(0, 0, 1, 1, "甲")]),
    "a deleted cell": ([tr(tc("甲", '<w:cellDel w:id="1"/>'), tc("乙"))], [(0, 0, 1, 1, "乙")]),
    "a tracked merge": ([tr(tc("甲", '<w:cellMerge w:vMerge="rest"/>')), tr(tc("", '<w:cellMerge w:vMerge="cont"/>'))],
                        [(0, 0, 2, 1, "甲")]),
    "a hidden row": ([tr(tc("甲")), tr(tc("乙"), properties="<w:hidden/>")], [(0, 0, 1, 1, "甲")]),
    "rows and cells in content controls": (
        [controlled(tr(controlled(tc("甲")), tc("乙")))],
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]),
    "absurd spans": ([tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), tc("乙", '<w:gridSpan w:val="-3"/>'))],
                     [(0, 0, 1, 1000, "甲"), (0, 1000, 1, 1, "乙")]),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_table(docx: Docx, name: str, strict: bool) -> None:
    rows, wanted = TABLES[name]
    document = read_bytes(docx(tbl(*rows), strict=strict), "a.docx")
    (block,) = document.blocks
    assert drawn(document, block) == wanted


def test_how_a_table_stands_in_the_text(docx: Docx) -> None:
    table = tbl(tr(f"<w:tc>{p('甲')}{p('')}{p('乙')}</w:tc>", tc("1", DOWN), tc()), tr(tc(), tc("", ON), tc("3")))
    document = read_bytes(docx(p("前") + table + p("后")), "a.docx")
    assert document.text == "前\n甲\n乙\t1\t\n\t3\n后"


def test_a_table_in_a_cell_follows_as_its_own(docx: Docx) -> None:
    nested = tbl(tr(tc("内1"), tc("内2")))
    document = read_bytes(docx(tbl(tr(f"<w:tc>{p('外')}{nested}{p('续')}</w:tc>", tc("右")), tr(tc("下"))) + p("后")), "a.docx")
    assert document.text == "外\n续\t右\n下\n内1\t内2\n后"
    assert [block.kind for block in document.blocks] == ["table", "table", "paragraph"]
    assert drawn(document, document.blocks[1]) == [(0, 0, 1, 1, "内1"), (0, 1, 1, 1, "内2")]


def test_a_frame_of_one_cell_around_a_table_is_looked_through(docx: Docx) -> None:
    document = read_bytes(docx(tbl(tr(f"<w:tc>{p('前')}{tbl(tr(tc('1'), tc('2')))}{p('后')}</w:tc>"))), "a.docx")
    assert (document.text, [block.kind for block in document.blocks]) == ("前\n1\t2\n后", ["paragraph", "table", "paragraph"])


def test_text_under_a_merged_cell_stands_once_or_is_told(docx: Docx) -> None:
    same = read_bytes(docx(tbl(tr(tc("甲", DOWN), tc("1")), tr(tc("甲", ON), tc("2")))), "a.docx")
    assert (same.text, same.issues) == ("甲\t1\n2", ())
    other = read_bytes(docx(tbl(tr(tc("甲", DOWN), tc("1")), tr(tc("乙", ON), tc("2")))), "a.docx")
    assert other.text == "甲\t1\n2"
    assert "1 cells hidden under merged ones" in other.issues[0].what


def test_a_table_without_a_word_is_left_out(docx: Docx) -> None:
    assert read_bytes(docx(p("甲") + tbl(tr(tc(), tc()))), "a.docx").text == "甲"


def test_tables_nested_without_end_are_cut_and_told(docx: Docx) -> None:
    table = tbl(tr(tc("底"), tc("1")))
    for depth in range(40):
        table = tbl(tr(f"<w:tc>{p(f'第{depth}层')}{table}</w:tc>", tc("2")))
    document = read_bytes(docx(table), "a.docx")
    assert document.text.startswith("第39层") and "底" not in document.text
    assert any("nested too deeply" in issue.what for issue in document.issues)


def test_a_table_that_word_library_writes() -> None:
    built = python_docx.Document()
    table = built.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "合"
    for row, col in ((0, 2), (1, 2), (2, 0), (2, 1), (2, 2)):
        table.cell(row, col).text = f"{row}{col}"
    buffer = BytesIO()
    built.save(buffer)
    document = read_bytes(buffer.getvalue(), "a.docx")
    assert drawn(document, document.blocks[0]) == [
        (0, 0, 2, 2, "合"), (0, 2, 1, 1, "02"), (1, 2, 1, 1, "12"), (2, 0, 1, 1, "20"), (2, 1, 1, 1, "21"), (2, 2, 1, 1, "22")]


def test_ten_thousand_rows_are_read(docx: Docx) -> None:
    rows = (tr(tc(f"指标{row}"), tc("≥90%"), tc(f"{row}.5")) for row in range(10_000))
    document = read_bytes(docx(tbl(*rows)), "大.docx")
    (block,) = document.blocks
    assert len(block.cells) == 30_000
    assert drawn(document, block)[-3:] == [(9999, 0, 1, 1, "指标9999"), (9999, 1, 1, 1, "≥90%"), (9999, 2, 1, 1, "9999.5")]
