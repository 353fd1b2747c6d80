"""The tests' sample reports come in, docs/review_queue.jpg and docs/review_desk.jpg go out: the pictures of the review desk in the README.

    python docs/review_pictures.py             the samples in annotations/samples
    python docs/review_pictures.py OUT         the store of a run
"""

from __future__ import annotations

import argparse
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from hedui.export import to_json
from hedui.extract import extract
from hedui.readers import read
from hedui.review.app import application
from hedui.review.laying import lay_out_all
from hedui.review.routing import Routing
from hedui.review.security import LASTS, digest_of, token
from hedui.review.serve import STORE
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("s03.txt", "s06.txt", "s08.txt", "s10.txt", "s12.txt")
SIZE = {"width": 1440, "height": 900}


def store_of(out: Path | None, folder: Path) -> Store:
    """A copy of the store in `out`, or one of the samples."""
    if out is not None:
        for path in out.glob(f"{STORE}*"):
            shutil.copy(path, folder)
        return Store(folder / STORE)
    store = Store(folder / STORE)
    for name in SAMPLES:
        found = extract(read(ROOT / "annotations" / "samples" / name))
        store.keep(to_json(found), version="docs")
    return store


def served(store: Store) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(application(Desk(store=store)), host="127.0.0.1", port=port, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}"


def pictures(page: Page, base: str) -> None:
    page.goto(f"{base}/queue")
    page.screenshot(path=ROOT / "docs" / "review_queue.jpg", quality=85, type="jpeg")
    page.goto(f"{base}/next?reason=conflict&type=ratio")
    page.wait_for_selector("#text .lit")
    page.locator("#side .place").first.click()
    page.wait_for_timeout(800)
    page.screenshot(path=ROOT / "docs" / "review_desk.jpg", quality=85, type="jpeg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT")
    args = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, store_of(args.out, Path(folder)) as store, sync_playwright() as engine:
        lay_out_all(store, Routing(double=0.0))
        person, told = add_person(store, name="王芳", role="annotator", secret="-"), token()
        open_session(store, digest_of(told), person.id, csrf=token(), lasts=LASTS)
        base = served(store)
        window = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = window.new_context(viewport=SIZE)
        context.add_cookies([{"name": "hedui", "value": told, "url": base}])
        pictures(context.new_page(), base)
        window.close()


if __name__ == "__main__":
    main()
