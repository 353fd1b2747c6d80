"""A whole quick run from nothing to a scored card, through the command; the same bytes when it is killed and begun again.

The second run stands at some step, with the first one's steps before it, is killed there in the command and goes on in plain
Python: what was made by either, before the kill and after it, comes to the same.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hedui.training.card import card_of

pytest.importorskip("torch")

ROOT = Path(__file__).parents[2]
# texts and Word files, of five years and of places of which two share a province; more than are left out one by one
REPORTS = ("s01.txt", "s03.txt", "s04.docx", "s07.docx", "s10.txt", "s21.txt", "s25.txt", "s41.txt")
LIMIT = 900
MOST_BYTES = 25_000_000
STEPS = 12
PLAIN = """
import sys
from hedui.training.flow import train
from hedui.training.plan import chosen_plan
from hedui.training.request import request_of
if __name__ == "__main__":
    train(request_of(sys.argv[1:3], sys.argv[3], chosen_plan(quick=True)))
"""
WITHOUT_TORCH = """
import sys
class Apart:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "transformers", "safetensors", "sklearn"):
            raise ImportError(name)
sys.meta_path.insert(0, Apart())
import spacy
from hedui.extract import extract
from hedui.neural.loading import load_model
from hedui.readers import read
model = load_model(sys.argv[1])
found = extract(read(sys.argv[2]), tagger=model.tagger, linker=model.linker, calibrator=model.calibrator)
read_there = [one for report in found.reports for one in report.mentions]
assert read_there and all(0 < one.confidence < 1 for one in read_there)
doc = spacy.load(sys.argv[1])("青石县财政局拨付资金1,200.5万元。")
print([one.label_ for one in doc.ents])
"""


def begun(args, folders, out):
    return subprocess.Popen([sys.executable, *args, *folders, *out], start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})


def done(process):
    """What a run said; whatever it left running ends with it."""
    try:
        said, _ = process.communicate(timeout=LIMIT)
    finally:
        end(process.pid)
    return said


def end(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def command(folders, folder):
    return begun(["-m", "hedui.cli", "train", "--quick"], folders, ["-o", str(folder / "model")])


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Some of the samples with what people read of them."""
    gold, reports = (tmp_path_factory.mktemp("some") / name for name in ("gold", "samples"))
    gold.mkdir()
    reports.mkdir()
    for name in REPORTS:
        shutil.copy(ROOT / "annotations" / "samples" / name, reports)
        shutil.copy(ROOT / "annotations" / "gold" / Path(name).with_suffix(".json"), gold)
    return [str(gold), str(reports)]


@pytest.fixture(scope="module")
def trained(folders, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    process = command(folders, folder)
    said = done(process)
    assert process.returncode == 0, said
    assert "训练完成" in said
    return folder / "model"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_folder_is_whole(folders, trained):
    held = contents(trained)
    funds = sum(len(json.loads(path.read_text(encoding="utf-8"))["funds"]) for path in Path(folders[0]).iterdir())
    assert {"card.md", "metrics.json", "policy.json", "calibrator.json", "config.cfg", "meta.json", "hedui_network/encoder.onnx",
            "hedui_network/network.safetensors", "reliability.png", "risk_coverage.png", "shift.png"} <= held.keys()
    assert sum(map(len, held.values())) < MOST_BYTES
    metrics = json.loads(held["metrics.json"])
    assert held["card.md"].decode() == card_of(metrics)
    assert {"rules", "model", "precise", "untaught", "both"} == metrics["figures"]["all"].keys()
    assert metrics["figures"]["all"]["rules"]["funds"]["counts"][2] == funds
    assert metrics["date"] == "2023-11-14" and len(metrics["weights"]["sha256"]) == 64
    assert {name for fold in metrics["folds"] for name in fold["out"]} == metrics["likeness"].keys() == metrics["by_source"].keys()
    assert {"record@province left out", "record@year left out"} <= metrics["shift"].keys()


def test_it_reads_without_torch(trained):
    told = subprocess.run([sys.executable, "-c", WITHOUT_TORCH, str(trained), str(ROOT / "annotations" / "samples" / "s03.txt")],
                          capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "AMOUNT" in told.stdout


def test_killed_and_begun_again_it_ends_the_same(folders, trained, tmp_path):
    number, after = random.randint(1, STEPS), random.random()
    work = tmp_path / ".model.work"
    work.mkdir()
    for path in trained.with_name(".model.work").iterdir():
        if path.name == "about.json":
            shutil.copy(path, work)
        elif path.name[:2].isdecimal() and int(path.name[:2]) < number:
            shutil.copytree(path, work / path.name)
    process = command(folders, tmp_path)
    try:
        while not list(work.glob(f"{number:02d}-*")) and process.poll() is None:
            time.sleep(0.05)
        time.sleep(after)
        process.kill()
        process.wait()
        assert process.returncode == -signal.SIGKILL and not (tmp_path / "model").exists(), f"killed {after:.2f} s into step {number}"
        script = tmp_path / "plain.py"
        script.write_text(PLAIN, encoding="utf-8")
        again = begun([str(script)], folders, [str(tmp_path / "model")])
        said = done(again)
    finally:
        end(process.pid)
    assert again.returncode == 0, said
    whole, resumed = contents(trained), contents(tmp_path / "model")
    assert whole.keys() == resumed.keys()
    different = [name for name in whole if whole[name] != resumed[name]]
    assert different == [], f"killed {after:.2f} s into step {number}"
