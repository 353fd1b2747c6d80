"""Fiscal amounts: which are funds, what they measure, whose they are and what they rest on."""

from pathlib import Path

import pytest

from hedui.claims.funds.claims import fund_claims

CASES = Path(__file__).parent.parent / "cases"


def cases() -> list[tuple[str, ...]]:
    lines = (CASES / "claims_funds.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple((line + "\t\t").split("\t")[:3]) for line in lines if line and not line.startswith("#")]


def brief(claims) -> list[str]:
    return [f"{c.fields.yuan.normalize():f}:{c.fields.measure}" for c in claims]


@pytest.mark.parametrize(("sentence", "heading", "expected"), cases())
def test_measures(told, sentence: str, heading: str, expected: str) -> None:
    assert brief(fund_claims(*told(sentence, heading))) == expected.split()


def test_every_span_holds_its_text(told) -> None:
    layout, mentions = told("根据《关于下达造林补助的通知》（某财资环〔2023〕15号），下达资金740万元，其中：森林抚育240万元。")
    for claim in fund_claims(layout, mentions):
        text = layout.document.text
        assert claim.span == claim.spans["yuan"]
        assert text[slice(*claim.spans["yuan"])] in ("740万元", "240万元")
        assert "scope" not in claim.spans or text[slice(*claim.spans["scope"])] == claim.fields.scope


def test_parts_of_a_list_rest_on_the_document_of_the_list_and_a_total_on_those_of_its_parts(told) -> None:
    text = ("共下达资金900万元。其中：根据《关于下达甲资金的通知》（某财教〔2022〕8号）下达500万元；"
            "根据《关于下达乙资金的通知》（某财教〔2023〕9号）下达400万元，其中：甲县300万元、乙县100万元。")
    first, second = "某财教〔2022〕8号", "某财教〔2023〕9号"
    assert [c.fields.documents for c in fund_claims(*told(text))] == [(first, second), (first,), (second,), (second,), (second,)]


def test_rules_cited_beside_an_amount_hand_out_no_money(told) -> None:
    (claim,) = fund_claims(*told("按照《专项资金管理办法》（某财教〔2020〕8号）列支500万元。"))
    assert claim.fields.documents == ()


def test_year_level_and_scope(told) -> None:
    claims = fund_claims(*told("2022年中央财政资金300万元，省级财政资金120万元，县级配套80万元。"))
    assert [(c.fields.year, c.fields.level, c.fields.scope) for c in claims] == [
        (2022, "中央", "中央财政资金"), (2022, "省级", "省级财政资金"), (2022, "市县", "县级配套")]


def test_scope_is_the_programme_where_the_sentence_names_nothing(told) -> None:
    (claim,) = fund_claims(*told("共计150万元。"))
    assert claim.fields.scope == "某项补助资金"


def test_list_goes_on_in_the_next_paragraphs(told) -> None:
    text = "2023年“三公”经费支出19.8万元，比上年23.6万元减少3.8万元。其中：\n公务接待费2.6万元。\n公务用车运行维护费17.2万元。"
    assert brief(fund_claims(*told(text))) == ["198000:executed", "236000:executed", "26000:executed", "172000:executed"]


def test_list_opened_by_words_alone(told) -> None:
    text = "截至年底，资金支出情况如下：\n1.办公费36万元；\n2.差旅费8万元。\n以上资金合计44万元，截至评价日已全部到位。"
    assert brief(fund_claims(*told(text, "项目资金情况"))) == ["360000:executed", "80000:executed", "440000:received"]


FORM = [["", "", "全年预算数（A）", "全年执行数（B）", "分值", "执行率", "得分"],
        ["项目资金", "年度资金总额", "120", "96.5", "10", "80.42%", "8"],
        ["", "其中：中央补助", "100", "80", "", "", ""]]


def test_form_with_header(table) -> None:
    layout, mentions = table(FORM, 1)
    claims = fund_claims(layout, mentions)
    assert brief(claims) == ["1200000:budget", "965000:executed", "1000000:budget", "800000:executed"]
    assert [(c.fields.scope, c.fields.level, c.row) for c in claims[2:]] == [("中央补助", "中央", 2)] * 2


def test_differences_in_a_table_are_no_funds(table) -> None:
    rows = [["科目", "年初预算", "实际支出", "差异", "较上年增减额"], ["办公费", "12", "10", "2", "1"]]
    assert brief(fund_claims(*table(rows, 1))) == ["120000:budget", "100000:executed"]


def test_income_under_a_heading_on_benefits_is_no_fund(told) -> None:
    assert not fund_claims(*told("收入达到386万元。", "（二）经济效益指标"))


def test_form_of_labels_and_figures(table) -> None:
    rows = [["执行情况", "预算数：", "167.64", "执行数：", "50.1"], ["", "其中：财政拨款", "160", "其中：财政拨款", "50"]]
    assert brief(fund_claims(*table(rows, 0))) == ["1676400:budget", "501000:executed", "1600000:budget", "500000:executed"]


def test_caption_tells_the_measure_and_rows_cite_documents(table) -> None:
    rows = [["序号", "文件", "中央", "省级", "小计"],
            ["1", "关于下达某资金的通知（某财农〔2023〕6号）", "270", "110", "380"], ["合计", "", "270", "110", "380"]]
    claims = fund_claims(*table(rows, 1, caption="2023年资金到位情况表"))
    assert brief(claims) == ["2700000:received", "1100000:received", "3800000:received"] * 2
    assert {c.fields.documents for c in claims if c.row == 1} == {("某财农〔2023〕6号",)}


def test_costs_among_indicators_are_funds_and_prices_are_not(table) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"],
            ["产出指标", "成本指标", "建设经费", "300", "286.5"],
            ["产出指标", "成本指标", "补助标准", "500", "500"],
            ["效益指标", "经济效益", "带动增收", "900", "950"]]
    assert brief(fund_claims(*table(rows, 1))) == ["3000000:budget", "2865000:executed"]


def test_accounts_tell_income_and_spending_by_row(table) -> None:
    rows = [["项目", "决算数", "项目", "决算数"],
            ["一般公共预算财政拨款收入", "865", "基本支出", "412"], ["年初结转和结余", "30", "年末结转和结余", "12"]]
    assert brief(fund_claims(*table(rows, 1))) == ["8650000:income", "4120000:executed", "300000:carried_in", "120000:carried_out"]


def test_work_grows_with_the_text_also_in_one_paragraph(told, work) -> None:
    """Ten times the amounts in one paragraph take far less than a hundred times the work."""
    line = "根据《关于下达某资金的通知》（某财农〔2023〕6号），2023年下达资金120万元，支出96.5万元。"
    spent = []
    for times in (60, 600):
        read = told(line * times)
        assert len(fund_claims(*read)) == 2 * times
        spent.append(work(lambda read=read: fund_claims(*read)))
    assert spent[1] < 20 * spent[0]
