"""A model in a folder: loaded whole or refused in one line, and every way to read with it gives the same findings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from fused_toys import REPORT

from hedui import batch, cli
from hedui.again import versions_with
from hedui.errors import ReadError
from hedui.export import to_json, to_output
from hedui.extract import extract
from hedui.layout import arrange
from hedui.listing import Entry
from hedui.neural import loading
from hedui.neural.fusion import reader
from hedui.neural.fusion.files import NETWORK
from hedui.neural.fusion.policy import NOTHING, Action, Kind, Policy
from hedui.neural.loading import choose_model, load_model, model_sha256
from hedui.readers import read, read_bytes
from hedui.version import version

pytest.importorskip("torch")
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "models" / "hedui_zh"
SAMPLE = min((ROOT / "annotations" / "samples").glob("*.txt"))
# whatever the network reads, sure or not, so that an untrained one shows in the findings
ALL = Policy(thresholds={(kind, action): 0.0 for kind in get_args(Kind) for action in get_args(Action)})


def untrained(home, seed):
    from hedui.neural.config import QUICK
    from hedui.neural.network import fresh_network
    from hedui.neural.saving import save_model
    from hedui.neural.vocabulary import Vocabulary

    save_model(fresh_network(QUICK.network, Vocabulary.of([REPORT]), seed=seed), home / NETWORK, graphs=True)
    ALL.save(home / "policy.json")
    return home


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return untrained(tmp_path_factory.mktemp("models") / "hedui_zh", 1)


@pytest.fixture(scope="module")
def reading(folder, tmp_path_factory):
    """A network that reads something: what an untrained one reads differs with the processor."""
    text = read_bytes(REPORT.encode(), name="报告.txt")
    homes = (folder, *(tmp_path_factory.mktemp("models") / "hedui_zh" for _ in range(30)))
    for seed, home in enumerate(homes, start=1):
        model = load_model(untrained(home, seed) if home != folder else folder)
        found = extract(text, tagger=model.tagger, linker=model.linker, calibrator=model.calibrator)
        if any(m.found_by == "model" for one in found.reports for m in one.mentions):
            return home
    raise AssertionError("none of them reads anything")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def copied(folder, tmp_path):
    return Path(shutil.copytree(folder, tmp_path / "hedui_zh"))


def both(path, folder):
    model = load_model(folder)
    return extract(read(path), tagger=model.tagger, linker=model.linker, calibrator=model.calibrator)


def test_both_readings_are_in_the_findings(report, reading):
    found, rules = both(report, reading), extract(read(report))
    mentions = [m for r in found.reports for m in r.mentions]
    assert found.model == model_sha256(reading) and rules.model is None
    assert {m.found_by for m in mentions} == {"rules", "model"} and [m for r in rules.reports for m in r.mentions] != mentions
    assert all((m.model is not None) == (m.label in ("ORG", "REGION", "TITLE")) for m in mentions)
    output = json.loads(to_json(found))
    assert output["model"] == found.model and {m["found_by"] for m in output["reports"][0]["mentions"]} == {"rules", "model"}


def test_a_model_that_may_do_nothing_changes_nothing(report, copied):
    NOTHING.save(copied / "policy.json")
    told, rules = to_output(both(report, copied)), to_output(extract(read(report)))

    def shorn(output):
        for one in [x for r in output["reports"] for key in ("mentions", "claims") for x in r[key]]:
            del one["model"], one["found_by"]
        return output | {"model": None}

    assert shorn(told) == shorn(rules)


def test_the_same_report_gives_the_same_bytes(report, folder):
    assert to_json(both(report, folder)) == to_json(both(report, folder))


def test_a_layout_is_read_once(report, folder, monkeypatch):
    times = []
    known = reader.read_windows
    monkeypatch.setattr(reader, "read_windows", lambda engine, windows: times.append(len(windows)) or known(engine, windows))
    model = load_model(folder)
    extract(read(report), tagger=model.tagger, linker=model.linker)
    assert len(times) == 1
    extract(read(report), tagger=model.tagger, linker=model.linker)
    assert len(times) == 2


def test_stretches_read_what_one_stretch_reads(report, folder, monkeypatch):
    layout, model = arrange(read(report)), load_model(folder)
    whole = model.tagger.read(layout, [])
    monkeypatch.setattr(reader, "STRETCH", 60)
    parts = list(reader.parted(reader.windows_of(layout)))
    again = load_model(folder).tagger.read(layout, [])
    # 8-bit graphs scale their numbers by batch, so that what is nearly even may fall either way
    one, other = ({told[:2] for told in read.tags} for read in (whole, again))
    assert len(parts) > 2 and len(one & other) > 0.8 * len(one | other)


def test_stretches_of_the_shipped_model_read_what_one_stretch_reads(monkeypatch):
    layout = arrange(read(SAMPLE))
    whole = load_model(SHIPPED).tagger.read(layout, [])
    monkeypatch.setattr(reader, "STRETCH", 400)
    again = load_model(SHIPPED).tagger.read(layout, [])
    one, other = ({told[:2] for told in read.tags} for read in (whole, again))
    assert len(list(reader.parted(reader.windows_of(layout)))) > 2 and len(one & other) > 0.97 * len(one | other)


def test_processes_command_and_extract_read_the_same(report, folder, tmp_path, capsys):
    here = extract_named(report, folder)
    with batch.Readers(model=str(folder)) as readers:
        (done,) = readers.outcomes([Entry(name="报告.txt", path=str(report))])
    assert done.cause is None and done.output == here
    assert cli.main(["extract", str(report), "--model", str(folder), "-o", str(tmp_path / "a.json")]) == 0
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == here
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and model_sha256(folder)[:12] in told


def extract_named(path, folder):
    model = load_model(folder)
    return to_json(extract(replace(read(path), name=path.name), tagger=model.tagger, linker=model.linker, calibrator=model.calibrator))


def test_results_of_another_model_are_not_taken_for_these():
    assert version() == version(None) != version("a" * 64) != version("b" * 64)
    assert len(version("a" * 64)) <= 64 and version("a" * 64).startswith(version())


def broken(folder, what):
    if what == "nowhere":
        return folder / "none"
    if what == "policy":
        (folder / "policy.json").unlink()
    if what == "half":
        (folder / NETWORK / "spans.onnx").write_bytes(b"cut off")
    if what == "missing":
        (folder / NETWORK / "vocabulary.txt").unlink()
    if what == "manifest":
        (folder / NETWORK / "manifest.json").write_text("[", encoding="utf-8")
    if what == "foreign policy":
        (folder / "policy.json").write_text('{"schema": "hedui-policy/99"}', encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", ["nowhere", "policy", "half", "missing", "manifest", "foreign policy"])
def test_what_is_no_whole_model_is_one_line(copied, report, what, capsys):
    place = broken(copied, what)
    for load in (load_model, lambda path: choose_model(str(path))):
        with pytest.raises(ReadError) as told:
            load(place)
        assert "\n" not in str(told.value) and any("\u4e00" <= char <= "\u9fff" for char in str(told.value))
    assert cli.main(["extract", str(report), "--model", str(place)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_model_without_its_graphs_is_one_line(copied):
    (graph, *_) = (copied / NETWORK).glob("*.onnx")
    graph.unlink()
    with pytest.raises(ReadError, match=graph.name):
        load_model(copied)


def test_reading_with_graphs_loads_no_torch(report, folder):
    program = ("import sys; sys.modules['torch'] = None; from hedui.neural.loading import load_model; from hedui.extract import extract;"
               f"from hedui.readers import read; m = load_model({str(folder)!r});"
               f"print(extract(read({str(report)!r}), tagger=m.tagger, linker=m.linker).model)")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == model_sha256(folder)


@pytest.mark.parametrize("there, policy, reads", [(False, NOTHING, False), (True, NOTHING, False), (True, ALL, True)])
def test_the_shipped_model_reads_where_it_beats_the_rules(copied, monkeypatch, there, policy, reads):
    policy.save(copied / "policy.json")
    monkeypatch.setattr(loading, "SHIPPED", "hedui_zh" if there else "none")
    monkeypatch.setattr(loading, "files", lambda package: copied.parent)
    chosen = choose_model(None)
    assert (chosen.folder is not None) is reads and (chosen.sha256 is not None) is reads and " · " in chosen.said
    assert choose_model("none").folder is None


def test_a_run_reads_what_extract_reads(report, folder, tmp_path, read_here):
    from hedui.bulk.intake import Request
    from hedui.bulk.running import run
    from hedui.store import Store

    out = tmp_path / "out"
    for model in (str(folder), None):
        (line,) = run(Request(inputs=(str(report),), out=str(out), model=model)).lines
    with Store(out / "hedui.sqlite") as kept:
        assert kept.output(line.sha256, version=str(versions_with(folder))) == extract_named(report, folder)
        assert kept.output(line.sha256, version=version()) == to_json(extract(replace(read(report), name=report.name)))


