"""`hedui inspect` on real files, looked at in a real browser."""

import io
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from reportlab.pdfgen import canvas

from hedui import cli
from hedui.errors import ReadError
from hedui.inspection import inspected
from hedui.readers import read
from hedui.synth import docx_of, office, pdf_of

SAMPLE = Path(__file__).parents[1] / "annotations" / "samples" / "s07.docx"
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def test_a_docx_is_written_beside_where_one_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["inspect", str(SAMPLE)]) == 0
    assert "s07.docx.inspect.html" in capsys.readouterr().out
    page = (tmp_path / "s07.docx.inspect.html").read_text(encoding="utf-8")
    assert page.count("<article") == len(read(SAMPLE).blocks)


def test_what_cannot_be_read_is_told(tmp_path):
    broken = tmp_path / "空.pdf"
    broken.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        inspected(broken)


@pytest.mark.parametrize("said, pages", [("3", (3,)), ("1-3,7", (1, 2, 3, 7)), ("2，4", (2, 4))])
def test_pages_are_named(said, pages):
    assert cli.page_numbers(said) == pages


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_pages_in_a_browser(tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    (tmp_path / "a.pdf").write_bytes(pdf_of(docx_of(read(SAMPLE))))
    document = read(tmp_path / "a.pdf")
    made = tmp_path / "a.html"
    made.write_text(inspected(tmp_path / "a.pdf", pages=[1]), encoding="utf-8")
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page, said = browser.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(made.as_uri())
        assert page.locator("svg").count() == document.pages
        picture = page.locator("svg image").first.bounding_box()
        assert page.locator("svg image").count() == 1 and picture["width"] > 300
        paper = page.locator("#page-1 svg").bounding_box()
        for box in (page.locator("#page-1 .cell rect, #page-1 .paragraph rect").nth(i).bounding_box() for i in range(5)):
            assert paper["x"] <= box["x"] and box["x"] + box["width"] <= paper["x"] + paper["width"] + 1
        assert page.locator("svg .paragraph").first.is_visible()
        page.locator("label[for=show-paragraph]").click()
        assert not page.locator("svg .paragraph").first.is_visible()
        assert said == []
        browser.close()


def one_page(width):
    """A PDF of one page that wide, with a line of text."""
    made = io.BytesIO()
    sheet = canvas.Canvas(made, pagesize=(width, 400))
    sheet.drawString(40, 300, "Annual budget 1200, spent 1180, rate 98.33%")
    sheet.save()
    return made.getvalue()


def test_pages_of_an_archive_are_shown_in_their_places(tmp_path):
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("附件1.pdf", one_page(300))
        archive.writestr("报告.pdf", one_page(500))
    page = inspected(tmp_path / "a.zip")
    assert re.findall(r'viewBox="0 0 ([0-9.]+)', page) == ["500.0", "300.0"] and page.count("data:image/jpeg") == 2
    assert inspected(tmp_path / "a.zip", pages=[2]).count("data:image/jpeg") == 1
