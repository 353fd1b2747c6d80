"""The page of `hedui inspect` in a real browser: marks lie on the page, layers come and go without a script."""

from pathlib import Path

import pytest

from hedui.inspection import inspected
from hedui.readers import read
from hedui.synth.render import docx_of, office, pdf_of

SAMPLE = Path(__file__).parents[2] / "annotations" / "samples" / "s07.docx"


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed: no PDF to inspect")
def test_marks_lie_on_the_page_and_layers_come_and_go(browser, tmp_path):
    printed, made = tmp_path / "a.pdf", tmp_path / "a.html"
    printed.write_bytes(pdf_of(docx_of(read(SAMPLE))))
    made.write_text(inspected(printed, pages=[1]), encoding="utf-8")
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(made.as_uri())
    assert page.locator("svg").count() == read(printed).pages
    assert page.locator("svg image").count() == 1 and page.locator("svg image").bounding_box()["width"] > 300
    paper = page.locator("#page-1 svg").bounding_box()
    marks = page.locator("#page-1 .cell rect, #page-1 .paragraph rect")
    for box in (marks.nth(i).bounding_box() for i in range(5)):
        assert paper["x"] <= box["x"] and box["x"] + box["width"] <= paper["x"] + paper["width"] + 1
    assert page.locator("svg .paragraph").first.is_visible()
    page.locator("label[for=show-paragraph]").click()
    assert not page.locator("svg .paragraph").first.is_visible()
    assert said == []
    page.close()
