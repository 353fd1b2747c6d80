"""Every file made to harm ends in a line that says what is wrong, or in a document that says it; no other is lost or changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest
from hostile_case import REPORT, SECRET, Hostile, Place
from hostile_corpus import CORPUS, bases, corpus
from hostile_texts import ROWS_OF

from hedui.batch import LOST, Outcome
from hedui.export.excel import write_excel
from hedui.extract import extract
from hedui.readers import read_bytes

# 原因；怎么办 / what was found; what to do
TWO_TONGUES = re.compile(r"[\u4e00-\u9fff].* [/·] .*[a-z]")


def cases_of(room: str, place: Place) -> Iterator[tuple[str, Hostile]]:
    at = list(CORPUS).index(room)
    for case in corpus(room, CORPUS[room], place):
        yield f"{at:02} {case.name}", case


def told(outcomes: list[Outcome]) -> list[str]:
    """What was said of a file: causes and issues."""
    issues = [issue.what for one in outcomes if one.findings for issue in one.findings.document.issues]
    return [one.cause for one in outcomes if one.cause is not None] + issues


def text_of(outcomes: list[Outcome]) -> str:
    return "\n".join(one.findings.document.text for one in outcomes if one.findings)


def wrong_cause(cause: str) -> bool:
    """Whether a cause is a defect of ours, a lost process, or not one line in both languages."""
    return "unexpected" in cause or cause in LOST.values() or "\n" in cause or not TWO_TONGUES.search(cause)


def faults(case: Hostile, outcomes: list[Outcome]) -> list[str]:
    """What is amiss with how a file ended."""
    text, said = text_of(outcomes), told(outcomes)
    read = any(one.findings for one in outcomes)
    if case.ends == "lost":
        return [] if [one.cause in LOST.values() for one in outcomes] == [True] else [f"not lost: {said}"]
    found = [f"cause: {one.cause}" for one in outcomes if one.cause is not None and wrong_cause(one.cause)]
    found += ["nothing came"] if not outcomes else []
    found += ["neither findings nor cause"] if any((one.findings is None) == (one.cause is None) for one in outcomes) else []
    found += [f"read: {text[:80]!r}"] if case.ends == "refused" and read else []
    found += [f"refused: {said}"] if case.ends == "read" and not read else []
    found += [f"{case.says} not said: {said}"] if case.says and not any(re.search(case.says, one) for one in said) else []
    found += [f"{case.shows} not shown: {text[:80]!r} {said}"] if case.shows and case.shows not in text else []
    return found + (["the secret is out"] if SECRET in text or SECRET in "".join(one.output for one in outcomes) else [])


@pytest.mark.parametrize("room", CORPUS)
def test_each_ends_as_it_should(room: str, came: Mapping[str, list[Outcome]], place: Place) -> None:
    amiss = {case.name: found for folder, case in cases_of(room, place) if (found := faults(case, came[folder]))}
    assert not amiss, "\n".join(f"{name}: {found}" for name, found in amiss.items())


@pytest.mark.parametrize("kind", bases())
def test_good_files_beside_them_come_out_unchanged(kind: str, came: Mapping[str, list[Outcome]], alone: Mapping[str, str]) -> None:
    beside = {folder: [one.output for one in outcomes] for folder, outcomes in came.items() if folder.endswith(f" good {kind}")}
    assert len(beside) == len(CORPUS)
    assert beside == {folder: [alone[folder]] for folder in beside} and all(map(all, beside.values()))


def test_nothing_was_fetched_run_or_written(came: Mapping[str, list[Outcome]], asked: tuple[str, list[str]], place: Place) -> None:
    assert came and asked[1] == []
    left = {path.name for path in place.folder.iterdir()}
    assert left == {"secret.txt", "trap.pickle.gz"}
    with urlopen(f"{place.url}/here") as answer:
        assert answer.read().decode() == SECRET and asked[1] == ["/here"]


def test_formulas_are_written_as_text(came: Mapping[str, list[Outcome]], tmp_path: Path) -> None:
    outputs = [json.loads(one.output) for folder, outcomes in came.items() if folder.endswith("formulas")
               for one in outcomes if one.output]
    assert any("=cmd" in json.dumps(output) for output in outputs)
    path = write_excel(outputs, tmp_path / "out.xlsx", lines=[])
    with ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert sheets and not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


@pytest.mark.parametrize("name", [name for name, sign in ROWS_OF.items() if len(sign) > 1])
def test_work_grows_with_the_length_of_a_row(name: str, work: Callable[[Callable[[], object]], int]) -> None:
    def read(length: int) -> object:
        return extract(read_bytes(f"{REPORT}二、问题\n{(ROWS_OF[name] * length)[:length]}\n".encode(), "a.txt"))

    read(10)
    assert work(lambda: read(2400)) < 2.6 * work(lambda: read(1200))
