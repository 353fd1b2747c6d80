"""A docx of scanned pages: the pictures are read in their order where there are no words; where there are, they are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest

from hedui.document import Document
from hedui.errors import ReadError
from hedui.readers import read_bytes, scan
from hedui.readers.pages import Page, Run

Docx = Callable[..., bytes]
DRAWING = '<w:drawing><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{id}"/></pic:blipFill></pic:pic>' \
          "</a:graphicData></a:graphic></w:drawing>"
OLD = '<w:pict><v:shape><v:imagedata r:id="{id}"/></v:shape></w:pict>'
BOTH = f'<mc:AlternateContent><mc:Choice Requires="wps">{DRAWING}</mc:Choice><mc:Fallback>{OLD}</mc:Fallback></mc:AlternateContent>'


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition that answers with how light the picture is."""
    def answer(picture: np.ndarray, *, number: int, dpi: float) -> Page:
        run = Run(text=f"第{picture[0, 0, 0]}号图。", x0=10, y0=100, x1=70, y1=112, size=12)
        return Page(number=number, width=595, height=842, runs=(run,) if picture[0, 0, 0] else (), scanned=True)

    monkeypatch.setattr(scan, "recognised_page", answer)


def png(light: int) -> bytes:
    return cv2.imencode(".png", np.full((40, 30, 3), light, np.uint8))[1].tobytes()


def pictured(docx: Docx, shown: Sequence[str], *, words: str = "", footer: str = "", files: dict[str, bytes] | None = None) -> bytes:
    """A docx that shows pictures 10, 20 and 30 by these runs of XML, `{id}` filled in with r10, r20, r30 in turn."""
    media = {f"word/media/{n}.png": png(n) for n in (10, 20, 30)} | (files or {})
    related = {f"r{n}": ("image", f"media/{n}.png") for n in (10, 20, 30)} | {"rx": ("image", "http://a.example/x.png")}
    body = "".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in shown) + (f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" if words else "")
    if footer:
        body += '<w:sectPr><w:footerReference r:id="pfooter" w:type="default"/></w:sectPr>'
        text = f"<w:p><w:r><w:t>{footer}</w:t></w:r></w:p>"
        xml = f'<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{text}</w:ftr>'
        media["word/footer.xml"] = xml.encode()
        related["pfooter"] = ("footer", "footer.xml")
    return docx(body, raw=media, related=related)


@pytest.mark.parametrize("form", [DRAWING, OLD, BOTH])
def test_pages_are_read_in_the_order_they_are_shown(docx: Docx, told: None, form: str) -> None:
    document = read_bytes(pictured(docx, [form.format(id=f"r{n}") for n in (20, 10, 30)]), "a.docx")
    assert document.text == "第20号图。\n第10号图。\n第30号图。"
    assert [block.page for block in document.blocks] == [1, 2, 3] and document.pages == 3
    assert ["nothing but pictures, 3" in issue.what for issue in document.issues] == [True]
    assert document.lines[0].box.page == 1


def test_a_number_in_the_footer_is_no_text(docx: Docx, told: None) -> None:
    document = read_bytes(pictured(docx, [DRAWING.format(id="r10")], footer="1"), "a.docx")
    assert [(block.role, document.text[slice(*block.span)]) for block in document.blocks] == [("body", "第10号图。"), ("footer", "1")]


def untold(document: Document) -> list[str]:
    return [issue.what for issue in document.issues]


def test_beside_words_pictures_are_only_told(docx: Docx, told: None) -> None:
    document = read_bytes(pictured(docx, [DRAWING.format(id="r10")] * 2, words="正文。"), "a.docx")
    assert document.text == "正文。" and "2 pictures" in untold(document)[0] and document.lines == ()


def test_a_page_that_cannot_be_read_is_told_and_the_rest_is_read(docx: Docx, told: None) -> None:
    shown = [DRAWING.format(id=id_) for id_ in ("r10", "r20", "r30")]
    document = read_bytes(pictured(docx, shown, files={"word/media/20.png": b"\xd7\xcd\xc6\x9a"}), "a.docx")
    assert document.text == "第10号图。\n第30号图。"
    assert [issue.where for issue in document.issues if "cannot be read" in issue.what] == ["第 2 页 / page 2"]


@pytest.mark.parametrize(("shown", "files"), [
    (["<w:drawing><pic:pic/></w:drawing>"], {}), ([DRAWING.format(id="rx")], {}), ([DRAWING.format(id="r99")], {}),
    ([DRAWING.format(id="r10")], {"word/media/10.png": png(0)}),
])
def test_pictures_without_words_are_refused(docx: Docx, told: None, shown: list[str], files: dict[str, bytes]) -> None:
    with pytest.raises(ReadError, match="pictures only"):
        read_bytes(pictured(docx, shown, files=files), "a.docx")
