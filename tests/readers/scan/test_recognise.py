"""Pages recognised: text, tables, every way up, with a seal, blank. The engine loads once."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from hedui.errors import ReadError
from hedui.readers import read_bytes
from hedui.readers.scan import engine, read_image, recognised_page
from hedui.readers.scan.recognise import working_dpi
from hedui.readers.scan.upright import rotated, turned

DPI = 150.0
COLUMNS, ROWS = [60, 260, 420, 560], [200, 245, 290, 335]
ROW_TEXTS = [("三级指标", "年度指标值", "得分"), ("培训人次", "≥1200人次", "10"), ("资金到位率", "100%", "9")]
LINES = ["全年预算数1236.40万元，执行数1180.25万元。", "预算执行率为95.46%，自评得分为98分。"]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEDUI_OCR_THREADS", "1")
        yield


@pytest.mark.parametrize("device, providers, card", [
    ("GPU", ["CUDAExecutionProvider", "CPUExecutionProvider"], True), ("CPU", ["CPUExecutionProvider"], False),
    ("GPU", ["TensorrtExecutionProvider", "CPUExecutionProvider"], False)])
def test_a_graphics_card_is_used_where_the_runtime_has_one(monkeypatch, device, providers, card):
    monkeypatch.setattr(engine.onnxruntime, "get_device", lambda: device)
    monkeypatch.setattr(engine.onnxruntime, "get_available_providers", lambda: providers)
    assert engine.settings()["EngineConfig.onnxruntime.use_cuda"] is card


@pytest.fixture
def page(written, draw_rules):
    cells = [(x + 10, y + 6, text) for y, row in zip(ROWS, ROW_TEXTS, strict=False)
             for x, text in zip(COLUMNS, row, strict=False)]
    lines = [(60, 60 + 50 * row, text) for row, text in enumerate(LINES)]
    return draw_rules(COLUMNS, ROWS, on=written([*lines, *cells], sheet=(700, 420)))


def texts(found):
    """The runs in reading order."""
    return [run.text for run in sorted(found.runs, key=lambda run: (round(run.y0 / 10), run.x0))]


WANTED = [*LINES, *(text for row in ROW_TEXTS for text in row)]


def test_text_and_rules(page):
    found = recognised_page(page, number=3, dpi=DPI)
    assert texts(found) == WANTED
    assert [round(rule.y0 * DPI / 72) for rule in found.rules if rule.level] == pytest.approx(ROWS, abs=2)
    assert [round(rule.x0 * DPI / 72) for rule in found.rules if not rule.level] == pytest.approx(COLUMNS, abs=2)
    assert (found.number, found.scanned, found.turned, found.tilt, found.issues) == (3, True, 0, 0.0, ())
    for run in found.runs:
        assert len(run.edges) == len(run.text) + 1 == len(run.scores) + 1
        assert list(run.edges) == sorted(run.edges) and min(run.scores) > 50
        assert not any(run.x0 < rule.x0 < run.x1 and rule.y0 < run.y0 < rule.y1 for rule in found.rules if not rule.level)


@pytest.mark.parametrize("quarters, degrees", [(1, 0.0), (2, 1.5), (3, -3.0)])
def test_every_way_up(page, quarters, degrees):
    found = recognised_page(turned(rotated(page, -degrees), quarters), number=1, dpi=DPI)
    assert texts(found) == WANTED
    assert (found.turned + quarters) % 4 == 0 and found.tilt == pytest.approx(degrees, abs=0.1)
    assert "已转正" in found.issues[0].what


def test_under_a_seal(page, draw_seal):
    found = recognised_page(draw_seal(page, (360, 200)), number=1, dpi=DPI)
    assert texts(found) == WANTED and "印章" in found.issues[0].what


def test_a_red_heading_is_read(written):
    page = written([(100, 60, "海岱市财政局文件")], size=50, sheet=(700, 300), colour=(220, 20, 30))
    assert texts(recognised_page(page, number=1, dpi=DPI)) == ["海岱市财政局文件"]


def test_shadow_and_noise(page):
    dice = np.random.default_rng(5)
    shaded = page * np.linspace(1, 0.55, page.shape[1])[None, :, None]
    noisy = np.clip(shaded + dice.normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    assert texts(recognised_page(noisy, number=1, dpi=DPI)) == WANTED


@pytest.mark.parametrize("size", [(700, 420), (1, 1), (3, 400), (400, 3)])
def test_a_blank_page(draw_blank, size):
    found = recognised_page(draw_blank(size), number=1, dpi=DPI)
    assert found.runs == () and found.rules == () and found.issues == ()


def saved(picture, kind, **options):
    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind, **options)
    return out.getvalue()


def test_a_picture_as_a_document(page):
    document = read_bytes(saved(page, "PNG", dpi=(DPI, DPI)), "a.png")
    assert (document.media_type, document.pages) == ("image/png", 1)
    assert "".join(LINES) in document.text.replace("\n", "") and "≥1200人次\t10" in document.text
    table = next(block for block in document.blocks if block.kind == "table")
    assert len(table.cells) == 9
    line = next(line for line in document.lines if "1180.25" in document.text[slice(*line.span)])
    assert line.box.page == 1 and len(line.scores) == line.span[1] - line.span[0] == len(line.edges) - 1


def test_a_picture_without_words(draw_blank):
    with pytest.raises(ReadError, match="没有认出文字"):
        read_image(saved(draw_blank(), "PNG"), "a.png")


@pytest.mark.parametrize("shape, dpi", [((5000, 1), 400), ((9, 40_000), 300), ((1200, 1200), 1e6), ((4, 4), 72)])
def test_a_picture_that_holds_no_page_is_an_empty_one(shape, dpi):
    page = recognised_page(np.full((*shape, 3), 255, np.uint8), number=1, dpi=dpi)
    assert not page.runs and page.width == pytest.approx(shape[1] * 72 / dpi)


def test_a_picture_is_made_no_larger_than_a_page_may_be():
    picture = np.broadcast_to(np.uint8(255), (5000, 5000, 3))
    assert working_dpi(picture, 5) < 6 and working_dpi(picture[:900, :600], 72) == 120 and working_dpi(picture, 600) == 300
