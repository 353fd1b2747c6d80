"""Runs whose inputs and lake lie in buckets: once, watched, and done again; the lake of a bucket holds what one on this disk would."""

from dataclasses import replace
from pathlib import Path

import pytest

from hedui.bulk.intake import Request
from hedui.bulk.reprocessing import begin_again, plan_again, request_again
from hedui.bulk.rounds import rounds
from hedui.bulk.running import run
from hedui.confidence import PRIORS, Weights, weights_json
from hedui.errors import HeduiError
from hedui.export.lake_read import lake_dataset
from hedui.research import open_store
from hedui.store import Store
from hedui.store.proof import proof

REPORT = "青岚县2021年农村供水工程补助资金绩效自评报告\n全年预算数1000万元，全年执行数950万元，执行率97%。"


s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")


@pytest.fixture
def request_(s3, read_here, tmp_path):
    s3.put({f"in/{name}.txt": REPORT.replace("950", spent) for name, spent in (("a", "950"), ("乡/b", "920"))})
    return Request(inputs=(f"{s3.url}/in",), out=str(tmp_path / "out"), lake=f"{s3.url}/results/lake")


@pytest.fixture
def weights(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(weights_json({kind: Weights(bias=-0.5, signals={"held": 1.5}, low=0.05, high=0.9) for kind in PRIORS}), encoding="utf-8")
    return str(path)


def bucket(s3):
    """The files of the lake in the bucket, straight from it."""
    keys = s3.backend.buckets[s3.name].keys.items()
    return {key.removeprefix("results/lake/"): value.value for key, value in keys if key.startswith("results/")}


def disk(request, tmp_path, **asked):
    """The lake that a run on this disk makes of the same inputs, whose names its rows bear."""
    fresh = replace(request, out=str(tmp_path / "fresh"), lake=None, **asked)
    run(fresh)
    lake = Path(fresh.out) / "lake"
    return {path.relative_to(lake).as_posix(): path.read_bytes() for path in lake.rglob("*") if path.is_file()}


def files(url):
    return sorted(set(lake_dataset(url, "reports").to_table(columns=["file"])["file"].to_pylist()))


def test_a_lake_in_a_bucket_is_the_one_a_disk_would_hold(s3, request_, tmp_path):
    run(request_)
    held = bucket(s3)
    assert held == disk(request_, tmp_path) and "manifest.json" in held
    assert not (tmp_path / "out" / "lake").exists() and files(request_.lake) == ["a.txt", "乡/b.txt"]
    run(request_)
    assert bucket(s3) == held
    s3.put({"results/lake/checks/year=2021/province=未知/left.parquet": "cut", "in/c.txt": REPORT.replace("950", "900")})
    s3.delete("in/a.txt")
    run(request_)
    assert bucket(s3).items() >= disk(request_, tmp_path).items() and files(request_.lake) == ["c.txt", "乡/b.txt"]


def test_a_lake_in_a_bucket_is_looked_at(s3, request_, tmp_path):
    run(request_)
    store = open_store(request_.lake, home=tmp_path / "home")
    assert sorted(store.reports.frame()["file"]) == ["a.txt", "乡/b.txt"]


def test_a_bucket_is_watched_into_a_lake_of_its_own(s3, request_, tmp_path):
    steps = [lambda: s3.put({"in/c.txt": REPORT.replace("950", "900")}), lambda: s3.put({"in/a.txt": REPORT.replace("950", "880")}),
             lambda: None, lambda: s3.delete("in/乡/b.txt"), lambda: None]

    def sleep(_):
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    told = []
    with pytest.raises(KeyboardInterrupt):
        for one in rounds(request_, lambda request, entered: run(request, entered=entered), sleep=sleep):
            told.append(one)
    assert [(len(one.news.new), len(one.news.changed), len(one.news.gone), one.trouble) for one in told] == [
        (2, 0, 0, ""), (1, 0, 0, ""), (0, 1, 0, ""), (0, 0, 1, "")]
    assert bucket(s3) == disk(request_, tmp_path) and files(request_.lake) == ["a.txt", "c.txt"]
    with Store(request_.address) as store:
        assert proof(store).holds


def test_a_bucket_that_is_away_for_a_moment_is_waited_for(s3, s3_server, request_, monkeypatch):
    monkeypatch.setattr("s3fs.core.S3FileSystem.retries", 1)
    places, told = ["http://127.0.0.1:9", "http://127.0.0.1:9", s3_server], []

    def sleep(_):
        if not places:
            raise KeyboardInterrupt
        monkeypatch.setenv("AWS_ENDPOINT_URL", places.pop(0))
        s3fs.S3FileSystem.clear_instance_cache()
        if not places:
            s3.put({"in/c.txt": REPORT})

    with pytest.raises(KeyboardInterrupt):
        for one in rounds(request_, lambda request, entered: run(request, entered=entered), sleep=sleep):
            told.append((len(one.news.new), s3.url in one.trouble))
    assert told == [(2, False), (0, True), (1, False)]


@pytest.mark.parametrize("change", ["weights", "readers"])
def test_what_lies_in_a_bucket_is_done_again(s3, request_, weights, tmp_path, age, change):
    run(request_)
    before = bucket(s3)
    if change == "readers":
        age(request_.address)
        s3.put({"in/a.txt": REPORT + "又"})
    asked = {"weights": weights} if change == "weights" else {}
    with Store(request_.address) as store:
        wanted = request_again(store, out=request_.out, address=None, **asked)
        plan = plan_again(wanted, store)
        entered = begin_again(wanted, plan, store)
    assert {stage: len(keys) for stage, keys in plan.stages.items() if keys} == ({"weigh": 2} if change == "weights" else {"read": 1})
    assert [row.name for row in plan.lost] == ([] if change == "weights" else ["a.txt"])
    run(wanted, entered=entered)
    assert files(request_.lake) == ["a.txt", "乡/b.txt"]
    if change == "weights":
        assert before != bucket(s3) == disk(request_, tmp_path, weights=weights)
    else:
        versions = lake_dataset(request_.lake, "reports").to_table(columns=["file", "version"]).to_pylist()
        assert {row["file"]: row["version"] == "old" for row in versions} == {"a.txt": True, "乡/b.txt": False}


def test_a_bucket_for_the_lake_that_is_not_there_is_told(s3, request_, monkeypatch):
    monkeypatch.setattr("hedui.bulk.patience.WAITS", ())
    with pytest.raises(HeduiError, match=r"results-gone/lake: 写不进去"):
        run(replace(request_, lake=f"{s3.url}-results-gone/lake"))
