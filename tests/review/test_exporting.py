"""`hedui export` and `hedui import` at the command line."""

import json
from pathlib import Path

import pytest

from hedui.cli import main
from hedui.gold import gold_json, read_gold
from hedui.review import acts
from hedui.review.gold import gold_of_report


@pytest.fixture
def out(table):
    """The folder of a store with one corrected report."""
    text = table.findings.document.text
    table.do(acts.add_mention(text, (0, 3), "REGION"), table.a, "1")
    return table.path.parent


def run(*arguments):
    return main([str(one) for one in arguments])


def test_annotations_of_the_reports_that_people_looked_at(table, out, tmp_path, capsys):
    assert run("export", out, "--to", "gold", "-o", tmp_path / "gold") == 0
    (path,) = capsys.readouterr().out.split("\n")[:-1]
    assert Path(path).name == "云岭县.json"
    assert Path(path).read_text(encoding="utf-8") == gold_json(gold_of_report(table.open()))
    assert read_gold(path, text=table.findings.document.text).source == "云岭县.txt"


def test_where_nobody_looked_there_is_nothing_to_export_unless_all_is_asked_for(table, tmp_path, capsys):
    folder = table.path.parent
    assert run("export", folder, "--to", "gold", "-o", tmp_path / "gold") == 2
    assert "--only all" in capsys.readouterr().err
    assert run("export", folder, "--to", "gold", "-o", tmp_path / "gold", "--only", "all") == 0


@pytest.mark.parametrize("kind, names", [
    ("label-studio", ["config.xml", "tasks.json"]), ("doccano", ["labels.json", "relations.json", "reports.jsonl"]), ("spacy", ["reports.spacy"]),
    ("conll", ["reports.conll"]), ("csv", ["checks.csv", "claims.csv", "mentions.csv", "records.csv"]), ("xlsx", ["hedui.xlsx"])])
def test_every_format_is_written(out, tmp_path, kind, names):
    assert run("export", out, "--to", kind, "-o", tmp_path / "x") == 0
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == names


def test_what_was_done_in_label_studio_comes_back_as_acts_of_one_person_and_once(table, out, tmp_path, capsys):
    run("export", out, "--to", "label-studio", "-o", tmp_path / "ls")
    tasks = json.loads((tmp_path / "ls" / "tasks.json").read_text(encoding="utf-8"))
    tasks[0]["annotations"][0]["lead_time"] = 4.2
    back = tmp_path / "back.json"
    back.write_text(json.dumps(tasks), encoding="utf-8")
    capsys.readouterr()
    assert run("import", back, out, "--from", "label-studio", "--by", "乙") == 0
    assert "accept" in capsys.readouterr().out
    events = table.open().events
    assert {event.person for event in events[1:]} == {table.b.id} and len(events) > 5
    assert run("import", back, out, "--from", "label-studio", "--by", "乙") == 0
    assert table.open().events == events


@pytest.mark.parametrize("kind, name", [("doccano", "reports.jsonl"), ("spacy", "reports.spacy")])
def test_what_comes_back_as_it_went_adds_nothing_unless_it_is_accepted(table, out, tmp_path, kind, name):
    run("export", out, "--to", kind, "-o", tmp_path / "x", "--only", "all")
    before = table.open().events
    assert run("import", tmp_path / "x" / name, out, "--from", kind, "--by", "乙") == 0
    assert table.open().events == before
    assert run("import", tmp_path / "x" / name, out, "--from", kind, "--by", "乙", "--accept") == 0
    assert {event.act for event in table.open().events[len(before):]} == {"accept"}


def test_what_cannot_be_done_is_said_in_one_line(table, out, tmp_path, capsys):
    file = tmp_path / "x.json"
    file.write_bytes(b"\xff\xfe")
    assert run("import", file, out, "--from", "label-studio", "--by", "丙") == 2
    assert "乙、甲" in capsys.readouterr().err
    assert run("import", file, out, "--from", "label-studio", "--by", "甲") == 1
    assert "x.json" in capsys.readouterr().err
    assert run("import", tmp_path / "none", out, "--from", "doccano", "--by", "甲") == 2
    assert run("export", tmp_path / "none", "--to", "csv", "-o", tmp_path / "y") == 2
    assert run("export", out, "--to", "conll", "--only", "records", "-o", tmp_path / "y") == 2
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert run("export", out, "--to", "csv", "-o", blocked / "y") == 1


def test_what_was_changed_here_meanwhile_is_told_and_kept(table, out, tmp_path, capsys):
    run("export", out, "--to", "label-studio", "-o", tmp_path / "ls")
    tasks = json.loads((tmp_path / "ls" / "tasks.json").read_text(encoding="utf-8"))
    fields = next(one for one in tasks[0]["annotations"][0]["result"] if one["from_name"] == "fields" and "actual: 118公里" in one["value"]["text"])
    fields["value"]["text"] = ["actual: 117公里" if line.startswith("actual") else line for line in fields["value"]["text"]]
    back = tmp_path / "back.json"
    back.write_text(json.dumps(tasks), encoding="utf-8")
    table.do(acts.edit(table.open().state, fields["id"], "actual", "119公里"), table.a, "2")
    assert run("import", back, out, "--from", "label-studio", "--by", "乙") == 1
    assert "119公里" in capsys.readouterr().err
    assert table.open().state.items[fields["id"]].data["fields"]["actual"] == "119公里"
