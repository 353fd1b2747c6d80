"""How the desk shows itself: to who uses no mouse, to who sees little, on a phone, and with a long report."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe

SERIOUS = ("serious", "critical")


def findings(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_serious_barrier_on_any_page(desk, colours):
    page = desk.page("丙", bypass_csp=True, color_scheme=colours)
    mention, check = desk.item("mention", text="93.80%").id, desk.opened.state.of("check")[-1].id
    record = desk.item("record", type="fund").id
    for path in ("/queue", "/people", *(f"{desk.address}?target={one}" for one in (record, check, mention))):
        page.goto(path if path.startswith("http") else f"{desk.base}{path}")
        assert findings(page) == [], path
    for keys in ("l", "f", "t", "?"):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(150)
        assert findings(page) == [], keys
        page.keyboard.press("Escape")
    page.keyboard.press("]")
    for key in "cf":
        page.keyboard.press(key)
    page.wait_for_selector(".new-claim")
    assert findings(page) == [], "a new claim"
    page.context.clear_cookies()
    page.goto(desk.base)
    assert findings(page) == [], "sign in"


def test_all_is_reached_without_a_mouse(desk, ways):
    page = desk.page()
    page.context.clear_cookies()
    page.goto(desk.base)
    page.keyboard.type("甲")
    page.keyboard.press("Tab")
    page.keyboard.type(ways.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.tasks")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')") and page.locator(".skip").is_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Enter")
    page.wait_for_selector("#side")
    page.keyboard.press("?")
    told = page.locator("#help dt").all_inner_texts()
    assert {"a", "r", "u", "U", "j", "k", "l", "b", "v", "f", "g", "z", "n", "A", "1 … 9"} <= set(told) and len(told) == len(set(told))
    page.keyboard.press("Escape")
    first = page.locator("#side").get_attribute("data-target")
    page.keyboard.press("j")
    page.wait_for_selector(f"#side:not([data-target='{first}'])")
    page.keyboard.press("k")
    page.wait_for_selector(f"#side[data-target='{first}']")
    page.keyboard.press("f")
    marked = page.locator("#text [data-hint]").first
    mention = marked.get_attribute("data-m")
    page.keyboard.type(marked.get_attribute("data-hint"))
    page.wait_for_selector(f"#side[data-target='{mention}']")
    rings = []
    for _ in range(25):
        page.keyboard.press("Tab")
        rings.append(page.evaluate("""() => { const at = document.activeElement, look = getComputedStyle(at);
            return at === document.body || look.outlineStyle !== 'none' || look.boxShadow !== 'none' || at.matches('input, select'); }"""))
    assert all(rings), "what has the focus shows it"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.wait_for_selector("table.tasks")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(desk, colours, ways):
    page = desk.page("丙", viewport={"width": 390, "height": 844}, has_touch=True, color_scheme=colours)
    record = desk.item("record", type="fund").id
    for path in (f"{desk.base}/queue", f"{desk.base}/people", f"{desk.address}?target={record}"):
        page.goto(path)
        wide = page.evaluate("""() => [...document.querySelectorAll('main *')].filter((node) => { const box = node.getBoundingClientRect();
            return box.width > 0 && box.right > innerWidth + 1 && !node.closest('.wide, .text'); }).map((node) => node.outerHTML.slice(0, 90))""")
        assert wide == [], path
    page.locator("[data-key='3']").fill("手机改的")
    page.locator("tr[data-field=scope] .save").tap()
    page.wait_for_selector("tr.changed")
    page.locator("[data-key=a]").tap()
    ways.until(lambda: desk.opened.state.items[record].decision == "accepted")


def long_report(pages=30, lines=34):
    told = "项目单位按照实施方案组织施工，落实质量安全责任，资金专款专用，群众反映良好，后续管护制度健全，未发现违规使用资金的情况。"
    rows = [f"第{n}项养护工程全年预算安排{1000 + n}.50万元，实际支出{900 + n}.25万元，完成养护里程{100 + n}公里。" if n % 4 == 0 else told
            for n in range(pages * lines // 2)]
    return "云岭县2022年农村公路养护补助资金绩效自评报告\n一、资金情况\n" + "\n".join(rows) + "\n自评得分93.5分，等级为优。\n"


def test_thirty_pages_are_at_hand_at_once(served, ways):
    desk = served(long_report())
    page = desk.page(path="/queue")
    page.keyboard.press("Enter")
    page.wait_for_selector("#side")
    assert len(page.locator("#text").inner_text()) > 25_000
    for _ in range(3):
        target = page.locator("#side").get_attribute("data-target")
        start = time.monotonic()
        page.keyboard.press("y" if page.locator("[data-key=y]").count() else "a")
        page.wait_for_selector(f"#side:not([data-target='{target}'])")
        assert time.monotonic() - start < 2
    start = time.monotonic()
    page.keyboard.press("v")
    for _ in range(20):
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector("#adding:not([hidden])")
    assert time.monotonic() - start < 4
    assert page.locator("#text .lit").first.is_visible()
