"""Total and dimension scores in prose."""

from pathlib import Path

import pytest

from hedui.claims.scores import score_claims

CASES = Path(__file__).parent.parent / "cases"


def cases() -> list[tuple[str, str]]:
    lines = (CASES / "claims_scores.tsv").read_text(encoding="utf-8").splitlines()
    return [((parts := (line + "\t").split("\t"))[0], parts[1]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_scores(told, text: str, expected: str) -> None:
    claims = score_claims(*told(text))
    assert [f"{c.fields.name}={c.fields.score}/{c.fields.full or ''}:{c.fields.grade or ''}" for c in claims] == expected.split()


def test_spans_hold_what_was_read_and_the_mention_is_named(told) -> None:
    layout, mentions = told("综合得分为93.2分，其中：产出指标48分，等级为“优”。")
    total, output = score_claims(layout, mentions)
    text = layout.document.text
    assert text[slice(*total.spans["score"])] == "93.2分"
    assert text[slice(*total.spans["grade"])] == "优"
    assert text[slice(*output.spans["name"])] == "产出指标"
    assert output.mentions == (next(m.id for m in mentions if m.text == "48分"),)


def test_a_score_told_twice_in_a_section_is_one_claim(told) -> None:
    assert len(score_claims(*told("自评总得分95分。\n自评总得分95分。"))) == 1


def test_a_score_without_a_name_is_that_of_the_dimension_in_its_heading(told) -> None:
    text = "该部分满分15分，得13分。立项程序完整，扣2分。"
    assert [(c.fields.name, c.fields.score, c.fields.full) for c in score_claims(*told(text, "项目决策情况"))] == [("项目决策", 13, 15)]
    assert score_claims(*told(text, "成本控制")) == ()
