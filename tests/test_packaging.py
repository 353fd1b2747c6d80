"""Everything that is needed at run time is packed; what changes no finding leaves the version of the rules as it is."""

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path, PurePath

from hedui import version

ROOT = Path(__file__).parents[1]
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
FOLDERS = {"hedui": ROOT / "src" / "hedui", "hedui.pipelines": ROOT / "pipelines", "hedui.models": ROOT / "models"}


def packages(name, folder):
    return {".".join((name, *path.parent.relative_to(folder).parts)) for path in folder.rglob("__init__.py")}


def test_every_package_is_listed():
    found = {one for name, folder in FOLDERS.items() for one in packages(name, folder)}
    assert sorted(SETUP["packages"]) == sorted(found)
    folders = {path.parent for path in FOLDERS["hedui"].rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_file_that_is_no_code_is_packed():
    for name, patterns in SETUP["package-data"].items():
        folder = FOLDERS[name]
        packed = {path for pattern in patterns for path in folder.glob(pattern)}
        left = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc") and path not in packed
                and not any(part.startswith(".") for part in path.relative_to(folder).parts)]
        assert left == [], left


def test_what_the_version_of_the_rules_rests_on():
    told = {path for path, _ in version.tree(files("hedui"))}
    assert {"mentions/find.py", "lexicons/regions.tsv", "readers/__init__.py"} <= told
    apart = {"training", "synth", "commands", "models", "pipelines", "metrics.json"}
    assert [path for path in told if apart & set(PurePath(path).parts) or "/." in path] == []
    shipped = FOLDERS["hedui.models"].joinpath(*version.SHIPPED)
    assert version.digests()[1] == hashlib.sha256(shipped.read_bytes()).hexdigest()
