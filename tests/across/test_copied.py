"""What stands in a report and was told in another: figures, goals, bases, names, paragraphs; and what everybody writes."""

import sys
from pathlib import Path

import numpy as np
import pytest

from hedui.across import across
from hedui.across.figures import figure_runs
from hedui.across.shingles import Signatures

sys.path.insert(0, str(Path(__file__).parent))
from made import output

RESULTS = [("资助学生人数", "3128人", "≥3000人"), ("发放资料份数", "16872份", "≥15000份"), ("家访户数", "1409户", "≥1200户"),
           ("培训人次", "771人次", "≥700人次"), ("受助学生满意度", "93.87%", "≥90%")]
DID = ("清溪县教育局组建工作专班，先后召开调度会14次，深入青石镇、柳河镇、白沙乡走访家庭8359户，发放资料74503份，办结来访477件，"
       "盘活资产7619.87万元，各项任务按节点推进，堵点难点逐项打通。")
GOALS = ("学生资助补助经费年度总体目标：在青石镇、柳河镇、白沙乡等地组织实施，资助困难学生3128人，家访1409户，发放助学资料16872份，带动投入763.4万元，"  # noqa: E501
         "教育公平再上台阶。")
OTHER = {"unit": "白水县教育局", "region": "白水县"}
CULTURE = {"unit": "清溪县文化和旅游局", "programme": "公共文化服务体系建设补助资金"}


def kinds(*outputs):
    return [one.kind for one in across(outputs).checks if one.verdict == "conflict"]


def test_last_years_results_told_again():
    found = across([output("一.docx", year=2021, results=RESULTS), output("二.docx", year=2022, results=RESULTS)])
    assert [(one.kind, len(one.quotes)) for one in found.checks] == [("figures_copied", 10)]
    assert found.checks[0].chance is not None and 0 < found.checks[0].chance < 1e-3


@pytest.mark.parametrize("results", [
    [*RESULTS[:3], ("培训人次", "802人次", "≥700人次")],  # three that stand still may be chance
    [("资助学生人数", "3000人", "≥3000人"), ("家访户数", "1200户", "≥1200户"), ("发放资料份数", "15000份", "≥15000份"), ("培训人次", "700人次", "≥700人次")],  # noqa: E501
    [(name, f"{number}{unit}", "") for name, number, unit in (("甲", 1, "个"), ("乙", 12, "次"), ("丙", 40, "人"), ("丁", 100, "户"), ("戊", 2000, "份"))],  # noqa: E501
])
def test_figures_that_may_stand_still(results):
    first = results if results[0][1] != "3128人" else RESULTS
    assert kinds(output("一.docx", year=2021, results=first), output("二.docx", year=2022, results=results)) == []


def test_another_programmes_goals():
    copy = output("文旅.docx", **CULTURE, paragraphs=[("年度绩效目标", GOALS)])
    assert kinds(output("教育.docx", paragraphs=[("年度绩效目标", GOALS)]), copy) == ["goals_copied"]
    same = output("白水.docx", **OTHER, paragraphs=[("年度绩效目标", GOALS)])  # of one programme: a place may take over its goals
    assert "goals_copied" not in kinds(output("教育.docx", paragraphs=[("年度绩效目标", GOALS)]), same)


PAPER = ("财教〔2022〕58号", "财政部关于下达2022年学生资助补助经费预算的通知", (), ())


def test_another_programmes_basis():
    right = output("教育.docx", papers=[PAPER])
    assert kinds(right, output("文旅.docx", **CULTURE, papers=[PAPER])) == ["basis_copied"]
    assert kinds(output("文旅.docx", **CULTURE, papers=[PAPER])) == []  # nobody of the run is on that programme
    several = output("文旅.docx", **CULTURE, papers=[PAPER], funds=[("budget", 30, "学生资助补助经费")])
    assert kinds(right, several) == []


def test_another_units_name():
    right = output("清溪.docx", paragraphs=[("主要做法", DID)])
    copy = output("白水.docx", **OTHER, paragraphs=[("主要做法", DID)])
    assert kinds(right, copy) == ["name_left"]
    named = output("白水.docx", **OTHER, paragraphs=[("主要做法", "按照工作安排，清溪县教育局扎实推进各项任务，全年没有发生重大安全责任事故，群众反映良好。")])  # noqa: E501
    assert kinds(right, named) == ["name_left"]


def test_another_units_name_where_no_report_tells_its_place():
    units = {"清溪.docx": "清溪县教育局", "某.docx": "水务局"}
    files = [output(name, unit=unit, region=None, paragraphs=[("主要做法", DID)]) for name, unit in units.items()]
    assert kinds(*files) == ["name_left"]


@pytest.mark.parametrize("text", [
    "白水县教育局组织业务骨干赴清溪县教育局学习考察，借鉴其在资金管理、项目公示和绩效监控等方面的有益经验，完善了本县的办法。",
    "联席会议由清溪县教育局、石门县教育局等单位组成，每季度召开一次会议，通报工作进展，研究解决项目推进中遇到的困难和问题。",
])
def test_units_that_are_meant(text):
    files = [output("清溪.docx"), output("石门.docx", unit="石门县教育局", region="石门县"), output("白水.docx", **OTHER, paragraphs=[("主要做法", text)])]  # noqa: E501
    assert kinds(*files) == []


def test_text_of_another_unit_under_ones_own_name():
    copy = output("白水.docx", **OTHER, paragraphs=[("主要做法", DID.replace("清溪县", "白水县"))])
    assert kinds(output("清溪.docx", paragraphs=[("主要做法", DID)]), copy) == ["text_copied"]


