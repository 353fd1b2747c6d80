"""What no verdict on a text depends on: where the lines of its page fall, whether its clauses stand on lines of their own, and the unit
its money is told in. And that a sentence tells of a true figure that was moved beyond what its digits allow."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "cases"))

from sentence_checks import checks_of, rows_of, told

# a page of running text, so that its width can be seen
PAGE = ("项目单位按照资金管理办法组织实施，制定了年度工作方案，落实了责任分工，建立了定期调度和通报制度，各项工作按计划有序推进，"
        "资金使用总体规范有效，未发现截留挪用等违规问题，群众反映良好，后续将继续加强日常管理和跟踪问效，") * 5 + "相关资料均已归档。\n"
FILES = ("reconcile_sums", "reconcile_ratios", "reconcile_growth", "reconcile_counts", "reconcile_averages", "reconcile_reached")
PARAGRAPHS = [text for name in FILES for _, text, _ in rows_of(name) if "\n" not in text and "\t" not in text and len(text) > 30]
MONEY = [text for _, text, _ in rows_of("reconcile_sums") if text.count("万元") > 2 and text.count("元") == text.count("万元")]
# (2) · 3. · ② opens an item, and 其中 goes on from what stands before it
OPENING = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳]")
CLAUSE_END = re.compile("[；：]|。(?=其中)")


def wrapped(text: str, columns: int) -> str:
    """The text in lines of `columns` of print, two for a Chinese character."""
    lines, line, width = [], "", 0
    for char in text:
        step = 1 if char.isascii() else 2
        if char == "\n" or width + step > columns:
            lines.append(line)
            line, width = "", 0
        if char != "\n":
            line, width = line + char, width + step
    return "\n".join([*lines, line])


def verdicts(text: str) -> list[str]:
    return sorted(told(check) for check in checks_of(text))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PARAGRAPHS), st.integers(15, 45))
def test_no_verdict_depends_on_where_lines_break(text: str, half: int) -> None:
    assert verdicts(wrapped(PAGE + text, 2 * half)) == verdicts(PAGE + text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PARAGRAPHS), st.data(), st.sampled_from(["\n", "\n\u3000\u3000"]))
def test_no_verdict_depends_on_clauses_standing_on_lines_of_their_own(text: str, data: st.DataObject, broken: str) -> None:
    places = [found.end() for found in CLAUSE_END.finditer(text) if found.end() < len(text) and not OPENING.match(text, found.end())]
    chosen = data.draw(st.sets(st.sampled_from(places))) if places else set()
    lines = "".join(char + broken * (at in chosen) for at, char in enumerate(text, 1))
    assert verdicts(lines) == verdicts(text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(MONEY), st.sampled_from(["元", "亿元"]))
def test_no_verdict_on_a_sum_depends_on_its_unit(text: str, unit: str) -> None:
    assert verdicts(text.replace("万元", unit)) == [line.replace("万元", unit) for line in verdicts(text)]


AMOUNTS = st.decimals(min_value=Decimal(100), max_value=Decimal(90000), places=2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(AMOUNTS, AMOUNTS, st.integers(0, 2), st.decimals(min_value=Decimal("0.03"), max_value=Decimal(90), places=2), st.booleans())
def test_a_true_figure_of_a_sentence_moved_beyond_its_interval_is_caught(
        basic: Decimal, project: Decimal, which: int, gap: Decimal, up: bool) -> None:
    figures = [basic + project, basic, project]
    assert {c.verdict for c in checks_of(said(figures)) if c.kind == "sum"} == {"consistent"}
    figures[which] += gap if up else -gap
    assert {c.verdict for c in checks_of(said(figures)) if c.kind == "sum"} == {"conflict"}


def said(figures: list[Decimal]) -> str:
    return "全年支出{:.2f}万元，其中：基本支出{:.2f}万元，项目支出{:.2f}万元。".format(*figures)
