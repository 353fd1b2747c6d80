"""Paragraphs on goals and results -> the indicators they tell of, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hedui.claims.indicators.names import bare_level, heading_name, is_measure
from hedui.claims.indicators.table import table_indicators
from hedui.claims.indicators.text import narrative_indicators
from hedui.findings import Claim, Indicator
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.view import clean

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from case_blocks import Case, case_blocks

FIELDS = ("target", "actual", "completion", "deviation", "weight", "score", "reason")


def claims_of(text: str) -> tuple[Claim, ...]:
    layout = arrange(read_bytes(text.encode(), "case.txt"))
    mentions = find_mentions(layout)
    return narrative_indicators(layout, mentions, table_indicators(layout, mentions))


def shown(claims: tuple[Claim, ...]) -> list[str]:
    lines = []
    for claim in claims:
        said = claim.fields
        assert isinstance(said, Indicator)
        fields = ", ".join(f"{name} {value}" for name in FIELDS if (value := getattr(said, name)))
        lines.append(f"{said.level1 or '.'} > {said.level2 or '.'} > {said.name}: {fields}")
    return lines


@pytest.mark.parametrize("case", case_blocks("indicators_narrative"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert (shown(claims_of(case.text)) or ["-"]) == case.expected


TEXT = "一、项目产出\n新建 水窖 62 口，受益群众满意度不低于95%。\n二、满意度指标完成情况\n受益群众满意度：指标值≥90%，实际完成95%，得10分。\n"


def test_spans_hold_what_the_fields_say() -> None:
    claims = claims_of(TEXT)
    assert [c.fields.name for c in claims] == ["新建水窖", "受益群众满意度", "受益群众满意度"]
    for claim in claims:
        for field, span in claim.spans.items():
            assert clean(TEXT, span) == getattr(claim.fields, field)


def test_names_of_levels_and_measures() -> None:
    assert [heading_name(t) for t in ("产出指标完成情况分析", "社会效益指标得分情况", "项目效益", "满意度完成情况")] == [
        "产出指标", "社会效益指标", "项目效益", "满意度"]
    assert [bare_level(t) for t in ("项目决策（20分）", "1.产出指标", "满意度指标:")] == ["项目决策", "产出指标", "满意度指标"]
    assert [is_measure(t) for t in ("人", "万人次", "%", "5分", "元/亩", "试行", "含乡道")] == [True] * 5 + [False] * 2


def test_work_is_nearly_linear(work: Callable[[Callable[[], object]], int]) -> None:
    """Six times the sentences in one paragraph take far less than thirty-six times the work."""
    def took(times: int) -> int:
        layout = arrange(read_bytes(("一、项目产出\n" + "召开管水员会议8次，新建水窖62口，完成率103.33%；" * times).encode(), "case.txt"))
        mentions = find_mentions(layout)
        assert narrative_indicators(layout, mentions, ())
        return work(lambda: narrative_indicators(layout, mentions, ()))
    assert took(240) < 9 * took(40)
