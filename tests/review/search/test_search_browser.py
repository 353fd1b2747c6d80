"""The page of search in a real browser: found, followed, by keys, on a phone, without barriers, with hostile text."""

import shutil
import socket
import threading
import time
from functools import partial
from types import SimpleNamespace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.research import open_store
from hedui.review.app import application
from hedui.review.searching import Searching
from hedui.review.security import LASTS, digest_of, hashed
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

REPORT = """云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
全年预算安排1200.50万元，实际支出1126.05万元，预算执行率95.80%。<img src=x onerror=alert(1)>资金及时足额到位。
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t118公里\t10\t10
产出指标\t质量指标\t验收合格率\t≥95%\t98%\t10\t10
云岭县交通运输局负责实施。自评得分93.5分，等级为优。
"""


@pytest.fixture
def desk(tmp_path, browser):
    """A desk over one report; `page(path)` opens one of its pages."""
    found, out = extract(read_bytes(REPORT.encode(), "云岭县.txt")), tmp_path / "out"
    out.mkdir()
    store = Store(out / "hedui.sqlite")
    store.keep(to_json(found), version="v")
    person = add_person(store, name="甲", role="annotator", secret=hashed("correct horse battery"))
    open_session(store, digest_of("told"), person.id, csrf="c", lasts=LASTS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    searching = Searching(partial(open_store, out))
    server = uvicorn.Server(uvicorn.Config(application(Desk(store=store, searching=searching)), host="127.0.0.1", port=port, log_level="warning",
                                           lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    searching.ready(60)
    while not server.started:
        time.sleep(0.02)
    base, said, windows = f"http://127.0.0.1:{port}", [], []

    def page(path, **window):
        context = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **window})
        context.add_cookies([{"name": "hedui", "value": "told", "url": base}])
        windows.append(context)
        made = context.new_page()
        made.set_default_timeout(60_000)
        made.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        made.on("pageerror", lambda error: said.append(str(error)))
        made.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        made.goto(base + path)
        return made

    yield SimpleNamespace(page=page, base=base, report=found.reports[0].id, sha256=found.document.sha256)
    for context in windows:
        context.close()
    server.should_exit = True
    thread.join(5)
    store.close()
    shutil.rmtree(out)
    assert [line for line in said if "400" not in line] == []


def barriers(page):
    return [(one["id"], [node["target"] for node in one["nodes"]][:2]) for one in Axe().run(page).response["violations"]]


def test_words_lead_to_the_sentence_and_to_the_report(desk):
    page = desk.page("/search")
    page.keyboard.type("执行率 1200.5万元")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits")
    assert page.locator(".hits li").count() == 1 and page.locator(".hits mark").all_inner_texts() == ["1200.50万元", "执行率"]
    assert "<img src=x onerror=alert(1)>" not in page.inner_html(".hits")
    page.locator(".quote a").click()
    page.wait_for_selector(".passages .this")
    assert "执行率" in page.locator(".passages .this mark").all_inner_texts() and page.locator(".passages p").count() > 3
    page.get_by_role("link", name="回到检索").click()
    page.wait_for_selector(".hits")
    page.locator(".of a[href^='/desk/']").first.click()
    page.wait_for_selector("#side")
    assert f"/desk/{desk.sha256}/{desk.report}?target=" in page.url


def test_filters_of_the_form_and_what_cannot_be_understood(desk):
    page = desk.page("/search")
    page.select_option("select[name=conflict]", "yes")
    page.get_by_role("button", name="检索").click()
    page.wait_for_selector(".hits .why.conflict")
    assert "conflict=yes" in page.url
    page.goto(desk.base + "/search?q=regoin:新疆")
    assert "region" in page.locator("[role=alert]").inner_text()
    page.goto(desk.base + "/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.locator("input[name=q]").input_value() == "<script>alert(1)</script>"
    page.goto(desk.base + "/search?q=验收合格率 type:indicator")
    page.locator("a[href^='/search/near/']").first.click()
    page.wait_for_selector(".hits .n")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_barrier_and_nothing_wider_than_a_phone(desk, colours):
    page = desk.page("/search", bypass_csp=True, color_scheme=colours, viewport={"width": 375, "height": 800})
    for path in ("/search", "/search?q=资金", "/search?q=龘龘", "/search?q=foo:1"):
        page.goto(desk.base + path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path
    page.goto(desk.base + "/search?q=资金")
    page.locator(".quote a").first.click()
    page.wait_for_selector(".passages")
    assert barriers(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 375


def test_who_is_not_signed_in_sees_nothing(desk):
    page = desk.page("/search")
    page.context.clear_cookies()
    for path in ("/search?q=资金", "/search/far", "/search/near/c-1", "/search/at/t-1"):
        page.goto(desk.base + path)
        assert page.locator(".hits").count() == 0 and page.url == f"{desk.base}/"
