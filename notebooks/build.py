"""The notebooks as they are written (.py) in, executed (.ipynb) with their figures out: python notebooks/build.py [OUT of a run]

Without OUT the samples are read first, into a folder that is gone afterwards. Outputs are kept without counters of runs and times, so that
the same results give the same files.
"""

import os
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
SAMPLES = [HERE.parent / "annotations" / name for name in ("samples", "unseen/samples", "fresh/samples")]
SECONDS = 600


def executed(path: Path, out: Path, folder: Path = HERE) -> nbformat.NotebookNode:
    """The notebook at `path` with the outputs it has over the results in `out`, run in `folder`; what a cell raises is raised here."""
    notebook = jupytext.read(path)
    os.environ["HEDUI_OUT"] = str(out.resolve())
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    notebook.metadata = {"jupytext": {"formats": "ipynb,py:percent"}, "kernelspec": notebook.metadata["kernelspec"],
                         "language_info": {"name": "python"}}
    return notebook


def read_samples(out: Path) -> Path:
    """A run over the samples, into `out`."""
    from hedui.cli import main

    if main(["run", *map(str, SAMPLES), "-o", str(out), "--model", "none"]):
        raise SystemExit("样例没有全读出来 · not all samples were read")
    return out


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else read_samples(Path(folder) / "out")
        for source in sorted(HERE.glob("[0-9]_*.py")):
            sys.stderr.write(f"{source.name}\n")
            nbformat.write(executed(source, given), source.with_suffix(".ipynb"))
