"""The whole route over the project's own samples, and over texts that make no sense."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.extract import extract
from hedui.findings import Findings
from hedui.readers import read_bytes

SAMPLES = Path(__file__).parents[1] / "annotations" / "samples"
# written without a mistake
CLEAN = ("s06.txt", "s11.docx")
PIECES = ("一、", "（二）", "1.", "①", "某县水利局", "2022年水窖建设补助资金", "绩效自评报告", "绩效自评表", "（2022年度）", "《关于下达", "的通知》",
          "（某财农〔2022〕15号）", "全年预算120万元", "支出118.5万元", "执行率98.75%", "其中：", "新建水窖62口", "完成率100%", "，", "。", "：",
          "比上年增加5口", "总得分96.5分", "得满分", "指标值为≥60口", "三级指标", "一级指标", "指标值", "完成值", "得分", "≥90%", "95%",
          "单位：万元", "\t", "\t", "|", "    ", "\n", "\n", "\n\n", "０", "$\\ge 3$")
WORDS = st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=("C",)), max_size=2)


def read(name: str) -> Findings:
    return extract(read_bytes((SAMPLES / name).read_bytes(), name))


@pytest.fixture(scope="module", params=[*CLEAN, "s05.txt"])
def findings(request: pytest.FixtureRequest) -> Findings:
    return read(request.param)


def check_findings(findings: Findings) -> None:
    """Spans lie in the text and hold what is quoted, ids are told once, what refers to another thing finds it."""
    text = findings.document.text
    parts = [report.part.span for report in findings.reports]
    assert parts[0][0] == 0 and parts[-1][1] == len(text) and all(a[1] == b[0] for a, b in pairwise(parts))
    mentions = [m for r in findings.reports for m in r.mentions]
    claims = [c for r in findings.reports for c in r.claims]
    checks = [c for r in findings.reports for c in r.checks]
    records = [c for r in findings.reports for c in r.records]
    for mention in mentions:
        assert text[slice(*mention.span)] == mention.text != ""
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(sorted(mentions, key=lambda m: m.span)))
    for quote in chain.from_iterable((*c.inputs, c.stated) for c in checks):
        assert text[slice(*quote.span)] == quote.text
    for claim in claims:
        assert 0 <= claim.span[0] < claim.span[1] <= len(text)
        assert all(0 <= s <= e <= len(text) for s, e in claim.spans.values())
    known = [m.id for m in mentions], [c.id for c in claims], [c.id for c in checks], [r.id for r in records], [r.id for r in findings.reports]
    assert all(len(ids) == len(set(ids)) for ids in known)
    assert {one for c in claims for one in c.mentions} <= set(known[0])
    assert {one for c in chain(checks, records) for one in c.claims} <= set(known[1])
    assert {one for r in records for one in r.checks} <= set(known[2])
    assert all(0 <= found.confidence <= 1 for found in chain(mentions, claims, checks, records))


def test_samples_hold_together(findings: Findings) -> None:
    check_findings(findings)
    assert all(report.claims and report.mentions and report.records for report in findings.reports)


def test_findings_stand_in_the_report_they_are_told_of(findings: Findings) -> None:
    for index, report in enumerate(findings.reports):
        low, high = report.part.span
        assert all(low <= m.span[0] < high for m in report.mentions)
        assert all(low <= c.span[0] < high and c.part == index for c in report.claims)
        assert all(low <= c.stated.span[0] < high and c.part == index for c in report.checks)


@pytest.mark.parametrize("name", CLEAN)
def test_a_sample_without_a_mistake_raises_no_conflict(name: str) -> None:
    found = read(name)
    assert [c.note for r in found.reports for c in r.checks if c.verdict == "conflict"] == []
    assert sum(c.verdict == "consistent" for r in found.reports for c in r.checks) >= 20
    assert not any(r.status == "differ" for report in found.reports for r in report.records)


MISTAKES = (
    # what a clean sample says, what is put in its place, the kind of conflict and what it is stated of
    ("其中：中央资金6200万元、", "其中：中央资金6300万元、", "sum", "8640万元"),
    ("增长4.49%", "增长5.49%", "growth", "5.49%"),
    ("结转下年403.2万元", "结转下年413.2万元", "difference", "413.2万元"),
    ("占22.61%", "占26.21%", "ratio", "26.21%"),
    ("服务对象满意度为95.6%", "服务对象满意度为96.5%", "table", "96.5%"),
    ("≥95%\t98.2%", "≥99%\t98.2%", "target", "6"),
    ("总得分99.53分", "总得分98.53分", "sum", "98.53分"),
    ("年度资金总额\t8640\t", "年度资金总额\t8460\t", "sum", "8460"),
    ("丰水县  1,960.00", "丰水县  1,990.00", "ratio", "94.26%"),
    ("8236.8万元，预算", "8236.8元，预算", "unit", "8236.8元"),
    ("（2022年度）", "（2021年度）", "label", "（2021年度）"),
)


@pytest.mark.parametrize(("right", "wrong", "kind", "stated"), MISTAKES, ids=[wrong for _, wrong, _, _ in MISTAKES])
def test_a_mistake_put_into_a_clean_sample_is_found(right: str, wrong: str, kind: str, stated: str) -> None:
    text = (SAMPLES / "s06.txt").read_text(encoding="utf-8")
    assert right in text
    found = extract(read_bytes(text.replace(right, wrong, 1).encode(), "planted.txt"))
    conflicts = [(c.kind, c.stated.text) for r in found.reports for c in r.checks if c.verdict == "conflict"]
    assert (kind, stated) in conflicts


def test_the_same_bytes_give_the_same_findings() -> None:
    assert read("s06.txt") == read("s06.txt")


@given(st.lists(WORDS, min_size=1, max_size=50))
@settings(max_examples=120, deadline=None)
def test_no_text_is_too_odd(pieces: list[str]) -> None:
    check_findings(extract(read_bytes(("报告" + "".join(pieces)).encode(), "odd.txt")))


REPORT = """（一）资金情况
2022年下达某项补助资金{n}20万元，其中：省级资金{n}00万元，县级资金20万元。支出{n}10.5万元，预算执行率98.75%。
（二）产出指标完成情况
新建水窖{n}2口，受益农户{n}18户，比上年增加5户，完成率100%。
三级指标\t指标值\t完成值\t得分
新建水窖第{n}片\t60口\t62口\t10
"""


def test_work_is_nearly_linear(work: Callable[[Callable[[], object]], int]) -> None:
    """Four times the sections take far less than sixteen times the work."""
    def took(times: int) -> int:
        text = "某县2022年水窖建设项目绩效自评报告\n" + "".join(REPORT.format(n=n) for n in range(1, times + 1))
        document = read_bytes(text.encode(), "long.txt")
        return work(lambda: extract(document))
    took(5)
    assert took(160) < 7 * took(40)
