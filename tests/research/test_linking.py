"""Names linked over reports: the figures that hand-decided names hold, and what must stay as contents grow."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.lexicons import rows
from hedui.research.linking import link_documents, link_indicators, link_programmes, link_regions, link_units
from hedui.research.linking.gazetteer import gazetteer
from hedui.research.linking.indicator_names import name_of
from hedui.research.linking.indicator_pairs import probability, shipped_weights

ROOT = Path(__file__).parents[2]
PACKAGE = "hedui.research.linking"
LEAST_UNITS = LEAST_REGIONS = 0.98
LEAST_ALIKE = {"train": 0.75, "test": 0.78}


def decided(name: str) -> list[list[str]]:
    held = (ROOT / "annotations" / "linking" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in held if line and not line.startswith("#")]


def cases(name: str) -> list[list[str]]:
    held = (ROOT / "tests" / "cases" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in held if line and not line.startswith("#")]


def shares(pairs: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Precision and recall of pairs (same, linked)."""
    right = sum(same and linked for same, linked in pairs)
    return right / max(1, sum(linked for _, linked in pairs)), right / max(1, sum(same for same, _ in pairs))


def test_units_of_the_gold_are_linked() -> None:
    bodies = decided("units")
    ids = link_units([row[1] for row in bodies], region=[row[2] or None for row in bodies], year=[int(row[3]) for row in bodies]).unit_id
    pairs = [(bodies[a][0] == bodies[b][0], ids[a] == ids[b]) for a, b in combinations(range(len(bodies)), 2)]
    assert len(bodies) >= 200
    assert min(shares(pairs)) >= LEAST_UNITS


def test_regions_of_the_gold_have_the_code_of_their_year() -> None:
    places = decided("regions")
    found = link_regions([row[0] for row in places], year=[int(row[1]) for row in places], unit=[row[2] or None for row in places],
                         province=[row[3] or None for row in places])
    wanted = [(row[4], row[5]) for row in places]
    told = list(zip(found.code.fillna("-"), found.region_id.fillna("-"), strict=True))
    right = sum(one == two for one, two in zip(wanted, told, strict=True))
    assert len(places) >= 200
    assert right >= LEAST_REGIONS * len(places), [(place, one) for place, one, two in zip(places, told, wanted, strict=True) if one != two]


@pytest.mark.parametrize("use", ["train", "test"])
def test_names_of_indicators_that_look_alike_are_told_apart(use: str) -> None:
    least = shipped_weights().threshold
    pairs = [(says == "same", probability(name_of(a, ua), name_of(b, ub)) >= least)
             for kept, a, ua, b, ub, says in decided("indicators") if kept == use]
    precision, recall = shares(pairs)
    assert min(precision, recall) >= LEAST_ALIKE[use]
    if use == "test":
        metrics = json.loads((ROOT / "models" / "linking" / "metrics.json").read_text(encoding="utf-8"))
        assert (round(precision, 4), round(recall, 4), len(pairs)) == (metrics["precision"], metrics["recall"], metrics["test_pairs"])


@pytest.mark.parametrize("one, unit_one, two, unit_two, says", cases("linking_indicators"))
def test_two_names(one: str, unit_one: str, two: str, unit_two: str, says: str) -> None:
    told = link_indicators(pd.DataFrame({"name": [one, two], "unit": [unit_one, unit_two]}))
    assert (told.indicator_id.nunique() == 1) == (says == "same")


def test_names_of_the_guidelines_are_known_as_common() -> None:
    told = link_indicators(pd.DataFrame({"name": ["资金执行率", "受益群众满意率", "智慧教室建设数量"], "unit": ["%", "%", "间"]}))
    assert told.common.tolist() == [True, True, False]
    assert told.indicator_name.tolist()[:2] == ["预算执行率", "服务对象满意度"]
    assert told.guideline_level2.tolist()[:2] == ["资金管理", "满意度"]


