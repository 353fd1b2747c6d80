"""The whole corpus read once, each file in a process that may be lost with it, with good files before, between and after."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hostile_case import SECRET, Hostile, Place
from hostile_corpus import CORPUS, bases, corpus

from hedui.batch import Outcome, Readers, looked, outcome
from hedui.cases import cased
from hedui.isolation import Allowance
from hedui.listing import list_files

# seconds without a step after which a file counts as hanging; the slowest takes a tenth
STILL, SECONDS, MEMORY = 90, 180, 4_000_000_000


class Asked(BaseHTTPRequestHandler):
    """A server that writes down what it is asked for, and gives every asker words that nobody may show."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    do_HEAD = do_POST = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@pytest.fixture(scope="session")
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of the server, and what it was asked for."""
    paths: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Asker", (Asked,), {"asked": paths}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def place(asked: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where secrets lie and marks would be left."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    return Place(url=asked[0], folder=folder)


@pytest.fixture(scope="session")
def files(place: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every file of the corpus and the good ones, each in a folder of its own, by the folder's name."""
    root = tmp_path_factory.mktemp("files")
    found: dict[str, Path] = {}

    def lay(folder: str, case: Hostile) -> None:
        path = root / folder / case.file
        path.parent.mkdir()
        path.write_bytes(case.data)
        found[folder] = path

    every = bases()
    for at, (room, makers) in enumerate(CORPUS.items()):
        for n, (kind, data) in enumerate(every.items()):
            lay(f"{at:02}-{n} good {kind}", Hostile(name=kind, file=f"报告.{kind}", data=data))
        for case in corpus(room, makers, place):
            lay(f"{at:02} {case.name}", case)
    return found


@pytest.fixture(scope="session")
def alone(files: dict[str, Path]) -> Mapping[str, str]:
    """What each good file comes to by itself, under the name it has beside the others, by its folder."""
    return {folder: outcome(replace(list_files([path]).entries[0], name=f"{folder}/{path.name}")).output
            for folder, path in files.items() if " good " in folder}


@pytest.fixture(scope="session")
def came(files: dict[str, Path]) -> dict[str, list[Outcome]]:
    """What the entries of each folder came to, by the folder's name."""
    root = next(iter(files.values())).parent.parent
    here = set(os.listdir(root))
    listing = cased(list_files([root]), looked)
    found: dict[str, list[Outcome]] = {folder: [] for folder in files}
    with Readers(2, allowance=Allowance(still=STILL, seconds=SECONDS, memory=MEMORY)) as readers:
        for done in readers.outcomes(listing.entries):
            found[done.entry.name.split("/")[0]].append(done)
    assert set(os.listdir(root)) == here
    return found
