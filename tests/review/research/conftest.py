"""A folder of results of some reports, a desk served from it, and pages of somebody who is signed in; what a page complains of fails the test."""

import socket
import threading
import time
from types import SimpleNamespace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from hedui.export import to_json
from hedui.export.columnar import Kept, Key
from hedui.export.lake import append, open_lake
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.review.app import application
from hedui.review.security import LASTS, digest_of
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
PLACES = ("贵州省云岭县", "贵州省青溪县", "新疆维吾尔自治区石河子市")


def report(place, year, *, spent, score):
    rate = round(spent / 12, 2)
    return f"""{place}{year}年农村公路养护补助资金绩效自评报告
一、资金情况 {HOSTILE}
根据《项目支出绩效评价管理办法》（财预〔2020〕10号）和财建〔{year}〕15号文，全年预算安排1200万元，实际支出{spent}万元，预算执行率{rate}%。\
{HOSTILE}结余{1200 - spent - 1}万元。
二、绩效目标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t118公里\t10\t9.5
县交通运输局负责实施。自评得分{score}分，等级为优。
"""


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """OUT of six reports, as a run leaves it: a store and a lake; with a person who is signed in."""
    out = tmp_path_factory.mktemp("out")
    kept = []
    with Store(out / "hedui.sqlite") as store:
        for n, (place, year) in enumerate((place, year) for place in PLACES for year in (2021, 2022)):
            name = f"{place}{year}.txt"
            found = extract(read_bytes(report(place, year, spent=1100 + n * 10, score=95 + n).encode(), name))
            store.keep(to_json(found), version="v")
            kept.append(Kept(key=Key(found.document.sha256, "v", name), output=to_json(found).encode()))
        person = add_person(store, name="甲", role="annotator", secret="x")
        open_session(store, digest_of("token"), person.id, csrf="csrf", lasts=LASTS)
    append(open_lake(str(out / "lake")), kept)
    return out


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Windows:
    """Pages of a browser, what they say gathered."""

    def __init__(self, browser):
        self.browser, self.said, self.open = browser, [], []

    def page(self, *, signed_in=None, **window):
        context = self.browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **window})
        if signed_in:
            context.add_cookies([{"name": "hedui", "value": "token", "url": signed_in}])
        page = context.new_page()
        page.set_default_timeout(60000)
        page.on("console", lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.open.append(context)
        return page

    def close(self):
        for context in self.open:
            context.close()
        assert not self.said, self.said


@pytest.fixture
def windows(browser):
    """Windows whose pages may complain of nothing."""
    held = Windows(browser)
    yield held
    held.close()


@pytest.fixture(scope="session")
def desk(results):
    """The desk over the results, and its address."""
    store, port = Store(results / "hedui.sqlite"), free_port()
    server = uvicorn.Server(uvicorn.Config(application(Desk(store=store, out=str(results))), host="127.0.0.1", port=port, log_level="warning",
                                           lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    yield SimpleNamespace(base=f"http://127.0.0.1:{port}", out=results)
    server.should_exit = True
    thread.join(5)
    store.close()


@pytest.fixture
def barriers():
    """`barriers(page)`: what axe calls serious on a page, and what reaches over its side."""
    def found(page):
        violations = Axe().run(page, options={"preload": False}).response["violations"]
        told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations
                if one["impact"] in ("serious", "critical")]
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        return told + [("wider than the window", wide)] * (wide > room)
    return found
