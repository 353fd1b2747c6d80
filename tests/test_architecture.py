"""The house: imports go down its floors only, stages never import one another, heavy libraries have one home each."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = 400
# rooms of one floor may import one another only where they are no stages, and never in a ring
FLOORS = {
    5: {"bulk", "cli", "commands", "pipelines", "batch", "cases", "inspection", "isolation", "listing", "opening", "picturing", "results",
        "spreading", "summary", "training", "warm", "written"},
    4: {"across", "again", "extract", "export", "opinion", "review", "evaluate", "neural", "research", "watching"},
    3: {"mentions", "claims", "reconcile", "confidence", "synth", "sources", "store", "gold", "kept"},
    2: {"corrections", "findings", "fields", "layout", "readers", "signals"},
    1: {"document", "places", "progress", "view", "values", "lexicons", "errors", "version", "models", ""},
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
STAGES = {"readers", "layout", "mentions", "claims", "reconcile", "confidence"}
HOMES = {
    "prefect": {"pipelines"}, "torch": {"neural"}, "transformers": {"neural"}, "safetensors": {"neural"}, "sqlalchemy": {"store"},
    "alembic": {"store"}, "spacy": {"export", "mentions", "neural"}, "jieba": {"mentions"}, "lxml": {"readers", "synth"},
    "docx": {"opinion", "readers", "synth"}, "msoffcrypto": {"readers"},
    "pypdfium2": {"readers", "synth"}, "cv2": {"readers", "synth", "inspection"}, "PIL": {"opinion", "readers", "synth"},
    "rapidocr": {"readers"}, "onnxruntime": {"readers", "neural"}, "onnx": {"neural"},
    "openpyxl": {"readers", "synth"}, "xlrd": {"readers"}, "py7zr": {"readers"}, "starlette": {"review"},
    "uvicorn": {"pipelines", "review"}, "argon2": {"review"}, "pyarrow": {"export", "research"},
    "duckdb": {"research"}, "joblib": {"research"}, "datasketch": {"research"}, "networkx": {"research"},
    "matplotlib": {"evaluate", "research", "training"},
    "prometheus_client": {"watching"}, "pythonjsonlogger": {"watching"}, "psutil": {"bulk", "watching"},
    "fsspec": {"export", "sources"}, "s3fs": {"sources"}, "sshfs": {"sources"},
    "orjson": {"export", "store"}, "xlsxwriter": {"export"}, "pandas": {"research", "export"},
}


@dataclass(frozen=True)
class Import:
    importer: str
    imported: str


def module_name(path: Path, root: Path, package: str) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join((package, *(part for part in parts if part != "__init__")))


def imports_of(source: str, module: str, is_package: bool) -> Iterator[Import]:
    """Every import in `source`, inside functions too, as full names; one a name for `from x import a, b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*above, *([base] if base else [])])
            yield from (Import(module, f"{base}.{alias.name}") for alias in node.names)


def all_imports(root: Path, package: str) -> list[Import]:
    return [one for path in sorted(root.rglob("*.py")) for one in imports_of(
        path.read_text(encoding="utf-8"), module_name(path, root, package), path.name == "__init__.py")]


def room(module: str) -> str:
    """The room of a module of hedui: `mentions` of `hedui.mentions.rules`; what stands in hedui itself is ''."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FLOOR else ""


def ours(one: Import) -> bool:
    return one.imported.split(".")[0] == "hedui"


def upward(imports: list[Import]) -> list[Import]:
    return [one for one in imports if ours(one) and FLOOR[room(one.importer)] < FLOOR[room(one.imported)]]


def across(imports: list[Import]) -> list[Import]:
    """Imports from stage to stage of one floor."""
    return [one for one in imports if ours(one) and {room(one.importer), room(one.imported)} <= STAGES
            and room(one.importer) != room(one.imported) and FLOOR[room(one.importer)] == FLOOR[room(one.imported)]]


def astray(imports: list[Import]) -> list[Import]:
    """Heavy libraries outside their homes."""
    return [one for one in imports
            if room(one.importer) not in HOMES.get(one.imported.split(".")[0], {room(one.importer)})]


def rings(edges: set[tuple[str, str]]) -> set[str]:
    """What lies on a ring of `edges`."""
    follow: dict[str, set[str]] = {}
    for source, target in edges:
        follow.setdefault(source, set()).add(target)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        rest = list(follow.get(start, ()))
        while rest:
            here = rest.pop()
            if here not in seen:
                seen.add(here)
                rest += follow.get(here, ())
        return seen

    return {name for name in follow if name in reached(name)}


def module_edges(imports: list[Import]) -> set[tuple[str, str]]:
    """Imports between modules; `from package import name` leads to the module `package.name` where there is one."""
    modules = {one.importer for one in imports}
    edges = set()
    for one in filter(ours, imports):
        target = one.imported if one.imported in modules else one.imported.rpartition(".")[0]
        if target in modules and target != one.importer:
            edges.add((one.importer, target))
    return edges


@cache
def imports() -> list[Import]:
    """Every import of the package."""
    return all_imports(ROOT / "src" / "hedui", "hedui") + all_imports(ROOT / "pipelines", "hedui.pipelines")


def test_every_room_has_a_floor():
    found = {path.stem for path in (ROOT / "src" / "hedui").iterdir() if path.suffix == ".py" or
             (path / "__init__.py").exists()} - {"__init__"}
    assert found <= set(FLOOR)
    assert len(imports()) > 200


def test_imports_go_down_only():
    assert upward(imports()) == []


def test_stages_never_import_one_another():
    assert across(imports()) == []


def test_heavy_libraries_have_one_home():
    assert astray(imports()) == []


def test_rooms_of_reconcile_do_not_lean_on_one_another():
    """What several rooms need stands above them, in reconcile itself."""
    inner = [(a.split("."), b.split(".")) for a, b in module_edges(imports())
             if a.startswith("hedui.reconcile.") and b.startswith("hedui.reconcile.")]
    edges = {(a[2], b[2]) for a, b in inner if len(a) > 3 and len(b) > 3 and a[2] != b[2]}
    assert edges and rings(edges) == set() and not edges & {("agreement", "arithmetic"), ("arithmetic", "agreement")}


def test_no_rings():
    assert rings(module_edges(imports())) == set()
    rooms = {(room(one.importer), room(one.imported)) for one in imports() if ours(one)}
    assert rings({(a, b) for a, b in rooms if a != b}) == set()


@pytest.mark.parametrize("finder, module, source", [
    (upward, "hedui.values.amounts", "from hedui.findings import Mention"),
    (upward, "hedui.store.rows", "import hedui.export.json"),
    (upward, "hedui.layout.grids", "def late():\n    from hedui.extract import extract"),
    (upward, "hedui.document", "from . import findings"),
    (across, "hedui.claims.funds.claims", "from hedui.mentions import find_mentions"),
    (across, "hedui.layout.grids", "from ..readers import read"),
    (astray, "hedui.export.page", "import torch.nn as nn"),
    (astray, "hedui.extract", "from prefect import flow"),
    (astray, "hedui.claims.funds.claims", "def late():\n    import spacy"),
])
def test_the_finders_find(finder, module, source):
    assert finder(list(imports_of(source, module, False)))


@pytest.mark.parametrize("finder, module, source", [
    (upward, "hedui.store.rows", "from hedui.fields import plain_fields"),
    (upward, "hedui.store", "from .rows import rows"),
    (across, "hedui.mentions.rules", "from hedui.layout import arrange"),
    (across, "hedui.mentions.rules", "from hedui.mentions.words import x"),
    (astray, "hedui.mentions.rules", "import spacy"),
    (astray, "hedui.extract", "import json"),
])
def test_the_finders_let_pass(finder, module, source):
    assert not finder(list(imports_of(source, module, module == "hedui.store")))


def test_rings_are_found():
    assert rings({("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")}) == {"a", "b", "c"}
    assert rings({("a", "b"), ("b", "c"), ("a", "c")}) == set()
    made = [*imports_of("from hedui.store import rows", "hedui.store.engine", False),
            *imports_of("import hedui.store.engine", "hedui.store.rows", False)]
    assert rings(module_edges(made)) == {"hedui.store.engine", "hedui.store.rows"}


def python_files() -> list[Path]:
    return [path for folder in ("src", "pipelines", "tests", "benchmarks", "annotations", "notebooks")
            for path in (ROOT / folder).rglob("*.py")]


def test_files_stay_short():
    long = {str(path.relative_to(ROOT)): count for path in python_files()
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES}
    assert long == {}


HEAVY = ("cv2", "rapidocr", "onnxruntime", "pypdfium2", "openpyxl", "spacy", "jieba", "pandas", "prefect",
         "torch", "transformers", "sqlalchemy", "pyarrow", "lxml", "fsspec", "prometheus_client", "psutil")


@pytest.mark.parametrize("module, apart", [
    ("hedui", HEAVY), ("hedui.cli", HEAVY), ("hedui.findings", HEAVY), ("hedui.export", HEAVY),
    ("hedui.store", ("spacy", "pandas", "prefect", "torch", "transformers")),
    ("hedui.extract", ("pandas", "prefect", "transformers", "sqlalchemy", "pyarrow")),
])
def test_what_an_import_does_not_load(module, apart):
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*[name for name in {apart!r} if name in sys.modules])"],
        capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
