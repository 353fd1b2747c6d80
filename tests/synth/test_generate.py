"""Made reports: the same seed gives the same bytes, report i whatever the count, gold that stands, formats that can be read."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "annotations"))

from check_gold import faults, text_of

from hedui import cli
from hedui.errors import UsageError
from hedui.gold import read_gold
from hedui.synth.generate import printed, word_of, write_reports
from hedui.synth.overlap import overlap
from hedui.synth.render import office


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


@pytest.mark.parametrize("formats", [("txt",), ("docx",), ("txt", "docx")])
def test_the_same_seed_gives_the_same_bytes_whatever_the_count(tmp_path, formats):
    for name, count in (("a", 4), ("b", 4), ("c", 2)):
        write_reports(tmp_path / name, count=count, seed=7, formats=formats)
    write_reports(tmp_path / "d", count=2, seed=8, formats=formats)
    one, two, few, other = (files(tmp_path / name) for name in "abcd")
    assert one == two and few.items() <= one.items() and len(one) == 4 * (1 + len(formats))
    assert all(other[name] != few[name] for name in few)


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_gold_is_well_formed_and_every_quote_stands(tmp_path, kind):
    write_reports(tmp_path / "out", count=12 if kind == "txt" else 4, seed=3, formats=(kind,), slips=0.5, noise=0.4)
    for path in sorted((tmp_path / "out" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert faults(gold, text_of(tmp_path / "out" / "reports" / gold["source"])) == [], path.name
        assert gold["mentions"] and gold["checks"] and read_gold(path)


def test_steps_are_told(tmp_path):
    seen = []
    write_reports(tmp_path / "out", count=3, seed=1, on_step=lambda *said: seen.append(said))
    assert seen == [("report", 1, 3), ("report", 2, 3), ("report", 3, 3)]


@pytest.mark.parametrize("formats", [("xls",), ()])
def test_unknown_formats_are_refused_and_nothing_is_written(tmp_path, formats):
    with pytest.raises(UsageError, match="no such format"):
        write_reports(tmp_path / "out", count=1, seed=1, formats=formats)
    assert not (tmp_path / "out").exists()


def test_the_command_writes_and_refuses_a_folder_in_use(tmp_path, capsys):
    out = str(tmp_path / "out")
    assert cli.main(["synth", "-n", "2", "-o", out]) == 0
    assert "written" in capsys.readouterr().out and len(files(tmp_path / "out")) == 4
    assert cli.main(["synth", "-n", "2", "-o", out]) == 2
    told = capsys.readouterr().err
    assert "not empty" in told and told.count("\n") == 1


@pytest.mark.parametrize("args", [["--noise", "2"], ["--slips", "x"], ["-n", "0"]])
def test_wrong_numbers_are_refused(tmp_path, args, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["synth", "-o", str(tmp_path / "out"), *args])
    assert left.value.code == 2 and "wanted" in capsys.readouterr().err


def test_a_missing_program_is_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["synth", "-n", "1", "-o", str(tmp_path / "out"), "--formats", "pdf"]) == 1
    told = capsys.readouterr().err
    assert "LibreOffice" in told and told.count("\n") == 1


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_a_scan_is_a_pdf_of_pictures(tmp_path):
    (tmp_path / "a.txt").write_text("某县绩效自评报告\n一、基本情况\n全年预算480万元。\n", encoding="utf-8")
    data = printed(word_of(tmp_path / "a.txt"), "scan", random.Random(1))
    assert data.startswith(b"%PDF") and len(data) > 20_000


def test_overlap_counts_what_is_shared():
    found = overlap(["财政资金支出480万元。"], ["财政资金共120万元！", "其他"])
    assert found.copied_12 == 0 and 0 < found.distinct_4 < 1 and found.running_4 >= found.distinct_4
    assert overlap(["一二三四五六七八九十百千万"], ["甲一二三四五六七八九十百千"]).copied_12 == 0.5
    assert overlap([""], [""]).characters == 0
