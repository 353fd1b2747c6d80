"""`hedui inspect` on real files."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from reportlab.pdfgen import canvas

from hedui import cli
from hedui.commands.arguments import page_numbers
from hedui.errors import ReadError
from hedui.inspection import inspected
from hedui.readers import read

SAMPLE = Path(__file__).parents[1] / "annotations" / "samples" / "s07.docx"


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
    assert page_numbers(said) == pages


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
