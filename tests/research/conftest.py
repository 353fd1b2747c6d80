"""Four samples as `hedui run` leaves them, once for all tests: json/, hedui.sqlite and lake/."""

import json
import shutil

import pytest

from hedui.export.json import to_json
from hedui.export.json_files import files_in
from hedui.export.tables import FileLine
from hedui.extract import extract
from hedui.readers import read
from hedui.research import open_store
from hedui.results import Outputs
from hedui.store import Store
from hedui.version import version
from hedui.written import Index, write_json, write_lake

SAMPLES = ("s01.txt", "s06.txt", "s10.txt", "s27.txt")


def written_out(samples, out, *, names=SAMPLES):
    """OUT of the samples as a run writes it, less the page and the workbook."""
    texts = {name: to_json(extract(read(samples / name))) for name in names}
    lines = []
    out.mkdir(parents=True, exist_ok=True)
    with Store(out / "hedui.sqlite") as store:
        for name, text in texts.items():
            store.keep(text, version=version())
            lines.append(FileLine(name=name, state="read", sha256=json.loads(text)["source"]["sha256"]))
        outputs = Outputs(store=store, version=version(), lines=lines)
        index = write_json(outputs, out, Index(sizes={}, json={}))
        write_lake(outputs, str(out / "lake"), files_in(out / "json", index.json))
    return out


@pytest.fixture(scope="session")
def samples(request):
    return request.config.rootpath / "annotations" / "samples"


@pytest.fixture(scope="session")
def results(tmp_path_factory, samples):
    """OUT of four samples; not to be changed."""
    return written_out(samples, tmp_path_factory.mktemp("research") / "out")


@pytest.fixture
def out(results, tmp_path):
    """OUT of four samples for this test alone."""
    return shutil.copytree(results, tmp_path / "out", ignore=shutil.ignore_patterns("research"))


@pytest.fixture(scope="session")
def store(results, tmp_path_factory):
    """The samples opened."""
    return open_store(results, home=tmp_path_factory.mktemp("home"))


@pytest.fixture
def written(samples):
    """`written(out, names)`: OUT of some samples, of none without names."""
    return lambda out, names=(): written_out(samples, out, names=names)
