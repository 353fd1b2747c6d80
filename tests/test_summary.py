"""The summary of a run: right counts, the gravest first, every failure with its cause."""

from hedui.export import to_output
from hedui.export.tables import FileLine
from hedui.export.totals import whole_of
from hedui.summary import summarise, summary_lines


def with_conflicts(output, *told):
    checks = output["reports"][0]["checks"]
    output["reports"][0]["checks"] = [
        checks[0] | {"verdict": "conflict", "kind": kind, "tier": tier, "confidence": sure, "note": note}
        for kind, tier, sure, note in told]
    return output


def test_counts_and_order_of_gravity(made):
    outputs = [
        with_conflicts(to_output(made("a.txt")), ("label", "wording", 0.99, "名称"), ("sum", "numeric", 0.7, "合计")),
        with_conflicts(to_output(made("b.txt")), ("sum", "numeric", 0.9, "合\n计二"), ("table", "value", 1.0, "取值"),
                       ("sum", "numeric", 0.8, "合计三"), ("label", "wording", 0.2, "末")),
    ]
    summary = summarise(whole_of(outputs), lines=[])
    assert (summary.reports, summary.claims, summary.checks, summary.mentions) == (2, 8, 6, 6)
    assert list(summary.conflicts.items()) == [("sum", 3), ("label", 2), ("table", 1)]
    assert [one.note for one in summary.gravest] == ["合 计二", "合计三", "合计", "取值", "名称"]


def test_lines_tell_failures_and_files_passed_over(made):
    failed = [FileLine(name=f"坏{n}.docx", state="failed", cause="截断 truncated") for n in range(25)]
    lines = [FileLine(name="a.txt", state="read"), FileLine(name="b.txt", state="same", cause="= a.txt"), *failed]
    told = summary_lines(summarise(whole_of([to_output(made())]), lines=lines, passed_over=["x.json"], out="out", files=["a"]))
    text = "\n".join(told)
    assert "已读 read 1，内容相同 same content 1，未能读出 failed 25" in text
    assert text.count("截断 truncated") == 20 and "其余 5 个" in text and "x.json" in text
    assert "不符 conflicts: 1（目标 target 1）" in text and "118 < 120，未达标" in text


def test_a_run_without_conflicts_says_so(made):
    output = to_output(made())
    output["reports"][0]["checks"] = []
    told = summary_lines(summarise(whole_of([output]), lines=[]))
    assert "不符 conflicts: 0" in told and not any("gravest" in line for line in told)
