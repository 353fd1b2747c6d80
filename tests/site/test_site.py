"""The documentation is built without a warning, loads nothing from elsewhere, leads nowhere that is not there, and is searched in Chinese."""

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("sphinx")
ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as `make docs` builds it."""
    made = tmp_path_factory.mktemp("site") / "html"
    told = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(ROOT / "docs"), str(made)],
                          capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stderr
    return made


class Links(HTMLParser):
    """What a page refers to, and the places in it."""

    def __init__(self):
        super().__init__()
        self.loaded, self.linked, self.ids = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids.add(told.get("id"))
        if tag in ("img", "script", "link") and told.get("rel") not in ("canonical",):
            self.loaded.add(told.get("src") or told.get("href"))
        if tag == "a" and told.get("href"):
            self.linked.add(told["href"])


def links_of(path):
    found = Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_nothing_comes_from_elsewhere_and_no_link_is_broken(site):
    pages = {path: links_of(path) for path in site.rglob("*.html")}
    assert len(pages) > 15
    for path, links in pages.items():
        assert not [one for one in links.loaded if one and urlsplit(one).netloc], path
        for link in links.linked:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), (path.name, link)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, (path.name, link)


def test_every_public_name_is_in_the_reference(site):
    import hedui.research as research
    from hedui.research import doubt, plots

    text = re.sub(r"<[^>]+>", "", (site / "reference" / "research.html").read_text(encoding="utf-8"))
    assert not [name for module in (research, doubt, plots) for name in module.__all__ if name not in text]


def test_it_is_searched_in_chinese(site):
    pytest.importorskip("playwright")
    if not CHROMIUM.exists():
        pytest.skip("no chromium")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with ThreadPoolExecutor(1) as aside:  # a browser of other tests may keep a loop in this thread
            found, errors = aside.submit(searched, f"http://127.0.0.1:{server.server_port}/search.html?q=执行率").result()
    finally:
        server.shutdown()
    assert found >= 1 and not errors


def searched(address):
    """How many pages a search finds, and what went wrong on its page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page, errors = browser.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector("ul.search li a", timeout=60_000)
        found = page.locator("ul.search li").count()
        browser.close()
    return found, errors