def test_levels_are_those_of_the_guidelines() -> None:
    told = link_indicators(pd.DataFrame({"name": ["村道修缮"], "level1": ["产出指标（50分）"], "level2": ["数量指标"]}))
    assert told.loc[0, ["guideline_level1", "guideline_level2"]].tolist() == ["产出", "数量"]


NAMES = sorted({row[n] for row in decided("indicators") for n in (1, 3)})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=40, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(names: list[str], rng: object) -> None:
    shuffled = list(names)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = (link_indicators(pd.DataFrame({"name": some})).set_index("name").indicator_id.to_dict() for some in (names, shuffled))
    assert one == two


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=40, unique=True), st.integers(min_value=1, max_value=39))
def test_ids_stay_when_names_are_added(names: list[str], at: int) -> None:
    first = link_indicators(pd.DataFrame({"name": names[:at]}))
    grown = link_indicators(pd.DataFrame({"name": names}), known=first)
    assert grown.indicator_id.tolist()[: len(first)] == first.indicator_id.tolist()
    again = link_indicators(pd.DataFrame({"name": names}), known=grown)
    assert again.indicator_id.tolist() == grown.indicator_id.tolist()


def test_a_frame_without_names_says_so() -> None:
    with pytest.raises(KeyError, match="name"):
        link_indicators(pd.DataFrame({"title": ["x"]}))
    empty = link_indicators(pd.DataFrame({"name": [None, ""]}))
    assert empty.indicator_id.isna().all() and empty.score.tolist() == [0.0, 0.0]


def test_every_change_of_a_division_leads_on() -> None:
    known = gazetteer()
    for year, kind, code, name, after, _ in rows("region_changes", PACKAGE):
        assert 2010 <= int(year) <= 2023
        if kind in {"并入", "拆分"}:
            assert any(one.region_id == f"{one.code}@{year}" and one.succeeded_by for one in known.by_code[code] if one.name == name)
        elif kind != "设立":
            assert any((one.until == int(year) and one.region_id != code) or one.code == after for one in known.by_code[code] if one.name == name)


def test_a_region_has_one_code_a_year() -> None:
    for region_id, held in gazetteer().by_id.items():
        if len(held) > 1:
            stood = sorted((one.since or 0, one.until or 9999) for one in held)
            assert all(before[1] <= after[0] for before, after in combinations(stood, 2) if before != after), region_id


def test_reforms_are_of_known_bodies() -> None:
    known = {row[0] for row in rows("bodies", PACKAGE)}
    for _, kind, before, after, source in rows("body_changes", PACKAGE):
        assert {before, after} <= known and kind in {"更名", "并入", "拆分", "划出"} and source


def test_a_merged_body_keeps_its_id_and_says_into_which_it_went() -> None:
    told = link_units(["遵义市地税局", "遵义市税务局"], year=[2016, 2020])
    assert told.unit_id[0] != told.unit_id[1] == told.succeeded_by[0]


@pytest.mark.parametrize("one, two, says", cases("linking_programmes"))
def test_two_programmes(one: str, two: str, says: str) -> None:
    told = link_programmes([one, two])
    assert {"same": told.programme_id.nunique() == 1, "fund": told.programme_id.nunique() == 2 and told.fund_id.nunique() == 1,
            "other": told.programme_id.nunique() == 2 and told.fund_id.nunique(dropna=False) == 2}[says]


def test_documents_lead_to_the_fund_they_hand_out() -> None:
    told = link_documents(["财政部关于提前下达2022年学生资助补助经费预算的通知", "中华人民共和国预算法", None])
    assert told.fund_id.fillna("").tolist() == ["学生资助", "", ""]


def test_word_lists_name_their_source() -> None:
    for path in (ROOT / "src" / "hedui" / "research" / "linking").glob("*.tsv"):
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        assert any("Source:" in line for line in head) and any("Date:" in line for line in head), path.name
