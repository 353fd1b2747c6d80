"""A desk that is served, people who are signed in, and a browser for each; what their pages complain of fails the test."""

import shutil
import socket
import threading
import time
from types import SimpleNamespace

import pytest
import uvicorn

from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read_bytes
from hedui.review.app import application
from hedui.review.laying import lay_out_all
from hedui.review.opened import open_report
from hedui.review.routing import Routing
from hedui.review.security import LASTS, digest_of, hashed
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

PASSWORD = "correct horse battery"
PEOPLE = {"甲": "annotator", "乙": "annotator", "丙": "admin"}
REPORT = """云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
根据云财建〔2022〕15号文，全年预算安排1200.50万元，实际支出1126.05万元，预算执行率93.80%。结余74.45万元。
二、绩效目标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥120公里\t118公里\t10\t9.5
产出指标\t质量指标\t验收合格率\t≥95%\t98%\t10\t10
云岭县交通运输局负责实施。自评得分93.5分，等级为优。
"""
# what pages say in the console of what they were told on purpose: answers of 4xx, and a server that is gone
MEANT = ("Failed to load resource", "Response Status Error Code", "htmx:sendError", "htmx:afterRequest")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Live:
    """A folder with a store of one report, a desk served from it, and pages of people who are signed in."""

    def __init__(self, folder, browser, findings):
        self.folder, self.browser, self.findings, self.windows, self.said = folder, browser, findings, [], []
        self.store = Store(folder / "hedui.sqlite")
        self.sha256, self.report = findings.document.sha256, findings.reports[0].id
        self.port, self.server, self.thread = free_port(), None, None
        self.base = f"http://127.0.0.1:{self.port}"
        self.address = f"{self.base}/desk/{self.sha256}/{self.report}"

    def start(self):
        self.server = uvicorn.Server(uvicorn.Config(application(Desk(store=self.store)), host="127.0.0.1", port=self.port, log_level="warning",
                                                    lifespan="off", ws="none"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until(lambda: self.server.started)
        return self

    def page(self, name="甲", *, path=None, **window):
        """A page of somebody in a browser window of their own; `path` is opened."""
        context = self.browser.new_context(**{"viewport": {"width": 1500, "height": 900}, **window})
        context.add_cookies([{"name": "hedui", "value": told(name), "url": self.base}])
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.windows.append(context)
        if path is not None:
            page.goto(path if path.startswith("http") else f"{self.base}{path}")
        return page

    @property
    def opened(self):
        return open_report(self.store, self.sha256, self.report)

    def item(self, kind, **told):
        """The first finding of a kind with such data or fields."""
        return next(one for one in self.opened.state.of(kind)
                    if all((one.data.get("fields") or {}).get(k, one.data.get(k)) == v for k, v in told.items()))

    def at(self, kind, **told):
        return f"{self.address}?target={self.item(kind, **told).id}"

    @property
    def acts(self):
        return [event.act for event in self.opened.events]

    def close(self):
        for window in self.windows:
            window.close()
        if self.server is not None:
            self.server.should_exit = True
            self.thread.join(5)
        self.store.close()
        bad = [one for one in self.said if not one.startswith(MEANT)]
        assert not bad, bad


def told(name):
    return f"token-{name.encode().hex()}"


def until(true, *, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def kept(folder, findings):
    """A store of one report, every record and conflict of it a task, and three people with sessions."""
    with Store(folder / "hedui.sqlite") as store:
        store.keep(to_json(findings), version="v")
        lay_out_all(store, Routing(below=1.01, audit=0.0, double=0.0))
        for name, role in PEOPLE.items():
            person = add_person(store, name=name, role=role, secret=hashed(PASSWORD))
            open_session(store, digest_of(told(name)), person.id, csrf=f"csrf-{name.encode().hex()}", lasts=LASTS)


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory):
    """`laid_out(text)`: a folder with the store of a report of that text, made once."""
    found = {}

    def make(text):
        if text not in found:
            folder, findings = tmp_path_factory.mktemp("store"), extract(read_bytes(text.encode(), "云岭县.txt"))
            kept(folder, findings)
            found[text] = folder, findings
        return found[text]
    return make


@pytest.fixture
def served(tmp_path, browser, laid_out):
    """`served(text)`: a desk over a store of its own."""
    desks = []

    def make(text=REPORT, *, start=True):
        folder, findings = laid_out(text)
        shutil.copytree(folder, tmp_path / "out")
        desks.append(Live(tmp_path / "out", browser, findings))
        return desks[-1].start() if start else desks[-1]
    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(served):
    return served()


@pytest.fixture
def ways():
    """What the tests of this folder share."""
    return SimpleNamespace(until=until, PASSWORD=PASSWORD, told=told, free_port=free_port)
