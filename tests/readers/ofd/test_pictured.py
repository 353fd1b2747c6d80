"""Scanned pages of an OFD: which pages are recognised, and where on the page what is recognised comes to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from hedui.errors import ReadError
from hedui.readers import read_bytes, scan
from hedui.readers.pages import Page, Run

MM = 72 / 25.4
MEDIA = ('<ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
         "</ofd:MultiMedias>")
WHOLE = '<ofd:ImageObject ID="3" ResourceID="4" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
SMALL = '<ofd:ImageObject ID="3" ResourceID="4" Boundary="150 20 40 40"/>'
LONG = "这一行字是印在图片上面的文字层，多于四十个字，因此是正文而不是页码，也不是收文章，应当照原样读出来，不必识别。"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[int, ...], float]]:
    """What recognition is asked for: shapes and resolutions. It answers with one line, 10 points from the corner."""
    asked: list[tuple[tuple[int, ...], float]] = []

    def answer(picture: np.ndarray, *, number: int, dpi: float) -> Page:
        asked.append((picture.shape, dpi))
        run = Run(text="识别的字", x0=10, y0=10, x1=58, y1=22, size=12, edges=(10, 22, 34, 46, 58), scores=b"cccc")
        return Page(number=number, width=picture.shape[1] * 72 / dpi, height=picture.shape[0] * 72 / dpi, runs=(run,), scanned=True)

    monkeypatch.setattr(scan, "recognised_page", answer)
    return asked


@pytest.fixture
def scanned(make: Any) -> Callable[[str], bytes]:
    picture = cv2.imencode(".png", np.full((297, 210, 3), 255, np.uint8))[1].tobytes()
    return lambda objects: make.ofd(objects, resources=MEDIA, raw={"Doc_0/Res/a.png": picture})


def test_a_page_that_is_a_picture_is_recognised(scanned: Callable[[str], bytes], seen: list[Any]) -> None:
    document = read_bytes(scanned(WHOLE), "a.ofd")
    assert document.text == "识别的字" and document.issues == ()
    assert seen == [((297, 210, 3), pytest.approx(25.4))] and document.lines[0].scores == b"cccc"


def test_what_is_recognised_stands_where_its_picture_does(scanned: Callable[[str], bytes], seen: list[Any]) -> None:
    half = '<ofd:ImageObject ID="3" ResourceID="4" Boundary="50 90 150 200"/>'
    document = read_bytes(scanned(half), "a.ofd")
    assert document.lines[0].box.x0 == pytest.approx(50 * MM + 10) and document.lines[0].box.y0 == pytest.approx(90 * MM + 10)


@pytest.mark.parametrize(("objects", "text"), [
    ("{text}" + WHOLE, "识别的字"),
    (WHOLE + "{hidden}", "识别的字"),
    (WHOLE + "{text}", LONG),
    (SMALL + "{text}", LONG),
])
def test_print_over_a_picture_is_read_and_under_it_is_not(make: Any, scanned: Callable[[str], bytes], seen: list[Any],
                                                         objects: str, text: str) -> None:
    made = objects.format(text=make.text(LONG, 20, 100, size=3), hidden=make.text(LONG, 20, 100, size=3, attributes='Alpha="0"'))
    document = read_bytes(scanned(made), "a.ofd")
    assert document.text == text and bool(seen) == (text != LONG)
    assert ["1 pictures" in issue.what for issue in document.issues] == ([] if seen else [True])


@pytest.mark.parametrize("raw", [{"Doc_0/Res/a.png": b"no picture"}, {}])
def test_a_picture_that_cannot_be_read_is_told(make: Any, seen: list[Any], raw: dict[str, bytes]) -> None:
    with pytest.raises(ReadError, match=r"第 1 页 / page 1: 有图片读不出"):
        read_bytes(make.ofd(WHOLE, resources=MEDIA, raw=raw), "a.ofd")
    assert seen == []