def test_last_years_paragraph():
    first, second = (output(f"{year}.docx", year=year, paragraphs=[("主要做法", DID)]) for year in (2021, 2022))
    assert kinds(first, second) == ["text_copied"]
    new = output("2022.docx", year=2022, paragraphs=[("主要做法", DID.replace("8359", "9024").replace("74503", "81277").replace("7619.87", "6120.4"))])  # noqa: E501
    assert kinds(first, new) == []  # one unit words its years alike; the figures are new


def test_what_everybody_writes_is_nobodys():
    units = [output(f"{n}.docx", unit=f"{name}教育局", region=name, paragraphs=[("主要做法", DID.replace("清溪县", name))])
             for n, name in enumerate(("清溪县", "白水县", "石门县", "青山县", "金河县", "大田县", "永安县"))]
    assert kinds(*units) == []


def crowd(count):
    """Reports of other units that word what they did alike, with figures of their own."""
    for n in range(count):
        name = f"{'东南西北中上下前后左'[n % 10]}{'山河川林田'[n // 10]}县"
        text = DID.replace("清溪县", name).replace("8359", f"{6011 + 37 * n}").replace("74503", f"{30117 + 911 * n}").replace("477", f"{512 + 3 * n}")
        yield output(f"{name}.docx", unit=f"{name}教育局", region=name, paragraphs=[("主要做法", text.replace("7619.87", f"{2113.41 + n:.2f}"))])


def test_figures_give_a_copy_away_where_everybody_words_it_so():
    copy = output("白水.docx", **OTHER, paragraphs=[("主要做法", DID.replace("清溪县", "白水县"))])
    files = [output("清溪.docx", paragraphs=[("主要做法", DID)]), copy, *crowd(30)]
    found = [one for one in across(files).checks if one.verdict == "conflict"]
    assert [one.kind for one in found] == ["text_copied"]
    assert {quote.file for quote in found[0].quotes} == {"清溪.docx", "白水.docx"}


LAND = "全县总面积2316.4平方公里，户籍人口31.27万人，耕地面积48.93万亩，辖12个乡镇168个行政村，是典型的山区农业县。"


def test_how_large_a_place_is_stands_still():
    assert kinds(*(output(f"{year}.docx", year=year, paragraphs=[("基本情况", LAND)]) for year in (2021, 2022))) == []
    other = output("白水.docx", **OTHER, paragraphs=[("基本情况", LAND)])
    assert kinds(output("2021.docx", year=2021, paragraphs=[("基本情况", LAND)]), other) == ["text_copied"]


WIDE = "全省共安排学生资助补助经费252044.03万元，惠及学生648198人，覆盖学校1502所，带动社会投入36073.94万元。"


@pytest.mark.parametrize("text, found", [(WIDE, []), (WIDE.replace("全省", "本县"), ["text_copied"])])
def test_what_the_whole_province_did_is_everybodys(text, found):
    files = [output(f"{name}.docx", unit=f"{name}教育局", region=name, paragraphs=[("资金安排", text)]) for name in ("清溪县", "白水县")]
    assert kinds(*files) == found


@pytest.mark.parametrize("text", [
    "白水县教育局派员到清溪县教育局跟班学习，并与清溪县教育局签订对口协作协议，借鉴其在项目公示和绩效监控方面的做法。",
    "白水县教育局主动向清溪县教育局请教，完善了资金管理办法和内部控制制度，各项工作取得明显进展，群众反映良好。",
])
def test_a_unit_that_was_visited_is_meant(text):
    assert kinds(output("清溪.docx"), output("白水.docx", **OTHER, paragraphs=[("主要做法", text)])) == []


def test_a_name_is_left_between_places_of_one_rank_whatever_they_are_called():
    did = [("主要做法", DID.replace("清溪县", "黔南布依族苗族自治州"))]
    places = ("遵义市", "黔南布依族苗族自治州")
    files = [output(f"{place}.docx", unit=f"{place}教育局", region=place, names=("贵州省财政厅",), paragraphs=did) for place in places]
    assert kinds(*files) == ["name_left"]


def test_a_short_name_is_nobodys_own():
    """市教育局 stands in the name of every other one."""
    did = DID.replace("清溪县", "遵义市")
    short = output("某市.docx", unit="市教育局", region=None, paragraphs=[("主要做法", did)])
    files = [output(f"{place}.docx", unit=f"{place}教育局", region=place, paragraphs=text)
             for place, text in (("遵义市", [("主要做法", did)]), ("毕节市", []))]
    found = across([*files, short]).checks
    assert [(one.kind, one.quotes[-1].file) for one in found if one.verdict == "conflict"] == [("name_left", "某市.docx")]


def test_another_programmes_basis_where_nobody_cites_the_same_document():
    own = output("教育.docx", papers=[("财教〔2022〕77号", "财政部关于提前下达2022年学生资助补助经费预算的通知", (), ())])
    found = [one for one in across([own, output("文旅.docx", **CULTURE, papers=[PAPER])]).checks if one.verdict == "conflict"]
    assert [(one.kind, one.quotes[0].text, one.quotes[1].text) for one in found] == [("basis_copied", "财教〔2022〕77号", PAPER[0])]


def test_paragraphs_without_wording_of_their_own_meet_by_their_figures():
    signed, nothing = Signatures(), np.empty(0, dtype=np.uint64)
    for number, text in enumerate(("走访8359户，发放资料74503份", "走访8359户、发放74503份", "走访8359户，发放资料74504份")):
        signed.add(number, nothing, figure_runs(text))
    assert list(signed.pairs()) == [(0, 1)]
