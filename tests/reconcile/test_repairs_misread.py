"""Pieces of made reports, printed in Noto Serif CJK, scanned coarsely and read by the recogniser -> the figures that it misread are proposed as
they were printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.synth.render import pdf_of_pictures

PICTURES = Path(__file__).parent / "misread"


@pytest.mark.parametrize(("name", "dpi", "read", "printed"), [
    ("score_60dpi", 60, "7.24分", "7.74分"),
    ("total_75dpi", 75, "8823.44", "8823.14"),
])
def test_a_figure_that_was_misread_is_proposed_as_it_was_printed(name: str, dpi: float, read: str, printed: str) -> None:
    found = extract(read_bytes(pdf_of_pictures([(PICTURES / f"{name}.jpg").read_bytes()], dpi), f"{name}.pdf"))
    assert [(one.stated.text, one.proposed, one.change) for report in found.reports for one in report.repairs] == [(read, printed, "recognised")]
    assert printed not in found.document.text
