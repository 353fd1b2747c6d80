"""Two people at once, pages that are loaded anew, servers that are killed, keys that are quicker than answers, and reports that attack."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from hedui.review.state import value_at

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>'"
ATTACK = f"""云岭县2022年农村公路养护补助资金绩效自评报告
一、资金情况
全年预算安排1200.50万元，实际支出1126.05万元，预算执行率98.80%。{EVIL}
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护{EVIL}里程\t≥120公里{EVIL}\t118公里{EVIL}\t10\t9.5
"""


def edit(page, field, text):
    page.keyboard.press(field)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def scope_of(desk, record):
    return value_at(desk.opened.state.items[record], "fields.scope")


def test_the_second_of_two_is_told_and_keeps_what_they_typed(desk, ways):
    where, record = desk.at("record", type="fund"), desk.item("record", type="fund").id
    first, second = desk.page("甲", path=where), desk.page("乙", path=where)
    second.keyboard.press("3")
    second.keyboard.type("乙写的")
    edit(first, "3", "甲写的")
    first.wait_for_selector("tr.changed")
    second.keyboard.press("Enter")
    second.wait_for_selector("#said .bad:has-text('甲 刚改过这一项')")
    assert scope_of(desk, record) == "甲写的", "nothing was overwritten"
    assert second.locator("#f-scope").input_value() == "乙写的" and second.locator("#f-scope").get_attribute("data-was") == "甲写的"
    second.locator("tr[data-field=scope] .save").click()
    ways.until(lambda: scope_of(desk, record) == "乙写的")
    assert [event.before["fields.scope"] for event in desk.opened.events if event.target == record][1] == "甲写的"


def test_what_is_typed_stays_over_a_reload_and_over_other_answers(desk, ways):
    page, record = desk.page(path=desk.at("record", type="fund")), desk.item("record", type="fund").id
    page.keyboard.press("3")
    page.keyboard.type("还没存")
    page.reload()
    assert page.locator("#f-scope").input_value() == "还没存" and page.locator("tr[data-field=scope] .save").is_visible()
    edit(page, "4", "2021")
    page.wait_for_selector("tr.changed")
    assert page.locator("#f-scope").input_value() == "还没存" and scope_of(desk, record) != "还没存"
    page.locator("#f-scope").press("Enter")
    ways.until(lambda: scope_of(desk, record) == "还没存")
    page.reload()
    assert page.locator("tr[data-field=scope] .save").is_hidden()


def test_keys_hit_before_the_answer_are_done_in_order(desk, ways):
    page, record = desk.page(path="/queue?type=fund"), None
    page.keyboard.press("Enter")
    page.wait_for_selector("#side .fields")
    record = page.locator("#side").get_attribute("data-target")

    def slow(route):
        time.sleep(0.4)
        route.continue_()

    page.route(re.compile("/act$"), slow)
    edit(page, "3", "先改")
    for key in ("3", "x", "y", "Enter", "a"):
        page.keyboard.press(key)
    page.wait_for_selector(f"#side:not([data-target='{record}'])")
    assert scope_of(desk, record) == "xy" and desk.opened.state.items[record].decision == "accepted"
    assert [one for one in desk.acts if one != "edit"] == ["accept"]


class Process:
    """The command itself, in a process of its own."""

    def __init__(self, desk):
        self.desk = desk
        self.run = self.start()

    def start(self):
        run = subprocess.Popen([sys.executable, "-m", "hedui.cli", "review", str(self.desk.folder), "--port", str(self.desk.port), "--double", "0"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(self.desk.base, timeout=1).close()
                return run
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError("the desk did not start")

    def kill(self):
        os.kill(self.run.pid, signal.SIGKILL)
        self.run.wait(10)


def test_a_killed_server_loses_nothing_and_does_nothing_twice(served, ways):
    desk = served(start=False)
    server, record = Process(desk), desk.item("record", type="fund").id
    try:
        page = desk.page(path=desk.at("record", type="fund"))
        page.keyboard.press("3")
        page.keyboard.type("断电前写的")
        server.kill()
        page.keyboard.press("Enter")
        page.wait_for_selector("#said :text('正在重试')")
        page.keyboard.press("n")
        server.run = server.start()
        ways.until(lambda: scope_of(desk, record) == "断电前写的")
        page.wait_for_selector("tr.changed")
        page.keyboard.press("Escape")
        written = len(desk.acts)

        def answer_lost(route):
            route.fetch()
            server.kill()
            route.abort()

        page.route(re.compile("/act$"), answer_lost, times=1)
        edit(page, "n", "看过")
        page.wait_for_selector("#said :text('正在重试')")
        assert desk.opened.state.items[record].note == "看过", "it was written before the answer was lost"
        server.run = server.start()
        page.wait_for_selector("#said:not(:has(.bad))", state="attached")
        events = desk.opened.events
        assert (written, len(events)) == (2, 3) and events[-1].act == "note", "the edit once in record and claim, the note once"
    finally:
        server.kill()


def test_nothing_in_a_report_acts(served, ways):
    desk = served(ATTACK)
    record = desk.item("record", type="fund").id
    page = desk.page("丙", path=f"{desk.address}?target={record}")
    edit(page, "3", EVIL)
    page.wait_for_selector("tr.changed")
    edit(page, "n", EVIL)
    ways.until(lambda: desk.acts[-1:] == ["note"])
    found = {(one.kind, one.data.get("type")): one.id for one in desk.opened.state.items.values()}
    for target in [*found.values(), record]:
        page.goto(f"{desk.address}?target={target}")
        if page.locator("[data-key=l]").count():
            page.keyboard.press("l")
            page.wait_for_selector("#offer section")
            page.keyboard.press("Escape")
        page.keyboard.press("f")
    page.keyboard.press("Escape")
    page.evaluate("""() => { const found = [...document.querySelectorAll('#text [data-s]')].find((piece) => piece.textContent.includes('script'));
        getSelection().selectAllChildren(found); }""")
    page.wait_for_selector("#adding:not([hidden])")
    for keys in ("ci", "cd"):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector(".new-claim")
        page.keyboard.press("Escape")
    page.goto(f"{desk.base}/queue?state=any&text=养护")
    page.goto(f"{desk.base}/queue?text={EVIL}")
    assert page.locator("script:not([src]), img, svg").count() == 0
    assert page.locator("input[type=search]").input_value() == EVIL


def test_a_style_that_a_browser_left_on_a_field_is_not_copied(desk, ways):
    page = desk.page(path=desk.at("record", type="fund"))
    page.evaluate("document.querySelectorAll('input').forEach((field) => { field.style.color = 'red'; })")
    edit(page, "3", "甲写的")
    page.wait_for_selector("tr.changed")
    assert page.locator("#side [style]").count() == 0
