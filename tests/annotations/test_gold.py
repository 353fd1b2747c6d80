"""The gold of the project's own sample reports: well formed, every quote in its place, built from the sources as they are."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parents[2] / "annotations"
sys.path.insert(0, str(HERE))

import check_gold  # noqa: E402  found from the line above

GOLD = sorted(HERE.glob("**/gold/*.json"))
SOURCES = sorted(HERE.glob("**/sources/*.src"))


def load(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def text(path: Path) -> str:
    return check_gold.text_of(path.parents[1] / "samples" / load(path)["source"])


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_well_formed_and_every_quote_stands_where_it_says(path: Path) -> None:
    assert check_gold.faults(load(path), text(path)) == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_mention_written_over_two_lines_is_whole_in_full(path: Path) -> None:
    gold = load(path)
    joined = check_gold.squeeze(text(path))
    wholes = [m["full"] for m in gold["mentions"] if "full" in m and m["label"] != "TITLE"]
    assert [whole for whole in wholes if check_gold.squeeze(whole) not in joined] == []


# what is changed in a gold file, and what the check must say of it
BROKEN = [
    (lambda g: g["mentions"][0].update(line=g["mentions"][0]["line"] + 1), "does not hold"),
    (lambda g: g["mentions"][0].update(nth=9), "no occurrence 9"),
    (lambda g: g["mentions"].append(copy.deepcopy(g["mentions"][0])), "overlap"),
    (lambda g: next(m for m in g["mentions"] if m["label"] == "AMOUNT").update(value="约"), "value"),
    (lambda g: next(m for m in g["mentions"] if m["label"] == "DATE").update(value="2021年"), "date"),
    (lambda g: next(m for m in g["mentions"] if m["label"] == "DOCNO").update(value="财社(2021)1号"), "number"),
    (lambda g: g["funds"][0].update(yuan="1"), "no amount of 1"),
    (lambda g: g["funds"][0].update(measure="spent"), "funds[0]"),
    (lambda g: g["documents"][0].update(number="财社〔1999〕1号"), "is not mentioned"),
    (lambda g: g["checks"][0]["stated"].update(text="没有这句话"), "does not hold"),
    (lambda g: g["checks"][0].pop("tier"), "fields"),
    (lambda g: g["reports"][0].update(line_end=10**6), "reports[0]"),
    (lambda g: g["indicators"][0].update(name=""), "indicators[0]"),
]


@pytest.mark.parametrize(("break_it", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_the_check_sees_what_is_wrong(break_it: Any, said: str) -> None:
    path = HERE / "gold" / "s01.json"
    gold, body = load(path), text(path)
    break_it(gold)
    assert said in " ".join(check_gold.faults(gold, body))


def test_every_kind_of_check_and_every_mistake_is_among_the_samples() -> None:
    checks = [c for path in GOLD for c in load(path)["checks"]]
    conflicts = Counter(c["kind"] for c in checks if c["verdict"] == "conflict")
    assert set(conflicts) == check_gold.KINDS
    assert {c["tier"] for c in checks if c["verdict"] == "conflict"} >= {"numeric", "value", "wording"}
    assert {c["kind"] for c in checks if c["verdict"] == "rounding"} >= {"ratio", "growth"}


def test_at_least_ten_reports_and_two_without_a_mistake() -> None:
    clean = [path.stem for path in GOLD if all(c["verdict"] != "conflict" for c in load(path)["checks"])]
    assert len(GOLD) >= 10
    assert len(clean) >= 2, clean
    assert {load(path)["source"].rpartition(".")[2] for path in GOLD} == {"txt", "docx"}


def parts(path: Path) -> dict[str, bytes]:
    """What a file holds: the parts of a Word file that carry its text, any other file as it is."""
    if path.suffix != ".docx":
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        names = [n for n in package.namelist() if n.startswith(("word/document", "word/header", "word/footer"))]
        return {name: package.read(name) for name in names}


def test_building_again_gives_the_same_files(tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "build_samples.py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = sorted(p for p in tmp_path.rglob("*") if p.is_file())
    assert len(built) == 2 * len(SOURCES)
    assert [p.name for p in built if parts(p) != parts(HERE / p.relative_to(tmp_path))] == []


def test_every_report_and_gold_has_its_source() -> None:
    stems = {path.stem for path in SOURCES}
    assert {path.stem for path in GOLD} == stems
    assert {path.stem for path in HERE.glob("**/samples/*")} == stems


def test_the_readme_lists_every_sample_and_its_mistakes() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1]: line for line in readme.splitlines() if line.startswith("| `s")}
    wrong = []
    for path in GOLD:
        gold = load(path)
        kinds = {c["kind"] for c in gold["checks"] if c["verdict"] == "conflict"}
        kinds |= {"rounding" for c in gold["checks"] if c["verdict"] == "rounding"}
        said = set(listed.get(gold["source"], "").split("|")[-2].replace("·", " ").split()) if gold["source"] in listed else None
        if said != (kinds or {"无差错", "none"}):
            wrong.append((gold["source"], said, kinds))
    assert wrong == []
