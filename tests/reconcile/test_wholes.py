"""The whole money of a project in its form and in the running text."""

from __future__ import annotations

import pytest

from hedui.claims import link_claims
from hedui.layout import arrange
from hedui.mentions import find_mentions
from hedui.readers import read_bytes
from hedui.reconcile.agreement.wholes import whole_checks

TITLE = "青石县2022年小型水库维修资金绩效自评报告\n\n一、资金情况\n\n"
FORM = ("\n\n附表 小型水库维修资金绩效自评表（单位：万元）\n\n项目资金\t\t全年预算数\t全年执行数\t{head}\n"
        "\t年度资金总额\t{budget}\t{spent}\t{rate}\n\t其中：省级资金\t1000.00\t865.40\t86.54%\n\t县级资金\t708.00\t506.00\t71.47%\n")
# the text, what the form tells of the whole, and each conflict: what the one place says, what the other does
CASES = [
    ("小型水库维修资金全年支出1371.40万元，支出进度80.29%。", {}, []),
    ("小型水库维修资金全年支出1317.40万元，支出进度80.29%。", {}, [("1371.40", "1317.40万元")]),
    ("批复小型水库维修资金预算1780.00万元。", {}, [("1708.00", "1780.00万元")]),
    ("小型水库维修资金已支付1371.40万元，预算完成率82.09%。", {}, [("80.29%", "82.09%")]),
    ("小型水库维修资金已支付1371.40万元，执行率80.29%。", {"rate": "83.29%", "head": "支付率"}, [("83.29%", "80.29%")]),
    # told in another unit, or rounded
    ("小型水库维修资金全年支出0.13714亿元，支出进度80.3%。", {}, []),
    ("小型水库维修资金全年支出1371.5万元。", {"spent": "1371.49"}, []),
    # of a part, of another stage, or further off than a slip
    ("青山镇小型水库维修资金支出1317.40万元，执行率82.09%。", {}, []),
    ("小型水库维修资金到位1780.00万元。", {}, []),
    ("《关于下达2022年小型水库维修资金的通知》（青财农〔2022〕12号）下达小型水库维修资金1780.00万元。", {}, []),
    ("小型水库维修资金年初预算1500.00万元。", {}, []),
    ("小型水库维修资金支出504.00万元，执行率82.09%。", {}, []),
]


def conflicts(text: str) -> list[tuple[str, str]]:
    layout = arrange(read_bytes(text.encode(), "report.txt"))
    mentions = find_mentions(layout)
    found = whole_checks(layout, mentions, link_claims(layout, mentions))
    return [(c.inputs[0].text, c.stated.text) for c in found if c.verdict == "conflict"]


def form(told: dict[str, str]) -> str:
    return FORM.format(**{"budget": "1708.00", "spent": "1371.40", "rate": "80.29%", "head": "执行率", **told})


@pytest.mark.parametrize(("text", "told", "wanted"), CASES)
def test_text_against_form(text: str, told: dict[str, str], wanted: list[tuple[str, str]]) -> None:
    assert conflicts(TITLE + text + form(told)) == wanted


@pytest.mark.parametrize(("rate", "wanted"), [("80.29%", []), ("83.29%", [("83.29%", "80.29%")]), ("38.29%", [])])
def test_two_tables(rate: str, wanted: list[tuple[str, str]]) -> None:
    places = ("\n\n各地执行情况表（单位：万元）\n\n地区\t预算数\t支出数\t执行率\n青山镇\t1000.00\t865.40\t86.54%\n"
              f"河口镇\t708.00\t506.00\t71.47%\n合计\t1708.00\t1371.40\t{rate}\n")
    assert conflicts(f"{TITLE}资金按季拨付。{places}\n二、自评表{form({})}") == wanted
