"""The folder that needs no server: opened from the disk in a browser, the same each time, bounded, and safe with hostile names."""

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from hedui.cli import main
from hedui.errors import UsageError
from hedui.research.pictures.chosen import Chosen
from hedui.research.pictures.facts import Held, facts_at
from hedui.research.pictures.types import Cited, Money, ReportFacts
from hedui.review.dashboard import MOST_ITEMS, write_dashboard
from hedui.review.research_views import VIEWS

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


class NoTexts:
    texts = None


def invented(count, **told):
    funds = {"budget": Money(Decimal(100), "r-b"), "executed": Money(Decimal(90), "r-e")}
    return tuple(replace(ReportFacts(sha256=f"{n:064x}", report=f"p-{n}", version="v", file=f"{n}.txt", title=f"报告{n}", province="贵州省",
                                     year=2020 + n % 3, checks=1, funds=funds, rate=Decimal("0.9"), rate_finding="r-e",
                                     score=Decimal(90 + n % 11), score_record="r-s",
                                     documents=(Cited("r-d", f"财〔2020〕{n % 4}号", None),)), **told) for n in range(count))


def digests(folder):
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def written(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "图"
    assert main(["dashboard", str(results), "-o", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("window, colours", [({"width": 1300, "height": 900}, "light"), ({"width": 375, "height": 800}, "dark")])
def test_every_page_opens_from_the_disk_with_its_style(written, windows, barriers, window, colours):
    page = windows.page(viewport=window, color_scheme=colours, bypass_csp=True)
    found = {}
    for name in VIEWS:
        page.goto((written / f"{'index' if name == 'overview' else name}.html").as_uri())
        assert page.locator("figure svg a.mark").count() > 0 and page.locator("select[data-language]").is_visible(), "style and script are at hand"
        found[name] = barriers(page)
    assert not any(found.values()), found


def test_from_a_mark_to_its_sentence_in_two_clicks(written, windows):
    page = windows.page()
    for name in VIEWS:
        page.goto((written / f"{'index' if name == 'overview' else name}.html").as_uri())
        shape = page.locator("figure svg a.mark").last.locator("rect, circle").last
        assert shape.evaluate("node => getComputedStyle(node).fill") != "rgb(0, 0, 0)", "the policy of the page lets its own style in"
        shape.click()
        page.locator("a.sentence").first.click()
        assert page.url.startswith("file:") and page.locator("article mark").first.inner_text()
        if "#" in page.url:
            page.locator("article:target mark").first.wait_for(timeout=5000)


def test_every_link_leads_to_a_file_of_the_folder(written):
    import re
    from urllib.parse import unquote, urlsplit

    broken, seen = [], 0
    for path in written.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            parts = urlsplit(address)
            if parts.scheme == "data":
                continue
            assert not parts.scheme and not parts.netloc and not parts.path.startswith("/"), address
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            ok = target.is_file() and (not parts.fragment or f'id="{parts.fragment}"' in target.read_text(encoding="utf-8"))
            seen += 1
            broken += [] if ok else [(path.name, address)]
    assert seen > 200 and broken == []


def test_the_language_is_kept_over_pages(written, windows):
    page = windows.page()
    page.goto((written / "index.html").as_uri())
    page.select_option("select[data-language]", "en")
    page.goto((written / "funds.html").as_uri())
    assert page.locator("h2 [lang=en]").first.is_visible() and not page.locator("h2 [lang=zh]").first.is_visible()


def test_twice_gives_the_same_bytes_and_replaces_the_first(results, written, tmp_path):
    again = tmp_path / "again"
    write_dashboard(facts_at(str(results)), again)
    assert digests(again) == digests(written)
    (again / "behind" / "stale.html").write_text("old", encoding="utf-8")
    write_dashboard(facts_at(str(results)), again)
    assert digests(again) == digests(written) and list(tmp_path.iterdir()) == [again]


def test_a_folder_with_something_else_is_left_alone(results, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="另给一个文件夹"):
        write_dashboard(facts_at(str(results)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_sentences_are_bounded_and_the_page_says_so(results, tmp_path):
    told = write_dashboard(facts_at(str(results)), tmp_path / "few", most=2)
    assert (told.reports, told.with_sentences, len(list((tmp_path / "few" / "report").iterdir()))) == (6, 2, 2)
    assert "2 份报告的原句" in (tmp_path / "few" / "index.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "few" / "dashboard.json").read_bytes())["with_sentences"] == 2


def test_lists_are_bounded_and_the_rest_is_in_a_file(tmp_path):
    facts = invented(MOST_ITEMS + 40)
    write_dashboard(Held(store=NoTexts(), facts=facts), tmp_path / "many", most=5)
    rows = {path.name: path.read_text(encoding="utf-8").count("<tr>") - 1 for path in (tmp_path / "many" / "behind").glob("*.html")}
    assert max(rows.values()) == MOST_ITEMS
    file = sorted((tmp_path / "many" / "behind").glob("funds-*.csv"))[0]
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == len(facts) + 1
    page = file.with_suffix(".html").read_text(encoding="utf-8")
    assert "另有 40 条见 CSV" in page and page.index("report/") < page.index("—"), "those with a sentence stand first"


def test_what_is_chosen_is_told_and_alone(results, tmp_path):
    told = write_dashboard(facts_at(str(results)), tmp_path / "one", chosen=Chosen(year=2022))
    page = (tmp_path / "one" / "scores.html").read_text(encoding="utf-8")
    assert told.reports == 3 and "2022" in page and "n = 3 份" in page
    assert write_dashboard(facts_at(str(results)), tmp_path / "none", chosen=Chosen(year=1999)).reports == 0
    assert "没有一份" in (tmp_path / "none" / "scores.html").read_text(encoding="utf-8")


def test_hostile_names_stay_text(tmp_path, windows):
    facts = invented(4, title=HOSTILE, unit=HOSTILE, region=HOSTILE, programme=HOSTILE, file="=1+1.txt", documents=(Cited("r", None, HOSTILE),))
    write_dashboard(Held(store=NoTexts(), facts=facts), tmp_path / "x", chosen=Chosen(province="贵州省"))
    page = windows.page()
    for path in sorted((tmp_path / "x").glob("*.html")) + sorted((tmp_path / "x" / "behind").glob("*.html"))[:12]:
        page.goto(path.as_uri())
        assert page.evaluate("document.querySelectorAll('main script, main img').length") == 0
    assert all(line.startswith('"') and not line.startswith(('"=', '"<=')) for path in (tmp_path / "x").rglob("*.csv")
               for line in path.read_text(encoding="utf-8-sig").splitlines())
