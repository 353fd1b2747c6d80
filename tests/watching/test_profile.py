"""Profiles of outputs: every count by hand, small, and back from their text as they were."""

from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui import findings
from hedui.export.json import to_output
from hedui.watching import profile
from hedui.watching.profile import AXES, Profile, added, nothing, profile_of, profile_text, read_profile


def profiles(most: int) -> st.SearchStrategy[Profile]:
    counts = st.fixed_dictionaries({family: st.tuples(*[st.integers(0, most)] * len(keys)) for family, keys in AXES.items()})
    return st.builds(Profile, characters=st.integers(0, 10**7), reports=st.integers(0, 50), counts=counts)


def test_axes_hold_every_value_there_is():
    for names, kind in ((profile.LABELS, findings.Label), (profile.ORIGINS, findings.Origin), (profile.VERDICTS, findings.Verdict),
                        (profile.TIERS, findings.Tier), (profile.KINDS, findings.CheckKind), (profile.STATUSES, findings.Status),
                        (profile.TYPES, get_type_hints(findings.Claim)["type"])):
        assert set(names) == set(get_args(kind)) and len(names) == len(set(names))


def test_counts_of_an_output(made):
    found = profile_of(to_output(made()))
    assert (found.characters, found.reports) == (len(made().document.text), 1)
    assert {family: found.by(family) for family in AXES} == {
        "mentions": {"DOCNO": 1, "AMOUNT": 1, "RATE": 1},
        "claims": {"fund.narrative": 1, "document.narrative": 1, "indicator.table": 1, "score.narrative": 1},
        "checks": {"consistent.numeric.ratio": 1, "conflict.numeric.target": 1},
        "records": {"fund.narrative_only": 1, "indicator.table_only": 1},
        "gaps": {"executed": 1},
        "blanks": {},
        "sure_claims": {"0.95": 4}, "sure_checks": {"0.90": 1, "0.95": 1}, "sure_records": {"0.85": 1, "0.95": 1},
    }


def test_how_it_is_written(made):
    told = profile_text(profile_of(to_output(made())))
    assert told.startswith(f'{{"v":1,"characters":{len(made().document.text)},"reports":1,"mentions":"1,1,,,1","claims":",1,1,,1,,1","checks":",,1,')


@pytest.mark.parametrize("piece, other, gap", [
    ("执行率93.80%", "满意率93.80%", "rate"), ("执行率93.80%", "使用率达到了93.80%", None),
])
def test_what_counts_as_an_execution_rate(made, piece, other, gap):
    output = to_output(made())
    text = output["text"].replace(piece, other)
    at = text.index("93.80%")
    output["text"] = text
    next(one for one in output["reports"][0]["mentions"] if one["label"] == "RATE")["span"] = [at, at + 6]
    assert ("rate" in profile_of(output).by("gaps")) == (gap == "rate")


def test_a_rate_in_a_table_counts_where_the_table_names_it(made):
    output = to_output(made())
    output["text"] = output["text"].replace("执行率93.80%", "执行率\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t93.80%")
    at = output["text"].index("93.80%")
    next(one for one in output["reports"][0]["mentions"] if one["label"] == "RATE")["span"] = [at, at + 6]
    assert "rate" in profile_of(output).by("gaps")
    output["grids"] = [{"span": [at - 20, at + 8]}]
    assert "rate" not in profile_of(output).by("gaps")


def test_what_a_report_lacks(made):
    output = to_output(made())
    output["reports"][0] |= {"unit": None, "year": None, "claims": [], "mentions": []}
    output["reports"][0]["records"][1]["fields"] |= {"target": None}
    found = profile_of(output)
    assert set(found.by("gaps")) == {"unit", "year", "budget", "executed", "rate", "score", "table"} and found.by("blanks") == {"target": 1}


def test_a_report_full_of_findings_is_kept_in_600_bytes(made):
    """Four times the mentions of a report of 4,600 characters, and a check of every second sort."""
    output = to_output(made())
    report = output["reports"][0]
    mention, claim, check, record = (report[name][0] for name in ("mentions", "claims", "checks", "records"))
    report["mentions"] = [mention | {"label": label} for label in profile.LABELS for _ in range(90)]
    report["claims"] = [claim | dict(zip(("type", "origin"), key.split("."), strict=True)) | {"confidence": at / 20}
                        for key in AXES["claims"] for at in range(20)]
    report["checks"] = [check | dict(zip(("verdict", "tier", "kind"), key.split("."), strict=True)) | {"confidence": (at % 20) / 20}
                        for at, key in enumerate(AXES["checks"][::2]) for _ in range(12)]
    report["records"] = [record | dict(zip(("type", "status"), key.split("."), strict=True)) | {"confidence": at / 20}
                         for key in AXES["records"] for at in range(20)]
    found = profile_of(output)
    text = profile_text(found)
    assert sum(found.counts["checks"]) == 492 and 400 < len(text.encode()) <= 600 and read_profile(text) == found


@settings(max_examples=25, deadline=None)
@given(profiles(10**6))
def test_text_and_back(one):
    assert read_profile(profile_text(one)) == one


@settings(max_examples=25, deadline=None)
@given(profiles(1))
def test_few_counts_of_every_sort_stay_within_600_bytes(one):
    assert len(profile_text(one)) <= 600


@settings(max_examples=25, deadline=None)
@given(st.lists(profiles(100), max_size=4))
def test_sums(some):
    total = added(some)
    assert total == added(reversed(some)) == added([*some, nothing()])
    assert total.characters == sum(one.characters for one in some)
    assert all(total.counts[family][at] == sum(one.counts[family][at] for one in some) for family in AXES for at in range(len(AXES[family])))


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"v":0,"characters":1,"reports":1}'])
def test_what_is_no_profile_of_this_version(text):
    assert read_profile(text) is None


@pytest.mark.parametrize("confidence, name", [(0, "0.00"), (0.0499, "0.00"), (0.05, "0.05"), (0.55, "0.55"), (0.9999, "0.95"), (1, "0.95")])
def test_bins(confidence, name):
    assert profile.bin_name(confidence) == name
