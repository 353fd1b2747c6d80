"""What makes mining quick changes nothing: the sieve lets every match pass, processes and draws find what one pass over all finds."""

import os
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedui.errors import UsageError
from hedui.export.json import to_json
from hedui.extract import extract
from hedui.progress import heard
from hedui.readers import read
from hedui.research import open_store, workers
from hedui.research.mining import boilerplate, contradictions_sums, contradictions_told, hedges, set_phrases
from hedui.research.mining.sieve import Sieve, needed
from hedui.research.workers import each_made
from hedui.view import fold

SAMPLES = sorted((Path(__file__).parents[2] / "annotations" / "samples").glob("s*.txt"))[:6]
ITEMS = Path(__file__).parents[2] / "annotations" / "mining"
SIEVES = {"told": contradictions_told.sieve(), "sums": contradictions_sums.sieve(), "cues": set_phrases.sieve(), "hedges": hedges.sieve()}
SENTENCES = sorted({fold(piece) for path in sorted(ITEMS.glob("*.tsv")) for line in path.read_text(encoding="utf-8").splitlines()
                    for piece in line.split("\t") if len(piece) > 8})
# pattern | what it asks for, a way a line of sets
ASKED = [
    ("(?:全部|均)已?完成|无偏差", [["全部 均", "完成"], ["无偏"]]),
    (r"增[长幅]\d+%", [["增幅 增长", r"\d", "%"]]),
    ("(?:已)?[^,]{0,4}完成?", [["完"]]),
    ("(?<!未)完(?=工)", [["完"]]),
    (".*", [[]]),
    ("(?:甲|.)乙", [["乙"]]),
    ("(?:甲乙|丙)+丁", [["丙 甲乙", "丁"]]),
    ("x|", [["x"], []]),
]


@pytest.mark.parametrize("pattern, ways", ASKED, ids=[pattern for pattern, _ in ASKED])
def test_what_a_pattern_asks_for(pattern, ways):
    assert [[" ".join(sorted(one)) for one in way] for way in needed(re.compile(pattern))] == ways


@pytest.mark.parametrize("name", SIEVES)
def test_no_match_is_sieved_out(name):
    sieve, passed, matched = SIEVES[name], 0, Counter()
    for text in SENTENCES:
        through = set(sieve.passed(text))
        found = {at for at, pattern in enumerate(sieve.patterns) if pattern.search(text)}
        assert found <= through, (text, [sieve.patterns[at].pattern for at in found - through])
        passed, matched = passed + len(through), matched + Counter(found)
    assert sum(matched.values()) >= 20 and passed < len(SENTENCES) * len(sieve.patterns) / 4


@given(st.sampled_from(sorted(SIEVES)), st.data())
def test_what_patterns_themselves_spell_passes(name, data):
    sieve = SIEVES[name]
    at = data.draw(st.integers(0, len(sieve.patterns) - 1))
    text = data.draw(st.from_regex(sieve.patterns[at]))
    assert at in Sieve(sieve.patterns).passed(text)


def test_parts_are_made_in_their_order_by_other_processes(monkeypatch):
    monkeypatch.setattr(workers, "LEAST", 1)
    monkeypatch.setattr(workers, "cpu_count", lambda: 2)
    made = list(each_made(process_of, range(7), many=7))
    assert [part for part, _ in made] == [one for _, (one, _) in made] == list(range(7))
    assert os.getpid() not in {process for _, (_, process) in made}


def test_little_is_made_here():
    assert {process for _, (_, process) in each_made(process_of, range(3), many=3)} == {os.getpid()}


@pytest.mark.parametrize("at_once", [1, 3])
def test_frames_looked_at_a_few_at_a_time_are_as_widely_used(monkeypatch, at_once):
    frames = {frame: boilerplate.Seen(frame=frame, units=set("甲乙丙丁"[:many]), topics=set("农水"[:many])) for frame, many in
              [("资金管理制度健全完善", 4), ("各项资金管理制度健全", 1), ("短句", 4), ("别的话说得不一样", 1)]}
    shares = boilerplate.shares_of(frames)
    assert list(shares.values()) == [1.0, 0.8, 0.0, 0.0]
    monkeypatch.setattr(boilerplate, "AT_ONCE", at_once)
    assert boilerplate.shares_of(frames) == shares and boilerplate.shares_of({}) == {}


def process_of(number):
    return number, os.getpid()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    for path in SAMPLES:
        (folder / f"{path.stem}.json").write_text(to_json(extract(read(path))), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(outputs, tmp_path_factory):
    return open_store(outputs, home=tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize("theme", ["hedges", "contradictions"])
def test_a_draw_finds_in_its_reports_what_all_find_there(store, outputs, tmp_path, theme):
    other = open_store(outputs, home=tmp_path / "other")
    drawn = {key.sha256 for key in store.drawn(3)}
    first = other.mine(theme, among=other.drawn(3))
    every = store.mine(theme)
    wanted = every[every["sha256"].isin(drawn)]
    assert len(first) and len(wanted) < len(every)
    for found in (first, store.mine(theme, among=store.drawn(3))):
        assert sorted(found["id"]) == sorted(wanted["id"])


@pytest.mark.parametrize("theme", ["boilerplate", "carried"])
def test_themes_over_many_look_at_the_draw_alone(store, theme):
    drawn = store.drawn(2)
    assert set(store.mine(theme, among=drawn)["sha256"]) <= {key.sha256 for key in drawn}
    pd.testing.assert_frame_equal(store.mine(theme, among=store.drawn(len(store.keys) + 1)), store.mine(theme))


def test_what_was_mined_is_there_the_next_time_and_its_making_is_told(outputs, tmp_path):
    told = []
    for _ in range(2):
        with heard(lambda *said: told.append(said)):
            opened = open_store(outputs, home=tmp_path / "home")
            for theme in ("contradictions", "hedges", "boilerplate"):
                opened.mine(theme)
        told.append("again")
    first = told[:told.index("again")]
    assert {"mined", "contradictions", "boilerplate"} <= {what for what, done, total in first if done == total}
    assert told[len(first):] == ["again", "again"]


def test_a_draw_is_the_same_each_time_and_a_smaller_one_part_of_it(store):
    assert store.drawn(3) == store.drawn(3) and len(store.drawn(3)) == 3 and set(store.drawn(2)) < set(store.drawn(3))
    assert set(store.drawn(10**6)) == set(store.keys)


@pytest.mark.parametrize("ask", [lambda s: s.drawn(0), lambda s: s.mine("hedges", among=()),
                                 lambda s: s.mine("hedges", among=[s.keys[0]._replace(sha256="0" * 64)])])
def test_a_draw_of_none_or_of_others_is_refused(store, ask):
    with pytest.raises(UsageError, match="1000"):
        ask(store)
