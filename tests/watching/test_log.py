"""Lines of JSON that other programs read: what is in them, what is not, and that they never stop a run."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest

from hedui.errors import StoreError
from hedui.watching import log
from hedui.watching.log import Journal, fit_to_log


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_holds_what_was_said(tmp_path):
    with Journal(tmp_path / "log.jsonl", run="r-1") as journal:
        journal.say("settled", "warning", sha256="ab" * 32, name="云岭县\n报告.docx", stage="read", state="failed", seconds=1.25,
                    cause="有密码保护 / password-protected")
        journal.say("ended", exit=1)
    first, second = lines(tmp_path / "log.jsonl")
    assert datetime.fromisoformat(first.pop("time")).utcoffset().total_seconds() == 0
    assert first == {"level": "warning", "event": "settled", "run": "r-1", "sha256": "ab" * 32, "name": "云岭县\n报告.docx", "stage": "read",
                     "state": "failed", "seconds": 1.25, "cause": "有密码保护 / password-protected"}
    assert (second["event"], second["exit"], second["level"]) == ("ended", 1, "info")


def test_documents_that_are_settled(line):
    stream = io.StringIO()
    journal = Journal(stream, run="r-1")
    journal.settled(line(1), characters=3000)
    journal.settled(line(2, state="failed", cause="有密码保护", seconds=None))
    journal.settled(line(3, state="quarantined", attempts=2, cause="读取进程异常退出"))
    done, failed, quarantined = map(json.loads, stream.getvalue().splitlines())
    assert (done["level"], done["characters"], done["seconds"], done["sha256"]) == ("info", 3000, 0.5, f"{1:064x}") and "cause" not in done
    assert (failed["level"], failed["kind"], failed["cause"]) == ("warning", "protected", "有密码保护") and "seconds" not in failed
    assert (quarantined["level"], quarantined["kind"], quarantined["attempts"]) == ("error", "crash", 2)


def test_nothing_but_its_fields_gets_in():
    stream = io.StringIO()
    Journal(stream, run="r-1").say("settled", text="全年预算1200万元", sha256=None, done=3)  # type: ignore[call-arg]
    told = json.loads(stream.getvalue())
    assert set(told) == {"level", "event", "run", "done", "time"}


@pytest.mark.parametrize("said, kept", [
    ("postgresql+psycopg://auditor:s3cret@db.example/hedui 连不上", "postgresql+psycopg://db.example/hedui 连不上"),
    ("https://x.example/报告.docx?X-Amz-Credential=AKIA&X-Amz-Signature=77aa 打不开", "https://x.example/报告.docx 打不开"),
    ("程序出错 · unexpected ValueError at amounts.py:12: 全年预算1200万元，\n实际", "程序出错 · unexpected ValueError at amounts.py:12"),
    ("第3行 a@b 损坏", "第3行 a@b 损坏"),
    ("长" * 600, "长" * 500 + "…"),
])
def test_no_secrets_and_no_text_of_reports(said, kept):
    assert fit_to_log(said) == kept


def test_a_file_stays_within_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "MOST_BYTES", 2000)
    monkeypatch.setattr(log, "BACKUPS", 2)
    with Journal(tmp_path / "log.jsonl", run="r-1") as journal:
        for number in range(200):
            journal.say("settled", name=f"报告{number}.docx")
    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == ["log.jsonl", "log.jsonl.1", "log.jsonl.2"] and all(path.stat().st_size <= 2000 for path in written)
    assert lines(tmp_path / "log.jsonl")[-1]["name"] == "报告199.docx"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system: a full disk was not tried")
def test_a_full_disk_is_told_once_and_stops_nothing(capsys):
    with Journal(Path("/dev/full"), run="r-1") as journal:
        for _ in range(3):
            journal.say("settled", name="报告.docx")
    told = capsys.readouterr().err
    assert told.count("日志写不进去") == 1 and "Traceback" not in told


def test_a_log_that_cannot_be_opened(tmp_path):
    with pytest.raises(StoreError, match="日志写不进去"):
        Journal(tmp_path / "no" / "log.jsonl", run="r-1")


def test_names_that_are_no_text_are_written_all_the_same(tmp_path):
    with Journal(tmp_path / "log.jsonl", run="r-1") as journal:
        journal.say("settled", name="坏\udcff.docx")
    assert lines(tmp_path / "log.jsonl")[0]["name"].startswith("坏")
