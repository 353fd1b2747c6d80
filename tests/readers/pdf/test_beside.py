"""Pictures on a page of text: pasted tables are read in their place, photographs are not."""

import cv2
import numpy as np
import pytest

import hedui.readers.scan
from hedui.readers.pages import Page, Rule, Run
from hedui.readers.pdf import pdf_pages
from hedui.readers.pdf.beside import is_paper

LINES = ("项目资金使用情况如下图所示，各项指标均已完成。", "县水务局按月调度，年底前全部支付到位。", "以上数据由财务科提供并核对。")
PLACE = "q 300 0 0 150 100 400 cm /Pasted Do Q"


def content(words):
    return "".join(words(50, 780 - 20 * n, line) for n, line in enumerate(LINES)) + PLACE


def grey(paper):
    """600 x 300 points of `paper` grey with dark writing on a tenth."""
    picture = np.full((300, 600), paper, np.uint8)
    picture[::10] = 20
    return picture.tobytes()


def found(text, score, **more):
    run = Run(text=text, x0=10, y0=20, x1=110, y1=32, size=12, edges=tuple(10 + 100 * n / len(text) for n in range(len(text) + 1)),
              scores=bytes([score]) * len(text))
    return lambda picture, *, number, dpi: Page(number=number, width=300, height=150, runs=(run,), scanned=True,
                                                rules=(Rule(x0=5, y0=40, x1=290, y1=40),), **more)


TEXT = "一级指标二级指标三级指标年度指标值实际完成值"


@pytest.mark.parametrize("paper, recognised, read", [
    pytest.param(250, found(TEXT, 97), True, id="print"),
    pytest.param(90, found(TEXT, 97), False, id="a dark picture"),
    pytest.param(250, found(TEXT, 60), False, id="hardly legible"),
    pytest.param(250, found("水务", 97), False, id="an emblem"),
    pytest.param(250, found(TEXT, 97, turned=1), False, id="lying on its side"),
])
def test_what_is_read_of_a_picture(pdf_of, words, monkeypatch, paper, recognised, read):
    monkeypatch.setattr(hedui.readers.scan, "recognised_page", recognised)
    (page,) = pdf_pages(pdf_of(content(words), pictures={"Pasted": (600, 300, grey(paper))}), "x")
    assert [run.text for run in page.runs] == [*LINES, *([TEXT] if read else [])]
    (issue,) = page.issues
    assert ("由识别得出" if read else "没有读") in issue.what
    if read:
        run, rule = page.runs[-1], page.rules[-1]
        assert (run.x0, run.y0, run.edges[0], run.scores[0]) == pytest.approx((110, 312, 110, 97))
        assert (rule.x0, rule.y0) == pytest.approx((105, 332))
        assert not page.scanned


def test_a_photograph_is_no_paper():
    dice = np.random.default_rng(7)
    assert not is_paper(dice.integers(0, 255, (80, 80, 3), dtype=np.uint8))
    assert not is_paper(np.full((80, 80, 3), (120, 180, 250), np.uint8))
    assert is_paper(np.full((80, 80, 3), (235, 232, 225), np.uint8))


def test_a_scan_is_recognised_with_its_places(pdf_of):
    """The engine itself, on one line of large figures."""
    picture = np.full((300, 1200), 255, np.uint8)
    cv2.putText(picture, "Total 1285.60  93.22%", (60, 170), cv2.FONT_HERSHEY_DUPLEX, 2.5, 0, 4)
    (page,) = pdf_pages(pdf_of("q 432 0 0 108 0 0 cm /Scan Do Q", box=(0, 0, 432, 108),
                               pictures={"Scan": (1200, 300, picture.tobytes())}), "x")
    text = "".join(run.text for run in page.runs).replace(" ", "")
    assert "1285.60" in text and "93.22%" in text
    assert page.scanned and page.width == pytest.approx(432, abs=1)
    assert page.runs[0].x0 == pytest.approx(60 * 0.36, abs=6) and len(page.runs[0].scores) == len(page.runs[0].text)
