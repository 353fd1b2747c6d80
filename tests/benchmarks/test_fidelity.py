"""The bench itself: what it makes, how it reads in processes, what it writes."""

import json
import sys

import fidelity
import fidelity_read
import pytest
from fidelity_make import OFFICE, made_files, shortened, truths_of
from fidelity_read import Answer, Job
from fidelity_score import pooled, scored, truth_of
from fidelity_show import each_table, refusal_lines, summary_table

from hedui.readers import read_bytes
from hedui.synth.render import WordLook, settled

REPORT = """某县2022年度技能培训补助资金绩效自评报告
一、基本情况
全年预算480万元，执行458.4万元，执行率95.5%。
二、绩效目标完成情况
一级指标\t二级指标\t三级指标\t年度指标值\t全年完成值
产出指标\t数量指标\t培训人数\t300人\t312人
\t质量指标\t合格率\t≥90%\t96.2%
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "r01.txt"
    path.write_text(REPORT + "三、说明\n" + "本项目按时完成，资金拨付及时。" * 40, encoding="utf-8")
    return path


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["fidelity", *map(str, arguments)])
    return fidelity.main()


def test_a_word_file_comes_back_whole(report, tmp_path, monkeypatch, capsys):
    figures = tmp_path / "figures.json"
    assert run(monkeypatch, report, "--formats", "docx", "--readers", "hedui", "--each", "--show", "3", "--keep", tmp_path / "kept",
               "--json", figures) == 0
    told = json.loads(figures.read_text(encoding="utf-8"))["pooled"]
    assert [(one["format"], one["reader"], one["cer"], one["teds"], one["cells"], one["mentions"]) for one in told] == [
        ("docx", "hedui", 0, 1, 1, 1)]
    assert told[0]["memory"] > 10 and told[0]["engine"] is None
    assert (tmp_path / "kept" / "r01-docx.docx").exists()
    assert "r01 hedui" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--formats", "docx,fax"], ["--readers", "nobody"]])
def test_what_is_not_known_is_told(arguments, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        run(monkeypatch, *arguments)
    assert "没有这种" in capsys.readouterr().err


def made_docx(look=None):
    truths = [("r01", settled(read_bytes(REPORT.encode(), "r01.txt"), merge_labels=(look or WordLook()).merge_labels))]
    return made_files(truths, ["docx"], look or WordLook())[0]


def test_labels_of_an_office_run_down():
    made = made_docx(OFFICE)
    cells = [cell for block in made.truth.blocks for cell in block.cells]
    assert [cell.rows for cell in cells if cell.col == 0] == [1, 2]
    answer = fidelity_read.read_hedui(Job(data=made.data, name="r.docx", format="docx", dpi=200))
    score = scored(made, "hedui", answer, truth_of(made.truth))
    assert score.text.wrong == 0 and score.tables[0].teds == 1


def test_mistakes_lower_the_figures_and_nothing_read_is_all_wrong():
    made = made_docx()
    truth = truth_of(made.truth)
    wrong = read_bytes(REPORT.replace("312人", "313人").replace("480万元", "430万元").encode(), "w.txt")
    good, bad, none = (scored(made, "hedui", answer, truth) for answer in (
        Answer(text=made.truth.text, tables=truth.tables, document=made.truth),
        Answer(text=wrong.text, tables=fidelity_read.tables_of(wrong), document=wrong), Answer(refused="r: 坏了 / broken")))
    first, second, third = (pooled([score])[0] for score in (good, bad, none))
    assert (first.cer, first.teds, first.cells, first.mentions, first.fields) == (0, 1, 1, 1, 1)
    assert second.cer == pytest.approx(2 / good.text.wanted) and second.cells == pytest.approx(14 / 15)
    assert second.mentions < 1 and second.fields < 1 and 0 < second.teds < 1 == second.structure
    assert (third.cer, third.teds, third.cells, third.mentions) == (1, 0, 0, 0)
    assert refusal_lines([good, none]) == ["没读成 / not read: docx hedui r01: 坏了 / broken"]
    assert "hedui" in summary_table(pooled([good])) and len(each_table([good, bad]).splitlines()) == 5


def test_a_report_is_shortened_but_keeps_its_table(report):
    document = settled(read_bytes(report.read_bytes(), "r.txt"))
    short = shortened(document, 0.6)
    assert len(short.text) < len(document.text) and short.text.startswith("某县2022年度")
    assert [block.kind for block in short.blocks].count("table") == 1


def test_the_warming_report_comes_first(report):
    assert [name for name, _ in truths_of([report], pages=None, look=WordLook())] == ["", "r01"]


def test_a_peer_that_fails_costs_one_file():
    answer = fidelity_read.answered("pdfplumber", Job(data=b"no pdf", name="x.pdf", format="pdf", dpi=200),
                                    fidelity_read.EngineClock(False))
    assert answer.refused and not answer.text
    assert fidelity_read.missing("hedui") == ""
