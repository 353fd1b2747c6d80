"""Opinions from what was written earlier, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hedui.cli import main
from hedui.errors import ReadError
from hedui.export.json import to_json
from hedui.extract import extract
from hedui.opinion import opinions_of
from hedui.opinion.stored import findings_of, load_findings
from hedui.readers import read

SAMPLE = Path(__file__).parents[2] / "annotations" / "samples" / "s03.txt"


@pytest.fixture(scope="module")
def found():
    return extract(read(SAMPLE))


def test_json_gives_the_findings_it_was_written_from(found):
    again = findings_of(json.loads(to_json(found)))
    apart = {"sections": 0, "grids": 0}
    assert json.loads(to_json(again)) | apart == json.loads(to_json(found)) | apart
    fresh, stored = opinions_of(found)[0], opinions_of(again)[0]
    assert [(i.id, i.stake, i.figures, i.points) for i in stored.items] == [(i.id, i.stake, i.figures, i.points) for i in fresh.items]
    assert stored.tally == fresh.tally


@pytest.mark.parametrize("text, said", [
    ("{", "JSON"), ('{"schema": "hedui/2"}', "hedui/1"), ('{"schema": "hedui/1"}', "hedui extract"),
    ('{"schema": "hedui/1", "source": [], "issues": [], "reports": [], "text": ""}', "hedui extract"),
])
def test_other_json_gives_one_line(tmp_path, text, said):
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as told:
        load_findings(file)
    assert said in str(told.value) and "\n" not in str(told.value)


def test_the_command_writes_both_and_tells_what_failed(found, tmp_path, capsys):
    stored, broken, out = tmp_path / "报告.json", tmp_path / "坏.json", tmp_path / "意见"
    stored.write_text(to_json(found), encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    assert main(["opinion", str(stored), str(broken), "-o", str(out), "--model", "none", "--fdr", "0.05"]) == 1
    assert sorted(path.name for path in out.iterdir()) == ["报告.json.opinion.docx", "报告.json.opinion.html"]
    said = capsys.readouterr()
    assert "不符 conflicts" in said.out and "✗ 坏.json: 不是可读的 JSON" in said.err


@pytest.mark.parametrize("arguments", [["--fdr", "1.5"], ["--fdr", "x"], []])
def test_wrong_use(tmp_path, arguments, capsys):
    given = ["opinion", str(SAMPLE), *arguments, *(["-o", str(tmp_path)] if arguments else [])]
    with pytest.raises(SystemExit) as left:
        main(given)
    assert left.value.code == 2 and capsys.readouterr().err


def test_an_output_that_is_a_file(tmp_path):
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert main(["opinion", str(SAMPLE), "-o", str(tmp_path / "a")]) == 2
