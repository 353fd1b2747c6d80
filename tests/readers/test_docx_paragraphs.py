"""Paragraphs of a docx: what counts as text, and which are headings."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from hedui.readers import read_bytes

Docx = Callable[..., bytes]
CASES = [line.split("\t") for line in (Path(__file__).parents[1] / "cases/readers_paragraphs.tsv").read_text("utf-8").splitlines()
         if not line.startswith("#")]
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="区级标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Named"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="正文样式"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring1"><w:name w:val="甲"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="乙"/><w:basedOn w:val="Ring1"/></w:style>
<w:style w:type="paragraph" w:styleId="HiddenP"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(("what", "xml", "text"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_text_of_a_paragraph(docx: Docx, what: str, xml: str, text: str, strict: bool) -> None:
    body = f"<w:p>{xml}</w:p><w:p><w:r><w:t>末</w:t></w:r></w:p>"
    document = read_bytes(docx(body, styles=STYLES, strict=strict), "a.docx")
    wanted = unescape(text).replace("\\n", "\n").replace("\\t", "\t")
    assert document.text == f"{wanted}\n末"
    assert len(document.blocks) == 2


@pytest.mark.parametrize(("properties", "kind", "level"), [
    ("", "paragraph", None),
    ('<w:pStyle w:val="1"/>', "heading", 1),
    ('<w:pStyle w:val="Own"/>', "heading", 1),
    ('<w:pStyle w:val="Named"/>', "heading", 3),
    ('<w:pStyle w:val="Body"/>', "paragraph", None),
    ('<w:pStyle w:val="Own"/><w:outlineLvl w:val="3"/>', "heading", 4),
    ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', "paragraph", None),
    ('<w:outlineLvl w:val="1"/>', "heading", 2),
    ('<w:pStyle w:val="T"/>', "heading", None),
    ('<w:pStyle w:val="Ring1"/>', "paragraph", None),
    ('<w:pStyle w:val="Unknown"/>', "paragraph", None),
])
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_headings(docx: Docx, properties: str, kind: str, level: int | None, strict: bool) -> None:
    document = read_bytes(docx(p("一、情况", properties), styles=STYLES, strict=strict), "a.docx")
    (block,) = document.blocks
    assert (block.kind, block.level, document.text) == (kind, level, "一、情况")


def test_empty_paragraphs_are_left_out(docx: Docx) -> None:
    document = read_bytes(docx("<w:p/>" + p("甲") + p("  ") + "<w:p/>" + p("乙")), "a.docx")
    assert document.text == "甲\n乙"


def test_a_paragraph_hidden_by_its_style_is_left_out_and_told(docx: Docx) -> None:
    document = read_bytes(docx(p("甲") + p("隐", '<w:pStyle w:val="HiddenP"/>'), styles=STYLES), "a.docx")
    assert document.text == "甲"
    assert any("1 runs of hidden text" in issue.what for issue in document.issues)


def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next(docx: Docx) -> None:
    deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
    document = read_bytes(docx(p("预算执行", deleted) + p("情况", '<w:outlineLvl w:val="0"/>') + p("尾", deleted)), "a.docx")
    assert document.text == "预算执行情况\n尾"
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


def test_tracked_changes_are_told(docx: Docx) -> None:
    body = '<w:p><w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>'
    (issue,) = read_bytes(docx(body), "a.docx").issues
    assert "2 tracked changes" in issue.what


def test_pages_are_told_where_they_add_up(docx: Docx) -> None:
    turned = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>乙</w:t></w:r></w:p>"
    app = "<Pages>2</Pages><Characters>20</Characters>"
    document = read_bytes(docx(p("甲") + turned, app=app), "a.docx")
    assert (document.pages, [block.page for block in document.blocks]) == (2, [1, 2])
    document = read_bytes(docx(p("甲") + turned + turned, app=app), "a.docx")
    assert (document.pages, [block.page for block in document.blocks]) == (2, [None] * 3)
    document = read_bytes(docx(p("甲"), app="<Pages>1</Pages><Characters>0</Characters>"), "a.docx")
    assert (document.pages, document.blocks[0].page) == (None, None)


def test_what_is_not_text_is_told(docx: Docx) -> None:
    picture = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    body = p("甲") + f"<w:p>{picture}</w:p><w:p><w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r></w:p><w:altChunk/>"
    told = " ".join(issue.what for issue in read_bytes(docx(body), "a.docx").issues)
    assert "1 pictures" in told and "1 embedded objects" in told and "1 embedded chunks" in told
