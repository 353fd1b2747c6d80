"""Which thresholds are chosen, and that a policy that is no policy is told in one line."""

import pytest

from hedui.errors import ReadError
from hedui.neural.fusion.policy import NOTHING, Observation, Policy, choose_policy, load_policy


def seen(*cases, kind="ORG", action="add"):
    """Every case three times."""
    return [Observation(kind=kind, action=action, probability=p, gained=gained, source=source) for p, gained, source in cases for _ in range(3)]


@pytest.mark.parametrize("cases, passed, refused", [
    # two sources gain, what is less sure loses
    ([(0.9, 1, "a"), (0.8, 1, "b"), (0.6, -1, "a"), (0.6, -1, "b")], 0.8, 0.7),
    # everything gains: no further than a little below the least sure case
    ([(0.9, 1, "a"), (0.8, 1, "b")], 0.8, 0.7),
    # one loss in ten is borne
    ([*[(0.9, 1, "a")] * 3, (0.8, -1, "a"), *[(0.7, 1, "b")] * 3, *[(0.5, 1, "c")] * 3], 0.5, 0.4),
    # cases of one probability stand or fall together
    ([(0.9, 1, "a"), (0.9, 1, "b"), (0.8, 1, "a"), (0.8, -1, "a"), (0.8, -1, "b")], 0.9, 0.8),
])
def test_the_threshold_that_gains_most(cases, passed, refused):
    policy = choose_policy(seen(*cases))
    assert policy.allows("ORG", "add", passed) and not policy.allows("ORG", "add", refused)
    assert not policy.allows("ORG", "drop", 1.0) and not policy.allows("REGION", "add", 1.0)


@pytest.mark.parametrize("cases", [
    [], [(0.9, 1, "a")], [(0.9, 0, "a"), (0.8, 0, "b")], [(0.9, -1, "a"), (0.8, -1, "b")],
    [(0.9, 1, "a"), (0.8, 1, "b"), (0.95, -1, "c")],
    # one source gains three, two lose one each
    [(0.9, 1, "a"), (0.9, 1, "a"), (0.9, 1, "a"), (0.9, 1, "a"), (0.9, -1, "b"), (0.9, -1, "c")],
])
def test_what_proves_nothing_is_off(cases):
    assert choose_policy(seen(*cases)) == NOTHING and not NOTHING.acts


def test_what_harms_reports_that_rules_read_better_is_off():
    here, sure = seen((0.9, 1, "a"), (0.8, 1, "b")), [(0.9, -1, "c"), (0.9, -1, "d")]
    assert choose_policy(here, beside=seen(*sure)) == NOTHING
    assert choose_policy(here, beside=seen(*sure, action="drop")) == choose_policy(here)
    assert choose_policy(here, beside=[*seen((0.7, -1, "c"), (0.7, -1, "d")), *seen((0.85, -1, "c"))[:2]]) == choose_policy(here)
    assert choose_policy(here, beside=seen((0.85, -1, "c"))) == NOTHING


def test_kinds_and_actions_are_chosen_apart():
    good = [(0.9, 1, "a"), (0.9, 1, "b")]
    bad = [(0.9, -1, "a"), (0.9, -1, "b")]
    policy = choose_policy([*seen(*good), *seen(*bad, action="mend"), *seen(*bad, kind="fund"), *seen(*good, kind="fund", action="drop")])
    assert set(policy.thresholds) == {("ORG", "add"), ("fund", "drop")}


def test_kept_and_read_again(tmp_path):
    policy = Policy(thresholds={("indicator", "rename"): 0.8125, ("fund", "add"): 1 / 3})
    policy.save(tmp_path / "policy.json")
    assert load_policy(tmp_path / "policy.json") == policy
    first = (tmp_path / "policy.json").read_bytes()
    Policy(thresholds=dict(reversed(policy.thresholds.items()))).save(tmp_path / "policy.json")
    assert (tmp_path / "policy.json").read_bytes() == first


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"schema": "hedui-policy/9", "thresholds": {}}', '{"schema": "hedui-policy/1", "thresholds": {"ORG": 3}}',
    '{"schema": "hedui-policy/1", "thresholds": {"ORG": {"paint": 0.5}}}', '{"schema": "hedui-policy/1", "thresholds": {"X": {"add": 0.5}}}',
])
def test_no_policy(tmp_path, text):
    (tmp_path / "policy.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as told:
        load_policy(tmp_path / "policy.json")
    assert str(told.value).startswith("policy.json") and "\n" not in str(told.value)
    with pytest.raises(ReadError):
        load_policy(tmp_path / "none.json")
