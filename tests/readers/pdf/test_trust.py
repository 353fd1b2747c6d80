"""When the text layer of a page is used, and when its picture is recognised instead."""

import numpy as np
import pytest

import hedui.readers.scan
from hedui.document import Issue
from hedui.readers.pages import Page, Run
from hedui.readers.pdf import pdf_pages
from hedui.readers.pdf.drawn import Picture
from hedui.readers.pdf.picture import resolution
from hedui.readers.pdf.trust import plausible

SENTENCE = "部门整体支出绩效自评得分为九十六点五分，年初预算执行良好。"
WHOLE_PAGE = "q 595 0 0 842 0 0 cm /Scan Do Q "
SCAN = {"Scan": (1240, 1754)}


@pytest.mark.parametrize("text, so", [
    (SENTENCE * 3, True),
    ("12.50 98.31% -3.6 1,024.00 (18.34%) ±0.5 " * 5, True),
    ("Annual budget execution of the department, 2023. " * 3, True),
    ("目录" + "." * 300 + "12", True),
    ("部門整體支出績效自評報告，經費執行情況良好。" * 3, True),
    ("ÖÐ»ªÈËÃñ¹²ºÍ¹ú", True),
    ("ÖÐ»ªÈËÃñ¹²ºÍ¹ú" * 5, False),
    ("!\"#$%&'()*+,-./:;<=>?@" * 4, False),
    ("".join(chr(code) for code in range(0x4E00, 0x9FA0, 97)), False),
    ("при исполнении бюджета " * 4, False),
])
def test_what_is_writing(text, so):
    assert plausible(text.replace(" ", "")) is so


@pytest.fixture
def asked(monkeypatch):
    """What is sent to be recognised; every page comes back with one run."""
    seen = []

    def recognised_page(picture, *, number, dpi):
        seen.append((picture, dpi))
        return Page(number=number, width=595, height=842, scanned=True, issues=(Issue(where="p", what="tilted"),),
                    runs=(Run(text="识别", x0=0, y0=0, x1=24, y1=12, size=12, scores=b"dd"),))
    monkeypatch.setattr(hedui.readers.scan, "recognised_page", recognised_page)
    return seen


def lines(words, count, *, text=SENTENCE, **look):
    return "".join(words(50, 800 - 18 * index, text, **look) for index in range(count))


def test_a_picture_of_a_page_is_recognised_at_its_own_resolution(pdf_of, words, asked):
    (page,) = pdf_pages(pdf_of(WHOLE_PAGE + words(280, 20, "第 1 页"), pictures=SCAN), "扫描.pdf")
    ((picture, dpi),) = asked
    assert dpi == pytest.approx(150, abs=0.1)
    assert picture.dtype == np.uint8 and picture.shape == pytest.approx((1754, 1240, 3), abs=2)
    assert page.scanned and [run.text for run in page.runs] == ["识别"]
    assert "图片" in page.issues[0].what and page.issues[0].where == "第 1 页 / page 1" and page.issues[1].what == "tilted"


def test_colours_are_red_green_blue(pdf_of, asked):
    list(pdf_pages(pdf_of("1 0 0 rg 0 0 595 842 re f " + WHOLE_PAGE.replace("595 0 0 842", "400 0 0 842"), pictures=SCAN), "x"))
    assert tuple(asked[0][0][100, -50]) == (255, 0, 0)


@pytest.mark.parametrize("content, word", [
    pytest.param(lambda words: WHOLE_PAGE + lines(words, 20, mode=3), "隐藏", id="hidden text over a scan"),
    pytest.param(lambda words: lines(words, 20) + WHOLE_PAGE, "隐藏", id="text under a scan"),
    pytest.param(lambda words: "".join(f"q 595 0 0 100 0 {100 * n} cm /Scan Do Q " for n in range(8)), "图片", id="in strips"),
    pytest.param(lambda words: "".join(f"{n * 9} 300 m {n * 9} 310 {n * 9 + 8} 310 {n * 9 + 8} 300 c f " for n in range(50)),
                 "曲线", id="letters as curves"),
    pytest.param(lambda words: words(280, 20, "- 12 -") + "q 300 0 0 100 100 400 cm /Scan Do Q", "图片", id="a picture and a number"),
    pytest.param(lambda words: lines(words, 3, font="Bare"), "没有说明", id="a font without names"),
    pytest.param(lambda words: lines(words, 4, text="ÖÐ»ªÈËÃñ¹²ºÍ¹ú"), "乱码", id="garbled"),
])
def test_text_that_is_not_trusted(pdf_of, words, asked, content, word):
    (page,) = pdf_pages(pdf_of(content(words), pictures=SCAN), "x")
    assert page.scanned and word in page.issues[0].what and len(asked) == 1


