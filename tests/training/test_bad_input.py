"""What is wrong with what a person gives is told in one line, whatever was asked for, and nothing half-made is left in OUT."""

import errno
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hedui import cli

pytest.importorskip("torch")

ROOT = Path(__file__).parents[2]
NAMES = ("s03", "s10")


@pytest.fixture
def folders(tmp_path):
    gold, reports = tmp_path / "gold", tmp_path / "reports"
    gold.mkdir()
    reports.mkdir()
    for name in NAMES:
        shutil.copy(ROOT / "annotations" / "gold" / f"{name}.json", gold)
        shutil.copy(ROOT / "annotations" / "samples" / f"{name}.txt", reports)
    return gold, reports, tmp_path / "out" / "model"


def told(capfd, *args):
    """The one line that is told of a wrong call."""
    assert cli.main(["train", "--quick", "--synthetic", "1", *map(str, args)]) != 0
    lines = [line for line in capfd.readouterr().err.splitlines() if line.strip() and "min]" not in line and "it/s" not in line]
    assert len(lines) == 1, lines
    return lines[0]


def changed(gold, change):
    path = gold / "s03.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")


def emptied(gold, reports, out):
    for path in gold.iterdir():
        path.unlink()


def one_source(gold, reports, out):
    (gold / "s10.json").unlink()


def no_report(gold, reports, out):
    (reports / "s10.txt").unlink()


def other_quote(gold, reports, out):
    changed(gold, lambda held: held["mentions"][0].update(text="并非原文"))


def other_label(gold, reports, out):
    changed(gold, lambda held: held["mentions"][0].update(label="PERSON"))


def no_json(gold, reports, out):
    (gold / "s03.json").write_text("{", encoding="utf-8")


def other_version(gold, reports, out):
    work = out.with_name(".model.work")
    work.mkdir(parents=True)
    (work / "about.json").write_text('{"schema": "hedui-training/0", "date": "2026-01-01"}', encoding="utf-8")


def letters(gold, reports, out):
    out.mkdir(parents=True)
    (out / "letter.txt").write_text("x")


def a_file(gold, reports, out):
    out.parent.mkdir(parents=True)
    out.write_text("x")


@pytest.mark.parametrize("wrong, said", [
    (emptied, "没有标注文件"), (one_source, "至少要两份"), (no_report, "s10.txt"), (other_quote, "并非原文"), (other_label, "PERSON"),
    (no_json, "s03.json"), (other_version, "另一版本"), (letters, "不会覆盖"), (a_file, "是文件"),
])
def test_folders(folders, capfd, wrong, said):
    gold, reports, out = folders
    wrong(gold, reports, out)
    line = told(capfd, gold, reports, "-o", out)
    assert said in line and " · " in line
    assert not (out / "card.md").exists()


def test_folders_come_in_pairs(folders, capfd):
    assert "成对" in told(capfd, folders[0], "-o", folders[2])


@pytest.mark.parametrize("make", [lambda folder: folder.mkdir(), lambda folder: None,
                                  lambda folder: (folder.mkdir(), (folder / "config.json").write_text("{"))])
def test_an_encoder_that_cannot_be_read(folders, capfd, tmp_path, make):
    make(tmp_path / "encoder")
    gold, reports, out = folders
    line = told(capfd, gold, reports, "-o", out, "--encoder", tmp_path / "encoder")
    assert str(tmp_path / "encoder") in line and not out.exists()


def test_an_empty_folder_of_unlabelled_reports(folders, capfd, tmp_path):
    (tmp_path / "none").mkdir()
    gold, reports, out = folders
    assert "没有文件" in told(capfd, gold, reports, "-o", out, "--unlabelled", tmp_path / "none")


def test_a_full_disk(folders, capfd, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(folders[2]))

    monkeypatch.setattr("hedui.training.texts.save_lessons", full)
    gold, reports, out = folders
    assert "磁盘已满" in told(capfd, gold, reports, "-o", out)
    assert not out.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root mounts")
def test_a_disk_that_is_really_full(folders, capfd, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        gold, reports, _ = folders
        assert "磁盘已满" in told(capfd, gold, reports, "-o", disk / "model")
        assert not (disk / "model").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
