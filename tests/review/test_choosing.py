"""What is looked at next, what decisions are worth as a sample, and what goes into training."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedui.cli import main
from hedui.errors import UsageError
from hedui.export import to_json
from hedui.extract import extract
from hedui.gold import read_gold
from hedui.readers import read, read_bytes
from hedui.review import acts
from hedui.review.choosing import farthest_first, next_reports, queue_up, worth
from hedui.review.decisions import sample_of
from hedui.review.laying import lay_out_all
from hedui.review.routing import Routing
from hedui.store import Store
from hedui.store.tasks import Filter, listed
from hedui.training.corrected import write_corrected
from hedui.training.sources import sources_of

REPORT = """{place}2022年{what}绩效自评报告
一、资金情况
2022年预算安排1200.50万元，实际支出1126.05万元，预算执行率93.80%。
二、绩效目标完成情况
（一）产出指标完成情况
{name}：年度指标值≥95%，实际完成98%。
"""
TOPICS = (("云岭县", "农村公路养护补助资金", "养护完好率"), ("云岭县", "农村公路养护补助资金", "养护优良率"),
          ("青石县", "学前教育发展资金", "入园率"), ("白塘县", "地方病防治经费", "筛查覆盖率"))


def units(of):
    return of / np.linalg.norm(of, axis=1, keepdims=True)


@given(arrays(float, (7, 3), elements=st.floats(0.1, 1)), arrays(float, 7, elements=st.floats(0.1, 5)), st.integers(0, 9), st.integers(0, 3))
def test_each_is_chosen_once_and_tells_its_distance(features, weights, count, before):
    rows = units(features)
    found = farthest_first(weights[before:], rows[before:], rows[:before], count)
    assert len({at for at, _ in found}) == len(found) == min(count, 7 - before)
    assert all(0 <= distance <= 1 for _, distance in found)
    if found and not before:
        assert found[0][0] == int(np.argmax(weights))


def test_what_is_like_what_was_looked_at_comes_last():
    rows = units(np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]]))
    assert [at for at, _ in farthest_first(np.array([5.0, 5.0, 1.0]), rows, rows[:1], 3)] == [2, 1, 0]


def test_what_is_like_what_was_just_chosen_waits():
    rows = units(np.array([[1.0, 0.0], [0.99, 0.01], [0.0, 1.0]]))
    assert [at for at, _ in farthest_first(np.array([5.0, 4.9, 1.0]), rows, np.empty((0, 2)), 3)] == [0, 2, 1]


def test_a_report_is_worth_more_when_more_of_it_is_wrong_and_less_when_it_is_long():
    short, long, right = worth(np.array([2.0, 20.0, 0.2]), np.array([10.0, 100.0, 10.0]))
    assert short > long > 0 and short == pytest.approx(10 * right)


@pytest.fixture
def many(tmp_path):
    """A store with four reports, two of them alike, and an annotator."""
    from hedui.store.people import add_person

    (tmp_path / "out").mkdir()
    with Store(tmp_path / "out" / "hedui.sqlite") as store:
        for n, (place, what, name) in enumerate(TOPICS):
            found = extract(read_bytes(REPORT.format(place=place, what=what, name=name).encode(), f"{n}.txt"))
            store.keep(to_json(found), version="v")
        lay_out_all(store, Routing(below=0.0, audit=0.0))
        yield store, add_person(store, name="甲", role="annotator", secret="x"), tmp_path / "out"


def opened(store, one):
    from hedui.review.opened import open_report

    return open_report(store, one.sha256, one.report)


def do(store, person, one, sayings, group):
    from hedui.review.perform import perform

    return perform(store, opened(store, one), tuple(sayings), person=person.id, group=group)


def test_the_next_reports_are_unlike_and_go_into_the_queue(many):
    store, person, _ = many
    first = next_reports(store, 4)
    assert {one.file for one in first} == {f"{n}.txt" for n in range(4)} and {first[-1].file} < {"0.txt", "1.txt"}
    before = len(listed(store, Filter(), limit=999))
    new = queue_up(store, first[:1])
    learn = listed(store, Filter(reason="learn"), limit=999)
    assert len(learn) == new > 0 and queue_up(store, first[:1]) == 0 and len(listed(store, Filter(), limit=999)) == before + new
    assert {one.report for one in learn} == {first[0].doubt.report}
    do(store, person, learn[0], acts.accept(opened(store, learn[0]).state, [learn[0].target]), "g")
    assert first[0].file not in {one.file for one in next_reports(store, 4)}


def test_the_audit_stands_for_the_rest(tmp_path, many):
    store = many[0]
    with pytest.raises(UsageError):
        sample_of(store)
    with Store(tmp_path / "hedui.sqlite") as other:
        found = extract(read_bytes(REPORT.format(place="云岭县", what="水窖补助资金", name="合格率").encode(), "a.txt"))
        other.keep(to_json(found), version="v")
        lay_out_all(other, Routing(below=0.0, conflicts=2.0, audit=0.999999, double=0.0))
        from hedui.store.people import add_person

        who = add_person(other, name="甲", role="annotator", secret="x")
        tasks = listed(other, Filter(), limit=99)
        assert len(tasks) > 2
        audits = [one for one in tasks if one.reason == "audit"]
        assert {one.chance for one in audits} == {0.999999} and {one.chance for one in tasks if one.reason != "audit"} <= {1.0}
        for n, one in enumerate(audits[:2]):
            do(other, who, one, acts.accept(opened(other, one).state, [one.target], decision=("accepted", "rejected")[n]), f"g{n}")
        sample = sample_of(other)
        assert [one.weight for one in sample.decisions] == pytest.approx([len(audits) / 2 / 0.999999] * 2)
        assert sorted(one.right for one in sample.decisions) == [False, True]


def test_what_was_put_in_to_learn_from_is_no_sample(many):
    store, person, _ = many
    queue_up(store, next_reports(store, 1))
    one = listed(store, Filter(reason="learn"))[0]
    do(store, person, one, acts.accept(opened(store, one).state, [one.target]), "g")
    with pytest.raises(UsageError):
        sample_of(store)


def test_what_is_wholly_decided_goes_into_training(many, tmp_path):
    store, person, _ = many
    queue_up(store, next_reports(store, 1))
    tasks = listed(store, Filter(reason="learn"), limit=99)
    with pytest.raises(UsageError):
        write_corrected(store, tmp_path / "c")
    for n, one in enumerate(tasks):
        found = opened(store, one)
        if one.type == "indicator":
            do(store, person, one, acts.edit(found.state, one.target, "name", "改好的名称"), f"e{n}")
            found = opened(store, one)
        if n:
            do(store, person, one, acts.accept(found.state, [one.target]), f"g{n}")
    others = [t for t in listed(store, Filter(sha256=tasks[0].sha256), limit=99)]
    assert [t.id for t in others] == [tasks[0].id]
    with pytest.raises(UsageError):
        write_corrected(store, tmp_path / "c")
    do(store, person, tasks[0], acts.accept(opened(store, tasks[0]).state, [tasks[0].target]), "last")
    made = write_corrected(store, tmp_path / "c")
    source, = sources_of([made.pair])
    gold = read_gold(source.golds[0], text=read(source.report).text)
    assert made.used == 1 and "改好的名称" in {getattr(claim.fields, "name", None) for claim in gold.claims}


def test_the_commands_end_well_or_say_why(many, tmp_path, capsys):
    store, _, out = many
    assert main(["review", "calibrate", str(out), "-o", str(tmp_path / "c")]) == 2 and "nothing of the queue" in capsys.readouterr().err
    assert main(["review", "learned", str(out), "-o", str(tmp_path / "l")]) == 2
    assert main(["review", "next", str(out), "-n", "2", "--only-list"]) == 0 and capsys.readouterr().out.count(".txt") == 2
    assert not listed(store, Filter(reason="learn"))
    assert main(["review", "next", str(out), "-n", "2"]) == 0 and listed(store, Filter(reason="learn"))
    assert main(["train", "--from", str(out), "-o", str(tmp_path / "m")]) == 2 and "no report to learn from" in capsys.readouterr().err
