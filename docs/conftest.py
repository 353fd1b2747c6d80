"""Every snippet of the pages runs: Python as it stands, lines of `sh` that begin with `hedui` by the command itself, in a folder of
their own in which the samples lie (two of them in `in`) and `out` holds what a
run over all leaves. What needs a server that is not here is skipped in its page, with the
reason; blocks marked `text` are not for running."""

import os
import shlex
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

from hedui.cli import main

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def read_samples(tmp_path_factory):
    """What a run over the samples leaves; of processes that test side by side the first makes it, the others take it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out, making = shared / "docs", shared / "docs.making"
    with FileLock(shared / "docs.lock"):
        if not out.exists():
            shutil.rmtree(making, ignore_errors=True)
            assert main(["run", str(ROOT / "annotations" / "samples"), "-o", str(making)]) == 0
            making.rename(out)
    return out


@pytest.fixture(scope="module")
def folder(read_samples, tmp_path_factory):
    """Where the snippets of a page run."""
    here, before = tmp_path_factory.mktemp("page"), Path.cwd()
    (here / "annotations").symlink_to(ROOT / "annotations")
    shutil.copytree(read_samples, here / "out")
    (here / "in").mkdir()
    for name in ("s01.txt", "s03.txt"):
        shutil.copy(ROOT / "annotations" / "samples" / name, here / "in")
    os.chdir(here)
    yield here
    os.chdir(before)


def commands(example):
    """Runs the commands of a block, one a line; all of them must do."""
    for line in example.parsed.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["hedui"]:
            assert main(words[1:]) == 0, line
        elif words:
            raise ValueError(f"only hedui is run here: {line}")


collect_ignore_glob = ["*.py", "_ext"]  # pictures and the site, no tests
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser(language="sh", evaluator=commands), SkipParser()],
    patterns=["*.md"], fixtures=["folder"],
).pytest()
