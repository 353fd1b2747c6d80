"""The whole: order does not matter, editions are one report, broken files are told, the page and the command."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedui.across import across
from hedui.across.inputs import inputs_of
from hedui.across.output import summary, to_json
from hedui.across.page import page
from hedui.across.run import across_files
from hedui.cli import main
from hedui.errors import UsageError

sys.path.insert(0, str(Path(__file__).parent))
from made import output, told
from test_copied import CULTURE, DID, GOALS, OTHER, PAPER, RESULTS
from test_money import CITY, PROVINCE

FILES = [
    output("省.docx", **PROVINCE, funds=[("issued", 4800, "遵义市"), ("issued", 7200, "贵阳市")]),
    output("市.docx", **CITY, funds=[("received", 4780, "资金总额")]),
    output("清溪2021.docx", year=2021, results=RESULTS, funds=[("carried_out", 345.6, "结转资金")], paragraphs=[("主要做法", DID)]),
    output("清溪2022.docx", results=RESULTS, funds=[("carried_in", 354.6, "上年结转资金")], papers=[PAPER], paragraphs=[("绩效目标", GOALS)]),
    output("清溪表.xlsx", kind="indicator_table", title="自评表", results=[("家访户数", "1490户", "≥1200户")]),
    output("文旅.docx", **CULTURE, papers=[PAPER], paragraphs=[("绩效目标", GOALS)]),
    output("白水.docx", **OTHER, papers=[(PAPER[0], "关于下达2021年学生资助补助经费的通知", (), ())], paragraphs=[("主要做法", DID)]),
]
KINDS = ["basis_copied", "carried_over", "cited", "figures_copied", "goals_copied", "handed_down", "name_left", "told_twice"]


def test_every_kind_is_found():
    assert sorted({one.kind for one in across(FILES).checks if one.verdict == "conflict"}) == KINDS


@settings(max_examples=12, deadline=None)
@given(st.permutations(FILES))
def test_the_order_of_files_does_not_matter(files):
    assert to_json(across(files)) == to_json(across(FILES))


LONG = [("主要做法", DID), ("其他", "全年共开展专项检查9次，抽查单位31个，发现问题22个，均已整改到位，资金拨付履行三级审核程序，未发现截留挪用。")]


def test_a_corrected_edition_is_no_conflict():
    old = output("报告.docx", funds=[("executed", 812.5, "资金总额")], paragraphs=LONG)
    new = output("报告（修订）.docx", funds=[("executed", 821.5, "资金总额")], paragraphs=LONG)
    found = across([old, new])
    assert found.checks == ()
    assert [(one.kept[0], [file for file, _ in one.others]) for one in found.editions] == [("报告（修订）.docx", ["报告.docx"])]


def test_the_corrected_edition_is_the_one_that_counts():
    old = output("报告.docx", year=2021, funds=[("carried_out", 300, "结转资金")], paragraphs=LONG)
    new = output("报告（修订）.docx", year=2021, funds=[("carried_out", 345.6, "结转资金")], paragraphs=LONG)
    after = output("次年.docx", year=2022, funds=[("carried_in", 345.6, "上年结转资金")])
    assert told(across([old, new, after])) == [("carried_over", "consistent")]


def test_many_copies_of_one_file_are_one():
    """More of them than other reports are held against one."""
    one = FILES[0]
    copies = [one | {"source": one["source"] | {"name": f"副本{n}.txt"}} for n in range(20)]
    found = across(copies)
    assert [len(edition.others) for edition in found.editions] == [19]


def test_two_copies_of_one_file_are_one():
    one = output("甲.docx", funds=[("executed", 812.5, "资金总额")])
    two = json.loads(json.dumps(one)) | {"source": {"name": "乙.docx", "sha256": one["source"]["sha256"]}}
    found = across([one, two])
    assert found.checks == () and len(found.editions) == 1


def written(folder):
    for n, one in enumerate(FILES):
        (folder / f"{n}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    return folder


def test_broken_files_are_told_and_the_rest_goes_on(tmp_path):
    folder = written(tmp_path)
    (folder / "a.json").write_text("{", encoding="utf-8")
    (folder / "b.json").write_text('{"schema": "other/1"}', encoding="utf-8")
    (folder / "c.json").write_text('{"schema": "hedui/1", "text": "", "source": {"name": "x", "sha256": "0"}, "reports": [{}]}', encoding="utf-8")
    (folder / "d.json").write_text('{"schema": "hedui/1", "text": "", "source": {"sha256": "1"}, "reports": []}', encoding="utf-8")
    found = across_files(inputs_of([folder]))
    assert sorted(Path(name).name for name in found.failures) == ["a.json", "b.json", "c.json"]
    assert all("\n" not in cause for cause in found.failures.values())
    assert told(found) == told(across(FILES))


def test_two_sources_of_one_name_go_by_their_paths(tmp_path):
    for n, one in enumerate(FILES[:2]):
        (tmp_path / f"{n}").mkdir()
        same = one | {"source": one["source"] | {"name": "报告.docx"}}
        (tmp_path / f"{n}" / "x.json").write_text(json.dumps(same), encoding="utf-8")
    found = across_files(inputs_of([tmp_path]))
    assert {quote.file for one in found.checks for quote in one.quotes} == {(tmp_path / n / "x.json").as_posix() for n in "01"}


def test_quotes_are_the_text_of_their_files():
    texts = {one["source"]["name"]: one["text"] for one in FILES}
    for one in across(FILES).checks:
        for quote in one.quotes:
            assert texts[quote.file][slice(*quote.span)] == quote.text


def test_the_page_escapes_what_reports_say():
    found = across(FILES)
    bad = replace(found, checks=(replace(found.checks[0], note="<script>alert(1)</script>"), *found.checks[1:]))
    shown = page(bad)
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
    assert shown.count("<tr data-kind=") == sum(one.verdict != "consistent" for one in found.checks)


def test_the_summary_counts():
    lines = list(summary(across(FILES)))
    assert lines[0].startswith(f"{len(FILES)} 个文件")
    assert any("上级下达与本级到位" in line and "不符 conflicts 1" in line for line in lines)
    assert list(summary(across(FILES[:1])))[-1].startswith("文件之间没有发现不符")


def test_the_command(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["across", str(written(tmp_path)), "-o", str(out)]) == 0
    data = json.loads((out / "across.json").read_text(encoding="utf-8"))
    assert data["schema"] == "hedui-across/1" and data["files"] == len(FILES)
    assert "across.html" in capsys.readouterr().out and (out / "across.html").exists()
    (tmp_path / "z.json").write_text("[]", encoding="utf-8")
    assert main(["across", str(tmp_path / "z.json"), "-o", str(out)]) == 1
    assert main(["across", str(tmp_path / "nowhere"), "-o", str(out)]) == 2
    with pytest.raises(UsageError):
        inputs_of([tmp_path / "nowhere"])


def test_a_short_quote_is_shown_with_its_sentence():
    lead = "县教育局按季调度资金，"
    said = f"{lead}年末结转345.6万元，结转下年继续使用。其余资金已按用途全部支出，无截留挪用。"
    one = output("一.docx", year=2021, paragraphs=[("资金结转", said)], funds=[("carried_out", 345.6, "结转资金")])
    start = one["text"].index("345.6万元，")
    one["reports"][0]["claims"][0]["spans"] = {"yuan": [start, start + 7], "scope": [start, start + 7]}
    two = output("二.docx", funds=[("carried_in", 300, "上年结转资金")])
    found = across([one, two])
    assert [quote.around for quote in found.checks[0].quotes] == [f"{lead}年末结转345.6万元，结转下年继续使用。", None]
    assert f'<span class="around">{lead}年末结转345.6万元，结转下年继续使用。</span>' in page(found)


def test_what_is_not_compared_is_told(monkeypatch):
    monkeypatch.setattr("hedui.across.facts.MOST_PARAGRAPHS", 2)
    text = "全年共开展专项检查9次，抽查单位31个，发现问题22个，均已整改到位，资金拨付履行三级审核程序。"
    found = across([output("长.docx", paragraphs=[("检查", f"第{n}次：{text}") for n in range(3)]), FILES[0]])
    assert found.limits == ("长.docx：只比较前 2 段 · only the first 2 paragraphs are compared",)
    assert any("只比较前 2 段" in line for line in summary(found)) and "没有全部比较的" in page(found)
    assert json.loads(to_json(found))["limits"] == list(found.limits)
    assert "没有全部比较的" not in page(across(FILES))


def test_two_reports_of_one_file_are_no_editions():
    one = output("合集.docx", paragraphs=LONG)
    again = one["reports"][0] | {"id": "r-second"}
    found = across([one | {"reports": [one["reports"][0], again]}])
    assert found.reports == 2 and found.editions == ()
