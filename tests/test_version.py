"""Digests by stage: every module that a stage is made by is in its digest or that of a stage before it, and what changed says what is
done again."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hedui import version as told
from hedui.version import STAGES, Versions, digests_in, stage_of, touched, version, versions

ROOT = Path(told.__file__).parent


def modules_under(folder: str) -> list[str]:
    """The modules of hedui in a folder and below it."""
    found = (path.relative_to(ROOT).with_suffix("").parts for path in (ROOT / folder).rglob("*.py"))
    return sorted(".".join(("hedui", *parts)).removesuffix(".__init__") for parts in found)


EARLIER = {"readers": {"readers"}, "extract": {"readers", "rules", "lexicons"}, "weigh": {"readers", "rules", "lexicons", "weights"}}
ROOTS = {
    # formats are loaded by name, so that every reader counts
    "readers": ["hedui.cases", *modules_under("readers")],
    "extract": ["hedui.extract", "hedui.layout", "hedui.mentions", "hedui.claims", "hedui.reconcile", "hedui.neural.loading"],
    "weigh": ["hedui.confidence.probabilities", "hedui.confidence.calibrator"],
}
# calls that lead out of a stage: which files make one case (a case has a digest of its own); what only weighs what was read; the word for the
# model that reads
SEAMS = {("hedui.opening", "hedui.layout.arrange"), ("hedui.confidence.weighing", "hedui.confidence.probabilities"),
         ("hedui.confidence.weighing", "hedui.confidence.calibrator"), ("hedui.extract", "hedui.confidence.calibrator"),
         ("hedui.neural.fusion.model", "hedui.confidence.calibrator")}


@cache
def path_of(module: str) -> Path | None:
    """The file of a module of hedui, None where there is none (a name in a module, a package that lies elsewhere)."""
    plain = ROOT.joinpath(*module.split(".")[1:])
    return next((path for path in (plain.with_suffix(".py"), plain / "__init__.py") if path.is_file()), None)


@cache
def imported(module: str) -> tuple[tuple[str, str], ...]:
    """The imports of hedui in a module, inside functions too, as (module or package, name)."""
    path = path_of(module)
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8")))) if path else []
    found = [(alias.name, "") for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    found += [(node.module or "", alias.name) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    return tuple(one for one in found if one[0].split(".")[0] == "hedui")


def homes(module: str, name: str) -> Iterator[tuple[str, bool]]:
    """The modules that `from module import name` leads to, and whether with all that they import: a package that only passes the name on leads
    to where it has it from."""
    if path_of(f"{module}.{name}"):
        yield f"{module}.{name}", True
        return
    passed = [source for source, given in imported(module) if given == name and source != module] if is_package(module) else []
    yield module, not passed
    for source in passed:
        yield from homes(source, name)


def is_package(module: str) -> bool:
    path = path_of(module)
    return path is not None and path.name == "__init__.py"


@cache
def steps(module: str) -> frozenset[tuple[str, bool]]:
    return frozenset(home for source, name in imported(module) for home in homes(source, name) if home[0] != module)


def reached(roots: list[str], seams: set[tuple[str, str]] = SEAMS) -> set[str]:
    """The modules that `roots` lead to."""
    found: set[tuple[str, bool]] = set()
    rest = [(root, True) for root in roots]
    while rest:
        module, whole = rest.pop()
        if (module, whole) not in found and path_of(module):
            found.add((module, whole))
            rest += [step for step in steps(module) if (module, step[0]) not in seams] if whole else []
    return {module for module, _ in found}


def place(module: str) -> str:
    return path_of(module).relative_to(ROOT).as_posix()


def astray(stage: str, seams: set[tuple[str, str]] = SEAMS) -> set[str]:
    """The modules that a stage is made by and that are in the digest of a later one, or in none."""
    return {module for module in reached(ROOTS[stage], seams) - {"hedui"} if stage_of(place(module)) not in EARLIER[stage]}


@pytest.mark.parametrize("stage", ROOTS)
def test_every_module_of_a_stage_is_in_its_digest_or_an_earlier_one(stage):
    assert astray(stage) == set()
    assert len(reached(ROOTS[stage])) > {"readers": 100, "extract": 200, "weigh": 5}[stage]


@pytest.mark.parametrize("seam", sorted(SEAMS))
def test_every_seam_is_one(seam):
    """Each seam is an import that is there, and without it a stage would reach beyond itself."""
    assert seam[1] in {module for module, _ in steps(seam[0])}
    assert any(astray(stage, SEAMS - {seam}) for stage in ROOTS)


def test_what_no_stage_reaches_is_apart():
    every = set(modules_under(""))
    made_by = set().union(*(reached(roots) for roots in ROOTS.values()))
    packages = {module.rpartition(".")[0] for module in made_by}
    beside = {module for module in every - made_by - packages if stage_of(place(module)) is not None}
    assert sorted(beside) == []


def test_the_word_lists_of_readers_are_theirs():
    """Word lists that readers ask for by name are in their digest, the others in that of lexicons."""
    asked = {f"lexicons/{name}.tsv" for module in reached(ROOTS["readers"])
             for name in re.findall(r'\b(?:lexicon|rows|words)\("(\w+)"\)', path_of(module).read_text(encoding="utf-8"))}
    assert asked and {stage_of(path) for path in asked} == {"readers"}
    assert {stage_of(path.relative_to(ROOT).as_posix()) for path in ROOT.rglob("*.tsv")} == {"readers", "lexicons", None}


HOUSE = {"readers/a.py": "readers", "document.py": "readers", "lexicons/columns.tsv": "readers", "claims/b.py": "rules", "new_room/c.py": "rules",
         "reconcile/sense/kinds.tsv": "lexicons", "lexicons/regions.tsv": "lexicons", "confidence/setting.py": "rules",
         "confidence/calibrator.py": "weights", "confidence/probabilities.py": "weights"}
BESIDE = ["store/d.py", "confidence/fitting.py", "models/metrics.json", "readers/notes.md", "__init__.py"]


@pytest.fixture
def house(tmp_path):
    for path in (*HOUSE, *BESIDE):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path, stage", [*HOUSE.items(), *((path, None) for path in BESIDE)])
def test_a_changed_file_changes_the_digest_of_its_stage_alone(house, path, stage):
    before = digests_in(house)
    (house / path).write_text("otherwise", encoding="utf-8")
    after = digests_in(house)
    assert {name for name in STAGES if before[name] != after[name]} == ({stage} if stage else set())


def test_a_file_that_came_went_or_moved_changes_its_digest(house):
    seen = [digests_in(house)]
    for change in (lambda: (house / "readers/a.py").rename(house / "readers/z.py"), (house / "document.py").unlink,
                   lambda: (house / "readers/new.py").touch()):
        change()
        seen.append(digests_in(house))
    assert len({one["readers"] for one in seen}) == 4 and len({one["rules"] for one in seen}) == 1


HERE = Versions(package="0.1.0", readers="r", rules="u", lexicons="x", weights="w", model="m" * 64)


@pytest.mark.parametrize("changed, again", [
    ({}, "nothing"), ({"package": "0.2.0"}, "nothing"), ({"weights": "v"}, "weigh"), ({"model": "n" * 64}, "extract"), ({"model": None}, "extract"),
    ({"rules": "v"}, "extract"), ({"lexicons": "v", "weights": "v"}, "extract"), ({"readers": "v"}, "read"),
    ({"readers": "v", "rules": "v", "weights": "v", "model": None}, "read")])
def test_what_changed_says_what_is_done_again(changed, again):
    other = replace(HERE, **changed)
    assert touched(HERE, other) == touched(other, HERE) == again
    assert (str(HERE) == str(other)) is (not changed)


def test_the_version_names_what_reads():
    assert str(versions("a" * 64)) == version("a" * 64) == f"{version()}.{'a' * 12}"
    assert version().startswith(f"{versions().package}+") and len(version("a" * 64)) < 64
    assert touched(versions(), versions(weights="b" * 64)) == "weigh" and version(weights="b" * 64) != version()


def test_the_shipped_weights_are_weights_like_any():
    told.digests.cache_clear()
    shipped = told.digests()[1]
    assert len(shipped) == 64 and versions(weights=shipped) == versions()
