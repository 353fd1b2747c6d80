"""Results of a few samples, and packages made of them, for the tests of publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from hedui.export.json import to_json
from hedui.extract import extract
from hedui.readers import read
from hedui.research import ResearchStore, open_store
from hedui.research.publishing.placing import files_in
from hedui.research.publishing.publish import Published, publish
from hedui.research.publishing.request import Request

SAMPLES = Path(__file__).parents[2] / "annotations" / "samples"
NAMES = ("s03.txt", "s27.txt", "s12.txt", "s25.txt")
CONTACT = "\n填报人：王小明　联系电话：13900000000　身份证号：110101199003074514\n"


@cache
def output_of(name: str, more: str = "") -> str:
    """The output of one sample, with some text behind it."""
    path = SAMPLES / name
    if not more:
        return to_json(extract(read(path)))
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        copy = Path(folder) / name
        copy.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
        return to_json(extract(read(copy)))


def store_in(folder: Path, names: Sequence[str] = NAMES, *, more: str = "") -> ResearchStore:
    """The results of some samples, written in the order of `names`, as a store of their JSON."""
    results = folder / "json"
    results.mkdir(parents=True)
    for name in names:
        (results / f"{name}.json").write_text(output_of(name, more), encoding="utf-8")
    return open_store(results, home=folder / "home")


def package_in(folder: Path, store: ResearchStore, **asked: object) -> Published:
    """A package of a store."""
    return publish(store, folder, Request(**asked))  # type: ignore[arg-type]


def held(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder."""
    return {name: (folder / name).read_bytes() for name in files_in(folder)}