@pytest.mark.parametrize("content, words_told", [
    pytest.param(lambda words: lines(words, 20), [], id="text"),
    pytest.param(lambda words: words(300, 300, "青溪县水务局2024年3月15日") + "q 120 0 0 120 320 250 cm /Scan Do Q", [],
                 id="a signature with a seal on it"),
    pytest.param(lambda words: "", [], id="an empty page"),
    pytest.param(lambda words: WHOLE_PAGE + lines(words, 20), [], id="text on a background"),
    pytest.param(lambda words: lines(words, 3) + "q 300 0 0 300 100 100 cm /Scan Do Q", ["有图片"], id="a picture beside text"),
    pytest.param(lambda words: lines(words, 3) + "q 50 0 0 50 500 780 cm /Scan Do Q", [], id="a small emblem"),
    pytest.param(lambda words: lines(words, 8) + words(50, 50, "合计", font="Bare"), ["没有说明"], id="a few characters without names"),
])
def test_text_that_is_trusted(pdf_of, words, asked, content, words_told):
    (page,) = pdf_pages(pdf_of(content(words), pictures=SCAN), "x")
    assert not page.scanned and not asked
    assert len(page.issues) == len(words_told) and all(w in i.what for w, i in zip(words_told, page.issues, strict=True))


def test_characters_without_names_are_not_guessed(pdf_of, words):
    (page,) = pdf_pages(pdf_of(lines(words, 8) + words(50, 50, "合计", font="Bare")), "x")
    assert [run.text for run in page.runs][-1] == "\ufffd\ufffd"


@pytest.mark.parametrize("pixels, box, width, height, dpi", [
    ((2480, 3508), (0, 0, 595, 842), 595, 842, 300), ((620, 877), (0, 0, 595, 842), 595, 842, 150),
    ((1654, 2339), (0, 0, 842, 595), 842, 595, 200), (None, None, 595, 842, 200), (None, None, 14400, 14400, 27.4)])
def test_resolution(pixels, box, width, height, dpi):
    pictures = [Picture(*box, *pixels)] if pixels else []
    assert resolution(pictures, width, height) == pytest.approx(dpi, abs=0.5)


def test_a_picture_of_too_many_pixels_is_not_unpacked(pdf_of, asked):
    (page,) = pdf_pages(pdf_of(WHOLE_PAGE, pictures={"Scan": (50_000, 50_000)}), "x")
    assert not asked and page.runs == () and "像素" in page.issues[0].what


def test_a_picture_without_words_is_told(pdf_of, monkeypatch):
    monkeypatch.setattr(hedui.readers.scan, "recognised_page",
                        lambda picture, *, number, dpi: Page(number=number, width=595, height=842, scanned=True))
    (page,) = pdf_pages(pdf_of(WHOLE_PAGE, pictures=SCAN), "x")
    assert [issue.what[:13] for issue in page.issues] == ["这一页是图片，没有认出文字"]


def test_a_page_too_large_for_the_limit_is_recognised_coarsely_and_told(pdf_of, asked):
    (page,) = pdf_pages(pdf_of("q 9000 0 0 9000 0 0 cm /Scan Do Q", box=(0, 0, 9000, 9000), pictures=SCAN), "x")
    assert asked[0][0].shape[0] * asked[0][0].shape[1] <= 30_100_000
    assert any("低分辨率" in issue.what for issue in page.issues)
