"""PDF by LibreOffice and by a browser: the text is in it, in order."""

import re

import pytest
from pypdfium2 import PdfDocument

from hedui.readers import read_bytes
from hedui.synth import render_pdf
from hedui.synth.render import browser, docx_of, html_of, office, pdf_of, pdf_of_html, pdf_of_many

REPORT = read_bytes("某县绩效自评报告\n一、基本情况\n全年预算480万元，执行458.4万元。\n指标\t目标\t完成\n培训人数\t300人\t312人\n".encode(), "a.txt")
needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
needs_browser = pytest.mark.skipif(browser() is None, reason="no chromium browser is installed")


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)))


@needs_office
def test_office_prints_all_and_the_page_number():
    first, second = pdf_of_many([docx_of(REPORT), docx_of(read_bytes("别的一份".encode(), "b.txt"))])
    assert text_of(first) == re.sub(r"\s", "", REPORT.text) + "-1-"
    assert text_of(second) == "别的一份-1-"


@needs_browser
def test_the_browser_prints_all():
    assert text_of(pdf_of_html(html_of(REPORT))).replace("-1-", "") == re.sub(r"\s", "", REPORT.text)


def test_html_is_escaped_and_tables_are_tables():
    html = html_of(read_bytes("报告\n甲<乙&丙的说明文字。\n名称\t金额\n丁\t1\n".encode(), "a.txt"))
    assert "甲&lt;乙&amp;丙" in html and "<tr><td>丁</td><td>1</td></tr>" in html


@needs_office
def test_a_slow_program_is_told():
    with pytest.raises(RuntimeError, match=r"0 秒 / .* took over 0 s"):
        pdf_of(docx_of(REPORT), timeout=0.01)


@pytest.mark.parametrize("make, what", [(lambda: pdf_of(b""), "LibreOffice"), (lambda: pdf_of_html(""), "chromium")])
def test_a_missing_program_is_told(monkeypatch, make, what):
    monkeypatch.setattr(render_pdf.shutil, "which", lambda name: None)
    with pytest.raises(RuntimeError, match=what):
        make()
