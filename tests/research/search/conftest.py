"""Four samples as a store that is searched, and an index of passages made by hand."""

import hashlib

import pytest

from hedui.export.json import to_json
from hedui.extract import extract
from hedui.mentions import mentions_of_text
from hedui.readers import read
from hedui.research import open_store
from hedui.research.search.contents import Content
from hedui.research.search.figures import figure_signs
from hedui.research.search.index import update

SAMPLES = ("s06.txt", "s17.txt", "s27.txt", "s39.txt")


@pytest.fixture(scope="session")
def json_folder(request, tmp_path_factory):
    """The outputs of four samples."""
    folder = tmp_path_factory.mktemp("json")
    for name in SAMPLES:
        (folder / f"{name}.json").write_text(to_json(extract(read(request.config.rootpath / "annotations" / "samples" / name))), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def store(json_folder, tmp_path_factory):
    """The results of four samples, their index made by the first search."""
    return open_store(json_folder, home=tmp_path_factory.mktemp("home"))


def content(*texts, version="1", name="甲.txt", claims=(), checks=(), **report):
    """A content of one report with a passage for each text."""
    sha256 = hashlib.sha256("\n".join((name, *texts)).encode()).hexdigest()
    passages = []
    for at, text in enumerate(texts):
        signs = [sign for mention in mentions_of_text(text) for sign in figure_signs(mention.label, str(mention.value))]
        passages.append({"passage": at, "report": "p-1", "kind": "sentence", "section": "一、概况", "start": at * 100, "end": at * 100 + len(text),
                         "page": None, "text": text, "figures": " ".join(signs)})
    told = {"report": "p-1", "report_title": None, "report_unit": None, "report_region": None, "province": None, "report_year": None,
            "programme": None, "report_kind": None, "conflicts": 0, **report}
    return Content(sha256=sha256, version=version, file=name, reports=[told], passages=passages, claims=claims, checks=checks)


@pytest.fixture
def indexed():
    """`indexed(path, *contents)`: brings the index at `path` to just these contents; what it fetched."""
    def make(path, *contents):
        held, fetched = {one.sha256: one for one in contents}, []

        def fetch(sha256s):
            for sha256 in sorted(sha256s):
                fetched.append(sha256)
                yield held[sha256]

        update(path, {one.sha256: one.version for one in contents}, fetch)
        return fetched
    return make


@pytest.fixture
def of():
    """`of(*texts, **report)`: a content made by hand."""
    return content
