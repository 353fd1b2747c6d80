"""What stands beside the body of a docx: boxes, notes, comments, headers and footers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hedui.readers import read_bytes

Docx = Callable[..., bytes]


def p(text: str, more: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t>{more}</w:r></w:p>"


def said(data: bytes) -> list[tuple[str, str]]:
    document = read_bytes(data, "a.docx")
    return [(block.role, document.text[slice(*block.span)]) for block in document.blocks]


BOX = "<w:txbxContent>{}</w:txbxContent>"
CHOICE = ("<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
          f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>")
FALLBACK = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def boxed(content: str) -> str:
    """A text box as Word writes it: the same content twice, for new and for old readers."""
    return (f'<mc:AlternateContent><mc:Choice Requires="wps">{CHOICE.format(content)}</mc:Choice>'
            f"<mc:Fallback>{FALLBACK.format(content)}</mc:Fallback></mc:AlternateContent>")


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_a_text_box_stands_once_after_its_paragraph(docx: Docx, strict: bool) -> None:
    assert said(docx(p("前", boxed(p("框一") + p("框二"))) + p("后"), strict=strict)) == [
        ("body", "前"), ("textbox", "框一"), ("textbox", "框二"), ("body", "后")]


def test_an_old_text_box(docx: Docx) -> None:
    assert said(docx(p("前", FALLBACK.format(p("框"))))) == [("body", "前"), ("textbox", "框")]


def test_a_box_in_an_empty_paragraph_in_a_cell_and_in_a_box(docx: Docx) -> None:
    assert said(docx(f"<w:p><w:r>{boxed(p('外', boxed(p('内'))))}</w:r></w:p>")) == [("textbox", "外"), ("textbox", "内")]
    cell = f"<w:tbl><w:tr><w:tc>{p('格', boxed(p('框')))}</w:tc><w:tc>{p('右')}</w:tc></w:tr></w:tbl>"
    assert said(docx(cell + p("后"))) == [("body", "格\t右"), ("textbox", "框"), ("body", "后")]


def test_a_table_in_a_text_box(docx: Docx) -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('1')}</w:tc><w:tc>{p('2')}</w:tc></w:tr></w:tbl>"
    document = read_bytes(docx(p("前", boxed(table))), "a.docx")
    assert [(block.kind, block.role) for block in document.blocks] == [("paragraph", "body"), ("table", "textbox")]


FOOTNOTES = (f'<w:footnote w:type="separator" w:id="-1">{p("线")}</w:footnote>'
             f'<w:footnote w:id="1">{p("注一")}</w:footnote><w:footnote w:id="2">{p("注二")}{p("续")}</w:footnote>'
             f'<w:footnote w:id="3">{p("无人引用")}</w:footnote>')


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_notes_follow_the_body_in_the_order_they_are_referred_to(docx: Docx, strict: bool) -> None:
    body = (p("甲", '<w:footnoteReference w:id="2"/>') + p("乙", '<w:endnoteReference w:id="1"/><w:footnoteReference w:id="1"/>')
            + '<w:p><w:del w:id="5"><w:r><w:footnoteReference w:id="3"/></w:r></w:del></w:p>')
    endnotes = f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'
    assert said(docx(body, footnotes=FOOTNOTES, endnotes=endnotes, strict=strict)) == [
        ("body", "甲"), ("body", "乙"), ("note", "注二"), ("note", "续"), ("note", "注一"), ("note", "尾注")]


def test_comments_are_kept_apart(docx: Docx) -> None:
    comments = f'<w:comment w:id="0">{p("请核实")}</w:comment>'
    assert said(docx(p("甲", '<w:commentReference w:id="0"/>'), comments=comments)) == [("body", "甲"), ("comment", "请核实")]


def sections(*references: str, more: str = "") -> str:
    return f"<w:sectPr>{''.join(references)}{more}</w:sectPr>"


def reference(kind: str, type_: str, id_: str) -> str:
    return f'<w:{kind}Reference w:type="{type_}" r:id="{id_}"/>'


RELATED = {"h1": ("header", "header1.xml"), "h2": ("header", "header2.xml"), "h3": ("header", "header3.xml"),
           "f1": ("footer", "footer1.xml"), "x": ("image", "https://example.org/a.png")}


def test_headers_and_footers_stand_apart_at_the_end(docx: Docx, story_part: Callable[[str, str], str]) -> None:
    raw = {"word/header1.xml": story_part("hdr", p("页眉")), "word/header2.xml": story_part("hdr", p("首页")),
           "word/header3.xml": story_part("hdr", p("页眉")), "word/footer1.xml": story_part("ftr", p("— 3 —"))}
    all_three = (reference("footer", "default", "f1"), reference("header", "default", "h1"), reference("header", "first", "h2"))
    plain = docx(p("甲") + f"<w:p><w:pPr>{sections(*all_three)}</w:pPr></w:p>" + p("乙")
                 + sections(reference("header", "default", "h3"), reference("header", "even", "h2")), related=RELATED, raw=raw)
    assert said(plain) == [("body", "甲"), ("body", "乙"), ("header", "页眉"), ("footer", "— 3 —")]
    first = docx(p("甲") + sections(*all_three, more="<w:titlePg/>"), related=RELATED, raw=raw)
    assert said(first) == [("body", "甲"), ("header", "页眉"), ("header", "首页"), ("footer", "— 3 —")]
    before = f'<w:sectPrChange w:id="1">{sections(all_three[1])}</w:sectPrChange>'
    assert said(docx(p("甲") + sections(more=before), related=RELATED, raw=raw)) == [("body", "甲")]
    even = docx(p("甲") + sections(reference("header", "even", "h2")), related=RELATED, raw=raw,
                settings="<w:evenAndOddHeaders/>")
    assert said(even) == [("body", "甲"), ("header", "首页")]


def test_external_targets_are_never_followed(docx: Docx) -> None:
    document = read_bytes(docx(p("甲") + sections(reference("header", "default", "x")), related=RELATED), "a.docx")
    assert (document.text, document.issues) == ("甲", ())
