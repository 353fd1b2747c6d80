"""Two nights one after the other: what is left of each, and that the second is held against the first."""

from datetime import UTC, datetime, timedelta

import pytest

from hedui.errors import StoreError
from hedui.watching.ending import leave, run_of
from hedui.watching.meters import Meters
from hedui.watching.population import population_of
from hedui.watching.profile import profile_text
from hedui.watching.runs import last_run

FIRST = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)


def test_two_nights(line, files, tmp_path):
    old, new = files(1, 60, lacks_rate=0.05), files(2, 60, lacks_rate=0.7)
    rows = [line(at, changed=FIRST + timedelta(seconds=at)) for at in range(60)]
    kept = [(row.sha256, profile_text(one)) for row, one in zip(rows, old, strict=True)]
    how = {"version": "0.6.0+aaaaaaaaaaaa", "engine": "local", "workers": 2}
    run, found = run_of(rows, kept, id="r-1", began=FIRST, ended=FIRST + timedelta(seconds=60), **how)
    assert run.everything == run.fresh == population_of(old) and run.read == 60 and leave(tmp_path, run, found) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.html", "runs.jsonl"] and last_run(tmp_path / "runs.jsonl") == run

    rows += [line(100 + at, changed=SECOND + timedelta(seconds=at)) for at in range(60)]
    rows += [line(200, state="failed", cause="有密码保护", changed=SECOND)]
    kept += [(row.sha256, profile_text(one)) for row, one in zip(rows[60:120], new, strict=True)] + [("ff" * 32, None)]
    run, found = run_of(rows, kept, id="r-2", began=SECOND, ended=SECOND + timedelta(seconds=60), **how)
    assert run.fresh == population_of(new) and run.everything == population_of([*old, *new]) and run.read == 61
    meters = Meters(totals=lambda: run.totals, workers=lambda: 0, version="v")
    assert leave(tmp_path, run, found, meters=meters) == 1
    assert "缺执行率的报告：本批" in (tmp_path / "run.html").read_text(encoding="utf-8")
    assert "hedui_run_last_exit_code 1.0" in (tmp_path / "metrics.prom").read_text(encoding="utf-8")
    assert last_run(tmp_path / "runs.jsonl").id == "r-2"


def test_where_nothing_can_be_left(night, tmp_path):
    run, found, _ = night()
    with pytest.raises(StoreError, match="写不进去"):
        leave(tmp_path / "no", run, found)
