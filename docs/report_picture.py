"""Outputs of hedui come in, docs/report.png goes out: the picture of report.html in the README.

    python docs/report_picture.py             the page of the tests' sample reports
    python docs/report_picture.py OUT         the page of a run, from the JSON in OUT and the folders below it
"""

from __future__ import annotations

import argparse
import runpy
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from hedui.errors import ReadError
from hedui.export import load_output
from hedui.export.page import write_page

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1360, "height": 1000}


def outputs_in(folder: Path | None) -> list[dict[str, Any]]:
    """The outputs that lie in `folder`, those of the tests' samples without one."""
    if folder is None:
        sample = runpy.run_path(str(ROOT / "tests" / "export_page" / "sample.py"))
        return list(sample["outputs"]())
    found = []
    for path in sorted(folder.rglob("*.json")):
        try:
            found.append(load_output(path))
        except ReadError:
            continue
    return found


def open_one(page: Page) -> None:
    """Opens the conflict that shows most: one with evidence in running text and in a table, if there is one."""
    for card in page.locator(".g-conflict .card .say").all()[:20]:
        card.click()
        if page.locator("#body .place table mark").count() and page.locator("#body .place p mark").count():
            break
    page.mouse.move(0, 0)
    page.evaluate("() => { window.scrollTo(0, 0); document.activeElement.blur(); }")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "report.png")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as engine:
        path = write_page(outputs_in(given.folder), Path(scratch) / "report.html")
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(path.as_uri())
        open_one(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=given.output)
        browser.close()


if __name__ == "__main__":
    main()
