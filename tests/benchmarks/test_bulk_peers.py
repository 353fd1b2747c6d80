"""Peers beside hedui: what they find is held against the gold, one that is not there is left out with a word; speed by stage."""

import json
import sys

import bulk_peers
import pytest
from bulk_corpus import corpus
from bulk_formats import formats_rows, printed
from bulk_peers import Missing, Task, answered, figure_in, peers_rows, scored
from bulk_rows import Row
from bulk_runs import changed, results_in
from bulk_stages import stages_rows

GOLD = {"mentions": [
    {"label": "AMOUNT", "text": "1,234.56万元", "value": "12345600", "unit": "CNY"},
    {"label": "AMOUNT", "text": "80", "value": "800000", "unit": "CNY"},
    {"label": "RATE", "text": "89.1%", "value": "0.891", "unit": "1"}, {"label": "ORG", "text": "民政局", "value": "民政局", "unit": "org"}]}


@pytest.mark.parametrize("kind, said, counts", [
    ("AMOUNT", [["1234.56万元", "12345600.00"]], (2, 1, 1, 1)), ("AMOUNT", [["80元", "80"]], (2, 1, 0, 1)),
    ("AMOUNT", [["80", "800000"], ["80", "800000"]], (2, 1, 1, 2)), ("RATE", [["89.1%", "89.1e-2"]], (1, 1, 1, 1)), ("RATE", [], (1, 0, 0, 0)),
    ("ORG", [["民政局", None], ["财政局", None]], (1, 1, 1, 2))])
def test_what_is_found_is_counted_once_and_its_value_apart(kind, said, counts):
    assert scored(GOLD, {kind: said}, kind) == counts


@pytest.mark.parametrize("text, figure", [("1,234.56万元", "1234.56"), ("叁佰万元", "叁佰万元"), ("约 80 元", "80")])
def test_two_tellings_of_a_figure_are_one(text, figure):
    assert figure_in(text) == figure


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bulk")
    paths = corpus(folder / "in", 2, seed=5)
    gold = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "in.gold").iterdir()}
    return printed(folder / "printed", paths, {"txt": 2, "docx": 1}), gold


def test_a_peer_that_is_not_there_is_left_out_with_a_word(files, monkeypatch, tmp_path):
    monkeypatch.setattr(bulk_peers, "TASKS", (Task(name="reading docx", files="docx", ours="hedui read", peers={"docling": "docling"}),
                                              Task(name="reading pdf", files="pdf", ours="hedui read", peers={})))
    monkeypatch.setattr(bulk_peers, "ENVIRONMENTS", {"docling": (str(tmp_path / "nowhere"),)})
    found = list(peers_rows(files[0], files[1], tmp_path / "cache", times=1))
    words = [one for one in found if isinstance(one, str)]
    told = {one.figure: one.value for one in found if isinstance(one, Row)}
    assert len(words) == 2 and "docling: 装不上 · cannot be installed" in words[0] and "reading pdf: 没有 pdf 文件" in words[1]
    assert told["figures kept"] == 1 and told["cells of tables"] > 0 and told["CPU a document"] > 0 and told["ratio to hedui"] == 1


def test_a_peer_that_fails_is_told(files):
    with pytest.raises(Missing, match="跑不起来"):
        answered("nobody", sys.executable, files[0]["txt"], 1)


def test_every_stage_is_timed_and_all_is_their_sum(files):
    rows = list(stages_rows(files[0]["txt"], warm=files[0]["txt"][:1]))
    spent = {row.subject: row.value for row in rows if row.figure == "CPU a document"}
    assert list(spent) == ["read", "layout", "mentions", "claims", "reconcile", "remarks", "repairs", "confidence", "pack", "transport", "store",
                           "json", "all"]
    assert spent.pop("all") == pytest.approx(sum(spent.values()))


def test_formats_hold_the_same_text(files):
    rows = list(formats_rows(files[0]))
    speed = {(row.subject, row.conditions): row.value for row in rows if row.figure == "CPU a document"}
    assert set(speed) == {(kind, step) for kind in ("txt", "docx") for step in ("read", "whole")}
    assert all(speed[kind, "read"] < speed[kind, "whole"] for kind in ("txt", "docx"))


def test_changed_files_are_put_back(tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(150)]
    for path in paths:
        path.write_bytes(b"a\n")
    with pytest.raises(RuntimeError), changed(paths) as count:
        assert count == 2 == sum(path.read_bytes() != b"a\n" for path in paths)
        raise RuntimeError
    assert all(path.read_bytes() == b"a\n" for path in paths)
    assert results_in(tmp_path / "nowhere") == 0
