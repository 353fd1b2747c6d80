"""`hedui reprocess` and `hedui watch` as people meet them."""

import signal

import pytest

from hedui import cli
from hedui.bulk.intake import Request
from hedui.bulk.running import run
from hedui.confidence import PRIORS, Weights, weights_json

REPORT = "青岚县农村供水工程补助资金绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率97%。\n"


@pytest.fixture
def out(tmp_path, read_here):
    before = signal.getsignal(signal.SIGTERM)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    run(Request(inputs=(str(tmp_path / "in"),), out=str(tmp_path / "out")))
    yield tmp_path / "out"
    signal.signal(signal.SIGTERM, before)


def test_how_much_would_be_done_is_told(out, tmp_path, capsys):
    (tmp_path / "w.json").write_text(weights_json({kind: Weights(bias=1.0, signals={}) for kind in PRIORS}), encoding="utf-8")
    assert cli.main(["reprocess", str(out), "--dry-run"]) == 0
    assert cli.main(["reprocess", str(out), "--dry-run", "--weights", str(tmp_path / "w.json")]) == 0
    assert capsys.readouterr().out.splitlines() == ["重读 to read 0，重新提取 to extract 0，重新衡量 to weigh 0",
                                                    "重读 to read 0，重新提取 to extract 0，重新衡量 to weigh 1"]


@pytest.mark.parametrize("asked, told", [
    (["reprocess", "nowhere"], "没有结果库"), (["reprocess", "OUT", "--weights", "nowhere.json"], "nowhere.json: 没有这个文件"),
    (["watch", "nowhere", "-o", "OUT", "--once"], "nowhere: 没有这个文件"),
    (["watch", "IN", "-o", "OUT", "--cluster", "tcp://h:1", "--once"], "集群要用各机器都连得上的结果库"),
])
def test_what_cannot_be_is_one_line(out, tmp_path, capsys, asked, told):
    asked = [str(out) if word == "OUT" else str(tmp_path / "in") if word == "IN" else word for word in asked]
    assert cli.main(asked) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("用法有误")]
    assert len(lines) == 1 and told in lines[0]


def test_a_look_without_news_is_silent(out, tmp_path, capsys):
    assert cli.main(["watch", str(tmp_path / "in"), "-o", str(out), "--once", "--model", "none"]) == 0
    assert capsys.readouterr().out == ""
