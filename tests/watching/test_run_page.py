"""run.html: the account and every figure, alone without network, for eyes, keyboards and screen readers, wide and narrow."""

import re
from dataclasses import replace

import pytest

from hedui.errors import StoreError
from hedui.watching.inputs import Inputs
from hedui.watching.page import run_page, write_run_page

SIZES = {"desk": {"viewport": {"width": 1440, "height": 900}}, "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}}
INPUTS = Inputs(new=tuple(f"新{at}.docx" for at in range(205)), changed=("改.docx",), renamed=(("旧.docx", "新名.docx"),), same=90)


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    """Opens a page; what it asks of the network and complains of is kept."""
    contexts = []

    def at(html, **options):
        path = tmp_path_factory.mktemp("run") / "run.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda line: page.said.append(line.text))
        page.goto(path.as_uri())
        return page

    yield at
    for context in contexts:
        context.close()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.split("<body>")[1]))


def test_the_account_and_what_failed(night):
    run, found, last = night()
    told = words(run_page(run, found, inputs=INPUTS, last=last))
    assert re.search(r"收到 in 103 = 已读 done 100 \+ 未能读出 failed 2 \+ 已隔离 quarantined 1", told) and "账目平" in told
    assert "取消密码后重新放入" in told and "慢.pdf" in told and "缺执行率的报告：本批" in told and "另有 5 个未列" in told
    open_totals = {"done": 100, "seen": 2, "reading": 1}
    told = words(run_page(replace(run, totals=open_totals), found))
    assert "还有 3 份未完" in told and "账目平" not in told and "这是第一次运行" in told


def test_names_cannot_act(night):
    run, found, last = night()
    html = run_page(run, found, last=last)
    assert "<b>坏</b>" not in html and "&lt;b&gt;坏&lt;/b&gt;.docx" in html and "<script" not in html


@pytest.mark.parametrize("size", SIZES)
def test_it_stands_alone_and_fits(night, opened, size):
    run, found, last = night()
    page = opened(run_page(run, found, inputs=replace(INPUTS, new=INPUTS.new[:3]), last=last), **SIZES[size])
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == [] and page.said == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["viewport"]["width"]
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).borderBottomStyle") == "solid"  # the policy lets its own style act
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]] == []


def test_keys_reach_and_open_everything(night, opened):
    run, found, last = night()
    page = opened(run_page(run, found, inputs=INPUTS, last=last))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 30)"))
        if page.evaluate("document.activeElement.tagName === 'SUMMARY' && !document.activeElement.parentElement.open"):
            page.keyboard.press("Enter")
    assert page.evaluate("[...document.querySelectorAll('details')].every(one => one.open)")
    assert all(any(name in one for one in reached) for name in ("失败原因", "以表格看", "逐项检验"))


def test_tables_tell_what_pictures_show(night, opened):
    run, found, last = night()
    page = opened(run_page(run, found, last=last))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    rows = page.locator("[aria-label=速度表] tbody tr").all_inner_texts()
    assert [int(row.split("\t")[2]) for row in rows] == list(found.pace)
    bars = page.locator("#pace ~ figure rect").count()
    assert bars == sum(1 for count in found.pace if count)
    bins = page.locator("[aria-label=把握分布表] tbody td").all_inner_texts()
    assert [int(count) for count in bins] == list(run.fresh.total.counts["sure_checks"])
    heights = page.locator("#pace ~ figure rect").evaluate_all("all => all.map(one => +one.getAttribute('height'))")
    tall = max(found.pace)
    assert heights == pytest.approx([max(heights) * count / tall for count in found.pace if count], abs=0.02)


def test_a_page_is_written_whole_or_not(night, tmp_path):
    run, found, last = night()
    assert write_run_page(tmp_path / "run.html", run, found, last=last).read_text(encoding="utf-8").endswith("</html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["run.html"]
    with pytest.raises(StoreError, match="运行报告写不进去"):
        write_run_page(tmp_path / "no" / "run.html", run, found)
