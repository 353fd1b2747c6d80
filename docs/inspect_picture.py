"""A sample report as a bad scan comes in, docs/inspect.jpg goes out: the picture of `hedui inspect` in the README.

    python docs/inspect_picture.py [SAMPLE]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from hedui.inspection import inspected
from hedui.readers import read
from hedui.synth.render import BAD_150, docx_of, pdf_of, pdf_of_pictures, scans_of

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "annotations" / "samples" / "s01.txt"
SIZE = {"width": 1360, "height": 1000}


def scan_of(sample: Path) -> bytes:
    return pdf_of_pictures(scans_of(pdf_of(docx_of(read(sample))), look=BAD_150, seed=3), BAD_150.dpi)


def main() -> None:
    sample = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    browser = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        scan, made = Path(folder) / f"{sample.stem}-扫描件.pdf", Path(folder) / "page.html"
        scan.write_bytes(scan_of(sample))
        made.write_text(inspected(scan), encoding="utf-8")
        window = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = window.new_page(viewport=SIZE)
        page.goto(made.as_uri())
        page.locator("figure:has(.cell)").first.evaluate("(shown) => shown.scrollIntoView()")
        page.screenshot(path=ROOT / "docs" / "inspect.jpg", quality=80)
        window.close()


if __name__ == "__main__":
    main()
