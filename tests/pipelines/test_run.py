"""`hedui run` as people meet it: what it prints, what it leaves, how it ends."""

import signal
import sqlite3

import pytest

from hedui import cli

REPORT = """青岚县农村供水工程补助资金绩效自评报告
一、项目资金情况
全年预算数1000万元，全年执行数950万元，执行率97%。
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    before = signal.getsignal(signal.SIGTERM)
    root = tmp_path / "in"
    root.mkdir()
    (root / "a.txt").write_text(REPORT, encoding="utf-8")
    yield root
    signal.signal(signal.SIGTERM, before)


def test_a_run_tells_what_it_did_and_where_it_lies(engine, folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["run", str(folder), "-o", str(out)]) == 0
    told = capsys.readouterr()
    assert "the engine starts beside" in told.err and "read by rules" in told.err
    assert "已读 read 1" in told.out and "report.html" in told.out and str(out) in told.out
    assert cli.main(["run", str(folder), "-o", str(out)]) == 0
    assert "已有结果 read before 1" in capsys.readouterr().out


def test_a_bad_file_gives_one_and_stands_in_the_summary(engine, folder, tmp_path, capsys):
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    assert cli.main(["run", str(folder), "-o", str(tmp_path / "out")]) == 1
    told = capsys.readouterr()
    assert "已读 read 1，未能读出 failed 1" in told.out and "✗ 坏.docx: " in told.out
    assert "Traceback" not in told.err


def test_an_empty_folder_is_no_error(engine, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    assert cli.main(["run", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    assert "nothing to read" in capsys.readouterr().out


def test_a_store_of_a_newer_version_is_one_line(engine, folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["run", str(folder), "-o", str(out)]) == 0
    with sqlite3.connect(out / "hedui.sqlite") as base:
        base.execute("update alembic_version set version_num = '9999'")
    capsys.readouterr()
    assert cli.main(["run", str(folder), "-o", str(out)]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("出错 error")]
    assert len(lines) == 1 and "newer hedui" in lines[0]
