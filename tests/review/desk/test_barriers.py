"""No page keeps anybody out: axe on those that other tests do not open, and on all of them at the size of a phone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from hedui.review import acts
from hedui.review.perform import perform
from hedui.review.security import digest_of, token
from hedui.store.people import everyone, invite

SERIOUS = ("serious", "critical")
NAME = "云岭水利总站"
LEARNT = f"""云岭县2022年水窖建设补助资金绩效自评报告
{NAME}会同{NAME}下属所检查，{NAME}再次复核。全年预算安排1200.50万元，实际支出1126.05万元，预算执行率93.80%。
"""
WINDOWS = {"desk": {"width": 1500, "height": 900}, "phone": {"width": 390, "height": 844}}
LOOKS = [("desk", "dark"), ("phone", "light")]


def barriers(page, phone):
    """What axe calls serious, and on a phone what reaches over the side."""
    found = Axe().run(page).response["violations"]
    told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found if one["impact"] in SERIOUS]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return told + [("wider than the window", wide)] * (phone and wide > WINDOWS["phone"]["width"])


def window_of(desk, size, colours):
    return desk.page("丙", bypass_csp=True, color_scheme=colours, viewport=WINDOWS[size], has_touch=size == "phone")


@pytest.fixture
def taught(served):
    """A desk at which a name was added three times, so that it is proposed."""
    desk = served(LEARNT)
    person, whole, at = next(one for one in everyone(desk.store) if one.name == "甲"), desk.opened.read.text, 0
    for n in range(3):
        at = whole.index(NAME, at) + 1
        perform(desk.store, desk.opened, acts.add_mention(whole, (at - 1, at - 1 + len(NAME)), "ORG"), person=person.id, group=f"group-{n}")
    return desk


@pytest.mark.parametrize("size, colours", LOOKS)
def test_what_was_learned_keeps_nobody_out(taught, size, colours):
    page = window_of(taught, size, colours)
    page.goto(f"{taught.base}/learn")
    assert page.locator("button[value=accept]").count() == 1 and barriers(page, size == "phone") == []
    page.click("button[value=accept]")
    page.wait_for_selector("button[value=withdraw]")
    assert barriers(page, size == "phone") == []


@pytest.mark.parametrize("size, colours", LOOKS)
def test_the_door_and_refusals_keep_nobody_out(desk, size, colours):
    link = token()
    invite(desk.store, digest_of(link), role="annotator", lasts=timedelta(hours=1))
    page = window_of(desk, size, colours)
    found = {}
    for path in ("/adjudicate", "/agreement", "/log", "/nowhere", f"/desk/{'0' * 64}/p-1"):
        page.goto(f"{desk.base}{path}")
        found[path] = barriers(page, size == "phone")
    page.context.clear_cookies()
    for path in ("/", f"/welcome/{link}", "/welcome/nothing"):
        page.goto(f"{desk.base}{path}")
        found[path] = barriers(page, size == "phone")
    assert not any(found.values()), found


def test_the_desk_keeps_nobody_out_on_a_phone(desk):
    page = window_of(desk, "phone", "dark")
    items = (desk.item("record", type="fund"), desk.opened.state.of("check")[-1], desk.item("mention", text="93.80%"))
    found = {}
    for path in (f"{desk.base}/queue", f"{desk.base}/people", *(f"{desk.address}?target={one.id}" for one in items)):
        page.goto(path)
        found[path] = barriers(page, phone=True)
    assert not any(found.values()), found
