"""What tells on a person is found and hidden, and nothing else; offsets stay."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hedui.lexicons import rows
from hedui.research.publishing.personal import HIDDEN, OWN_PLACE, hidden, personal_in

MARK = re.compile(r"⟦(\w+):(.*?)⟧")
LINES = [line for line in (Path(__file__).parents[1] / "cases" / "personal.tsv").read_text(encoding="utf-8").splitlines()
         if line and not line.startswith("#")]


@pytest.mark.parametrize("line", LINES)
def test_personal_is_found(line):
    text = MARK.sub(r"\2", line)
    assert [(one.kind, text[one.start:one.end]) for one in personal_in(text)] == MARK.findall(line)


def test_every_pattern_finds_its_example():
    for kind, pattern, example in rows("personal", OWN_PLACE):
        assert any(one.kind == kind for one in personal_in(example)), (pattern, example)


def test_hiding_keeps_every_place_and_counts():
    text = "".join(MARK.sub(r"\2", line) + "\n" for line in LINES)
    shown, counts = hidden(text)
    assert len(shown) == len(text) and counts == Counter(kind for line in LINES for kind, _ in MARK.findall(line))
    assert all(a == b or b == HIDDEN for a, b in zip(text, shown, strict=True))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["联系人", "：", "王小明", "13900000000", "元", "，", " ", "账号", "110101199003074514", "a@b.cn"])).map("".join))
def test_what_is_hidden_is_hidden_for_good(text):
    shown, _ = hidden(text)
    assert len(shown) == len(text) and hidden(shown)[0] == shown
