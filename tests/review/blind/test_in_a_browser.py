"""The judge's page and the pages of the trail in a real browser, by keys."""

import socket
import threading
import time
from datetime import timedelta

import pytest
import uvicorn

from hedui.review import acts
from hedui.review.app import application
from hedui.review.routing import Routing
from hedui.review.security import COOKIE, digest_of, token
from hedui.review.web import Desk
from hedui.store.blind import doubled
from hedui.store.people import open_session

SIZES = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 800}}


@pytest.fixture
def address(store):
    """The desk over the store at a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = application(Desk(store=store, routing=Routing(below=2.0, audit=0.0, double=0.0)))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def page_of(browser, store, address):
    """`page_of(person)`: a window in which that person is signed in; whatever goes wrong in it fails the test."""
    opened, wrong = [], []

    def make(person, size="desk", **more):
        told = token()
        open_session(store, digest_of(told), person.id, csrf=token(), lasts=timedelta(hours=1))
        window = browser.new_context(viewport=SIZES[size], base_url=address, **more)
        window.add_cookies([{"name": COOKIE, "value": told, "url": address}])
        page = window.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        opened.append(window)
        return page
    yield make
    for window in opened:
        window.close()
    assert not wrong


def pressed(page, key):
    with page.expect_response(lambda answer: answer.url.endswith("/act")) as told:
        page.keyboard.press(key)
    page.locator(".htmx-request, .htmx-swapping, .htmx-settling").first.wait_for(state="detached")
    return told.value.status


def finish(case, who, yuan, mark):
    fund = next(one.id for one in case.open().state.of("record") if one.data["type"] == "fund")
    case.do(who, lambda state: acts.edit(state, fund, "yuan", yuan))
    for one in case.open(who.id).state.items.values():
        if one.kind == "record":
            case.do(who, lambda state, one=one: acts.accept(state, [one.id]))
        elif one.kind == "check" and one.data["verdict"] == "conflict":
            case.do(who, lambda state, one=one: acts.mark(state, one.id, mark))
    return fund


def test_a_case_is_judged_by_keys_one_for_each_difference(twice, store, page_of):
    case = twice()
    fund = finish(case, case.a, "1260万元", "real")
    finish(case, case.b, "1270万元", "harmless")
    page = page_of(case.judge)
    page.goto(case.case)
    assert page.locator(".lit").count() > 0 and page.locator("#side").get_attribute("data-target").startswith("k-")
    assert pressed(page, "ArrowRight") == 200 and page.locator("#side").get_attribute("data-target") == fund
    assert pressed(page, "u") == 200 and pressed(page, "U") == 200
    page.goto(f"{case.case}?at={fund}")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("1,280万元")
    assert pressed(page, "Enter") == 200
    page.keyboard.press("F")
    page.wait_for_url("**/adjudicate")
    state = case.open().state
    assert state.items[fund].data["fields"]["yuan"] == "12800000" and doubled(store)[0].judged
    assert {one.mark for one in state.of("check") if one.data["verdict"] == "conflict"} == {"harmless"}


def test_from_a_line_of_the_trail_to_the_report_as_it_stood(twice, page_of):
    case = twice()
    fund = finish(case, case.a, "1260万元", "real")
    page = page_of(case.judge)
    page.goto(f"/log?target={fund}&act=edit")
    page.click("table.tasks tbody tr:last-child td:first-child a")
    page.wait_for_selector("#side")
    assert "只读" in page.inner_text("#side") and page.locator("#f-yuan").input_value() == "12600000"
    assert not page.locator(".acts button:visible, .note input:visible").count()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" or "offer" in request.url else None)
    for key in ("a", "r", "u", "U", "A", "m", "c", "l", "b", "1", "5", "Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert not asked and page.locator("#f-yuan").input_value() == "12600000"


@pytest.mark.parametrize("path", ["/adjudicate", "{case}", "/agreement", "/log"])
def test_pages_fit_a_phone(twice, page_of, path):
    case = twice()
    finish(case, case.a, "1260万元", "real")
    finish(case, case.b, "1270万元", "harmless")
    page = page_of(case.judge, "phone")
    page.goto(path.format(case=case.case))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_serious_barrier_on_the_pages_of_judges(twice, page_of, colours):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    case = twice()
    finish(case, case.a, "1260万元", "real")
    finish(case, case.b, "1270万元", "harmless")
    step = case.open(case.a.id).events[-1].seq
    page = page_of(case.judge, bypass_csp=True, color_scheme=colours)
    found = {}
    for path in ("/adjudicate", case.case, "/agreement", "/agreement?scope=touched", "/log", f"{case.desk}?until={step}"):
        page.goto(path)
        told = axe.run(page).response["violations"]
        found[path] = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in told if one["impact"] in ("serious", "critical")]
    assert not any(found.values()), found
