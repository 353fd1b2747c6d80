"""From every row there is a way back to the words it was read from."""

import re

import pytest

from hedui.errors import UsageError
from hedui.research.evidence import evidence_in

HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize("table", ["mentions", "claims", "checks", "records"])
def test_every_row_leads_to_marked_words(store, results, table):
    texts = {one.key.sha256: one for one in store.texts.outputs(store.keys)}
    rows = store.table(table).arrow(["id", "sha256", "ref"]).to_pylist()[::7]
    import json

    outputs = {sha256: json.loads(kept.output) for sha256, kept in texts.items()}
    for row in rows:
        found = evidence_in(outputs[row["sha256"]], row["id"], version="v")
        assert found.ref == row["ref"] and any(one.marks for one in found.excerpts), row
        text = outputs[row["sha256"]]["text"]
        for one in found.excerpts:
            assert one.cells or one.text == text[one.start:one.end]


def test_a_conflict_shows_all_of_its_figures(store):
    row = store.checks.where(file="s27.txt", kind="ratio", conflict=True).row()
    found = store.evidence(row)
    marked = {(mark.role, one.text[mark.start:mark.end]) for one in found.excerpts for mark in one.marks}
    assert marked == {("stated", "96.13%"), ("input", "9304万元"), ("input", "9660万元")}
    assert found.said == row["note"] and found.verdict == "conflict" and found.unit == "江苏省科学技术厅"
    assert "【所写：96.13%】" in str(found) and "不符 conflict" in str(found)


def test_a_cell_and_its_header(store):
    row = store.claims.where(origin="table", type="indicator").query("满意度").row()
    one = store.evidence(row["ref"]).first
    assert one.cells and len(one.headers) == len(one.cells) and one.cell in one.cells and any(one.headers)


def test_by_ref_by_row_and_by_id(store):
    row = store.mentions.row(label="RATE")
    assert store.evidence(row) == store.evidence(row["ref"]) == store.evidence(row["id"], sha256=row["sha256"])
    passage = store.passages.row(kind="sentence")
    assert store.evidence(passage["id"]).sentence == passage["text"]
    with pytest.raises(UsageError, match="编号"):
        store.evidence("x-1")
    with pytest.raises(UsageError, match="没有这个编号"):
        store.evidence("c-000000000000")


def test_an_id_that_several_files_hold_asks_which(store, out, tmp_path):
    """Two contents with the same beginning give their first claims the same ids."""
    import json

    from hedui.research import open_store

    text = (out / "json" / "s01.json").read_text("utf-8")
    output = json.loads(text)
    (out / "json" / "s99.json").write_text(text.replace(output["source"]["sha256"], "f" * 64).replace('"s01.txt"', '"s99.txt"'), "utf-8")
    opened = open_store(out / "json", home=tmp_path / "home")
    name = output["reports"][0]["claims"][0]["id"]
    with pytest.raises(UsageError, match="2 份文件"):
        opened.evidence(name)
    assert opened.evidence(name, sha256="f" * 64).file == "s99.txt"


def test_html_stands_by_itself_and_escapes_what_reports_say(store, results):
    import json

    output = json.loads((results / "json" / "s27.json").read_text("utf-8"))
    name = next(check["id"] for check in output["reports"][0]["checks"] if check["verdict"] == "conflict")
    output["source"]["name"], output["reports"][0]["title"] = HOSTILE, HOSTILE
    output["text"] = output["text"].replace("资金总支出", HOSTILE[:5])
    shown = evidence_in(output, name, version="v")._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert not re.search(r"(?:src|href)=|url\(|<link|<style", shown)
    roles = set(re.findall(r"border-bottom:3px (\w+) (#\w{6})", shown))
    assert len({line for line, _ in roles}) == len(roles), "told by colour alone"
