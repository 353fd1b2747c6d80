"""The page in a real browser: it sorts, filters, unfolds, leads to the text, prints on one page, and asks for nothing."""

from __future__ import annotations

import pytest

from hedui.opinion import opinions_of
from hedui.opinion.html import html_of


@pytest.fixture
def long(blank):
    """Twelve findings, each with another sum at stake and another confidence."""
    made = blank("".join(f"第{i}项支出«s{i}|{(i * 7) % 12 + 20}万元»，表中«a{i}|10万元»。\n" for i in range(12)))
    for i in range(12):
        made.check("restated", f"s{i}", [f"a{i}"], "10万元", confidence=0.5 + ((i * 5) % 12) / 25)
    return made


def page_of(made):
    findings = made.findings()
    return html_of(opinions_of(findings), findings.document.text)


def column(page, key):
    return page.eval_on_selector_all(".items tbody tr", f"rows => rows.filter(r => r.checkVisibility()).map(r => parseFloat(r.dataset.{key}))")


def test_quiet(opened, paper):
    page, seen = opened(page_of(paper))
    page.locator("th button").nth(3).click()
    page.locator(".items a").first.click()
    assert seen.errors == [] and len(seen.requests) == 1


def test_sorts(opened, long):
    page, seen = opened(page_of(long))
    assert column(page, "rank") == [1, 2, 3, 4, 5, 6, 7]
    for key in ("yuan", "confidence", "difference"):
        head = page.locator(f"th.c-{key}")
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        found = column(page, key)
        assert len(found) == 12 and found == sorted(found, reverse=True)
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "ascending" and column(page, key) == sorted(found)
    page.locator("th.c-stated button").click()
    assert column(page, "stated") == sorted(column(page, "stated"))
    page.locator("th.c-rank button").click()
    assert column(page, "rank") == list(range(1, 13))
    assert seen.errors == []


def test_filters_by_confidence(opened, long):
    page, _ = opened(page_of(long))
    page.locator("label.fold").click()
    page.locator(".least").evaluate("(node) => { node.value = 80; node.dispatchEvent(new Event('input')); }")
    found = column(page, "confidence")
    assert 0 < len(found) < 12 and min(found) >= 0.8
    assert page.locator(".kept").inner_text().startswith(f"显示 {len(found)} 条，共 12 条")


def test_folds(opened, long):
    page, _ = opened(page_of(long))
    page.locator("label.fold").click()
    assert len(column(page, "rank")) == 12
    page.locator("label.fold").click()
    assert len(column(page, "rank")) == 7


def test_a_place_leads_to_the_text(opened, paper):
    page, _ = opened(page_of(paper))
    assert page.locator("#text").get_attribute("open") is None
    page.locator(".items tbody tr").first.locator("td.c-stated a").click()
    mark = page.locator("a:target + mark")
    assert mark.inner_text() == "1260万元" and mark.is_visible()
    box = mark.bounding_box()
    assert 0 <= box["y"] <= 900


def test_hostile_text_does_nothing(opened, blank):
    made = blank("总额«a|3<img src=x onerror=window.hacked=1>万元»，其中«b|1万元»。</script><script>window.hacked=2</script>")
    made.check("sum", "a", ["b"], "1万元", note="<svg onload=window.hacked=3>")
    page, seen = opened(page_of(made))
    assert page.evaluate("window.hacked") is None and len(seen.requests) == 1


def test_prints_on_one_page(opened, paper, long):
    pdfium = pytest.importorskip("pypdfium2")
    for made in (paper, long):
        page, _ = opened(page_of(made))
        assert len(pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))) == 1


def test_on_a_telephone_rows_are_cards_that_hold_no_blanks(opened, paper):
    paper.remark("date", ["books"], "手册何时发放")
    page, _ = opened(page_of(paper))
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("td.c-formula").first.evaluate("(cell) => cell.getBoundingClientRect().right") <= 390
    assert not any(page.eval_on_selector_all("td.blank", "cells => cells.map(cell => cell.checkVisibility())"))
    assert page.locator("td.c-yuan:not(.blank)").first.evaluate("(cell) => getComputedStyle(cell, '::before').content") .startswith('"涉及金额')
