"""Every notebook runs over the samples, has its figures, and stands as text and as .ipynb alike."""

import importlib.util
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]_*.py"))
IMAGES = {"image/png", "image/svg+xml", "text/html"}


@pytest.fixture(scope="module")
def build():
    told = importlib.util.spec_from_file_location("notebooks_build", ROOT / "notebooks" / "build.py")
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder beside which the samples and models lie, as they lie beside notebooks/."""
    root = tmp_path_factory.mktemp("project")
    for name in ("annotations", "models"):
        (root / name).symlink_to(ROOT / name)
    (root / "notebooks").mkdir()
    return root / "notebooks"


@pytest.fixture(scope="module")
def out(build, tmp_path_factory):
    """A run over the first folder of samples: a notebook does with them what it does with all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "SAMPLES", build.SAMPLES[:1])
        return build.read_samples(tmp_path_factory.mktemp("samples") / "out")


def test_there_are_seven():
    assert [path.name[0] for path in NOTEBOOKS] == list("1234567")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_what_it_finds(path, build, out, folder):
    notebook = build.executed(path, out, folder)
    shown = [kind for cell in notebook.cells if cell.cell_type == "code" for one in cell.outputs for kind in one.get("data", {})]
    assert any(kind in IMAGES for kind in shown)
    figures = list((folder / "figures").glob(f"{path.name[0]}_*.svg"))
    assert figures and all(b"<path" in one.read_bytes() and b"dc:description" in one.read_bytes() for one in figures)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_text_and_notebook_say_the_same(path):
    text, notebook = jupytext.read(path), jupytext.read(path.with_suffix(".ipynb"))
    assert [(cell.cell_type, cell.source) for cell in text.cells] == [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert any(cell.get("outputs") for cell in notebook.cells)
    assert path.with_suffix(".ipynb").stat().st_size < 500_000
