"""The pages for looking at the desk: every mark leads to its sentence in two clicks, nobody is kept out, and nothing in a report acts."""

import csv
import io
import re

import httpx
import pytest

from hedui.review.research_views import PICTURES, VIEWS

ADDRESSES = {name: "/research" if name == "overview" else f"/research/{name}" for name in VIEWS}
PHONE = {"width": 375, "height": 800}


def ask(desk, path, **cookies):
    return httpx.get(f"{desk.base}{path}", cookies={"hedui": "token", **cookies}, follow_redirects=False)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_from_a_mark_of_every_picture_to_its_sentence_in_two_clicks(desk, windows, name):
    page = windows.page(signed_in=desk.base)
    view = next(view for view, held in VIEWS.items() if name in held.pictures)
    page.goto(f"{desk.base}{ADDRESSES[view]}")
    mark = page.locator(f"#{name} svg a.mark").last
    told = mark.get_attribute("aria-label")
    mark.locator("rect, circle").last.click()
    assert told and page.locator("h1").inner_text()
    page.locator("table.behind-list a.sentence").first.click()
    assert "/research/report/" in page.url and page.locator("article .sentence mark").first.inner_text()
    if "#" in page.url:
        page.locator("article:target mark").first.wait_for(timeout=5000)
    assert "公路" in page.locator("h1").inner_text()


def test_ties_of_documents_lead_to_both_reports(desk):
    numbers = ask(desk, "/research/documents").text
    addresses = re.findall(r'href="([^"]+)" aria-label="[^"]* 同见于 ', numbers)
    assert addresses and ask(desk, addresses[0].replace("&amp;", "&")).text.count('class="sentence"') >= 2


@pytest.mark.parametrize("window, colours", [({"width": 1300, "height": 900}, "light"), (PHONE, "dark")])
def test_no_page_keeps_anybody_out(desk, windows, barriers, window, colours):
    page = windows.page(signed_in=desk.base, viewport=window, color_scheme=colours, bypass_csp=True)
    found = {}
    for path in (*ADDRESSES.values(), "/research/behind/scores?mark=95", "/research/execution?year=1999"):
        page.goto(f"{desk.base}{path}")
        for one in page.locator("details").all():
            one.locator("summary").click()
        found[path] = barriers(page)
    page.goto(f"{desk.base}/research/behind/scores?mark=95")
    page.locator("a.sentence").first.click()
    found["report"] = barriers(page)
    assert not any(found.values()), found


def test_arrows_walk_over_the_marks_and_enter_opens_one(desk, windows):
    page = windows.page(signed_in=desk.base)
    page.goto(f"{desk.base}/research/execution")
    page.locator("svg.heat a.mark[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    third = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "2021" in first and "2022" in second and "2022" in third and len({first, second, third}) == 3
    assert page.locator("#tip").inner_text() == third
    page.keyboard.press("Enter")
    page.wait_for_url("**/research/behind/execution**")


def test_without_scripts_everything_is_still_a_link(desk, windows):
    page = windows.page(signed_in=desk.base, java_script_enabled=False)
    page.goto(f"{desk.base}/research/scores")
    page.locator("#scores svg a.mark").first.locator("rect").last.click()
    assert page.locator("a.sentence").count() >= 1


def test_filters_narrow_every_picture_and_are_carried_to_the_list(desk):
    whole, part = ask(desk, "/research/scores").text, ask(desk, "/research/scores?year=2022&province=贵州省").text
    assert "n = 6 份" in whole and "n = 2 份" in part
    addresses = re.findall(r'class="mark" href="([^"]+)"', part)
    assert addresses and all("year=2022" in one for one in addresses)
    assert ask(desk, addresses[0].replace("&amp;", "&")).text.count('class="sentence"') == 1
    drawn = ask(desk, "/research/execution?province=贵州省").text.split("<figure")[1].split("</svg>")[0]
    assert "青溪县" in drawn, "within a province rows are places"


@pytest.mark.parametrize("language, seen, hidden", [("zh", "zh", "en"), ("en", "en", "zh"), ("both", "zh", "neither")])
def test_both_languages(desk, windows, language, seen, hidden):
    page = windows.page(signed_in=desk.base)
    page.context.add_cookies([{"name": "language", "value": language, "url": desk.base}])
    page.goto(f"{desk.base}/research/funds")
    assert page.locator(f"figure h2 [lang={seen}]").is_visible() and page.locator(f"svg tspan[lang={seen}]").first.is_visible()
    if hidden != "neither":
        assert not page.locator(f"figure h2 [lang={hidden}]").is_visible() and not page.locator(f"svg tspan[lang={hidden}]").first.is_visible()


@pytest.mark.parametrize("path", [
    "/research/nothing", "/research/behind/nothing?mark=1", "/research/behind/scores?mark=7", "/research/behind/scores",
    "/research/numbers/nothing.csv", "/research/behind/scores.csv?mark=nothing", f"/research/report/{'0' * 64}/p-1"])
def test_what_is_not_there_is_said(desk, path):
    answer = ask(desk, path)
    assert answer.status_code == 404 and "没有" in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("query", ["year=99999", "year=²²²²", "province=%00", "programme=" + "x" * 5000, "kind=<script>", "page=-1"])
def test_odd_questions_are_answered(desk, query):
    answer = ask(desk, f"/research/scores?{query}")
    assert answer.status_code == 200 and "<script>" not in answer.text.replace('<script src="', "")


@pytest.mark.parametrize("path", [
    *ADDRESSES.values(), "/research/behind/scores?mark=95", "/research/numbers/scores.csv", "/research/behind/scores.csv?mark=95"])
def test_every_page_asks_who_it_is(desk, path):
    answer = httpx.get(f"{desk.base}{path}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_files_of_numbers_are_those_of_the_picture(desk):
    rows = list(csv.reader(io.StringIO(ask(desk, "/research/numbers/funds.csv").content.decode("utf-8-sig"))))
    stages = {row[0].split(" · ")[0]: row[1] for row in rows[1:]}
    assert stages["预算"] == str(6 * 12_000_000) and stages["支出"] == str(sum(1100 + n * 10 for n in range(6)) * 10_000)
    behind = list(csv.reader(io.StringIO(ask(desk, "/research/behind/funds.csv?mark=executed").content.decode("utf-8-sig"))))
    assert len(behind) == 7 and behind[0][0] == "file"


def test_a_desk_without_results_says_so(desk, table, windows):
    from starlette.testclient import TestClient

    from hedui.review.app import application
    from hedui.review.security import LASTS, digest_of
    from hedui.review.web import Desk
    from hedui.store.people import open_session

    open_session(table.store, digest_of("t"), table.a.id, csrf="c", lasts=LASTS)
    answer = TestClient(application(Desk(store=table.store)), cookies={"hedui": "t"}).get("/research")
    assert answer.status_code == 404 and "hedui run" in answer.text
