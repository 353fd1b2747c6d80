"""The sample page, and how it is opened, shared by the tests of report.html."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from hedui.export.page import write_page

SAMPLE = runpy.run_path(str(Path(__file__).with_name("sample.py")))


@pytest.fixture(scope="session")
def sample():
    return SAMPLE


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    return write_page(SAMPLE["outputs"](), tmp_path_factory.mktemp("page") / "report.html", failures=SAMPLE["FAILURES"])


@pytest.fixture
def open_page(browser):
    """Opens a page file in a fresh context; errors and requests that were seen end up in `.errors` and `.requests`."""
    contexts = []

    def opened(path, *, hash="", **options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.errors, page.requests = [], []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda line: page.errors.append(line.text) if line.type in ("error", "warning") else None)
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(path.as_uri() + hash)
        return page

    yield opened
    for context in contexts:
        context.close()
